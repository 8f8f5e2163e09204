/** A job and what is told of it, as the store keeps them. */
import type { JobState } from "./states.ts";

/** Values that JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A state that a job can be started again from. */
export interface Checkpoint {
  readonly step: number;
  /** Relative to the job's folder. */
  readonly path: string;
}

/** One job. Times are milliseconds since 1970. */
export interface Job {
  readonly id: string;
  /** Whose it is. */
  readonly person: string;
  /** Which of the manager's kinds. */
  readonly kind: string;
  readonly params: Json;
  /** GPUs that it wants. */
  readonly gpus: number;
  /** Bytes of one GPU that it shares with others; 0: its GPUs are its own, whole. */
  readonly gpuBytes: number;
  readonly priority: number;
  /** Its number among its owner's jobs. */
  readonly turn: number;
  readonly state: JobState;
  /** Why it is in this state, a sentence. */
  readonly reason: string;
  /** How often it is started again after the node died under it. */
  readonly retries: number;
  /** How often that has happened. */
  readonly losses: number;
  /** Devices that it holds. */
  readonly devices: readonly string[];
  readonly checkpoint: Checkpoint | undefined;
  /** What its program gave as its result. */
  readonly result: Json | undefined;
  readonly createdMs: number;
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
}

/** What a caller wants done. */
export interface JobRequest {
  readonly person: string;
  readonly kind: string;
  readonly params: Json;
  readonly gpus?: number;
  readonly gpuBytes?: number;
  readonly priority?: number;
  readonly retries?: number;
}

/** A number as programs report it; JSON has no name for the last three. */
export type Reported = number | "nan" | "inf" | "-inf";

/** What an entry of a job's log holds, by its kind. */
export type EntryBody =
  | { readonly kind: "state"; readonly from: JobState | null; readonly to: JobState; readonly reason: string }
  | {
      readonly kind: "event";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly data?: Json;
    }
  | {
      readonly kind: "metrics";
      readonly step: number;
      readonly values: Readonly<Record<string, Reported>>;
    }
  | ({ readonly kind: "checkpoint" } & Checkpoint);

/** One line of a job's log; `n` counts from 1 without a gap. */
export type Entry = { readonly n: number; readonly atMs: number } & EntryBody;

/** One point of a curve. */
export interface MetricPoint {
  readonly step: number;
  readonly name: string;
  readonly value: number;
}
