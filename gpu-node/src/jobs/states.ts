/** The states of a job and the one table of moves between them. Pure. */

/** Every state, in the order in which a job meets them. */
export const JOB_STATES = [
  "created",
  "pending",
  "validating_files",
  "queued",
  "running",
  "pending_pause",
  "paused",
  "pending_resume",
  "pending_cancel",
  "succeeded",
  "failed",
  "cancelled",
] as const;

/** Where a job stands. */
export type JobState = (typeof JOB_STATES)[number];

/**
 * From each state, the states that may follow. `running` to `queued` is the retry after the node died; `pending_pause` to
 * `succeeded` is a job that was faster than the wish to pause it.
 */
export const MOVES: Readonly<Record<JobState, readonly JobState[]>> = {
  created: ["pending", "cancelled", "failed"],
  pending: ["validating_files", "queued", "cancelled", "failed"],
  validating_files: ["queued", "pending_cancel", "failed"],
  queued: ["running", "paused", "cancelled", "failed"],
  running: ["queued", "pending_pause", "pending_cancel", "succeeded", "failed"],
  pending_pause: ["paused", "pending_cancel", "succeeded", "failed"],
  paused: ["pending_resume", "cancelled"],
  pending_resume: ["running", "paused", "cancelled", "failed"],
  pending_cancel: ["cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/** Whether a job may go from one state to the other. */
export function mayMove(from: JobState, to: JobState): boolean {
  return MOVES[from].includes(to);
}

/** Whether nothing follows this state. */
export function isOver(state: JobState): boolean {
  return MOVES[state].length === 0;
}

/** Whether a job in this state waits for its turn. */
export function isWaiting(state: JobState): boolean {
  return state === "queued" || state === "pending_resume";
}

/** Whether a job in this state may have a process and hold GPUs. */
export function hasProcess(state: JobState): boolean {
  return state === "running" || state === "pending_pause" || state === "pending_cancel";
}
