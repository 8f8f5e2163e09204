/** The job manager: takes jobs, lets them run in turn, and tells how they get on. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { GpuLedger } from "../sessions/ledger.ts";
import { Bell } from "./bell.ts";
import { type JobProgram, JobRun, PARTS, type RunEnding } from "./child.ts";
import { JobError } from "./errors.ts";
import type { Entry, Job, JobRequest, MetricPoint } from "./job.ts";
import { GpuLeases, type Lease } from "./leases.ts";
import { endMarked } from "./marked.ts";
import { readOutput } from "./output-file.ts";
import { nextJob, PRIORITIES, type Share } from "./queue.ts";
import type { Reports } from "./reports.ts";
import { hasProcess, isOver, isWaiting } from "./states.ts";
import { JobStore } from "./store.ts";

/** A sort of job. */
export interface JobKind {
  /** Looks at the job's files before it waits for its turn. A JobError is the reason of its failure. */
  readonly validate?: (job: Job, signal: AbortSignal) => Promise<void>;
  /** What is started for it. May take its time: an environment is made when it is first needed. */
  readonly program: (job: Job, signal: AbortSignal) => JobProgram | Promise<JobProgram>;
}

/** Bounds for people and for the machine. */
export interface JobLimits {
  /** Jobs of one person that run at once. */
  readonly runningPerPerson: number;
  /** Jobs of one person that are not over. */
  readonly openPerPerson: number;
  /** Jobs without a GPU that run at once. */
  readonly withoutGpu: number;
  /** Processes and threads of one job. */
  readonly processes: number;
}

/** What holds where nothing else is said. */
export const JOB_LIMITS: JobLimits = {
  runningPerPerson: 4,
  openPerPerson: 200,
  withoutGpu: 2,
  processes: 4096,
};

/** How a manager is made. */
export interface JobManagerOptions {
  /** Everything of jobs is in here. */
  readonly folder: string;
  readonly ledger: GpuLedger;
  /** The ledger's devices that jobs may have. */
  readonly devices: readonly string[];
  readonly kinds: Readonly<Record<string, JobKind>>;
  readonly limits?: Partial<JobLimits>;
  /** Whether programs are started in namespaces. */
  readonly sandbox: boolean;
  readonly graceMs?: number;
}

/** What is kept in memory of a job that has its turn. */
interface Active {
  readonly person: string;
  readonly weight: number;
  readonly gpu: boolean;
  readonly stop: AbortController;
  run: JobRun | undefined;
  paused: boolean;
}

/** The node's jobs. */
export class JobManager {
  readonly #options: JobManagerOptions;
  readonly #limits: JobLimits;
  readonly #store: JobStore;
  readonly #leases: GpuLeases;
  readonly #bell = new Bell();
  /** Jobs that run, and at most one that collects its GPUs. */
  readonly #active = new Map<string, Active>();
  readonly #admitting = new Map<string, AbortController>();
  readonly #work = new Set<Promise<void>>();
  #collecting: string | undefined;
  #closed = false;

  constructor(options: JobManagerOptions) {
    this.#options = options;
    this.#limits = { ...JOB_LIMITS, ...options.limits };
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.#store = new JobStore(join(options.folder, "jobs.sqlite"));
    this.#store.onChange = (job) => this.#bell.ring(job);
    this.#leases = new GpuLeases(options.ledger, options.devices);
  }

  /** Takes up what an earlier node left: nothing of its processes lives on, and its jobs go on or end honestly. */
  async open(): Promise<void> {
    for (const job of this.#store.inStates(["running", "pending_pause", "pending_cancel"])) {
      await endMarked(job.id);
      if (job.state === "pending_cancel")
        this.#store.move(job.id, "cancelled", "The node stopped while it was cancelled.");
      else if (job.state === "pending_pause")
        this.#store.move(job.id, "paused", "The node stopped while it was paused.");
      else if (job.losses < job.retries) {
        const from = job.checkpoint
          ? `from its checkpoint at step ${job.checkpoint.step}`
          : "from the beginning";
        const reason = `The node stopped while it ran; it starts again ${from}.`;
        this.#store.move(job.id, "queued", reason, { lost: true });
      } else {
        const times = job.losses === 0 ? "" : `, ${job.losses + 1} times`;
        const reason = `The node stopped while it ran${times}. Start it again if you still need it.`;
        this.#store.move(job.id, "failed", reason, { lost: true });
      }
    }
    for (const job of this.#store.inStates(["created", "pending", "validating_files"])) this.#admit(job.id);
    this.#schedule();
  }

  /** Hands a job in. @throws JobError when it cannot be taken */
  submit(request: JobRequest): Job {
    const full = { gpus: 0, priority: 0, retries: 1, ...request };
    if (this.#closed) throw new JobError("state", "The node is stopping and takes no jobs.");
    if (!Object.hasOwn(this.#options.kinds, full.kind))
      throw new JobError("invalid", `This node has no jobs of kind ${full.kind}.`);
    for (const [name, value, least, most] of [
      ["gpus", full.gpus, 0, 1024],
      ["priority", full.priority, PRIORITIES.lowest, PRIORITIES.highest],
      ["retries", full.retries, 0, 100],
    ] as const) {
      if (!Number.isInteger(value) || value < least || value > most)
        throw new JobError("invalid", `${name} must be a whole number from ${least} to ${most}.`);
    }
    if (this.#store.openOf(full.person) >= this.#limits.openPerPerson)
      throw new JobError(
        "limit",
        `You have ${this.#limits.openPerPerson} jobs that are not over, which is the limit. Cancel one or wait.`,
      );
    const job = this.#store.create(full);
    this.#admit(job.id);
    return this.#store.get(job.id);
  }

  /** @throws JobError where there is none */
  get(id: string): Job {
    return this.#store.get(id);
  }

  /** Jobs, the newest first. */
  list(filter: { person?: string; limit?: number; before?: string } = {}): Job[] {
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

  /** Lets a paused job go on in its turn. @throws JobError in other states */
  resume(id: string, reason = "It was resumed."): Job {
    const moved = this.#store.move(id, "pending_resume", reason);
    this.#schedule();
    return moved;
  }

  /** Forgets a job and its files. @throws JobError unless it is over */
  remove(id: string): void {
    this.#store.remove(id);
    rmSync(this.folderOf(id), { recursive: true, force: true });
  }

  /** What was told of a job after entry `after`. */
  entries(id: string, after = 0, limit = 1000): Entry[] {
    return this.#store.entries(id, after, limit);
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
    return join(this.#options.folder, "files", this.#store.find(id)?.id ?? id.replaceAll(/[^\w-]/g, "_"));
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
    this.#closed = true;
    for (const one of this.#admitting.values()) one.abort(new Error("The node stops."));
    for (const one of this.#active.values()) {
      one.stop.abort(new Error("The node stops."));
      one.run?.stop();
    }
    while (this.#work.size > 0) await Promise.all(this.#work);
    this.#bell.ringAll();
    this.#store.close();
  }

  /** Work that nobody waits for; an error in it is the job's end, not the node's. */
  #go(id: string, work: () => Promise<void>): void {
    const going = work()
      .catch((cause: unknown) => {
        const job = this.#store.find(id);
        if (!job || isOver(job.state) || this.#closed) return;
        const to = job.state === "pending_cancel" ? "cancelled" : "failed";
        this.#store.move(id, to, cause instanceof Error ? cause.message : String(cause));
      })
      .catch((cause: unknown) => {
        // The store itself refuses, as on a full disk: the next start finds the job as it was.
        console.error(`The end of job ${id} could not be stored: ${String(cause)}`);
      })
      .finally(() => {
        this.#work.delete(going);
        this.#schedule();
      });
    this.#work.add(going);
  }

  #admit(id: string): void {
    const stop = new AbortController();
    this.#admitting.set(id, stop);
    this.#go(id, async () => {
      try {
        const job = this.#store.get(id);
        const kind = this.#options.kinds[job.kind];
        if (!kind) throw new JobError("invalid", `This node has no jobs of kind ${job.kind}.`);
        if (job.state === "created") this.#store.move(id, "pending", "It was taken.");
        if (kind.validate) {
          if (job.state !== "validating_files")
            this.#store.move(id, "validating_files", "Its files are looked at.");
          await kind.validate(job, stop.signal);
        }
        if (this.#closed) return;
        const { state } = this.#store.get(id);
        if (state === "pending_cancel") this.#store.move(id, "cancelled", "It was cancelled.");
        else if (!isOver(state)) this.#store.move(id, "queued", "It waits for its turn.");
      } finally {
        this.#admitting.delete(id);
      }
    });
  }

  #shares(): Map<string, Share> {
    const shares = new Map<string, Share>();
    for (const [person, servedAt] of this.#store.served())
      shares.set(person, { running: 0, weight: 0, servedAt });
    for (const { person, weight } of this.#active.values()) {
      const share = shares.get(person) ?? { running: 0, weight: 0, servedAt: 0 };
      shares.set(person, { ...share, running: share.running + 1, weight: share.weight + weight });
    }
    return shares;
  }

  #schedule(): void {
    while (!this.#closed) {
      const waiting = this.#store
        .inStates(["queued", "pending_resume"])
        .filter(({ id }) => !this.#active.has(id));
      const shares = this.#shares();
      const most = this.#limits.runningPerPerson;
      const wantsGpu = (job: Job) => this.#leases.available(job.gpus) > 0;
      const onCpu = [...this.#active.values()].filter(({ gpu }) => !gpu).length;
      const next =
        (this.#collecting === undefined ? nextJob(waiting.filter(wantsGpu), shares, most) : undefined) ??
        (onCpu < this.#limits.withoutGpu
          ? nextJob(
              waiting.filter((job) => !wantsGpu(job)),
              shares,
              most,
            )
          : undefined);
      if (!next) return;
      this.#begin(this.#store.get(next.id));
    }
  }

  #begin(job: Job): void {
    const count = this.#leases.available(job.gpus);
    const active: Active = {
      ...{ person: job.person, weight: Math.max(1, count), gpu: count > 0 },
      ...{ stop: new AbortController(), run: undefined, paused: false },
    };
    this.#active.set(job.id, active);
    if (count > 0) this.#collecting = job.id;
    this.#go(job.id, async () => {
      let lease: Lease | undefined;
      try {
        lease = await this.#lease(job, count, active);
        if (lease) await this.#run(job.id, active, lease);
      } finally {
        lease?.release();
        this.#active.delete(job.id);
      }
    });
  }

  /** The job's GPUs; undefined when it was called off meanwhile. */
  async #lease(job: Job, count: number, active: Active): Promise<Lease | undefined> {
    try {
      return await this.#leases.acquire(job.id, count, active.stop.signal);
    } catch (cause) {
      if (active.stop.signal.aborted) return undefined;
      throw cause;
    } finally {
      if (this.#collecting === job.id) this.#collecting = undefined;
      this.#schedule();
    }
  }

  async #run(id: string, active: Active, lease: Lease): Promise<void> {
    const signal = active.stop.signal;
    if (signal.aborted || this.#closed) return;
    const before = this.#store.get(id);
    const kind = this.#options.kinds[before.kind];
    if (!kind) throw new JobError("invalid", `This node has no jobs of kind ${before.kind}.`);
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
      program = await kind.program(job, signal);
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
    if (!program || signal.aborted) return this.#over(id, active, undefined);
    active.run = new JobRun(
      {
        ...{ job: id, folder: this.folderOf(id), program, params: job.params, checkpoint: job.checkpoint },
        ...{ devices: lease.devices, sandbox: this.#options.sandbox, processes: this.#limits.processes },
        graceMs: this.#options.graceMs ?? 10_000,
      },
      {
        onReports: (reports) => this.#heard(id, active, reports),
        onComplaint: (message) =>
          this.#heard(id, active, {
            ...{ entries: [{ kind: "event", level: "warn", message }], result: undefined, paused: false },
          }),
      },
    );
    this.#over(id, active, await active.run.ended);
  }

  #heard(id: string, active: Active, reports: Reports): void {
    active.paused ||= reports.paused;
    try {
      this.#store.add(id, reports.entries, reports.result);
    } catch (cause) {
      console.error(`What job ${id} reported could not be stored, so it is ended: ${String(cause)}`);
      active.run?.kill();
    }
  }

  #over(id: string, active: Active, ending: RunEnding | undefined): void {
    const job = this.#store.get(id);
    if (ending?.lost) {
      const message = "Some of its processes could not be ended; they may still use its GPUs.";
      this.#store.add(id, [{ kind: "event", level: "error", message }]);
    }
    if (job.state === "pending_cancel") this.#store.move(id, "cancelled", job.reason);
    else if (job.state === "pending_pause" && (!ending || (active.paused && ending.code === 0)))
      this.#store.move(id, "paused", job.reason);
    else if (this.#closed && job.state === "pending_pause")
      this.#store.move(id, "paused", "The node was stopped.");
    // It was told to end, so that it ended well does not say that it was done.
    else if (this.#closed)
      this.#store.move(id, "queued", "The node was stopped; it goes on when the node is back.");
    else if (ending?.code === 0) this.#store.move(id, "succeeded", "Its program ended well.");
    else
      this.#store.move(id, "failed", describe(ending, this.output(id, -4096, 4096).bytes.toString("utf8")));
  }
}

/** Why a program did not end well. */
function describe(ending: RunEnding | undefined, output: string): string {
  if (!ending) return "Its program was not started.";
  if (ending.refused) return `Its program could not be started: ${ending.refused}.`;
  const { code, signal } = ending;
  const killed = signal ?? (code !== null && code > 128 ? `signal ${code - 128}` : undefined);
  if (killed === "SIGKILL" || killed === "signal 9")
    return "Its program was killed (SIGKILL): perhaps the machine had no memory left.";
  if (killed) return `Its program crashed (${killed}).`;
  const last = output.trim().split("\n").at(-1)?.slice(0, 500) ?? "";
  return `Its program ended with code ${code}${last ? `: ${last}` : "."}`;
}
