/** What a moving axis makes one expect. */

import type { View } from "@eyepiece/protocol/scene/schema.ts";
import { expect, test } from "vitest";
import { defaultView } from "../model/view.ts";
import { Scrub } from "./scrub.ts";

const base = defaultView({ revision: 0, title: "", layers: [] }, { width: 100, height: 100 });
const at = (t: number, z: number): View => ({
  ...base,
  dims: {
    ...base.dims,
    ndim: 4,
    ndisplay: 2,
    order: [0, 1, 2, 3],
    range: [
      [0, 19, 1],
      [0, 99, 1],
      [0, 511, 1],
      [0, 511, 1],
    ],
    point: [t, z, 0, 0],
  },
});
const z = (points: readonly (readonly number[])[]): number[] => points.map((point) => point[1] ?? -1);

test("goes on in the direction and by the strides of the hand, further where reads are slow", () => {
  const scrub = new Scrub();
  scrub.observe(at(0, 10), 0);
  expect(scrub.ahead(at(0, 10), 5)).toEqual([]);
  scrub.observe(at(0, 12), 50);
  expect(z(scrub.ahead(at(0, 12), 5))).toEqual([14, 16, 18]);
  expect(z(scrub.ahead(at(0, 12), 180))).toEqual([14, 16, 18, 20, 22, 24]);
  // The other way: nothing of what was expected before.
  scrub.observe(at(0, 11), 100);
  expect(z(scrub.ahead(at(0, 11), 5))).toEqual([10, 9, 8]);
});

test("an axis that is played begins again at its end", () => {
  const scrub = new Scrub();
  scrub.observe(at(17, 0), 0);
  scrub.observe(at(18, 0), 40);
  expect(scrub.ahead(at(18, 0), 5).map((point) => point[0])).toEqual([19, 0, 1]);
  scrub.observe(at(0, 0), 80);
  scrub.observe(at(1, 0), 120);
  expect(scrub.ahead(at(1, 0), 5).map((point) => point[0])).toEqual([2, 3, 4]);
});

test("a place chosen freely, and an axis that is on the screen, promise nothing", () => {
  const scrub = new Scrub();
  scrub.observe(at(1, 1), 0);
  scrub.observe(at(5, 9), 40);
  expect(scrub.ahead(at(5, 9), 5)).toEqual([]);
  scrub.observe(at(5, 10), 80);
  const turned = at(5, 10);
  expect(scrub.ahead({ ...turned, dims: { ...turned.dims, order: [0, 2, 1, 3] } }, 5)).toEqual([]);
});
