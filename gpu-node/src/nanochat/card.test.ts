import { expect, it } from "vitest";
import type { Job, Json, MetricPoint } from "../jobs/job.ts";
import { reportCard } from "./card.ts";
import type { StageState } from "./pipeline.ts";
import { STAGES, type Stage } from "./stages.ts";
import type { Run } from "./store.ts";

const RUN: Run = {
  ...{ id: "run-1", person: "ada", name: "mine", engine: "bundled", going: false, note: "", createdMs: 0 },
};
const NOW = new Date("2026-11-22T01:02:03Z");

function job(stage: Stage, state: Job["state"], result: Json): Job {
  return {
    ...{
      id: stage,
      person: "ada",
      kind: "nanochat",
      params: {},
      gpus: 0,
      gpuBytes: 0,
      priority: 0,
      turn: 1,
      state,
      retries: 0,
    },
    ...{ reason: "Its loss | is *nan*.", losses: 0, devices: [], checkpoint: undefined, result },
    ...{ createdMs: 0, startedMs: 1000, endedMs: 63_000 },
  };
}
const card = (
  results: Partial<Record<Stage, Json>>,
  points: readonly MetricPoint[] = [],
  state: Job["state"] = "succeeded",
) =>
  reportCard(
    RUN,
    STAGES.map((stage): StageState => {
      const result = results[stage];
      const made = result === undefined ? undefined : job(stage, state, result);
      return { stage, state: made?.state ?? "waiting", job: made, stale: false, settings: { seed: 1 } };
    }),
    () => points,
    NOW,
  );

it("says which stages there are, and leaves out what was not measured", () => {
  const text = card({ base: { bits_per_byte: 0.5, tokens: 1024 } });
  expect(text).toContain(
    "nanochat in 1 of 6 stages, by the bundled engine. Written 2026-11-22 01:02 UTC. The stages ran for 1 min 2 s.",
  );
  expect(text).toContain("| Base | succeeded | 1 min 2 s | 1,024 |  | 0.5 |");
  expect(text).toContain("| RL | waiting |  |  |  |  |");
  expect(text).not.toContain("undefined");
  expect(text).not.toContain("NaN");
});

it("holds what models wrote as words: no Markdown, no HTML, no new lines of it", () => {
  const evil = "a\n# b\r\n| c | <script>d</script> [e](f) ![g](h) **i** `j` \\k";
  const text = card({ base: { samples: [{ prompt: evil, text: evil }] } });
  const line = text.split("\n").find((one) => one.startsWith("- ")) ?? "";
  expect(line.match(/(?<!\\)[`[\]<>|#!]/g)).toBe(null);
  expect(text.split("\n").filter((one) => one.startsWith("# "))).toEqual(["# mine"]);
});

it("says why a stage failed, within its table and out of it", () => {
  expect(card({ base: null }, [], "failed")).toContain("It failed: Its loss \\| is \\*nan\\*.");
});

it("draws curves of any length and value, and none of one point", () => {
  const loss = (values: readonly number[]) => values.map((value, step) => ({ step, name: "loss", value }));
  const drawn = (values: readonly number[]) => {
    const [, data] = /\(data:image\/svg\+xml;base64,([^)]+)\)/.exec(card({ base: {} }, loss(values))) ?? [];
    return data === undefined ? undefined : Buffer.from(data, "base64").toString();
  };
  expect(drawn([1])).toBeUndefined();
  for (const values of [
    [2, 1],
    [1, 1, 1],
    [3, Number.NaN, 1],
    Array.from({ length: 100_000 }, (_, i) => 1 / (i + 1)),
  ]) {
    const svg = drawn(values) ?? "";
    expect(svg).toMatch(/^<svg .*<polyline .*points="[\d., ]+"\/><\/svg>$/);
    expect(svg.length).toBeLessThan(10_000);
  }
});
