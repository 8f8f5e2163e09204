/** What the gateway asks of a service: HTTP on its unix socket. */
import { Agent } from "undici";
import * as v from "valibot";
import { GatewayError } from "../agent/errors.ts";
import { RayActorOptions } from "../ray/options.ts";
import type { FlowEntry } from "./exposes.ts";

/** A form's handler may look things up before it answers. */
const TIMEOUT_MS = 60_000;
const MAX_ANSWER = 16 * 1024 * 1024;

/** Further attempts of one run. */
export const MAX_RETRIES = 10;

/** An answer, with its body as JSON; undefined where it is none. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

const Method = v.looseObject({
  summary: v.nullish(v.string()),
  description: v.nullish(v.string()),
  tags: v.optional(v.array(v.string()), []),
  deprecated: v.nullish(v.boolean()),
  "x-kodosumi": v.optional(v.boolean(), false),
  "x-author": v.nullish(v.string()),
  "x-organization": v.nullish(v.string()),
  "x-version": v.nullish(v.union([v.string(), v.number()])),
});
const OpenApi = v.object({ paths: v.record(v.string(), v.object({ get: v.optional(Method) })) });
const OrderAnswer = v.object({
  entry_point: v.string(),
  pickled: v.string(),
  inputs: v.string(),
  about: v.record(v.string(), v.unknown()),
  extra: v.nullish(v.record(v.string(), v.unknown())),
  timeout: v.nullish(v.pipe(v.number(), v.minValue(0.1))),
  memory: v.nullish(v.pipe(v.number(), v.minValue(1))),
  /** What its author wishes to follow on it. */
  retries: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_RETRIES))),
  webhook: v.nullish(v.string()),
  ray_actor_options: v.nullish(RayActorOptions),
});
/** What `Launch` has written down. */
export type LaunchOrder = v.InferOutput<typeof OrderAnswer>;

/** Talks to services, one connection pool a socket. */
export class ServiceClient {
  readonly #agents = new Map<string, Agent>();

  /** @throws GatewayError where the service does not answer */
  async ask(
    socket: string,
    method: "GET" | "POST",
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<ServiceAnswer> {
    const agent = this.#agent(socket);
    try {
      const answer = await agent.request({
        origin: "http://service",
        ...{ path, method },
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      let text = "";
      for await (const part of answer.body.setEncoding("utf8")) {
        text += part;
        if (text.length > MAX_ANSWER) throw new Error("its answer is too large");
      }
      return { status: answer.statusCode, body: parsed(text), text };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new GatewayError(`The service does not answer: ${why}.`);
    }
  }

  /** The forms that a service has. @throws GatewayError */
  async flows(socket: string): Promise<FlowEntry[]> {
    const answer = await this.ask(socket, "GET", "/openapi.json");
    const read = v.safeParse(OpenApi, answer.body);
    if (!read.success) throw new GatewayError("The service does not describe itself as OpenAPI does.");
    return Object.entries(read.output.paths).flatMap(([path, { get }]) =>
      get?.["x-kodosumi"]
        ? [
            {
              path,
              summary: get.summary ?? path,
              description: get.description ?? null,
              tags: get.tags,
              deprecated: get.deprecated ?? false,
              author: get["x-author"] ?? null,
              organization: get["x-organization"] ?? null,
              version: get["x-version"] == null ? null : String(get["x-version"]),
            },
          ]
        : [],
    );
  }

  /** Who listened there has ended; connections that are kept lead nowhere. */
  forget(socket: string): void {
    void this.#agents.get(socket)?.destroy();
    this.#agents.delete(socket);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
  }

  #agent(socket: string): Agent {
    const there = this.#agents.get(socket);
    if (there) return there;
    const agent = new Agent({ connect: { socketPath: socket }, connections: 64, bodyTimeout: TIMEOUT_MS });
    this.#agents.set(socket, agent);
    return agent;
  }
}

/** What a form's handler has launched, of its answer. @throws GatewayError */
export function orderOf(answer: unknown): LaunchOrder {
  const read = v.safeParse(OrderAnswer, answer);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const where = v.getDotPath(issue) ?? "";
  throw new GatewayError(
    where.startsWith("ray_actor_options")
      ? `The run cannot be started: ${where} ${issue.message}.`
      : "The service launched nothing.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
