/** What people have at the trainers of nodes, asked for and removed in their name when an account is deleted. */
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

const Belongings = v.object({
  training_jobs: v.number(),
  training_files: v.number(),
  kept_models: v.number(),
  // Older nodes have none.
  nanochat_runs: v.optional(v.number(), 0),
});
type Belongings = v.InferOutput<typeof Belongings>;

/** Asks the trainer of a node, as this person would through `/v1`. @throws HttpError */
async function ask(
  switchboard: Switchboard,
  person: Person,
  name: string,
  method: "GET" | "DELETE",
): Promise<Belongings> {
  const { channel } = openLocal(switchboard, person, {
    ...{ service: "http", node: name, mode: wire.Mode.TRANSIENT, priority: Priority.BULK },
  });
  const timer = setTimeout(() => channel.close("timeout", "The node does not answer."), ANSWER_MS);
  try {
    send(channel, { request: { method, path: "/v1/belongings", service: "trainer", headers: [] } });
    send(channel, { end: {} });
    return v.parse(Belongings, JSON.parse(await bodyOf(channel)));
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
        reject(new HttpError(response.status ?? 502, "failed", "The node's trainer refused."));
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
export function trainingOfAccounts(switchboard: Switchboard, people: People): OnDelete {
  const each = async (userId: string, method: "GET" | "DELETE"): Promise<Belongings[]> => {
    const person = asUser(people, userId);
    const found: Belongings[] = [];
    for (const { name } of person ? switchboard.registry.list() : []) {
      try {
        if (person) found.push(await ask(switchboard, person, name, method));
      } catch (cause) {
        // A node without a trainer has nothing, and one that is going away keeps nobody from deleting an account.
        if (!(cause instanceof HttpError)) throw cause;
      }
    }
    return found;
  };
  return {
    async preview(userId) {
      const found = await each(userId, "GET");
      const sum = (what: keyof Belongings) => found.reduce((all, one) => all + one[what], 0);
      return [
        { what: "training jobs", count: sum("training_jobs") },
        { what: "training files", count: sum("training_files") },
        { what: "kept models", count: sum("kept_models") },
        { what: "nanochat runs", count: sum("nanochat_runs") },
      ];
    },
    async remove(userId) {
      await each(userId, "DELETE");
    },
  };
}
