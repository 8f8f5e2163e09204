import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BytesAsText, bodyOf, deltaOf, eventsOf } from "./completions.ts";
import {
  type Conversation,
  DEFAULT_SAMPLING,
  messagesFor,
  newConversation,
  settled,
  shownOf,
  withEdit,
  withModels,
  withNewest,
  withoutColumn,
  withShown,
  withTry,
  withTurn,
} from "./conversation.ts";
import { exported } from "./export.ts";

/** Says something and has a column answer. */
function said(conversation: Conversation, text: string, answers: readonly string[]): Conversation {
  let next = withTurn(conversation, text);
  const turn = next.turns.length - 1;
  for (const [column, answer] of answers.entries()) {
    next = withTry(next, turn, column);
    next = withNewest(next, turn, column, (version) => ({ ...version, text: answer, state: "done" }));
  }
  return next;
}

describe("a conversation", () => {
  const two = said(said(newConversation("ada", ["a", "b"]), "one", ["a1", "b1"]), "two", ["a2", "b2"]);

  test("each column is sent its own answers", () => {
    const asked = withTurn({ ...two, system: "be brief" }, "three");
    expect(messagesFor(asked, 2, 1)).toEqual([
      { role: "system", content: "be brief" },
      { role: "user", content: "one" },
      { role: "assistant", content: "b1" },
      { role: "user", content: "two" },
      { role: "assistant", content: "b2" },
      { role: "user", content: "three" },
    ]);
  });

  test("another try keeps the one before and drops what came after", () => {
    const retried = withTry(two, 0, 0);
    expect(retried.turns).toHaveLength(1);
    expect(retried.turns[0]?.answers[0]?.versions.map(({ text }) => text)).toEqual(["a1", ""]);
    // One that is not waited for any more writes no more.
    const third = withTry(retried, 0, 0).turns[0]?.answers[0];
    expect(third?.versions.map(({ state }) => state)).toEqual(["done", "stopped", "writing"]);
    const back = withShown(retried, 0, 0, 0);
    expect(messagesFor(withTurn(back, "x"), 1, 0)[1]).toEqual({ role: "assistant", content: "a1" });
    expect(shownOf(settled(retried).turns[0]?.answers[0])?.state).toBe("stopped");
  });

  test("an edit drops the answers", () => {
    const edited = withEdit(two, 1, "other");
    expect(edited.turns.map(({ text }) => text)).toEqual(["one", "other"]);
    expect(edited.turns[1]?.answers).toEqual([
      { versions: [], shown: 0 },
      { versions: [], shown: 0 },
    ]);
  });

  test("a new column is not told what it never answered; one that goes takes its answers", () => {
    const three = withModels(two, ["a", "b", "c"]);
    expect(messagesFor(withTurn(three, "three"), 2, 2)).toEqual([{ role: "user", content: "three" }]);
    const without = withoutColumn(three, 0);
    expect(without.models).toEqual(["b", "c"]);
    expect(messagesFor(withTurn(without, "x"), 2, 0)[1]).toEqual({ role: "assistant", content: "b1" });
  });

  test("is exported to read and to fine-tune with", () => {
    const { name, text } = exported(two, "jsonl");
    expect(name).toBe("one.jsonl");
    const rows = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { messages: unknown[] });
    expect(rows.map(({ messages }) => messages.at(-1))).toEqual([
      { role: "assistant", content: "a2" },
      { role: "assistant", content: "b2" },
    ]);
    expect(exported(two, "markdown").text).toMatch(/^# one\n\n## You\n\none\n\n## a\n\na1\n/);
    expect(JSON.parse(exported(two, "json").text)).toEqual(two);
  });
});

describe("the stream", () => {
  test("events are read however their bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary" }).map((text) => JSON.stringify({ text }))),
        fc.array(fc.nat(2000)),
        async (events, cuts) => {
          const bytes = new TextEncoder().encode(events.map((event) => `data: ${event}\n\n`).join(""));
          const places = [0, ...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length];
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              for (const [n, at] of places.entries()) controller.enqueue(bytes.slice(at, places[n + 1]));
              controller.close();
            },
          });
          const read: string[] = [];
          for await (const event of eventsOf(body)) read.push(event);
          expect(read).toEqual(events);
        },
      ),
    );
  });

  test("tokens that are parts of a character become it at its last byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const decoder = new BytesAsText();
        const pieces = [...new TextEncoder().encode(text)].map((byte) => decoder.next([byte]));
        expect(pieces.join("")).toBe(text);
        expect(pieces.every((piece) => !piece.includes("\ufffd") || text.includes("\ufffd"))).toBe(true);
      }),
    );
  });

  test("a chunk that tells what went wrong is thrown in its words", () => {
    expect(() => deltaOf({ error: { message: "The model's process is gone." } }, new BytesAsText())).toThrow(
      "The model's process is gone.",
    );
  });

  test("what is left empty is not sent", () => {
    const asked = { model: "m", messages: [], sampling: DEFAULT_SAMPLING, chances: false };
    expect(bodyOf(asked)).not.toHaveProperty("seed");
    expect(bodyOf(asked)).not.toHaveProperty("stop");
    const more = { ...DEFAULT_SAMPLING, seed: 0, stop: "\\n\\nUser:\nEND\n", top_k: 5 };
    expect(bodyOf({ ...asked, sampling: more, chances: true })).toMatchObject({
      ...{ seed: 0, stop: ["\n\nUser:", "END"], top_k: 5, logprobs: true, top_logprobs: 5 },
    });
    const json = (schema: string) =>
      bodyOf({ ...asked, sampling: { ...DEFAULT_SAMPLING, form: "json", schema } }).response_format;
    expect(bodyOf(asked)).not.toHaveProperty("response_format");
    expect(json(" ")).toEqual({ type: "json_object" });
    expect(json('{"type": "array"}')).toEqual({
      ...{ type: "json_schema", json_schema: { name: "answer", schema: { type: "array" } } },
    });
    expect(() => json("{")).toThrow("The schema of the answers is no JSON");
  });
});
