/** The hand on the canvas, with the browser's real mouse. */
import { canvasRay } from "@eyepiece/engine/model/camera.ts";
import { sendKeys, sendMouse } from "@web/test-runner-commands";
import { expect } from "chai";
import { mount, until } from "../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../testing/session.ts";
import type { EpCanvas } from "./canvas.ts";
import "./canvas.ts";
import { reset } from "./view-actions.ts";

const size = { width: 640, height: 480 };

async function canvas(ndisplay: 2 | 3): Promise<TestSession> {
  const session = await testSession([imageLayer("cells")]);
  const element = await mount<EpCanvas>("ep-canvas", session);
  element.style.cssText = "width: 640px; height: 480px";
  await until("the canvas is measured", () => session.service.size?.width === 640);
  const { view } = session.service;
  if (!view.value) throw new Error("no view");
  session.service.setView({ dims: { ...view.value.dims, ndisplay } });
  reset(session.service);
  return session;
}

const camera = (session: TestSession) => {
  const { value } = session.service.view;
  if (!value) throw new Error("no view");
  return value.camera;
};

async function drag(
  from: [number, number],
  to: [number, number],
  button: "left" | "right" = "left",
): Promise<void> {
  await sendMouse({ type: "move", position: from });
  await sendMouse({ type: "down", button });
  await sendMouse({ type: "move", position: to });
  await sendMouse({ type: "up", button });
}

describe("the canvas", () => {
  it("pans in 2D: what was grabbed stays under the pointer", async () => {
    const session = await canvas(2);
    const grabbed = canvasRay(camera(session), size, 2, 100, 120).origin;
    await drag([100, 120], [160, 90]);
    const now = canvasRay(camera(session), size, 2, 160, 90).origin;
    for (const axis of [1, 2] as const) expect(now[axis]).to.be.closeTo(grabbed[axis], 1e-6);
  });

  it("rests at once when the button is released", async () => {
    const session = await canvas(2);
    session.poses.length = 0;
    await drag([100, 120], [160, 90]);
    const first = () => session.poses.findIndex((pose) => pose.moving);
    await until("it moved", () => first() >= 0);
    await until("then rested", () => session.poses.slice(first()).at(-1)?.moving === false);
  });

  it("turns in 3D, pans with Shift, zooms with the right button", async () => {
    const session = await canvas(3);
    const start = camera(session);
    await drag([300, 240], [340, 250]);
    const turned = camera(session);
    expect(turned.angles).not.to.deep.equal(start.angles);
    expect(turned.center).to.deep.equal(start.center);
    await sendKeys({ down: "Shift" });
    await drag([300, 240], [340, 250]);
    await sendKeys({ up: "Shift" });
    const panned = camera(session);
    expect(panned.angles).to.deep.equal(turned.angles);
    expect(panned.center).not.to.deep.equal(turned.center);
    await drag([300, 240], [300, 200], "right");
    expect(camera(session).zoom).to.be.greaterThan(panned.zoom);
    expect(camera(session).angles).to.deep.equal(turned.angles);
  });

  it("resets with a double click", async () => {
    const session = await canvas(2);
    const start = camera(session);
    await drag([100, 120], [160, 90]);
    await sendMouse({ type: "click", position: [300, 200] });
    await sendMouse({ type: "click", position: [300, 200] });
    // Two clicks of the driver are no double click by themselves.
    document.querySelector("ep-canvas")?.dispatchEvent(new MouseEvent("dblclick"));
    expect(camera(session).center).to.deep.equal(start.center);
  });

  it("zooms about the pointer with the wheel, and steps with Ctrl", async () => {
    const session = await canvas(2);
    const element = document.querySelector<EpCanvas>("ep-canvas");
    if (!element) throw new Error("no canvas");
    const under = canvasRay(camera(session), size, 2, 200, 100).origin;
    const wheel = { clientX: 200, clientY: 100, deltaY: -100, cancelable: true };
    element.dispatchEvent(new WheelEvent("wheel", wheel));
    const now = canvasRay(camera(session), size, 2, 200, 100).origin;
    for (const axis of [1, 2] as const) expect(now[axis]).to.be.closeTo(under[axis], 1e-6);
    element.axis = 1;
    const before = session.service.view.value?.dims.point[1] ?? 0;
    element.dispatchEvent(new WheelEvent("wheel", { ...wheel, ctrlKey: true }));
    expect(session.service.view.value?.dims.point[1]).to.equal(before + 1);
  });

  it("hears of the pointer's place, and that it left", async () => {
    await canvas(2);
    const places: unknown[] = [];
    document
      .querySelector("ep-canvas")
      ?.addEventListener("hover", (event) => places.push((event as CustomEvent).detail));
    await sendMouse({ type: "move", position: [50, 60] });
    await sendMouse({ type: "move", position: [700, 500] });
    expect(places[0]).to.deep.equal({ x: 50, y: 60 });
    expect(places.at(-1)).to.equal(null);
  });
});
