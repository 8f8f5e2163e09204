/** A run's report card: Markdown with its figures, and its curves as pictures within the text. Pure. */
import type { Job, Json, MetricPoint } from "../jobs/job.ts";
import { isObject, scoresOf } from "./json.ts";
import { BENCHMARKS } from "./kind.ts";
import type { StageState } from "./pipeline.ts";
import { STAGE_FACTS } from "./stages.ts";
import type { Run } from "./store.ts";

/** Of a picture, in pixels. */
const WIDTH = 520;
const HEIGHT = 140;
const PAD = 36;
/** Points of a curve: more are thinned. */
const MOST_POINTS = 300;
const CURVES = ["loss", "bits_per_byte", "reward"] as const;

/** The card. @param metrics of a job */
export function reportCard(
  run: Run,
  stages: readonly StageState[],
  metrics: (job: Job) => readonly MetricPoint[],
  now: Date,
): string {
  const done = stages.filter(({ job }) => job !== undefined);
  const took = done.reduce((sum, { job }) => sum + tookMs(job), 0);
  const lines = [
    `# ${run.name}`,
    "",
    `nanochat in ${done.filter(({ state }) => state === "succeeded").length} of ${stages.length} stages, by the ${run.engine} engine. Written ${now.toISOString().slice(0, 16).replace("T", " ")} UTC. The stages ran for ${duration(took)}.`,
    "",
    ...table(
      ["Stage", "State", "Time", "Tokens", "FLOPs", "Bits per byte"],
      stages.map(({ stage, state, job, stale }) => {
        const result = resultOf(job);
        return [
          STAGE_FACTS[stage].title,
          stale ? `${state}, of older ones` : state,
          job ? duration(tookMs(job)) : "",
          ...["tokens", "flops", "bits_per_byte"].map((name) => figure(result[name])),
        ];
      }),
    ),
  ];
  for (const state of done) lines.push(...stageLines(state, metrics));
  return `${lines.join("\n")}\n`;
}

function stageLines(
  { stage, job, settings, state }: StageState,
  metrics: (job: Job) => readonly MetricPoint[],
): string[] {
  if (!job) return [];
  const result = resultOf(job);
  const lines = ["", `## ${STAGE_FACTS[stage].title}`, "", STAGE_FACTS[stage].about, ""];
  if (state === "failed") lines.push(`It failed: ${text(job.reason)}`, "");
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  if (told.length > 0) lines.push(`Settings: ${told.join(", ")}.`, "");
  const facts = Object.entries(result).filter(
    ([name, value]) => typeof value === "number" && !HIDDEN.has(name),
  );
  if (facts.length > 0)
    lines.push(
      ...table(
        ["Figure", "Value"],
        facts.map(([name, value]) => [name.replaceAll("_", " "), figure(value)]),
      ),
      "",
    );
  if (typeof result.peak_source === "string")
    lines.push(`The peak that MFU is against: ${text(result.peak_source)}.`, "");
  const { compression } = result;
  if (Array.isArray(compression))
    lines.push(
      ...table(
        ["Text", "Bytes", "Tokens", "Bytes a token"],
        compression
          .filter(isObject)
          .map((row) => [text(row.text), figure(row.bytes), figure(row.tokens), figure(row.bytes_per_token)]),
      ),
      "",
    );
  const points = metrics(job);
  for (const name of CURVES) {
    const curve = points.filter((point) => point.name === name);
    if (curve.length > 1) lines.push(`![${name.replaceAll("_", " ")} against steps](${picture(curve)})`, "");
  }
  const scores = Object.entries(scoresOf(job));
  if (scores.length > 0)
    lines.push(
      ...table(
        ["Benchmark", "Score", "Items", "By chance"],
        scores.map(([name, { score, items, margin }]) => {
          const known = Object.hasOwn(BENCHMARKS, name)
            ? BENCHMARKS[name as keyof typeof BENCHMARKS]
            : undefined;
          return [
            known?.title ?? text(name),
            scoreWords(known?.better !== "lower" && !name.includes("bits"), score, margin),
            items === null ? "" : String(items),
            known?.chance == null ? "" : `${100 * known.chance} %`,
          ];
        }),
      ),
      "",
      "These benchmarks are small, and about the text that this project ships: they say how well that was learned, and no more. Sums and spellings were held out of training, animals were not.",
      "",
    );
  const { samples } = result;
  if (Array.isArray(samples) && samples.length > 0) {
    lines.push("Samples:", "");
    for (const sample of samples.filter(isObject))
      lines.push(`- ${sample.prompt === "" ? "" : `**${text(sample.prompt)}** `}${text(sample.text)}`);
  }
  return lines;
}

/** Figures that say nothing to people. */
const HIDDEN = new Set(["total_steps"]);

function scoreWords(share: boolean, score: number, margin: number | null): string {
  if (!share) return score.toFixed(3);
  return `${(100 * score).toFixed(0)} %${margin ? ` ± ${(100 * margin).toFixed(0)}` : ""}`;
}

function resultOf(job: Job | undefined): Readonly<Record<string, Json>> {
  return isObject(job?.result) ? job.result : {};
}

function tookMs(job: Job | undefined): number {
  if (job?.startedMs === undefined) return 0;
  return Math.max(0, (job.endedMs ?? job.startedMs) - job.startedMs);
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function figure(value: Json | undefined): string {
  if (typeof value !== "number") return "";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString("en-US");
  return Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}

/** What a program wrote, as words: it makes no Markdown of its own. */
function text(value: Json | undefined): string {
  return String(value ?? "")
    .replaceAll(/[\n\r\t]+/g, " ")
    .replaceAll(/[\\`*_[\]<>|#!]/g, (one) => `\\${one}`);
}

/** A curve as an SVG within the text. */
function picture(points: readonly MetricPoint[]): string {
  const every = Math.ceil(points.length / MOST_POINTS);
  const shown = points.filter(
    ({ value }, i) => Number.isFinite(value) && (i % every === 0 || i === points.length - 1),
  );
  const steps = shown.map(({ step }) => step);
  const values = shown.map(({ value }) => value);
  const [left, right] = [Math.min(...steps), Math.max(...steps)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (step: number) => PAD + ((WIDTH - PAD - 8) * (step - left)) / Math.max(1, right - left);
  const y = (value: number) => HEIGHT - 20 - ((HEIGHT - 32) * (value - low)) / (high - low || 1);
  const path = shown.map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const label = (at: number, up: number, words: string, anchor = "end") =>
    `<text x="${at}" y="${up}" font-size="10" text-anchor="${anchor}" fill="#666" font-family="sans-serif">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/>${label(PAD - 4, y(high) + 4, figure(high))}${label(PAD - 4, y(low) + 4, figure(low))}${label(PAD, HEIGHT - 6, String(left), "start")}${label(WIDTH - 8, HEIGHT - 6, String(right))}<polyline fill="none" stroke="#1a7fc0" stroke-width="1.5" points="${path}"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
