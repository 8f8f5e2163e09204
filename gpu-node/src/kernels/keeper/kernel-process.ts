/** One process of a kernel, from its start to its end, with the sockets to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { insidePaths, type LaunchPlan, launch } from "../../launcher/plan.ts";
import type { KeeperConfig } from "./config.ts";
import { JupyterClient, type JupyterListener, PORTS } from "./jupyter-client.ts";
import { childrenOf } from "./processes.ts";

/** What the kernel said of itself before its first cell. */
export interface KernelInfo {
  readonly language: string;
  /** Whether completion can be asked for while a cell runs. */
  readonly subshells: boolean;
}

/** How long the connection for questions may take once the kernel answers; it is there within milliseconds. */
const CONNECT_MS = 5000;

/** A started kernel. */
export class KernelProcess {
  readonly client: JupyterClient;
  /** A sentence about how it ended; settles when it has. */
  readonly ended: Promise<string>;
  readonly startedMs = Date.now();
  readonly #child: ChildProcess;
  readonly #config: KeeperConfig;
  #complaint = "";
  readonly #welcomed: Promise<void>;
  #welcome: () => void = () => {};
  /** A subshell that answers while cells run. */
  subshell: string | undefined;

  /** @param runtime the keeper's private folder */
  constructor(config: KeeperConfig, runtime: string, listener: JupyterListener) {
    this.#config = config;
    const sockets = join(runtime, "k");
    const root = join(runtime, "root");
    // Python does not look again for a folder of packages that was not there when it started.
    for (const folder of [sockets, root, config.home, config.work, join(config.home, "packages")])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Sockets of a kernel that ended would be taken for the new one's. What the node serves there stays.
    for (const name of readdirSync(sockets))
      if (/^k-\d$|^connection/.test(name)) rmSync(join(sockets, name), { force: true });
    const inside = insidePaths({ ...config, sockets });
    const key = randomBytes(24).toString("hex");
    writeFileSync(
      join(sockets, "connection.json"),
      JSON.stringify({
        ...{ transport: "ipc", ip: join(inside.sockets, "k"), ...PORTS },
        ...{ signature_scheme: "hmac-sha256", key, kernel_name: config.spec.name },
      }),
      { mode: 0o600 },
    );
    const connection = join(inside.sockets, "connection.json");
    const plan: LaunchPlan = {
      argv: config.spec.argv.map((word) => word.replaceAll("{connection_file}", connection)),
      env: environment(config, join(inside.sockets, "node.sock"), inside.home),
      home: config.home,
      work: config.work,
      sockets,
      root,
      readOnly: config.readOnly,
      writable: [config.arrays],
      hidden: config.hidden,
      processes: config.processes,
      sandbox: config.sandbox,
    };
    const { command, args, env, cwd } = launch(plan);
    this.#child = spawn(command, [...args], {
      env: { ...env },
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: an interrupt meant for the kernel must not reach the keeper.
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#complaint = (this.#complaint + text).slice(-4000);
      });
    }
    const welcomed = Promise.withResolvers<void>();
    this.#welcome = welcomed.resolve;
    this.#welcomed = welcomed.promise;
    this.client = new JupyterClient(
      { path: join(sockets, "k"), key },
      {
        onIopub: (message) => {
          this.#welcome();
          listener.onIopub(message);
        },
        onStdin: (message) => listener.onStdin(message),
      },
    );
    this.ended = new Promise((resolve) => {
      this.#child.once("error", (cause) => resolve(`The kernel could not be started: ${cause.message}.`));
      this.#child.once("exit", (code, signal) => resolve(this.#ending(code, signal)));
    });
    void this.ended.then(() => this.client.close());
  }

  /** Pid of the outermost process; 0 when it never started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until it answers and iopub is heard. @returns undefined when it ended first */
  async ready(): Promise<KernelInfo | undefined> {
    const over = this.ended.then(() => undefined);
    const asked = (async () => {
      let info = await this.client.ask("shell", { type: "kernel_info_request", content: {} });
      // A subscription takes a moment: until something was heard, what a cell prints could be missed.
      for (let heard = false; !heard && info; ) {
        heard = await Promise.race([this.#welcomed.then(() => true), sleep(100).then(() => false)]);
        if (!heard) info = await this.client.ask("shell", { type: "kernel_info_request", content: {} });
      }
      await Promise.race([this.client.asking, sleep(CONNECT_MS)]);
      return info;
    })();
    const info = await Promise.race([asked, over]);
    if (!info) return undefined;
    const { language_info, supported_features } = info.content as {
      language_info?: { name?: unknown };
      supported_features?: unknown;
    };
    const subshells = Array.isArray(supported_features) && supported_features.includes("kernel subshells");
    if (subshells) {
      const reply = await Promise.race([
        this.client.ask("control", { type: "create_subshell_request", content: {} }, 5000),
        over,
      ]);
      const id = reply?.content.subshell_id;
      if (typeof id === "string") this.subshell = id;
    }
    return { language: String(language_info?.name ?? ""), subshells: this.subshell !== undefined };
  }

  /** Asks the running cell to stop. */
  async interrupt(): Promise<void> {
    if (this.#config.spec.interrupt === "message") {
      await this.client.ask("control", { type: "interrupt_request", content: {} }, 5000);
      return;
    }
    const pid = this.kernelPid();
    if (pid > 0) process.kill(pid, "SIGINT");
  }

  /** The kernel itself, below the programs that made its namespaces: unshare, the first process, the kernel. */
  kernelPid(): number {
    let pid = this.pid;
    if (!this.#config.sandbox) return pid;
    for (let depth = 0; depth < 2; depth++) pid = childrenOf(pid)[0] ?? 0;
    return pid;
  }

  /** Ends it: politely, then by force. */
  async stop(restart: boolean): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.pid === 0) return;
    const polite = this.client.ask("control", { type: "shutdown_request", content: { restart } }, 2000);
    await Promise.race([this.ended, polite.then(() => sleep(500))]);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.kill();
    await this.ended;
  }

  kill(): void {
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  #ending(code: number | null, signal: string | null): string {
    const killed = signal ?? (code !== null && code > 128 ? `signal ${code - 128}` : undefined);
    const nine = killed === "SIGKILL" || killed === "signal 9";
    if (nine) return "The kernel was killed (SIGKILL): perhaps the machine had no memory left.";
    if (killed) return `The kernel crashed (${killed}).`;
    const last = this.#complaint.trim().split("\n").at(-1) ?? "";
    return `The kernel ended${code ? ` with code ${code}` : ""}${last ? `: ${last}` : "."}`;
  }
}

/** Nothing of the node's own environment but what says how to talk and where programs are. */
function environment(config: KeeperConfig, socket: string, home: string): Record<string, string> {
  const env: Record<string, string> = {
    LANG: process.env.LANG ?? "C.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    EYEPIECE_NODE_SOCKET: socket,
    EYEPIECE_ARRAYS: config.arrays,
    EYEPIECE_NOTEBOOK: config.notebook,
    // Environments cannot be changed from here: what a person installs lies in the notebook's own folder.
    PIP_TARGET: join(home, "packages"),
    PYTHONPATH: join(home, "packages"),
    PYTHONUNBUFFERED: "1",
    PYDEVD_DISABLE_FILE_VALIDATION: "1",
    MPLBACKEND: "module://matplotlib_inline.backend_inline",
    PIP_ROOT_USER_ACTION: "ignore",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
  };
  for (const name of [
    "TZ",
    "LC_ALL",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "CUDA_VISIBLE_DEVICES",
    "LD_LIBRARY_PATH",
    "REQUESTS_CA_BUNDLE",
  ]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...config.spec.env };
}
