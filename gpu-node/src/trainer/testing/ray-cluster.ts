/** A Ray cluster for tests: two raylets on this machine's loopback, as many machines would be, ended with all their processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";

/** The environment that speaks to clusters is also one's own. */
const ENVIRONMENT = "eyepiece-train-ray";
const SCRIPT = join(import.meta.dirname, "ray_cluster.py");
const MARK = "EYEPIECE_TEST_CLUSTER";

/** See the file's comment. */
export class RayCluster {
  // Sockets lie in it, and their paths may not be long.
  readonly #folder = mkdtempSync(join(tmpdir(), "epr-"));
  #process: ChildProcess | undefined;
  /** What a client connects to. */
  address = "";

  /** Starts two raylets of one CPU each. @throws Error with what Ray said */
  async start(): Promise<void> {
    const { python } = await new Environments(ENVIRONMENT_CACHE).ensure(ENVIRONMENT);
    const port = await freePort();
    this.address = `ray://127.0.0.1:${port}`;
    const env = {
      ...{ PATH: process.env.PATH, HOME: this.#folder, OMP_NUM_THREADS: "1", [MARK]: this.#folder },
      // A server for a client is there when a loaded machine has started it.
      RAY_CLIENT_SERVER_CHECK_CHANNEL_TIMEOUT_S: "120",
    };
    this.#process = spawn(python, [SCRIPT, this.#folder, String(port)], { env });
    let said = "";
    const ready = Promise.withResolvers<void>();
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (/^ready$/m.test(said)) ready.resolve();
      });
    this.#process.once("exit", () => ready.reject(new Error(`Ray did not start: ${said}`)));
    await ready.promise;
  }

  /** Pids of what trains on the cluster, by the names that Ray gives its processes. */
  workers(): number[] {
    return this.#pids().filter((pid) => titleOf(pid).startsWith("ray::RayTrainWorker"));
  }

  /** Ends all its processes. */
  async end(): Promise<void> {
    for (let n = 0; n < 100 && this.#pids().length > 0; n++) {
      for (const pid of this.#pids())
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      await sleep(100);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** All processes of this cluster: they have its folder in their environment. */
  #pids(): number[] {
    return allPids().filter((pid) => environmentOf(pid).includes(`${MARK}=${this.#folder}`));
  }
}

const allPids = (): number[] =>
  readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) && Number(name) !== process.pid ? [Number(name)] : [],
  );
const environmentOf = (pid: number): string => read(`/proc/${pid}/environ`);
const titleOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
