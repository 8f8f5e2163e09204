/** A kernel for one run without a node: the same keeper and launcher, as the person who asks, in the notebook's folder. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionStatus, KernelStatus } from "@eyepiece/protocol/kernel/messages.ts";
import { type Output, reduceOutputs } from "@eyepiece/protocol/kernel/outputs.ts";
import { ExecutionStore, OVER, readLog } from "../executions.ts";
import { KeeperLink, startKeeper } from "../keeper-link.ts";
import type { StartSpec } from "../specs.ts";

/** The longest that a timer of Node can be: the run itself says when it is over. */
const LIMIT_MS = 2 ** 31 - 1;
/** A cell that is to end is interrupted so often, and then given up with its kernel. */
const INTERRUPTS = 4;
const INTERRUPT_MS = 2000;

/** How a cell ended. */
export interface CellEnd {
  readonly state: ExecutionStatus["state"];
  readonly count: number | undefined;
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
  /** Why, where that is not in the outputs: too long, a question, a dead kernel. */
  readonly why?: string;
}

/** See the file's comment. Dispose of it: the kernel ends, and its folder goes. */
export class HeadlessKernel implements AsyncDisposable {
  readonly #folder: string;
  readonly #store: ExecutionStore;
  readonly #link: KeeperLink;
  readonly #executions: Map<string, ExecutionStatus>;
  readonly #hear: { changed: () => void; dead: string; asks: boolean };

  private constructor(
    folder: string,
    link: KeeperLink,
    executions: Map<string, ExecutionStatus>,
    hear: { changed: () => void; dead: string; asks: boolean },
  ) {
    this.#folder = folder;
    this.#store = new ExecutionStore(folder);
    this.#link = link;
    this.#executions = executions;
    this.#hear = hear;
  }

  /** Starts one in the folder `work`. @throws Error with a sentence */
  static async start(spec: StartSpec, work: string): Promise<HeadlessKernel> {
    const folder = mkdtempSync(join(tmpdir(), "eyepiece-run-"));
    try {
      const arrays = join(folder, "arrays");
      mkdirSync(arrays);
      const { EYEPIECE_NODE_TOKEN: _, EYEPIECE_ADMIN_PASSWORD: __, ...own } = process.env;
      const env = Object.fromEntries(Object.entries(own).filter((pair) => pair[1] !== undefined));
      const entry = await startKeeper({
        ...{ folder, arrays, work, notebook: "", home: join(folder, "home") },
        spec: {
          ...{ name: spec.name, language: spec.language, interrupt: spec.interrupt },
          // It is the person's own code on the person's own machine: their environment and home, as in a shell.
          argv: ["env", `HOME=${homedir()}`, ...spec.argv],
          env: { ...env, ...spec.env, EYEPIECE_HEADLESS: "1" } as Record<string, string>,
        },
        ...{ readOnly: [], hidden: [], sandbox: false, processes: 0, memoryBytes: 0 },
        fresh: { limitMs: LIMIT_MS },
      });
      const executions = new Map<string, ExecutionStatus>();
      const hear = { changed: () => {}, dead: "", asks: false };
      const link = await KeeperLink.open(entry, {
        onEvent: (event) => {
          if (event.type === "execution") executions.set(event.execution, event);
          else if (event.type === "input_request") hear.asks = true;
          else if (event.type === "kernel") hear.dead = wordsOf(event);
          hear.changed();
        },
        onGone: () => {
          hear.dead = "The kernel's keeper was ended.";
          hear.changed();
        },
      });
      return new HeadlessKernel(folder, link, executions, hear);
    } catch (cause) {
      rmSync(folder, { recursive: true, force: true });
      throw cause;
    }
  }

  /** Runs one cell to its end, for at most `timeoutMs`; `stop` interrupts it. */
  async run(execution: string, code: string, timeoutMs: number, stop?: AbortSignal): Promise<CellEnd> {
    let why = "";
    let timer: NodeJS.Timeout | undefined;
    let again: NodeJS.Timeout | undefined;
    const over = Promise.withResolvers<ExecutionStatus | undefined>();
    const interrupt = (reason: string) => {
      if (why !== "") return;
      why = reason;
      let asked = 0;
      const ask = () => {
        asked += 1;
        // Code may catch an interrupt, and one that comes as a cell begins is lost.
        if (asked > INTERRUPTS) over.resolve(undefined);
        else this.#link.tell({ type: "interrupt" });
      };
      ask();
      again = setInterval(ask, INTERRUPT_MS);
    };
    const onStop = () => interrupt("it was interrupted");
    stop?.addEventListener("abort", onStop);
    try {
      this.#hear.changed = () => {
        const status = this.#executions.get(execution);
        // The time that the kernel itself takes to start is not the cell's.
        if (status?.state === "running" && timeoutMs < LIMIT_MS)
          timer ??= setTimeout(() => interrupt(`it ran for longer than ${timeoutMs / 1000} s`), timeoutMs);
        if (this.#hear.asks) interrupt("it asks for input, which nobody can give here");
        // Why it was lost, the kernel's own state tells a moment later.
        if (status && OVER.has(status.state) && status.state !== "lost") over.resolve(status);
        else if (this.#hear.dead !== "") over.resolve(undefined);
      };
      await this.#link.ask({ type: "execute", items: [{ execution, cell: execution, code }] });
      if (stop?.aborted) onStop();
      this.#hear.changed();
      const status = await over.promise;
      if (this.#hear.dead !== "") why = this.#hear.dead.replace(/\.$/, "");
      return {
        state: status?.state ?? "lost",
        count: status?.execution_count,
        startedMs: status?.started_ms,
        endedMs: status?.ended_ms,
        ...(why && { why }),
      };
    } finally {
      clearTimeout(timer);
      clearInterval(again);
      stop?.removeEventListener("abort", onStop);
      this.#hear.changed = () => {};
      this.#hear.asks = false;
    }
  }

  /** What a cell printed, later updates of its displays included. */
  outputs(execution: string): Output[] {
    return reduceOutputs(readLog(this.#store.file(execution, "jsonl")));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#link.ask({ type: "shutdown" });
    this.#link.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function wordsOf(status: KernelStatus): string {
  return status.state === "dead" ? status.message || "The kernel died." : "";
}
