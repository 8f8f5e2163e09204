/** The machine's own Python, and `uv` for it: nothing here downloads an interpreter. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where no environment can be made: a sentence with what to do. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** An interpreter of the machine. */
export interface Python {
  readonly executable: string;
  /** Folder that holds its standard library: what a sandbox must be able to read. */
  readonly prefix: string;
  readonly version: string;
}

const NAMES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "/usr/bin/python3"];
const ASK =
  "import sys; print(sys.executable); print(sys.base_prefix); print('.'.join(map(str, sys.version_info[:3])))";

/** The first Python 3.11 or later; undefined where there is none. */
export async function findPython(names: readonly string[] = NAMES): Promise<Python | undefined> {
  for (const name of names) {
    try {
      const { stdout } = await run(name, ["-I", "-c", ASK], { timeout: 20_000 });
      const [executable = "", prefix = "", version = ""] = stdout.trim().split("\n");
      const [major = 0, minor = 0] = version.split(".").map(Number);
      if (major === 3 && minor >= 11) return { executable, prefix, version };
    } catch {
      // The next name may be there.
    }
  }
  return undefined;
}

/** What `ensurePython` and `ensureUv` tell while they work. */
export type Say = (message: string, fraction?: number) => void;

/** Python with its `venv` module; fetched by apt where this process may. @throws EnvironmentError */
export async function ensurePython(say: Say): Promise<Python> {
  const there = await findPython();
  if (there && (await hasVenv(there))) return there;
  const commands = "apt-get install python3 python3-venv";
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("Installing Python with apt", 0.02);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    try {
      await run("apt-get", ["update", "-q"], { env, timeout: 300_000 });
      await run("apt-get", ["install", "-qy", "--no-install-recommends", "python3", "python3-venv"], {
        env,
        timeout: 600_000,
      });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
      throw new EnvironmentError(
        `Notebooks need Python 3.11 or later with venv, and apt could not install it (${why}). Run: ${commands}`,
      );
    }
    const now = await findPython();
    if (now && (await hasVenv(now))) return now;
  }
  const lacks = there ? `Python ${there.version} has no venv module` : "no Python 3.11 or later is here";
  throw new EnvironmentError(
    `Notebooks need Python 3.11 or later with venv, and ${lacks}. On Debian or Ubuntu: sudo ${commands}. On Fedora: sudo dnf install python3.`,
  );
}

async function hasVenv(python: Python): Promise<boolean> {
  return run(python.executable, ["-I", "-c", "import venv, ensurepip"], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/** Version range of uv whose options are used here. */
const UV = "uv>=0.9,<0.14";

/** The path of a `uv`: the machine's own, or one from PyPI in `folder`. @throws EnvironmentError */
export async function ensureUv(folder: string, python: Python, say: Say): Promise<string> {
  const own = join(folder, "bin", "uv");
  if (existsSync(own)) return own;
  const found = await run("uv", ["--version"], { timeout: 20_000 }).catch(() => undefined);
  const [, minor = 0] = /uv 0\.(\d+)/.exec(found?.stdout ?? "") ?? [];
  if (Number(minor) >= 9) return "uv";
  say("Fetching uv, which installs Python packages", 0.05);
  const next = `${folder}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  try {
    await run(python.executable, ["-m", "venv", next], { timeout: 120_000 });
    await run(join(next, "bin", "python"), ["-m", "pip", "install", "-q", UV], { timeout: 300_000 });
  } catch (cause) {
    rmSync(next, { recursive: true, force: true });
    throw new EnvironmentError(`uv could not be fetched from PyPI: ${lastLine(cause)}`);
  }
  rmSync(folder, { recursive: true, force: true });
  // uv is one binary that asks nothing of the environment around it, so the folder may be renamed.
  renameSync(next, folder);
  return own;
}

/** The line of a program's complaint that says most. */
export function lastLine(cause: unknown): string {
  const text =
    (cause as { stderr?: string }).stderr || (cause instanceof Error ? cause.message : String(cause));
  const lines = text.trim().split("\n");
  return (lines.find((line) => /error|failed/i.test(line)) ?? lines.at(-1) ?? "").trim();
}
