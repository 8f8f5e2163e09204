/** How runs and their figures are told of. Pure. */
import { figure } from "../training/words.ts";
import type { Run, StageState } from "./api.ts";

/** The colour of a stage's dot. */
export function colourOf({ state, stale }: Pick<StageState, "state" | "stale">): string {
  if (state === "succeeded") return stale ? "var(--warn)" : "var(--good)";
  if (state === "failed") return "var(--bad)";
  if (state === "running") return "var(--accent)";
  if (state === "ready" || state === "waiting" || state === "cancelled" || state === "queued")
    return "var(--quiet)";
  return "var(--warn)";
}

/** A stage's state as words. */
export function stateWords({ state, stale }: Pick<StageState, "state" | "stale">): string {
  const words = state.replaceAll("_", " ");
  return stale && state === "succeeded" ? "of older stages" : words;
}

/** Whether a stage has a job that is not over. */
export function isOpen({ state }: Pick<StageState, "state">): boolean {
  return !["ready", "waiting", "succeeded", "failed", "cancelled"].includes(state);
}

/** A figure of a result or a metric, with its unit. */
export function measured(name: string, value: number): string {
  if (name.endsWith("_bytes") || name === "bytes") return bytes(value);
  if (name === "mfu" || name === "accuracy") return `${figure(100 * value)} %`;
  if (name === "flops" || name === "peak_flops" || name === "flops_per_token")
    return flops(value, name === "peak_flops");
  if (name === "tokens_per_second") return `${Math.round(value).toLocaleString("en-US")} tokens/s`;
  if (name === "seconds" || name === "eta_seconds") return `${figure(value)} s`;
  return Number.isInteger(value) ? value.toLocaleString("en-US") : figure(value);
}

function bytes(value: number): string {
  const power = Math.min(4, Math.floor(Math.log2(Math.max(1, value)) / 10));
  return `${figure(value / 1024 ** power)} ${["bytes", "KiB", "MiB", "GiB", "TiB"][power]}`;
}

function flops(value: number, rate: boolean): string {
  const power = Math.min(7, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${figure(value / 1000 ** power)} ${["", "k", "M", "G", "T", "P", "E", "Z"][power]}FLOP${rate ? "/s" : ""}`;
}

/** A metric's name as people read it. */
export const metricWords = (name: string): string =>
  name === "mfu" ? "MFU" : name === "flops" ? "FLOPs" : name.replaceAll("_", " ").replaceAll("/", ": ");

/** The one figure that says most of a stage; empty before there is one. */
export function keyFigure({ result, stage }: Pick<StageState, "result" | "stage">): string {
  if (!result) return "";
  const { bits_per_byte: bits, documents, compression, benchmarks } = result;
  if (stage === "dataset" && typeof documents === "number")
    return `${documents.toLocaleString("en-US")} documents`;
  if (stage === "tokenizer" && compression?.[1])
    return `${figure(compression[1].bytes_per_token)} bytes a token`;
  if (stage === "evaluation" && benchmarks) return `${Object.keys(benchmarks).length} benchmarks`;
  return typeof bits === "number" ? `${bits.toFixed(3)} bits per byte` : "";
}

/** How many stages of a run have succeeded. */
export const doneOf = (run: Run): number => run.stages.filter(({ state }) => state === "succeeded").length;
