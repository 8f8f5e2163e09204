import type { LabelOp, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Brick } from "../data/chunk-source.ts";
import { type BrickPatch, EditableSource } from "../data/editable-source.ts";
import { gather } from "../data/gather.ts";
import { memorySource } from "../data/memory-source.ts";
import { editedBox, makeEdit } from "./label-edits.ts";
import { labelsLayer } from "./layer.ts";

type Edit = Exclude<LabelOp, { op: "labels.swap" }>;
const SHAPE = [5, 23, 31];
const COARSE = [5, 12, 16];

/** The fine voxel that a coarse one shows. */
const shownBy = (k: number, fine: number, coarse: number): number =>
  Math.floor(k * (fine / coarse) + (fine / coarse - 1) / 2 + 0.5);

function coarsened(fine: Int32Array): Int32Array {
  const out = new Int32Array(COARSE.reduce((a, b) => a * b, 1));
  const [d = 0, h = 0, w = 0] = COARSE;
  for (let z = 0, i = 0; z < d; z++)
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++, i++) {
        const [Z = 0, Y = 0, X = 0] = [z, y, x].map((k, axis) =>
          shownBy(k, SHAPE[axis] ?? 1, COARSE[axis] ?? 1),
        );
        out[i] = fine[(Z * 23 + Y) * 31 + X] ?? 0;
      }
  return out;
}

function labels(data: Int32Array): { source: EditableSource; layer: LabelsLayer } {
  const base = memorySource(
    "s",
    [
      { data, shape: SHAPE },
      { data: coarsened(data), shape: COARSE },
    ],
    { chunk: [2, 8, 10] },
  );
  return { source: new EditableSource("s", base), layer: { ...labelsLayer("l", base), scale: [2, 1, 1] } };
}

/** All bricks of the finest level. */
async function everyBrick(source: EditableSource): Promise<readonly Brick[]> {
  const { shape = [], chunk = [] } = source.levels[0] ?? {};
  const counts = shape.map((size, axis) => Math.ceil(size / (chunk[axis] ?? 1)));
  const indices = counts.reduce<number[][]>(
    (some, count) => some.flatMap((one) => Array.from({ length: count }, (_, at) => [...one, at])),
    [[]],
  );
  return Promise.all(indices.map((index) => source.readBrick(0, index)));
}

async function all(source: EditableSource, level = 0): Promise<Int32Array> {
  const info = source.levels[level];
  if (info === undefined) throw new Error("no such level");
  const ranges = info.shape.map((size): [number, number] => [0, size]);
  const box = ranges.map((range, axis) =>
    level === 0 ? range : ([0, SHAPE[axis] ?? 0] as [number, number]),
  );
  await source.hold(box);
  const target = new Float64Array(info.shape.reduce((a, b) => a * b, 1));
  gather(
    { level: info, inner: 1, ranges, axes: [0, 1, 2], projection: "none" },
    (index) => source.brickAt(level, index),
    target,
  );
  source.release();
  return Int32Array.from(target);
}

async function carryOut(source: EditableSource, layer: LabelsLayer, edit: Edit): Promise<BrickPatch[]> {
  await source.hold(editedBox(edit, layer));
  const patches = makeEdit(edit, layer, source).finish();
  source.release();
  return patches;
}

const noise = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5 * 23 * 31, maxLength: 5 * 23 * 31 });
const place = fc.tuple(
  fc.double({ min: -2, max: 6, noNaN: true }),
  fc.double({ min: -4, max: 26, noNaN: true }),
  fc.double({ min: -4, max: 34, noNaN: true }),
);
const axes = fc.constantFrom<number[]>([1, 2], [0, 2], [2, 1], [0, 1, 2]);
const only = fc.constantFrom<number | null>(null, 0, 2);
const edit = fc.oneof(
  fc.record({
    op: fc.constant("labels.paint" as const),
    id: fc.constant("l"),
    points: fc.array(
      place.map((point): number[] => point),
      { minLength: 1, maxLength: 4 },
    ),
    value: fc.integer({ min: 0, max: 9 }),
    brush_size: fc.integer({ min: 1, max: 12 }),
    axes,
    only,
  }),
  fc.record({
    op: fc.constant("labels.fill" as const),
    id: fc.constant("l"),
    point: place,
    value: fc.integer({ min: 0, max: 9 }),
    axes,
    contiguous: fc.boolean(),
    only,
  }),
  fc.record({
    op: fc.constant("labels.polygon" as const),
    id: fc.constant("l"),
    points: fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.array(place, { minLength: 3, maxLength: 6 }))
      .map(([z, points]) => points.map(([, y, x]): [number, number, number] => [z, y, x])),
    value: fc.integer({ min: 0, max: 9 }),
    axes: fc.constant([1, 2]),
    only,
  }),
) as fc.Arbitrary<Edit>;

describe("edits of labels", () => {
  it("are taken back and done again exactly, and coarser levels follow", async () => {
    await fc.assert(
      fc.asyncProperty(noise, fc.array(edit, { minLength: 1, maxLength: 3 }), async (data, edits) => {
        const before = Int32Array.from(data);
        const { source, layer } = labels(before.slice());
        const done: BrickPatch[][] = [];
        for (const one of edits) done.push(await carryOut(source, layer, one));
        const after = await all(source);
        // What leaps over empty bricks, and what makes a new label, goes by their ranges.
        const bricks = await everyBrick(source);
        expect(Math.max(...bricks.map(({ max }) => max))).toBe(Math.max(...after));
        expect(Math.min(...bricks.map(({ min }) => min))).toBe(Math.min(...after));
        expect(await all(source, 1)).toEqual(coarsened(after));
        for (const patches of done.toReversed()) source.apply(patches, "before");
        expect(await all(source)).toEqual(before);
        expect(await all(source, 1)).toEqual(coarsened(before));
        for (const patches of done) source.apply(patches, "after");
        expect(await all(source)).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });

  it("paint what lies within half a brush of a place, round in the world", async () => {
    const size = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(place, size, axes, async (point, brush_size, spread) => {
        const { source, layer } = labels(new Int32Array(5 * 23 * 31));
        await carryOut(source, layer, {
          op: "labels.paint",
          id: "l",
          points: [point],
          value: 7,
          brush_size,
          axes: spread,
          only: null,
        });
        const painted = await all(source);
        const least = Math.min(...spread.map((axis) => layer.scale[axis] ?? 1));
        const even = (value: number): number => {
          const low = Math.floor(value);
          return value - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(value);
        };
        for (let i = 0; i < painted.length; i++) {
          const at = [Math.floor(i / (23 * 31)), Math.floor(i / 31) % 23, i % 31];
          let square = 0;
          let here = true;
          for (const [axis, value] of at.entries()) {
            const by = value - even(point[axis] ?? 0);
            if (spread.includes(axis)) square += (by * ((layer.scale[axis] ?? 1) / least)) ** 2;
            else here &&= by === 0;
          }
          const inside = here && square <= (Math.floor(brush_size / 2) + 0.5) ** 2;
          expect(painted[i]).toBe(inside ? 7 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("fill what is connected, and leave the rest", async () => {
    // Two rooms with a wall between them, and a door in another slice.
    const data = new Int32Array(5 * 23 * 31);
    for (let z = 0; z < 5; z++)
      for (let y = 0; y < 23; y++) data[(z * 23 + y) * 31 + 15] = z === 4 && y === 3 ? 0 : 1;
    const count = async (edit: Partial<Extract<Edit, { op: "labels.fill" }>>): Promise<number> => {
      const { source, layer } = labels(data.slice());
      const whole: Edit = {
        op: "labels.fill",
        id: "l",
        point: [0, 5, 5],
        value: 9,
        axes: [1, 2],
        contiguous: true,
        only: null,
        ...edit,
      };
      await carryOut(source, layer, whole);
      return (await all(source)).filter((label) => label === 9).length;
    };
    expect(await count({})).toBe(23 * 15);
    expect(await count({ contiguous: false })).toBe(23 * 30);
    expect(await count({ axes: [0, 1, 2] })).toBe(5 * 23 * 30 + 1);
    expect(await count({ point: [0, 5, 15], only: 0 })).toBe(0);
    expect(await count({ point: [-1, 5, 5] })).toBe(0);
  });

  it("say what is wrong with places and axes that do not fit", () => {
    const { layer } = labels(new Int32Array(5 * 23 * 31));
    const paint: Edit = {
      op: "labels.paint",
      id: "l",
      points: [[1, 2]],
      value: 1,
      brush_size: 3,
      axes: [1, 2],
      only: null,
    };
    expect(() => editedBox(paint, layer)).toThrow("needs 3 coordinates");
    expect(() => editedBox({ ...paint, axes: [3] }, layer)).toThrow("has 3 axes");
    const huge = { ...layer, data: { ...layer.data, shape: [10, 65_536, 65_536] } };
    expect(() =>
      editedBox(
        {
          op: "labels.fill",
          id: "l",
          point: [0, 0, 0],
          value: 1,
          axes: [1, 2],
          contiguous: true,
          only: null,
        },
        huge,
      ),
    ).toThrow("Fill in fewer dimensions");
  });
});
