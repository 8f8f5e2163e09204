/** Arbor's requests for online GRPO, checked. */
import { randomInt } from "node:crypto";
import * as v from "valibot";
import type { Json } from "../../jobs/job.ts";
import { COMMON, flag, LoraConfig, number, oneOf, whole, word } from "../fine-tuning/hyperparameters.ts";
import type { TuningParams } from "../fine-tuning/request.ts";
import { invalid } from "../http/api-error.ts";

const Name = v.pipe(v.string(), v.minLength(1, "it must not be empty"), v.maxLength(1024));

/** What this trainer obeys. Null is what clients send for "as you like". */
const OBEYED = {
  num_generations: v.optional(whole(2, 4096), 8),
  max_steps: v.nullish(whole(1)),
  learning_rate: v.nullish(number(0, 10)),
  beta: v.nullish(number(0, 1000)),
  epsilon: v.nullish(number(0, 1)),
  epsilon_high: v.nullish(number(0, 1000)),
  delta: v.nullish(number(0, 1000)),
  loss_type: v.nullish(word),
  scale_rewards: v.nullish(v.union([flag, oneOf("group", "batch", "none")])),
  importance_sampling_level: v.nullish(oneOf("token", "sequence")),
  temperature: v.nullish(number(0.0001, 100)),
  per_device_train_batch_size: v.nullish(whole(1, 65_536)),
  gradient_accumulation_steps: v.nullish(whole(1, 65_536)),
  gradient_checkpointing: v.nullish(flag),
  gradient_checkpointing_kwargs: v.nullish(v.strictObject({ use_reentrant: v.optional(flag) })),
  max_prompt_length: v.nullish(whole(1, 1_000_000)),
  max_completion_length: v.nullish(whole(1, 1_000_000)),
  max_grad_norm: v.nullish(number(0, 1e6)),
  lr_scheduler_type: v.nullish(word),
  warmup_steps: v.nullish(whole(0)),
  weight_decay: v.nullish(number(0, 10)),
  adam_beta1: COMMON.adam_beta1,
  adam_beta2: COMMON.adam_beta2,
  adam_epsilon: COMMON.adam_epsilon,
  optim: COMMON.optim,
  bf16: v.nullish(flag),
  fp16: v.nullish(flag),
  lora: v.nullish(flag),
  lora_config: v.nullish(LoraConfig),
};
/** What clients always send and what has no part in this trainer: only values that ask for nothing. */
const NOTHING = {
  num_iterations: v.nullish(v.literal(1, "each batch is learnt from once: it must be 1")),
  report_to: v.nullish(v.union([v.literal("none"), v.tuple([])], "this node reports to no other services")),
  log_completions: v.nullish(flag),
  // Of DSPy 2.6: weights are given out whenever no other batch waits.
  update_interval: v.nullish(whole(1)),
  logging_steps: v.nullish(whole(1)),
};
const TrainerConfig = v.strictObject({ ...OBEYED, ...NOTHING, seed: v.nullish(whole(0, 2 ** 32 - 1)) });
const Gpus = v.nullish(whole(0, 1024));

/** `initialize`: the trainer's fields in `trainer_config`, or flat as older clients send them. */
export const Initialize = v.strictObject({
  model: Name,
  run_name: v.nullish(v.string()),
  suffix: v.nullish(v.string()),
  trainer_config: v.nullish(TrainerConfig),
  inference_config: v.nullish(
    v.strictObject({
      model: v.nullish(Name),
      max_seq_len: v.nullish(whole(1)),
      max_context_length: v.nullish(whole(1)),
      num_gpus: Gpus,
    }),
  ),
  gpu_config: v.nullish(
    v.strictObject({
      type: v.nullish(oneOf("single", "multi")),
      single: v.nullish(v.looseObject({})),
      multi: v.nullish(v.strictObject({ num_inference_gpus: Gpus, num_training_gpus: Gpus })),
    }),
  ),
  num_training_gpus: Gpus,
  num_inference_gpus: Gpus,
  /** Seconds after which a job that nobody sends anything ends by itself. */
  inactivity_timeout: v.nullish(whole(1, 30 * 24 * 3600)),
  ...{ ...OBEYED, num_generations: v.nullish(OBEYED.num_generations) },
  ...NOTHING,
  seed: v.nullish(whole(0, 2 ** 32 - 1)),
  max_context_length: v.nullish(whole(1)),
});

const BESIDE = [
  ...[
    "model",
    "run_name",
    "suffix",
    "trainer_config",
    "inference_config",
    "gpu_config",
    "inactivity_timeout",
  ],
  ...["num_training_gpus", "num_inference_gpus", "max_context_length", "seed", ...Object.keys(NOTHING)],
];
/** What a run is planned for where nothing is said: only schedules that fall look at it. */
const MAX_STEPS = 1000;
const INACTIVE_SECONDS = 3600;

/** A checked body as a job's params. @throws ApiError for a field that is given twice */
export function onlineParams(body: v.InferOutput<typeof Initialize>): {
  readonly params: TuningParams & { readonly inactivity: number };
  readonly gpus: number | undefined;
} {
  const nested: v.InferOutput<typeof TrainerConfig> | Record<string, never> = body.trainer_config ?? {};
  const flat = Object.fromEntries(Object.entries(body).filter(([name]) => !BESIDE.includes(name)));
  for (const [name, value] of Object.entries(flat))
    if (value !== null && body.trainer_config && name in nested)
      throw invalid(`${name} is given twice: beside trainer_config and in it.`, name);
  const given = Object.entries({ ...flat, ...nested }).filter(
    ([name, value]) =>
      value !== null && value !== undefined && !Object.hasOwn(NOTHING, name) && name !== "seed",
  );
  const asked = Object.fromEntries(given) as Record<string, Json>;
  if (asked.lora_config !== undefined && asked.lora === false)
    throw invalid("lora_config is given and lora is false: say one of them.", "lora");
  const defaults = {
    num_generations: 8,
    max_steps: MAX_STEPS,
    ...(asked.bf16 === undefined && { bf16: false }),
  };
  const seed = nested.seed ?? body.seed ?? randomInt(2 ** 31);
  return {
    params: {
      ...{ method: "online", model: body.model, training_file: "", validation_file: null, seed, asked },
      ...{ hyperparameters: { ...defaults, ...asked }, grader: null, metadata: null, ray: null },
      ...{
        suffix: body.run_name ?? body.suffix ?? null,
        inactivity: body.inactivity_timeout ?? INACTIVE_SECONDS,
      },
    },
    gpus: body.gpu_config?.multi?.num_training_gpus ?? body.num_training_gpus ?? undefined,
  };
}

const Content = v.union([v.string(), v.array(v.looseObject({ type: v.string() }))]);
const Message = v.looseObject({ role: v.string(), content: v.nullish(Content) });
const Item = v.strictObject({
  messages: v.pipe(v.array(Message), v.minLength(1, "it must not be empty")),
  completion: v.union([v.string(), Message], "it must be the assistant's message"),
  reward: v.pipe(v.number("it must be a number"), v.finite("it must be a number")),
  advantage: v.optional(v.unknown()),
});
const Group = v.pipe(v.array(Item), v.minLength(1, "a group must not be empty"), v.maxLength(4096));
const BatchId = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** Bytes of a `step`. */
export const MAX_STEP = 64 * 1024 * 1024;

/** `step`. A batch is one group, or a list of groups. */
export const Step = v.strictObject({
  job_id: v.optional(Name),
  model: v.nullish(v.string()),
  batch_id: v.nullish(BatchId),
  batch: v.union(
    [Group, v.pipe(v.array(Group), v.minLength(1))],
    "it must be a group of {messages, completion, reward}, or a list of groups",
  ),
  metrics: v.nullish(v.unknown()),
  /** Of DSPy 2.6, as `update_interval`. */
  update_inference_model: v.nullish(flag),
});

/** `checkpoint`. */
export const Checkpoint = v.strictObject({
  job_id: v.optional(Name),
  checkpoint_name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  metadata: v.nullish(v.unknown()),
});

/** `status`, `cancel`, `terminate`. */
export const Named = v.looseObject({ job_id: v.optional(Name) });

/** The groups of a batch. @throws ApiError for a flat batch that is no whole number of groups */
export function groupsOf(
  batch: v.InferOutput<typeof Step>["batch"],
  generations: number,
): v.InferOutput<typeof Group>[] {
  const [first] = batch;
  if (Array.isArray(first)) return batch as v.InferOutput<typeof Group>[];
  const items = batch as v.InferOutput<typeof Group>;
  if (items.length <= generations) return [items];
  if (items.length % generations !== 0)
    throw invalid(
      `The batch has ${items.length} completions, which is no whole number of groups of ${generations}.`,
      "batch",
    );
  return Array.from({ length: items.length / generations }, (_, index) =>
    items.slice(index * generations, (index + 1) * generations),
  );
}
