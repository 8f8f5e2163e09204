/** Runs of nanochat as pages ask for them: `/v1/nanochat` on the relay, which leads to a node. */
import { api, request } from "../services/api.ts";

/** A number that a stage can be told. */
export interface Setting {
  readonly name: string;
  readonly title: string;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly default: number;
}

/** A file of one's own that a stage can be told. */
export interface FileSetting {
  readonly name: string;
  readonly title: string;
  readonly format: string;
}

/** Settings of a stage: numbers, and ids of files. */
export type Settings = Readonly<Record<string, number | string>>;

/** What there is to choose on the node. */
export interface About {
  /** GPUs that jobs may have. */
  readonly gpus: number;
  readonly engines: readonly {
    readonly name: string;
    readonly title: string;
    readonly available: boolean;
    readonly message: string;
  }[];
  readonly stages: readonly {
    readonly stage: string;
    readonly title: string;
    readonly about: string;
    readonly needs: readonly string[];
    /** By engine. */
    readonly settings: Readonly<Record<string, readonly Setting[]>>;
    readonly files: Readonly<Record<string, readonly FileSetting[]>>;
  }[];
  readonly benchmarks: readonly Benchmark[];
}

/** A benchmark that the node has. */
export interface Benchmark {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly items: number;
  /** What guessing scores; null where nothing is guessed. */
  readonly chance: number | null;
  readonly better: "lower" | "higher";
}

/** One score. */
export interface Score {
  readonly score: number;
  readonly items: number | null;
  readonly margin: number | null;
  readonly examples: readonly { readonly prompt: string; readonly text: string; readonly right?: string }[];
}

/** What a model wrote at a step. */
export interface Sample {
  readonly prompt: string;
  readonly text: string;
}

/** What a stage came to; which of these there are depends on the stage. */
export interface StageResult {
  readonly samples?: readonly Sample[];
  readonly benchmarks?: Readonly<Record<string, Score>>;
  readonly compression?: readonly {
    readonly text: string;
    readonly bytes: number;
    readonly tokens: number;
    readonly bytes_per_token: number;
  }[];
  readonly [name: string]: unknown;
}

/** Where a stage of a run stands. Times are seconds since 1970. */
export interface StageState {
  readonly stage: string;
  /** A job's state, `ready` or `waiting`. */
  readonly state: string;
  /** Whether it was made from what is not the newest any more. */
  readonly stale: boolean;
  readonly settings: Settings;
  readonly job: string | null;
  readonly reason: string;
  /** What to chat with. */
  readonly model: string | null;
  readonly devices: readonly string[];
  readonly checkpoint_step: number | null;
  readonly result: StageResult | null;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

/** A run. */
export interface Run {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  /** Whether each stage that succeeds is followed by the next. */
  readonly going: boolean;
  /** Why it stopped going on. */
  readonly note: string;
  readonly created_at: number;
  readonly stages: readonly StageState[];
}

/** An entry of a stage's log. `at` is seconds since 1970. */
export type StageEntry = { readonly n: number; readonly at: number } & (
  | {
      readonly kind: "metrics";
      readonly step: number;
      readonly values: Readonly<Record<string, number | string>>;
    }
  | {
      readonly kind: "event";
      readonly level: "info" | "warn" | "error";
      readonly message: string;
      readonly data?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "state"; readonly to: string; readonly reason: string }
  | { readonly kind: "checkpoint"; readonly step: number }
);

const ROOT = "/v1/nanochat";

/** @throws ApiError, as all of these */
export const aboutPipeline = (): Promise<About> => api("GET", ROOT);

/** The newest first. */
export const listRuns = async (): Promise<readonly Run[]> =>
  (await api<{ data: readonly Run[] }>("GET", `${ROOT}/runs`)).data;

export const getRun = (id: string): Promise<Run> => api("GET", `${ROOT}/runs/${id}`);

export const createRun = (name: string, engine: string): Promise<Run> =>
  api("POST", `${ROOT}/runs`, { body: { name, engine } });

/** Lets a run go on by itself, or ends what runs. */
export const moveRun = (id: string, move: "run" | "stop"): Promise<Run> =>
  api("POST", `${ROOT}/runs/${id}/${move}`, { body: {} });

export const deleteRun = async (id: string): Promise<void> => {
  await api("DELETE", `${ROOT}/runs/${id}`);
};

/** Begins a stage, or begins it again. */
export const startStage = (id: string, stage: string, settings: Settings): Promise<Run> =>
  api("POST", `${ROOT}/runs/${id}/stages/${stage}`, { body: { settings } });

export const moveStage = (id: string, stage: string, move: "pause" | "resume" | "cancel"): Promise<Run> =>
  api("POST", `${ROOT}/runs/${id}/stages/${stage}/${move}`, { body: {} });

/** What a stage's newest job told after entry `after`. */
export const listEntries = (
  id: string,
  stage: string,
  after: number,
): Promise<{ readonly job: string; readonly data: readonly StageEntry[]; readonly has_more: boolean }> =>
  api("GET", `${ROOT}/runs/${id}/stages/${stage}/entries?after=${after}&limit=5000`);

/** The end of what a stage printed. */
export const readLog = async (id: string, stage: string): Promise<string> =>
  (await request("GET", `${ROOT}/runs/${id}/stages/${stage}/log`)).text();

/** Where the report card is. */
export const reportAddress = (id: string): string => `${ROOT}/runs/${id}/report`;
