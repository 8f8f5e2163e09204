/** The services of a node as its rooms use them: found by address, asked, started where they rest. */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { GatewayError } from "../agent/errors.ts";
import type { RayActorOptions } from "../ray/options.ts";
import { BootstrapError, readBootstrap } from "./bootstrap.ts";
import { type LaunchOrder, orderOf, type ServiceAnswer, type ServiceClient } from "./client.ts";
import type { Expose, Exposes, FlowEntry } from "./exposes.ts";
import type { Hosts, OwnHost, RunPlace, Say } from "./hosts.ts";
import type { Progress } from "./packages.ts";

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

  constructor(exposes: Exposes, hosts: Hosts, client: ServiceClient) {
    this.exposes = exposes;
    this.#hosts = hosts;
    this.#client = client;
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
    const socket = await this.#socket(expose);
    return this.#client.ask(socket, method, path, headers, body);
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

  /** Has the process that answers for a service's forms. @throws GatewayError with what the service said */
  async deploy(expose: Expose): Promise<void> {
    await this.#socket(expose);
  }

  /** The flows of a service, by its own word. @throws GatewayError */
  async describe(expose: Expose): Promise<FlowEntry[]> {
    return this.#client.flows(await this.#socket(expose));
  }

  /** What each run of a service asks Ray for. @throws GatewayError */
  rayActorOptions(expose: Expose): RayActorOptions | undefined {
    return bootstrapOf(expose).rayActorOptions;
  }

  /** Its hosts go: it was changed, or is no more. Runs go on to their ends. */
  stop(expose: Expose): void {
    const socket = this.#hosts.forget(expose);
    this.#client.forget(socket);
  }

  async #look(name: string): Promise<void> {
    const expose = this.exposes.find(name);
    if (!expose?.bootstrap) return;
    try {
      this.exposes.found(name, "RUNNING", "", await this.#client.flows(await this.#socket(expose)));
    } catch (cause) {
      this.exposes.found(name, "UNHEALTHY", cause instanceof Error ? cause.message : String(cause));
    }
  }

  #socket(expose: Expose): Promise<string> {
    return this.#hosts.forms(expose, bootstrapOf(expose));
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
