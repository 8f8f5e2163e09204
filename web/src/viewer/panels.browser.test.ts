import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import { expect } from "chai";
import { control, controls, drag, mount, nameOf, until } from "../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../testing/session.ts";
import "../ui/webawesome.ts";
import type { EpDimsBar } from "./dims-bar.ts";
import "./dims-bar.ts";
import type { EpLayerControls } from "./layer-controls.ts";
import "./layer-controls.ts";
import type { EpLayerList } from "./layer-list.ts";
import "./layer-list.ts";
import type { EpViewButtons } from "./view-buttons.ts";
import "./view-buttons.ts";

/** The upper layer of the test's scene. */
const image = (session: TestSession): ImageLayer => session.scene().layers[1] as ImageLayer;

const layers = () => [imageLayer("nuclei"), imageLayer("membrane")];
const ids = (scene: { layers: readonly { id: string }[] } | undefined) =>
  scene?.layers.map((layer) => layer.id);

describe("the layer list", () => {
  it("shows the top layer first and selects it", async () => {
    const session = await testSession(layers());
    const list = await mount<EpLayerList>("ep-layer-list", session);
    const names = controls(list.renderRoot as ShadowRoot).filter((element) => element.matches(".choose"));
    expect(names.map(nameOf)).to.deep.equal(["membrane", "nuclei"]);
    expect(session.service.selected.value).to.equal("membrane");
  });

  it("hides a layer here at once and on the node", async () => {
    const session = await testSession(layers());
    const list = await mount<EpLayerList>("ep-layer-list", session);
    control(list, "Hide nuclei").click();
    expect(session.service.scene.value?.layers[0]?.visible).to.equal(false);
    await until("the node hides it", () => session.scene().layers[0]?.visible === false);
    await until("the control says so", () => control(list, "Show nuclei").ariaPressed === "false");
  });

  it("moves, renames and removes, and takes each back", async () => {
    const session = await testSession(layers());
    const list = await mount<EpLayerList>("ep-layer-list", session);
    const press = (key: string, shiftKey = false) =>
      control(list, "nuclei").dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
    press("ArrowUp", true);
    await until("it is on top", () => ids(session.scene())?.join() === "membrane,nuclei");
    press("F2");
    await until("a field is there", () => list.renderRoot.querySelector(".rename") !== null);
    const field = control<HTMLInputElement>(list, "Layer name");
    field.value = "DNA";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    await until("it has the new name", () => session.scene().layers[1]?.name === "DNA");
    await until("the list has it", () => list.renderRoot.querySelector('[aria-label="Remove DNA"]') !== null);
    control(list, "Remove DNA").click();
    await until("it is gone", () => ids(session.scene())?.join() === "membrane");
    await until("undo is offered", () => session.service.history.value.canUndo);
    session.service.undo();
    await until("it is back", () => ids(session.service.scene.value)?.join() === "membrane,nuclei");
  });

  it("offers no change to people who may only look", async () => {
    const session = await testSession(layers(), ["view"]);
    const list = await mount<EpLayerList>("ep-layer-list", session);
    expect(control<HTMLButtonElement>(list, "Hide nuclei").disabled).to.equal(true);
    expect(control<HTMLButtonElement>(list, "Add").disabled).to.equal(true);
  });
});

describe("the layer controls", () => {
  it("make one step of undo of a drag", async () => {
    const session = await testSession(layers());
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    drag(control<HTMLInputElement>(panel, "Opacity"), [0.8, 0.6, 0.4]);
    await until("the node has the last value", () => session.scene().layers[1]?.opacity === 0.4);
    drag(control<HTMLInputElement>(panel, "Opacity"), [0.2]);
    await until("and the next drag's", () => session.scene().layers[1]?.opacity === 0.2);
    session.service.undo();
    await until(
      "the second drag is taken back",
      () => session.service.scene.value?.layers[1]?.opacity === 0.4,
    );
    session.service.undo();
    await until("the first, whole", () => session.service.scene.value?.layers[1]?.opacity === 1);
  });

  it("show what a rendering needs, in 3D", async () => {
    const session = await testSession(layers());
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    expect(() => control(panel, "Rendering")).to.throw();
    const view = session.service.view.value;
    if (!view) throw new Error("no view");
    session.service.setView({ dims: { ...view.dims, ndisplay: 3 } });
    await panel.updateComplete;
    const rendering = control<HTMLSelectElement>(panel, "Rendering");
    rendering.value = "iso";
    rendering.dispatchEvent(new Event("change"));
    await until(
      "the threshold is there",
      () => panel.renderRoot.querySelector('[aria-label="Iso threshold"]') !== null,
    );
    drag(control<HTMLInputElement>(panel, "Iso threshold"), [250]);
    await until("the node has it", () => image(session).iso_threshold === 250);
  });

  it("set contrast limits with the thumbs, which do not pass each other, and widen the range by a number", async () => {
    const session = await testSession(layers());
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    await until("a histogram was asked for", () => session.asked.includes("histogram"));
    drag(control<HTMLInputElement>(panel, "Contrast maximum"), [400]);
    await until("high is set", () => image(session).contrast_limits[1] === 400);
    await panel.updateComplete;
    drag(control<HTMLInputElement>(panel, "Contrast minimum"), [900]);
    await until("low stops below high", () => String(image(session).contrast_limits) === "399,400");
    const high = control<HTMLInputElement>(panel, "Contrast maximum, number");
    high.value = "3000";
    high.dispatchEvent(new Event("change"));
    await until("the range is wider", () => String(image(session).contrast_limits_range) === "0,3000");
    control(panel, "Auto").click();
    await until("the node is asked", () => session.asked.includes("autoContrast"));
  });

  it("follow what someone else does", async () => {
    const session = await testSession(layers());
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    session.operate([{ op: "layer.set", id: "membrane", set: { gamma: 0.5 } }]);
    await until("the slider is there", () => control<HTMLInputElement>(panel, "Gamma").valueAsNumber === 0.5);
  });
});

describe("the dims bar", () => {
  it("moves the slice by steps, and tells the node that it moves and that it rests", async () => {
    const session = await testSession(layers());
    const bar = await mount<EpDimsBar>("ep-dims-bar", session);
    session.poses.length = 0;
    drag(control<HTMLInputElement>(bar, "Axis z"), [6]);
    expect(session.service.view.value?.dims.point[1]).to.equal(6);
    await until("a pose moves", () =>
      session.poses.some((pose) => pose.moving && pose.pose.dims.point[1] === 6),
    );
    await until("then rests", () => session.poses.at(-1)?.moving === false);
  });

  it("plays an axis round and round until it is paused", async () => {
    const session = await testSession(layers());
    const bar = await mount<EpDimsBar>("ep-dims-bar", session);
    const seen = new Set<number | undefined>();
    const stop = session.service.view.subscribe((view) => seen.add(view?.dims.point[0]));
    control(bar, "Play t").click();
    await until("all five time points were shown", () => seen.size === 5);
    stop();
    await bar.updateComplete;
    control(bar, "Pause t").click();
    await bar.updateComplete;
    expect(control(bar, "Play t").ariaPressed).to.equal("false");
  });
});

describe("the view's buttons", () => {
  it("switch to 3D and back, and roll the axes", async () => {
    const session = await testSession(layers());
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    control(buttons, "3D").click();
    expect(session.service.view.value?.dims.ndisplay).to.equal(3);
    await buttons.updateComplete;
    control(buttons, "2D").click();
    control(buttons, "Roll axes").click();
    expect(session.service.view.value?.dims.order).to.deep.equal([3, 0, 1, 2]);
    await until("the node knows", () => String(session.poses.at(-1)?.pose.dims.order) === "3,0,1,2");
  });
});

for (const tag of ["ep-layer-list", "ep-layer-controls", "ep-dims-bar", "ep-view-buttons"]) {
  it(`every control of <${tag}> has a name`, async () => {
    const session = await testSession(layers());
    const element = await mount(tag, session);
    const all = controls(element.renderRoot as ShadowRoot).filter(
      (one) => !one.matches("[aria-hidden], .panel"),
    );
    expect(all.length).to.be.greaterThan(0);
    expect(all.filter((one) => nameOf(one) === "").map((one) => one.outerHTML)).to.deep.equal([]);
  });
}
