/** Projects and notebooks on the relay; the last lists are kept for use without a network. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import { localStore } from "../documents/local-store.ts";
import { ApiError, api } from "./api.ts";

/** A project as the relay lists it. */
export interface ProjectInfo {
  readonly id: string;
  readonly name: string;
  readonly updated_ms: number;
  /** How many notebooks it has. */
  readonly notebooks: number;
  /** The one that new notebooks go to where none is named. */
  readonly default: boolean;
  readonly rights: readonly Right[];
  /** Whether it is the person's own; else it was shared with them. */
  readonly own: boolean;
}

/** A notebook as the relay lists it. */
export interface NotebookInfo {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly updated_ms: number;
  readonly created_ms: number;
  readonly rights: readonly Right[];
  readonly own: boolean;
}

/** A notebook in which something was found. */
export interface FoundNotebook {
  readonly notebook: string;
  readonly project: string;
  readonly name: string;
  readonly updated_ms: number;
  /** The text around; what was found is between U+0002 and U+0003. */
  readonly snippet: string;
  /** The cell in which that stands, and its line there, from 1; absent where it is the name. */
  readonly cell?: string;
  readonly line?: number;
}

/** A notebook that comes with Eyepiece. */
export interface ShippedNotebook {
  readonly name: string;
  readonly title: string;
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

/** One project. @throws ApiError */
export function getProject(id: string): Promise<ProjectInfo> {
  return api<ProjectInfo>("GET", `/api/projects/${id}`);
}

/** Makes a project. @returns its id @throws ApiError */
export async function createProject(name: string): Promise<string> {
  return (await api<{ id: string }>("POST", "/api/projects", { body: { name } })).id;
}

/** Renames a notebook, or moves it to another project. @throws ApiError */
export async function changeNotebook(
  id: string,
  changes: { readonly name?: string; readonly project?: string },
): Promise<void> {
  await api("PATCH", `/api/notebooks/${id}`, { body: changes });
}

/** Deletes a notebook, here too. @throws ApiError */
export async function deleteNotebook(id: string): Promise<void> {
  await api("DELETE", `/api/notebooks/${id}`);
  await localStore.forget(id).catch(() => {});
}

/** Notebooks with these words in their name or cells. @throws ApiError */
export async function searchNotebooks(
  words: string,
  signal?: AbortSignal,
): Promise<readonly FoundNotebook[]> {
  const address = `/api/search?q=${encodeURIComponent(words)}`;
  return (await api<{ results: readonly FoundNotebook[] }>("GET", address, signal ? { signal } : {})).results;
}

/** The notebooks that come with Eyepiece. @throws ApiError */
export async function shippedNotebooks(): Promise<readonly ShippedNotebook[]> {
  return (await api<{ notebooks: readonly ShippedNotebook[] }>("GET", "/api/ipynb/list")).notebooks;
}

/** Makes one's own copy of a shipped notebook. @returns its id @throws ApiError */
export async function loadShipped(name: string, project?: string): Promise<string> {
  const body = project === undefined ? { name } : { name, project };
  return (await api<{ id: string }>("POST", "/api/ipynb/load", { body })).id;
}
