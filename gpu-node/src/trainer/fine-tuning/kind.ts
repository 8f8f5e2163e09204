/** Fine-tuning as a kind of job: its files are looked at, then `eyepiece_trainer` runs with them. */
import type { Job } from "../../jobs/job.ts";
import type { JobKind } from "../../jobs/options.ts";
import type { Environments } from "../../kernels/environment/environments.ts";
import { cudaVisible, type JobDevice } from "../devices.ts";
import type { ModelFetcher } from "../fetch.ts";
import type { FileStore } from "../files/store.ts";
import type { Person } from "../http/person.ts";
import type { Model, ModelSource } from "../models.ts";
import { pythonProgram, TRAIN } from "../python.ts";
import type { TuningParams } from "./request.ts";

/** What jobs of this kind stand on. */
export interface TuningContext {
  readonly files: FileStore;
  readonly models: () => ModelSource;
  readonly fetcher: ModelFetcher;
  readonly environments: Environments;
  readonly devices: readonly JobDevice[];
  /** A file of `accelerate config`, for jobs of several GPUs. */
  readonly accelerateConfig?: string | undefined;
  /** The folder that a job's program works in, on this machine. */
  readonly workOf: (job: Job) => string;
}

/** The environment that also speaks to Ray clusters. */
const TRAIN_RAY = "eyepiece-train-ray";

/** Of the workers' environment what a program on this machine has, too. */
const WORKERS = {
  ...{ HF_HUB_OFFLINE: "1", TOKENIZERS_PARALLELISM: "false", TRL_EXPERIMENTAL_SILENCE: "1" },
  ...(process.env.OMP_NUM_THREADS && { OMP_NUM_THREADS: process.env.OMP_NUM_THREADS }),
};

/** The kind. */
export function tuningKind(context: TuningContext): JobKind {
  return {
    validate: async (job, signal) => {
      await haveBase(context, job, signal);
      seenBy(context, job);
    },
    program: async (job, _signal, tell) => {
      const { model, training, validation } = seenBy(context, job);
      const { accelerateConfig } = context;
      // As many processes as GPUs: one process with several would split them by PyTorch's oldest way, with other losses.
      const processes = Math.max(1, job.devices.length);
      const paths = [training, ...(validation ? [validation] : [])];
      if (processes > 1 && accelerateConfig) paths.push(accelerateConfig);
      const cuda = cudaVisible(context.devices, job.devices);
      const readOnly = [model.folder, ...(model.base ? [model.base] : []), ...paths];
      const { method, seed, hyperparameters, grader, ray } = paramsOf(job);
      const module = processes > 1 ? "eyepiece_trainer.launch" : "eyepiece_trainer";
      const environment = ray ? TRAIN_RAY : TRAIN;
      const program = await pythonProgram(
        context.environments,
        module,
        { readOnly, cuda },
        tell,
        environment,
      );
      if (processes > 1) tell(`It trains with ${processes} processes, one for each GPU.`);
      return {
        ...program,
        env: { ...program.env, ...(job.gpuBytes > 0 && { EYEPIECE_GPU_BYTES: String(job.gpuBytes) }) },
        params: {
          ...(ray && { ray: { ...ray, folder: context.workOf(job), environment: WORKERS } }),
          ...(processes > 1 && { processes, accelerate_config: accelerateConfig ?? null }),
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
