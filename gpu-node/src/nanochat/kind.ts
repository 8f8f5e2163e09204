/** The kinds of job of this room: a stage of a run, and an evaluation of any model. */
import type { Job, Json } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import type { JobKind } from "../jobs/options.ts";
import type { Environments } from "../kernels/environment/environments.ts";
import { cudaVisible, type JobDevice } from "../trainer/devices.ts";
import type { FileStore } from "../trainer/files/store.ts";
import type { Person } from "../trainer/http/person.ts";
import { madeBy } from "../trainer/made.ts";
import type { ModelSource } from "../trainer/models.ts";
import { pythonProgram } from "../trainer/python.ts";
import type { Engine } from "./engines/engine.ts";
import { settingsWithPaths } from "./own-files.ts";
import { type EngineName, MAKING, type Stage, type StageSettings } from "./stages.ts";

/** The kind of a stage's jobs. */
export const STAGE = "nanochat";
/** The kind of jobs that evaluate one model. */
export const EVALUATION = "evaluation";

/** Params of a stage's job. */
export interface StageParams {
  readonly run: string;
  readonly stage: Stage;
  readonly engine: EngineName;
  readonly settings: StageSettings;
  /** Jobs that it begins from, by the stage that they were; `model` is the one whose model goes on. */
  readonly inputs: Readonly<Record<string, string>>;
  /** A job of the same stage and settings that ended before it was done, where it left a checkpoint. */
  readonly resume: string | null;
}

/** Params of an evaluation's job. */
export interface EvaluationParams {
  /** Evaluations that were asked for together. */
  readonly group: string;
  readonly model: string;
  readonly benchmarks: readonly string[];
}

/** What these kinds stand on. */
export interface KindContext {
  readonly engines: Readonly<Record<EngineName, Engine>>;
  readonly devices: readonly JobDevice[];
  readonly jobs: () => JobManager;
  readonly models: () => ModelSource;
  readonly files: FileStore;
  readonly environments: Environments;
}

/** All benchmarks that there are offline; the names are those of `eyepiece_nanochat.benchmarks`. */
export const BENCHMARKS = {
  bits_per_byte: { title: "Bits per byte", items: 100, chance: null, better: "lower" },
  arithmetic: { title: "Arithmetic", items: 20, chance: 0, better: "higher" },
  spelling: { title: "Spelling", items: 5, chance: 0, better: "higher" },
  facts: { title: "Animals", items: 6, chance: 0, better: "higher" },
  multiple_choice: { title: "Multiple choice", items: 24, chance: 0.25, better: "higher" },
} as const;
/** What each asks, for people. */
export const ABOUT_BENCHMARKS: Readonly<Record<keyof typeof BENCHMARKS, string>> = {
  bits_per_byte: "How many bits the model needs for each byte of 100 stories that no stage has read.",
  arithmetic: "20 sums of two digits, which no stage has asked.",
  spelling: "5 words letter by letter, which no stage has spelled.",
  facts: "What 6 animals say: training tells it, so this is what was remembered.",
  multiple_choice:
    "Which of four answers about animals is likeliest, 24 times; training asks such questions.",
};

/** The params that this room wrote. */
export function stageOf(job: Job): StageParams {
  return job.params as unknown as StageParams;
}

/** The params that this room wrote. */
export function evaluationOf(job: Job): EvaluationParams {
  return job.params as unknown as EvaluationParams;
}

/** Where a job's files are, as the programs of others see them. */
function folderOf(jobs: JobManager, id: string, what: string): string {
  if (!jobs.find(id)) throw new Error(`What the stage ${what} made was deleted: run it again.`);
  return madeBy(jobs, { id }, ".");
}

/** The kind of a stage's jobs. */
export function stageKind(context: KindContext): JobKind {
  return {
    program: async (job, signal, tell) => {
      const jobs = context.jobs();
      const { stage, engine, inputs, resume } = stageOf(job);
      const folders = Object.fromEntries(
        Object.entries(inputs).map(([name, id]) => [name, folderOf(jobs, id, name)]),
      );
      const earlier = resume === null ? undefined : jobs.find(resume);
      const from = earlier?.checkpoint;
      const left = from && folderOf(jobs, resume ?? "", stage);
      const told = settingsWithPaths(context.files, job.person, stageOf(job));
      // Settings of the other stages, and of the other engine, ask for one GPU.
      const processes = Math.max(1, job.devices.length);
      if (processes > 1) tell(`It learns with ${processes} processes, one for each GPU.`);
      const { program, checkout } = await context.engines[engine].program({
        readOnly: [...Object.values(folders), ...(left ? [left] : []), ...told.paths],
        cuda: cudaVisible(context.devices, job.devices),
        ...{ processes, tell, signal },
      });
      // A checkout's own Python has no transformers: what it has made is converted by the node's.
      const converter =
        engine === "checkout" && MAKING.includes(stage)
          ? await pythonProgram(
              context.environments,
              "eyepiece_nanochat.convert",
              { readOnly: [], cuda: "" },
              tell,
            )
          : undefined;
      const params = {
        // What `eyepiece_trainer.launch` reads.
        ...(processes > 1 && { module: "eyepiece_nanochat", processes, accelerate_config: null }),
        ...{ stage, engine, inputs: folders, checkout: checkout ?? null },
        converter: converter?.argv ?? null,
        settings: stage === "evaluation" ? { benchmarks: Object.keys(BENCHMARKS) } : told.settings,
        resume:
          from && left ? { step: from.step, path: madeBy(jobs, { id: resume ?? "" }, from.path) } : null,
      };
      const readOnly = [...(program.readOnly ?? []), ...(converter?.readOnly ?? [])];
      return { ...program, readOnly, params: params as unknown as Json };
    },
  };
}

/** The kind of evaluations. */
export function evaluationKind(context: KindContext): JobKind {
  return {
    program: async (job, signal, tell) => {
      const { model: id, benchmarks } = evaluationOf(job);
      const owner: Person = { id: job.person, name: "", role: "", rights: [] };
      const model = context.models().find(owner, id);
      if (!model) throw new Error(`The model ${id} is not on this node any more.`);
      const { program } = await context.engines.bundled.program({
        readOnly: [model.folder, ...(model.base ? [model.base] : [])],
        cuda: cudaVisible(context.devices, job.devices),
        ...{ processes: 1, tell, signal },
      });
      const params = {
        ...{ stage: "evaluation", engine: "bundled", model: model.folder, inputs: {}, resume: null },
        settings: { benchmarks },
      };
      return { ...program, params: params as unknown as Json };
    },
  };
}
