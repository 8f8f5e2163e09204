/** Models that jobs made: each is a path in its job's folder, which transformers loads, and the same path is its id. */
import { existsSync, realpathSync } from "node:fs";
import { relative } from "node:path";
import type { Job } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { Person } from "../http/person.ts";
import { madeBy, modelIn } from "../made.ts";
import type { Model, ModelSource } from "../models.ts";

/** The kind of jobs that train from a file. */
export const TUNING = "fine-tuning";
/** The kind of jobs that train from what somebody else generates. */
export const ONLINE = "grpo";

const MAX_LISTED = 1000;
/** Where a job keeps models, below its working folder. */
const PLACES = /^(model|checkpoints\/checkpoint-\d+)$/;

/** The models of fine-tuning jobs, each for who trained it. */
export class FineTunedModels implements ModelSource {
  readonly #jobs: JobManager;

  constructor(jobs: JobManager) {
    this.#jobs = jobs;
  }

  list(person: Person): Model[] {
    return this.#jobs
      .list({ person: person.id, kind: TUNING, limit: MAX_LISTED })
      .flatMap((job) => (job.state === "succeeded" ? (this.#model(job, "model") ?? []) : []));
  }

  /** Checkpoints are found too, and not listed. */
  find(person: Person, id: string): Model | undefined {
    const [, folder, path] = /\/([^/]+)\/work\/(.+)$/.exec(id) ?? [];
    if (!folder || !path || !PLACES.test(path)) return undefined;
    // A job's folder has its id for a name.
    const job = this.#jobs.find(folder);
    if (job?.person !== person.id || job.kind !== TUNING) return undefined;
    const model = this.#model(job, path);
    return model?.id === id ? model : undefined;
  }

  #model(job: Job, path: string): Model | undefined {
    const folder = madeBy(this.#jobs, job, path);
    if (!existsSync(folder)) return undefined;
    // A program could have made a link that leads out.
    if (relative(realpathSync(madeBy(this.#jobs, job, ".")), realpathSync(folder)) !== path) return undefined;
    return modelIn(folder, job.person);
  }
}
