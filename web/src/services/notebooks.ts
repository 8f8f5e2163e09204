/** Projects and notebooks on the relay; the last lists are kept for use without a network. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import { localStore } from "../documents/local-store.ts";
import { ApiError, api } from "./api.ts";

/** A project as the relay lists it. */
export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly rights?: readonly Right[];
  readonly updated_ms?: number;
}

/** A notebook as the relay lists it. */
export interface NotebookInfo {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly updated_ms: number;
  readonly created_ms?: number;
  readonly rights?: readonly Right[];
}

/** A list, and whether it is what was kept. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly kept: boolean;
}

async function list<T>(address: string, key: string): Promise<Listed<T>> {
  try {
    const answer = await api<Record<string, readonly T[]> | readonly T[]>("GET", address);
    const items = Array.isArray(answer) ? answer : ((answer as Record<string, readonly T[]>)[key] ?? []);
    await localStore.keep(address, items).catch(() => {});
    return { items, kept: false };
  } catch (cause) {
    const kept = cause instanceof ApiError && cause.status === 0;
    const before = kept ? await localStore.kept<readonly T[]>(address).catch(() => undefined) : undefined;
    if (before) return { items: before.value, kept: true };
    throw cause;
  }
}

/** All projects that one may see. @throws ApiError */
export function listProjects(): Promise<Listed<ProjectInfo>> {
  return list<ProjectInfo>("/api/projects", "projects");
}

/** All notebooks that one may see, of one project or of all. @throws ApiError */
export function listNotebooks(project?: string): Promise<Listed<NotebookInfo>> {
  const query = project === undefined ? "" : `?project=${encodeURIComponent(project)}`;
  return list<NotebookInfo>(`/api/notebooks${query}`, "notebooks");
}

/** Makes a notebook. @returns its id @throws ApiError */
export async function createNotebook(name: string, project?: string): Promise<string> {
  const body = project === undefined ? { name } : { name, project };
  return (await api<{ id: string }>("POST", "/api/notebooks", { body })).id;
}

/** Imports an .ipynb. @returns the notebook's id @throws ApiError with what is wrong with the file */
export async function importNotebook(
  name: string,
  content: Blob | string,
  project?: string,
): Promise<string> {
  const query = new URLSearchParams({ name, ...(project !== undefined && { project }) });
  const options = { body: content, headers: { "content-type": "application/x-ipynb+json" } };
  return (await api<{ id: string }>("POST", `/api/ipynb/import?${query}`, options)).id;
}
