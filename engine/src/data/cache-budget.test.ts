/** The cache keeps to its budget at every moment, reads ahead only into spare room, and gives that up first. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { brickOf } from "./array.ts";
import { BrickCache, type Wanted } from "./brick-cache.ts";
import type { ChunkSource } from "./chunk-source.ts";

const BYTES = 10;

/** Bricks of 10 bytes that come when `next` is called; counts what was aborted. */
function counting(): {
  source: ChunkSource;
  next: () => Promise<boolean>;
  started: number[];
  aborted: number[];
} {
  const waiting: { i: number; give: () => void }[] = [];
  const started: number[] = [];
  const aborted: number[] = [];
  const source: ChunkSource = {
    id: "c",
    version: 0,
    dtype: "uint8",
    ndim: 1,
    channels: 0,
    levels: [{ shape: [10_000], chunk: [BYTES], scale: [1], translate: [0] }],
    readBrick: (_, [i = 0], { signal } = {}) =>
      new Promise((resolve, reject) => {
        started.push(i);
        signal?.addEventListener("abort", () => {
          aborted.push(i);
          reject(signal.reason as Error);
        });
        waiting.push({ i, give: () => resolve(brickOf([BYTES], new Uint8Array(BYTES).fill(i))) });
      }),
    dispose: async () => {},
  };
  return {
    source,
    started,
    aborted,
    next: async () => {
      const one = waiting.shift();
      one?.give();
      await new Promise((done) => setImmediate(done));
      return one !== undefined;
    },
  };
}

const list = (source: ChunkSource, shown: readonly number[], ahead: readonly number[] = []): Wanted[] => [
  ...shown.map((i, priority) => ({ source, level: 0, index: [i], priority })),
  ...ahead.map((i, k) => ({ source, level: 0, index: [i], priority: 1000 + k, ahead: true })),
];

test("resident bricks stay within the budget at every moment, whatever is wanted in whatever order", async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ at: fc.nat(200), ahead: fc.nat(12), back: fc.boolean() }),
      fc.constant("answer" as const),
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const { source, next } = counting();
      const cache = new BrickCache({ budget: 8 * BYTES, concurrency: 4 });
      for (const step of script) {
        if (step === "answer") await next();
        else {
          const shown = [step.at, step.at + 1, step.at + 2, step.at + 3];
          const way = step.back ? -1 : 1;
          const ahead = Array.from({ length: step.ahead }, (_, i) => step.at + way * (4 + i)).filter(
            (i) => i >= 0,
          );
          cache.want("view", list(source, shown, ahead));
        }
        expect(cache.bytes).toBeLessThanOrEqual(cache.budget);
      }
      // What is shown comes in the end.
      const shown = [300, 301, 302, 303];
      cache.want("view", list(source, shown, [304, 305, 306]));
      for (let i = 0; i < 400 && (await next()); i++) expect(cache.bytes).toBeLessThanOrEqual(cache.budget);
      for (const i of shown) expect(cache.state(source, 0, [i])).toBe("resident");
      cache.dispose();
    }),
    { numRuns: 60 },
  );
});

test("what is ahead is read last, never pushes out what is shown, and is dropped when the way turns", async () => {
  const { source, started, aborted, next } = counting();
  const cache = new BrickCache({ budget: 4 * BYTES, concurrency: 2 });
  cache.want("view", list(source, [0, 1, 2], [3, 4, 5]));
  expect(started).toEqual([0, 1]);
  for (let i = 0; i < 3; i++) await next();
  expect(started.slice(0, 4)).toEqual([0, 1, 2, 3]);
  await next();
  // Three are shown and one is ahead: there is no room for more.
  expect(started).toEqual([0, 1, 2, 3]);
  expect(cache.bytes).toBe(4 * BYTES);
  cache.want("view", list(source, [0, 1, 2, 7]));
  await next();
  expect(cache.state(source, 0, [3])).toBeUndefined();
  expect(cache.state(source, 0, [7])).toBe("resident");
  // Turned round while a read is in flight.
  cache.want("view", list(source, [0], [8]));
  cache.want("view", list(source, [0], [9]));
  expect(aborted).toEqual([8]);
});

test("a picture that needs more than the budget at once is read all the same, when nothing can be given up", async () => {
  const { source, next } = counting();
  const cache = new BrickCache({ budget: 2 * BYTES, concurrency: 8 });
  const wanted = list(source, [0, 1, 2, 3]);
  // A view that draws again when it is told to.
  cache.onChange = () => cache.want("view", wanted);
  cache.want("view", wanted);
  for (let i = 0; i < 20; i++) {
    await next();
    await new Promise((done) => setTimeout(done, 1));
  }
  expect(cache.bytes).toBe(4 * BYTES);
});

test("bricks that are ahead change no picture", async () => {
  const { source, next } = counting();
  const cache = new BrickCache({ budget: 100 * BYTES });
  const told: string[] = [];
  cache.onChange = (key) => told.push(key);
  cache.want("view", list(source, [0], [1]));
  await next();
  await next();
  expect(cache.state(source, 0, [1])).toBe("resident");
  expect(told).toHaveLength(1);
});
