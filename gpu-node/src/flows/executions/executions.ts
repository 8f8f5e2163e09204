/** All executions of a node: made, written, watched, removed. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CANCELLED, type Event, eventNow, isOver, type Kind, type NewEvent, stateOf } from "./events.ts";
import { ExecutionFile } from "./file.ts";
import { Locks } from "./locks.ts";
import { type Execution, type ExecutionFilter, Register } from "./register.ts";
import { DISK_FULL, KeptRoom, notWritten, StorageError } from "./room.ts";

/** What a new execution is made of. */
type NewExecution = Omit<Execution, "state" | "startup" | "finish" | "error" | "machine"> & {
  /** JSON, the first event. */
  readonly meta: string;
};

/** What an open execution holds in memory. */
interface Live {
  readonly file: ExecutionFile;
  readonly locks: Locks;
  readonly watchers: Set<() => void>;
  over: boolean;
}

/** A name that the gateway gives: 24 hexadecimal digits, not to be guessed. */
export const FID = /^[0-9a-f]{24}$/;
/** Of persons and executions, as folders' names. */
const SAFE = /^[A-Za-z0-9_-]{1,64}$/;
/** Files of executions that nobody watches and that are over, kept open. */
const MAX_IDLE = 16;
/** Reasons to wait that one run tells. */
const MAX_TOLD = 20;

/** The executions below a folder. */
export class Executions {
  readonly #folder: string;
  readonly #register: Register;
  readonly #room: KeptRoom;
  readonly #live = new Map<string, Live>();
  #closed = false;
  /** Told when something in the list has changed. */
  onChange: (execution: Execution) => void = () => {};

  /** @param folder `<home>/execution`; @param register the list's file */
  constructor(folder: string, register: string) {
    this.#folder = folder;
    this.#register = new Register(register);
    this.#room = new KeptRoom(folder);
  }

  /** A new one, with its folders; its first events are stored. @throws StorageError where there is no room for it */
  create(made: NewExecution): Execution {
    const { meta, ...rest } = made;
    const first = [eventNow("status", "starting"), eventNow("meta", meta), eventNow("inputs", made.inputs)];
    const startup = first[0]?.timestamp ?? 0;
    const now = { state: "starting", startup, finish: null, error: null, machine: "" } as const;
    const execution: Execution = { ...rest, ...now };
    const folder = this.folder(execution);
    try {
      this.#room.keep();
      mkdirSync(join(folder, "in"), { recursive: true, mode: 0o700 });
      mkdirSync(join(folder, "out"), { recursive: true, mode: 0o700 });
      this.#register.add(execution);
      this.#open(execution).file.append(first);
    } catch (cause) {
      if (!notWritten(cause)) throw cause;
      this.remove(execution);
      throw new StorageError(DISK_FULL);
    }
    this.onChange(execution);
    return execution;
  }

  /** It is about to run on a machine of the cluster; empty for this one. */
  place(fid: string, machine: string): void {
    this.#register.place(fid, machine);
  }

  /** Its folder: `in/`, `out/` and `sqlite3.db`. */
  folder({ user, fid }: Pick<Execution, "user" | "fid">): string {
    if (!SAFE.test(user) || !SAFE.test(fid)) throw new Error(`${user}/${fid} is no name of an execution.`);
    return join(this.#folder, user, fid);
  }

  find(fid: string): Execution | undefined {
    return this.#register.find(fid);
  }

  list(filter: ExecutionFilter): Execution[] {
    return this.#register.list(filter);
  }

  count(filter: ExecutionFilter): number {
    return this.#register.count(filter);
  }

  unfinished(): Execution[] {
    return this.#register.unfinished();
  }

  /** Number of the agent's last event that is stored; undefined where there is no such execution. */
  received(fid: string): number | undefined {
    const execution = this.find(fid);
    return execution && this.#open(execution).file.received;
  }

  /** Events of an agent. @returns the number up to which they are stored, or why not; `full`: this has ended the execution */
  receive(fid: string, first: number, events: readonly NewEvent[]): number | "gap" | "unknown" | "full" {
    const execution = this.find(fid);
    if (!execution) return "unknown";
    const live = this.#open(execution);
    // What comes after the end, of a run that was thought lost, is acknowledged and not kept.
    if (live.over) return first + events.length - 1;
    try {
      const reception = live.file.receive(first, events);
      if (reception === "gap") return "gap";
      if (reception !== "known") this.#told(execution, live, events.slice(reception.take));
      return live.file.received;
    } catch (cause) {
      if (!notWritten(cause)) throw cause;
      this.#full(execution, live);
      return "full";
    }
  }

  /** Events of the gateway's own. Nothing is written to an execution that is over. */
  append(fid: string, events: readonly NewEvent[]): void {
    const execution = this.find(fid);
    if (!execution) return;
    const live = this.#open(execution);
    if (live.over) return;
    try {
      live.file.append(events);
      this.#told(execution, live, events);
    } catch (cause) {
      if (!notWritten(cause)) throw cause;
      this.#full(execution, live);
    }
  }

  /** A function that tells, as events of the execution, what it waits for: not the same twice, and not for ever. */
  teller(fid: string): (why: string) => void {
    const told = new Set<string>();
    return (why) => {
      if (told.has(why) || told.size >= MAX_TOLD) return;
      told.add(why);
      this.append(fid, [eventNow("agent", JSON.stringify({ Text: { body: why } }))]);
    };
  }

  /** Ends an execution whose run cannot tell of its end. */
  fail(fid: string, why: string): void {
    this.append(fid, [eventNow("error", why), eventNow("status", "error")]);
  }

  /** Ends it as somebody's wish. */
  cancelled(fid: string): void {
    this.fail(fid, CANCELLED);
  }

  /** Events behind a number. */
  after(execution: Execution, id: number, limit: number): Event[] {
    return this.#open(execution).file.after(id, limit);
  }

  lastOf(execution: Execution, kind: Kind): Event | undefined {
    return this.#open(execution).file.lastOf(kind);
  }

  /** Its locks that wait for an answer. */
  locks(execution: Execution): Locks {
    return this.#open(execution).locks;
  }

  /** Calls `listener` after each write, until the answer is called. */
  watch(execution: Execution, listener: () => void): () => void {
    const live = this.#open(execution);
    live.watchers.add(listener);
    return () => {
      live.watchers.delete(listener);
      this.#closeIdle();
    };
  }

  /** Calls it once, when the execution is over or gone; at once where it is already. */
  whenOver(fid: string, then: () => void): void {
    const execution = this.find(fid);
    if (!execution || isOver(execution.state)) {
      then();
      return;
    }
    let told = false;
    const stop = this.watch(execution, () => {
      const now = this.find(fid);
      if (told || (now && !isOver(now.state))) return;
      told = true;
      then();
      // Not within the round of watchers that calls this.
      queueMicrotask(stop);
    });
  }

  /** Removes an execution that is over, with its files; its watchers are told. */
  remove(execution: Execution): void {
    const live = this.#live.get(execution.fid);
    this.#live.delete(execution.fid);
    live?.file.close();
    this.#register.remove(execution.fid);
    rmSync(this.folder(execution), { recursive: true, force: true });
    for (const listener of live?.watchers ?? []) listener();
    this.onChange(execution);
  }

  /** Nothing is told any more. */
  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    for (const { file } of this.#live.values()) file.close();
    this.#live.clear();
    this.#register.close();
  }

  #open(execution: Execution): Live {
    const there = this.#live.get(execution.fid);
    if (there) return there;
    const file = new ExecutionFile(join(this.folder(execution), "sqlite3.db"));
    const live: Live = { file, locks: new Locks(), watchers: new Set(), over: isOver(execution.state) };
    for (const event of file.ofKinds(["lock", "lease"])) live.locks.hear(event);
    this.#live.set(execution.fid, live);
    // A kill between the two writes left the list behind the file.
    const status = file.lastOf("status");
    if (status && stateOf(status) !== execution.state) this.#told(execution, live, [status]);
    this.#closeIdle(live);
    return live;
  }

  /** Ends an execution of which nothing more can be stored, in the room that is kept for these words. */
  #full(execution: Execution, live: Live): void {
    this.#room.release();
    const last = [eventNow("error", DISK_FULL), eventNow("status", "error")];
    // Whatever comes of it here: its run is ended, and the agent may let go of what it told.
    live.over = true;
    try {
      live.file.append(last);
      this.#told(execution, live, last);
    } catch (cause) {
      if (!notWritten(cause)) throw cause;
      // Others were quicker to use the room. The node's next start ends it, as one that was lost.
      for (const listener of live.watchers) listener();
    }
  }

  #told(execution: Execution, live: Live, events: readonly NewEvent[]): void {
    let state = execution.state;
    let changed = false;
    for (const event of events) {
      live.locks.hear(event);
      const next = stateOf(event);
      changed ||= event.kind === "lock" || event.kind === "lease";
      if (next && next !== state) {
        state = next;
        changed = true;
      }
    }
    if (state !== execution.state) {
      live.over = isOver(state);
      const error = state === "error" ? (live.file.lastOf("error")?.message ?? "") : null;
      const finish = live.over ? (events.at(-1)?.timestamp ?? Date.now() / 1000) : null;
      this.#register.move(execution.fid, state, finish, error && lastLine(error));
    }
    for (const listener of live.watchers) listener();
    if (changed) this.onChange(this.find(execution.fid) ?? execution);
  }

  /** @param wanted one that somebody is about to use: where many runs go on, it would be the only one to close */
  #closeIdle(wanted?: Live): void {
    let spare = this.#live.size - MAX_IDLE;
    for (const [fid, live] of this.#live) {
      if (spare <= 0) return;
      if (live === wanted || !live.over || live.watchers.size > 0) continue;
      live.file.close();
      this.#live.delete(fid);
      spare -= 1;
    }
  }
}

/** Of a traceback, the line that says what happened. */
function lastLine(text: string): string {
  return (text.trimEnd().split("\n").at(-1) ?? "").slice(0, 500);
}
