/**
 * Environments of services and runs that ask for packages: one for each set of them, above the environment of all services. Only wheels
 * are installed, because what builds a package is code, and this machine is not boxed in. Each is named by what is in it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative } from "node:path";
import * as v from "valibot";
import type { Environment } from "../../kernels/environment/environments.ts";
import { ensurePython, ensureUv, lastLine, type Say } from "../../kernels/environment/python.ts";
import { SyncProgress } from "../../kernels/environment/sync-progress.ts";
import { GatewayError } from "../agent/errors.ts";
import type { OtherMachine } from "../agent/machines.ts";

/** What environments may take. */
export interface PackageBounds {
  /** Of one, as its files say; larger ones are removed again. */
  readonly bytes: number;
  /** Those that were used last stay. */
  readonly kept: number;
  /** A run may be in one that was used within this. */
  readonly usedMs: number;
}

const BOUNDS: PackageBounds = { bytes: 20 * 1024 ** 3, kept: 16, usedMs: 2 * 24 * 3600_000 };
const MAKE_MS = 30 * 60_000;
const NAME = "eyepiece-packages-";
const UNREACHABLE = /client error \(Connect\)|dns error|timed out|Request failed|Failed to fetch/i;

const MadeThere = v.union([v.object({ folder: v.string() }), v.object({ why: v.string() })]);

/** What is made now, for people. `fraction`: 0 to 1, where it is known. */
export interface Progress {
  readonly message: string;
  readonly fraction?: number;
}

/** Makes them, each once however many ask at a time. */
export class PackageEnvironments {
  readonly #folder: string;
  readonly #making = new Map<string, Promise<Environment>>();
  readonly #progress = new Map<string, Progress>();
  readonly #children = new Set<ChildProcess>();
  readonly #bounds: PackageBounds;

  /** @param folder where all environments are */
  constructor(folder: string, bounds = BOUNDS) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** How far the one is that was begun first; undefined where none is made. */
  get progress(): Progress | undefined {
    return this.#progress.values().next().value;
  }

  /**
   * The environment with these packages, made where it is not there.
   * @param base the environment of services; @param service folder that wheels are looked for in; @param say what is being done, for people
   * @throws GatewayError with a sentence
   */
  ensure(
    base: Environment,
    packages: readonly string[],
    service: string,
    say: (message: string) => void,
  ): Promise<Environment> {
    const { words, digest } = named(base, packages, service);
    const folder = join(this.#folder, `${NAME}${digest}`);
    const environment: Environment = {
      folder,
      python: join(folder, "bin", "python"),
      needs: [base.folder, ...base.needs],
    };
    if (existsSync(join(folder, "complete"))) {
      utimesSync(join(folder, "complete"), new Date(), new Date());
      return Promise.resolve(environment);
    }
    const list = packages.join(", ").slice(0, 500);
    say(`Prepares packages: ${list}.`);
    const under = this.#making.get(digest);
    if (under) return under;
    const tell: Say = (message, fraction) => {
      this.#progress.set(digest, {
        message: `${message} (${list})`,
        ...(fraction !== undefined && { fraction }),
      });
      say(message);
    };
    this.#progress.set(digest, { message: `Preparing packages (${list})`, fraction: 0 });
    const making = this.#make(base, wheelsIn(service, words), folder, tell)
      .then(() => environment)
      .finally(() => {
        this.#making.delete(digest);
        this.#progress.delete(digest);
      });
    this.#making.set(digest, making);
    return making;
  }

  /** Stops what is being made: the next one who asks begins anew. */
  close(): void {
    for (const child of this.#children) child.kill("SIGTERM");
  }

  async #make(base: Environment, words: readonly string[], folder: string, say: Say): Promise<void> {
    this.#forget();
    // Nobody finds one that is half made, and two nodes may make the same.
    const made = `${folder}.${process.pid}`;
    rmSync(made, { recursive: true, force: true });
    try {
      const uv = await ensureUv(join(this.#folder, "uv"), await ensurePython(() => {}), say);
      await this.#run(uv, ["venv", "--relocatable", "--python", base.python, made], () => {});
      const frozen = await this.#run(uv, ["pip", "freeze", "--python", base.python], () => {});
      // What every service has stays as it is, so that its framework goes on working.
      const kept = join(made, "constraints.txt");
      const lines = frozen.split("\n").filter((line) => line.includes("=="));
      writeFileSync(kept, lines.join("\n"));
      const target = ["--python", join(made, "bin", "python"), "--constraint", kept];
      const how = ["--only-binary", ":all:", "--compile-bytecode"];
      const progress = new SyncProgress(say);
      await this.#run(uv, ["pip", "install", ...target, ...how, "--", ...words], (text) =>
        progress.hear(text),
      );
      const bytes = sizeOf(made);
      if (bytes > this.#bounds.bytes)
        throw new GatewayError(
          `The packages take ${gib(bytes)}, and ${gib(this.#bounds.bytes)} are the most.`,
        );
      const [own = ""] = globSync(join(made, "lib", "python3*", "site-packages"));
      const below = globSync(join(base.folder, "lib", "python3*", "site-packages"));
      writeFileSync(join(own, "eyepiece-services.pth"), `${below.join("\n")}\n`);
      writeFileSync(join(made, "complete"), "");
      if (!existsSync(folder)) renameSync(made, folder);
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause;
      throw new GatewayError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
  }

  /** Runs uv. @returns what it printed @throws GatewayError */
  async #run(uv: string, args: readonly string[], hear: (text: string) => void): Promise<string> {
    const child = spawn(uv, ["--color", "never", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: MAKE_MS,
      env: {
        ...process.env,
        UV_CACHE_DIR: join(this.#folder, "cache"),
        UV_PYTHON_DOWNLOADS: "never",
        UV_HTTP_TIMEOUT: process.env.UV_HTTP_TIMEOUT ?? "300",
        VIRTUAL_ENV: undefined,
      },
    });
    this.#children.add(child);
    let printed = "";
    let complaint = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-200_000);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-20_000);
      hear(text);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    }).finally(() => this.#children.delete(child));
    if (code === 0) return printed;
    throw new GatewayError(whyNot(complaint));
  }

  /** Those that were not used for long go, beyond a number of them. */
  #forget(): void {
    mkdirSync(this.#folder, { recursive: true });
    const there = readdirSync(this.#folder)
      .filter((name) => name.startsWith(NAME) && existsSync(join(this.#folder, name, "complete")))
      .map((name) => ({ path: join(this.#folder, name), used: usedAt(join(this.#folder, name)) }))
      .sort((a, b) => b.used - a.used);
    const { kept, usedMs } = this.#bounds;
    for (const { path, used } of there.slice(kept - 1))
      if (Date.now() - used > usedMs) rmSync(path, { recursive: true, force: true });
  }
}

/** The environment with these packages on another machine. @param shipped the service's folder there @throws GatewayError with a sentence */
export async function packagesThere(
  { link, place }: Pick<OtherMachine, "link" | "place">,
  packages: readonly string[],
  service: string,
  shipped: string,
): Promise<Environment> {
  const base = { folder: place.environment, python: place.python, needs: place.needs };
  if (packages.length === 0) return base;
  const { words, digest } = named(base, packages, service);
  const { environment, python, uv } = place;
  const wish = { digest, environment, python, uv, words: wheelsIn(shipped, words) };
  const answer = v.parse(MadeThere, await link.ask({ type: "packages", ...wish }, MAKE_MS));
  if ("why" in answer) throw new GatewayError(answer.why);
  const { folder } = answer;
  return { folder, python: `${folder}/bin/python`, needs: [base.folder, ...base.needs] };
}

/** Wheels by their paths. */
function wheelsIn(folder: string, words: readonly string[]): string[] {
  return words.map((word) => (word.endsWith(".whl") ? `${folder}/${word}` : word));
}

/** Packages in order, and a name of all that goes into the environment. @throws GatewayError */
function named(base: Environment, packages: readonly string[], service: string) {
  const hash = createHash("sha256").update(basename(base.folder));
  const words = [...packages].sort().map((word) => {
    hash.update(`\0${word}`);
    if (!word.endsWith(".whl")) return word;
    const path = join(service, word);
    if (!existsSync(path) || relative(realpathSync(service), realpathSync(path)).startsWith(".."))
      throw new GatewayError(`The wheel ${word} is not in the service's folder.`);
    hash.update(readFileSync(path));
    return word;
  });
  return { words, digest: hash.digest("hex").slice(0, 16) };
}

function whyNot(complaint: string): string {
  const what = complaint.trim().split("\n").slice(-6).join(" ").replace(/\s+/g, " ");
  if (/no space left|os error 28|disk quota/i.test(complaint))
    return `The packages cannot be installed: the disk is full (${lastLine({ stderr: complaint })}).`;
  return UNREACHABLE.test(complaint)
    ? `The packages cannot be fetched: the package index does not answer this machine (${lastLine({ stderr: complaint })}). Connect it, or put their wheels into the service's folder.`
    : `The packages cannot be installed: ${what.slice(0, 1000)}`;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce(
    (sum, name) => sum + lstatSync(join(folder, name)).size,
    0,
  );
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function usedAt(folder: string): number {
  return statSync(join(folder, "complete")).mtimeMs;
}
