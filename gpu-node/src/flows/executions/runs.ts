/** Runs of people: started within their bounds, called off, answered. */
import type { Gateway } from "../agent/gateway.ts";
import type { LeasedRuns } from "../ray/leased-runs.ts";
import { runtimeOf, wanted } from "../ray/options.ts";
import type { LaunchOrder } from "../services/client.ts";
import type { RunPlace } from "../services/hosts.ts";
import type { Flow, Services } from "../services/services.ts";
import { CANCELLED } from "./events.ts";
import type { Executions } from "./executions.ts";
import type { About, Execution } from "./register.ts";

/** Who starts it. */
export interface Starter {
  readonly id: string;
  readonly name: string;
}

/** Bounds of runs. */
export interface RunBounds {
  /** Of one person at a time. */
  readonly perPerson: number;
  /** Seconds, where the flow says nothing and at most. */
  readonly timeout: number;
  /** Bytes of private memory. */
  readonly memory: number;
}

/** Too many, or something else that the person can mend. */
export class RunError extends Error {
  override readonly name = "RunError";
}

const VERSION = "0.1.0";

/** Starts and ends runs. */
export class Runs {
  readonly #gateway: Gateway;
  readonly #executions: Executions;
  readonly #services: Services;
  readonly #leased: LeasedRuns;
  readonly #bounds: RunBounds;
  /** Runs that the agent has no order for yet. */
  readonly #beginning = new Map<string, AbortController>();

  constructor(
    gateway: Gateway,
    executions: Executions,
    services: Services,
    leased: LeasedRuns,
    bounds: RunBounds,
  ) {
    this.#gateway = gateway;
    this.#executions = executions;
    this.#services = services;
    this.#leased = leased;
    this.#bounds = bounds;
  }

  /** @throws RunError where the person has as many runs as one may have */
  mayStart(person: Starter): void {
    const running = this.#executions.count({
      user: person.id,
      states: ["starting", "running", "awaiting"],
      limit: 1,
    });
    if (running >= this.#bounds.perPerson)
      throw new RunError(
        `You have ${running} runs that are not over, and ${this.#bounds.perPerson} are the most: end some, or wait.`,
      );
  }

  /** A new execution, whose run begins by itself. @param prepare puts files in its folder first */
  start(
    fid: string,
    flow: Flow,
    order: LaunchOrder,
    person: Starter,
    prepare: (execution: Execution) => void = () => {},
  ): Execution {
    const about = aboutOf(flow, order);
    const meta = {
      ...{ fid, username: person.name, app_url: flow.url, panel_url: "/api/flows", kodosumi: VERSION },
      ...about,
      ...(order.extra && { extra: order.extra }),
    };
    const execution = this.#executions.create({
      ...{ fid, user: person.id, username: person.name, flow: flow.url, service: flow.expose.name, about },
      inputs: order.inputs,
      meta: JSON.stringify({ dict: meta }),
    });
    try {
      prepare(execution);
    } catch (cause) {
      this.#executions.fail(fid, sentence(cause));
      return execution;
    }
    const calledOff = new AbortController();
    this.#beginning.set(fid, calledOff);
    this.#begin(execution, flow, order, calledOff.signal)
      .catch((cause: unknown) => this.#executions.fail(fid, sentence(cause)))
      .finally(() => this.#beginning.delete(fid));
    return execution;
  }

  /** Ends it as somebody's wish; nothing where it is over. */
  cancel(execution: Execution): void {
    const beginning = this.#beginning.get(execution.fid);
    if (beginning) {
      // The agent does not know of it yet.
      this.#executions.cancelled(execution.fid);
      beginning.abort(new RunError(CANCELLED));
    } else this.#gateway.cancel(execution.fid, CANCELLED);
  }

  /** Gives an answer to a lock. @returns whether its run took it */
  async answer(execution: Execution, lid: string, result: unknown): Promise<boolean> {
    const locks = this.#executions.locks(execution);
    if (!locks.take(lid)) return false;
    const taken = await this.#gateway.lease(execution.fid, lid, result);
    if (!taken) locks.giveBack(lid);
    return taken;
  }

  async #begin(execution: Execution, flow: Flow, order: LaunchOrder, calledOff: AbortSignal): Promise<void> {
    const asked = wanted(this.#services.rayActorOptions(flow.expose), order.ray_actor_options);
    const { timeout, memory } = this.#bounds;
    const place = await this.#place(execution, flow, order, calledOff);
    if (this.#executions.find(execution.fid)?.state !== "starting") {
      // Called off meanwhile, or lost what it had: nobody else will use the host.
      if (place.once) this.#gateway.endHost(place.host);
      return;
    }
    const { machine = "", ...where } = place;
    this.#executions.place(execution.fid, machine);
    this.#gateway.run({
      ...{ fid: execution.fid, ...where },
      order: { entry_point: order.entry_point, pickled: order.pickled },
      // Memory that Ray counts for the run is the run's.
      limits: { memory: asked?.memory || Math.min(order.memory ?? memory, memory) },
      timeout: Math.min(order.timeout ?? timeout, timeout),
    });
  }

  /** A run that asks for nothing shares a person's host; any other has one of its own, when it has what it asks for. */
  async #place(
    { fid, user }: Execution,
    { expose }: Flow,
    order: LaunchOrder,
    calledOff: AbortSignal,
  ): Promise<RunPlace> {
    const options = [this.#services.rayActorOptions(expose), order.ray_actor_options];
    const { env, folder, packages } = runtimeOf(...options);
    const say = this.#executions.teller(fid);
    const asked = wanted(...options);
    if (!asked && Object.keys(env).length === 0 && !folder && packages.length === 0) {
      this.#leased.join();
      return this.#services.place(expose, user, fid, say);
    }
    const held = asked && (await this.#leased.acquire(fid, asked, calledOff));
    return this.#services.ownPlace(expose, { fid, env: { ...env, ...held?.env }, folder, packages }, say);
  }
}

function aboutOf(flow: Flow, { about, entry_point }: LaunchOrder): About {
  const text = (name: string, otherwise: string | null): string | null => {
    const value = about[name];
    return typeof value === "string" ? value.slice(0, 10_000) : otherwise;
  };
  return {
    summary: text("summary", flow.summary),
    description: text("description", flow.description),
    tags: flow.tags,
    deprecated: flow.deprecated,
    author: text("author", flow.author),
    organization: text("organization", flow.organization),
    version: text("version", flow.version),
    entry_point,
  };
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
