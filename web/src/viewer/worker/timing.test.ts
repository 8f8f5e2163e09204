import { viewer } from "@eyepiece/protocol/wire/messages.ts";
import { describe, expect, it } from "vitest";
import { NodeClock, quantile, StreamTiming } from "./timing.ts";

describe("the node's clock", () => {
  it("is read from the probe with the shortest trip", () => {
    const clock = new NodeClock();
    expect(clock.here(5000)).toBeUndefined();
    clock.answer(1000, 5010, 1020);
    clock.answer(2000, 6002, 2004);
    clock.answer(3000, 7050, 3100);
    expect(clock.here(8000)).toBe(4000);
  });

  it("does not believe an old probe for ever", () => {
    const clock = new NodeClock();
    clock.answer(0, 1000, 0);
    clock.answer(100_000, 101_150, 100_100);
    expect(clock.here(1100)).toBe(0);
  });
});

describe("the figures of a stream", () => {
  const head = (inputId: number) =>
    Object.assign(new viewer.FrameHead(), {
      ...{
        frame: inputId,
        inputId,
        receivedUs: 1_012_000,
        renderUs: 5000,
        encodeUs: 2000,
        sentUs: 1_020_000,
      },
    });

  it("count an input's photon once, with its stages", () => {
    const timing = new StreamTiming();
    timing.clock.answer(0, 0, 0);
    timing.sent(1, 1000, 1010);
    timing.presented({ head: head(1), bytes: 1, arrived: 1025, decoded: 1028 }, 1035);
    timing.presented({ head: head(1), bytes: 1, arrived: 1125, decoded: 1128 }, 1500);
    const figures = timing.figures(1600);
    expect(figures).toMatchObject({ fps: 2, p50: 35, p95: 35, shown: 2 });
    expect(figures.stages).toEqual({
      ...{ wait: 10, up: 2, queue: 0, render: 5, convert: 0, encode: 2, down: 5, decode: 3, present: 7 },
    });
  });

  it("fall to nothing when nothing comes", () => {
    const timing = new StreamTiming();
    timing.arrived(1000, 125_000);
    expect(timing.figures(1500).megabits).toBe(1);
    expect(timing.figures(3000)).toMatchObject({ megabits: 0, fps: 0 });
  });
});

it("quantiles are values that were there", () => {
  expect(quantile([], 0.5)).toBe(0);
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 0.95)).toBe(3);
});
