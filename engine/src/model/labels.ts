/**
 * Labels as the GPU sees them: each label has a code of one or two bytes, and a table has the colour of each code.
 *
 * Labels of 8 and 16 bits are their own codes, so that colours change without the data being looked at. Wider ones get the
 * row of their colour; where only the selected label is shown, the others get code 0.
 */
import type { LabelColormap, LabelsLayer, Rgba } from "@eyepiece/protocol/scene/schema.ts";
import type { Brick, BrickArray, Dtype } from "../data/chunk-source.ts";
import { LABEL_COLORS } from "./label-color-data.ts";

/** The 50 rows of napari's cyclic colormap; row 0 is the background's. */
export function defaultLabelColors(): Rgba[] {
  return LABEL_COLORS.map((hex): Rgba => {
    const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return [channel(0), channel(2), channel(4), 1];
  });
}

/** napari's colormap of a new labels layer. */
export const CYCLIC: LabelColormap = { kind: "cyclic", background_value: 0, colors: [], seed: 0.5 };

/** Rows of a cyclic colormap in the order of its seed: another seed gives the same colours other neighbours. */
function cycleOf(map: Extract<LabelColormap, { kind: "cyclic" }>): readonly Rgba[] {
  const rows = map.colors.length > 1 ? map.colors : defaultLabelColors();
  if (map.seed === 0.5) return rows;
  const [background = [0, 0, 0, 0] as Rgba, ...colors] = rows;
  // A fixed generator, so that everyone sees the same shuffle.
  let state = Math.max(1, Math.floor(Math.abs(map.seed) * 0x7fffffff)) >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = colors.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [colors[i], colors[j]] = [colors[j] as Rgba, colors[i] as Rgba];
  }
  return [background, ...colors];
}

const CLEAR: Rgba = [0, 0, 0, 0];

/** The colour of any label, RGBA in 0..1; the background's is clear. */
export function labelColor(map: LabelColormap): (label: number) => Rgba {
  if (map.kind === "direct") {
    const known = new Map(map.colors);
    return (label) => (label === map.background_value ? CLEAR : (known.get(label) ?? map.default));
  }
  const rows = cycleOf(map);
  const n = rows.length - 1;
  return (label) => (label === map.background_value ? CLEAR : (rows[cyclicRow(label, n)] ?? CLEAR));
}

/** (label - 1) mod n + 1, for negative labels too. */
function cyclicRow(label: number, n: number): number {
  return ((((label - 1) % n) + n) % n) + 1;
}

/** How the labels of a layer become codes, and what colours codes have. */
export interface LabelCoding {
  /** Equal names are equal codings; colours excepted. */
  readonly name: string;
  readonly bytes: 1 | 2;
  /** The code of a label; undefined where a label of the data's own type is its code. */
  readonly code: ((label: number) => number) | undefined;
  /** RGBA bytes of each code. */
  readonly table: Uint8Array<ArrayBuffer>;
}

const NARROW: ReadonlySet<Dtype> = new Set<Dtype>(["uint8", "int8", "uint16", "int16"]);

/** The coding of a layer's labels. */
export function labelCoding(layer: LabelsLayer): LabelCoding {
  const { colormap, data, show_selected_label: only, selected_label: selected } = layer;
  const colorOf = labelColor(colormap);
  const shown = (label: number): Rgba => (only && label !== selected ? CLEAR : colorOf(label));
  if (NARROW.has(data.dtype)) {
    const bytes = data.dtype.endsWith("8") ? 1 : 2;
    const count = 256 ** bytes;
    const signed = data.dtype.startsWith("int");
    const table = colorBytes(count, (code) => shown(signed && code >= count / 2 ? code - count : code));
    return { name: "own", bytes, code: undefined, table };
  }
  if (only) {
    const table = colorBytes(256, (code) => (code === 1 ? colorOf(selected) : CLEAR));
    return { name: `only ${selected}`, bytes: 1, code: (label) => (label === selected ? 1 : 0), table };
  }
  const background = colormap.background_value;
  if (colormap.kind === "cyclic") {
    const rows = cycleOf(colormap);
    const n = rows.length - 1;
    const bytes = rows.length <= 256 ? 1 : 2;
    const code = (label: number): number => (label === background ? 0 : cyclicRow(label, n));
    const table = colorBytes(256 ** bytes, (row) => (row === 0 ? CLEAR : (rows[row] ?? CLEAR)));
    return { name: `cyclic ${n} ${background}`, bytes, code, table };
  }
  const codes = new Map(colormap.colors.map(([label], i) => [label, i + 2]));
  const bytes = codes.size + 2 <= 256 ? 1 : 2;
  const table = colorBytes(256 ** bytes, (code) => {
    if (code === 0) return CLEAR;
    return code === 1 ? colormap.default : (colormap.colors[code - 2]?.[1] ?? CLEAR);
  });
  return {
    name: `direct ${background} ${colormap.colors.map(([label]) => label).join()}`,
    bytes,
    code: (label) => (label === background ? 0 : (codes.get(label) ?? 1)),
    table,
  };
}

function colorBytes(count: number, colorOf: (code: number) => Rgba): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(count * 4);
  for (let code = 0; code < count; code++) {
    const color = colorOf(code);
    for (let c = 0; c < 4; c++) table[4 * code + c] = Math.round((color[c] ?? 0) * 255);
  }
  return table;
}

/** Codes of bricks, kept as long as the bricks are. */
export class CodedBricks {
  #name = "";
  #coded = new WeakMap<Brick, Brick>();

  /** The brick with codes for labels, in an array of the coding's width. */
  of(brick: Brick, coding: LabelCoding): Brick {
    // A label of its own code needs none; gathering wraps negative ones to the unsigned code.
    if (coding.code === undefined) return brick;
    if (this.#name !== coding.name) {
      this.#name = coding.name;
      this.#coded = new WeakMap();
    }
    let coded = this.#coded.get(brick);
    if (coded === undefined) {
      coded = { ...brick, data: codesOf(brick.data, coding) };
      this.#coded.set(brick, coded);
    }
    return coded;
  }
}

function codesOf(labels: BrickArray, { bytes, code = Number }: LabelCoding): Uint8Array | Uint16Array {
  const codes = bytes === 1 ? new Uint8Array(labels.length) : new Uint16Array(labels.length);
  // Neighbours are mostly alike.
  let [last, lastCode] = [0, code(0)];
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i]);
    if (label !== last) [last, lastCode] = [label, code(label)];
    codes[i] = lastCode;
  }
  return codes;
}

/**
 * Replaces the inside of regions by the background: kept is where the greatest of the four neighbours and itself differs
 * from the least within `thickness` steps. Rows of `width`; voxels outside do not count.
 */
export function contours(
  labels: Float64Array,
  width: number,
  height: number,
  thickness: number,
  background: number,
): Float64Array {
  const greatest = spread(labels, width, height, Math.max);
  let least: Float64Array = labels;
  for (let step = 0; step < thickness; step++) least = spread(least, width, height, Math.min);
  return labels.map((label, i) => (greatest[i] === least[i] ? background : label));
}

/** `better` of each voxel and its four neighbours. */
function spread(
  values: Float64Array,
  width: number,
  height: number,
  better: (a: number, b: number) => number,
): Float64Array {
  const out = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      let value = values[i] as number;
      if (x > 0) value = better(value, values[i - 1] as number);
      if (x < width - 1) value = better(value, values[i + 1] as number);
      if (y > 0) value = better(value, values[i - width] as number);
      if (y < height - 1) value = better(value, values[i + width] as number);
      out[i] = value;
    }
  }
  return out;
}
