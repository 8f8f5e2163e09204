/** What ended of people's sign-ins: whoever holds something open by one of them closes it. */
import type { Role } from "@eyepiece/protocol/rights.ts";
import type { Proof } from "./accounts.ts";

/** Sign-ins that are over. All of a person's, but for `except`; or the one session or token that is named. */
export interface Ended {
  readonly userId: string;
  /** Secret of the session that stays. */
  readonly except?: string;
  /** Secret of the one session that ended. */
  readonly session?: string;
  /** Id of the one token that ended. */
  readonly token?: string;
}

/** By what something was opened: kept by those who hold it open. */
export interface HeldBy {
  readonly userId: string;
  readonly role: Role;
  readonly session: string | undefined;
  readonly token: string | undefined;
}

/** Hears which of the things that are open are so no longer by right. */
export type EndedListener = (isOver: (held: HeldBy) => boolean) => void;

/** What to keep of a proof. */
export function heldBy({
  person,
  session,
  token,
}: Pick<Proof, "person" | "session"> & { readonly token?: string | undefined }): HeldBy {
  return { userId: person.id, role: person.role, session, token };
}

/** Whether what ended is what this was opened by. */
export function endedBy(ended: Ended, held: HeldBy): boolean {
  if (held.userId !== ended.userId) return false;
  if (ended.session !== undefined) return held.session === ended.session;
  if (ended.token !== undefined) return held.token === ended.token;
  return ended.except === undefined || held.session !== ended.except;
}
