/** Takes finished executions to the relay, and goes on until it has acknowledged each: only then may a log be dropped. */
import { reduceOutputs } from "@eyepiece/protocol/kernel/outputs.ts";
import { type ExecutionRecord, type ExecutionStore, OVER, readLog } from "./executions.ts";
import { type RelayAddress, RelayCalls, reason } from "./relay-calls.ts";
import { withPictures } from "./viewer-pictures.ts";

/** What has to be known of an execution to copy it. */
export type Finished = Pick<ExecutionRecord, "execution" | "cell" | "state" | "items"> &
  Partial<Pick<ExecutionRecord, "execution_count" | "started_ms" | "ended_ms">>;

interface Task {
  readonly store: ExecutionStore;
  readonly notebook: string;
  readonly execution: Finished;
}

const WAITS_MS = [250, 500, 1000, 2000, 5000, 15_000, 60_000];
const TIMEOUT_MS = 60_000;
/** Answers after which another try would be answered the same: the notebook is gone, or the relay does not want this one. */
const FINAL = new Set([400, 404, 409, 410, 413, 422]);

/** Copies one after the other. */
export class OutputCopier {
  readonly #calls: RelayCalls;
  readonly #log: (line: string) => void;
  readonly #draw: (notebook: string, session: string) => Promise<Uint8Array> | undefined;
  readonly #tasks = new Map<string, Task>();
  #working = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param draw pictures of the viewers that a notebook's own kernel made */
  constructor(
    relay: RelayAddress,
    log: (line: string) => void,
    draw: (notebook: string, session: string) => Promise<Uint8Array> | undefined = () => undefined,
  ) {
    this.#draw = draw;
    this.#calls = new RelayCalls(relay);
    this.#log = log;
  }

  /** Executions that the relay does not have yet. */
  get waiting(): number {
    return this.#tasks.size;
  }

  /** Notes an execution that is over, unless the relay has all of it. */
  add(store: ExecutionStore, notebook: string, execution: Finished): void {
    if (this.#closed || !OVER.has(execution.state)) return;
    if (store.copied(execution.execution) === execution.items) return;
    // A newer state of the same execution takes the older one's place.
    this.#tasks.set(execution.execution, { store, notebook, execution });
    void this.#work();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#tasks.clear();
    this.#calls.close();
  }

  async #work(): Promise<void> {
    if (this.#working || this.#timer) return;
    this.#working = true;
    for (const [name, task] of this.#tasks) {
      const done = await this.#copy(task);
      if (this.#closed) break;
      if (!done) {
        const wait = WAITS_MS[Math.min(this.#failures, WAITS_MS.length - 1)] ?? 60_000;
        this.#failures += 1;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          void this.#work();
        }, wait);
        this.#timer.unref();
        break;
      }
      this.#failures = 0;
      // It may have been added anew while it was copied.
      if (this.#tasks.get(name) === task) this.#tasks.delete(name);
    }
    this.#working = false;
    if (!this.#timer && !this.#closed && this.#tasks.size > 0) void this.#work();
  }

  /** @returns false when it is to be tried again */
  async #copy({ store, notebook, execution }: Task): Promise<boolean> {
    const { execution: id, cell, state, execution_count, started_ms, ended_ms } = execution;
    try {
      const items = readLog(store.file(id, "jsonl"));
      const outputs = await withPictures(reduceOutputs(items), (session) => this.#draw(notebook, session));
      const body = {
        ...{ notebook, cell, state, started_ms: started_ms ?? null, ended_ms: ended_ms ?? null },
        ...{ execution_count: execution_count ?? null, outputs },
      };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { ok, status, text } = await this.#calls.send("PUT", `/api/executions/${id}`, body, signal);
      if (ok) {
        store.setCopied(id, items.length);
        return true;
      }
      this.#log(`The relay did not take the outputs of ${id}: ${status} ${text.slice(0, 200)}`);
      return FINAL.has(status);
    } catch (cause) {
      // The relay is away: its return is what the next try waits for.
      if (this.#failures === 0) this.#log(`Outputs wait for the relay: ${reason(cause)}`);
      return false;
    }
  }
}
