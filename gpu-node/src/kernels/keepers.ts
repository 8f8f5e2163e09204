/** The keepers of one machine as somebody sees them who is not its node: which live, and ending them. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ExecutionStatus, KernelStatus } from "@eyepiece/protocol/kernel/messages.ts";
import { OVER } from "./executions.ts";
import { startTicks } from "./keeper/config.ts";
import { KeeperLink, livingKeeper } from "./keeper-link.ts";
import { readMeta } from "./meta.ts";

/** A kernel whose keeper lives. */
export interface KeptKernel {
  readonly notebook: string;
  readonly spec: string;
  readonly pid: number;
  readonly state: KernelStatus["state"];
  readonly startedMs: number | undefined;
  /** Cells that run or wait. */
  readonly cells: number;
}

/** What a keeper is asked; no answer within this time is none. */
const ANSWER_MS = 6000;

/** Folder of the kernels of a home. */
export function kernelsFolder(home: string): string {
  return join(home, "node", "kernels");
}

/** All kernels in a folder that have a keeper. Those of nobody's notebook end by themselves and are not told. */
export async function keptKernels(folder: string): Promise<KeptKernel[]> {
  const all = await Promise.all(folders(folder).map((one) => asked(one, async (_, kernel) => kernel)));
  return all.filter((one) => one !== undefined);
}

/** Ends the kernels that have nothing to run. @returns the ones that go on */
export async function retireKernels(folder: string, deadlineMs: number): Promise<KeptKernel[]> {
  const ended: (() => boolean)[] = [];
  const all = await Promise.all(
    folders(folder).map((one) =>
      asked(one, async (link, kernel) => {
        const { content } = await link.ask({ type: "retire" });
        if (content?.retired !== true) return kernel;
        ended.push(() => startTicks(link.entry.pid) !== link.entry.start);
        return undefined;
      }),
    ),
  );
  while (Date.now() < deadlineMs && !ended.every((done) => done())) await sleep(20);
  return all.filter((one) => one !== undefined);
}

/** Ends kernels whatever they run: all, or those of some notebooks. @returns those that were ended */
export async function stopKernels(folder: string, notebooks?: readonly string[]): Promise<KeptKernel[]> {
  const all = await Promise.all(
    folders(folder).map((one) =>
      asked(one, async (link, kernel) => {
        if (notebooks && !notebooks.includes(kernel.notebook)) return undefined;
        await link.ask({ type: "shutdown" });
        return kernel;
      }),
    ),
  );
  return all.filter((one) => one !== undefined);
}

function folders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((one) => readMeta(one) !== undefined);
}

/** Connects to a folder's keeper; undefined where none lives or answers. */
async function asked<T>(
  folder: string,
  what: (link: KeeperLink, kernel: KeptKernel) => Promise<T>,
): Promise<T | undefined> {
  const entry = livingKeeper(folder);
  const notebook = readMeta(folder)?.notebook;
  if (!entry || notebook === undefined) return undefined;
  let status: KernelStatus | undefined;
  const cells = new Map<string, ExecutionStatus>();
  try {
    const link = await KeeperLink.open(entry, {
      onEvent: (event) => {
        if (event.type === "kernel") status = event;
        else if (event.type === "execution") cells.set(event.execution, event);
      },
      onGone: () => {},
    });
    try {
      const kernel: KeptKernel = {
        notebook,
        spec: entry.spec,
        pid: entry.pid,
        state: status?.state ?? "none",
        startedMs: status?.started_ms,
        cells: [...cells.values()].filter((cell) => !OVER.has(cell.state)).length,
      };
      return await Promise.race([what(link, kernel), sleep(ANSWER_MS, undefined, { ref: false })]);
    } finally {
      link.close();
    }
  } catch {
    // It ended between being found and being asked.
    return undefined;
  }
}
