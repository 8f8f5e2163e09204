import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as v from "valibot";
import { GPU_KINDS, type GpuInfo, type GpuKind, NoGpuError } from "./open.ts";
import { packageFolder, unpackSwiftShader } from "./swiftshader.ts";

/** The adapter that a child process will find, and the variables that lead it there. */
export interface GpuEnvironment {
  /** To be merged over the child's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly info: GpuInfo;
  /** What was tried before and why it was not taken, for `doctor`. */
  readonly refused: readonly { readonly kind: GpuKind; readonly reason: string }[];
}

/** Options of {@link gpuEnvironment}. */
export interface GpuEnvironmentOptions {
  /** The only kind to accept; by default `EYEPIECE_GPU`, else all. */
  readonly force?: GpuKind | undefined;
  /** Probe again even if an answer is kept. */
  readonly fresh?: boolean;
}

const Info = v.object({
  name: v.string(),
  kind: v.picklist(GPU_KINDS),
  driver: v.string(),
  features: v.array(v.string()),
  vulkan: v.string(),
  limits: v.object({ maxTextureDimension2D: v.number(), maxTextureDimension3D: v.number() }),
});
const Kept = v.object({
  key: v.string(),
  env: v.record(v.string(), v.string()),
  info: Info,
  refused: v.array(v.object({ kind: v.picklist(GPU_KINDS), reason: v.string() })),
});

const DRIVER_FOLDERS = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
const PROBE_MS = 60_000;
const run = promisify(execFile);

/** Where drivers and answers are kept unless the caller says otherwise: `$EYEPIECE_HOME/gpu` or `~/.eyepiece/gpu`. */
export function defaultGpuHome(): string {
  return join(process.env.EYEPIECE_HOME ?? join(homedir(), ".eyepiece"), "gpu");
}

/**
 * Finds the best adapter by trying, in short child processes, and keeps the answer.
 * @param home the folder for the unpacked driver and the kept answer
 * @throws NoGpuError when nothing works: the message says what was tried and what to do
 */
export async function gpuEnvironment(
  home: string = defaultGpuHome(),
  options: GpuEnvironmentOptions = {},
): Promise<GpuEnvironment> {
  const force = options.force ?? forcedKind();
  const drivers = await systemDrivers();
  const key = await answerKey(drivers, force);
  const file = join(home, "choice.json");
  if (!options.fresh) {
    const kept = await readKept(file);
    if (kept?.key === key) return kept;
  }
  const refused: { kind: GpuKind; reason: string }[] = [];
  for (const candidate of await candidates(home, drivers, force)) {
    const outcome = await probe(candidate.env);
    if ("info" in outcome && outcome.info.kind === candidate.kind) {
      const answer = { key, env: candidate.env, info: outcome.info, refused };
      await keep(home, file, answer);
      return answer;
    }
    const reason = "info" in outcome ? `the adapter found is ${outcome.info.name}` : outcome.reason;
    refused.push({ kind: candidate.kind, reason });
  }
  const tried = refused.map(({ kind, reason }) => `${kind}: ${reason}`).join("; ");
  throw new NoGpuError(
    force === undefined
      ? `No graphics adapter works here (${tried}). Install a Vulkan driver, or reinstall the packages with npm install.`
      : `EYEPIECE_GPU asks for ${force}, which does not work here (${tried || "no driver found"}). Unset it to use another.`,
  );
}

function forcedKind(): GpuKind | undefined {
  const word = process.env.EYEPIECE_GPU;
  if (word === undefined || word === "") return undefined;
  const kind = GPU_KINDS.find((one) => one === word);
  if (kind === undefined) {
    throw new NoGpuError(`EYEPIECE_GPU is "${word}": it may be ${GPU_KINDS.join(", ")}, or unset.`);
  }
  return kind;
}

interface Driver {
  readonly path: string;
  readonly changed: number;
}

async function systemDrivers(): Promise<Driver[]> {
  const found: Driver[] = [];
  for (const folder of DRIVER_FOLDERS) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => one.endsWith(".json")).sort()) {
      const path = join(folder, name);
      found.push({ path, changed: (await stat(path)).mtimeMs });
    }
  }
  return found;
}

async function answerKey(drivers: readonly Driver[], force: GpuKind | undefined): Promise<string> {
  const versions = await Promise.all(
    ["webgpu", "@sparticuz/chromium"].map((name) =>
      packageFolder(name).then(
        ({ folder, version }) => `${folder}@${version}`,
        () => `no ${name}`,
      ),
    ),
  );
  const environment = ["VK_ICD_FILENAMES", "VK_DRIVER_FILES", "LD_LIBRARY_PATH"].map(
    (n) => process.env[n] ?? "",
  );
  return JSON.stringify([process.version, versions, drivers, environment, force ?? "any"]);
}

/** In the order of preference; the caller takes the first that opens an adapter of its own kind. */
async function candidates(
  home: string,
  drivers: readonly Driver[],
  force: GpuKind | undefined,
): Promise<{ kind: GpuKind; env: Record<string, string> }[]> {
  const wanted = (kind: GpuKind): boolean => force === undefined || force === kind;
  const software = (path: string): boolean => /lvp|lavapipe|swiftshader|llvmpipe/i.test(path);
  const found: { kind: GpuKind; env: Record<string, string> }[] = [];
  const packed = await unpackSwiftShader(home).catch((error: unknown) => {
    // Fatal only when nothing else is left to try.
    if (force === "swiftshader") throw error;
    return undefined;
  });
  // A container may carry the vendor's driver without a loader: the packed loader finds it too.
  const withLoader = packed && { LD_LIBRARY_PATH: joinPaths(packed.folder, process.env.LD_LIBRARY_PATH) };
  const hardware = drivers.filter(({ path }) => !software(path)).map(({ path }) => path);
  if (wanted("gpu") && (hardware.length > 0 || process.env.VK_ICD_FILENAMES !== undefined)) {
    const env = hardware.length > 0 ? { VK_ICD_FILENAMES: hardware.join(":") } : {};
    found.push({ kind: "gpu", env });
    if (withLoader) found.push({ kind: "gpu", env: { ...env, ...withLoader } });
  }
  if (wanted("lavapipe")) {
    for (const { path } of drivers.filter((one) => /lvp|lavapipe/i.test(one.path))) {
      found.push({ kind: "lavapipe", env: { VK_ICD_FILENAMES: path } });
      if (withLoader) found.push({ kind: "lavapipe", env: { VK_ICD_FILENAMES: path, ...withLoader } });
    }
  }
  if (wanted("swiftshader") && packed && withLoader) {
    found.push({ kind: "swiftshader", env: { VK_ICD_FILENAMES: packed.icd, ...withLoader } });
  }
  return found;
}

function joinPaths(first: string, rest: string | undefined): string {
  return rest === undefined || rest === "" ? first : `${first}:${rest}`;
}

async function probe(env: Record<string, string>): Promise<{ info: GpuInfo } | { reason: string }> {
  const script = fileURLToPath(new URL("./probe.ts", import.meta.url));
  try {
    const { stdout } = await run(process.execPath, [script], {
      env: { ...process.env, ...env },
      timeout: PROBE_MS,
      killSignal: "SIGKILL",
    });
    return { info: v.parse(Info, JSON.parse(stdout)) };
  } catch (error) {
    return { reason: probeFailure(error) };
  }
}

function probeFailure(error: unknown): string {
  const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  const sentence = stderr.split("\n").find((line) => line.includes("Error:"));
  if (sentence !== undefined) return sentence.replace(/^.*Error:\s*/, "");
  if (error instanceof Error && "killed" in error && error.killed === true) return "the probe hung";
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
}

async function readKept(file: string): Promise<v.InferOutput<typeof Kept> | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return v.parse(Kept, JSON.parse(text));
  } catch {
    // An answer of another version, or a torn file: probing again replaces it.
    return undefined;
  }
}

async function keep(
  home: string,
  file: string,
  answer: GpuEnvironment & { readonly key: string },
): Promise<void> {
  await mkdir(home, { recursive: true });
  const making = `${file}.${randomUUID()}`;
  await writeFile(making, JSON.stringify(answer, null, 1));
  await rename(making, file);
}
