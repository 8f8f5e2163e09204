/** The cluster as the node knows it: started when a run first needs it, looked after, ended when nobody has. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Environments } from "../../kernels/environment/environments.ts";
import { GatewayError } from "../agent/errors.ts";
import { Line } from "../agent/line.ts";
import type { ClusterOptions, ClusterState, ClusterStatus, ServeListener } from "./cluster-options.ts";
import { type LeaseListener, LeaseTable } from "./lease-table.ts";
import { ClusterMessage, type Granted, type Machine } from "./messages.ts";
import type { Wanted } from "./options.ts";
import { clusterOrder, type NetworkFacts, networkOf, raySockets } from "./order.ts";

/** The program's name for the agent. */
const PROGRAM = "ray";
const ENVIRONMENT = "eyepiece-ray";
/** On a busy machine a head takes most of a minute. */
const START_MS = 180_000;
/** Heads that died one after the other before it is left until somebody asks again. */
const MAX_DEATHS = 3;

/** One cluster. */
export class RayCluster {
  readonly #options: ClusterOptions;
  readonly #environments: Environments;
  readonly leases = new LeaseTable({
    send: (message) => this.send(message),
    onCount: () => this.#rest(),
  });
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
  /** Told of services; set by who has them. */
  serve: ServeListener | undefined;

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
    const { granted, size } = this.leases;
    return {
      ...{ state: this.#state, message: preparing ?? this.#message },
      ...{ version: this.#version, address: this.#address },
      network: this.#network ? (this.#network.own ? "own" : "shared") : null,
      network_reason: this.#network?.reason ?? "",
      ...{ machines: this.#machines, leases: granted, waiting: size - granted },
      deaths: this.#deaths,
    };
  }

  /** Whether its GPUs are those of this node, by the ledger. */
  get own(): boolean {
    return this.#asked === "";
  }

  /** Path of a socket that leads into the cluster's network; there is a cluster. */
  socket(name: "dashboard" | `serve-${string}`): string {
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
   * Waits for what a run asks for, with a cluster that is started for it.
   * @param note comes back with the lease, to a node after this one, too
   * @throws GatewayError where it cannot be had
   */
  lease(fid: string, wanted: Wanted, note: string, listener: LeaseListener): Promise<Granted> {
    const granted = this.leases.add(fid, wanted, note, listener);
    if (this.#state === "running") this.leases.ask(fid);
    this.start().catch((cause: unknown) =>
      this.leases.lose(fid, cause instanceof Error ? cause.message : String(cause)),
    );
    if (this.#state !== "running")
      listener.onWaits("Waits for Ray, which is started when it is first needed.");
    return granted;
  }

  /** To the program that has it; nothing where it is away. */
  send(message: Readonly<Record<string, unknown>>): void {
    this.#line?.send(message);
  }

  /** Why services cannot have replicas on this machine, empty where they can: nothing but a network of its own keeps their ports from others. */
  async refusesReplicas(): Promise<string> {
    if (!this.own) return "";
    const { gateway, network } = this.#options;
    const { own, reason } = await networkOf(await gateway.environment(), network);
    return own ? "" : reason;
  }

  /** The program stays with the agent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#line?.close();
    this.#environments.close();
  }

  get #sockets(): string {
    return raySockets(this.#options.gateway.runtime);
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
    if (message.type === "hello") {
      this.leases.greet(message.leases);
      this.serve?.onHello(message.apps, message.replicas);
    } else if (message.type === "machines") this.#machines = message.machines;
    else if (message.type === "agents") this.#options.gateway.machines.set(message.agents, this.#sockets);
    else if (message.type === "ready") {
      this.#version = message.version;
      this.#address = message.address;
      this.#machines = message.machines;
      this.#inARow = 0;
      this.#tell("running", "");
      this.leases.askAll();
      this.serve?.onReady();
      this.#ready?.resolve();
      this.#rest();
    } else if (message.type === "apps") this.serve?.onApps(message.apps);
    else if (message.type === "replica") this.serve?.onReplica(message);
    else if (message.type === "unhoused") this.serve?.onUnhoused(message.id);
    else this.leases.hear(message);
  }

  /** The program is over, by whatever hand: what was granted is lost, who waits waits for the next one. */
  #died(said: string): void {
    if (this.#closed) return;
    const before = this.#state;
    const why = said.split("\n").at(-1) || "Ray has ended.";
    this.#line?.close();
    this.#line = undefined;
    this.#machines = [];
    this.#options.gateway.machines.set([], "", this.#stopping ? "" : why);
    this.#version = this.#address = null;
    const asked = this.#stopping !== undefined;
    this.#stopping?.resolve();
    this.#stopping = undefined;
    this.#tell(asked ? "off" : "failed", asked ? "" : why);
    this.#ready?.reject(new GatewayError(why));
    this.#up = undefined;
    const told = asked ? "Ray was stopped." : `Ray has died: ${why}`;
    this.leases.loseAll(told, asked ? "all" : "granted");
    this.serve?.onDied(told, asked);
    if (asked) return;
    this.#deaths += 1;
    this.#inARow += 1;
    this.#options.log(`ray: ${why}`);
    const wanted = this.leases.size > 0 || this.#keepers.size > 0;
    // One that fails while it starts is tried again by who asks next; one that ran comes back by itself.
    if (before === "running" && wanted && this.#inARow < MAX_DEATHS) this.start().catch(() => {});
    else this.leases.loseAll(why, "all");
  }

  /** Begins, or stops, to count the time without anybody. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#state !== "running" || this.leases.size > 0 || this.#keepers.size > 0 || this.#closed) return;
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
