/** A request for a job, checked: what `POST /v1/fine_tuning/jobs` takes. */
import { randomInt } from "node:crypto";
import * as v from "valibot";
import type { Json } from "../../jobs/job.ts";
import type { FileFormat } from "../files/formats.ts";
import type { FileStore, TrainingFile } from "../files/store.ts";
import { invalid } from "../http/api-error.ts";
import type { Person } from "../http/person.ts";
import { checked } from "../http/router.ts";
import { HYPERPARAMETERS, type Method, trlFields } from "./hyperparameters.ts";

const Name = v.pipe(v.string(), v.minLength(1, "it must not be empty"), v.maxLength(1024));
const Template = v.pipe(v.string(), v.maxLength(65_536));
const StringCheck = v.strictObject({
  type: v.literal("string_check"),
  name: v.optional(Name),
  input: Template,
  reference: Template,
  operation: v.picklist(["eq", "ne", "like", "ilike"], "operation must be one of eq, ne, like, ilike"),
});
const TextSimilarity = v.strictObject({
  type: v.literal("text_similarity"),
  name: v.optional(Name),
  input: Template,
  reference: Template,
  evaluation_metric: v.optional(v.literal("fuzzy_match", "only fuzzy_match is computed here")),
});
const Python = v.strictObject({
  type: v.literal("python"),
  name: v.optional(Name),
  source: v.pipe(v.string(), v.maxLength(256 * 1024)),
});
const One = v.variant(
  "type",
  [StringCheck, TextSimilarity, Python],
  "type must be one of string_check, text_similarity, python, multi",
);
const Multi = v.strictObject({
  type: v.literal("multi"),
  name: v.optional(Name),
  graders: v.pipe(
    v.record(Name, One),
    v.check((all) => Object.keys(all).length > 0, "name a grader"),
  ),
});
const Grader = v.variant(
  "type",
  [StringCheck, TextSimilarity, Python, Multi],
  "type must be one of string_check, text_similarity, python, multi",
);

const MethodBody = v.variant(
  "type",
  [
    v.strictObject({
      type: v.literal("supervised"),
      supervised: v.optional(
        v.strictObject({ hyperparameters: v.optional(HYPERPARAMETERS.supervised, {}) }),
        {},
      ),
    }),
    v.strictObject({
      type: v.literal("dpo"),
      dpo: v.optional(v.strictObject({ hyperparameters: v.optional(HYPERPARAMETERS.dpo, {}) }), {}),
    }),
    v.strictObject({
      type: v.literal("reinforcement"),
      reinforcement: v.strictObject({
        grader: Grader,
        hyperparameters: v.optional(HYPERPARAMETERS.reinforcement, {}),
      }),
    }),
  ],
  "type must be one of supervised, dpo, reinforcement",
);

/** The body. */
export const CreateJob = v.strictObject({
  model: Name,
  training_file: Name,
  validation_file: v.nullish(Name),
  method: v.nullish(MethodBody),
  /** OpenAI's older place for them. */
  hyperparameters: v.nullish(HYPERPARAMETERS.supervised),
  suffix: v.nullish(
    v.pipe(v.string(), v.maxLength(64), v.regex(/^[\w.-]*$/, "letters, digits, dots and dashes")),
  ),
  seed: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))),
  num_gpus: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1024))),
  /** GiB of one GPU that others may use beside it; the GPU is its own without it. */
  gpu_memory_gb: v.nullish(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10_000))),
  /** Trains on the machines of a Ray cluster, which the node's settings name, in the place of this one. */
  ray: v.nullish(
    v.strictObject({
      /** Not needed where the settings name one cluster only. */
      address: v.optional(Name),
      num_workers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024)),
      /** A GPU for each worker. */
      use_gpu: v.optional(v.boolean(), true),
    }),
  ),
  priority: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(-2), v.maxValue(2))),
  metadata: v.nullish(v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(512)))),
  integrations: v.nullish(
    v.pipe(v.array(v.unknown()), v.maxLength(0, "this node reports to no other services")),
  ),
});

/** Workers of a Ray cluster. */
export interface RayWorkers {
  readonly address: string;
  readonly num_workers: number;
  readonly use_gpu: boolean;
}

/** What a job keeps as its params: it says all, so that it runs the same again. */
export interface TuningParams {
  readonly method: Method | "online";
  readonly model: string;
  /** Empty for a job that is trained by others' batches. */
  readonly training_file: string;
  readonly validation_file: string | null;
  readonly seed: number;
  /** As they were asked. */
  readonly asked: Readonly<Record<string, Json>>;
  /** Fields of TRL's configuration. */
  readonly hyperparameters: Readonly<Record<string, Json>>;
  readonly grader: Json;
  /** Null: it trains on this machine. */
  readonly ray: RayWorkers | null;
  readonly suffix: string | null;
  readonly metadata: Json;
}

const METHOD_OF: Readonly<Partial<Record<FileFormat, Method>>> = {
  sft: "supervised",
  dpo: "dpo",
  grpo: "reinforcement",
};

/** A checked body as a job's params. @throws ApiError that names the field */
export function tuningParams(
  body: v.InferOutput<typeof CreateJob>,
  files: FileStore,
  person: Person,
  clusters: readonly string[] = [],
): TuningParams {
  const training = fileOf(files, person, body.training_file, "training_file");
  const validation = body.validation_file
    ? fileOf(files, person, body.validation_file, "validation_file")
    : undefined;
  const { method, asked, grader, path } = methodOf(body, training);
  for (const [file, param] of [
    [training, "training_file"],
    [validation, "validation_file"],
  ] as const)
    if (file && METHOD_OF[file.format] !== method)
      throw invalid(
        `The file ${file.id} has the format ${file.format}, and the method ${method} needs another.`,
        param,
      );
  if (asked.lora_config !== undefined && asked.lora === false)
    throw invalid("lora_config is given and lora is false: say one of them.", `${path}.lora`);
  return {
    ...{ method, model: body.model, training_file: training.id, validation_file: validation?.id ?? null },
    ...{
      seed: body.seed ?? randomInt(2 ** 31),
      asked,
      hyperparameters: trlFields(method, asked, path),
      grader,
    },
    ray: rayOf(body, clusters),
    ...{ suffix: body.suffix ?? null, metadata: (body.metadata ?? null) as Json },
  };
}

function rayOf(
  { ray, num_gpus: gpus, gpu_memory_gb: share }: v.InferOutput<typeof CreateJob>,
  clusters: readonly string[],
): RayWorkers | null {
  if (!ray) return null;
  if (gpus || share)
    throw invalid(
      "num_gpus and gpu_memory_gb are of this machine, and a job on a Ray cluster uses none of it: leave them out.",
      gpus ? "num_gpus" : "gpu_memory_gb",
    );
  if (clusters.length === 0)
    throw invalid(
      "This node knows no Ray cluster: its owner names one in config.yaml, as ray_addresses.",
      "ray",
    );
  const address = ray.address ?? (clusters.length === 1 ? clusters[0] : undefined);
  if (address === undefined || !clusters.includes(address))
    throw invalid(
      `Name one of the Ray clusters that this node knows: ${clusters.join(", ")}.`,
      "ray.address",
    );
  return { address, num_workers: ray.num_workers, use_gpu: ray.use_gpu };
}

function methodOf(body: v.InferOutput<typeof CreateJob>, training: TrainingFile) {
  const older = body.hyperparameters ?? undefined;
  const { method } = body;
  if (method && older) throw invalid("Give hyperparameters within method, not beside it.", "hyperparameters");
  if (!method) {
    const type = METHOD_OF[training.format];
    if (!type)
      throw invalid(
        `A file of format ${training.format} is for nanochat, and not for fine-tuning.`,
        "training_file",
      );
    if (type === "reinforcement")
      throw invalid("A file of format grpo needs the method reinforcement with a grader.", "method");
    // They were read as supervised's; another method has other names.
    const asked = checked(HYPERPARAMETERS[type], older ?? {}, "hyperparameters") as Record<string, Json>;
    return { method: type, asked, grader: null, path: "hyperparameters" };
  }
  const path = `method.${method.type}.hyperparameters`;
  if (method.type === "reinforcement") {
    const { hyperparameters, grader } = method.reinforcement;
    return {
      method: method.type,
      asked: hyperparameters as Record<string, Json>,
      grader: grader as Json,
      path,
    };
  }
  const given = method.type === "dpo" ? method.dpo : method.supervised;
  return { method: method.type, asked: given.hyperparameters as Record<string, Json>, grader: null, path };
}

function fileOf(files: FileStore, person: Person, id: string, param: string): TrainingFile {
  const file = files.find(person.id, id);
  if (!file) throw invalid(`There is no file ${id}: upload it first.`, param, "not_found");
  return file;
}
