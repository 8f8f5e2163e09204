/** Who may do what: one table, read by the relay when a channel opens and by the node for each operation. */

/** Rights rise from view to edit; `run` (starting code) stands apart and follows from none of them. */
export const RIGHTS = ["view", "comment", "edit", "run"] as const;
export type Right = (typeof RIGHTS)[number];
export type Role = "owner" | "user" | "guest";

/** The rights that rise: each implies those before it. */
export const LEVELS = ["view", "comment", "edit"] as const satisfies readonly Right[];
export type Level = (typeof LEVELS)[number];

/** A level written out, with `run` only where it was ticked. */
export function rightsOfLevel(level: Level, run: boolean): Right[] {
  return [...LEVELS.slice(0, LEVELS.indexOf(level) + 1), ...(run ? (["run"] as const) : [])];
}

/** What can be shared. */
export const SHARED_KINDS = ["project", "notebook", "session", "run"] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/** Whether a node, and not the relay, knows whose such a thing is: viewer sessions, runs of flows. */
export function isNodes(kind: SharedKind): boolean {
  return kind === "session" || kind === "run";
}

/** What each service needs before a channel to it opens. `people` keeps guests out. */
export const SERVICE_RIGHTS: Readonly<Record<string, { readonly right: Right; readonly people: boolean }>> = {
  viewer: { right: "view", people: false },
  frames: { right: "view", people: false },
  // The data of what a session shows, for pages that draw by themselves.
  bricks: { right: "view", people: false },
  node: { right: "view", people: true },
  files: { right: "edit", people: true },
  http: { right: "run", people: true },
  // Watching outputs needs view; what starts code is in KERNEL_RIGHTS.
  kernel: { right: "view", people: false },
};

/** What each request of the viewer service needs; the names are those of ViewerRequest.what. */
export const VIEWER_RIGHTS: Readonly<Record<string, { readonly right: Right; readonly people: boolean }>> = {
  input: { right: "view", people: false },
  valueAt: { right: "view", people: false },
  histogram: { right: "view", people: false },
  screenshot: { right: "view", people: false },
  resetView: { right: "view", people: false },
  keyframe: { right: "view", people: false },
  clock: { right: "view", people: false },
  table: { right: "view", people: false },
  rows: { right: "view", people: false },
  items: { right: "view", people: false },
  greatest: { right: "view", people: false },
  thumbnail: { right: "view", people: false },
  presence: { right: "view", people: false },
  // It starts code, which whoever bound it wrote.
  key: { right: "run", people: false },
  action: { right: "edit", people: false },
  budget: { right: "edit", people: true },
  ops: { right: "edit", people: false },
  undo: { right: "edit", people: false },
  autoContrast: { right: "edit", people: false },
  // Guests cannot name files, folders or addresses.
  open: { right: "edit", people: true },
  save: { right: "edit", people: true },
  film: { right: "edit", people: true },
  cancelSave: { right: "edit", people: true },
  takeSaved: { right: "edit", people: true },
  dropSaved: { right: "edit", people: true },
};

/** What each request of the kernel service needs; the names are those of KernelRequest.type. */
export const KERNEL_RIGHTS: Readonly<Record<string, { readonly right: Right; readonly people: boolean }>> = {
  outputs: { right: "view", people: false },
  whole: { right: "view", people: false },
  execute: { right: "run", people: false },
  cancel: { right: "run", people: false },
  start: { right: "run", people: false },
  interrupt: { right: "run", people: false },
  restart: { right: "run", people: false },
  shutdown: { right: "run", people: false },
  complete: { right: "run", people: false },
  inspect: { right: "run", people: false },
  is_complete: { right: "run", people: false },
  variables: { right: "run", people: false },
  files: { right: "run", people: false },
  file: { right: "run", people: false },
  input: { right: "run", people: false },
  comm: { right: "run", people: false },
};

/** Someone who asks. */
export interface Caller {
  readonly role?: string | null;
  readonly rights?: readonly string[] | null;
}

/** Whether the caller may; what is not in the table, nobody may. */
export function allowed(
  table: Readonly<Record<string, { readonly right: Right; readonly people: boolean }>>,
  name: string,
  caller: Caller | undefined,
): boolean {
  const need = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!need || !caller) return false;
  if (need.people && caller.role !== "owner" && caller.role !== "user") return false;
  return caller.rights?.includes(need.right) ?? false;
}
