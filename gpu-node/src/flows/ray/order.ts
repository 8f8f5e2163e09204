/** How the program that has the cluster is started: boxed in by the launcher, in a network of its own where that can be had. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../kernels/environment/environments.ts";
import { insidePaths, launch } from "../../launcher/plan.ts";
import { loopbackUp, networked, sandboxed } from "../../launcher/probe.ts";
import { SOURCES } from "../agent/agent-process.ts";
import type { HostOrder } from "../agent/link.ts";

/** Ray's own processes and its workers, threads counted. */
const PROCESSES = 16_384;

/** Where things of a cluster lie. */
export interface ClusterFolders {
  /** `<home>/flows/ray` */
  readonly folder: string;
  /** Of the sockets; short. */
  readonly sockets: string;
}

/** Folder of the sockets that the cluster's program and replicas share with this side. @param runtime the agent's */
export function raySockets(runtime: string): string {
  return join(runtime, "ray");
}

/** What the head may give out. */
export interface HeadRoom {
  readonly cpus: number;
  readonly gpus: number;
  /** Bytes; 0: what Ray finds. */
  readonly memory: number;
  /** `CUDA_VISIBLE_DEVICES` */
  readonly cuda: string;
}

/** Whether Ray gets a network of its own here. */
export interface NetworkFacts {
  readonly own: boolean;
  /** Why not, for people. */
  readonly reason: string;
}

/** Tries. @param wish "shared" where an operator does not want one */
export async function networkOf(environment: Environment, wish: string): Promise<NetworkFacts> {
  if (wish === "shared") return { own: false, reason: "EYEPIECE_FLOWS_RAY_NETWORK is shared" };
  const sandbox = await sandboxed();
  if (!sandbox.works) return { own: false, reason: sandbox.reason };
  const network = await networked(environment.python);
  return { own: network.works, reason: network.reason };
}

/** The token that everything of the cluster is behind; made once. @returns its file */
export function tokenFile(folder: string): string {
  const file = join(folder, "home", "token");
  mkdirSync(join(folder, "home"), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return file;
}

/** The words that start it. @param address of a cluster that is there; empty for a head of the node's own */
export async function clusterOrder(
  { folder, sockets }: ClusterFolders,
  environment: Environment,
  address: string,
  room: HeadRoom,
  network: NetworkFacts,
  hidden: readonly string[],
): Promise<Omit<HostOrder, "host">> {
  // A cluster of somebody else's has its sockets and sessions where a box would hide them.
  const sandbox = address === "" && (await sandboxed()).works;
  const [home, work, root] = ["home", "work", "root"].map((one) => join(folder, one)) as [
    string,
    string,
    string,
  ];
  const token = readFileSync(tokenFile(folder));
  // Sessions of heads that are gone.
  rmSync(work, { recursive: true, force: true });
  for (const one of [home, work, root, sockets]) mkdirSync(one, { recursive: true, mode: 0o700 });
  const inside = insidePaths({ home, work, sockets, sandbox });
  const settings = {
    line: join(inside.sockets, "line.sock"),
    sockets: inside.sockets,
    address,
    // Machines that several nodes share tell their agents apart by it.
    name: createHash("sha256").update(token).digest("hex").slice(0, 12),
    cpus: room.cpus,
    gpus: room.gpus,
    memory: room.memory,
    // Addresses of Ray's own sockets lie below it, and may have 107 characters.
    folder: sandbox ? join(inside.work, "r") : join(sockets, "r"),
    token: join(inside.home, "token"),
  };
  const { command, args, env, cwd } = launch({
    argv: [environment.python, "-m", "eyepiece_flows.cluster", JSON.stringify(settings)],
    env: {
      PYTHONPATH: SOURCES,
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      LANG: "C.UTF-8",
      CUDA_VISIBLE_DEVICES: room.cuda,
      ...(address === "" ? ownVariables(settings.token) : clusterVariables()),
    },
    ...{ home, work, sockets, root, sandbox, hidden },
    readOnly: [environment.folder, ...environment.needs, SOURCES],
    writable: [],
    processes: PROCESSES,
    ...(sandbox && network.own && { loopback: loopbackUp(environment.python) }),
  });
  return { argv: [command, ...args], env, cwd };
}

/** What a head and every driver need so that all of it stays on the loopback, behind the token. Ray reads it when it is imported. */
function ownVariables(token: string): Record<string, string> {
  return {
    RAY_AUTH_MODE: "token",
    RAY_AUTH_TOKEN_PATH: token,
    // Without it Ray takes 127.0.0.1 for a mistake, and listens on the machine's own address.
    RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: "0",
    // A worker that is nicer than all else starves on a machine that works.
    RAY_worker_niceness: "0",
    RAY_USAGE_STATS_ENABLED: "0",
  };
}

/** What a cluster that is there needs of who joins it: its own authentication. */
function clusterVariables(): Record<string, string> {
  const found = Object.entries(process.env).filter(([name]) => name.startsWith("RAY_"));
  return Object.fromEntries(found.map(([name, value]) => [name, value ?? ""]));
}
