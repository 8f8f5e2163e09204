/** What becomes of a job when its turn is over. Pure. */
import type { RunEnding } from "./child.ts";
import type { Job } from "./job.ts";
import type { JobState } from "./states.ts";

/** How a turn ended. */
export interface TurnEnd {
  /** Of its program; undefined when none was started. */
  readonly ending?: RunEnding;
  /** The program said that it wrote its checkpoint. */
  readonly paused: boolean;
  /** Why the node could not go on with it. */
  readonly error?: string;
  /** The end of what it printed. */
  readonly printed: string;
}

/** The next state and why; undefined when it stays where it is. @param closing the node is being stopped */
export function outcomeOf(
  job: Pick<Job, "state" | "reason">,
  end: TurnEnd,
  closing: boolean,
): { readonly to: JobState; readonly reason: string } | undefined {
  const { ending } = end;
  if (job.state === "pending_cancel") return { to: "cancelled", reason: job.reason };
  if (job.state === "pending_pause") {
    if (!ending || (end.paused && ending.code === 0)) return { to: "paused", reason: job.reason };
    if (closing) return { to: "paused", reason: "The node was stopped while it was paused." };
  }
  // It was told to end, so that it ended well does not say that it was done.
  if (closing)
    return job.state === "running"
      ? { to: "queued", reason: "The node was stopped; it goes on when the node is back." }
      : undefined;
  if (end.error !== undefined) return { to: "failed", reason: end.error };
  if (ending?.code === 0) return { to: "succeeded", reason: "Its program ended well." };
  return { to: "failed", reason: describe(ending, end.printed) };
}

/** Why a program did not end well. */
function describe(ending: RunEnding | undefined, printed: string): string {
  if (!ending) return "Its program was not started.";
  if (ending.refused) return `Its program could not be started: ${ending.refused}.`;
  if (ending.overrun !== undefined)
    return `Its program was ended because it wanted more than the ${gib(ending.overrun)} GiB of memory that one may have here: train with smaller batches, or fewer tokens in each.`;
  const { code, signal } = ending;
  const last = printed.trim().split("\n").at(-1)?.slice(0, 500) ?? "";
  // All that unshare says when the first process of its namespaces was killed; perhaps behind the bar of a progress that has no end.
  const init = /unshare: sigprocmask unblock failed: [\w ]+$/.test(last) ? "SIGKILL" : undefined;
  const killed = signal ?? (code !== null && code > 128 ? `signal ${code - 128}` : init);
  if (killed === "SIGKILL" || killed === "signal 9")
    return "Its program was killed (SIGKILL): perhaps the machine had no memory left.";
  if (killed) return `Its program crashed (${killed}).`;
  return `Its program ended with code ${code}${last ? `: ${last}` : "."}`;
}

const gib = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1).replace(/\.0$/, "");
