/** Lines of programs, cut anywhere, and lines that are no reports. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryBody } from "./job.ts";
import { MAX_REPORT_BYTES, ReportReader } from "./reports.ts";

const line = fc.oneof(
  fc
    .record({ type: fc.constant("event"), message: fc.string({ unit: "grapheme" }) })
    .map((one) => JSON.stringify(one)),
  fc
    .record({
      type: fc.constant("metrics"),
      step: fc.nat(),
      values: fc.dictionary(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    })
    .map((one) => JSON.stringify(one)),
  fc.json(),
  fc.string().map((text) => text.replaceAll("\n", "")),
);

function read(bytes: Buffer, cuts: readonly number[]): EntryBody[] {
  const reader = new ReportReader();
  const found: EntryBody[] = [];
  const at = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  for (const [index, start] of at.entries())
    found.push(...reader.read(bytes.subarray(start, at[index + 1] ?? start)).entries);
  return found;
}

describe("reports", () => {
  it("are the same wherever the bytes are cut, and nothing throws", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), fc.array(fc.nat(), { maxLength: 10 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(""));
        expect(read(bytes, cuts)).toEqual(read(bytes, []));
      }),
    );
  });

  it("skip a line of 100 MB, say so once, and read the next", () => {
    const reader = new ReportReader();
    const found: EntryBody[] = [];
    const part = Buffer.alloc(MAX_REPORT_BYTES, "x");
    for (let sent = 0; sent < 100; sent++) found.push(...reader.read(part).entries);
    found.push(...reader.read(Buffer.from('\n{"type":"event","message":"after"}\n')).entries);
    expect(found).toEqual([
      {
        kind: "event",
        level: "warn",
        message: `The program reported a line of more than ${MAX_REPORT_BYTES} bytes; it was skipped.`,
      },
      { kind: "event", level: "info", message: "after" },
    ]);
  });

  it("keep what JSON has no number for, and the path of a checkpoint inside", () => {
    const of = (report: object) => read(Buffer.from(`${JSON.stringify(report)}\n`), [])[0];
    expect(of({ type: "metrics", step: 1, values: { loss: "nan" } })).toEqual({
      kind: "metrics",
      step: 1,
      values: { loss: "nan" },
    });
    expect(of({ type: "checkpoint", step: 1, path: "a/../b" })).toEqual({
      kind: "checkpoint",
      step: 1,
      path: "b",
    });
    for (const path of ["..", "a/../../b", "/etc", "", "a\0b"])
      expect(of({ type: "checkpoint", step: 1, path })).toMatchObject({ kind: "event", level: "warn" });
  });
});
