/** Sessions on nodes, asked for in a person's name: the node alone knows whose they are. */

import { RIGHTS } from "@eyepiece/protocol/rights.ts";
import { decodeMessage, encodeMessage, type eyepiece, node } from "@eyepiece/protocol/wire/messages.ts";
import type { Person } from "../accounts/accounts.ts";
import type { OnDelete } from "../accounts/deletion.ts";
import type { People } from "../accounts/people.ts";
import { HttpError } from "../http/exchange.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import { httpError } from "../tunnel/http.ts";
import { openLocal } from "../tunnel/local.ts";

const ANSWER_MS = 15_000;

/** Asks the `node` service of a node, as a browser of this person would. @throws HttpError */
async function ask(
  switchboard: Switchboard,
  person: Person,
  name: string,
  what: eyepiece.node.NodeRequest.$Properties,
): Promise<eyepiece.node.NodeReply> {
  const { channel } = openLocal(switchboard, person, { service: "node", node: name });
  const timer = setTimeout(() => channel.close("timeout", "The node does not answer."), ANSWER_MS);
  try {
    const reply = await new Promise<eyepiece.node.NodeReply>((resolve, reject) => {
      channel.onMessage = (bytes) => resolve(decodeMessage(node.NodeReply, bytes, 4 << 20));
      void channel.closed.then(({ code, message }) => reject(httpError(code, message)));
      channel.send(encodeMessage(node.NodeRequest, { id: 1, ...what }));
    });
    if (reply.failure) throw httpError(reply.failure.code ?? "", reply.failure.message ?? "");
    return reply;
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** Ids of the sessions that are a person's own on a node; an empty name is the default one. @throws HttpError */
export async function ownSessions(switchboard: Switchboard, person: Person, name: string): Promise<string[]> {
  const { sessions } = await ask(switchboard, person, name, { listSessions: {} });
  return (sessions?.sessions ?? []).map(({ session }) => session ?? "");
}

/** What goes with an account on the nodes that are online. Those that are not are told apart by their absence. */
export function sessionsOfAccounts(switchboard: Switchboard, people: People): OnDelete {
  const each = async (
    userId: string,
    use: (person: Person, node: string, session: string) => Promise<void>,
  ) => {
    const person = asUser(people, userId);
    for (const { name } of person ? switchboard.registry.list() : []) {
      if (!person) continue;
      try {
        for (const session of await ownSessions(switchboard, person, name)) await use(person, name, session);
      } catch (cause) {
        // A node that is going away keeps nobody from deleting an account.
        if (!(cause instanceof HttpError)) throw cause;
      }
    }
  };
  return {
    async preview(userId) {
      let count = 0;
      await each(userId, async () => {
        count += 1;
      });
      return [{ what: "viewer sessions", count }];
    },
    remove: (userId) =>
      each(userId, async (person, name, session) => {
        await ask(switchboard, person, name, { endSession: { session } });
      }),
  };
}

/** The account as a plain user: an administrator's further rights would reach the node's own sessions. */
export function asUser(people: People, userId: string): Person | undefined {
  const account = people.get(userId);
  if (!account) return undefined;
  const { id, username, email, name } = account;
  return { id, username, email, name, role: "user", rights: RIGHTS, defaultNode: undefined };
}
