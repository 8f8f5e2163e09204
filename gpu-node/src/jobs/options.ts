/** How a job manager is set up, and what it takes. */
import type { GpuLedger } from "../sessions/ledger.ts";
import type { JobProgram } from "./child.ts";
import { JobError } from "./errors.ts";
import type { Job, JobRequest } from "./job.ts";
import type { MemoryGroups } from "./memory-groups.ts";
import { PRIORITIES } from "./queue.ts";

/** A sort of job. */
export interface JobKind {
  /** Looks at the job's files before it waits for its turn. The message of what it throws is why the job failed. */
  readonly validate?: (job: Job, signal: AbortSignal) => Promise<void>;
  /** What is started for it. May take its time, and tell of it: an environment is made when it is first needed. */
  readonly program: (
    job: Job,
    signal: AbortSignal,
    tell: (message: string) => void,
  ) => JobProgram | Promise<JobProgram>;
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
  /** Between the polite wish that a program ends and its end. */
  readonly graceMs?: number;
  /** What bounds the memory of programs; they are not bounded without. */
  readonly memory?: MemoryGroups | undefined;
}

/** A request with what it left out. @throws JobError that names what is wrong */
export function completeRequest(
  request: JobRequest,
  kinds: JobManagerOptions["kinds"],
): Required<JobRequest> {
  const full = { gpus: 0, gpuBytes: 0, priority: 0, retries: 1, ...request };
  if (!Object.hasOwn(kinds, full.kind))
    throw new JobError("invalid", `This node has no jobs of kind ${full.kind}.`);
  for (const [name, value, least, most] of [
    ["gpus", full.gpus, 0, 1024],
    ["priority", full.priority, PRIORITIES.lowest, PRIORITIES.highest],
    ["retries", full.retries, 0, 100],
    ["gpuBytes", full.gpuBytes, 0, 1024 ** 5],
  ] as const) {
    if (!Number.isInteger(value) || value < least || value > most)
      throw new JobError("invalid", `${name} must be a whole number from ${least} to ${most}.`);
  }
  if (full.gpuBytes > 0 && full.gpus !== 1)
    throw new JobError("invalid", "A job that shares a GPU has one: several are had whole.");
  return full;
}
