/** The settings of what lies over the picture, and that the worker's drawing obeys them. */
import { defaultCamera } from "@eyepiece/engine/model/view.ts";
import { drawOverlays } from "@eyepiece/engine/overlays/draw.ts";
import type { ItemWords } from "@eyepiece/engine/overlays/overlay.ts";
import { overlayState } from "@eyepiece/engine/overlays/state.ts";
import {
  CANVAS_POSITIONS,
  noOverlays,
  type OverlaysPatch,
  withOverlays,
} from "@eyepiece/protocol/scene/schema.ts";
import { expect } from "chai";
import { Preferences } from "../../services/preferences.ts";
import { control, mount, until } from "../../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../../testing/session.ts";
import type { EpOverlaySettings } from "./settings.ts";
import "./settings.ts";

const SIZE = { width: 640, height: 480 };
/** Draws the overlays, and says in which rows and columns of a 3 by 3 canvas anything is seen. */
function thirds(
  session: TestSession,
  changes: OverlaysPatch,
  grid = false,
  itemWords: readonly ItemWords[] = [],
): string[] {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const view = session.service.view.value;
  if (!context || !view) throw new Error("no view");
  const overlay = overlayState({
    overlays: withOverlays(noOverlays(), changes),
    layers: session.service.scene.value?.layers ?? [],
    selected: session.service.selected.value,
    dims: view.dims,
    itemWords,
  });
  const camera = { ...defaultCamera(), center: view.camera.center, zoom: 8 };
  const dims = { ...view.dims, ndisplay: 2 as const };
  drawOverlays(context, { camera, dims, grid: { ...view.grid, enabled: grid }, ...SIZE }, overlay);
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
    // The view has them, for what the node draws of it; and views that come have them, too.
    for (const overlays of [session.service.view.value?.overlays, new Preferences().values.value.overlays]) {
      expect(overlays?.color_bar).to.deep.equal({ visible: true, position: "top_center" });
      expect(overlays?.text).to.include({ visible: true, text: "Figure 2b" });
      expect(overlays?.scale_bar.visible).to.equal(true);
    }
  });

  it("put each thing at each of the nine places", async () => {
    const session = await testSession([imageLayer("a")]);
    expect(thirds(session, {})).to.deep.equal([]);
    for (const position of CANVAS_POSITIONS) {
      const at = [position];
      expect(thirds(session, { scale_bar: { visible: true, position } })).to.deep.equal(at);
      expect(thirds(session, { axes: { visible: true, position } })).to.deep.equal(at);
      expect(thirds(session, { current_slice: { visible: true, position } })).to.deep.equal(at);
      expect(thirds(session, { text: { visible: true, text: "Figure", position } })).to.deep.equal(at);
    }
    expect(thirds(session, { color_bar: { visible: true, position: "bottom_left" } })).to.include(
      "bottom_left",
    );
  });

  it("leave a layer's own name and box to the layer, in its cell of the grid", async () => {
    const session = await testSession([imageLayer("a"), imageLayer("b", { name_overlay: true })]);
    expect(thirds(session, { layer_names: { position: "top_left" } })).to.deep.equal(["top_left"]);
    // Two cells beside each other: the second one begins in the middle.
    expect(thirds(session, { layer_names: { position: "top_left" } }, true)).to.deep.equal(["top_center"]);
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
        ...{ overlays: withOverlays(noOverlays(), { color_bar: { visible: true } }), layers, selected: "a" },
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
