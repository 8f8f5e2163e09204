import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstLines } from "./api.ts";
import { duration, figure, isOver, nameOf, timeOf } from "./words.ts";

describe("words of jobs", () => {
  it("tell times", () => {
    expect([0, 12.4, 200, 3840].map(duration)).toEqual(["0 s", "12 s", "3 min 20 s", "1 h 04 min"]);
  });

  it("tell how long a job has run and has to run", () => {
    const job = { started_at: 100, finished_at: null, estimated_finish: 190, status: "running" } as never;
    expect(timeOf(job, 130_000)).toBe("30 s, about 1 min 00 s left");
    expect(timeOf({ ...(job as object), finished_at: 110, status: "failed" } as never, 130_000)).toBe("10 s");
    expect(timeOf({ ...(job as object), started_at: null } as never, 130_000)).toBe("");
  });

  it("name jobs, states and figures", () => {
    expect(nameOf({ user_provided_suffix: null, model: "a/b" })).toBe("b");
    expect(nameOf({ user_provided_suffix: "mine", model: "a/b" })).toBe("mine");
    expect([isOver("paused"), isOver("cancelled")]).toEqual([false, true]);
    expect([0, 1.23456, 2e-5, 1234567, Number.NaN].map(figure)).toEqual([
      "0",
      "1.235",
      "2.00e-5",
      "1.23e+6",
      "NaN",
    ]);
  });
});

describe("the first lines of a stream", () => {
  it("are the same however the bytes come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" }).map((one) => one.replaceAll("\n", " "))),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, most, size) => {
          const bytes = new TextEncoder().encode(lines.join("\n"));
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          );
          const all = lines.join("\n").split("\n");
          if (all.at(-1) === "") all.pop();
          const body = new Blob(pieces).stream();
          expect(await firstLines(body, most)).toEqual(all.slice(0, most));
        },
      ),
    );
  });
});
