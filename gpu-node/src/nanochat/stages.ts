/** The stages of a pipeline: what each begins from, and what it can be told. Pure. */
import type { FileFormat } from "../trainer/files/formats.ts";
import { invalid } from "../trainer/http/api-error.ts";

/** Every stage, in its order. */
export const STAGES = ["dataset", "tokenizer", "base", "sft", "rl", "evaluation"] as const;
/** One stage. */
export type Stage = (typeof STAGES)[number];

/** Those that make a model. */
export const MAKING: readonly Stage[] = ["base", "sft", "rl"];

/** Who does the work: see `engines/`. */
export const ENGINES = ["bundled", "checkout"] as const;
/** One engine. */
export type EngineName = (typeof ENGINES)[number];

/** A number that a stage can be told. */
export interface Setting {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly least: number;
  readonly most: number;
  /** Whether only whole numbers are right. */
  readonly whole: boolean;
  /** What holds where nothing is said, without a GPU and with one. */
  readonly cpu: number;
  readonly gpu: number;
  /** Engines that hear of it; all when left out. */
  readonly engines?: readonly EngineName[];
}

/** A file of one's own that a stage can be told. */
export interface FileSetting {
  readonly name: string;
  readonly title: string;
  readonly format: FileFormat;
  readonly engines: readonly EngineName[];
}

/** Settings of a stage, by name: numbers, and ids of files. */
export type StageSettings = Readonly<Record<string, number | string>>;

const whole = (
  name: string,
  title: string,
  range: readonly [number, number],
  values: readonly [number, number],
  engines?: readonly EngineName[],
): Setting => ({
  ...{ name, title, least: range[0], most: range[1], whole: true, cpu: values[0], gpu: values[1] },
  ...(engines && { engines }),
});
const SEED = whole("seed", "Seed", [0, 1_000_000], [1, 1]);
const rows = (cpu: number, gpu: number): Setting =>
  whole("device_batch_size", "Rows in a batch", [1, 4096], [cpu, gpu]);
const length = (cpu: number, gpu: number): Setting =>
  whole("max_seq_len", "Tokens in a row", [16, 8192], [cpu, gpu]);
const steps = (cpu: number, gpu: number, engines?: readonly EngineName[]): Setting =>
  whole("num_iterations", "Steps", [1, 10_000_000], [cpu, gpu], engines);
const rate = (cpu: number, gpu: number): Setting => ({
  ...{ name: "learning_rate", title: "Learning rate", least: 1e-8, most: 1, whole: false, cpu, gpu },
  // nanochat's own rates differ from layer to layer.
  engines: ["bundled"],
});
const every = (name: string, title: string, cpu: number, gpu: number, engines?: readonly EngineName[]) =>
  whole(name, title, [1, 10_000_000], [cpu, gpu], engines);
/** One process for each; a batch has this many times its rows. */
const GPUS = whole("num_gpus", "GPUs", [1, 1024], [1, 1], ["bundled"]);
const EVALUATE = "Bits per byte every so many steps";
const SAMPLE = "Samples every so many steps";
const SAVE = "A checkpoint every so many steps";

/** What is known of a stage. */
export interface StageFacts {
  readonly title: string;
  /** A sentence: what it does. */
  readonly about: string;
  /** Stages that it begins from. All must have succeeded; of `oneOf` the last that has. */
  readonly needs: readonly Stage[];
  readonly oneOf?: readonly Stage[];
  readonly settings: readonly Setting[];
  readonly files?: readonly FileSetting[];
}

/** All stages. Names of settings are nanochat's. */
export const STAGE_FACTS: Readonly<Record<Stage, StageFacts>> = {
  dataset: {
    title: "Dataset",
    about: "Text to learn from, some of it held back to validate on, and conversations.",
    needs: [],
    settings: [
      whole("documents", "Documents", [100, 1_000_000], [4000, 20_000]),
      whole("validation", "Documents to validate on", [10, 10_000], [200, 500]),
      whole("conversations", "Conversations", [10, 1_000_000], [3000, 10_000], ["bundled"]),
      whole("shards", "Shards of ClimbMix to fetch; 0 for the bundled text", [0, 6542], [0, 8], ["checkout"]),
      SEED,
    ],
    files: [
      {
        ...{ name: "documents_file", title: "Documents of your own, in place of the bundled" },
        ...{ format: "text", engines: ["bundled"] },
      },
      {
        ...{ name: "conversations_file", title: "Conversations of your own, in place of the bundled" },
        ...{ format: "sft", engines: ["bundled"] },
      },
    ],
  },
  tokenizer: {
    title: "Tokenizer",
    about: "Byte pair encoding is trained on the text, and measured against bytes.",
    needs: ["dataset"],
    settings: [whole("vocab_size", "Tokens in the vocabulary", [270, 131_072], [512, 1024])],
  },
  base: {
    title: "Base",
    about: "A model learns from nothing to guess the next token.",
    needs: ["dataset", "tokenizer"],
    settings: [
      whole("depth", "Layers; each makes the model 64 wider", [1, 64], [2, 6]),
      steps(400, 2000),
      rows(16, 64),
      length(128, 256),
      rate(3e-3, 1e-3),
      every("eval_every", EVALUATE, 50, 200),
      every("sample_every", SAMPLE, 100, 500),
      every("save_every", SAVE, 100, 500),
      GPUS,
      SEED,
    ],
  },
  sft: {
    title: "SFT",
    about: "It learns from conversations how to answer.",
    needs: ["dataset", "tokenizer", "base"],
    oneOf: ["base"],
    settings: [
      steps(300, 600),
      rows(16, 64),
      length(128, 256),
      rate(1e-3, 5e-4),
      every("eval_every", EVALUATE, 100, 200),
      every("sample_every", SAMPLE, 100, 200, ["bundled"]),
      every("save_every", SAVE, 100, 200, ["bundled"]),
      GPUS,
      SEED,
    ],
  },
  rl: {
    title: "RL",
    about: "It tries, and what is better than the rest of its group becomes likelier (GRPO).",
    needs: ["dataset", "tokenizer", "sft"],
    oneOf: ["sft"],
    settings: [
      steps(60, 200, ["bundled"]),
      rows(64, 256),
      whole("num_samples", "Answers to each question", [2, 256], [8, 16]),
      whole("max_new_tokens", "Tokens in an answer", [1, 4096], [32, 256], ["checkout"]),
      whole("eval_examples", "Questions of an evaluation", [1, 10_000], [16, 400], ["checkout"]),
      { ...length(128, 256), engines: ["bundled"] },
      rate(1e-4, 1e-4),
      every("eval_every", EVALUATE, 20, 50),
      every("sample_every", SAMPLE, 20, 50, ["bundled"]),
      every("save_every", SAVE, 20, 50),
      GPUS,
      SEED,
    ],
  },
  evaluation: {
    title: "Evaluation",
    about: "The newest model is asked, and what it gets right is counted.",
    needs: ["dataset", "tokenizer", "base"],
    oneOf: ["rl", "sft", "base"],
    settings: [],
  },
};

/** Whether a text names a stage. */
export function isStage(text: string): text is Stage {
  return (STAGES as readonly string[]).includes(text);
}

/** The settings that an engine hears of. */
export function settingsFor(stage: Stage, engine: EngineName): readonly Setting[] {
  return STAGE_FACTS[stage].settings.filter(({ engines }) => engines?.includes(engine) ?? true);
}

/** The files that an engine hears of. */
export function filesFor(stage: Stage, engine: EngineName): readonly FileSetting[] {
  return (STAGE_FACTS[stage].files ?? []).filter(({ engines }) => engines.includes(engine));
}

/**
 * All settings of a stage: what was said, and what holds where nothing was.
 * @throws ApiError that names the setting that is wrong
 */
export function completeSettings(
  stage: Stage,
  engine: EngineName,
  given: StageSettings,
  gpu: boolean,
): StageSettings {
  const known = settingsFor(stage, engine);
  const files = filesFor(stage, engine);
  for (const name of Object.keys(given))
    if (![...known, ...files].some((setting) => setting.name === name))
      throw invalid(`The stage ${stage} of the engine ${engine} has no setting ${name}.`, name);
  const full: Record<string, number> = {};
  for (const { name, cpu, gpu: fast } of known) {
    const value = given[name] ?? (gpu ? fast : cpu);
    if (typeof value !== "number") throw invalid(`${name} must be a number.`, name);
    full[name] = value;
  }
  for (const { name, least, most, whole: only } of known) {
    const value = full[name] ?? 0;
    if (value < least || value > most || (only && !Number.isInteger(value)))
      throw invalid(`${name} must be a ${only ? "whole " : ""}number from ${least} to ${most}.`, name);
  }
  const { device_batch_size: batch = 0, num_samples: group = 0 } = full;
  if (stage === "rl" && batch % group !== 0)
    throw invalid(
      `device_batch_size (${batch}) must be a multiple of num_samples (${group}): answers to one question are compared.`,
      "device_batch_size",
    );
  const own = files.flatMap(({ name }) => {
    const file = given[name] ?? "";
    if (typeof file !== "string") throw invalid(`${name} must be the id of a file.`, name);
    return file === "" ? [] : [[name, file] as const];
  });
  return { ...full, ...Object.fromEntries(own) };
}
