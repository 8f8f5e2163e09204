/** How jobs are told of: their states, methods and times. Pure. */
import type { Method, TuningJob } from "./api.ts";

/** States that are the end of a job. */
const OVER: ReadonlySet<string> = new Set(["succeeded", "failed", "cancelled"]);
export const isOver = (status: string): boolean => OVER.has(status);

/** The colour of a state's dot. */
export function colourOf(status: string): string {
  if (status === "succeeded") return "var(--good)";
  if (status === "failed") return "var(--bad)";
  if (status === "running") return "var(--accent)";
  if (status.startsWith("pending") || status === "paused" || status === "validating_files")
    return "var(--warn)";
  return "var(--quiet)";
}

/** A state as a word. */
export const statusWord = (status: string): string => status.replaceAll("_", " ");

/** A method as people call it. */
export const METHOD_WORDS: Readonly<Record<Method, string>> = {
  supervised: "SFT",
  dpo: "DPO",
  reinforcement: "GRPO",
};

/** What a job is called: by its suffix, else by what it trains. */
export function nameOf(job: Pick<TuningJob, "user_provided_suffix" | "model">): string {
  return job.user_provided_suffix || (job.model.split("/").at(-1) ?? job.model);
}

/** Seconds as `1 h 04 min`, `3 min 20 s`, `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  if (minutes > 0) return `${minutes} min ${String(rest).padStart(2, "0")} s`;
  return `${rest} s`;
}

/** How long a job has run, and has to run; empty before it begins. @param now milliseconds since 1970 */
export function timeOf(job: TuningJob, now: number): string {
  if (job.started_at === null) return "";
  const end = job.finished_at ?? now / 1000;
  const ran = duration(end - job.started_at);
  if (job.estimated_finish === null || job.status !== "running") return ran;
  return `${ran}, about ${duration(job.estimated_finish - now / 1000)} left`;
}

/** A number of a metric: short, and never without its meaning. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}
