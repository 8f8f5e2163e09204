import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minMax, volumeOf } from "./array.ts";
import { BrickCache } from "./brick-cache.ts";
import { type Brick, type ChunkSource, SourceError } from "./chunk-source.ts";
import { bricksOf, type GatherRequest, gather, type Range } from "./gather.ts";
import { meanPyramid, memorySource } from "./memory-source.ts";

const ramp = (length: number): Uint16Array<ArrayBuffer> => new Uint16Array(length).map((_, i) => i);

/** A source whose reads are answered by the test. */
function heldSource(bytes: number, count: number) {
  const pending = new Map<number, { resolve: (brick: Brick) => void; signal: AbortSignal | undefined }>();
  const started: number[] = [];
  const source: ChunkSource = {
    id: "held",
    version: 0,
    dtype: "uint8",
    ndim: 1,
    channels: 0,
    levels: [{ shape: [bytes * count], chunk: [bytes], scale: [1], translate: [0] }],
    readBrick: (_, [i = 0], options) =>
      new Promise((resolve, reject) => {
        started.push(i);
        pending.set(i, { resolve, signal: options?.signal });
        options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      }),
    dispose: async () => {},
  };
  const answer = async (i: number): Promise<void> => {
    pending.get(i)?.resolve({ shape: [bytes], data: new Uint8Array(bytes), min: 0, max: 0 });
    await new Promise((done) => setImmediate(done));
  };
  return { source, pending, started, answer };
}

describe("memory source", () => {
  test("bricks hold the array, cropped at its edge, with its range", async () => {
    const source = memorySource("m", [{ data: ramp(3 * 5), shape: [3, 5] }], { chunk: [2, 3] });
    const brick = await source.readBrick(0, [1, 1]);
    expect(brick.shape).toEqual([1, 2]);
    expect([...brick.data]).toEqual([13, 14]);
    expect([brick.min, brick.max]).toEqual([13, 14]);
    await expect(source.readBrick(0, [2, 0])).rejects.toThrow(SourceError);
    await expect(source.readBrick(0, [0, 0], { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow(
      "no",
    );
  });

  test("NaN and infinities do not count as values", () => {
    expect(minMax(new Float32Array([Number.NaN, 3, Number.POSITIVE_INFINITY, -2]))).toEqual({
      min: -2,
      max: 3,
    });
    const none = minMax(new Float32Array([Number.NaN]));
    expect(none.min).toBeGreaterThan(none.max);
  });

  test("a pyramid averages, and its levels lie where they should", () => {
    const levels = meanPyramid({ data: ramp(4 * 4), shape: [4, 4] }, { target: 2 });
    expect(levels.map((level) => level.shape)).toEqual([
      [4, 4],
      [2, 2],
    ]);
    expect([...(levels[1]?.data ?? [])]).toEqual([3, 5, 11, 13]);
    const source = memorySource("p", levels);
    expect(source.levels[1]?.scale).toEqual([2, 2]);
    expect(source.levels[1]?.translate).toEqual([0.5, 0.5]);
  });
});

describe("gather", () => {
  test("any box, any order of axes, any brick size equals plain indexing", async () => {
    const shape = [3, 4, 5];
    const data = ramp(volumeOf(shape));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1, max: 5 }),
        ),
        fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 2], [2, 1], [0, 2], [-1, 1, 2]),
        fc.tuple(
          fc.tuple(fc.nat(2), fc.nat(2)),
          fc.tuple(fc.nat(3), fc.nat(3)),
          fc.tuple(fc.nat(4), fc.nat(4)),
        ),
        fc.constantFrom("sum" as const, "mean" as const, "max" as const, "min" as const),
        async (chunk, axes, corners, projection) => {
          const source = memorySource("g", [{ data, shape }], { chunk });
          const ranges = corners.map(([a, b]): Range => [Math.min(a, b), Math.max(a, b) + 1]);
          const [level] = source.levels;
          if (level === undefined) throw new Error("no level");
          const bricks = new Map<string, Brick>();
          for (const index of bricksOf(level, ranges))
            bricks.set(index.join(), await source.readBrick(0, index));
          const request: GatherRequest = { level, inner: 1, ranges, axes, projection };
          const length = (axis: number): number =>
            axis < 0 ? 1 : (ranges[axis]?.[1] ?? 0) - (ranges[axis]?.[0] ?? 0);
          const out = new Float32Array(axes.reduce<number>((n, axis) => n * length(axis), 1));
          expect(gather(request, (index) => bricks.get(index.join()), out)).toBe(0);
          const lists = Array.from(out, (): number[] => []);
          for (let z = ranges[0]?.[0] ?? 0; z < (ranges[0]?.[1] ?? 0); z++)
            for (let y = ranges[1]?.[0] ?? 0; y < (ranges[1]?.[1] ?? 0); y++)
              for (let x = ranges[2]?.[0] ?? 0; x < (ranges[2]?.[1] ?? 0); x++) {
                const at = [z, y, x];
                const to = axes.reduce<number>(
                  (n, axis) => n * length(axis) + (axis < 0 ? 0 : (at[axis] ?? 0) - (ranges[axis]?.[0] ?? 0)),
                  0,
                );
                lists[to]?.push(data[(z * 4 + y) * 5 + x] ?? 0);
              }
          const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
          const expected = {
            sum,
            mean: (list: number[]) => sum(list) / list.length,
            max: (list: number[]) => Math.max(...list),
            min: (list: number[]) => Math.min(...list),
          };
          for (const [i, list] of lists.entries()) expect(out[i]).toBeCloseTo(expected[projection](list), 3);
        },
      ),
    );
  });

  test("missing bricks are counted and leave zeros", () => {
    const source = memorySource("g", [{ data: ramp(16), shape: [4, 4] }], { chunk: [2, 2] });
    const [level] = source.levels;
    if (level === undefined) throw new Error("no level");
    const out = new Uint16Array(16).fill(9);
    const request: GatherRequest = {
      level,
      inner: 1,
      ranges: [
        [0, 4],
        [0, 4],
      ],
      axes: [0, 1],
      projection: "none",
    };
    expect(gather(request, () => undefined, out)).toBe(4);
    expect(out.every((value) => value === 0)).toBe(true);
  });
});

describe("brick cache", () => {
  const want = (source: ChunkSource, ...list: number[]) =>
    list.map((i, priority) => ({ source, level: 0, index: [i], priority }));

  test("reads in the order of priority, each brick once", async () => {
    const { source, started, answer } = heldSource(10, 6);
    const cache = new BrickCache({ budget: 1000, concurrency: 2 });
    cache.want("a", want(source, 3, 1, 5, 0));
    cache.want("b", want(source, 1, 3));
    expect(started).toEqual([3, 1]);
    await answer(3);
    await answer(1);
    expect(started).toEqual([3, 1, 5, 0]);
    expect(cache.state(source, 0, [3])).toBe("resident");
    expect(cache.state(source, 0, [5])).toBe("loading");
    expect(cache.bytes).toBe(20);
  });

  test("a read that nobody wants any more is aborted, one that another view wants goes on", () => {
    const { source, pending } = heldSource(10, 6);
    const cache = new BrickCache({ budget: 1000 });
    cache.want("a", want(source, 0, 1));
    cache.want("b", want(source, 1));
    cache.want("a", want(source, 2));
    expect(pending.get(0)?.signal?.aborted).toBe(true);
    expect(pending.get(1)?.signal?.aborted).toBe(false);
    cache.forget("b");
    expect(pending.get(1)?.signal?.aborted).toBe(true);
    expect(cache.state(source, 0, [1])).toBeUndefined();
  });

  test("the least recently used unwanted brick leaves first, and bytes are counted", async () => {
    const { source, answer } = heldSource(10, 6);
    const cache = new BrickCache({ budget: 30 });
    cache.want("a", want(source, 0, 1, 2));
    for (const i of [0, 1, 2]) await answer(i);
    cache.want("a", want(source, 2));
    expect(cache.get(source, 0, [0])).toBeDefined();
    cache.want("a", want(source, 2, 3));
    await answer(3);
    expect(cache.state(source, 0, [1])).toBeUndefined();
    expect(cache.state(source, 0, [0])).toBe("resident");
    expect(cache.bytes).toBe(30);
    cache.setBudget(0);
    expect(cache.bytes).toBe(20);
    cache.dispose();
    expect(cache.bytes).toBe(0);
  });

  test("a failed read is told, and tried again when wanted again", async () => {
    let reads = 0;
    const { source } = heldSource(10, 1);
    const failing: ChunkSource = {
      ...source,
      readBrick: async () => {
        reads++;
        throw new SourceError("The file is gone.");
      },
    };
    const cache = new BrickCache({ budget: 100 });
    const changed = new Promise<void>((resolve) => {
      cache.onChange = () => resolve();
    });
    cache.want("a", want(failing, 0));
    await changed;
    expect(cache.failure("a")?.message).toBe("The file is gone.");
    cache.forget("a");
    cache.want("a", want(failing, 0));
    expect(reads).toBe(2);
  });
});
