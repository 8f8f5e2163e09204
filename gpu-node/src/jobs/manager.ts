/** The job manager: takes jobs, lets them run in turn, and tells how they get on. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Bell } from "./bell.ts";
import { type JobProgram, JobRun, PARTS } from "./child.ts";
import { JobError } from "./errors.ts";
import type { Entry, EntryBody, Job, JobRequest, MetricPoint } from "./job.ts";
import { GpuLeases, type Lease } from "./leases.ts";
import {
  completeRequest,
  JOB_LIMITS,
  type JobKind,
  type JobLimits,
  type JobManagerOptions,
} from "./options.ts";
import { outcomeOf, type TurnEnd } from "./outcome.ts";
import { readOutput } from "./output-file.ts";
import { recover } from "./recovery.ts";
import type { Reports } from "./reports.ts";
import { Reserve } from "./reserve.ts";
import { hasProcess, isOver, isWaiting } from "./states.ts";
import { type EntryFilter, type JobFilter, JobStore } from "./store.ts";
import { type Place, type Turn, Turns } from "./turns.ts";

/** What is kept in memory of a job that has its turn. */
interface Active {
  readonly stop: AbortController;
  run: JobRun | undefined;
  paused: boolean;
  /** Why what it reported could not be stored. */
  unheard: string | undefined;
}

/** How long the store is left in peace after it refused. */
const STORE_AGAIN_MS = 1000;

/** The node's jobs. */
export class JobManager {
  readonly #options: JobManagerOptions;
  readonly #limits: JobLimits;
  readonly #store: JobStore;
  readonly #turns: Turns;
  readonly #reserve: Reserve;
  readonly #bell = new Bell();
  /** Jobs that run, and at most one that collects its GPUs. */
  readonly #active = new Map<string, Active>();
  readonly #admitting = new Map<string, AbortController>();
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(options: JobManagerOptions) {
    this.#options = options;
    this.#limits = { ...JOB_LIMITS, ...options.limits };
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#store = new JobStore(join(options.folder, "jobs.sqlite"));
    this.#store.onChange = (job) => this.#bell.ring(job);
    this.#reserve = new Reserve(join(options.folder, "reserve"));
    this.#reserve.keep();
    const leases = new GpuLeases(options.ledger, options.devices);
    this.#turns = new Turns(leases, this.#limits, this.#store, (turn) => this.#begin(turn));
  }

  /** Takes up what an earlier node left: nothing of its processes lives on, and its jobs go on or end honestly. */
  async open(): Promise<void> {
    await recover(this.#store);
    for (const job of this.#store.inStates(["created", "pending", "validating_files"])) this.#admit(job.id);
    this.#turns.schedule();
  }

  /** Hands a job in. @throws JobError when it cannot be taken */
  submit(request: JobRequest): Job {
    if (this.#closed) throw new JobError("state", "The node is stopping and takes no jobs.");
    const full = completeRequest(request, this.#options.kinds);
    const most = this.#limits.openPerPerson;
    if (this.#store.openOf(full.person) >= most)
      throw new JobError(
        "limit",
        `Only ${most} of your jobs can be open at once. Cancel one, or wait for one.`,
      );
    const { id } = this.#store.create(full);
    this.#admit(id);
    return this.#store.get(id);
  }

  /** @throws JobError where there is none */
  get(id: string): Job {
    return this.#store.get(id);
  }

  /** GPUs that jobs can have here. */
  get gpus(): number {
    return this.#options.devices.length;
  }

  /** Devices of the ledger that jobs can have here. */
  get devices(): readonly string[] {
    return this.#options.devices;
  }

  /** Jobs that wait for their turn, in its order. */
  line(): readonly Place[] {
    return this.#turns.line();
  }

  /** Undefined where there is none. */
  find(id: string): Job | undefined {
    return this.#store.find(id);
  }

  /** Jobs, the newest first. @param filter.before only jobs older than this one */
  list(filter: JobFilter = {}): Job[] {
    return this.#store.list(filter);
  }

  /** Ends a job, at whatever point it is. Again does no harm. @throws JobError when it is over */
  cancel(id: string, reason = "It was cancelled."): Job {
    const job = this.#store.get(id);
    if (job.state === "pending_cancel") return job;
    if (isOver(job.state)) throw new JobError("state", `The job ${id} is ${job.state} already.`);
    const busy = hasProcess(job.state) || job.state === "validating_files";
    const moved = this.#store.move(id, busy ? "pending_cancel" : "cancelled", reason, {
      devices: job.devices,
    });
    this.#admitting.get(id)?.abort(new Error(reason));
    const active = this.#active.get(id);
    active?.stop.abort(new Error(reason));
    active?.run?.stop();
    return moved;
  }

  /** Asks a job to write a checkpoint and end, or takes it out of the queue. @throws JobError in other states */
  pause(id: string, reason = "It was paused."): Job {
    const job = this.#store.get(id);
    if (job.state === "pending_pause" || job.state === "paused") return job;
    const moved = this.#store.move(id, isWaiting(job.state) ? "paused" : "pending_pause", reason, {
      devices: job.devices,
    });
    const active = this.#active.get(id);
    if (active?.run) active.run.pause();
    else active?.stop.abort(new Error(reason));
    return moved;
  }

  /** Tells a job's program, if one runs, that something new is in its folder. */
  wake(id: string): void {
    this.#active.get(id)?.run?.wake();
  }

  /** Lets a paused job go on in its turn. @throws JobError in other states */
  resume(id: string, reason = "It was resumed."): Job {
    const moved = this.#store.move(id, "pending_resume", reason);
    this.#turns.schedule();
    return moved;
  }

  /** Forgets a job and its files. @throws JobError unless it is over */
  remove(id: string): void {
    this.#store.remove(id);
    rmSync(this.folderOf(id), { recursive: true, force: true });
    this.#reserve.keep();
  }

  /** What was told of a job after entry `after`. */
  entries(id: string, after = 0, limit = 1000): Entry[] {
    return this.#store.entries(id, after, limit);
  }

  /** What was told of a job, the newest first. @param filter.before only entries older than this number */
  latest(id: string, filter: EntryFilter = {}): Entry[] {
    return this.#store.latest(id, filter);
  }

  /** Its curves. */
  metrics(id: string): MetricPoint[] {
    return this.#store.metrics(id);
  }

  /** What its program printed. @param from an offset; negative counts from the end */
  output(id: string, from = -65_536, most = 65_536): { bytes: Buffer; next: number } {
    return readOutput(join(this.folderOf(id), PARTS.output), from, most);
  }

  /** A job's folder on this machine. */
  folderOf(id: string): string {
    return join(this.#options.folder, "files", id.replaceAll(/[^\w-]/g, "_"));
  }

  /** Entries after number `after` as they come; ends after the last one of a job that is over. */
  async *watch(
    id: string,
    after = 0,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<Entry> {
    this.#store.get(id);
    for (let last = after; !signal.aborted && !this.#closed; ) {
      const entries = this.#store.entries(id, last);
      for (const entry of entries) {
        yield entry;
        last = entry.n;
      }
      if (entries.length > 0) continue;
      const state = this.#store.find(id)?.state;
      if (!state || isOver(state)) return;
      await this.#bell.next(id, signal);
    }
  }

  /** Ends all processes. Jobs that ran go on when the next node opens this folder. */
  async close(): Promise<void> {
    const reason = new Error("The node stops.");
    this.#closing.abort(reason);
    this.#turns.close();
    for (const one of this.#admitting.values()) one.abort(reason);
    for (const one of this.#active.values()) {
      one.stop.abort(reason);
      one.run?.stop();
    }
    while (this.#work.size > 0) await Promise.all(this.#work);
    this.#bell.ringAll();
    this.#store.close();
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Work that nobody waits for. What it throws is the job's end, not the node's. */
  #go(id: string, work: () => Promise<void>): void {
    const going = work()
      .catch((cause: unknown) => {
        const error = cause instanceof Error ? cause.message : String(cause);
        return this.#settle(id, { error, paused: false, printed: "" });
      })
      .finally(() => {
        this.#work.delete(going);
        this.#turns.schedule();
      });
    this.#work.add(going);
  }

  /** Takes a job to where its turn has led it. A store that refuses, as on a full disk, is asked again until it takes it. */
  async #settle(id: string, end: TurnEnd): Promise<void> {
    for (;;) {
      try {
        const job = this.#store.find(id);
        if (!job || isOver(job.state)) return;
        const outcome = outcomeOf(job, end, this.#closed);
        if (outcome) this.#store.move(id, outcome.to, outcome.reason);
        return;
      } catch (cause) {
        console.error(`The end of job ${id} could not be stored: ${String(cause)}`);
        if (cause instanceof JobError || this.#closed) return;
        // What fills the disk may be this job's own, and can be deleted only once it is over.
        if (/full/.test(String(cause)) && this.#reserve.use()) continue;
        // The node may be stopped meanwhile; the next one finds the job as it was.
        await sleep(STORE_AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  #kind(job: Job): JobKind {
    const kind = this.#options.kinds[job.kind];
    if (!kind) throw new JobError("invalid", `This node has no jobs of kind ${job.kind}.`);
    return kind;
  }

  #admit(id: string): void {
    const stop = new AbortController();
    this.#admitting.set(id, stop);
    this.#go(id, async () => {
      try {
        const job = this.#store.get(id);
        const { validate } = this.#kind(job);
        if (job.state === "created") this.#store.move(id, "pending", "It was taken.");
        if (validate) {
          if (job.state !== "validating_files")
            this.#store.move(id, "validating_files", "Its files are looked at.");
          await validate(job, stop.signal);
        }
        if (this.#closed) return;
        const { state, reason } = this.#store.get(id);
        if (state === "pending_cancel") this.#store.move(id, "cancelled", reason);
        else if (!isOver(state)) this.#store.move(id, "queued", "It waits for its turn.");
      } finally {
        this.#admitting.delete(id);
      }
    });
  }

  #begin(turn: Turn): void {
    const { id, stop } = turn;
    const active: Active = { stop, run: undefined, paused: false, unheard: undefined };
    this.#active.set(id, active);
    this.#go(id, async () => {
      let lease: Lease | undefined;
      let end: TurnEnd | undefined;
      try {
        lease = await this.#turns.acquire(turn);
        if (lease && !stop.signal.aborted) end = await this.#run(id, active, lease);
      } finally {
        lease?.release();
        this.#turns.end(turn);
        this.#active.delete(id);
      }
      if (end) await this.#settle(id, end);
    });
  }

  async #run(id: string, active: Active, lease: Lease): Promise<TurnEnd> {
    const { signal } = active.stop;
    const where = lease.devices.length > 0 ? ` on ${lease.devices.join(", ")}` : "";
    const job = this.#store.move(id, "running", `It runs${where}.`, {
      devices: lease.devices,
      started: true,
    });
    if (lease.devices.length < job.gpus) {
      const message = `It asked for ${job.gpus} GPUs and this node has ${lease.devices.length} for jobs; it runs with these.`;
      this.#store.add(id, [{ kind: "event", level: "warn", message }]);
    }
    let program: JobProgram | undefined;
    try {
      const tell = (message: string) => this.#tell(id, active, "info", message);
      program = await this.#kind(job).program(job, signal, tell);
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
    if (!program || signal.aborted) return { paused: false, printed: "" };
    active.run = new JobRun(
      {
        ...{ job: id, folder: this.folderOf(id), program, params: job.params, checkpoint: job.checkpoint },
        ...{ devices: lease.devices, sandbox: this.#options.sandbox, processes: this.#limits.processes },
        ...{ graceMs: this.#options.graceMs ?? 10_000, group: this.#options.memory?.make(id) },
      },
      {
        onReports: (reports) => this.#heard(id, active, reports),
        onComplaint: (message) => this.#tell(id, active, "warn", message),
      },
    );
    const ending = await active.run.ended;
    if (ending.lost)
      this.#tell(
        id,
        active,
        "error",
        "Some of its processes could not be ended; they may still use its GPUs.",
      );
    return {
      ending,
      paused: active.paused,
      printed: ending.printed,
      ...(active.unheard ? { error: active.unheard } : {}),
    };
  }

  #tell(id: string, active: Active, level: "info" | "warn" | "error", message: string): void {
    const entries: EntryBody[] = [{ kind: "event", level, message }];
    this.#heard(id, active, { entries, result: undefined, paused: false });
  }

  #heard(id: string, active: Active, reports: Reports): void {
    active.paused ||= reports.paused;
    try {
      this.#store.add(id, reports.entries, reports.result);
    } catch (cause) {
      // A job of which nothing can be kept is not worth its GPU.
      const why = cause instanceof Error ? cause.message : String(cause);
      active.unheard ??= `What its program reported could not be stored (${why}), so it was ended. Is the node's disk full?`;
      active.run?.kill();
    }
  }
}
