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

const Name = v.pipe(v.string(), v.maxLength(64));

const App = v.object({
  /** Of the service. */
  name: Name,
  /** The gateway's word for what was deployed last. */
  version: v.string(),
  /** Ray Serve's word, as RUNNING, DEPLOYING, DEPLOY_FAILED, UNHEALTHY; REFUSED where the cluster has no Serve that may be used. */
  status: v.string(),
  message: v.string(),
  /** How many there are in each state. */
  replicas: v.record(v.string(), Amount),
});
/** A service as Ray Serve has it. */
export type App = v.InferOutput<typeof App>;

const Replica = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  app: Name,
  version: v.string(),
});
/** A replica that wants, or has, a process of the agent's. */
export type Replica = v.InferOutput<typeof Replica>;

export const ClusterMessage = v.variant("type", [
  v.object({
    type: v.literal("hello"),
    version: v.literal(1),
    leases: v.array(Granted),
    apps: v.array(App),
    replicas: v.array(Replica),
  }),
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
  /** Services that are deployed, all that there are. */
  v.object({ type: v.literal("apps"), apps: v.array(App) }),
  v.object({ type: v.literal("replica"), ...Replica.entries }),
  /** A replica is no more. */
  v.object({ type: v.literal("unhoused"), id: v.string() }),
  v.object({ type: v.literal("waits"), fid: Fid, why: v.string() }),
  v.object({ type: v.literal("granted"), ...Granted.entries }),
  v.object({ type: v.literal("lost"), fid: Fid, why: v.string() }),
]);
export type ClusterMessage = v.InferOutput<typeof ClusterMessage>;
