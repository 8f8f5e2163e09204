/** Words and marks in pictures that the node makes. */
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import {
  noOverlays,
  type OverlaysPatch,
  type Scene,
  type View,
  withOverlays,
} from "@eyepiece/protocol/scene/schema.ts";
import { beforeAll, expect, test } from "vitest";
import { layOver } from "./overlays.ts";

let scene: Scene;
beforeAll(async () => {
  const image = memorySource("image", [{ data: new Uint8Array(60 * 80), shape: [60, 80] }]);
  scene = { revision: 0, title: "", layers: [await imageLayer("l0", image)] };
});

/** Draws over black. @returns the pixels' brightest channel, row by row */
function drawn(width: number, height: number, patch: OverlaysPatch | undefined, ratio = 1): Uint8Array {
  const canvas = { width: width / ratio, height: height / ratio, pixelRatio: 1 };
  const view: View = defaultView(scene, canvas);
  const rgba = new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : 0));
  layOver(rgba, width, height, canvas, {
    view: patch ? { ...view, overlays: withOverlays(noOverlays(), patch) } : view,
    ...{ scene, selected: undefined, table: () => undefined },
  });
  expect(rgba.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
  return Uint8Array.from({ length: width * height }, (_, at) =>
    Math.max(...rgba.subarray(at * 4, at * 4 + 3)),
  );
}

/** The box of what is bright: left, top, right, bottom. */
function extent(pixels: Uint8Array, width: number): number[] {
  const lit = [...pixels.keys()].filter((at) => (pixels[at] ?? 0) > 60);
  const [x, y] = [lit.map((at) => at % width), lit.map((at) => Math.floor(at / width))];
  return [x, y]
    .map((axis) => axis.reduce((a, b) => Math.min(a, b)))
    .concat([x, y].map((axis) => axis.reduce((a, b) => Math.max(a, b))));
}

const words = (position: "middle_center" | "bottom_right", text = "10 µm, Ångström"): OverlaysPatch => ({
  text: { visible: true, text, position, font_size: 40 },
});

test("nothing is drawn where nobody asked for anything", () => {
  expect(drawn(320, 240, undefined).every((value) => value === 0)).toBe(true);
  expect(drawn(320, 240, {}).every((value) => value === 0)).toBe(true);
});

test("each is at its place, and the colours of a colour bar are the layer's", () => {
  const [left = 0, top = 0, right = 0, bottom = 0] = extent(
    drawn(600, 400, { scale_bar: { visible: true } }),
    600,
  );
  expect(left).toBeGreaterThan(400);
  expect(top).toBeGreaterThan(350);
  expect(Math.abs(600 - right - 14)).toBeLessThan(2);
  expect(Math.abs(400 - bottom - 14)).toBeLessThan(2);
  const bar = extent(drawn(600, 400, { color_bar: { visible: true, position: "top_left" } }), 600);
  expect(bar[0]).toBeLessThan(20);
  expect(bar[2]).toBeLessThan(120);
  expect(extent(drawn(600, 400, { axes: { visible: true, position: "top_right" } }), 600)[0]).toBeGreaterThan(
    480,
  );
});

test("letters are letters: of units, and none is the box of a missing one", () => {
  const widths = ["µ", "Å", "°", "ii", "WW"].map((text) => {
    const [left = 0, , right = 0] = extent(drawn(300, 100, words("middle_center", text)), 300);
    return right - left;
  });
  expect(new Set(widths).size).toBe(widths.length);
});

test("more pixels of the same are the same, larger", () => {
  const one = extent(drawn(400, 300, words("bottom_right")), 400);
  const three = extent(drawn(1200, 900, words("bottom_right"), 3), 1200);
  for (const [at, edge] of three.entries()) expect(Math.abs(edge - 3 * (one[at] ?? 0))).toBeLessThan(6);
});

test("a picture that is drawn in bands is whole", () => {
  // The words cross row 512, where the second band begins; in the smaller picture they are in the first.
  const tall = drawn(500, 1024, words("middle_center", "band"));
  const small = drawn(500, 200, words("middle_center", "band"));
  const rows = 500 * 200;
  const from = 500 * (512 - 100);
  expect(Buffer.compare(tall.subarray(from, from + rows), small)).toBe(0);
  expect(small.some((value) => value === 255)).toBe(true);
});
