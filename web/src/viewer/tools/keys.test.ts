import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { labelsLayer } from "@eyepiece/engine/model/layer.ts";
import { expect, test } from "vitest";
import { keyName, labelsKey } from "./keys.ts";
import { MODES, modeOfKey } from "./modes.ts";

const key = (name: string, modifiers: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
  keyName({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

const labels = labelsLayer("l", memorySource("l", [{ data: new Int32Array(4), shape: [2, 2] }]));

test("keys have one name each, whatever Shift makes of the sign", () => {
  expect(key("A", { shiftKey: true })).toBe("S-a");
  expect(key("[")).toBe("[");
  expect(key("v", { ctrlKey: true })).toBe("C-v");
  expect(key("Enter")).toBe("Enter");
});

test("1 to 7 are the modes of labels, in napari's order", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((n) => modeOfKey("labels", String(n)))).toEqual([
    "erase",
    "paint",
    "polygon",
    "fill",
    "pick",
    "pan_zoom",
    "transform",
  ]);
});

test("no two modes of a type have one key", () => {
  for (const modes of Object.values(MODES))
    expect(new Set(modes.map((one) => one.key)).size).toBe(modes.length);
});

test("- and = and [ and ] go one on; a brush is never less than 1", () => {
  expect(labelsKey("=", labels)).toEqual({ selected_label: 2 });
  expect(labelsKey("-", labels)).toEqual({ selected_label: 0 });
  expect(labelsKey("]", labels)).toEqual({ brush_size: 11 });
  expect(labelsKey("[", { ...labels, brush_size: 1 })).toEqual({ brush_size: 1 });
  expect(labelsKey("b", labels)).toEqual({ preserve_labels: true });
  expect(labelsKey("q", labels)).toBeUndefined();
});
