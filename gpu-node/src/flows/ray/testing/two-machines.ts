/** A cluster of two machines that is somebody else's: behind its token, on two addresses of the loopback. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { vi } from "vitest";
import { sandboxed } from "../../../launcher/probe.ts";
import { processOf, tree } from "./leases.ts";

/** Ray's command; on the loopback it refuses to start a second machine, which Ray itself can do. */
const RAY = `
import sys, types
from ray.scripts import scripts
scripts.ray_constants = types.SimpleNamespace(**{**vars(scripts.ray_constants), "ENABLE_RAY_CLUSTER": True})
sys.exit(scripts.main())
`;
const TOKEN = "a".repeat(64);
const run = promisify(execFile);

/** Two raylets. The second one's processes have a home of their own, and see nothing of `hidden` where mounts can be had. */
export class TwoMachines {
  readonly #folder = mkdtempSync(join(tmpdir(), "eyepiece-ray-"));
  readonly #python: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #children: ChildProcess[] = [];
  #said = "";
  address = "";

  /** Sets the variables by which a node joins it. @param python with Ray @param more variables of the second machine */
  constructor(python: string, more: Readonly<Record<string, string>> = {}) {
    this.#python = python;
    this.#env = more;
    const token = join(this.#folder, "token");
    writeFileSync(token, TOKEN, { mode: 0o600 });
    vi.stubEnv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0");
    vi.stubEnv("RAY_AUTH_MODE", "token");
    vi.stubEnv("RAY_AUTH_TOKEN_PATH", token);
    vi.stubEnv("RAY_worker_niceness", "0");
  }

  /** Pid of a machine's raylet. */
  raylet(machine: 0 | 1): number {
    return processOf(this.#children[machine]?.pid ?? 0, /raylet\/raylet /);
  }

  /** Pid of the head's own program. */
  get head(): number {
    return processOf(this.#children[0]?.pid ?? 0, /gcs_server /);
  }

  /** The file of its token. */
  get token(): string {
    return join(this.#folder, "token");
  }

  /** Runs words of Python as somebody else who uses the cluster. @returns what they print */
  async python(words: string): Promise<string> {
    const whole = `import ray; ray.init("${this.address}", log_to_driver=False, logging_level="ERROR")\n${words}`;
    const env = { ...process.env, HOME: join(this.#folder, "home-0"), PYTHONDONTWRITEBYTECODE: "1" };
    return (await run(this.#python, ["-c", whole], { env })).stdout.trim();
  }

  /** Starts both. */
  async start(hidden: readonly string[]): Promise<void> {
    const port = await freePort();
    this.address = `127.0.0.1:${port}`;
    const head = ["--head", `--port=${port}`, "--include-dashboard=false", "--node-ip-address=127.0.0.1"];
    await this.#ray(0, head, []);
    await this.second(hidden);
  }

  /** Starts the second one, also again. */
  async second(hidden: readonly string[]): Promise<void> {
    const join = [`--address=${this.address}`, "--node-ip-address=127.0.0.2"];
    await this.#ray(1, join, (await sandboxed()).works ? hidden : []);
  }

  async #ray(machine: 0 | 1, args: readonly string[], hidden: readonly string[]): Promise<void> {
    const [home, temp] = ["home", "ray"].map((name) => join(this.#folder, `${name}-${machine}`)) as [
      string,
      string,
    ];
    for (const folder of [home, temp]) mkdirSync(folder, { recursive: true });
    const start = [
      ...[this.#python, "-c", RAY, "start", ...args, "--block", "--num-cpus=1"],
      ...[`--temp-dir=${temp}`, "--disable-usage-stats", "--object-store-memory=100000000"],
    ];
    const hide = hidden.map((folder) => `mount -t tmpfs none '${folder}'`);
    const boxed = ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private"];
    const script = ["set -e", ...hide, 'exec "$@"'].join("\n");
    const [command = "", ...words] =
      hidden.length > 0 ? [...boxed, "sh", "-c", script, "machine", ...start] : start;
    const child = spawn(command, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(machine === 1 && this.#env), HOME: home },
    });
    this.#children[machine] = child;
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (part: unknown) => {
        said += String(part);
        this.#said += String(part);
      });
    while (!/Ray runtime started/.test(said)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`Ray did not start: ${this.#said}`);
      await sleep(50);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = this.#children.flatMap(({ pid }) => tree(pid ?? 0));
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    for (const { pid, args } of all) if (tree(pid)[0]?.args === args) process.kill(pid, "SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}
