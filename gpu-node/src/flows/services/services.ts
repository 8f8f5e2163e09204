/** The services of a node as its rooms use them: found by address, asked, started where they rest. */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GatewayError } from "../agent/errors.ts";
import type { RayCluster } from "../ray/cluster.ts";
import type { RayActorOptions } from "../ray/options.ts";
import { type Replicated, ServeApps } from "../ray/serve.ts";
import { BootstrapError, readBootstrap } from "./bootstrap.ts";
import { type LaunchOrder, orderOf, type ServiceAnswer, type ServiceClient } from "./client.ts";
import type { Expose, Exposes, FlowEntry } from "./exposes.ts";
import type { Hosts, OwnHost, RunPlace, Say } from "./hosts.ts";
import type { Progress } from "./packages.ts";

/** How long a form is asked for again whose replicas are away. */
const AGAIN_MS = 60_000;
const PAUSE_MS = 100;

/** A flow as the catalogue has it. */
export interface Flow extends FlowEntry {
  readonly uid: string;
  /** `/-/service/path` */
  readonly url: string;
  readonly expose: Expose;
}

/** All of them. */
export class Services {
  readonly exposes: Exposes;
  readonly #hosts: Hosts;
  readonly #client: ServiceClient;
  readonly #looking = new Map<string, Promise<void>>();
  /** Those whose forms replicas answer. */
  readonly replicated: ServeApps;

  constructor(exposes: Exposes, hosts: Hosts, client: ServiceClient, cluster: RayCluster) {
    this.exposes = exposes;
    this.#hosts = hosts;
    this.#client = client;
    this.replicated = new ServeApps({
      ...{ cluster, hosts },
      find: (name) => replicatedOf(this.exposes.find(name)),
      onState: (name, state, why) => {
        // What was never found out, or is ended, is not found out by this.
        const before = this.exposes.find(name)?.state;
        if (before === "RUNNING" || before === "UNHEALTHY") this.exposes.found(name, state, why);
      },
    });
  }

  /** Every flow of a service that is switched on, by summary. */
  flows(): Flow[] {
    const all = this.exposes
      .list()
      .filter(({ enabled }) => enabled)
      .flatMap((expose) => expose.flows.map((flow) => toFlow(expose, flow)));
    return all.sort((a, b) => a.summary.localeCompare(b.summary, "en") || (a.url < b.url ? -1 : 1));
  }

  /** The flow of an address below `/-/`, with or without a slash at its end. */
  find(path: string): Flow | undefined {
    const wanted = path.replace(/\/+$/, "");
    return this.flows().find(({ url }) => url.replace(/\/+$/, "") === wanted);
  }

  /** Services that have not been asked for their flows yet. */
  unknown(): Expose[] {
    return this.exposes.list().filter(({ enabled, state }) => enabled && state === "DEAD");
  }

  /** What is made for services that ask for packages, and how far it is. */
  get progress(): Progress | undefined {
    return this.#hosts.progress;
  }

  /** Starts a service and looks what it has; what is wrong is told by its state. */
  look(name: string): Promise<void> {
    const under = this.#looking.get(name);
    if (under) return under;
    const looking = this.#look(name).finally(() => this.#looking.delete(name));
    this.#looking.set(name, looking);
    return looking;
  }

  /** Asks a service. @throws GatewayError with a sentence */
  async ask(
    expose: Expose,
    method: "GET" | "POST",
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<ServiceAnswer> {
    const late = Date.now() + AGAIN_MS;
    for (;;) {
      const socket = await this.#socket(expose);
      try {
        return await this.#client.ask(socket, method, path, headers, body);
      } catch (cause) {
        // The way to replicas ends with Ray, and comes back with it; to look at a form twice does no harm.
        const again = method === "GET" && this.replicated.has(expose.name) && Date.now() < late;
        if (!again) throw cause;
        await sleep(PAUSE_MS);
      }
    }
  }

  /** What the handler of a form has launched. @param told with its answer @throws GatewayError */
  order(expose: Expose, told: unknown): LaunchOrder {
    const order = orderOf(told);
    const folder = order.ray_actor_options?.runtime_env?.working_dir;
    // Which folders of the machine are seen is the operator's to say, not the service's.
    if (folder !== undefined && !isBelow(bootstrapOf(expose).folder, folder))
      throw new GatewayError(
        `The run cannot be started: ray_actor_options.runtime_env.working_dir is outside of the service's folder: ${folder}.`,
      );
    return order;
  }

  /** Where a person's run of a service runs. @throws GatewayError */
  place(expose: Expose, user: string, fid: string, say: Say): Promise<RunPlace> {
    return this.#hosts.runs(expose, bootstrapOf(expose), user, fid, say);
  }

  /** Where one run is that has a host of its own. @throws GatewayError */
  ownPlace(expose: Expose, own: OwnHost, say: Say): Promise<RunPlace> {
    return this.#hosts.own(expose, bootstrapOf(expose), own, say);
  }

  /** Has what answers for a service's forms, as the service is written now. @param say told what it waits for @throws GatewayError with what the service said */
  async deploy(expose: Expose, say: Say): Promise<void> {
    await this.#newest(expose, say);
  }

  /** The flows of a service, by its own word. @throws GatewayError */
  async describe(expose: Expose): Promise<FlowEntry[]> {
    return this.#client.flows(await this.#newest(expose));
  }

  /** What each run of a service asks Ray for. @throws GatewayError */
  rayActorOptions(expose: Expose): RayActorOptions | undefined {
    return bootstrapOf(expose).rayActorOptions;
  }

  /** Its settings or its code have changed: what answers for it is started anew. @param expose as it was; runs go on to their ends */
  changed(expose: Expose): void {
    this.#client.forget(this.#hosts.forget(expose));
    const now = replicatedOf(this.exposes.find(expose.name));
    if (now) this.replicated.changed(now);
    else this.replicated.remove(expose.name);
  }

  /** It rests, or is no more: all that answers for it goes. Runs go on to their ends. */
  stop(expose: Expose): void {
    this.#client.forget(this.#hosts.forget(expose));
    this.replicated.remove(expose.name);
  }

  async #look(name: string): Promise<void> {
    const expose = this.exposes.find(name);
    if (!expose?.bootstrap) return;
    try {
      const flows = await this.describe(expose);
      this.exposes.found(name, "RUNNING", this.replicated.refusal(name), flows);
    } catch (cause) {
      this.exposes.found(name, "UNHEALTHY", cause instanceof Error ? cause.message : String(cause));
    }
  }

  /** Where it answers; where it has replicas, also those of what it was before. */
  async #socket(expose: Expose): Promise<string> {
    const bootstrap = bootstrapOf(expose);
    const replicated = bootstrap.deployment && (await this.replicated.way({ expose, bootstrap }));
    return replicated ?? this.#hosts.forms(expose, bootstrap);
  }

  /** Where it answers as what it is now. */
  async #newest(expose: Expose, say: Say = () => {}): Promise<string> {
    const bootstrap = bootstrapOf(expose);
    const replicated = bootstrap.deployment && (await this.replicated.deploy({ expose, bootstrap }, say));
    return replicated ?? this.#hosts.forms(expose, bootstrap);
  }
}

/** A service that asks for replicas; undefined for any other, and for one that is off or written wrongly. */
function replicatedOf(expose: Expose | undefined): Replicated | undefined {
  if (!expose?.enabled) return undefined;
  try {
    const bootstrap = readBootstrap(expose.bootstrap ?? "");
    return bootstrap.deployment && { expose, bootstrap };
  } catch (cause) {
    if (cause instanceof BootstrapError) return undefined;
    throw cause;
  }
}

/** Whether a folder is, or really lies in, another. */
function isBelow(folder: string, path: string): boolean {
  const way = relative(realpathSync(folder), realpathSync(path));
  return way === "" || !(way.startsWith("..") || isAbsolute(way));
}

function bootstrapOf(expose: Expose) {
  try {
    return readBootstrap(expose.bootstrap ?? "");
  } catch (cause) {
    if (cause instanceof BootstrapError) throw new GatewayError(cause.message);
    throw cause;
  }
}

function toFlow(expose: Expose, flow: FlowEntry): Flow {
  const url = `/-/${expose.name}${flow.path}`;
  return { ...flow, url, uid: createHash("md5").update(url).digest("hex"), expose };
}
