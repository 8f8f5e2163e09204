/** The hyperparameters that a job may name: OpenAI's few, and those of TRL's configurations. What is not here is refused by its name. */
import * as v from "valibot";
import type { Json } from "../../jobs/job.ts";
import { invalid } from "../http/api-error.ts";

/** How a model is trained from a file. */
export const METHODS = ["supervised", "dpo", "reinforcement"] as const;
export type Method = (typeof METHODS)[number];

/** Learning rates that TRL begins with: what `learning_rate_multiplier` multiplies. */
const LEARNING_RATE: Readonly<Record<Method, number>> = { supervised: 2e-5, dpo: 1e-6, reinforcement: 1e-6 };
const AUTO = "auto";

/** A number within bounds. */
export const number = (least: number, most: number) =>
  v.pipe(
    v.number("it must be a number"),
    v.finite("it must be a number"),
    v.minValue(least, `it must be at least ${least}`),
    v.maxValue(most, `it must be at most ${most}`),
  );
/** A whole number within bounds. */
export const whole = (least: number, most = 1_000_000_000) =>
  v.pipe(number(least, most), v.integer("it must be a whole number"));
/** True or false. */
export const flag = v.boolean("it must be true or false");
/** One of some words. */
export const oneOf = <const T extends readonly string[]>(...values: T) =>
  v.picklist(values, `it must be one of ${values.join(", ")}`);
/** A name of something of TRL's or PyTorch's. */
export const word = v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,64}$/, "it must be one lower-case word"));

/** PEFT's LoraConfig, as far as it is plain. */
export const LoraConfig = v.strictObject({
  r: v.optional(whole(1, 4096)),
  lora_alpha: v.optional(number(0, 1e6)),
  lora_dropout: v.optional(number(0, 1)),
  target_modules: v.optional(v.union([v.literal("all-linear"), v.array(v.string())])),
  modules_to_save: v.optional(v.array(v.string())),
  bias: v.optional(oneOf("none", "all", "lora_only")),
  use_rslora: v.optional(flag),
  use_dora: v.optional(flag),
  init_lora_weights: v.optional(flag),
});

const LENGTH = v.optional(v.nullable(whole(1, 10_000_000)));
/** Fields that every method has. */
export const COMMON = {
  num_train_epochs: v.optional(number(0.0001, 10_000)),
  max_steps: v.optional(whole(1)),
  per_device_train_batch_size: v.optional(whole(1, 65_536)),
  per_device_eval_batch_size: v.optional(whole(1, 65_536)),
  gradient_accumulation_steps: v.optional(whole(1, 65_536)),
  learning_rate: v.optional(number(0, 10)),
  lr_scheduler_type: v.optional(word),
  warmup_steps: v.optional(number(0, 1e9)),
  weight_decay: v.optional(number(0, 10)),
  adam_beta1: v.optional(number(0, 1)),
  adam_beta2: v.optional(number(0, 1)),
  adam_epsilon: v.optional(number(0, 1)),
  max_grad_norm: v.optional(number(0, 1e6)),
  optim: v.optional(word),
  neftune_noise_alpha: v.optional(number(0, 1000)),
  label_smoothing_factor: v.optional(number(0, 1)),
  data_seed: v.optional(whole(0, 2 ** 32 - 1)),
  full_determinism: v.optional(flag),
  gradient_checkpointing: v.optional(flag),
  bf16: v.optional(flag),
  fp16: v.optional(flag),
  tf32: v.optional(flag),
  torch_compile: v.optional(flag),
  logging_steps: v.optional(whole(1)),
  save_steps: v.optional(whole(1)),
  save_total_limit: v.optional(whole(2, 1000)),
  eval_strategy: v.optional(oneOf("no", "steps", "epoch")),
  eval_steps: v.optional(whole(1)),
  dataloader_drop_last: v.optional(flag),
  lora: v.optional(flag),
  lora_config: v.optional(LoraConfig),
};

const METHOD = {
  supervised: {
    max_length: LENGTH,
    packing: v.optional(flag),
    packing_strategy: v.optional(word),
    eval_packing: v.optional(flag),
    padding_free: v.optional(flag),
    assistant_only_loss: v.optional(flag),
    completion_only_loss: v.optional(flag),
    shuffle_dataset: v.optional(flag),
    loss_type: v.optional(word),
  },
  dpo: {
    beta: v.optional(number(0, 1000)),
    loss_type: v.optional(v.union([word, v.array(word)])),
    loss_weights: v.optional(v.array(number(-1000, 1000))),
    label_smoothing: v.optional(number(0, 0.5)),
    max_length: LENGTH,
    truncation_mode: v.optional(oneOf("keep_end", "keep_start")),
    padding_free: v.optional(flag),
    disable_dropout: v.optional(flag),
    precompute_ref_log_probs: v.optional(flag),
    use_weighting: v.optional(flag),
    ld_alpha: v.optional(number(0, 1)),
    f_divergence_type: v.optional(word),
    f_alpha_divergence_coef: v.optional(number(0, 1000)),
    discopop_tau: v.optional(number(0, 1000)),
    sync_ref_model: v.optional(flag),
    ref_model_mixup_alpha: v.optional(number(0, 1)),
    ref_model_sync_steps: v.optional(whole(1)),
  },
  reinforcement: {
    num_generations: v.optional(whole(2, 4096)),
    generation_batch_size: v.optional(whole(1)),
    steps_per_generation: v.optional(whole(1)),
    num_iterations: v.optional(whole(1, 1000)),
    max_completion_length: v.optional(whole(1, 1_000_000)),
    temperature: v.optional(number(0.0001, 100)),
    top_p: v.optional(number(0, 1)),
    top_k: v.optional(whole(0)),
    min_p: v.optional(number(0, 1)),
    repetition_penalty: v.optional(number(0.0001, 100)),
    beta: v.optional(number(0, 1000)),
    epsilon: v.optional(number(0, 1)),
    epsilon_high: v.optional(number(0, 1000)),
    delta: v.optional(number(0, 1000)),
    loss_type: v.optional(word),
    scale_rewards: v.optional(v.union([flag, oneOf("group", "batch", "none")])),
    importance_sampling_level: v.optional(oneOf("token", "sequence")),
    mask_truncated_completions: v.optional(flag),
    top_entropy_quantile: v.optional(number(0, 1)),
    entropy_coef: v.optional(number(0, 1000)),
    disable_dropout: v.optional(flag),
    shuffle_dataset: v.optional(flag),
    sync_ref_model: v.optional(flag),
    ref_model_mixup_alpha: v.optional(number(0, 1)),
    ref_model_sync_steps: v.optional(whole(1)),
  },
} as const;

/** OpenAI's own names. */
const OPENAI = {
  n_epochs: v.optional(v.union([v.literal(AUTO), whole(1, 10_000)], "it must be auto or a whole number")),
  batch_size: v.optional(v.union([v.literal(AUTO), whole(1, 65_536)], "it must be auto or a whole number")),
  learning_rate_multiplier: v.optional(
    v.union([v.literal(AUTO), number(0, 1e6)], "it must be auto or a number"),
  ),
};

/** What a method's `hyperparameters` may hold. */
export const HYPERPARAMETERS = {
  supervised: v.strictObject({ ...COMMON, ...OPENAI, ...METHOD.supervised }),
  dpo: v.strictObject({
    ...{ ...COMMON, ...OPENAI, ...METHOD.dpo },
    beta: v.optional(v.union([v.literal(AUTO), number(0, 1000)], "it must be auto or a number")),
  }),
  reinforcement: v.strictObject({ ...COMMON, ...OPENAI, ...METHOD.reinforcement }),
} as const;

/**
 * The fields of TRL's configuration that hyperparameters come to. `auto` is what TRL does by itself.
 * @throws ApiError for two names of one thing
 */
export function trlFields(
  method: Method,
  asked: Readonly<Record<string, Json>>,
  path: string,
): Record<string, Json> {
  const fields: Record<string, Json> = {};
  for (const [name, value] of Object.entries(asked)) {
    if (value === AUTO) continue;
    const [field, meant] = translated(method, name, value);
    if (field in fields || (field !== name && field in asked))
      throw invalid(`${name} and ${field} say the same thing: give one of them.`, `${path}.${name}`);
    fields[field] = meant;
  }
  return fields;
}

function translated(method: Method, name: string, value: Json): [string, Json] {
  if (name === "n_epochs") return ["num_train_epochs", value];
  if (name === "batch_size") return ["per_device_train_batch_size", value];
  if (name === "learning_rate_multiplier") return ["learning_rate", LEARNING_RATE[method] * Number(value)];
  return [name, value];
}
