import { describe, expect, it } from "vitest";
import { curvesOver, type Metrics, unitOf } from "./axis.ts";

const METRICS: Metrics = {
  loss: { steps: [1, 2, 3, 4], values: [4, null, 2, 1] },
  bits_per_byte: { steps: [0, 4], values: [2.5, 0.5] },
  seconds: { steps: [1, 2, 3, 4], values: [30, 60, 90, 120] },
  flops: { steps: [1, 2, 4], values: [1e12, 2e12, 4e12] },
};
const over = (axis: "steps" | "time" | "FLOPs", metric = "loss") =>
  curvesOver([{ label: "a", metrics: METRICS, metric }], axis);

describe("an axis", () => {
  it("counts steps as they are", () => {
    expect(over("steps")).toEqual({
      unit: "step",
      curves: [{ label: "a", steps: [1, 2, 3, 4], values: [4, null, 2, 1] }],
    });
  });

  it("places points where the time or the FLOPs of their steps are known, and nowhere else", () => {
    expect(over("time")).toEqual({
      unit: "seconds",
      curves: [{ label: "a", steps: [30, 60, 90, 120], values: [4, null, 2, 1] }],
    });
    expect(over("FLOPs")).toEqual({
      unit: "GFLOP",
      curves: [{ label: "a", steps: [1000, 2000, 4000], values: [4, null, 1] }],
    });
    expect(over("time", "bits_per_byte").curves).toEqual([{ label: "a", steps: [120], values: [0.5] }]);
    expect(over("time", "reward").curves).toEqual([]);
    expect(
      curvesOver(
        [{ label: "a", metrics: { loss: METRICS.loss ?? { steps: [], values: [] } }, metric: "loss" }],
        "time",
      ).curves,
    ).toEqual([]);
  });

  it("is in order where a later start counted time anew", () => {
    const metrics = {
      loss: { steps: [1, 2, 3], values: [3, 2, 1] },
      seconds: { steps: [1, 2, 3], values: [20, 40, 30] },
    };
    expect(curvesOver([{ label: "a", metrics, metric: "loss" }], "time").curves[0]).toMatchObject({
      steps: [20, 30, 40],
      values: [3, 1, 2],
    });
  });

  it("is counted so that whole numbers tell its places apart", () => {
    for (const [axis, most, unit] of [
      ["time", 0.5, "milliseconds"],
      ["time", 59, "seconds"],
      ["time", 1800, "minutes"],
      ["time", 90_000, "hours"],
      ["FLOPs", 0, "FLOP"],
      ["FLOPs", 5e13, "TFLOP"],
      ["FLOPs", 1e30, "ZFLOP"],
    ] as const)
      expect([axis, most, unitOf(axis, most).unit]).toEqual([axis, most, unit]);
    for (const most of [20, 1e5, 3e9, 7e15])
      expect(most / unitOf("FLOPs", most).each).toBeGreaterThanOrEqual(10);
  });
});
