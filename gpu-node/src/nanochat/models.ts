/** The models of runs: `nanochat/<run>/<stage>`, each for who trained it. Those of a checkout are converted when their stage ends. */
import type { JobManager } from "../jobs/manager.ts";
import type { Person } from "../trainer/http/person.ts";
import { madeBy, modelIn } from "../trainer/made.ts";
import type { Model, ModelSource } from "../trainer/models.ts";
import { MAKING, type Stage } from "./stages.ts";
import type { Run, RunStore } from "./store.ts";

/** What their names begin with. */
export const PREFIX = "nanochat/";
const ID = /^nanochat\/([^/]+)\/(base|sft|rl)$/;

/** The model's name of a stage of a run. */
export function modelName(run: Pick<Run, "name">, stage: Stage): string {
  return `${PREFIX}${run.name}/${stage}`;
}

/** See the file's comment. */
export class RunModels implements ModelSource {
  readonly #jobs: JobManager;
  readonly #store: RunStore;

  constructor(jobs: JobManager, store: RunStore) {
    this.#jobs = jobs;
    this.#store = store;
  }

  list(person: Person): Model[] {
    return this.#store.list(person.id).flatMap((run) => this.of(run));
  }

  find(person: Person, id: string): Model | undefined {
    const [, name, stage] = ID.exec(id) ?? [];
    const run = this.#store.list(person.id).find((one) => one.name === name);
    return run && this.of(run).find((model) => model.id === modelName(run, stage as Stage));
  }

  /** Those of one run, in the order of its stages: of each the newest that succeeded. */
  of(run: Run): Model[] {
    const made = new Map<Stage, Model>();
    for (const { stage, job: id } of this.#store.tries(run.id)) {
      const job = this.#jobs.find(id);
      if (!MAKING.includes(stage) || job?.state !== "succeeded") continue;
      const model = modelIn(madeBy(this.#jobs, job, "model"), run.person);
      if (model) made.set(stage, { ...model, id: modelName(run, stage) });
    }
    return MAKING.flatMap((stage) => made.get(stage) ?? []);
  }
}
