/**
 * The Python environments of a node, made from the lock file of gpu-node/python when they are first wanted. An environment's
 * folder is named by what it is made from, so that a newer lock file makes a new one beside it; it counts only once its
 * `complete` file is there.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { EnvironmentError, ensurePython, ensureUv, type Python, type Say } from "./python.ts";
import { SyncProgress, whyNot } from "./sync-progress.ts";

/** The uv project that the environments are made from. */
export const PYTHON_PROJECT = fileURLToPath(new URL("../../../python", import.meta.url));

/** Environments by the name of their kernelspec. */
export const ENVIRONMENTS: Readonly<Record<string, { readonly extra: string; readonly title: string }>> = {
  python3: { extra: "kernel", title: "Python 3" },
  "eyepiece-train": { extra: "train", title: "Python 3 with PyTorch, Transformers and TRL" },
};

/** Ray's own project, with its own lock: a change of it makes no other environment anew. */
const RAY_PROJECT = join(PYTHON_PROJECT, "ray");

/** Environments that programs of the node itself use: no kernel is offered in them. */
const TOOLS: Readonly<Record<string, Wanted>> = {
  "eyepiece-readers": { extra: "readers", title: "the readers of microscopes' files" },
  "eyepiece-flows": { extra: "flows", title: "the services of flows" },
  "eyepiece-train-ray": { extra: "train-ray", title: "PyTorch, TRL and Ray" },
  "eyepiece-ray": { project: RAY_PROJECT, title: "Ray" },
};

/** What an environment is made of: an extra of the project, or all of a project of its own. */
interface Wanted {
  readonly extra?: string;
  readonly project?: string;
  readonly title: string;
}

/** A finished environment. */
export interface Environment {
  readonly folder: string;
  readonly python: string;
  /** Folders outside `folder` that its interpreter reads. */
  readonly needs: readonly string[];
}

/** Makes environments, each once however many ask at a time. */
export class Environments {
  readonly #folder: string;
  readonly #making = new Map<string, Promise<Environment>>();
  readonly #progress = new Map<string, { message: string; fraction?: number }>();
  readonly #digest = sourcesDigest();
  readonly #rayDigest = digestOf(RAY_PROJECT).digest("hex").slice(0, 12);
  readonly #children = new Set<ChildProcess>();

  /** @param folder where the environments, uv and its cache are */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The environment if it is there. */
  ready(name: string): Environment | undefined {
    const folder = this.#folderOf(name);
    const file = join(folder, "complete");
    if (!existsSync(file)) return undefined;
    const { prefix } = JSON.parse(readFileSync(file, "utf8")) as { prefix: string };
    return { folder, python: join(folder, "bin", "python"), needs: [prefix] };
  }

  /** What is being done for an environment now. */
  progress(name: string): { message: string; fraction?: number } | undefined {
    return this.#progress.get(name);
  }

  /** The environment, made where it is not there. @throws EnvironmentError with a sentence */
  ensure(name: string, say: Say = () => {}): Promise<Environment> {
    const there = this.ready(name);
    if (there) return Promise.resolve(there);
    const under = this.#making.get(name);
    if (under) return under;
    const tell: Say = (message, fraction) => {
      this.#progress.set(name, { message, ...(fraction !== undefined && { fraction }) });
      say(message, fraction);
    };
    const making = this.#make(name, tell).finally(() => {
      this.#making.delete(name);
      this.#progress.delete(name);
    });
    this.#making.set(name, making);
    return making;
  }

  /** Stops what is being made: the next one who asks begins anew, with what was fetched already. */
  close(): void {
    for (const child of this.#children) child.kill("SIGTERM");
  }

  async #make(name: string, say: Say): Promise<Environment> {
    const wanted: Wanted | undefined = ENVIRONMENTS[name] ?? TOOLS[name];
    if (!wanted) throw new EnvironmentError(`There is no environment ${name}.`);
    mkdirSync(this.#folder, { recursive: true });
    await using _lock = await lock(join(this.#folder, `${name}.lock`), say);
    const there = this.ready(name);
    if (there) return there;
    say(`Preparing ${wanted.title}`, 0);
    const python = await ensurePython(say);
    const uv = await ensureUv(join(this.#folder, "uv"), python, say);
    const folder = this.#folderOf(name);
    rmSync(folder, { recursive: true, force: true });
    await this.#sync(uv, python, folder, wanted, say);
    writeFileSync(join(folder, "complete"), JSON.stringify({ prefix: python.prefix }));
    this.#forgetOlder(name);
    const made = this.ready(name);
    if (!made) throw new EnvironmentError(`The environment ${name} vanished while it was made.`);
    return made;
  }

  /** Runs `uv sync`, and tells how far it is. */
  async #sync(uv: string, python: Python, folder: string, wanted: Wanted, say: Say): Promise<void> {
    say("Fetching packages", 0.15);
    const options = ["--frozen", "--no-dev", "--no-editable", "--compile-bytecode", "--color", "never"];
    const what = wanted.extra ? ["--extra", wanted.extra, "--reinstall-package", "eyepiece"] : [];
    const args = ["sync", ...options, ...what, "--python", python.executable];
    const child = spawn(uv, [...args, "--project", wanted.project ?? PYTHON_PROJECT], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        UV_PROJECT_ENVIRONMENT: folder,
        UV_CACHE_DIR: join(this.#folder, "cache"),
        UV_PYTHON_DOWNLOADS: "never",
        UV_PYTHON_PREFERENCE: "only-system",
        // Of a slow line: PyTorch's packages are half a gigabyte each.
        UV_HTTP_TIMEOUT: process.env.UV_HTTP_TIMEOUT ?? "300",
        // An environment that this process happens to run in is none of ours.
        VIRTUAL_ENV: undefined,
      },
    });
    this.#children.add(child);
    child.once("close", () => this.#children.delete(child));
    let complaint = "";
    const progress = new SyncProgress(say);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-20_000);
      progress.hear(text);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code === 0) return;
    rmSync(folder, { recursive: true, force: true });
    throw new EnvironmentError(whyNot(complaint));
  }

  #folderOf(name: string): string {
    return join(this.#folder, `${name}-${TOOLS[name]?.project ? this.#rayDigest : this.#digest}`);
  }

  /** Environments of older lock files go, unless they were made within a week: kernels may still run in them. */
  #forgetOlder(name: string): void {
    const week = 7 * 24 * 3600_000;
    for (const other of readdirSync(this.#folder)) {
      const path = join(this.#folder, other);
      const old = other.startsWith(`${name}-`) && path !== this.#folderOf(name) && !other.endsWith(".lock");
      if (old && Date.now() - statSync(path).mtimeMs > week) rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Of what a project asks for. */
function digestOf(project: string) {
  const hash = createHash("sha256");
  for (const file of ["uv.lock", "pyproject.toml"]) hash.update(readFileSync(join(project, file)));
  return hash;
}

/** Changes whenever an environment made from the project would. */
function sourcesDigest(): string {
  const hash = digestOf(PYTHON_PROJECT);
  // What is installed; the node's own programs beside it are run from where they lie.
  const source = join(PYTHON_PROJECT, "src", "eyepiece");
  for (const name of readdirSync(source, { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\.(py|typed)$/.test(name)) continue;
    hash.update(name).update(readFileSync(join(source, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Waits for a lock file whose holder may die: it names the holder's process. */
async function lock(file: string, say: Say): Promise<AsyncDisposable> {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return { [Symbol.asyncDispose]: async () => rmSync(file, { force: true }) };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
    let pid = 0;
    try {
      pid = Number(readFileSync(file, "utf8"));
    } catch {
      continue;
    }
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(file, { force: true });
    else {
      say("Waiting for another node that prepares the same environment");
      await sleep(250);
    }
  }
}
