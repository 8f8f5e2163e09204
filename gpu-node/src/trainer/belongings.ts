/** All that a person has at a node's trainer: told before an account is deleted, and removed with it. `/v1/belongings` */
import { JobError } from "../jobs/errors.ts";
import type { Job } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { isOver } from "../jobs/states.ts";
import type { FileStore } from "./files/store.ts";
import type { Person } from "./http/person.ts";
import type { TrainerRoutes } from "./http/router.ts";
import type { KeptModels } from "./kept-models.ts";

/** How many of each are looked at in one go. */
const PAGE = 10_000;

/** Numbers of what there is. */
export interface Belongings {
  readonly training_jobs: number;
  readonly training_files: number;
  readonly kept_models: number;
  readonly nanochat_runs: number;
}

/** What a further room keeps of people beside their jobs. */
export interface Keeping {
  count(person: Person): number;
  forget(person: Person): void;
}

/** The routes. */
export const belongingRoutes =
  (jobs: JobManager, files: FileStore, kept: KeptModels, runs: Keeping): TrainerRoutes =>
  (router) => {
    const count = (person: Person): Belongings => ({
      training_jobs: jobs.list({ person: person.id, limit: PAGE }).length,
      training_files: files.usage(person.id).files,
      kept_models: kept.list(person).length,
      nanochat_runs: runs.count(person),
    });
    router.get("/belongings", (c) => c.json(count(c.get("person"))));
    router.delete("/belongings", async (c) => {
      const person = c.get("person");
      const had = count(person);
      // First, so that none of them begins another stage.
      runs.forget(person);
      await removeJobs(jobs, person);
      for (const file of files.list(person.id, { limit: PAGE, order: "asc" })) files.remove(file);
      for (const { id } of kept.list(person)) await kept.remove(person, id);
      return c.json(had);
    });
  };

/** Ends and forgets a person's jobs, with what they made. */
async function removeJobs(jobs: JobManager, person: Person): Promise<void> {
  const all = jobs.list({ person: person.id, limit: PAGE });
  // All of them first, so that none begins in the place of another.
  for (const { id } of all) {
    try {
      if (!isOver(jobs.get(id).state)) jobs.cancel(id, "All that its owner has here is deleted.");
    } catch (cause) {
      // It ended by itself meanwhile.
      if (!(cause instanceof JobError)) throw cause;
    }
  }
  await Promise.all(all.map((job) => removeWhenOver(jobs, job)));
}

async function removeWhenOver(jobs: JobManager, { id }: Job): Promise<void> {
  // What it still tells nobody hears: only the end counts.
  for await (const _ of jobs.watch(id, Number.MAX_SAFE_INTEGER));
  jobs.remove(id);
}
