/** What an execution tells: kinds of events, and states. Names and text are those of Kodosumi's clients. */

/** One event as it is stored. */
export interface Event {
  /** Its number in the execution's file, from 1. */
  readonly id: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly kind: Kind;
  /** The bare word of a status; text of debug, stdout, stderr and error; JSON of all else. */
  readonly message: string;
}

/** An event without a number. */
export type NewEvent = Omit<Event, "id">;

export const KINDS = [
  ...["meta", "inputs", "agent", "upload", "debug", "stdout", "stderr", "lock", "lease"],
  ...["status", "error", "action", "result", "final"],
] as const;
export type Kind = (typeof KINDS)[number];

/** What the stream `main` has: the run as people read it. */
export const MAIN: readonly Kind[] = [
  ...(["meta", "inputs", "agent", "status", "error", "action", "result", "final", "lock", "lease"] as const),
];
/** What the stream `stdio` has: the run as its author reads it. */
export const STDIO: readonly Kind[] = ["error", "stdout", "stderr", "debug", "upload"];

/** starting → running ⇄ awaiting → finished | error */
export const STATES = ["starting", "running", "awaiting", "finished", "error"] as const;
export type State = (typeof STATES)[number];

/** Whether nothing comes after it. */
export function isOver(state: State): boolean {
  return state === "finished" || state === "error";
}

/** The state that a status event tells; undefined for a word that is none. */
export function stateOf({ kind, message }: Pick<Event, "kind" | "message">): State | undefined {
  return kind === "status" ? STATES.find((state) => state === message) : undefined;
}

/** The error's text that says that somebody called the run off. */
export const CANCELLED = "cancelled";

/** An event of now. */
export function eventNow(kind: Kind, message: string): NewEvent {
  return { timestamp: Date.now() / 1000, kind, message };
}
