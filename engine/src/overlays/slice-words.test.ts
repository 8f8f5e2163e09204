import type { Dims } from "@eyepiece/protocol/scene/schema.ts";
import { expect, it } from "vitest";
import { tickLabel } from "./marks.ts";
import { sliceWords } from "./slice-words.ts";

const dims: Dims = {
  ...{ ndim: 5, ndisplay: 2, order: [0, 1, 2, 3, 4], point: [3, 0, 12.5, 8, 9] },
  margin_left: [0, 0, 0, 0, 0],
  margin_right: [0, 0, 0, 0, 0],
  range: [
    [0, 9, 1],
    [0, 0, 1],
    [0, 50, 0.5],
    [0, 99, 1],
    [0, 99, 1],
  ],
  axis_labels: ["t", "c", "z", "y", "x"],
};
const units = ["second", "pixel", "micrometer", "micrometer", "micrometer"];

it("the slice in words: axes that are cut and have more than one step, in their units", () => {
  expect(sliceWords(dims, units)).toBe("t = 3 s, z = 12.5 µm");
  expect(sliceWords({ ...dims, order: [4, 0, 1, 2, 3] }, units)).toBe("t = 3 s, x = 9 µm");
  expect(sliceWords({ ...dims, ndisplay: 3 }, [])).toBe("t = 3");
});

it("a thick slice says from where to where it goes", () => {
  const thick = { ...dims, margin_left: [0, 0, 1.5, 0, 0], margin_right: [0, 0, 0.25, 0, 0] };
  expect(sliceWords(thick, units)).toBe("t = 3 s, z = 11 to 12.75 µm");
});

it("numbers beside a colour bar are short", () => {
  expect([0, 1, 0.12345, 65535, 1e7, 0.00012, -2.5].map(tickLabel)).toEqual([
    ...["0", "1", "0.1235", "65535", "1.0e+7", "1.2e-4", "-2.5"],
  ]);
});
