/**
 * The queue of one kernel: what waits, what runs, what came of it. States of an execution:
 *
 *     queued --sent--> running --reply and idle--> done | failed
 *        `--cancel, an error before it, shutdown--> cancelled
 *     running --the kernel died--> lost
 */
import type {
  ExecuteItem,
  ExecutionState,
  ExecutionStatus,
  OutputItem,
} from "@eyepiece/protocol/kernel/messages.ts";
import { EXECUTION_ID, type ExecutionRecord, type ExecutionStore, OVER, statusOf } from "../executions.ts";
import type { JupyterMessage } from "./jupyter-message.ts";
import { OutputLog } from "./output-log.ts";
import { outputItem } from "./outputs.ts";

/** What the queue needs of its keeper. */
export interface QueueHost {
  /** Sends a cell to the kernel. */
  send(record: ExecutionRecord): void;
  tell(status: ExecutionStatus): void;
  output(execution: string, from: number, items: readonly OutputItem[]): void;
  notice(text: string): void;
}

interface Running {
  readonly record: ExecutionRecord;
  reply: "ok" | "error" | undefined;
  idle: boolean;
  /** Settles when the kernel has begun with it. */
  readonly begun: PromiseWithResolvers<void>;
}

/** Logs that stay open for output that comes after a cell's end. */
const OPEN_LOGS = 50;
const PRUNE_MS = 600_000;

/** Runs one execution after the other. */
export class RunQueue {
  readonly #store: ExecutionStore;
  readonly #host: QueueHost;
  readonly #records = new Map<string, ExecutionRecord>();
  readonly #logs = new Map<string, OutputLog>();
  readonly #displays = new Map<string, Set<string>>();
  #waiting: ExecutionRecord[] = [];
  #running: Running | undefined;
  #open = false;
  #seq = 0;
  #pruned = 0;

  constructor(store: ExecutionStore, host: QueueHost) {
    this.#store = store;
    this.#host = host;
    for (const record of store.load()) {
      this.#records.set(record.execution, record);
      this.#seq = Math.max(this.#seq, record.seq);
      // What waits was asked for while there was no keeper; what ran, ran in one that was killed, and its kernel with it.
      if (record.state === "queued") this.#waiting.push(record);
      else if (!OVER.has(record.state)) this.#change(record, { state: "lost", ended_ms: Date.now() });
    }
  }

  /** The execution that runs. */
  get running(): string | undefined {
    return this.#running?.record.execution;
  }

  get busy(): boolean {
    return this.#running !== undefined || this.#waiting.length > 0;
  }

  /** All that a page which just came has to know: the queue, and the newest execution of each cell. */
  statuses(): ExecutionStatus[] {
    const newest = new Map<string, ExecutionRecord>();
    for (const record of this.#records.values()) newest.set(record.cell, record);
    const all = new Set([...newest.values()]);
    for (const record of this.#waiting) all.add(record);
    if (this.#running) all.add(this.#running.record);
    return [...all].sort((a, b) => a.seq - b.seq).map((record) => this.#status(record));
  }

  /** Settles when the kernel has begun with what runs: an interrupt before that would be lost. */
  begun(): Promise<void> {
    return this.#running?.begun.promise ?? Promise.resolve();
  }

  /** Appends. An id that is known already is not run twice: the asker did not hear of the first time. */
  add(items: readonly ExecuteItem[]): void {
    for (const { execution, cell, code } of items) {
      if (!EXECUTION_ID.test(execution) || this.#records.has(execution)) continue;
      this.#seq += 1;
      const record: ExecutionRecord = {
        ...{ execution, cell, code, seq: this.#seq, state: "queued", queued_ms: Date.now(), items: 0 },
      };
      this.#records.set(execution, record);
      this.#waiting.push(record);
      this.#store.save(record);
      this.#host.tell(this.#status(record));
    }
    this.#next();
  }

  /** Takes out what has not begun. */
  cancel(executions?: readonly string[]): void {
    const asked = executions && new Set(executions);
    const gone = this.#waiting.filter((record) => !asked || asked.has(record.execution));
    this.#waiting = this.#waiting.filter((record) => !gone.includes(record));
    for (const record of gone) this.#change(record, { state: "cancelled", ended_ms: Date.now() });
    if (gone.length > 0) this.#positions();
  }

  /** The kernel takes cells from now on. */
  open(): void {
    this.#open = true;
    this.#next();
  }

  /** The kernel is gone: what ran ends as `state`, what waited is cancelled unless it is to wait for the next one. */
  close(state: "lost" | "cancelled", keepWaiting = false): void {
    this.#open = false;
    const running = this.#running;
    this.#running = undefined;
    if (running) {
      running.begun.resolve();
      this.#logs.get(running.record.execution)?.end();
      this.#change(running.record, { state, ended_ms: Date.now() });
    }
    if (!keepWaiting) this.cancel();
    for (const log of this.#logs.values()) log.end();
    this.#logs.clear();
  }

  /** The kernel answered an execute request. */
  replied(execution: string, status: unknown): void {
    const running = this.#running;
    if (running?.record.execution !== execution) return;
    running.reply = status === "ok" ? "ok" : "error";
    this.#settle(running);
  }

  /** What the kernel published for one of the executions; false when it is none of ours. */
  published(message: JupyterMessage): boolean {
    const record = this.#records.get(message.parent);
    if (!record) return false;
    const { content } = message;
    switch (message.header.msg_type) {
      case "status":
        if (content.execution_state === "idle" && this.#running?.record.execution === record.execution) {
          this.#running.idle = true;
          this.#settle(this.#running);
        }
        return true;
      case "execute_input":
        if (this.#running?.record === record) this.#running.begun.resolve();
        if (typeof content.execution_count === "number")
          this.#change(record, { execution_count: content.execution_count });
        return true;
      default: {
        const item = outputItem(message);
        if (item) this.#add(record, item);
        return item !== undefined;
      }
    }
  }

  #add(record: ExecutionRecord, item: OutputItem): void {
    this.#log(record).add(item);
    if ((item.op === "display" || item.op === "result") && item.display_id !== undefined) {
      const holders = this.#displays.get(item.display_id) ?? new Set();
      this.#displays.set(item.display_id, holders.add(record.execution));
    } else if (item.op === "update") {
      // The outputs that it changes may be another cell's: its log tells it too, so that each log is whole by itself.
      for (const other of this.#displays.get(item.display_id) ?? []) {
        const holder = this.#records.get(other);
        if (holder && holder !== record) this.#log(holder).add(item);
      }
    }
  }

  #log(record: ExecutionRecord): OutputLog {
    const { execution } = record;
    const there = this.#logs.get(execution);
    if (there) return there;
    const log = new OutputLog(this.#store.file(execution, "jsonl"), this.#store.file(execution, "full.txt"), {
      written: (from, items) => {
        record.items = from + items.length;
        this.#host.output(execution, from, items);
        // What comes after a cell's end changes what is kept of it.
        if (OVER.has(record.state)) this.#change(record, {});
      },
      trouble: (text) => this.#host.notice(text),
    });
    this.#logs.set(execution, log);
    for (const [name, old] of this.#logs) {
      if (this.#logs.size <= OPEN_LOGS) break;
      if (name === this.running || name === execution) continue;
      old.end();
      this.#logs.delete(name);
    }
    return log;
  }

  /** A cell has ended when the kernel has replied and is idle: a reply may overtake the last output. */
  #settle(running: Running): void {
    if (running.reply === undefined || !running.idle) return;
    this.#running = undefined;
    running.begun.resolve();
    this.#logs.get(running.record.execution)?.end();
    const failed = running.reply === "error";
    this.#prune();
    this.#change(running.record, { state: failed ? "failed" : "done", ended_ms: Date.now() });
    // As in Jupyter: what was to follow a cell that failed does not run.
    if (failed) this.cancel();
    this.#next();
  }

  /** Now and then: a run of many days must not fill the disk with what the relay has. */
  #prune(): void {
    const now = Date.now();
    if (now - this.#pruned < PRUNE_MS) return;
    this.#pruned = now;
    for (const execution of this.#store.prune(this.#records.values(), now)) {
      this.#records.delete(execution);
      this.#logs.delete(execution);
    }
  }

  #next(): void {
    if (!this.#open || this.#running) return;
    const record = this.#waiting.shift();
    if (!record) return;
    this.#running = { record, reply: undefined, idle: false, begun: Promise.withResolvers() };
    this.#change(record, { state: "running", started_ms: Date.now() });
    this.#host.send(record);
    this.#positions();
  }

  #positions(): void {
    for (const record of this.#waiting) this.#host.tell(this.#status(record));
  }

  #change(record: ExecutionRecord, change: Partial<ExecutionRecord> & { state?: ExecutionState }): void {
    Object.assign(record, change);
    try {
      this.#store.save(record);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#host.notice(`The state of a cell cannot be kept (${why}); free some space on the node's disk.`);
    }
    this.#host.tell(this.#status(record));
  }

  #status(record: ExecutionRecord): ExecutionStatus {
    const ahead = this.#waiting.indexOf(record);
    const position = ahead < 0 ? undefined : ahead + (this.#running ? 1 : 0);
    return statusOf(record, record.state === "queued" ? position : undefined);
  }
}
