/** Evaluations of any models, each a job: asked for together, shown beside each other. */
import { randomBytes } from "node:crypto";
import type { Job, Json } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { isOver } from "../jobs/states.ts";
import { invalid, notFound } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { asked } from "../trainer/jobs-of.ts";
import type { ModelSource } from "../trainer/models.ts";
import { evaluationJson } from "./json.ts";
import { ABOUT_BENCHMARKS, BENCHMARKS, EVALUATION, type EvaluationParams, evaluationOf } from "./kind.ts";

/** Models of one request. */
const MOST_MODELS = 8;
/** Evaluations that are looked at: the newest. */
const MOST = 100;

/** All benchmarks, as the API lists them. */
export function benchmarksJson(): Record<string, Json>[] {
  return Object.entries(BENCHMARKS).map(([id, facts]) => ({
    ...{ id, ...facts },
    about: ABOUT_BENCHMARKS[id as keyof typeof BENCHMARKS],
  }));
}

/** See the file's comment. */
export class Evaluations {
  readonly #jobs: JobManager;
  readonly #models: ModelSource;

  constructor(jobs: JobManager, models: ModelSource) {
    this.#jobs = jobs;
    this.#models = models;
  }

  /** Begins one job for each model. @throws ApiError that names what is not known */
  run(person: Person, models: readonly string[], benchmarks: readonly string[]): Job[] {
    const wrong = benchmarks.find((name) => !Object.hasOwn(BENCHMARKS, name));
    if (wrong !== undefined)
      throw invalid(
        `There is no benchmark ${wrong}: there are ${Object.keys(BENCHMARKS).join(", ")}.`,
        "benchmarks",
      );
    const missing = models.find((id) => !this.#models.find(person, id));
    if (missing !== undefined) throw invalid(`There is no model ${missing}.`, "models", "model_not_found");
    const distinct = [...new Set(models)];
    if (distinct.length === 0 || distinct.length > MOST_MODELS)
      throw invalid(`Name from 1 to ${MOST_MODELS} models.`, "models");
    const chosen = benchmarks.length > 0 ? [...new Set(benchmarks)] : Object.keys(BENCHMARKS);
    const group = `eval-${randomBytes(9).toString("base64url")}`;
    return distinct.map((model) => {
      const params: EvaluationParams = { group, model, benchmarks: chosen };
      return asked(() =>
        this.#jobs.submit({
          ...{ person: person.id, kind: EVALUATION, params: params as unknown as Json },
          gpus: Math.min(1, this.#jobs.gpus),
        }),
      );
    });
  }

  /** A person's, the newest first. @param group only those that were asked for together, or the one of this id */
  list(person: Person, group?: string): Job[] {
    const all = this.#jobs.list({ person: person.id, kind: EVALUATION, limit: MOST });
    return group === undefined ? all : all.filter((job) => [evaluationOf(job).group, job.id].includes(group));
  }

  /** How it is shown. */
  json(job: Job): Record<string, Json> {
    const [last] = this.#jobs.latest(job.id, { kinds: ["metrics"], limit: 1 });
    return evaluationJson(job, last?.kind === "metrics" ? last.step : 0);
  }

  /** Ends and forgets those of one group, or the one of an id. @throws ApiError 404 */
  async remove(person: Person, group: string): Promise<void> {
    const found = this.list(person, group);
    if (found.length === 0) throw notFound("evaluation", group);
    for (const { id, state } of found) if (!isOver(state)) asked(() => this.#jobs.cancel(id));
    for (const { id } of found) {
      for await (const _ of this.#jobs.watch(id, Number.MAX_SAFE_INTEGER));
      asked(() => this.#jobs.remove(id));
    }
  }
}
