import fc from "fast-check";
import { expect, test } from "vitest";
import { LineChecker } from "./lines.ts";

const SFT = {
  messages: [
    { role: "user", content: "2+2?" },
    { role: "assistant", content: "4" },
  ],
};
const DPO = {
  input: { messages: [{ role: "user", content: "Hello" }], tools: [], parallel_tool_calls: true },
  preferred_output: [{ role: "assistant", content: "Hi" }],
  non_preferred_output: [{ role: "assistant", content: "Go away" }],
};
const GRPO = { messages: [{ role: "user", content: "2+2?" }], answer: "4" };

/** Feeds text in pieces that end at the cuts. */
function check(text: string | Uint8Array, cuts: readonly number[] = [], most?: number) {
  const bytes = Buffer.from(text as string);
  const checker = new LineChecker(most);
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let start = 0;
  for (const end of places) {
    // Streams use their memory again.
    const piece = Buffer.from(bytes.subarray(start, end));
    checker.feed(piece);
    piece.fill(0);
    start = end;
  }
  return checker.finish();
}

const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join("\n");

test.each([
  ["sft", SFT],
  ["dpo", DPO],
  ["grpo", GRPO],
  ["grpo", { prompt: "2+2?" }],
  ["text", { text: "Once upon a time.", source: "a book" }],
])("the first line fixes the format: %s", (format, line) => {
  expect(check(`\n${lines(line, line)}\r\n\n`)).toEqual({ format, lines: 2 });
});

test.each([
  ["", "The file is empty: it needs at least one line."],
  ["\n \n", "The file is empty: it needs at least one line."],
  [`${lines(SFT)}\n{`, "Line 2 is not JSON"],
  [lines(SFT, DPO), "Line 2 is not right: messages: "],
  [lines(SFT, GRPO), "Line 2 is not right: messages: the last message must be the assistant's"],
  [lines(GRPO, SFT), "Line 2 has the format sft, and the lines before it grpo."],
  [
    lines(SFT, SFT, { messages: [{ role: "robot", content: "" }] }),
    "Line 3 is not right: messages.0.role: role must be one of",
  ],
  [
    lines({ ...DPO, preferred_output: [{ role: "user", content: "" }] }),
    "Line 1 is not right: preferred_output: ",
  ],
  [lines([1]), "Line 1 has none of the known formats"],
  ["3", "Line 1 has none of the known formats"],
  [Buffer.concat([Buffer.from(`${lines(SFT)}\n{"a":"`), Buffer.from([0xff, 0xfe])]), "Line 2 is not UTF-8"],
  [Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), "Line 1 is gzip, not text"],
  [Buffer.from("PK\u0003\u0004rest"), "Line 1 is a zip archive, not text"],
])("complaints name the line (%#)", (text, complaint) => {
  expect(() => check(text)).toThrow(complaint);
});

test("a line is bounded, wherever it is cut", () => {
  expect(() => check(`${lines(SFT)}\n"${"x".repeat(300)}`, [100, 150, 200], 256)).toThrow(
    /^Line 2 is longer than/,
  );
});

test("however a file is cut into pieces, the verdict is the same", () => {
  const line = fc.oneof(
    ...[SFT, DPO, GRPO].map((value) => fc.constant(JSON.stringify(value))),
    fc.constant(""),
    fc.json(),
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")),
  );
  const verdict = (text: string, cuts: readonly number[]) => {
    try {
      return check(text, cuts);
    } catch (cause) {
      return String(cause);
    }
  };
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (all, cuts) => {
      const text = all.join("\n");
      expect(verdict(text, cuts)).toEqual(verdict(text, []));
    }),
  );
});
