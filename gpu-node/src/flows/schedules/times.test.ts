import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScheduleError, timesOf } from "./schedules.ts";

const iso = (cron: string, timezone: string, from: string, count = 2) =>
  timesOf(cron, timezone, count, new Date(from)).map((time) => time.toISOString());

describe("the times of a schedule", () => {
  it("are those of its time zone, also when the clocks change", () => {
    expect(iso("0 9 * * 1-5", "Europe/Berlin", "2026-11-20T10:00:00Z")).toEqual([
      "2026-11-23T08:00:00.000Z",
      "2026-11-24T08:00:00.000Z",
    ]);
    expect(iso("0 9 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z")).toEqual([
      "2026-10-24T07:00:00.000Z",
      "2026-10-25T08:00:00.000Z",
    ]);
    expect(iso("*/30 * * * *", "UTC", "2026-01-01T00:10:00Z")).toEqual([
      "2026-01-01T00:30:00.000Z",
      "2026-01-01T01:00:00.000Z",
    ]);
  });

  it("that never come are none, and seconds are not asked for", () => {
    expect(iso("0 0 31 2 *", "UTC", "2026-01-01T00:00:00Z")).toEqual([]);
    expect(() => timesOf("* * * * * *", "UTC", 1)).toThrow("five words");
    expect(() => timesOf("0 0 * * *", "Mars/Olympus", 1)).toThrow("time zone");
    expect(() => timesOf("61 0 * * *", "UTC", 1)).toThrow(ScheduleError);
  });

  it("are times, or a sentence, whatever is typed", () => {
    const field = fc.oneof(fc.constant("*"), fc.nat(70).map(String), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 7 }), (fields) => {
        try {
          for (const time of timesOf(fields.join(" "), "UTC", 2)) expect(time).toBeInstanceOf(Date);
        } catch (cause) {
          expect(cause).toBeInstanceOf(ScheduleError);
        }
      }),
    );
  });
});
