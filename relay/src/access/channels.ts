/** With what rights a person opens a channel to a service of a node: their own, or what they were given of one thing. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import { ProtocolError } from "@eyepiece/protocol/wire/errors.ts";
import { decodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import type { Access } from "./access.ts";

/** What a browser asks for in OPEN or RESUME. */
export interface ChannelWish {
  readonly service: string;
  /** Empty: the default node. */
  readonly node: string;
  readonly params: Uint8Array;
}

/** The identity to tell the node, and which node; or why there is none. */
export type ChannelAnswer =
  | {
      readonly identity: eyepiece.wire.Identity.$Properties;
      readonly rights: readonly Right[];
      readonly node: string;
    }
  | { readonly code: "not_found" | "invalid"; readonly message: string };

/** Decides for each channel anew. */
export type ChannelRule = (person: Person, wish: ChannelWish) => ChannelAnswer;

const MAX_PARAMS = 4096;
const KernelParams = v.object({
  notebook: v.optional(v.string(), ""),
  fresh: v.optional(v.boolean(), false),
});

/** The rule that asks `access`. */
export function channelRule(access: Access): ChannelRule {
  return (person, wish) => {
    if (wish.service === "viewer" || wish.service === "frames") return ofSession(access, person, wish);
    if (wish.service === "kernel") return ofKernel(access, person, wish);
    return answer(person, wish.node, person.rights, "", "");
  };
}

function ofSession(access: Access, person: Person, wish: ChannelWish): ChannelAnswer {
  const params = sessionOf(wish.params);
  if (params === undefined) return { code: "invalid", message: "The parameters name no session." };
  const { session, notebook } = params;
  const given = access.givenOn(person.id, { kind: "session", id: session });
  const elsewhere = given && wish.node !== "" && given.node !== "" && wish.node !== given.node;
  if (given && !elsewhere) {
    const rights = limited(person, given.rights);
    return answer(person, wish.node || given.node, rights, `session:${session}`, given.grantedBy);
  }
  const shown = notebook === "" ? undefined : throughNotebook(access, person, wish, notebook);
  if (shown) return shown;
  if (person.role === "guest") return notShared("session");
  // Whether the session is theirs, the node knows.
  return answer(person, wish.node, person.rights, "", "");
}

/** With the rights on another's notebook to what its outputs show. Which sessions its kernel made, the node knows. */
function throughNotebook(
  access: Access,
  person: Person,
  wish: ChannelWish,
  notebook: string,
): ChannelAnswer | undefined {
  const thing = { kind: "notebook", id: notebook } as const;
  const owner = access.ownerOf(thing);
  if (owner === undefined || owner === person.id) return undefined;
  const rights = access.rightsOn(person, thing);
  return rights.length > 0 ? answer(person, wish.node, rights, `notebook:${notebook}`, owner) : undefined;
}

function ofKernel(access: Access, person: Person, wish: ChannelWish): ChannelAnswer {
  const params = kernelParams(wish.params);
  if (!params) return { code: "invalid", message: "The parameters name no notebook." };
  const { notebook, fresh } = params;
  if (notebook === "") {
    if (fresh && person.role !== "guest") return answer(person, wish.node, person.rights, "", "");
    return notShared("notebook");
  }
  const thing = { kind: "notebook", id: notebook } as const;
  const rights = access.rightsOn(person, thing);
  if (rights.length === 0) return notShared("notebook");
  const owner = access.ownerOf(thing) ?? "";
  return answer(person, wish.node, rights, `notebook:${notebook}`, owner === person.id ? "" : owner);
}

function limited(person: Person, rights: readonly Right[]): readonly Right[] {
  return person.role === "guest" ? rights : rights.filter((right) => person.rights.includes(right));
}

function notShared(what: string): ChannelAnswer {
  return { code: "not_found", message: `There is no such ${what} here, or it is not shared with you.` };
}

function answer(
  person: Person,
  node: string,
  rights: readonly Right[],
  scope: string,
  grantedBy: string,
): ChannelAnswer {
  const { id, name, role } = person;
  return { identity: { userId: id, name, role, rights: [...rights], scope, grantedBy }, rights, node };
}

function sessionOf(params: Uint8Array): { session: string; notebook: string } | undefined {
  try {
    const { session, notebook } = decodeMessage(viewer.ViewerParams, params, MAX_PARAMS);
    return { session, notebook };
  } catch (cause) {
    if (cause instanceof ProtocolError) return undefined;
    throw cause;
  }
}

function kernelParams(bytes: Uint8Array): v.InferOutput<typeof KernelParams> | undefined {
  if (bytes.byteLength > MAX_PARAMS) return undefined;
  try {
    const result = v.safeParse(KernelParams, JSON.parse(new TextDecoder().decode(bytes)));
    return result.success ? result.output : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
