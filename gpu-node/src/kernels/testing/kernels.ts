/** Kernels for tests: a real service with real kernels, in an environment that is made once and kept for later runs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  decodeKernel,
  type ExecutionStatus,
  encodeKernel,
  type KernelEvent,
  type KernelParams,
  type KernelRequest,
  type KernelState,
  type OutputItem,
} from "@eyepiece/protocol/kernel/messages.ts";
import { reduceOutputs } from "@eyepiece/protocol/kernel/outputs.ts";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { Link } from "@eyepiece/protocol/wire/link.ts";
import type { Transport } from "@eyepiece/protocol/wire/transport.ts";
import { KernelService, type KernelServiceOptions } from "../service.ts";
import { ENVIRONMENT_CACHE } from "./environment-cache.ts";

export { ENVIRONMENT_CACHE };

type Reply = Extract<KernelEvent, { type: "reply" }>;

/** Someone at a notebook. */
export interface TestCaller {
  readonly userId: string;
  readonly role: string;
  readonly rights: readonly string[];
  /** The notebook's scope when left out. */
  readonly scope?: string;
}

/** A person with all rights. */
export const ALICE: TestCaller = {
  userId: "alice",
  role: "user",
  rights: ["view", "comment", "edit", "run"],
};

/** A service in a folder of its own. */
export class TestNode {
  readonly folder: string;
  service: KernelService;
  readonly #options: Partial<KernelServiceOptions>;

  constructor(options: Partial<KernelServiceOptions> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "eyepiece-kernels-"));
    this.#options = options;
    this.service = this.#make();
  }

  /** What a node that was killed and started again is: another service over the same folder. */
  restart(): void {
    this.service.close();
    this.service = this.#make();
  }

  /** Ends all kernels and removes the folder. */
  async end(): Promise<void> {
    await this.service.shutdown();
    rmSync(this.service.arrays, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Opens a notebook's kernel as a page does. */
  page(params: KernelParams, caller: TestCaller = ALICE): TestPage {
    const links: Link[] = [];
    const hello = () => ({ protocolMin: 1, protocolMax: 1, version: "test", role: "test" });
    const transport = (to: number): Transport => ({
      bufferedAmount: 0,
      send: (message) => queueMicrotask(() => links[to]?.receive(message)),
      close: () => {},
    });
    const identity = {
      ...{ userId: caller.userId, name: caller.userId, role: caller.role, rights: [...caller.rights] },
      scope: caller.scope ?? (params.notebook ? `notebook:${params.notebook}` : ""),
    };
    const { service } = this;
    const node = new Link({
      hello,
      onOpen: (incoming) => void service.join({ ...incoming, facts: { ...incoming.facts, identity } }),
    });
    const browser = new Link({ hello });
    links.push(browser, node);
    browser.attach(transport(1));
    node.attach(transport(0));
    const bytes = new TextEncoder().encode(JSON.stringify(params));
    return new TestPage(browser.open({ service: "kernel", params: bytes }));
  }

  #make(): KernelService {
    return new KernelService({
      folder: join(this.folder, "kernels"),
      environments: ENVIRONMENT_CACHE,
      roots: [],
      hidden: [this.folder],
      relay: undefined,
      log: () => {},
      ...this.#options,
    });
  }
}

/** A page. */
export class TestPage {
  readonly channel: Channel;
  readonly events: KernelEvent[] = [];
  /** Buffers of the events at the same places. */
  readonly buffers: (readonly Uint8Array[])[] = [];
  readonly outputs = new Map<string, OutputItem[]>();
  readonly executions = new Map<string, ExecutionStatus>();
  state: KernelState = "none";
  #next = 1;
  readonly #waiting = new Map<number, (reply: Reply, buffers: readonly Uint8Array[]) => void>();
  #checks: (() => void)[] = [];

  constructor(channel: Channel) {
    this.channel = channel;
    channel.onMessage = (bytes) => {
      const { message, buffers } = decodeKernel<KernelEvent>(bytes.slice());
      this.events.push(message);
      this.buffers.push(buffers);
      if (message.type === "reply") this.#waiting.get(message.to)?.(message, buffers);
      if (message.type === "kernel") this.state = message.state;
      if (message.type === "execution") this.executions.set(message.execution, message);
      if (message.type === "output") {
        const items = this.outputs.get(message.execution) ?? [];
        // In order and none twice: a gap or a repetition is a fault of the node.
        if (message.from !== items.length)
          throw new Error(`items from ${message.from} came after ${items.length}`);
        this.outputs.set(message.execution, [...items, ...message.items]);
      }
      for (const check of [...this.#checks]) check();
    };
  }

  /** Asks, and waits for the answer. */
  async ask(
    request: KernelRequest,
    buffers: readonly Uint8Array[] = [],
  ): Promise<Reply & { buffers: readonly Uint8Array[] }> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, (reply, got) => resolve({ ...reply, buffers: got }));
      this.channel.send(encodeKernel(request, id, buffers));
    });
  }

  /** Sends what has no answer. */
  tell(request: KernelRequest, buffers: readonly Uint8Array[] = []): void {
    this.channel.send(encodeKernel(request, 0, buffers));
  }

  /** Waits until something holds. @throws Error after `ms` */
  until<T>(what: () => T | undefined | false, ms = 20_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#checks = this.#checks.filter((one) => one !== check);
        reject(new Error(`it did not come to pass: ${what.toString()}; state ${this.state}`));
      }, ms);
      const check = () => {
        const value = what();
        if (value === undefined || value === false) return;
        clearTimeout(timer);
        this.#checks = this.#checks.filter((one) => one !== check);
        resolve(value);
      };
      this.#checks.push(check);
      check();
    });
  }

  /** Runs one cell; resolves when it is over, with all that it printed. */
  async run(code: string, execution: string = crypto.randomUUID(), ms = 20_000): Promise<ExecutionStatus> {
    await this.ask({ type: "execute", items: [{ execution, cell: `cell-${execution}`.slice(0, 64), code }] });
    return this.over(execution, ms);
  }

  /** Waits for an execution's end, with all of its outputs. */
  over(execution: string, ms = 20_000): Promise<ExecutionStatus> {
    return this.until(() => {
      const status = this.executions.get(execution);
      const done = status && !["queued", "running"].includes(status.state);
      return done && (this.outputs.get(execution)?.length ?? 0) >= status.items ? status : undefined;
    }, ms);
  }

  /** Everything that an execution printed, as text. */
  text(execution: string): string {
    return reduceOutputs(this.outputs.get(execution) ?? [])
      .map((output) => {
        if (output.output_type === "stream") return output.text;
        if (output.output_type === "error") return `${output.ename}: ${output.evalue}\n`;
        return `${String(output.data["text/plain"] ?? "")}\n`;
      })
      .join("");
  }
}
