import { describe, expect, it } from "vitest";
import { bytes } from "./sizes.ts";
import { ago, date } from "./when.ts";

describe("how long ago", () => {
  const now = Date.UTC(2026, 10, 21, 12);
  it("is rough, and a date when it is long", () => {
    const words = [5, 59, 60, 3599, 3600, 86_399, 86_400].map((seconds) => ago(now - seconds * 1000, now));
    expect(words).toEqual([
      "just now",
      "just now",
      "1 min ago",
      "59 min ago",
      "1 h ago",
      "23 h ago",
      "yesterday",
    ]);
    const old = now - 40 * 86_400_000;
    expect(ago(old, now)).toBe(date(old));
  });
  it("is never in the future, where clocks differ", () => {
    expect(ago(now + 5000, now)).toBe("just now");
  });
});

it("bytes", () => {
  expect([0, 999, 1000, 18_874_368].map(bytes)).toEqual(["0 B", "999 B", "1 kB", "18.9 MB"]);
});
