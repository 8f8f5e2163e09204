import { emptyScene } from "@eyepiece/engine/model/scene.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkedView, readFragment, viewFragment } from "./view-link.ts";

const scene = emptyScene();
const base = defaultView(scene, { width: 100, height: 100 });
const number = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .map((value) => Number(value.toPrecision(9)) + 0);
const view: fc.Arbitrary<View> = fc
  .record({
    center: fc.tuple(number, number, number),
    angles: fc.tuple(number, number, number),
    zoom: fc.double({ min: 0.001, max: 1000, noNaN: true }).map((value) => Number(value.toPrecision(9))),
    point: fc.tuple(number, number),
    enabled: fc.boolean(),
  })
  .map(({ center, angles, zoom, point, enabled }) => ({
    camera: { ...base.camera, center, angles, zoom },
    dims: { ...base.dims, point },
    grid: { ...base.grid, enabled },
  }));

describe("a view in an address", () => {
  it("comes back as it was, beside a token or alone", () => {
    fc.assert(
      fc.property(view, fc.constantFrom("#", "#token-_1&", ""), (one, before) => {
        const link = readFragment(before + viewFragment({ view: one, selected: undefined }));
        if (!link) throw new Error("no view was found");
        expect(link.camera).toEqual(one.camera);
        expect(link.dims.point).toEqual(one.dims.point);
        expect(link.grid).toEqual(one.grid);
      }),
    );
  });

  it("is none when it was cut, changed or left out", () => {
    const whole = viewFragment({ view: base, selected: "a" });
    expect(readFragment("#token")).toBeUndefined();
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 6 }), (length) => {
        expect(readFragment(whole.slice(0, length))).toBeUndefined();
      }),
    );
  });

  it("keeps to the axes and layers that the scene has", () => {
    const link = readFragment(viewFragment({ view: base, selected: "gone" }));
    if (!link) throw new Error("no view was found");
    expect(linkedView(link, scene, base)).toEqual({ view: base, selected: undefined });
    const deeper: View = { ...base, dims: { ...base.dims, ndim: 3 } };
    expect(linkedView(link, scene, deeper).view).toBe(deeper);
  });
});
