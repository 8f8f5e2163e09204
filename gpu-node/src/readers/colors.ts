/** Colours for channels. */
import type { Colormap } from "@eyepiece/protocol/scene/schema.ts";

/** A colormap from black to one colour, named as napari names it where it has it. */
export function rampTo(hex: string, name = `#${hex.toLowerCase()}`): Colormap {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return {
    name,
    colors: [
      [0, 0, 0, 1],
      [part(0), part(2), part(4), 1],
    ],
    controls: [0, 1],
    interpolation: "linear",
  };
}

/** A saved colour ("RRGGBB", with or without "#" and alpha) as a colormap; undefined when it is not one. */
export function colormapOf(color: string | null | undefined): Colormap | undefined {
  const [, hex] = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(color ?? "") ?? [];
  if (!hex) return undefined;
  // White is what a single image has anyway, under napari's name for it.
  return hex.toUpperCase() === "FFFFFF" ? rampTo(hex, "gray") : rampTo(hex);
}

const TWO: readonly [string, string][] = [
  ["magenta", "FF00FF"],
  ["green", "00FF00"],
];
const MANY: readonly [string, string][] = [
  ["cyan", "00FFFF"],
  ["yellow", "FFFF00"],
  ["magenta", "FF00FF"],
  ["red", "FF0000"],
  ["green", "00FF00"],
  ["blue", "0000FF"],
];

/** The colour of one of several channels for which nothing was saved, as napari chooses; undefined: gray. */
export function defaultColormap(index: number, count: number): Colormap | undefined {
  if (count < 2) return undefined;
  const list = count === 2 ? TWO : MANY;
  const [name, hex] = list[index % list.length] ?? ["gray", "FFFFFF"];
  return rampTo(hex, name);
}
