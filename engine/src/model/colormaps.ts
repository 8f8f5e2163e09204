/** napari's colormaps by name, and the table that the GPU looks colours up in. */
import type { Colormap, Rgba } from "@eyepiece/protocol/scene/schema.ts";
import { DISPLAY_NAMES, SHORT, TABLES } from "./colormap-data.ts";

/** Texels of the table on the GPU, as vispy's. */
export const TABLE_SIZE = 1024;

/** The names offered, in napari's order: alphabetical without regard to case. */
export const COLORMAP_NAMES: readonly string[] = [...Object.keys(SHORT), ...Object.keys(TABLES)].sort(
  (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1),
);

/** What people read for a colormap's name. */
export function colormapLabel(name: string): string {
  return DISPLAY_NAMES[name] ?? name;
}

/** A colormap that napari offers. @throws RangeError for a name that it does not */
export function colormap(name: string): Colormap {
  const short = SHORT[name];
  if (short !== undefined) {
    return {
      name,
      colors: short.colors.map((color): Rgba => [...color]),
      controls: [...short.controls],
      interpolation: short.interpolation,
    };
  }
  const table = TABLES[name];
  if (table === undefined) throw new RangeError(`There is no colormap named ${name}.`);
  const count = table.length / 6;
  const channel = (i: number, c: number): number =>
    Number.parseInt(table.slice(6 * i + 2 * c, 6 * i + 2 * c + 2), 16) / 255;
  return {
    name,
    colors: Array.from({ length: count }, (_, i): Rgba => [channel(i, 0), channel(i, 1), channel(i, 2), 1]),
    controls: Array.from({ length: count }, (_, i) => i / (count - 1)),
    interpolation: "linear",
  };
}

/** The colour at t in 0..1: between control points linearly, or the colour of the interval ("zero"). */
export function sampleColormap(map: Colormap, t: number): Rgba {
  const { colors, controls } = map;
  const last = colors.length - 1;
  const first: Rgba = colors[0] ?? [0, 0, 0, 0];
  if (map.interpolation === "zero") {
    // n colours fill the n intervals between n + 1 controls; n controls mean that the last colour is a point.
    let i = 0;
    while (i < last && t >= (controls[i + 1] ?? 1)) i++;
    return colors[i] ?? first;
  }
  if (!(t > (controls[0] ?? 0))) return first;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((controls[middle] ?? 1) <= t) low = middle;
    else high = middle;
  }
  const a = colors[low] ?? first;
  const b = colors[high] ?? a;
  const from = controls[low] ?? 0;
  const to = controls[high] ?? 1;
  const f = to > from ? Math.min(1, (t - from) / (to - from)) : 1;
  const mix = (c: 0 | 1 | 2 | 3): number => a[c] * (1 - f) + b[c] * f;
  return [mix(0), mix(1), mix(2), mix(3)];
}

/**
 * {@link TABLE_SIZE} RGBA texels: texel i is the colour at i / (size - 1). Bytes, as napari's table is: sums over a ray's many samples show
 * the difference to a finer one.
 */
export function colormapTable(map: Colormap): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(TABLE_SIZE * 4);
  for (let i = 0; i < TABLE_SIZE; i++) {
    table.set(
      sampleColormap(map, i / (TABLE_SIZE - 1)).map((value) => Math.round(value * 255)),
      i * 4,
    );
  }
  return table;
}
