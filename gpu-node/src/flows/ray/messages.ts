/** What the program that has the cluster says, checked. */
import * as v from "valibot";
import { AgentStatus } from "../agent/machines.ts";

const Fid = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const Amount = v.pipe(v.number(), v.minValue(0));

const Machine = v.object({
  /** Ray's name of it. */
  id: v.string(),
  address: v.string(),
  alive: v.boolean(),
  cpus: Amount,
  gpus: Amount,
  /** Bytes. */
  memory: Amount,
});
/** A machine of the cluster, which Ray calls a node. */
export type Machine = v.InferOutput<typeof Machine>;

const Granted = v.object({
  fid: Fid,
  node: v.string(),
  /** Of the actor, as it knows itself. */
  pid: v.number(),
  /** GPUs as Ray counts them. */
  gpus: v.array(v.string()),
  /** What the gateway wrote on the wish. */
  note: v.string(),
});
/** What a run got. */
export type Granted = v.InferOutput<typeof Granted>;

export const ClusterMessage = v.variant("type", [
  v.object({ type: v.literal("hello"), version: v.literal(1), leases: v.array(Granted) }),
  v.object({
    type: v.literal("ready"),
    /** Of Ray. */
    version: v.string(),
    address: v.string(),
    machines: v.array(Machine),
  }),
  v.object({ type: v.literal("machines"), machines: v.array(Machine) }),
  /** Agents on other machines, all that there are. */
  v.object({ type: v.literal("agents"), agents: v.array(AgentStatus) }),
  v.object({ type: v.literal("waits"), fid: Fid, why: v.string() }),
  v.object({ type: v.literal("granted"), ...Granted.entries }),
  v.object({ type: v.literal("lost"), fid: Fid, why: v.string() }),
]);
export type ClusterMessage = v.InferOutput<typeof ClusterMessage>;
