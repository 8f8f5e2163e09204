/**
 * The engine that is a checkout of nanochat: a folder, or a git address at a pinned commit, which the node clones. Its programs
 * run in the checkout's own environment.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { ensurePython, ensureUv } from "../../kernels/environment/python.ts";
import { SOURCES } from "../../trainer/python.ts";
import type { Engine } from "./engine.ts";

const run = promisify(execFile);
const COMMIT = /^[0-9a-f]{40}$/;
const ADDRESS = /^(https?|ssh|git|file):\/\/|^git@/;
const CLONE_MS = 10 * 60_000;
const SYNC_MS = 60 * 60_000;
const ASK_PYTHON =
  "import json, sys; print(json.dumps([sys.prefix, sys.base_prefix, *[path for path in sys.path if path]]))";

/** Where it comes from: `EYEPIECE_NANOCHAT`, `EYEPIECE_NANOCHAT_COMMIT`, `EYEPIECE_NANOCHAT_PYTHON`. */
export interface CheckoutSettings {
  /** A folder or a git address; undefined for none. */
  readonly source: string | undefined;
  readonly commit: string | undefined;
  /** A Python that has what nanochat needs; the checkout's own `.venv` when left out. */
  readonly python: string | undefined;
}

/** The settings of an environment. */
export function checkoutSettings(environment: NodeJS.ProcessEnv): CheckoutSettings {
  return {
    source: environment.EYEPIECE_NANOCHAT || undefined,
    commit: environment.EYEPIECE_NANOCHAT_COMMIT || undefined,
    python: environment.EYEPIECE_NANOCHAT_PYTHON || undefined,
  };
}

/** What is wrong with the settings; empty for nothing. */
export function wrongWith({ source, commit }: CheckoutSettings): string {
  if (source === undefined)
    return "There is no checkout of nanochat: EYEPIECE_NANOCHAT names a folder with one, or a git address beside EYEPIECE_NANOCHAT_COMMIT.";
  if (commit !== undefined && !COMMIT.test(commit))
    return `EYEPIECE_NANOCHAT_COMMIT must be the 40 digits of a commit, not ${commit}.`;
  if (ADDRESS.test(source))
    return commit === undefined
      ? `EYEPIECE_NANOCHAT is a git address, so EYEPIECE_NANOCHAT_COMMIT must say which commit of ${source} is run.`
      : "";
  if (!existsSync(join(source, "scripts", "base_train.py")))
    return `There is no checkout of nanochat at ${source}: it has no scripts/base_train.py.`;
  return "";
}

/** The engine. @param folder where what is cloned lies, and uv */
export function checkoutEngine(settings: CheckoutSettings, folder: string): Engine {
  let having: Promise<string> | undefined;
  return {
    title: "nanochat checkout",
    status: () => {
      const wrong = wrongWith(settings);
      const where = `${settings.source}${settings.commit ? ` at ${settings.commit.slice(0, 10)}` : ""}`;
      return {
        available: wrong === "",
        message: wrong === "" ? `nanochat's own programs, from ${where}.` : wrong,
      };
    },
    program: async ({ readOnly, cuda, tell, signal }) => {
      const wrong = wrongWith(settings);
      if (wrong !== "") throw new Error(wrong);
      // For all who wait: nobody who is called off ends it.
      having ??= checkout(settings, folder, tell).catch((cause: unknown) => {
        // The network may be there the next time.
        having = undefined;
        throw cause;
      });
      const root = await having;
      signal.throwIfAborted();
      const python = await pythonOf(settings, root, folder, cuda !== "", tell, signal);
      const seen = await foldersOf(python);
      return {
        checkout: root,
        program: {
          argv: [python, "-m", "eyepiece_nanochat"],
          env: { PYTHONPATH: SOURCES, PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: cuda },
          readOnly: [root, ...seen, SOURCES, ...readOnly],
        },
      };
    },
  };
}

/** The folder of the checkout, at the commit that was pinned. @throws Error with a sentence */
async function checkout(
  { source = "", commit }: CheckoutSettings,
  folder: string,
  tell: (message: string) => void,
): Promise<string> {
  if (!ADDRESS.test(source)) {
    const root = resolve(source);
    if (commit === undefined) return root;
    const head = await git(["-C", root, "rev-parse", "HEAD"]).catch(() => "");
    if (head.trim() !== commit)
      throw new Error(
        `The checkout at ${root} is at ${head.trim() || "no commit"} and not at ${commit}: run \`git -C ${root} checkout ${commit}\`, or change EYEPIECE_NANOCHAT_COMMIT.`,
      );
    return root;
  }
  const root = join(folder, commit ?? "");
  if (existsSync(root)) return root;
  tell(`Fetching nanochat ${commit?.slice(0, 10)} from ${source}`);
  const part = `${root}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    await git(["init", "--quiet", part]);
    await git(["-C", part, "fetch", "--quiet", "--depth=1", source, commit ?? ""]);
    await git(["-C", part, "checkout", "--quiet", "--detach", "FETCH_HEAD"]);
  } catch (cause) {
    rmSync(part, { recursive: true, force: true });
    throw new Error(
      `nanochat cannot be fetched from ${source}: ${lastWords(cause)} Clone it by hand, and let EYEPIECE_NANOCHAT name the folder.`,
      { cause },
    );
  }
  renameSync(part, root);
  return root;
}

/** An interpreter with nanochat's packages. A clone of ours gets its own by uv; in a person's folder nothing is changed. */
async function pythonOf(
  settings: CheckoutSettings,
  root: string,
  folder: string,
  gpu: boolean,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const own = join(root, ".venv", "bin", "python");
  const python = settings.python ?? own;
  if (existsSync(python)) return python;
  if (settings.python !== undefined)
    throw new Error(`EYEPIECE_NANOCHAT_PYTHON is ${settings.python}, and there is no such program.`);
  const sync = ["sync", "--frozen", "--extra", gpu ? "gpu" : "cpu"];
  if (!root.startsWith(`${folder}/`))
    throw new Error(
      `The checkout at ${root} has no Python environment: run \`uv ${sync.join(" ")}\` there, or let EYEPIECE_NANOCHAT_PYTHON name a Python with its packages.`,
    );
  tell("Making nanochat's Python environment");
  const uv = await ensureUv(join(folder, "uv"), await ensurePython(tell), tell);
  try {
    await run(uv, [...sync, "--project", root], { timeout: SYNC_MS, signal, maxBuffer: 16 * 1024 ** 2 });
  } catch (cause) {
    rmSync(join(root, ".venv"), { recursive: true, force: true });
    signal.throwIfAborted();
    throw new Error(`nanochat's Python environment cannot be made: ${lastWords(cause)}`, { cause });
  }
  return own;
}

/** What an interpreter reads. @throws Error where it does not run */
async function foldersOf(python: string): Promise<string[]> {
  try {
    const { stdout } = await run(python, ["-c", ASK_PYTHON], { timeout: 60_000, cwd: "/" });
    const found = JSON.parse(stdout) as string[];
    return [...new Set(found)].filter((path) => path !== "/" && existsSync(path));
  } catch (cause) {
    throw new Error(`${python} does not run: ${lastWords(cause)}`, { cause });
  }
}

async function git(args: readonly string[]): Promise<string> {
  // Nobody is there to type a password.
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
  const { stdout } = await run("git", [...args], { env, timeout: CLONE_MS });
  return stdout;
}

function lastWords(cause: unknown): string {
  const { stderr, message } = cause as { stderr?: string; message?: string };
  const last = (stderr || message || "it failed").trim().split("\n").at(-1)?.trim() ?? "";
  return last.endsWith(".") ? last : `${last}.`;
}
