/** The settings of what lies over the picture, and that the worker's drawing obeys them. */
import { defaultCamera } from "@eyepiece/engine/model/view.ts";
import { expect } from "chai";
import type { Kept } from "../../services/preferences.ts";
import { Preferences } from "../../services/preferences.ts";
import { control, mount, until } from "../../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../../testing/session.ts";
import type { ItemWords } from "../worker/api.ts";
import { drawOverlays } from "../worker/overlays.ts";
import { CANVAS_POSITIONS } from "./positions.ts";
import type { EpOverlaySettings } from "./settings.ts";
import "./settings.ts";
import { overlayState } from "./state.ts";

const SIZE = { width: 640, height: 480 };
const ALL_OFF: Partial<Kept> = {
  ...{ scaleBar: false, axes: false, boundingBox: false, colorBar: false, slice: false, text: false },
};

/** Draws the overlays, and says in which rows and columns of a 3 by 3 canvas anything is seen. */
function thirds(
  session: TestSession,
  changes: Partial<Kept>,
  grid = false,
  itemWords: readonly ItemWords[] = [],
): string[] {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const view = session.service.view.value;
  if (!context || !view) throw new Error("no view");
  const overlay = overlayState({
    kept: { ...new Preferences().values.value, ...ALL_OFF, ...changes },
    layers: session.service.scene.value?.layers ?? [],
    selected: session.service.selected.value,
    dims: view.dims,
    itemWords,
  });
  const { order } = view.dims;
  const camera = { ...defaultCamera(), center: view.camera.center, zoom: 8 };
  const shot = { camera, ndisplay: 2 as const, order, ...SIZE };
  drawOverlays(context, shot, overlay, { ...view, grid: { ...view.grid, enabled: grid } }, 1);
  const { data } = context.getImageData(0, 0, SIZE.width, SIZE.height);
  const found = new Set<string>();
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] === 0) continue;
    const [x, y] = [((i - 3) / 4) % SIZE.width, Math.floor((i - 3) / 4 / SIZE.width)];
    found.add(
      CANVAS_POSITIONS[3 * Math.floor((y / SIZE.height) * 3) + Math.floor((x / SIZE.width) * 3)] ?? "",
    );
  }
  return [...found].sort();
}

describe("the overlays' settings", () => {
  beforeEach(() => localStorage.clear());
  after(() => localStorage.clear());

  it("are kept in the browser, and name places as napari does", async () => {
    const session = await testSession([imageLayer("a")]);
    const settings = await mount<EpOverlaySettings>("ep-overlay-settings", session);
    control(settings, "Color bar").click();
    const place = control<HTMLSelectElement>(settings, "Color bar, position");
    expect([...place.options].map(({ value }) => value)).to.deep.equal([...CANVAS_POSITIONS]);
    place.value = "top_center";
    place.dispatchEvent(new Event("change"));
    control(settings, "Text overlay").click();
    await until(
      "the words have a field",
      () => settings.renderRoot.querySelector('[aria-label="Text, words"]') !== null,
    );
    const words = control<HTMLInputElement>(settings, "Text, words");
    words.value = "Figure 2b";
    words.dispatchEvent(new Event("input"));
    const kept = new Preferences().values.value;
    expect([kept.colorBar, kept.colorBarPosition, kept.text, kept.textWords]).to.deep.equal([
      ...[true, "top_center", true, "Figure 2b"],
    ]);
  });

  it("put each thing at each of the nine places", async () => {
    const session = await testSession([imageLayer("a")]);
    expect(thirds(session, {})).to.deep.equal([]);
    for (const position of CANVAS_POSITIONS) {
      const at = [position];
      expect(thirds(session, { scaleBar: true, scaleBarPosition: position })).to.deep.equal(at);
      expect(thirds(session, { axes: true, axesPosition: position })).to.deep.equal(at);
      expect(thirds(session, { slice: true, slicePosition: position })).to.deep.equal(at);
      expect(thirds(session, { text: true, textWords: "Figure", textPosition: position })).to.deep.equal(at);
    }
    expect(thirds(session, { colorBar: true, colorBarPosition: "bottom_left" })).to.include("bottom_left");
  });

  it("leave a layer's own name and box to the layer, in its cell of the grid", async () => {
    const session = await testSession([imageLayer("a"), imageLayer("b", { name_overlay: true })]);
    expect(thirds(session, { namePosition: "top_left" })).to.deep.equal(["top_left"]);
    // Two cells beside each other: the second one begins in the middle.
    expect(thirds(session, { namePosition: "top_left" }, true)).to.deep.equal(["top_center"]);
    session.operate([
      { op: "layer.set", id: "b", set: { name_overlay: false } },
      { op: "layer.set", id: "a", set: { bounding_box: true } },
    ]);
    await until("the box is asked for", () => session.service.scene.value?.layers[0]?.bounding_box === true);
    expect(thirds(session, {})).to.include("middle_center");
    session.operate([{ op: "layer.set", id: "a", set: { visible: false } }]);
    await until("it is hidden", () => session.service.scene.value?.layers[0]?.visible === false);
    expect(thirds(session, {})).to.deep.equal([]);
  });

  it("have words at items on the side of them that the anchor names, as large as asked, turned", async () => {
    const session = await testSession([imageLayer("a")]);
    const { center } = session.service.view.value?.camera ?? { center: [0, 0, 0] };
    const at = (changes: Partial<ItemWords>) =>
      thirds(session, {}, false, [
        {
          ...{
            layer: 0,
            points: Float32Array.from(center),
            texts: ["wwwwwwwwwwwwwwwwwwwwwwwwwwwww"],
            color: "#fff",
          },
          ...{ size: 12, scaling: false, anchor: "upper_left", rotation: 0, ...changes },
        },
      ]);
    expect(at({})).to.deep.equal(["middle_center", "middle_right"]);
    expect(at({ anchor: "lower_right" })).to.deep.equal(["middle_center", "middle_left"]);
    expect(at({ rotation: 90 })).to.deep.equal(["bottom_center", "middle_center"]);
    // Too small to be read at this zoom: 8 pixels a unit.
    expect(at({ scaling: true, size: 0.4 })).to.deep.equal([]);
  });

  it("draw a colour bar where a colour means a value: the colormap's colours, upwards", async () => {
    const session = await testSession([imageLayer("a", { contrast_limits: [100, 900] })]);
    const state = (layers = session.service.scene.value?.layers ?? []) =>
      overlayState({
        ...{ kept: { ...new Preferences().values.value, colorBar: true }, layers, selected: "a" },
        ...{ dims: undefined, itemWords: [] },
      }).colorBars;
    const [bar] = state();
    expect(bar?.limits).to.deep.equal([100, 900]);
    expect(bar?.colors[0]).to.equal("rgb(0 0 0 / 1)");
    expect(bar?.colors.at(-1)).to.equal("rgb(255 255 255 / 1)");
    expect(state([imageLayer("a", { metadata: { unit: "counts" } })])[0]?.title).to.equal("a, counts");
    expect(state([imageLayer("a", { rgb: true })])).to.deep.equal([]);
    expect(state([imageLayer("a", { visible: false })])).to.deep.equal([]);
  });
});
