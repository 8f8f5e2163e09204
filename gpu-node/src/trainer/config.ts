/** The trainer's settings in a file: `config.yaml`, with Arbor's names. What is in it is obeyed, or the node does not start. */
import { readFileSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import * as v from "valibot";
import { parse, YAMLParseError } from "yaml";
import type { JobDevice } from "./devices.ts";

/** The variable that names the file. */
export const CONFIG_VARIABLE = "EYEPIECE_TRAINER_CONFIG";

/** Settings, all of them optional. */
export interface TrainerConfig {
  /** Folder of jobs and files, absolute; the node's own without it. */
  readonly storagePath?: string;
  /** Numbers of the GPUs that jobs train on, as nvidia-smi counts; all without it. */
  readonly trainingGpus?: readonly number[];
  /** Those that models answer on. A GPU may be in both lists. */
  readonly inferenceGpus?: readonly number[];
  /** A file of `accelerate config`, absolute. */
  readonly accelerateConfig?: string;
  /** Ray clusters that jobs may train on: addresses of their client servers, `ray://host:port`. */
  readonly rayAddresses?: readonly string[];
  /** Seconds after which a model that nobody asks gives its memory back. */
  readonly inactivitySeconds?: number;
}

/** Why the file cannot be obeyed: a sentence that names it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const MAX_BYTES = 64 * 1024;
const MAX_GPUS = 64;

const GpuIds = v.pipe(
  v.union(
    [
      v.pipe(v.number(), v.integer()),
      // Arbor's older files write them as text: "0, 1".
      v.pipe(v.string(), v.regex(/^\s*\d+(\s*,\s*\d+)*\s*$/, "it must be numbers of GPUs, such as [0, 1]")),
      v.array(v.pipe(v.number(), v.integer())),
    ],
    "it must be numbers of GPUs, such as [0, 1]",
  ),
  v.transform((ids) =>
    typeof ids === "number" ? [ids] : typeof ids === "string" ? ids.split(",").map(Number) : ids,
  ),
  v.check(
    (ids) => ids.every((id) => id >= 0) && new Set(ids).size === ids.length && ids.length <= MAX_GPUS,
    `it must be at most ${MAX_GPUS} numbers of GPUs, each once`,
  ),
);
const Path = v.pipe(v.string("it must be a path"), v.minLength(1, "it must be a path"));
const RayAddress = v.pipe(
  v.string("it must be an address, such as ray://head:10001"),
  v.regex(/^ray:\/\/[A-Za-z0-9.-]{1,253}:\d{1,5}$/, "it must be an address, such as ray://head:10001"),
);
const Use = v.nullish(v.strictObject({ gpu_ids: v.nullish(GpuIds) }));
const File = v.strictObject({
  storage_path: v.nullish(Path),
  /** For training and inference both, where these do not say otherwise. */
  gpu_ids: v.nullish(GpuIds),
  training: v.nullish(v.strictObject({ gpu_ids: v.nullish(GpuIds), accelerate_config: v.nullish(Path) })),
  inference: Use,
  accelerate_config: v.nullish(Path),
  ray_addresses: v.nullish(v.pipe(v.array(RayAddress), v.maxLength(16, "it must be at most 16 addresses"))),
  inactivity_timeout: v.nullish(
    v.pipe(
      v.number("it must be a number of seconds"),
      v.minValue(1, "it must be at least a second"),
      v.maxValue(30 * 24 * 3600, "it must be at most 30 days, in seconds"),
    ),
  ),
});

/** Reads a file. Paths in it are relative to the folder that it lies in; `~` is the person's own. @throws ConfigError */
export function readConfig(file: string, home = process.env.HOME ?? ""): TrainerConfig {
  const wrong = (why: string) => new ConfigError(`The trainer's settings in ${file} cannot be used: ${why}.`);
  let text: string;
  try {
    if (statSync(file).size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw wrong(code === "ENOENT" ? "there is no such file" : message);
  }
  const result = v.safeParse(File, yaml(text, wrong) ?? {});
  if (!result.success) {
    const [issue] = result.issues;
    const name = v.getDotPath(issue);
    if (issue.type === "strict_object" && issue.expected === "never")
      throw wrong(
        `it has the setting ${name}, which is not known. Known are storage_path, gpu_ids, training.gpu_ids, inference.gpu_ids, accelerate_config, ray_addresses and inactivity_timeout`,
      );
    throw wrong(name ? `${name} is not right, ${issue.message}` : "it must hold names and values");
  }
  const { storage_path, gpu_ids, training, inference, ray_addresses, inactivity_timeout } = result.output;
  const path = (text: string): string => {
    const whole = text.replace(/^~(?=\/|$)/, home);
    return isAbsolute(whole) ? whole : resolve(file, "..", whole);
  };
  const accelerate = training?.accelerate_config ?? result.output.accelerate_config;
  const accelerateConfig = accelerate ? path(accelerate) : undefined;
  if (accelerateConfig && !statSync(accelerateConfig, { throwIfNoEntry: false })?.isFile())
    throw wrong(`accelerate_config names ${accelerateConfig}, and there is no such file`);
  const trainingGpus = training?.gpu_ids ?? gpu_ids;
  const inferenceGpus = inference?.gpu_ids ?? gpu_ids;
  return {
    ...(storage_path && { storagePath: path(storage_path) }),
    // An empty list is Arbor's word for "find them".
    ...(trainingGpus && trainingGpus.length > 0 && { trainingGpus }),
    ...(inferenceGpus && inferenceGpus.length > 0 && { inferenceGpus }),
    ...(accelerateConfig && { accelerateConfig }),
    ...(ray_addresses && ray_addresses.length > 0 && { rayAddresses: ray_addresses }),
    ...(typeof inactivity_timeout === "number" && { inactivitySeconds: inactivity_timeout }),
  };
}

/** The settings of this process: of the file that its environment names, or none. @throws ConfigError */
export function configOf(environment: NodeJS.ProcessEnv): TrainerConfig {
  const file = environment[CONFIG_VARIABLE];
  return file ? readConfig(file, environment.HOME) : {};
}

/** The devices of these numbers; all where none are named. @throws ConfigError for one that is not here */
export function chosen(
  devices: readonly JobDevice[],
  gpus: readonly number[] | undefined,
  what: string,
): JobDevice[] {
  if (!gpus) return [...devices];
  return gpus.map((index) => {
    const found = devices.find((device) => device.index === index);
    if (found) return found;
    const here = devices.map((device) => device.index).join(", ");
    throw new ConfigError(
      `The trainer's settings name GPU ${index} for ${what}, and this machine has ${here ? `only ${here}` : "no GPU for it"}: change gpu_ids.`,
    );
  });
}

function yaml(text: string, wrong: (why: string) => ConfigError): unknown {
  try {
    // Aliases could make a small file a huge value.
    return parse(text, { maxAliasCount: 10, logLevel: "error" });
  } catch (cause) {
    if (cause instanceof YAMLParseError) throw wrong(`it is no YAML (${cause.message.split("\n")[0]})`);
    throw wrong(cause instanceof Error ? cause.message : String(cause));
  }
}
