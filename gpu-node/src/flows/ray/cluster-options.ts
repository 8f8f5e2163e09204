/** What a cluster is made of, what it says of itself, and whom it tells of services. */
import type { Gateway } from "../agent/gateway.ts";
import type { App, Machine, Replica } from "./messages.ts";
import type { HeadRoom } from "./order.ts";

export type ClusterState = "off" | "preparing" | "starting" | "running" | "failed";

/** What the cluster stands on. */
export interface ClusterOptions {
  readonly gateway: Gateway;
  /** `<home>/flows/ray` */
  readonly folder: string;
  /** Folder of the Python environments. */
  readonly environments: string;
  readonly hidden: readonly string[];
  /** Of a cluster that is there; empty for one of the node's own. */
  readonly address: string;
  /** "own" where it can be had, or "shared". */
  readonly network: string;
  readonly room: HeadRoom;
  /** How long it stays when nobody has a lease. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

/** How it is, for people. */
export interface ClusterStatus {
  readonly state: ClusterState;
  /** What is being done, or what is wrong. */
  readonly message: string;
  /** Of Ray; null while none runs. */
  readonly version: string | null;
  readonly address: string | null;
  readonly network: "own" | "shared" | null;
  /** Why there is no network of its own, and with it no Ray Serve. */
  readonly network_reason: string;
  readonly machines: readonly Machine[];
  readonly leases: number;
  readonly waiting: number;
  /** Heads of this node that have died since it started. */
  readonly deaths: number;
}

/** Whom the program tells of services. */
export interface ServeListener {
  /** There is a line: what the program has of them. */
  onHello(apps: readonly App[], replicas: readonly Replica[]): void;
  /** The cluster is there; what is wanted can be asked for. */
  onReady(): void;
  onApps(apps: readonly App[]): void;
  onReplica(replica: Replica): void;
  onUnhoused(id: string): void;
  /** The program is over, and all of them with it. @param asked by somebody's wish */
  onDied(why: string, asked: boolean): void;
}
