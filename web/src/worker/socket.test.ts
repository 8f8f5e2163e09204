import { expect, it } from "vitest";
import { backoff } from "./socket.ts";

it("waits longer after each failure, up to a limit, never exactly alike", () => {
  expect([0, 1, 2, 3, 4, 5, 20].map((attempt) => backoff(attempt, 0.5))).toEqual([
    ...[200, 400, 800, 1600, 3200, 5000, 5000],
  ]);
  expect(backoff(0, 0)).toBe(150);
  expect(backoff(20, 1)).toBe(6250);
});
