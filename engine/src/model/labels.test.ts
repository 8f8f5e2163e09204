import type { LabelColormap, LabelsLayer } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dtype } from "../data/chunk-source.ts";
import { memorySource } from "../data/memory-source.ts";
import { CodedBricks, CYCLIC, contours, defaultLabelColors, labelCoding, labelColor } from "./labels.ts";
import { labelsLayer } from "./layer.ts";

const ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  float64: Float64Array,
};
function layerOf(dtype: keyof typeof ARRAYS, changes: Partial<LabelsLayer> = {}): LabelsLayer {
  const source = memorySource("s", [{ data: new ARRAYS[dtype](4), shape: [2, 2] }]);
  return { ...labelsLayer("l", source), ...changes };
}
const bytes = (color: readonly number[]): number[] => color.map((value) => Math.round(value * 255));
const cyclic = (changes: { seed?: number; background_value?: number }): LabelColormap => ({
  ...{ kind: "cyclic" as const, background_value: 0, colors: [], seed: 0.5 },
  ...changes,
});
const direct: LabelColormap = {
  kind: "direct",
  background_value: 0,
  colors: [
    [1, [1, 0, 0, 1]],
    [-3, [0, 1, 0, 0.5]],
  ],
  default: [0.2, 0.2, 0.2, 1],
};

describe("colours of labels", () => {
  it("cycle as napari's do, negative labels too", () => {
    const color = labelColor(CYCLIC);
    const rows = defaultLabelColors();
    expect(rows.length).toBe(50);
    expect(color(0)).toEqual([0, 0, 0, 0]);
    expect(color(1)).toEqual(rows[1]);
    expect(color(50)).toEqual(rows[1]);
    expect(color(-1)).toEqual(rows[48]);
  });

  it("are the same by their codes, for every kind of data, colormap and selection", () => {
    const dtypes = Object.keys(ARRAYS) as (keyof typeof ARRAYS)[];
    const maps: LabelColormap[] = [CYCLIC, cyclic({ seed: 0.7 }), cyclic({ background_value: 5 }), direct];
    fc.assert(
      fc.property(
        fc.constantFrom(...dtypes),
        fc.constantFrom(...maps),
        fc.boolean(),
        fc.array(fc.integer({ min: -120, max: 127 }), { minLength: 1, maxLength: 16 }),
        (dtype, colormap, only, labels) => {
          const data = ARRAYS[dtype].from(labels);
          const selected = Number(data[0]);
          const layer = layerOf(dtype, { colormap, show_selected_label: only, selected_label: selected });
          const coding = labelCoding(layer);
          const brick = { shape: [1, labels.length], data, min: 0, max: 0 };
          const codes = new CodedBricks().of(brick, coding).data;
          for (const [i, label] of data.entries()) {
            const code = (Number(codes[i]) + 256 ** coding.bytes) % 256 ** coding.bytes;
            const seen = [...coding.table.subarray(4 * code, 4 * code + 4)];
            expect(seen).toEqual(
              only && label !== selected ? [0, 0, 0, 0] : bytes(labelColor(colormap)(label)),
            );
          }
        },
      ),
    );
  });

  it("keep their neighbours apart after a shuffle, the same for everyone", () => {
    const a = labelColor({ kind: "cyclic", background_value: 0, colors: [], seed: 0.3 });
    const b = labelColor({ kind: "cyclic", background_value: 0, colors: [], seed: 0.3 });
    const labels = Array.from({ length: 49 }, (_, i) => i + 1);
    expect(labels.map(a)).toEqual(labels.map(b));
    const sorted = (color: (label: number) => readonly number[]) =>
      labels.map((label) => String(color(label))).sort();
    expect(sorted(a)).toEqual(sorted(labelColor(CYCLIC)));
    expect(labels.map(a)).not.toEqual(labels.map(labelColor(CYCLIC)));
  });
});

describe("contours", () => {
  it("keep what a look at each voxel's surroundings keeps", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        (width, height, thickness, stream) => {
          const labels = Float64Array.from({ length: width * height }, () => stream.next().value as number);
          const at = (x: number, y: number): number | undefined =>
            x < 0 || y < 0 || x >= width || y >= height ? undefined : labels[y * width + x];
          const around = (x: number, y: number, radius: number): number[] => {
            const found: number[] = [];
            for (let dy = -radius; dy <= radius; dy++)
              for (let dx = -radius; dx <= radius; dx++) {
                const value = Math.abs(dx) + Math.abs(dy) <= radius ? at(x + dx, y + dy) : undefined;
                if (value !== undefined) found.push(value);
              }
            return found;
          };
          const kept = contours(labels, width, height, thickness, 0);
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++) {
              const edge = Math.max(...around(x, y, 1)) !== Math.min(...around(x, y, thickness));
              expect(kept[y * width + x]).toBe(edge ? at(x, y) : 0);
            }
        },
      ),
    );
  });
});

it("a new labels layer has napari's defaults", () => {
  const dtype: Dtype = "int32";
  expect(layerOf(dtype)).toMatchObject({
    type: "labels",
    opacity: 0.7,
    blending: "translucent",
    rendering: "iso_categorical",
    brush_size: 10,
    n_edit_dimensions: 2,
    contour: 0,
    selected_label: 1,
  });
});
