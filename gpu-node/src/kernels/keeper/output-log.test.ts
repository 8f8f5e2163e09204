import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutputItem } from "@eyepiece/protocol/kernel/messages.ts";
import { reduceOutputs, terminalText } from "@eyepiece/protocol/kernel/outputs.ts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogReader, readLog } from "../executions.ts";
import { OutputLog, rewound } from "./output-log.ts";

let folder = "";
let file = "";
let whole = "";
let written: OutputItem[] = [];
const troubles: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-log-"));
  file = join(folder, "x.jsonl");
  whole = join(folder, "x.full.txt");
  written = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const sink = {
  written: (from: number, items: readonly OutputItem[]) => {
    expect(from).toBe(written.length);
    written.push(...items);
  },
  trouble: (text: string) => {
    troubles.push(text);
  },
};
const out = (text: string): OutputItem => ({ op: "stream", name: "stdout", text });

describe("OutputLog", () => {
  it("gathers text and keeps the order of everything else", () => {
    const log = new OutputLog(file, whole, sink);
    for (const text of ["a", "b", "c"]) log.add(out(text));
    log.add({ op: "stream", name: "stderr", text: "!" });
    log.add({ op: "clear", wait: false });
    log.add(out("d"));
    log.end();
    expect(readLog(file)).toEqual([
      out("abc"),
      { op: "stream", name: "stderr", text: "!" },
      { op: "clear", wait: false },
      out("d"),
    ]);
    expect(written).toEqual(readLog(file));
  });

  it("has a limit, beyond which all text is in one file and errors are still told", () => {
    const log = new OutputLog(file, whole, sink, { bytes: 2000, items: 100, wholeBytes: 1 << 20 });
    let all = "";
    for (let i = 0; i < 500; i++) {
      all += `line ${i}\n`;
      log.add(out(`line ${i}\n`));
      if (i % 10 === 0) log.flush();
    }
    log.add({ op: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] });
    log.end();
    const items = readLog(file);
    expect(items.filter((item) => item.op === "error")).toHaveLength(1);
    const shown = items.map((item) => (item.op === "stream" ? item.text : "")).join("");
    const cut = items.findLast((item) => item.op === "cut");
    expect(all.startsWith(shown)).toBe(true);
    expect(cut).toMatchObject({ bytes: all.length - shown.length, file: "x.full.txt" });
    expect(readFileSync(whole, "utf8")).toBe(`${all}\n`);
  });

  it("takes off half a line that a kill left, and goes on behind it", () => {
    const log = new OutputLog(file, whole, sink);
    log.add(out("one"));
    log.flush();
    log.add(out("two"));
    log.end();
    truncateSync(file, readFileSync(file).byteLength - 5);
    written = [out("one")];
    const again = new OutputLog(file, whole, sink);
    expect(again.items).toBe(1);
    again.add(out("three"));
    again.end();
    expect(readLog(file)).toEqual([out("one"), out("three")]);
    expect(existsSync(whole)).toBe(false);
  });

  it("says so when the disk takes nothing, and goes on when it does again", () => {
    const log = new OutputLog(file, whole, sink);
    rmSync(folder, { recursive: true });
    log.add(out("lost"));
    log.flush();
    expect(troubles.at(-1)).toMatch(/cannot be kept/);
    expect(written).toEqual([]);
  });
});

describe("rewound", () => {
  it("shows what a terminal would show without leaving anything out", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", " ", "\r", "\n", "\b", "é"), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const merged = words.reduce((text, next) => rewound(text, next), "");
        expect(terminalText(merged)).toBe(terminalText(words.join("")));
      }),
      { numRuns: 5000 },
    );
  });

  it("keeps one line of a progress bar", () => {
    let text = "";
    for (let i = 0; i < 1000; i++) text = rewound(text, `\r${String(i).padStart(4)}/1000`);
    expect(text.length).toBeLessThan(30);
    expect(reduceOutputs([out(text)])).toMatchObject([{ text: " 999/1000" }]);
  });
});

describe("LogReader", () => {
  it("gives each item once, from any number on, while the file grows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 50 }), { minLength: 1, maxLength: 40 }),
        fc.nat(40),
        fc.integer({ min: 8, max: 64 }),
        fc.func(fc.integer({ min: 0, max: 3 })),
        (texts, from, piece, ahead) => {
          rmSync(file, { force: true });
          const reader = new LogReader(file);
          const items: OutputItem[] = [];
          const start = Math.min(from, texts.length);
          texts.forEach((text, at) => {
            const line = Buffer.from(`${JSON.stringify(out(text))}\n`);
            appendFileSync(file, line.subarray(0, 7));
            if (at >= start) items.push(...reader.read(piece));
            appendFileSync(file, line.subarray(7));
            if (at + 1 === start) reader.skipTo(start);
          });
          for (let more = reader.read(piece); more.length > 0; more = reader.read(piece)) items.push(...more);
          expect(items).toEqual(texts.slice(start).map(out));
          // A page that had some items by another way goes on behind them, wherever the last piece ended.
          const again = new LogReader(file);
          const seen = new Map<number, OutputItem>();
          for (let turn = 0; again.next < texts.length; turn++) {
            const first = again.next;
            again.read(piece).forEach((item, at) => {
              seen.set(first + at, item);
            });
            again.skipTo(Math.min(texts.length, again.next + ahead(turn)));
          }
          for (const [at, item] of seen) expect(item).toEqual(out(texts[at] ?? ""));
        },
      ),
      { numRuns: 300 },
    );
  });
});
