/** Services of a node as operators keep them. */
import { api } from "../services/api.ts";
import { ask, BASE } from "./api.ts";

export type ExposeState = "DRAFT" | "RUNNING" | "DEAD" | "UNHEALTHY";

/** A service. */
export interface Expose {
  readonly name: string;
  readonly display: string | null;
  readonly network: string | null;
  readonly enabled: boolean;
  /** YAML. */
  readonly bootstrap: string | null;
  readonly state: ExposeState;
  readonly why: string;
  readonly etag: string;
  readonly meta: readonly { readonly url: string; readonly data: { readonly summary: string } }[];
}

/** Something wrong in settings; `from` and `to` are UTF-16 offsets. */
export interface Problem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** A line of a boot. `percent` is of the whole. */
export interface BootStep {
  readonly step: string;
  readonly type: string;
  readonly message: string;
  readonly target: string | null;
  readonly result: string | null;
  readonly percent: number;
}

/** How all of it is. */
export interface Health {
  readonly ray_version: string | null;
  /** `message` says why it does not run, or what it does. */
  readonly ray?: {
    readonly state: string;
    readonly message: string;
    readonly network: string | null;
    readonly network_reason: string;
    readonly leases: number;
    readonly waiting: number;
  };
  readonly ray_status: readonly unknown[];
  /** Services that ask for replicas; `message` says why there are none. */
  readonly serve_status?: {
    readonly message: string;
    readonly applications: Readonly<
      Record<string, { readonly status: string; readonly replicas: Readonly<Record<string, number>> }>
    >;
  } | null;
  readonly spooler_status: { readonly agent: string; readonly pid: number | null };
  readonly running: Readonly<Record<string, number>>;
  readonly [more: string]: unknown;
}

/** @throws ApiError */
export const listExposes = (): Promise<readonly Expose[]> => ask("GET", "/expose");
/** @param etag of what was read; null for a new one @throws ApiError 409 where another has written meanwhile */
export const writeExpose = (
  settings: Pick<Expose, "name" | "display" | "network" | "enabled" | "bootstrap"> & { etag: string | null },
): Promise<Expose> => ask("POST", "/expose", settings);
/** @throws ApiError */
export const removeExpose = (name: string): Promise<void> => ask("DELETE", `/expose/${name}`);
/** Starts and asks every service. @throws ApiError */
export const lookAtExposes = (): Promise<readonly Expose[]> => ask("POST", "/expose/health");
/** @throws ApiError */
export const checkBootstrap = async (bootstrap: string): Promise<readonly Problem[]> =>
  (await ask<{ errors: readonly Problem[] }>("POST", "/expose/check", { bootstrap })).errors;
/** @throws ApiError */
export const getHealth = (): Promise<Health> => ask("GET", "/health");
/** An address at which Ray's own page may run its scripts. @throws ApiError */
export const rayDashboard = async (): Promise<string> =>
  (await api<{ url: string }>("POST", "/api/content", { body: { service: "ray" } })).url;
/** @throws ApiError */
export const exportExposes = (): Promise<unknown> => ask("GET", "/exchange/export");
/** @throws ApiError */
export const importExposes = (
  file: unknown,
): Promise<{ readonly imported: number; readonly errors: readonly string[]; readonly backup: string }> =>
  ask("POST", "/exchange/import", file);

/** Starts all services anew; each line is told as it comes. @throws Error with the node's sentence */
export async function boot(
  force: boolean,
  told: (step: BootStep) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(`${BASE}/boot${force ? "?force=true" : ""}`, {
    method: "POST",
    headers: { accept: "text/event-stream" },
    signal,
  });
  if (!response.ok || !response.body) {
    const { detail, message } = (await response.json().catch(() => ({}))) as Record<
      string,
      string | undefined
    >;
    throw new Error(detail ?? message ?? `The relay answered ${response.status}.`);
  }
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data) told(JSON.parse(data) as BootStep);
    }
  }
}
