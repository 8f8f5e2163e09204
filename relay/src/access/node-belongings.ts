/** What people have at the trainers and flows of nodes, asked for and removed in their name when an account is deleted. */
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { decodeMessage, node, wire } from "@eyepiece/protocol/wire/messages.ts";
import { Priority } from "@eyepiece/protocol/wire/transport.ts";
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import type { OnDelete } from "../accounts/deletion.ts";
import type { People } from "../accounts/people.ts";
import { HttpError } from "../http/exchange.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import { httpError, send } from "../tunnel/http.ts";
import { openLocal } from "../tunnel/local.ts";
import { asUser } from "./node-sessions.ts";

/** A job that runs is given some seconds to end. */
const ANSWER_MS = 40_000;
const MAX_ANSWER = 64 * 1024;

/** A service of a node that keeps what people made, where it is asked, and what it counts by which words. */
const SERVICES = [
  {
    ...{ service: "trainer", path: "/v1/belongings" },
    counts: {
      training_jobs: "training jobs",
      training_files: "training files",
      kept_models: "kept models",
      nanochat_runs: "nanochat runs",
    },
  },
  { ...{ service: "flows", path: "/belongings" }, counts: { flow_runs: "runs of flows" } },
] as const;
type Service = (typeof SERVICES)[number];

/** Numbers of what there is; older nodes count less. */
const Belongings = v.record(v.string(), v.number());
type Belongings = v.InferOutput<typeof Belongings>;

/** Asks a service of a node, as this person would through the relay. @returns the body, of an answer that is good @throws HttpError */
export async function askService(
  switchboard: Switchboard,
  person: Person,
  name: string,
  { service, path }: { readonly service: string; readonly path: string },
  method: "GET" | "DELETE",
): Promise<string> {
  const { channel } = openLocal(switchboard, person, {
    ...{ service: "http", node: name, mode: wire.Mode.TRANSIENT, priority: Priority.BULK },
  });
  const timer = setTimeout(() => channel.close("timeout", "The node does not answer."), ANSWER_MS);
  try {
    send(channel, { request: { method, path, service, headers: [] } });
    send(channel, { end: {} });
    return await bodyOf(channel);
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** The body of an answer that is good. @throws HttpError */
function bodyOf(channel: Channel): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    channel.onMessage = (message) => {
      const { response, body, end } = decodeMessage(node.HttpMessage, message);
      if (response && response.status !== 200)
        reject(new HttpError(response.status ?? 502, "failed", "The node refused."));
      if (body) {
        bytes += body.byteLength;
        if (bytes > MAX_ANSWER) reject(new HttpError(502, "bad_gateway", "The node's answer is too long."));
        else parts.push(body.slice());
      }
      if (end?.failure) reject(new HttpError(502, "bad_gateway", end.failure));
      else if (end) resolve(Buffer.concat(parts).toString());
    };
    void channel.closed.then(({ code, message }) => reject(httpError(code, message)));
  });
}

/** What goes with an account on the nodes that are online. */
export function nodeBelongings(switchboard: Switchboard, people: People): OnDelete {
  const each = async (userId: string, service: Service, method: "GET" | "DELETE"): Promise<Belongings[]> => {
    const person = asUser(people, userId);
    const found: Belongings[] = [];
    for (const { name } of person ? switchboard.registry.list() : []) {
      try {
        if (!person) continue;
        const body = await askService(switchboard, person, name, service, method);
        found.push(v.parse(Belongings, JSON.parse(body)));
      } catch (cause) {
        // A node without the service has nothing, and one that is going away keeps nobody from deleting an account.
        if (!(cause instanceof HttpError)) throw cause;
      }
    }
    return found;
  };
  return {
    async preview(userId) {
      const counted = await Promise.all(
        SERVICES.map(async (service) => {
          const found = await each(userId, service, "GET");
          return Object.entries(service.counts).map(([name, what]) => ({
            what,
            count: found.reduce((all, one) => all + (one[name] ?? 0), 0),
          }));
        }),
      );
      return counted.flat();
    },
    async remove(userId) {
      await Promise.all(SERVICES.map((service) => each(userId, service, "DELETE")));
    },
  };
}
