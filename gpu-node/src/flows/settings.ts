/** Settings of flows from the environment, `EYEPIECE_FLOWS_<NAME>`: Kodosumi's names where it has one. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

const GIB = 1024 ** 3;

/** All of them. Times are seconds, sizes bytes. */
export interface FlowsSettings {
  /** EXEC_DIR: where executions lie; undefined for `<home>/execution`. */
  readonly execDir: string | undefined;
  /** RUNS_PER_PERSON: at a time. */
  readonly runsPerPerson: number;
  /** TIMEOUT: of a run. */
  readonly timeout: number;
  /** MEMORY: of a run. */
  readonly memory: number;
  /** What services read themselves. LOCK_EXPIRES: how long a lock waits where the flow says nothing. */
  readonly ofServices: Readonly<Record<string, string>>;
  /** BOOT_HEALTH_TIMEOUT: how long boot waits for a service. */
  readonly bootTimeout: number;
  /** RAY_SERVER: address of a cluster that is there; empty for one of the node's own. */
  readonly rayServer: string;
  /** RAY_DASHBOARD: of that cluster. */
  readonly rayDashboard: string;
  /** RAY_NETWORK: `own` where it can be had, or `shared`. */
  readonly rayNetwork: "own" | "shared";
  /** RAY_CPUS: what the node's own head gives out. */
  readonly rayCpus: number;
  /** RAY_IDLE: how long it stays when nobody has a lease. */
  readonly rayIdle: number;
}

/** Reads them. @param log told what is wrong; the usual value is used then */
export function flowsSettings(environment: NodeJS.ProcessEnv, log: (line: string) => void): FlowsSettings {
  const text = (name: string) => environment[`EYEPIECE_FLOWS_${name}`]?.trim() ?? "";
  const number = (name: string, otherwise: number): number => {
    const given = text(name);
    if (given === "") return otherwise;
    const value = Number(given);
    if (Number.isFinite(value) && value > 0) return value;
    log(`EYEPIECE_FLOWS_${name} is ${given}, which is no number above 0; ${otherwise} is used.`);
    return otherwise;
  };
  const network = text("RAY_NETWORK");
  if (!["", "own", "shared"].includes(network))
    log(`EYEPIECE_FLOWS_RAY_NETWORK is ${network}, which is neither own nor shared; own is used.`);
  const folder = text("EXEC_DIR");
  return {
    execDir: folder === "" ? undefined : resolve(folder),
    runsPerPerson: number("RUNS_PER_PERSON", 64),
    timeout: number("TIMEOUT", 24 * 3600),
    memory: number("MEMORY", 4 * GIB),
    ofServices:
      text("LOCK_EXPIRES") === ""
        ? {}
        : { EYEPIECE_FLOWS_LOCK_EXPIRES: String(number("LOCK_EXPIRES", 3 * 3600)) },
    bootTimeout: number("BOOT_HEALTH_TIMEOUT", 1800),
    rayServer: text("RAY_SERVER"),
    rayDashboard: text("RAY_DASHBOARD") || "http://127.0.0.1:8265",
    rayNetwork: network === "shared" ? "shared" : "own",
    rayCpus: number("RAY_CPUS", availableParallelism()),
    rayIdle: number("RAY_IDLE", 600),
  };
}
