/** Flows as pages ask for them: Kodosumi's addresses on the relay, which leads them to a node. */
import { ApiError } from "../services/api.ts";
import type { FormElement } from "./elements.ts";

export const BASE = "/api/flows";

/** A flow of the catalogue. */
export interface Flow {
  readonly uid: string;
  /** `/-/service/path` */
  readonly url: string;
  readonly summary: string;
  readonly description: string | null;
  readonly author: string | null;
  readonly organization: string | null;
  readonly version: string | null;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** The catalogue; `preparing` says why flows may still be missing. */
export interface Catalogue {
  readonly items: readonly Flow[];
  readonly preparing: string | null;
}

/** A flow's form. */
export interface Form {
  readonly summary: string;
  readonly description: string | null;
  readonly elements: readonly FormElement[];
}

/** What handing in a form led to. */
export interface Handed {
  /** Name of the run. */
  readonly result?: string;
  /** By field; `_global_` is the form's. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

export type State = "starting" | "running" | "awaiting" | "finished" | "error";

/** A run, as the timeline has it. Times are ISO 8601, `runtime` is seconds. */
export interface RunLine {
  readonly fid: string;
  readonly summary: string | null;
  readonly tags: readonly string[];
  readonly inputs: string;
  readonly status: State;
  readonly startup: string;
  readonly finish: string | null;
  readonly runtime: number | null;
  readonly locks: readonly string[];
  readonly error: string | null;
  readonly app_url: string;
}

/** A part of the timeline; `offset` begins the next, null at the end. */
export interface Timeline {
  readonly total: number;
  readonly offset: string | null;
  readonly items: { readonly append: readonly RunLine[] };
}

/** Of services that are asked for the first time; `preparing` says what lacks then. */
const WAIT_MS = 250;

/** @throws ApiError */
export const listFlows = (): Promise<Catalogue> => ask<Catalogue>("GET", `/flow?pp=200&wait=${WAIT_MS}`);

/** Before a flow is looked for again whose service may be starting. */
const AGAIN_MS = 1000;

/** The flow that `is` means, as soon as its service has told of it. @param wanted false: nobody waits any more @returns undefined where there is none @throws ApiError */
export async function findFlow(
  is: (flow: Flow) => boolean,
  wanted: () => boolean,
): Promise<Flow | undefined> {
  for (;;) {
    const { items, preparing } = await listFlows();
    const flow = items.find(is);
    if (flow || preparing === null || !wanted()) return flow;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** What the node makes for flows now, for people, and how far it is (0 to 1); null where it makes nothing, or does not know. */
export interface Preparing {
  readonly message: string | null;
  readonly fraction: number | null;
}

/** @throws ApiError */
export const getPreparing = (): Promise<Preparing> => ask<Preparing>("GET", "/preparing");

/** @throws ApiError */
export const getForm = (url: string): Promise<Form> => ask<Form>("GET", url);

/** What is to follow on a run. */
export interface LaunchWish {
  readonly retries: number;
  /** Empty: nobody is told. */
  readonly webhook: string;
}

/** @throws ApiError */
export function handIn(
  url: string,
  fields: Readonly<Record<string, unknown>>,
  { retries, webhook }: LaunchWish = { retries: 0, webhook: "" },
): Promise<Handed> {
  const query = new URLSearchParams();
  if (retries > 0) query.set("retries", String(retries));
  if (webhook !== "") query.set("webhook", webhook);
  return ask<Handed>("POST", `${url}${query.size === 0 ? "" : `?${query}`}`, fields);
}

/** @throws ApiError */
export const getLock = (fid: string, lid: string): Promise<readonly FormElement[]> =>
  ask<readonly FormElement[]>("GET", `/lock/${fid}/${lid}`);

/** @throws ApiError */
export const answerLock = (
  fid: string,
  lid: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Handed> => ask<Handed>("POST", `/lock/${fid}/${lid}`, fields);

/** @throws ApiError */
export const cancelRun = async (fid: string): Promise<void> => {
  await ask("POST", `/outputs/cancel/${fid}`);
};

/** Removes a run with all that it left; one that is not over is ended first. @throws ApiError */
export const deleteRun = async (fid: string): Promise<void> => {
  await ask("DELETE", `/outputs/${fid}`);
};

/** A file of a run: `in/...` or `out/...`, size in bytes. */
export interface RunFile {
  readonly path: string;
  readonly size: number;
}

/** @throws ApiError */
export const listRunFiles = (fid: string, room: "in" | "out"): Promise<readonly RunFile[]> =>
  ask<readonly RunFile[]>("GET", `/files/${fid}/${room}`);

/** Which runs are asked for. */
export interface TimelineFilter {
  readonly q?: string;
  readonly status?: string;
  readonly offset?: string;
  readonly pp?: number;
}

/** @throws ApiError */
export function listRuns(filter: TimelineFilter): Promise<Timeline> {
  const query = new URLSearchParams({ mode: "next", pp: String(filter.pp ?? 50) });
  for (const name of ["q", "status", "offset"] as const) {
    const value = filter[name];
    if (value) query.set(name, value);
  }
  return ask<Timeline>("GET", `/timeline?${query}`);
}

/** One request. The node's errors have their sentence in `detail`, the relay's in `message`. @throws ApiError */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: {
        accept: "application/json",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new ApiError(0, "offline", "The relay cannot be reached from here.", { cause });
  }
  const text = await response.text();
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
  const { detail, message, error } = parsed(text);
  const words = detail ?? message ?? `The relay answered ${response.status}.`;
  throw new ApiError(response.status, typeof error === "string" ? error : "failed", words);
}

function parsed(text: string): { detail?: string; message?: string; error?: unknown } {
  try {
    return JSON.parse(text) as { detail?: string; message?: string };
  } catch {
    return {};
  }
}
