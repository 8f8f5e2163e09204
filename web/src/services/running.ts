/** Which notebooks have a kernel that runs: asked of the node, notebook by notebook, without starting any. */
import {
  decodeKernel,
  type KernelEvent,
  type KernelParams,
  type KernelState,
} from "@eyepiece/protocol/kernel/messages.ts";
import { wire } from "@eyepiece/protocol/wire/messages.ts";
import type { LinkService } from "./link.ts";

const ANSWER_MS = 8000;
/** Kernels in these states are processes. */
const ALIVE: readonly KernelState[] = ["preparing", "starting", "idle", "busy", "restarting"];

/** A kernel that runs. */
export interface RunningKernel {
  readonly notebook: string;
  readonly state: KernelState;
}

/** The kernels that run, of these notebooks. Those of which the node says nothing in time are left out. */
export async function runningKernels(
  link: LinkService,
  notebooks: readonly string[],
): Promise<readonly RunningKernel[]> {
  const states = await Promise.all(notebooks.map((notebook) => stateOf(link, notebook)));
  return notebooks.flatMap((notebook, i) => {
    const state = states[i];
    return state !== undefined && ALIVE.includes(state) ? [{ notebook, state }] : [];
  });
}

function stateOf(link: LinkService, notebook: string): Promise<KernelState | undefined> {
  const params: KernelParams = { notebook };
  const { promise, resolve } = Promise.withResolvers<KernelState | undefined>();
  const channel = link.open(
    {
      service: "kernel",
      mode: wire.Mode.RELIABLE,
      params: new TextEncoder().encode(JSON.stringify(params)),
    },
    {
      onMessage: (bytes) => {
        const { message } = decodeKernel<KernelEvent>(bytes);
        if (message.type === "kernel") resolve(message.state);
      },
    },
  );
  void channel.closed.then(() => resolve(undefined));
  const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
  return promise.finally(() => {
    clearTimeout(timer);
    channel.close();
  });
}
