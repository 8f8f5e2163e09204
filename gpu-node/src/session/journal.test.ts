import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal, type JournalEntry } from "./journal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (n: number): JournalEntry => ({
  t: "ops",
  ops: [{ op: "scene.set", set: { title: `title ${n}` } }],
  merge: "",
});
const titles = (journal: Journal) =>
  journal
    .read()
    .entries.map((one) => (one.t === "ops" && one.ops[0]?.op === "scene.set" ? one.ops[0].set.title : ""));

describe("Journal", () => {
  it("gives back what was written, in order", () => {
    const journal = new Journal(folder);
    journal.read();
    for (let n = 0; n < 5; n++) journal.write(entry(n));
    expect(titles(new Journal(folder))).toEqual([0, 1, 2, 3, 4].map((n) => `title ${n}`));
  });

  it("drops a torn last line, wherever it is torn, and goes on after it", () => {
    const whole = new Journal(folder);
    whole.read();
    whole.write(entry(1));
    const line = readFileSync(join(folder, "journal.jsonl"), "utf8");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: line.length - 1 }), (cut) => {
        const place = mkdtempSync(join(folder, "torn-"));
        const journal = new Journal(place);
        journal.read();
        journal.write(entry(7));
        appendFileSync(join(place, "journal.jsonl"), line.slice(0, cut));
        const after = new Journal(place);
        expect(titles(after)).toEqual(["title 7"]);
        after.write(entry(8));
        expect(titles(new Journal(place))).toEqual(["title 7", "title 8"]);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps a snapshot instead of its lines, and does not apply lines that it outdates", () => {
    const journal = new Journal(folder);
    journal.read();
    journal.write(entry(1));
    const before = readFileSync(join(folder, "journal.jsonl"), "utf8");
    journal.compact({ scene: { revision: 1, title: "kept", layers: [] }, opened: [], views: {} });
    // A kill between writing the snapshot and emptying the lines leaves both.
    appendFileSync(join(folder, "journal.jsonl"), before);
    const again = new Journal(folder);
    const { snapshot, entries } = again.read();
    expect(snapshot?.scene.title).toBe("kept");
    expect(entries).toEqual([]);
    again.write(entry(2));
    expect(titles(new Journal(folder))).toEqual(["title 2"]);
  });
});
