import { describe, expect, it } from "vitest";
import type { Result } from "./api.ts";
import { bestAt, rowsOf } from "./scores.ts";

const result = (model: string, benchmark: string, score: number): Result => ({
  ...{ id: "e", run: "r", model, benchmarks: [benchmark], status: "succeeded", status_reason: "" },
  ...{
    created_at: 1,
    done: 1,
    finished_at: 2,
    benchmark,
    score,
    items: 10,
    margin: null,
    chance: null,
    examples: [],
  },
});
const bits = { id: "bits", better: "lower" } as const;
const sums = { id: "sums", better: "higher" } as const;

describe("scores", () => {
  it("are the newest of each model and benchmark", () => {
    const rows = rowsOf([
      result("a", "bits", 0.4),
      result("b", "bits", 0.6),
      result("a", "bits", 0.9),
      result("a", "sums", 1),
    ]);
    expect(rows.map(({ model, results }) => [model, results.bits?.score, results.sums?.score])).toEqual([
      ["a", 0.4, 1],
      ["b", 0.6, undefined],
    ]);
  });

  it("say which is best, where less is better too, and nothing where all are alike", () => {
    const rows = rowsOf([
      result("a", "bits", 0.4),
      result("b", "bits", 0.6),
      result("a", "sums", 0.5),
      result("b", "sums", 0.7),
    ]);
    expect([...bestAt(rows, bits)]).toEqual(["a"]);
    expect([...bestAt(rows, sums)]).toEqual(["b"]);
    expect(bestAt(rowsOf([result("a", "sums", 0), result("b", "sums", 0)]), sums).size).toBe(0);
    expect(bestAt(rowsOf([result("a", "sums", 1)]), sums).size).toBe(0);
  });
});
