/** How a service is started, as an operator writes it: YAML with the names of Ray Serve's application configuration. */
import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import * as v from "valibot";
import { parse, YAMLParseError } from "yaml";
import { type Deployment, Deployments } from "../ray/deployment.ts";
import { packagesOf, RayActorOptions, runtimeEntries } from "../ray/options.ts";

/** Something in a service's settings that an operator can mend. */
export class BootstrapError extends Error {
  override readonly name = "BootstrapError";
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const Variable = v.pipe(v.string(), v.maxLength(64 * 1024));
const Bootstrap = v.object({
  name: v.optional(v.string()),
  route_prefix: v.optional(v.string()),
  import_path: v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_.]*$/,
      "import_path is of the form module:app, for example hymn:app",
    ),
  ),
  runtime_env: v.optional(
    v.object({
      ...runtimeEntries,
      working_dir: v.optional(v.string()),
      env_vars: v.optional(v.record(v.pipe(v.string(), v.regex(NAME)), Variable)),
    }),
  ),
  ray_actor_options: v.optional(RayActorOptions),
  deployments: v.optional(Deployments),
});

/** What starts it. */
export interface Bootstrap {
  /** "module:app" */
  readonly importPath: string;
  /** Absolute; where the module is. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Beside those that every service has. */
  readonly packages: readonly string[];
  /** What each of its runs asks Ray for, where neither the form nor the launch says otherwise. */
  readonly rayActorOptions: RayActorOptions | undefined;
  /** Replicas of Ray Serve that answer for its forms; undefined for one process of the agent. */
  readonly deployment: Deployment | undefined;
}

const MAX_YAML = 64 * 1024;

/** Reads and checks it. @throws BootstrapError with what is wrong, and where */
export function readBootstrap(text: string): Bootstrap {
  if (text.length > MAX_YAML)
    throw new BootstrapError(`The bootstrap is longer than ${MAX_YAML} characters.`);
  let given: unknown;
  try {
    given = parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message.split("\n")[0] : String(cause);
    throw new BootstrapError(`The bootstrap is not YAML: ${where}`);
  }
  const read = v.safeParse(Bootstrap, given);
  if (!read.success) {
    const [issue] = read.issues;
    throw new BootstrapError(`The bootstrap's ${v.getDotPath(issue) ?? "whole"}: ${issue.message}.`);
  }
  const { import_path, runtime_env, ray_actor_options, deployments } = read.output;
  const folder = runtime_env?.working_dir ?? "";
  if (!isAbsolute(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new BootstrapError(
      `The bootstrap's runtime_env.working_dir is no folder of this machine: ${folder || "it is missing"}.`,
    );
  return {
    importPath: import_path,
    folder,
    env: runtime_env?.env_vars ?? {},
    packages: packagesOf(runtime_env),
    rayActorOptions: ray_actor_options,
    deployment: deployments?.[0],
  };
}
