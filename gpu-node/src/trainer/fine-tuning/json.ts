/** Jobs, events and checkpoints as OpenAI's clients read them. */
import { existsSync } from "node:fs";
import type { Entry, Job, Json, MetricPoint } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { isOver } from "../../jobs/states.ts";
import { madeBy } from "../made.ts";
import { paramsOf } from "./kind.ts";

const seconds = (ms: number | undefined): number | null => (ms === undefined ? null : Math.floor(ms / 1000));

/** A job. */
export function jobJson(jobs: JobManager, job: Job): Record<string, Json> {
  const { method, asked, model, training_file, validation_file, seed, suffix, metadata, grader, ray } =
    paramsOf(job);
  const result = job.result as { model?: string; trained_tokens?: number } | undefined;
  const done = job.state === "succeeded" && result?.model;
  const hyperparameters: Json = {
    n_epochs: "auto",
    batch_size: "auto",
    learning_rate_multiplier: "auto",
    ...asked,
  };
  return {
    ...{ object: "fine_tuning.job", id: job.id, model, training_file, validation_file, seed },
    // The first state is over before anybody can ask, and clients of Arbor's do not know it.
    status: job.state === "created" ? "pending" : job.state,
    status_reason: job.reason,
    fine_tuned_model: done ? madeBy(jobs, job, done) : null,
    ...{
      created_at: seconds(job.createdMs),
      started_at: seconds(job.startedMs),
      finished_at: seconds(job.endedMs),
    },
    error: job.state === "failed" ? { code: "job_failed", message: job.reason, param: null } : null,
    method: {
      type: method === "online" ? "reinforcement" : method,
      [method]: { hyperparameters, ...(method === "reinforcement" && { grader }) },
    },
    ...{ hyperparameters, trained_tokens: result?.trained_tokens ?? null, result_files: [] },
    ...{ integrations: [], metadata, user_provided_suffix: suffix, organization_id: job.person },
    // Jobs of an older node say nothing of it.
    ray: (ray ?? null) as Json,
    gpu_memory_gb: job.gpuBytes > 0 ? job.gpuBytes / 1024 ** 3 : null,
    ...{ num_gpus: job.gpus, devices: job.devices, priority: job.priority, retries: job.losses },
    estimated_finish: isOver(job.state) ? null : estimate(jobs, job),
  };
}

/** When it ends by what its program said last, in seconds since 1970. */
function estimate(jobs: JobManager, job: Job): number | null {
  if (job.state !== "running") return null;
  const [last] = jobs.latest(job.id, { kinds: ["metrics"], limit: 1 });
  if (last?.kind !== "metrics") return null;
  const left = last.values.eta_seconds;
  return typeof left === "number" ? Math.round(last.atMs / 1000 + left) : null;
}

/** The id of an entry as an event, and back. */
export const eventId = (job: string, n: number): string => `ftevent-${job}-${n}`;
export function entryOf(id: string): number | undefined {
  const n = /^ftevent-.+-(\d{1,15})$/.exec(id)?.[1];
  return n === undefined ? undefined : Number(n);
}

/** An event. */
export function eventJson(job: string, entry: Entry): Record<string, Json> {
  const common = {
    ...{ object: "fine_tuning.job.event", id: eventId(job, entry.n), created_at: seconds(entry.atMs) },
    ...{ level: "info", type: "message" },
  };
  if (entry.kind === "event")
    return { ...common, level: entry.level, message: entry.message, data: entry.data ?? null };
  if (entry.kind === "state")
    return {
      ...common,
      message: `Status: ${entry.to}. ${entry.reason}`,
      data: { from: entry.from, to: entry.to },
    };
  if (entry.kind === "checkpoint")
    return { ...common, message: `Checkpoint at step ${entry.step}.`, data: { step: entry.step } };
  const { loss } = entry.values;
  const message = `Step ${entry.step}${loss === undefined ? "" : `: training loss=${loss}`}`;
  return { ...common, type: "metrics", message, data: { step: entry.step, ...entry.values } };
}

/** A checkpoint that is still on disk; undefined for one that made room for later ones. */
export function checkpointJson(
  jobs: JobManager,
  job: Job,
  entry: Entry,
  points: readonly MetricPoint[],
): (Record<string, Json> & { readonly id: string }) | undefined {
  if (entry.kind !== "checkpoint") return undefined;
  const folder = madeBy(jobs, job, entry.path);
  if (!existsSync(folder)) return undefined;
  const at: Record<string, Json> = { step: entry.step };
  // JSON has no word for what is no number.
  for (const { step, name, value } of points)
    if (step === entry.step)
      at[name === "loss" ? "train_loss" : name] = Number.isFinite(value) ? value : null;
  return {
    ...{ object: "fine_tuning.job.checkpoint", id: `ftckpt-${job.id}-${entry.n}` },
    ...{ created_at: seconds(entry.atMs), fine_tuned_model_checkpoint: folder, step_number: entry.step },
    ...{ fine_tuning_job_id: job.id, metrics: at },
  };
}
