/** The plane of a volume under the browser's real mouse. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import { sendKeys, sendMouse } from "@web/test-runner-commands";
import { expect } from "chai";
import { mount, until } from "../../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../../testing/session.ts";
import type { EpCanvas } from "../canvas.ts";
import "../canvas.ts";
import { reset } from "../view-actions.ts";

const plane = { position: [4, 8, 16], normal: [0, 1, 0], thickness: 2 } satisfies ImageLayer["plane"];

async function begin(): Promise<TestSession> {
  const session = await testSession([imageLayer("a", { depiction: "plane", plane })]);
  const element = await mount<EpCanvas>("ep-canvas", session);
  element.style.cssText = "width: 640px; height: 480px";
  await until("the canvas is measured", () => session.service.size?.width === 640);
  const { view } = session.service;
  if (!view.value) throw new Error("no view");
  session.service.setView({ dims: { ...view.value.dims, ndisplay: 3 } });
  reset(session.service);
  return session;
}

async function drag(from: [number, number], ...places: [number, number][]): Promise<void> {
  await sendMouse({ type: "move", position: from });
  await sendMouse({ type: "down" });
  for (const position of places) await sendMouse({ type: "move", position });
  await sendMouse({ type: "up" });
}

/** Turned, so that the plane of constant y is seen from the side. */
function tilt(session: TestSession): void {
  const { value } = session.service.view;
  if (!value) throw new Error("no view");
  session.service.setView({ camera: { ...value.camera, angles: [0, 0, 45] } });
}

describe("the plane of a volume", () => {
  it("moves along its normal with Shift and a drag on it, as one step of undo, and the camera stays", async () => {
    const session = await begin();
    tilt(session);
    const { value } = session.service.view;
    const at = () => (session.scene().layers[0] as ImageLayer).plane.position;
    await sendKeys({ down: "Shift" });
    await drag([320, 240], [320, 250], [320, 260]);
    await sendKeys({ up: "Shift" });
    await until("the node has it", () => at()[1] !== 8);
    expect([at()[0], at()[2]]).to.deep.equal([4, 16]);
    expect(session.service.view.value?.camera).to.deep.equal(value?.camera);
    await until("undo is offered", () => session.service.history.value.canUndo);
    session.service.undo();
    await until("one step takes it back", () => at()[1] === 8);
    expect(session.service.history.value.canUndo).to.equal(false);
  });

  it("leaves a drag beside it, and one without Shift, to the camera", async () => {
    const session = await begin();
    tilt(session);
    const before = session.service.view.value?.camera;
    await sendKeys({ down: "Shift" });
    await drag([8, 8], [40, 40]);
    await sendKeys({ up: "Shift" });
    const panned = session.service.view.value?.camera;
    expect(panned?.center).not.to.deep.equal(before?.center);
    await drag([320, 240], [340, 260]);
    expect(session.service.view.value?.camera.angles).not.to.deep.equal(panned?.angles);
    expect(session.ops).to.deep.equal([]);
  });
});
