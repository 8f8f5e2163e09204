import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { applyOps, emptyScene } from "@eyepiece/engine/model/scene.ts";
import type { ImageLayer, Scene, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { describe, expect, it } from "vitest";
import { answered, applyOwn, changed, copyOf, refused, replaced } from "./scene-copy.ts";

const layer = (id: string): ImageLayer => ({
  ...{ type: "image", id, rgb: false, name: id, visible: true, opacity: 1, blending: "translucent_no_depth" },
  data: { source: id, version: 0, shape: [4, 4], dtype: "uint8", levels: [[4, 4]], nbytes: 16, label: id },
  ...{ experimental_clipping_planes: [], scale: [1, 1], translate: [0, 0], units: ["pixel", "pixel"] },
  ...{ metadata: {}, editable: true, locked: false, link: "", bounding_box: false, name_overlay: false },
  rotate: [
    [1, 0],
    [0, 1],
  ],
  ...{
    shear: [0],
    affine: [],
    axis_labels: ["y", "x"],
    contrast_limits: [0, 255],
    contrast_limits_range: [0, 255],
  },
  ...{
    gamma: 1,
    colormap: colormap("gray"),
    interpolation2d: "nearest",
    interpolation3d: "linear",
    rendering: "mip",
  },
  ...{
    iso_threshold: 0.5,
    attenuation: 0.05,
    depiction: "volume",
    projection_mode: "mean",
    locked_data_level: null,
  },
  plane: { position: [0, 0, 0], normal: [1, 0, 0], thickness: 1 },
});
const start = (): Scene => ({ ...emptyScene("t"), layers: [layer("a"), layer("b")] });
const opacity = (id: string, value: number): SceneOp => ({ op: "layer.set", id, set: { opacity: value } });
const shownOpacity = (copy: { shown: Scene }) => copy.shown.layers.map((one) => one.opacity);

describe("the copy of the scene", () => {
  it("shows own operations at once", () => {
    const copy = applyOwn(copyOf(start()), 1, [opacity("a", 0.5)]);
    expect(shownOpacity(copy)).toEqual([0.5, 1]);
    expect(copy.confirmed.layers[0]?.opacity).toBe(1);
  });

  it("does not flicker while a slider's earlier positions are confirmed", () => {
    let copy = applyOwn(copyOf(start()), 1, [opacity("a", 0.5)]);
    copy = applyOwn(copy, 2, [opacity("a", 0.3)]);
    copy = changed(copy, [opacity("a", 0.5)], 1);
    expect(shownOpacity(copy)).toEqual([0.3, 1]);
    copy = answered(copy, 1);
    expect(shownOpacity(copy)).toEqual([0.3, 1]);
    copy = answered(changed(copy, [opacity("a", 0.3)], 2), 2);
    expect(shownOpacity(copy)).toEqual([0.3, 1]);
    // Someone else's change counts again, once nothing of one's own is under way.
    copy = changed(copy, [opacity("a", 0.9)], 3);
    expect(shownOpacity(copy)).toEqual([0.9, 1]);
    expect(copy.pending).toEqual([]);
  });

  it("takes back what the session refuses", () => {
    const copy = refused(applyOwn(copyOf(start()), 7, [opacity("b", 0)]), 7);
    expect(shownOpacity(copy)).toEqual([1, 1]);
  });

  it("keeps what others did beside what is under way", () => {
    const copy = changed(applyOwn(copyOf(start()), 1, [opacity("a", 0.5)]), [opacity("b", 0.2)], 1);
    expect(shownOpacity(copy)).toEqual([0.5, 0.2]);
    expect(copy.confirmed.revision).toBe(1);
  });

  it("goes on when someone else removed the layer", () => {
    const copy = changed(
      applyOwn(copyOf(start()), 1, [opacity("a", 0.5)]),
      [{ op: "layer.remove", id: "a" }],
      1,
    );
    expect(copy.shown.layers.map((one) => one.id)).toEqual(["b"]);
  });

  it("takes a whole scene over", () => {
    const scene = applyOps(start(), [{ op: "layer.remove", id: "a" }]).scene;
    expect(replaced(copyOf(start()), scene).shown.layers.length).toBe(1);
  });

  it("refuses operations that do not fit", () => {
    expect(() => applyOwn(copyOf(start()), 1, [opacity("no", 1)])).toThrow(/no layer/);
  });
});
