/** How the hosts of services are started on this machine: one that answers for forms, and one for each person's runs. */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../kernels/environment/environments.ts";
import { insidePaths, type LaunchPlan, launch } from "../../launcher/plan.ts";
import { sandboxed } from "../../launcher/probe.ts";
import { SOURCES } from "../agent/agent-process.ts";
import type { Gateway, HostOrder } from "../agent/gateway.ts";
import type { Bootstrap } from "./bootstrap.ts";
import type { Expose } from "./exposes.ts";

/** How long a person's host stays without a run. */
const IDLE_MS = 10 * 60_000;
/** Hosts for runs, of all people together; the one that has rested longest goes first. */
const MAX_HOSTS = 24;
const PROCESSES = 2048;
const LOOK_MS = 60_000;

/** Where a run works: as it sees it, and as this machine does. */
export interface RunPlace {
  readonly host: string;
  readonly inside: string;
  readonly outside: string;
  /** The host is this run's alone. */
  readonly once?: boolean;
}

/** A run that has a host of its own, which imports nothing before the run does. */
export interface OwnHost {
  readonly fid: string;
  /** Beside what the service's settings say. */
  readonly env: Readonly<Record<string, string>>;
  /** Where modules are looked for first. */
  readonly folder: string | undefined;
}

/** The hosts of a node. */
export class Hosts {
  readonly #gateway: Gateway;
  readonly #folder: string;
  readonly #hidden: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  /** When hosts for runs were last wanted, by name. */
  readonly #used = new Map<string, number>();
  readonly #clock: NodeJS.Timeout;

  /** @param folder `<home>/flows/hosts`; @param hidden what no service may see; @param env settings that all of them read */
  constructor(
    gateway: Gateway,
    folder: string,
    hidden: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) {
    this.#gateway = gateway;
    this.#folder = folder;
    this.#hidden = hidden;
    this.#env = env;
    this.#clock = setInterval(() => this.#retire(), LOOK_MS).unref();
  }

  /** What rests is left to the agent. */
  close(): void {
    clearInterval(this.#clock);
  }

  /** Has the host that answers for a service's forms. @returns its socket @throws GatewayError with what the service said */
  async forms(expose: Expose, bootstrap: Bootstrap): Promise<string> {
    const name = hostName("forms", expose, "");
    await this.#gateway.start();
    const sockets = join(this.#gateway.runtime, short(name));
    const socket = join(sockets, "http.sock");
    const environment = await this.#gateway.environment();
    const sandbox = (await sandboxed()).works;
    await this.#gateway.ensureHost(name, () => {
      rmSync(socket, { force: true });
      return this.#order(name, environment, bootstrap, sockets, sandbox, true);
    });
    return socket;
  }

  /** Has the host of one person's runs of a service. */
  async runs(expose: Expose, bootstrap: Bootstrap, user: string): Promise<RunPlace> {
    const name = hostName("runs", expose, user);
    await this.#gateway.start();
    const environment = await this.#gateway.environment();
    const sandbox = (await sandboxed()).works;
    const sockets = join(this.#gateway.runtime, short(name));
    await this.#gateway.ensureHost(name, () =>
      this.#order(name, environment, bootstrap, sockets, sandbox, false),
    );
    this.#used.set(name, Date.now());
    this.#retire();
    const run = randomBytes(8).toString("hex");
    const folders = this.#folders(name, sockets, sandbox);
    return { host: name, inside: join(folders.inside, run), outside: join(folders.work, run) };
  }

  /** Has a host for one run, which ends with it. */
  async own(expose: Expose, bootstrap: Bootstrap, own: OwnHost): Promise<RunPlace> {
    const name = hostName("own", expose, own.fid);
    await this.#gateway.start();
    const environment = await this.#gateway.environment();
    const sandbox = (await sandboxed()).works;
    const sockets = join(this.#gateway.runtime, short(name));
    await this.#gateway.ensureHost(name, () =>
      this.#order(name, environment, bootstrap, sockets, sandbox, false, own),
    );
    const { inside, home } = this.#folders(name, sockets, sandbox);
    // All of its folder goes with the run.
    return { host: name, inside: join(inside, "run"), outside: dirname(home), once: true };
  }

  /** The service has changed, or is gone: its hosts go, those of runs when the runs are over. @returns the socket of its forms */
  forget(expose: Expose): string {
    const forms = hostName("forms", expose, "");
    this.#gateway.endHost(forms);
    const runs = [...this.#used.keys()].filter((name) => name.startsWith(hostName("runs", expose, "")));
    for (const name of runs) {
      this.#used.delete(name);
      this.#gateway.endHost(name);
    }
    return join(this.#gateway.runtime, short(forms), "http.sock");
  }

  /** A host in which a run goes on is kept by the agent, whatever it is told. */
  #retire(): void {
    const idle = [...this.#used].sort(([, a], [, b]) => a - b);
    let over = this.#used.size - MAX_HOSTS;
    for (const [name, used] of idle) {
      if (over <= 0 && Date.now() - used < IDLE_MS) break;
      over -= 1;
      this.#used.delete(name);
      this.#gateway.endHost(name);
    }
  }

  #folders(name: string, sockets: string, sandbox: boolean) {
    const folder = join(this.#folder, short(name));
    const [home, work, root] = ["home", "work", "root"].map((one) => join(folder, one)) as [
      string,
      string,
      string,
    ];
    return { home, work, root, inside: insidePaths({ home, work, sockets, sandbox }).work };
  }

  #order(
    host: string,
    environment: Environment,
    bootstrap: Bootstrap,
    sockets: string,
    sandbox: boolean,
    forms: boolean,
    own?: OwnHost,
  ): HostOrder {
    const { home, work, root } = this.#folders(host, sockets, sandbox);
    for (const folder of [home, work, root, sockets]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const http = join(insidePaths({ home, work, sockets, sandbox }).sockets, "http.sock");
    const folders = own?.folder ? [own.folder, bootstrap.folder] : [bootstrap.folder];
    const plan: LaunchPlan = {
      argv: [environment.python, "-m", "eyepiece_flows.host", bootstrap.importPath],
      env: {
        ...this.#env,
        ...bootstrap.env,
        // GPUs are the ledger's to give: a run that asks for one has them here.
        CUDA_VISIBLE_DEVICES: "",
        ...own?.env,
        PYTHONPATH: [SOURCES, ...folders].join(":"),
        PYTHONDONTWRITEBYTECODE: "1",
        LANG: "C.UTF-8",
        EYEPIECE_FLOWS_CONTROL: "{control}",
        EYEPIECE_FLOWS_HTTP: forms ? http : "",
        EYEPIECE_FLOWS_LATE: own ? "1" : "",
      },
      ...{ home, work, sockets, root, sandbox },
      readOnly: [environment.folder, ...environment.needs, SOURCES, ...folders],
      writable: [],
      hidden: this.#hidden,
      processes: PROCESSES,
    };
    const { command, args, env, cwd } = launch(plan);
    return { host, argv: [command, ...args], env, cwd };
  }
}

/** A host's name holds the service's etag: what was changed is another host. */
function hostName(kind: "forms" | "runs" | "own", { name, etag }: Expose, user: string): string {
  return [kind, name, etag, user].join(":");
}

/** For folders: sockets' addresses are short. */
function short(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 12);
}
