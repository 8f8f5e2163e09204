import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { NewEvent } from "./events.ts";
import { ExecutionFile } from "./file.ts";
import { receive } from "./numbering.ts";

const folder = mkdtempSync(join(tmpdir(), "eyepiece-numbering-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const event = (number: number): NewEvent => ({ timestamp: number, kind: "debug", message: String(number) });

describe("a batch", () => {
  test("is taken from its first new event on, known, or behind a gap", () => {
    expect(receive(0, 1, 3)).toEqual({ take: 0 });
    expect(receive(2, 1, 3)).toEqual({ take: 2 });
    expect(receive(3, 1, 3)).toBe("known");
    expect(receive(3, 5, 1)).toBe("gap");
  });
});

/** An agent: it has told `total` events, `acked` of them are acknowledged, `sent` are on their way or there. */
type Step =
  | { readonly do: "tell"; readonly count: number }
  | { readonly do: "send"; readonly count: number }
  /** The line breaks: what flies is lost, and acknowledgements with it; the agent begins behind what is stored. */
  | { readonly do: "break" }
  /** The line breaks after the batch was stored and before its acknowledgement came: it comes again. */
  | { readonly do: "repeat"; readonly from: number; readonly count: number }
  /** The node is killed and opens the file again. */
  | { readonly do: "restart" };

const step = fc.oneof(
  fc.record({ do: fc.constant("tell" as const), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant("send" as const), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant("break" as const) }),
  fc.record({
    do: fc.constant("repeat" as const),
    from: fc.integer({ min: 1, max: 30 }),
    count: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ do: fc.constant("restart" as const) }),
) satisfies fc.Arbitrary<Step>;

test("whatever breaks, repeats and restarts: the file has every event once, in order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const path = join(folder, `${files++}.db`);
      let file = new ExecutionFile(path);
      let [told, sent] = [0, 0];
      const put = (first: number, count: number) =>
        file.receive(
          first,
          Array.from({ length: count }, (_, i) => event(first + i)),
        );
      for (const one of steps) {
        if (one.do === "tell") told += one.count;
        else if (one.do === "break") sent = file.received;
        else if (one.do === "restart") {
          file.close();
          file = new ExecutionFile(path);
        } else if (one.do === "send" && sent < told) {
          const count = Math.min(one.count, told - sent);
          put(sent + 1, count);
          sent += count;
        } else if (one.do === "repeat" && one.from <= told) {
          const count = Math.min(one.count, told - one.from + 1);
          const before = file.received;
          const reception = put(one.from, count);
          if (one.from > before + 1) expect(reception).toBe("gap");
          sent = Math.max(sent, file.received);
        }
        const stored = file.after(0, 1000).map(({ message }) => Number(message));
        expect(stored).toEqual(Array.from({ length: file.received }, (_, i) => i + 1));
        expect(file.received).toBeLessThanOrEqual(told);
      }
      // In the end the agent sends what is not stored.
      if (told > file.received) put(file.received + 1, told - file.received);
      expect(file.after(0, 1000).map(({ message }) => Number(message))).toEqual(
        Array.from({ length: told }, (_, i) => i + 1),
      );
      file.close();
    }),
    { numRuns: 60 },
  );
});
