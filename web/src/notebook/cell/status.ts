/** What a cell's bar and numbers say. Pure. */
import type { ExecutionStatus } from "@eyepiece/protocol/kernel/messages.ts";
import type { ExecutionRow } from "../../documents/notebook-document.ts";

/** none: never run, or outputs cleared. stale: run, then changed. */
export type CellState = "none" | "queued" | "running" | "done" | "failed" | "cancelled" | "lost" | "stale";

/** Where a cell stands. */
export interface CellStatus {
  readonly state: CellState;
  /** Executions before it. */
  readonly position: number | undefined;
  readonly count: number | undefined;
  readonly started: number | undefined;
  readonly ended: number | undefined;
}

const NONE: CellStatus = {
  state: "none",
  position: undefined,
  count: undefined,
  started: undefined,
  ended: undefined,
};

/** The node's word first, the relay's where the node is away. `changed`: the text is another one than what ran. */
export function cellStatus(
  live: ExecutionStatus | undefined,
  row: ExecutionRow | undefined,
  changed: boolean,
): CellStatus {
  if (!live && !row) return NONE;
  const state = live?.state ?? rowState(row?.state);
  const over = state === "done" || state === "failed";
  return {
    state: over && changed ? "stale" : state,
    position: live?.state === "queued" ? live.position : undefined,
    count: live?.execution_count ?? row?.execution_count ?? undefined,
    started: live?.started_ms ?? row?.started_ms ?? undefined,
    ended: live?.ended_ms ?? row?.ended_ms ?? undefined,
  };
}

function rowState(state: string | undefined): CellState {
  const known: readonly CellState[] = ["queued", "running", "done", "failed", "cancelled", "lost"];
  return known.find((one) => one === state) ?? "done";
}

/** A duration as people read it: 12 ms, 3.4 s, 2 m 05 s, 1 h 02 m. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} m`;
}

/** The words for a state, for people who do not see colours. */
export function stateWords(status: CellStatus): string {
  switch (status.state) {
    case "none":
      return "";
    case "queued":
      return status.position === undefined ? "queued" : `queued, ${status.position} before it`;
    case "stale":
      return "changed since it ran";
    case "lost":
      return "lost: the kernel died while it ran";
    default:
      return status.state;
  }
}
