import type { Dims } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, it } from "vitest";
import { slidOrder } from "./axes.ts";
import { nextStep } from "./player.ts";
import { rolled, transposed } from "./view-actions.ts";

const dims = (point: number, changes: Partial<Dims> = {}): Dims => ({
  ndim: 4,
  ndisplay: 2,
  order: [0, 1, 2, 3],
  point: [point, 0, 0, 0],
  margin_left: [0, 0, 0, 0],
  margin_right: [0, 0, 0, 0],
  range: [
    [10, 14, 2],
    [0, 0, 1],
    [0, 9, 1],
    [0, 9, 1],
  ],
  axis_labels: ["t", "c", "y", "x"],
  ...changes,
});

describe("playing", () => {
  it("goes on by one step", () => {
    expect(nextStep(dims(10), 0, { fps: 10, mode: "once", direction: 1 })).toEqual({
      point: 12,
      direction: 1,
    });
  });
  it("stops, begins again or turns at the end", () => {
    expect(nextStep(dims(14), 0, { fps: 10, mode: "once", direction: 1 })).toBeUndefined();
    expect(nextStep(dims(14), 0, { fps: 10, mode: "loop", direction: 1 })?.point).toBe(10);
    expect(nextStep(dims(10), 0, { fps: 10, mode: "loop", direction: -1 })?.point).toBe(14);
    expect(nextStep(dims(14), 0, { fps: 10, mode: "back and forth", direction: 1 })).toEqual({
      point: 12,
      direction: -1,
    });
  });
  it("does nothing with one step", () => {
    expect(nextStep(dims(10), 1, { fps: 10, mode: "back and forth", direction: 1 })).toBeUndefined();
  });
});

describe("axes", () => {
  it("have a slider when they are hidden and have steps", () => {
    expect(slidOrder(dims(10))).toEqual([0]);
    expect(slidOrder(dims(10, { order: [2, 3, 0, 1] }))).toEqual([2, 3]);
  });
  it("roll and transpose as napari's", () => {
    expect(rolled(dims(10)).order).toEqual([3, 0, 1, 2]);
    expect(transposed(dims(10)).order).toEqual([0, 1, 3, 2]);
  });
});
