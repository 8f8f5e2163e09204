/** The rows of the controls that all layers have: placement, clipping planes, and what is kept about a layer. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import { expect } from "chai";
import { control, drag, mount, until } from "../../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../../testing/session.ts";
import "../../ui/webawesome.ts";
import "../layer-controls.ts";
import type { EpLayerControls } from "../layer-controls.ts";

async function panel(session: TestSession): Promise<EpLayerControls> {
  const element = await mount<EpLayerControls>("ep-layer-controls", session);
  element.style.cssText = "display: block; width: 280px; height: 480px";
  for (const details of element.renderRoot.querySelectorAll("details")) details.open = true;
  return element;
}

function type(element: EpLayerControls, name: string, value: string): void {
  const field = control<HTMLInputElement>(element, name);
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

const layer = (session: TestSession): ImageLayer => session.scene().layers[0] as ImageLayer;

function in3D(session: TestSession): void {
  const view = session.service.view.value;
  if (!view) throw new Error("no view");
  session.service.setView({ dims: { ...view.dims, ndisplay: 3 } });
}

describe("transform and more", () => {
  it("places the layer: scale, translate, angle, shear, units by the axis's name, and back", async () => {
    const session = await testSession([imageLayer("a")]);
    const element = await panel(session);
    type(element, "Scale z", "2.5");
    type(element, "Translate x", "-40");
    type(element, "Angle, degrees", "90");
    type(element, "Shear y by x", "0.5");
    type(element, "Unit t", "minute");
    await until("the node has all", () => layer(session).units[0] === "minute");
    expect(layer(session).scale).to.deep.equal([1, 2.5, 1, 1]);
    expect(layer(session).translate).to.deep.equal([0, 0, 0, -40]);
    expect(layer(session).rotate.slice(2)).to.deep.equal([
      [0, 0, 0, -1],
      [0, 0, 1, 0],
    ]);
    expect(layer(session).shear).to.deep.equal([0, 0, 0, 0, 0, 0.5]);
    await element.updateComplete;
    control(element, "Reset transform").click();
    await until("it is as it was", () => layer(session).scale[1] === 1);
    expect(layer(session).translate).to.deep.equal([0, 0, 0, 0]);
    expect(layer(session).rotate[3]).to.deep.equal([0, 0, 0, 1]);
  });

  it("refuses a scale of 0, which nothing would be left of", async () => {
    const session = await testSession([imageLayer("a")]);
    const element = await panel(session);
    type(element, "Scale z", "0");
    type(element, "Scale y", "3");
    await until("the other is set", () => layer(session).scale[2] === 3);
    expect(layer(session).scale[1]).to.equal(1);
  });

  it("switches boxes, names and locks, and shows the metadata as they are", async () => {
    const metadata = { microscope: "widefield", objective: { na: 1.4 } };
    const session = await testSession([imageLayer("a", { metadata })]);
    const element = await panel(session);
    for (const name of ["Bounding box", "Name overlay", "Editable", "Locked"]) control(element, name).click();
    await until("all are set", () => layer(session).locked);
    const { bounding_box, name_overlay, editable } = layer(session);
    expect([bounding_box, name_overlay, editable]).to.deep.equal([true, true, false]);
    const shown = element.renderRoot.querySelector<HTMLTextAreaElement>('[aria-label="Metadata"]');
    expect(JSON.parse(shown?.value ?? "")).to.deep.equal(metadata);
  });
});

describe("clipping planes", () => {
  it("are added through the middle, moved, turned about, switched off and removed", async () => {
    const session = await testSession([imageLayer("a")]);
    in3D(session);
    const element = await panel(session);
    control(element, "Add a clipping plane, z").click();
    const planes = () => layer(session).experimental_clipping_planes;
    await until("it is there", () => planes().length === 1);
    expect(planes()[0]).to.deep.equal({ position: [3.5, 7.5, 15.5], normal: [1, 0, 0], enabled: true });
    await until(
      "its row is there",
      () => element.renderRoot.querySelector('[aria-label="Flip plane 1"]') !== null,
    );
    drag(control<HTMLInputElement>(element, "Plane 1 position"), [4, 5, 6]);
    await until("it is moved", () => Math.abs((planes()[0]?.position[0] ?? 0) - 6) < 0.02);
    control(element, "Flip plane 1").click();
    await until("it keeps the other side", () => planes()[0]?.normal[0] === -1);
    await element.updateComplete;
    expect(control<HTMLInputElement>(element, "Plane 1 position").valueAsNumber).to.be.closeTo(6, 0.05);
    control(element, "Plane 1 enabled").click();
    await until("it is off", () => planes()[0]?.enabled === false);
    control(element, "Remove plane 1").click();
    await until("it is gone", () => planes().length === 0);
    session.service.undo();
    await until("undo brings it back", () => planes().length === 1);
  });
});
