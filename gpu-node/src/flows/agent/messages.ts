/** What an agent says to the gateway, checked. The other direction is written out where it is sent. */
import * as v from "valibot";
import { KINDS } from "../executions/events.ts";

/** A message is one frame of a WebSocket, of text. */
export const MAX_MESSAGE = 32 * 1024 * 1024;

const Fid = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Event = v.pipe(
  v.tuple([v.number(), v.picklist(KINDS), v.string()]),
  v.transform(([timestamp, kind, message]) => ({ timestamp, kind, message })),
);

/** A run's wish about its files. Paths are checked where they are used. */
export const Asked = v.variant("what", [
  v.object({ what: v.literal("ls"), path: v.string() }),
  v.object({
    what: v.literal("read"),
    path: v.string(),
    offset: Count,
    length: v.pipe(Count, v.maxValue(1024 * 1024)),
  }),
  v.object({
    what: v.literal("write"),
    path: v.string(),
    offset: Count,
    data: v.pipe(v.string(), v.base64()),
    last: v.boolean(),
  }),
  v.object({ what: v.literal("remove"), path: v.string() }),
]);
export type Asked = v.InferOutput<typeof Asked>;

export const AgentMessage = v.variant("type", [
  v.object({
    type: v.literal("hello"),
    version: v.literal(1),
    /** Runs whose events the agent holds: number of the last, and whether it is the end. */
    runs: v.array(v.object({ fid: Fid, last: Count, over: v.boolean() })),
    hosts: v.array(v.string()),
    /** Programs that stand beside runs. */
    programs: v.array(v.string()),
  }),
  v.object({ type: v.literal("events"), fid: Fid, first: Count, events: v.array(Event) }),
  v.object({
    type: v.literal("host"),
    host: v.string(),
    ready: v.boolean(),
    why: v.optional(v.string(), ""),
  }),
  /** A program is over; what it said last. */
  v.object({ type: v.literal("ended"), name: v.string(), said: v.string() }),
  v.object({ type: v.literal("leased"), ask: v.string(), taken: v.boolean() }),
  /** To a question of the gateway's. */
  v.object({ type: v.literal("answered"), ask: v.string(), value: v.unknown() }),
  v.looseObject({ type: v.literal("ask"), ask: v.string(), fid: Fid }),
]);
export type AgentMessage = v.InferOutput<typeof AgentMessage>;

/** What starts a run. */
export interface RunOrder {
  readonly fid: string;
  readonly host: string;
  /** For the run itself; `pickled` is opaque here. */
  readonly order: { readonly entry_point: string; readonly pickled: string };
  readonly limits: Readonly<Record<string, number>>;
  /** Its working folder, as it sees it and as this machine does. */
  readonly inside: string;
  readonly outside: string;
  /** Seconds. */
  readonly timeout: number;
  /** Its host is this run's alone, and ends with it. */
  readonly once?: boolean;
}
