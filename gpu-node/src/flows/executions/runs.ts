/** Runs of people: started within their bounds, called off, answered. */
import type { Gateway } from "../agent/gateway.ts";
import type { LaunchOrder } from "../services/client.ts";
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
  readonly #bounds: RunBounds;

  constructor(gateway: Gateway, executions: Executions, services: Services, bounds: RunBounds) {
    this.#gateway = gateway;
    this.#executions = executions;
    this.#services = services;
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
    this.#begin(execution, flow, order).catch((cause: unknown) =>
      this.#executions.fail(fid, sentence(cause)),
    );
    return execution;
  }

  /** Ends it as somebody's wish; nothing where it is over. */
  cancel(execution: Execution): void {
    this.#gateway.cancel(execution.fid, CANCELLED);
  }

  /** Gives an answer to a lock. @returns whether its run took it */
  async answer(execution: Execution, lid: string, result: unknown): Promise<boolean> {
    const locks = this.#executions.locks(execution);
    if (!locks.take(lid)) return false;
    const taken = await this.#gateway.lease(execution.fid, lid, result);
    if (!taken) locks.giveBack(lid);
    return taken;
  }

  async #begin(execution: Execution, flow: Flow, order: LaunchOrder): Promise<void> {
    const place = await this.#services.place(flow.expose, execution.user);
    // Called off meanwhile.
    if (this.#executions.find(execution.fid)?.state !== "starting") return;
    const { timeout, memory } = this.#bounds;
    this.#gateway.run({
      ...{ fid: execution.fid, ...place },
      order: { entry_point: order.entry_point, pickled: order.pickled },
      limits: { memory: Math.min(order.memory ?? memory, memory) },
      timeout: Math.min(order.timeout ?? timeout, timeout),
    });
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
