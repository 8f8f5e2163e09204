/** Who does the work of a stage: one interface before two programs. */
import type { JobProgram } from "../../jobs/child.ts";

/** Whether an engine can be had, and what to do where it cannot. */
export interface EngineStatus {
  readonly available: boolean;
  /** A sentence for people. */
  readonly message: string;
}

/** What a stage's program is given. */
export interface StageStart {
  /** Folders that it reads. */
  readonly readOnly: readonly string[];
  /** `CUDA_VISIBLE_DEVICES`. */
  readonly cuda: string;
  /** Processes that learn together, one for each of several GPUs; 1 is the program by itself. */
  readonly processes: number;
  readonly tell: (message: string) => void;
  readonly signal: AbortSignal;
}

/** One engine. */
export interface Engine {
  /** For people. */
  readonly title: string;
  /** Asks nobody and fetches nothing. */
  status(): EngineStatus;
  /** The program of any stage, and what it needs beside its params. @throws Error with a sentence where it cannot be had */
  program(start: StageStart): Promise<{ readonly program: JobProgram; readonly checkout?: string }>;
}
