/** What ended of a person's sign-ins: whoever holds something open by one of them closes it. */
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

/** What is kept of a proof by those who hold something open. */
export type HeldBy = Pick<Proof, "session" | "token"> & { readonly userId: string };

/** Whether what ended is what this was opened by. */
export function endedBy(ended: Ended, held: HeldBy): boolean {
  if (held.userId !== ended.userId) return false;
  if (ended.session !== undefined) return held.session === ended.session;
  if (ended.token !== undefined) return held.token === ended.token;
  return ended.except === undefined || held.session !== ended.except;
}
