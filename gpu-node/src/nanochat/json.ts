/** Runs, stages and evaluations as the API shows them. */
import type { Entry, Job, Json } from "../jobs/job.ts";
import { evaluationOf } from "./kind.ts";
import { modelName } from "./models.ts";
import type { StageState } from "./pipeline.ts";
import type { Run } from "./store.ts";

const seconds = (ms: number | undefined): number | null => (ms === undefined ? null : Math.floor(ms / 1000));

/** A run. Times are seconds since 1970, as OpenAI's. */
export function runJson(run: Run, stages: readonly StageState[]): Record<string, Json> {
  return {
    ...{ id: run.id, object: "nanochat.run", name: run.name, engine: run.engine },
    ...{ going: run.going, note: run.note, created_at: Math.floor(run.createdMs / 1000) },
    stages: stages.map((stage) => stageJson(run, stage)),
  };
}

function stageJson(run: Run, { stage, state, job, stale, settings }: StageState): Record<string, Json> {
  const result = job?.state === "succeeded" ? job.result : undefined;
  const made = isObject(result) && typeof result.model === "string";
  return {
    ...{ stage, state, stale, settings, job: job?.id ?? null, reason: job?.reason ?? "" },
    model: made ? modelName(run, stage) : null,
    devices: job?.devices ?? [],
    checkpoint_step: job?.checkpoint?.step ?? null,
    result: result ?? null,
    ...{ started_at: seconds(job?.startedMs), finished_at: seconds(job?.endedMs) },
  };
}

/** An entry of a stage's log, as a page reads it. */
export function entryJson(entry: Entry): Record<string, Json> {
  const { n, atMs, ...body } = entry;
  return { n, at: atMs / 1000, ...body } as Record<string, Json>;
}

/** Evaluations of one model. @param done benchmarks that it has told of */
export function evaluationJson(job: Job, done: number): Record<string, Json> {
  const { group, model, benchmarks } = evaluationOf(job);
  return {
    ...{ id: job.id, object: "evaluation", run: group, model, benchmarks },
    ...{ status: job.state, status_reason: job.reason },
    ...{ created_at: seconds(job.createdMs), finished_at: seconds(job.endedMs), done },
  };
}

/** What an evaluation came to, by benchmark; empty while it runs. */
export function scoresOf(job: Job | undefined): Readonly<Record<string, Score>> {
  const result = job?.result;
  const found = isObject(result) ? result.benchmarks : undefined;
  return isObject(found) ? (found as unknown as Record<string, Score>) : {};
}

/** One benchmark's score, as the program reports it. */
export interface Score {
  readonly score: number;
  readonly items: number | null;
  readonly margin: number | null;
  readonly examples: readonly Readonly<Record<string, string>>[];
}

/** Whether a value is an object of JSON. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
