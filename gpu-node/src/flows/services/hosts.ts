/** The hosts of services: one that answers for forms, and one for each person's runs, on the machine with most room. */
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { sandboxed } from "../../launcher/probe.ts";
import { SOURCES } from "../agent/agent-process.ts";
import { GatewayError } from "../agent/errors.ts";
import type { Gateway } from "../agent/gateway.ts";
import type { OtherMachine } from "../agent/machines.ts";
import { ship } from "../agent/shipping.ts";
import { raySockets } from "../ray/order.ts";
import type { Bootstrap } from "./bootstrap.ts";
import type { Expose } from "./exposes.ts";
import { foldersOf, type Ground, type HostWish, hostName, hostOrder, socketOf } from "./host-order.ts";
import { PackageEnvironments, type Progress, packagesThere } from "./packages.ts";

/** How long a person's host stays without a run. */
const IDLE_MS = 10 * 60_000;
/** Hosts for runs, of all people together; the one that has rested longest goes first. */
const MAX_HOSTS = 24;
const LOOK_MS = 60_000;
/** Before a machine on which a host could not be had is tried again for it. */
const REFUSED_MS = 5 * 60_000;

/** Where a run works: as it sees it, and as this machine does. */
export interface RunPlace {
  readonly host: string;
  readonly inside: string;
  readonly outside: string;
  /** The host is this run's alone. */
  readonly once?: boolean;
  /** Ray's name of another machine; left out for this one. */
  readonly machine?: string;
}

/** A run that has a host of its own, which imports nothing before the run does. */
export interface OwnHost {
  readonly fid: string;
  /** Beside what the service's settings say. */
  readonly env: Readonly<Record<string, string>>;
  /** Where modules are looked for first. */
  readonly folder: string | undefined;
  /** Beside the service's. */
  readonly packages: readonly string[];
}

/** Tells what a run waits for. */
export type Say = (message: string) => void;

/** What hosts stand on. */
interface HostsOptions {
  readonly gateway: Gateway;
  /** Folder of the Python environments. */
  readonly environments: string;
  /** `<home>/flows/hosts` */
  readonly folder: string;
  /** What no service may see. */
  readonly hidden: readonly string[];
  /** Settings that all services read. */
  readonly env: Readonly<Record<string, string>>;
  /** Of this machine, against which others' are weighed. */
  readonly cpus: number;
  readonly log: (line: string) => void;
}

/** The hosts of a node. */
export class Hosts {
  readonly #options: HostsOptions;
  readonly #gateway: Gateway;
  readonly #packages: PackageEnvironments;
  /** Hosts of replicas, by the replicas' names. */
  readonly #replicas = new Map<string, { readonly host: string; readonly folders: readonly string[] }>();
  /** When hosts for runs were last wanted, by name. */
  readonly #used = new Map<string, number>();
  /** Hosts that could not be had on a machine, by both names: until when that is not tried again. */
  readonly #refused = new Map<string, number>();
  readonly #clock: NodeJS.Timeout;

  constructor(options: HostsOptions) {
    this.#options = options;
    this.#gateway = options.gateway;
    this.#packages = new PackageEnvironments(options.environments);
    this.#clock = setInterval(() => this.#retire(), LOOK_MS).unref();
  }

  /** What rests is left to the agent. */
  close(): void {
    clearInterval(this.#clock);
    this.#packages.close();
  }

  /** What is made for services that ask for packages, and how far it is. */
  get progress(): Progress | undefined {
    return this.#packages.progress;
  }

  /** Has the host that answers for a service's forms. @returns its socket @throws GatewayError with what the service said */
  async forms(expose: Expose, bootstrap: Bootstrap): Promise<string> {
    const host = hostName("forms", expose, "");
    const ground = await this.#here(bootstrap);
    const socket = socketOf(ground.runtime, host);
    await this.#ensure(ground, this.#wish(host, "forms", bootstrap), () => rmSync(socket, { force: true }));
    return socket;
  }

  /** Has the packages that a service asks for, which may take minutes. @throws GatewayError */
  async prepare(bootstrap: Bootstrap, say: Say): Promise<void> {
    await this.#here(bootstrap, [], say);
  }

  /** Has the host that answers for the forms of one replica. @returns its socket, below those of Ray @throws GatewayError with what the service said */
  async replica(expose: Expose, bootstrap: Bootstrap, id: string): Promise<string> {
    const host = hostName("replica", expose, id);
    const here = await this.#here(bootstrap);
    const sockets = raySockets(here.runtime);
    const ground = { ...here, runtime: join(sockets, "replicas") };
    const socket = socketOf(ground.runtime, host);
    const { home } = foldersOf(ground, host);
    this.#replicas.set(id, { host, folders: [dirname(home), dirname(socket)] });
    await this.#ensure(ground, this.#wish(host, "forms", bootstrap), () => {
      if (!this.#replicas.has(id)) throw new GatewayError("The replica has ended.");
    });
    return relative(sockets, socket);
  }

  /** A replica is no more, and with it its host. */
  endReplica(id: string): void {
    const there = this.#replicas.get(id);
    if (!there) return;
    this.#replicas.delete(id);
    this.#gateway.endHost(there.host);
    for (const folder of there.folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** All replicas that there are: hosts of others go, those of a node before this one, too. */
  keepReplicas(ids: readonly string[]): void {
    const there = new Set(ids);
    for (const id of [...this.#replicas.keys()]) if (!there.has(id)) this.endReplica(id);
    for (const host of this.#gateway.hosts)
      if (host.startsWith("replica:") && !there.has(host.split(":").at(-1) ?? ""))
        this.#gateway.endHost(host);
  }

  /** Has the host of one person's runs of a service, where there is most room for one more. */
  async runs(expose: Expose, bootstrap: Bootstrap, user: string, fid: string, say: Say): Promise<RunPlace> {
    const host = hostName("runs", expose, user);
    const machine = this.#gateway.machines.choose(fid, this.#options.cpus);
    const wish = this.#wish(host, "runs", bootstrap);
    const elsewhere = machine && (await this.#elsewhere(machine, wish, bootstrap, say));
    const ground = elsewhere ?? (await this.#here(bootstrap, [], say));
    if (!elsewhere) {
      this.#gateway.machines.count(fid, "");
      await this.#ensure(ground, wish);
    }
    this.#used.set(host, Date.now());
    this.#retire();
    const run = randomBytes(8).toString("hex");
    const { inside, work } = foldersOf(ground, host);
    const place = { host, inside: join(inside, run), outside: join(work, run) };
    return elsewhere && machine ? { ...place, machine: machine.id } : place;
  }

  /** Has a host for one run, which ends with it. */
  async own(expose: Expose, bootstrap: Bootstrap, own: OwnHost, say: Say): Promise<RunPlace> {
    const host = hostName("own", expose, own.fid);
    const ground = await this.#here(bootstrap, own.packages, say);
    await this.#ensure(ground, this.#wish(host, "late", bootstrap, own));
    const { inside, home } = foldersOf(ground, host);
    // All of its folder goes with the run.
    return { host, inside: join(inside, "run"), outside: dirname(home), once: true };
  }

  /** The service has changed, or is gone: its hosts go, those of runs when the runs are over. @returns the socket of its forms */
  forget(expose: Expose): string {
    const forms = hostName("forms", expose, "");
    this.#gateway.endHost(forms, { changed: true });
    const runs = [...this.#used.keys()].filter((name) => name.startsWith(hostName("runs", expose, "")));
    for (const name of runs) {
      this.#used.delete(name);
      this.#gateway.endHost(name, { changed: true });
    }
    return socketOf(this.#gateway.runtime, forms);
  }

  /** A host in which a run goes on is kept by the agent. */
  #retire(): void {
    for (const [pair, until] of this.#refused) if (until < Date.now()) this.#refused.delete(pair);
    const idle = [...this.#used].sort(([, a], [, b]) => a - b);
    let over = this.#used.size - MAX_HOSTS;
    for (const [name, used] of idle) {
      if (over <= 0 && Date.now() - used < IDLE_MS) break;
      over -= 1;
      this.#used.delete(name);
      this.#gateway.endHost(name);
    }
  }

  async #here(bootstrap: Bootstrap, more: readonly string[] = [], say: Say = () => {}): Promise<Ground> {
    await this.#gateway.start();
    const { folder, hidden } = this.#options;
    const [base, { works }] = await Promise.all([this.#gateway.environment(), sandboxed()]);
    const packages = [...new Set([...bootstrap.packages, ...more])];
    const environment =
      packages.length === 0 ? base : await this.#packages.ensure(base, packages, bootstrap.folder, say);
    return {
      ...{ environment, sources: SOURCES, folder, hidden, runtime: this.#gateway.runtime, sandbox: works },
    };
  }

  #wish(host: string, kind: HostWish["kind"], bootstrap: Bootstrap, own?: OwnHost): HostWish {
    return {
      ...{ host, kind, importPath: bootstrap.importPath },
      folders: own?.folder ? [own.folder, bootstrap.folder] : [bootstrap.folder],
      // GPUs are the ledger's to give: a run that asks for one has them here.
      env: { ...this.#options.env, ...bootstrap.env, CUDA_VISIBLE_DEVICES: "", ...own?.env },
    };
  }

  async #ensure(ground: Ground, wish: HostWish, before: () => void = () => {}): Promise<void> {
    await this.#gateway.ensureHost(wish.host, () => {
      const { home, work, root, sockets } = foldersOf(ground, wish.host);
      for (const one of [home, work, root, sockets]) mkdirSync(one, { recursive: true, mode: 0o700 });
      before();
      return hostOrder(ground, wish);
    });
  }

  /** Has a host on another machine, with the service's folder sent there. @returns undefined where it cannot be had: this machine has it then */
  async #elsewhere(
    machine: OtherMachine,
    wish: HostWish,
    { folder, packages }: Bootstrap,
    say: Say,
  ): Promise<Ground | undefined> {
    const { link, place, files, sandbox } = machine;
    const pair = `${machine.id} ${wish.host}`;
    if ((this.#refused.get(pair) ?? 0) > Date.now()) return undefined;
    const environment = { folder: place.environment, python: place.python, needs: place.needs };
    const ground: Ground = {
      ...{ environment, sources: place.sources, runtime: place.runtime, sandbox, hidden: [], files },
      folder: `${place.folder}/hosts`,
    };
    try {
      if (!link.hasHost(wish.host)) {
        const shipped = await ship(link, folder, place.folder);
        if (packages.length > 0)
          say(`Prepares packages on the run's machine: ${packages.join(", ").slice(0, 500)}.`);
        const own = { ...ground, environment: await packagesThere(machine, packages, folder, shipped) };
        await link.ensureHost(wish.host, () => hostOrder(own, { ...wish, folders: [shipped] }));
      }
      return ground;
    } catch (cause) {
      this.#refused.set(pair, Date.now() + REFUSED_MS);
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#options.log(`flows: ${wish.host} stays on this machine: ${why}`);
      return undefined;
    }
  }
}
