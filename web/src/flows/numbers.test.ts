import fc from "fast-check";
import { expect, it } from "vitest";
import type { State } from "./api.ts";
import { curvesOf, staysOf, unitOf } from "./numbers.ts";

it("tells how long a run was in each state, until now or its end", () => {
  const states = [
    { state: "starting", at: 10 },
    { state: "running", at: 11 },
    { state: "awaiting", at: 14 },
    { state: "running", at: 20 },
  ] as const;
  expect(staysOf(states, 21)).toEqual([
    { state: "starting", seconds: 1 },
    { state: "running", seconds: 3 },
    { state: "awaiting", seconds: 6 },
    { state: "running", seconds: 1 },
  ]);
  expect(staysOf([...states, { state: "finished", at: 30 }], 99).map(({ seconds }) => seconds)).toEqual([
    1, 3, 6, 10,
  ]);
});

it("has times that add up to the whole, and none below zero, whatever clocks say", () => {
  const state = fc.constantFrom<State>("starting", "running", "awaiting");
  fc.assert(
    fc.property(fc.array(fc.record({ state, at: fc.nat(1000) })), fc.nat(1000), (states, now) => {
      for (const { seconds } of staysOf(states, now)) expect(seconds).toBeGreaterThanOrEqual(0);
      const sorted = [...states].sort((a, b) => a.at - b.at);
      const last = Math.max(now, sorted.at(-1)?.at ?? 0);
      const sum = staysOf(sorted, last).reduce((all, { seconds }) => all + seconds, 0);
      expect(sum).toBe(sorted[0] ? last - sorted[0].at : 0);
    }),
  );
});

it("counts throughput back from now, in minutes or in hours", () => {
  const parts = { started: [1, 0, 2], finished: [0, 1, 1], failed: [0, 0, 1] };
  expect(unitOf({ from: 0, step: 1200, ...parts })).toBe("minutes from now");
  expect(curvesOf({ from: 0, step: 1200, ...parts })[0]).toEqual({
    label: "started",
    steps: [-40, -20, -0],
    values: [1, 0, 2],
  });
  expect(unitOf({ from: 0, step: 7200, ...parts })).toBe("hours from now");
  expect(curvesOf({ from: 0, step: 7200, ...parts })[1]?.steps).toEqual([-4, -2, -0]);
  expect(curvesOf(undefined)).toEqual([]);
});
