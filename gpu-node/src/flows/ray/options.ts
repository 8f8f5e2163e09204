/** What a flow may ask Ray for, under the names of Ray's actors: by `Launch`, by `@app.enter`, or in the service's settings. */
import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import * as v from "valibot";

const Count = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000));
const Gpus = v.pipe(
  Count,
  v.check((value) => value <= 1 || Number.isInteger(value), "is a whole number, or a share below 1"),
);
const Folder = v.pipe(
  v.string(),
  v.check(
    (path) => isAbsolute(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
    "is no folder of this machine",
  ),
);
/** Names with versions as package indexes have them, or wheels in the service's folder: nothing that uv takes for an option or fetches from elsewhere. */
const Package = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(
    /^([A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9._,\s-]+\])?\s*([<>=!~]=?[^@;/\\]*)?|[A-Za-z0-9_.][A-Za-z0-9_.+/-]*\.whl)$/,
    "is neither a package with a version, as in numpy>=2, nor a wheel in the service's folder",
  ),
);
const Packages = v.union([
  v.pipe(v.array(Package), v.maxLength(100)),
  v.pipe(
    v.strictObject({ packages: v.pipe(v.array(Package), v.maxLength(100)) }),
    v.transform(({ packages }) => packages),
  ),
]);

/** What a service or a run has around it, by Ray's names. */
export const runtimeEntries = {
  pip: v.optional(Packages),
  uv: v.optional(Packages),
};

const RuntimeEnv = v.strictObject({
  ...runtimeEntries,
  env_vars: v.optional(
    v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is no name of a variable")), v.string()),
  ),
  working_dir: v.optional(Folder),
});

/** `memory`: bytes. `resources`: the cluster's own ones, by name. */
export const RayActorOptions = v.strictObject({
  num_cpus: v.nullish(Count),
  num_gpus: v.nullish(Gpus),
  memory: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  resources: v.nullish(v.record(v.string(), Count)),
  runtime_env: v.nullish(RuntimeEnv),
});
export type RayActorOptions = v.InferOutput<typeof RayActorOptions>;

/** What a run waits for. */
export interface Wanted {
  readonly cpus: number;
  readonly gpus: number;
  /** Bytes; 0 where nothing is said. */
  readonly memory: number;
  readonly resources: Readonly<Record<string, number>>;
}

/** What is wanted in all; the later ones count where several say something. Undefined for a run that asks for nothing. */
export function wanted(...asked: readonly (RayActorOptions | null | undefined)[]): Wanted | undefined {
  const last = <K extends keyof RayActorOptions>(name: K) =>
    asked.map((one) => one?.[name]).findLast((value) => value != null);
  const found = {
    cpus: last("num_cpus") ?? 0,
    gpus: last("num_gpus") ?? 0,
    memory: last("memory") ?? 0,
    resources: last("resources") ?? {},
  };
  const any =
    found.cpus + found.gpus + found.memory + Object.values(found.resources).reduce((a, b) => a + b, 0);
  return any > 0 ? found : undefined;
}

/** Packages of a runtime_env, by whichever name. */
export function packagesOf(
  runtime:
    | { readonly pip?: readonly string[] | undefined; readonly uv?: readonly string[] | undefined }
    | null
    | undefined,
): readonly string[] {
  return [...(runtime?.pip ?? []), ...(runtime?.uv ?? [])];
}

/** Environment, folder and packages of a run's own. */
export function runtimeOf(...asked: readonly (RayActorOptions | null | undefined)[]): {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string | undefined;
  readonly packages: readonly string[];
} {
  const all = asked.map((one) => one?.runtime_env);
  return {
    env: Object.assign({}, ...all.map((one) => one?.env_vars ?? {})) as Record<string, string>,
    folder: all.map((one) => one?.working_dir).findLast((folder) => folder !== undefined),
    packages: all.flatMap(packagesOf),
  };
}
