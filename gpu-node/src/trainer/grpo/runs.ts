/** All online runs of the node: their state, their models, and the kind of job that they are. */
import type { Job } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { JobKind } from "../../jobs/options.ts";
import { isOver } from "../../jobs/states.ts";
import { cudaVisible } from "../devices.ts";
import { ONLINE } from "../fine-tuning/fine-tuned.ts";
import { baseOf, haveBase, paramsOf, type TuningContext } from "../fine-tuning/kind.ts";
import type { Person } from "../http/person.ts";
import { ONLINE_PREFIX } from "../jobs-of.ts";
import { modelIn } from "../made.ts";
import type { Model, ModelSource } from "../models.ts";
import { pythonProgram } from "../python.ts";
import { OnlineRun } from "./run.ts";

const MAX_LISTED = 1000;
/** Where an online job keeps models, below its working folder. */
const PLACES = /^(model|weights\/\d+|saved\/[\w-]+)$/;

/** The runs, and what they have made. */
export class OnlineRuns implements ModelSource {
  readonly #jobs: JobManager;
  readonly #runs = new Map<string, OnlineRun>();

  constructor(jobs: JobManager) {
    this.#jobs = jobs;
  }

  /** A job's run. */
  of(job: Job): OnlineRun {
    const known = this.#runs.get(job.id) ?? new OnlineRun(this.#jobs, job);
    // What is over has nothing to keep in order, and is read anew.
    if (isOver(job.state)) this.#runs.delete(job.id);
    else this.#runs.set(job.id, known);
    return known;
  }

  list(person: Person): Model[] {
    return this.#jobs
      .list({ person: person.id, kind: ONLINE, limit: MAX_LISTED })
      .flatMap((job) => this.of(job).model() ?? []);
  }

  /** By `grpo:ID`, which is what it has learnt by now; or by the path of weights that were kept. */
  find(person: Person, id: string): Model | undefined {
    if (id.startsWith(ONLINE_PREFIX)) {
      const job = this.#job(person, id.slice(ONLINE_PREFIX.length));
      const model = job && this.of(job).model();
      return model && { ...model, id };
    }
    const [, folder, path] = /\/([^/]+)\/work\/(.+)$/.exec(id) ?? [];
    const job = folder && path && PLACES.test(path) ? this.#job(person, folder) : undefined;
    if (!job || !id.startsWith(this.#jobs.folderOf(job.id))) return undefined;
    return modelIn(id, job.person);
  }

  #job(person: Person, id: string): Job | undefined {
    const job = this.#jobs.find(id);
    return job?.person === person.id && job.kind === ONLINE ? job : undefined;
  }
}

/** The kind. */
export function onlineKind(context: TuningContext): JobKind {
  return {
    validate: async (job, signal) => {
      await haveBase(context, job, signal);
      baseOf(context, job);
    },
    program: async (job, _signal, tell) => {
      const model = baseOf(context, job);
      const readOnly = [model.folder, ...(model.base ? [model.base] : [])];
      const processes = Math.max(1, job.devices.length);
      const cuda = cudaVisible(context.devices, job.devices);
      const module = processes > 1 ? "eyepiece_trainer.launch" : "eyepiece_trainer";
      const program = await pythonProgram(context.environments, module, { readOnly, cuda }, tell);
      if (processes > 1) tell(`It learns with ${processes} processes, one for each GPU.`);
      const { seed, hyperparameters } = paramsOf(job);
      const { inactivity } = job.params as { inactivity: number };
      return {
        ...program,
        params: {
          // A file of accelerate's is for training from files: it may split the model, whose weights are given out here.
          ...(processes > 1 && { processes, accelerate_config: null }),
          ...{ method: "online", seed, hyperparameters, inactivity, model: model.folder },
        },
      };
    },
  };
}
