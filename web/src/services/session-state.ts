/** What a session's state is made of. */

/** connecting: never open yet. open. broken: it was open and comes back by itself. ended: it will not. */
export interface SessionPhase {
  readonly phase: "connecting" | "open" | "broken" | "ended";
  readonly code: string;
  /** A sentence, empty while all is well. */
  readonly message: string;
}

/** What the session said of itself and of this person. */
export interface SessionFacts {
  readonly adapter: string;
  readonly adapterKind: string;
  readonly encoder: string;
  readonly rights: readonly string[];
}

/** Codes after which the worker does not open the channel again. */
const ENDS = new Set(["unauthorized", "forbidden", "not_found", "revoked", "refused", "invalid"]);

/** The phase after the control channel ended or broke. */
export function phaseAfter(before: SessionPhase, code: string, message: string): SessionPhase {
  const phase = ENDS.has(code) ? "ended" : before.phase === "connecting" ? "connecting" : "broken";
  return { phase, code, message };
}

/** The level of a notice from the node, in the page's words. */
export function noticeLevel(level: string): "info" | "good" | "warn" | "bad" {
  if (level === "good" || level === "warn" || level === "bad") return level;
  return level === "error" ? "bad" : level === "warning" ? "warn" : "info";
}
