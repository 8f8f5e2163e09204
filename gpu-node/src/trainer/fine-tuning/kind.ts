/** Fine-tuning as a kind of job: its files are looked at, then `eyepiece_trainer` runs with them. */
import type { Job } from "../../jobs/job.ts";
import type { JobKind } from "../../jobs/options.ts";
import type { Environments } from "../../kernels/environment/environments.ts";
import { cudaVisible, type JobDevice } from "../devices.ts";
import type { ModelFetcher } from "../fetch.ts";
import type { FileStore } from "../files/store.ts";
import type { Person } from "../http/person.ts";
import type { Model, ModelSource } from "../models.ts";
import { pythonProgram } from "../python.ts";
import type { TuningParams } from "./request.ts";

/** What jobs of this kind stand on. */
export interface TuningContext {
  readonly files: FileStore;
  readonly models: () => ModelSource;
  readonly fetcher: ModelFetcher;
  readonly environments: Environments;
  readonly devices: readonly JobDevice[];
}

/** The kind. */
export function tuningKind(context: TuningContext): JobKind {
  return {
    validate: async (job, signal) => {
      await haveBase(context, job, signal);
      seenBy(context, job);
    },
    program: async (job, _signal, tell) => {
      const { model, training, validation } = seenBy(context, job);
      const paths = [training, ...(validation ? [validation] : [])];
      const cuda = cudaOf(context, job, tell);
      const readOnly = [model.folder, ...(model.base ? [model.base] : []), ...paths];
      const program = await pythonProgram(context.environments, "eyepiece_trainer", { readOnly, cuda }, tell);
      const { method, seed, hyperparameters, grader } = paramsOf(job);
      return {
        ...program,
        params: {
          ...{ method, seed, hyperparameters, grader, model: model.folder },
          ...{ training_file: training, validation_file: validation ?? null },
        },
      };
    },
  };
}

/** The params that this kind wrote. */
export function paramsOf(job: Job): TuningParams {
  return job.params as unknown as TuningParams;
}

/** What a job reads, as it is now. @throws Error with a sentence where something is gone */
function seenBy(context: TuningContext, job: Job) {
  const { files } = context;
  const { training_file, validation_file } = paramsOf(job);
  const pathOf = (file: string): string => {
    const found = files.find(job.person, file);
    if (!found) throw new Error(`The file ${file} was deleted before the job could read it.`);
    return files.pathOf(found);
  };
  return {
    model: baseOf(context, job),
    training: pathOf(training_file),
    validation: validation_file === null ? undefined : pathOf(validation_file),
  };
}

/** What CUDA sees of a job's GPUs: one. Several in one process would be split by PyTorch's oldest way, with other losses. */
export function cudaOf({ devices }: TuningContext, job: Job, tell: (message: string) => void): string {
  if (job.devices.length > 1)
    tell(`It holds ${job.devices.length} GPUs and trains on the first: several are not used together yet.`);
  return cudaVisible(devices, job.devices.slice(0, 1));
}

/** Fetches the model that a job begins with where it is not here. @throws Error with a sentence */
export async function haveBase(
  { models, fetcher }: TuningContext,
  job: Job,
  signal: AbortSignal,
): Promise<void> {
  const { model } = paramsOf(job);
  const owner: Person = { id: job.person, name: "", role: "", rights: [] };
  if (!models().find(owner, model) && fetcher.could(model)) await fetcher.fetch(model, signal);
}

/** The model that a job begins with. @throws Error with a sentence where it is gone */
export function baseOf({ models }: TuningContext, job: Job): Model {
  const { model: id } = paramsOf(job);
  const owner: Person = { id: job.person, name: "", role: "", rights: [] };
  const model = models().find(owner, id);
  if (!model) throw new Error(noModel(id));
  return model;
}

/** Why a base model cannot be had. */
export function noModel(id: string): string {
  return `The model ${id} is not on this node: put its folder (config.json, tokenizer, safetensors) below the node's folder of models, or name a model that you trained here.`;
}
