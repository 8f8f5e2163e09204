/** Whose a session is, and who may join it. */
import { basename } from "node:path";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import { folderName } from "../kernels/meta.ts";
import type { ViewCaller } from "../session/ipc.ts";

/** What is kept of a session beside its journal. */
export interface SessionMeta {
  readonly id: string;
  readonly title: string;
  /** User who made it; empty for the node's own. */
  readonly owner: string;
  readonly created: number;
  readonly modified: number;
  readonly layers: readonly string[];
  /** The folder of a kernel's arrays; those of this session begin with its id. */
  readonly arrays?: string;
  /** The kernel's project folder, which this session may open from, too. */
  readonly work?: string;
}

const NOTEBOOK = "notebook:";

/** The identity that the relay put into OPEN, without protobuf's nulls. */
export function callerOf(identity: eyepiece.wire.Identity.$Properties | undefined): ViewCaller {
  return {
    userId: identity?.userId ?? "",
    name: identity?.name ?? "",
    role: identity?.role ?? "",
    rights: identity?.rights ?? [],
  };
}

/**
 * Whether the caller may see a session: it is theirs, or (the node's own) they are an administrator, or somebody who may gave
 * it to them. Administrators see no one else's sessions.
 */
export function mayJoin(
  meta: SessionMeta,
  caller: ViewCaller | undefined,
  given?: { readonly scope?: string | null; readonly grantedBy?: string | null } | null,
): boolean {
  if (!caller) return false;
  const scope = given?.scope ?? "";
  if (scope.startsWith(NOTEBOOK)) {
    // What a notebook shows to whoever may view it: sessions that its own kernel made, for the notebook's owner.
    const made =
      meta.arrays !== undefined && basename(meta.arrays) === folderName(scope.slice(NOTEBOOK.length));
    return made && meta.owner !== "" && meta.owner === given?.grantedBy;
  }
  if (scope !== "") {
    // The relay lets only those share a session to whom this node lists it: the node's own, administrators.
    const theirs = meta.owner === "" || meta.owner === given?.grantedBy;
    return scope === `session:${meta.id}` && theirs;
  }
  if (caller.role === "owner" && meta.owner === "") return true;
  return caller.role !== "guest" && caller.userId !== "" && meta.owner === caller.userId;
}
