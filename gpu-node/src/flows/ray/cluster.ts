/** The cluster as the node knows it: started when a run first needs it, looked after, ended when nobody has. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Environments } from "../../kernels/environment/environments.ts";
import { GatewayError } from "../agent/errors.ts";
import type { Gateway } from "../agent/gateway.ts";
import { Line } from "../agent/line.ts";
import { ClusterMessage, type Granted, type Machine } from "./messages.ts";
import type { Wanted } from "./options.ts";
import { clusterOrder, type HeadRoom, type NetworkFacts, networkOf } from "./order.ts";

/** The program's name for the agent. */
const PROGRAM = "ray";
const ENVIRONMENT = "eyepiece-ray";
/** On a busy machine a head takes most of a minute. */
const START_MS = 180_000;
/** Heads that died one after the other before it is left until somebody asks again. */
const MAX_DEATHS = 3;

export type ClusterState = "off" | "preparing" | "starting" | "running" | "failed";

/** What the cluster stands on. */
export interface ClusterOptions {
  readonly gateway: Gateway;
  /** `<home>/flows/ray` */
  readonly folder: string;
  /** Folder of the Python environments. */
  readonly environments: string;
  readonly hidden: readonly string[];
  /** Of a cluster that is there; empty for one of the node's own. */
  readonly address: string;
  /** "own" where it can be had, or "shared". */
  readonly network: string;
  readonly room: HeadRoom;
  /** How long it stays when nobody has a lease. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

/** How it is, for people. */
export interface ClusterStatus {
  readonly state: ClusterState;
  /** What is being done, or what is wrong. */
  readonly message: string;
  /** Of Ray; null while none runs. */
  readonly version: string | null;
  readonly address: string | null;
  readonly network: "own" | "shared" | null;
  /** Why there is no network of its own, and with it no Ray Serve. */
  readonly network_reason: string;
  readonly machines: readonly Machine[];
  readonly leases: number;
  readonly waiting: number;
  /** Heads of this node that have died since it started. */
  readonly deaths: number;
}

interface Lease {
  readonly wanted: Wanted;
  readonly note: string;
  readonly onWaits: (why: string) => void;
  readonly onLost: (why: string) => void;
  readonly resolve: (granted: Granted) => void;
  readonly reject: (cause: Error) => void;
  granted?: Granted;
}

/** One cluster. */
export class RayCluster {
  readonly #options: ClusterOptions;
  readonly #environments: Environments;
  readonly #leases = new Map<string, Lease>();
  /** Reasons to stay although nobody has a lease. */
  readonly #keepers = new Set<string>();
  #state: ClusterState = "off";
  #message = "";
  #version: string | null = null;
  #address: string | null = null;
  #network: NetworkFacts | undefined;
  #machines: readonly Machine[] = [];
  #line: Line<ClusterMessage> | undefined;
  #up: Promise<void> | undefined;
  #ready: ReturnType<typeof Promise.withResolvers<void>> | undefined;
  #deaths = 0;
  #inARow = 0;
  /** It is ended by wish; done when it has. */
  #stopping: ReturnType<typeof Promise.withResolvers<void>> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #asked: string;
  #closed = false;
  /** Asked for leases that are held and that this node has not given: those of a node before it. */
  onHeld: (granted: Granted) => boolean = () => false;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#asked = options.address;
    this.#environments = new Environments(options.environments);
    options.gateway.onProgramEnd = (name, said) => {
      if (name === PROGRAM) this.#died(said);
    };
  }

  get status(): ClusterStatus {
    const preparing = this.#environments.progress(ENVIRONMENT)?.message;
    const granted = [...this.#leases.values()].filter((lease) => lease.granted).length;
    return {
      ...{ state: this.#state, message: preparing ?? this.#message },
      ...{ version: this.#version, address: this.#address },
      network: this.#network ? (this.#network.own ? "own" : "shared") : null,
      network_reason: this.#network?.reason ?? "",
      ...{ machines: this.#machines, leases: granted, waiting: this.#leases.size - granted },
      deaths: this.#deaths,
    };
  }

  /** Whether its GPUs are those of this node, by the ledger. */
  get own(): boolean {
    return this.#asked === "";
  }

  /** Path of a socket that leads into the cluster's network; there is a cluster. */
  socket(name: "dashboard"): string {
    return join(this.#sockets, `${name}.sock`);
  }

  /** The agent that was found again has the program of a node before this one. */
  async recover(): Promise<void> {
    if (this.#options.gateway.hasProgram(PROGRAM)) await this.start();
    else this.#options.gateway.machines.lost();
  }

  /** Joins a cluster that was there before, without waiting for it: its other machines take runs, too. */
  join(): void {
    if (this.own) return;
    if (this.#state === "running") this.#rest();
    else
      this.start().catch(() => {
        // Its state tells; runs stay on this machine.
      });
  }

  /** Has a cluster, started where there is none. @throws GatewayError, EnvironmentError */
  start(address = this.#asked): Promise<void> {
    if (this.#state === "off" || this.#state === "failed") this.#asked = address;
    else if (address !== this.#asked)
      return Promise.reject(new GatewayError("Ray runs already: stop it first to use another cluster."));
    this.#up ??= this.#start().catch((cause: unknown) => {
      this.#up = undefined;
      if (this.#state !== "off") this.#tell("failed", cause instanceof Error ? cause.message : String(cause));
      throw cause;
    });
    return this.#up;
  }

  /** Ends it; runs that have leases end as errors. A cluster that was there before goes on. */
  async stop(): Promise<void> {
    if (!this.#options.gateway.hasProgram(PROGRAM)) return;
    this.#stopping ??= Promise.withResolvers<void>();
    this.#options.gateway.endProgram(PROGRAM);
    await this.#stopping.promise;
  }

  /** Stays although nobody has a lease, until the same word is let go of. */
  keep(why: string): void {
    this.#keepers.add(why);
    this.#rest();
  }

  letGo(why: string): void {
    this.#keepers.delete(why);
    this.#rest();
  }

  /**
   * Waits for what a run asks for.
   * @param note comes back with the lease, to a node after this one, too; @param onWaits told what it waits for; @param onLost told once, when a lease that was granted is lost
   * @throws GatewayError where it cannot be had
   */
  async lease(
    fid: string,
    wanted: Wanted,
    note: string,
    onWaits: (why: string) => void,
    onLost: (why: string) => void,
  ): Promise<Granted> {
    const { promise, resolve, reject } = Promise.withResolvers<Granted>();
    this.#leases.set(fid, { wanted, note, onWaits, onLost, resolve, reject });
    this.#rest();
    this.#ask(fid);
    this.start().catch((cause: unknown) =>
      this.#lost(fid, cause instanceof Error ? cause.message : String(cause)),
    );
    if (this.#state !== "running") onWaits("Waits for Ray, which is started when it is first needed.");
    return promise;
  }

  /** A lease of a node before this one goes on. */
  adopt(granted: Granted, onLost: (why: string) => void): void {
    const none = () => {};
    const wanted = { cpus: 0, gpus: 0, memory: 0, resources: {} };
    const { fid, note } = granted;
    this.#leases.set(fid, { wanted, note, onWaits: none, onLost, resolve: none, reject: none, granted });
    this.#rest();
  }

  /** Gives back what a run has, or waits for. Twice does no harm. */
  release(fid: string): void {
    if (!this.#leases.delete(fid)) return;
    this.#line?.send({ type: "release", fid });
    this.#rest();
  }

  /** The program stays with the agent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#line?.close();
    this.#environments.close();
  }

  get #sockets(): string {
    return join(this.#options.gateway.runtime, "ray");
  }

  async #start(): Promise<void> {
    const { gateway, folder, hidden, network, room } = this.#options;
    this.#tell("preparing", "Preparing Ray");
    await gateway.start();
    const environment = await this.#environments.ensure(ENVIRONMENT);
    this.#network = await networkOf(environment, network);
    mkdirSync(this.#sockets, { recursive: true, mode: 0o700 });
    const ready = Promise.withResolvers<void>();
    this.#ready = ready;
    this.#tell("starting", "Starting Ray");
    if (!gateway.hasProgram(PROGRAM)) {
      const folders = { folder, sockets: this.#sockets };
      const order = await clusterOrder(folders, environment, this.#asked, room, this.#network, hidden);
      await this.#listen();
      gateway.startProgram(PROGRAM, order);
    } else await this.#listen();
    const late = setTimeout(() => {
      ready.reject(new GatewayError(`Ray did not start within ${START_MS / 1000} s.`));
      gateway.endProgram(PROGRAM);
    }, START_MS);
    await ready.promise.finally(() => clearTimeout(late));
  }

  async #listen(): Promise<void> {
    this.#line?.close();
    this.#line = new Line(ClusterMessage, {
      onMessage: (message) => this.#hear(message),
      onFailure: (cause) => this.#options.log(`ray: ${cause instanceof Error ? cause.stack : String(cause)}`),
      // Its process is the agent's to watch; while it lives, it dials again.
      onBroken: () => {},
    });
    await this.#line.listen(join(this.#sockets, "line.sock"));
  }

  #hear(message: ClusterMessage): void {
    if (this.#closed) return;
    if (message.type === "hello") this.#greet(message.leases);
    else if (message.type === "machines") this.#machines = message.machines;
    else if (message.type === "agents") this.#options.gateway.machines.set(message.agents, this.#sockets);
    else if (message.type === "ready") {
      this.#version = message.version;
      this.#address = message.address;
      this.#machines = message.machines;
      this.#inARow = 0;
      this.#tell("running", "");
      for (const [fid, { granted }] of this.#leases) if (!granted) this.#ask(fid);
      this.#ready?.resolve();
      this.#rest();
    } else if (message.type === "waits") this.#leases.get(message.fid)?.onWaits(message.why);
    else if (message.type === "granted") {
      const lease = this.#leases.get(message.fid);
      // Called off meanwhile.
      if (!lease) this.#line?.send({ type: "release", fid: message.fid });
      else if (!lease.granted) {
        lease.granted = message;
        lease.resolve(message);
      }
    } else this.#lost(message.fid, message.why);
  }

  #greet(held: readonly Granted[]): void {
    for (const granted of held) {
      const known = this.#leases.get(granted.fid);
      if (known && !known.granted) {
        known.granted = granted;
        known.resolve(granted);
      } else if (!known && !this.onHeld(granted)) this.#line?.send({ type: "release", fid: granted.fid });
    }
    const there = new Set(held.map(({ fid }) => fid));
    for (const [fid, { granted }] of this.#leases)
      if (granted && !there.has(fid)) this.#lost(fid, "The run's lease was lost.");
  }

  #ask(fid: string): void {
    const lease = this.#leases.get(fid);
    if (lease && this.#state === "running")
      this.#line?.send({ type: "lease", fid, ...lease.wanted, note: lease.note });
  }

  #lost(fid: string, why: string): void {
    const lease = this.#leases.get(fid);
    if (!lease) return;
    this.#leases.delete(fid);
    this.#rest();
    if (lease.granted) lease.onLost(why);
    else lease.reject(new GatewayError(why));
  }

  /** The program is over, by whatever hand: what was granted is lost, who waits waits for the next one. */
  #died(said: string): void {
    if (this.#closed) return;
    const before = this.#state;
    const why = said.split("\n").at(-1) || "Ray has ended.";
    this.#line?.close();
    this.#line = undefined;
    this.#machines = [];
    this.#options.gateway.machines.set([], "");
    this.#version = this.#address = null;
    const asked = this.#stopping !== undefined;
    this.#stopping?.resolve();
    this.#stopping = undefined;
    this.#tell(asked ? "off" : "failed", asked ? "" : why);
    this.#ready?.reject(new GatewayError(why));
    this.#up = undefined;
    for (const [fid, { granted }] of [...this.#leases])
      if (granted || asked) this.#lost(fid, asked ? "Ray was stopped." : `Ray has died: ${why}`);
    if (asked) return;
    this.#deaths += 1;
    this.#inARow += 1;
    this.#options.log(`ray: ${why}`);
    const wanted = this.#leases.size > 0 || this.#keepers.size > 0;
    // One that fails while it starts is tried again by who asks next; one that ran comes back by itself.
    if (before === "running" && wanted && this.#inARow < MAX_DEATHS) this.start().catch(() => {});
    else for (const fid of [...this.#leases.keys()]) this.#lost(fid, why);
  }

  /** Begins, or stops, to count the time without anybody. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#state !== "running" || this.#leases.size > 0 || this.#keepers.size > 0 || this.#closed) return;
    this.#idle = setTimeout(() => {
      if (this.#options.gateway.machines.busy) this.#rest();
      else void this.stop();
    }, this.#options.idleMs).unref();
  }

  #tell(state: ClusterState, message: string): void {
    this.#state = state;
    this.#message = message;
  }
}
