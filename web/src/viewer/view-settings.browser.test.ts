/** What the popovers beside the canvas change of the view: grid, order and names of axes, thick slices. */
import { expect } from "chai";
import { control, mount, until } from "../testing/page.ts";
import { imageLayer, type TestSession, testSession } from "../testing/session.ts";
import "./dims-bar.ts";
import type { EpDimsBar } from "./dims-bar.ts";
import "./view-buttons.ts";
import type { EpViewButtons } from "./view-buttons.ts";

const view = (session: TestSession) => {
  const { value } = session.service.view;
  if (!value) throw new Error("no view");
  return value;
};

function type(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("the grid's settings", () => {
  it("change stride, shape and spacing, and fit the picture to the cells", async () => {
    const session = await testSession([imageLayer("a"), imageLayer("b"), imageLayer("c")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    const before = view(session).camera.zoom;
    control(buttons, "Grid enabled").click();
    expect(view(session).grid.enabled).to.equal(true);
    expect(view(session).camera.zoom).to.be.lessThan(before);
    type(control<HTMLInputElement>(buttons, "Grid stride"), "-2");
    type(control<HTMLInputElement>(buttons, "Grid rows"), "1");
    type(control<HTMLInputElement>(buttons, "Grid spacing"), "12");
    expect(view(session).grid).to.deep.equal({ enabled: true, stride: -2, shape: [1, -1], spacing: 12 });
    await until("the node has it", () => session.poses.at(-1)?.pose.grid.spacing === 12);
  });

  it("refuse a stride and a shape of 0, and words", async () => {
    const session = await testSession([imageLayer("a")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    type(control<HTMLInputElement>(buttons, "Grid stride"), "0");
    type(control<HTMLInputElement>(buttons, "Grid columns"), "0");
    type(control<HTMLInputElement>(buttons, "Grid spacing"), "");
    expect(view(session).grid).to.deep.equal({ enabled: false, stride: 1, shape: [-1, 1], spacing: 0 });
  });

  it("are no step of undo", async () => {
    const session = await testSession([imageLayer("a")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    type(control<HTMLInputElement>(buttons, "Grid rows"), "3");
    expect(session.ops).to.deep.equal([]);
    expect(session.service.history.value.canUndo).to.equal(false);
  });
});

describe("the axes", () => {
  it("are put into another order with the arrow keys, and the focus follows", async () => {
    const session = await testSession([imageLayer("a")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    control(buttons, "Order and names of the axes").click();
    const grip = control(buttons, "Move axis t");
    grip.focus();
    grip.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    expect(view(session).dims.order).to.deep.equal([1, 0, 2, 3]);
    await until("the focus is on it", () => {
      const order = buttons.renderRoot.querySelector("ep-axes-order");
      return order?.shadowRoot?.activeElement?.ariaLabel === "Move axis t";
    });
  });

  it("that are dragged onto the screen are fitted", async () => {
    const session = await testSession([imageLayer("a")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    control(buttons, "Order and names of the axes").click();
    const grip = control(buttons, "Move axis z");
    const last = control(buttons, "Move axis x").getBoundingClientRect();
    const pointer = (type: string, y: number) =>
      grip.dispatchEvent(new PointerEvent(type, { clientY: y, pointerId: 1, bubbles: true }));
    grip.setPointerCapture = () => undefined;
    pointer("pointerdown", grip.getBoundingClientRect().top + 4);
    pointer("pointermove", last.top + last.height / 2);
    pointer("pointerup", last.top);
    expect(view(session).dims.order).to.deep.equal([0, 2, 3, 1]);
    expect(view(session).camera.center[2]).to.equal(3.5);
  });

  it("are renamed in all layers, from the popover and from the label", async () => {
    const session = await testSession([imageLayer("a"), imageLayer("b")]);
    const buttons = await mount<EpViewButtons>("ep-view-buttons", session);
    type(control<HTMLInputElement>(buttons, "Name of axis z"), "depth");
    await until("all layers have it", () =>
      session.scene().layers.every((layer) => layer.axis_labels.join() === "t,depth,y,x"),
    );
    const bar = await mount<EpDimsBar>("ep-dims-bar", session);
    bar.renderRoot.querySelector(".label")?.dispatchEvent(new MouseEvent("dblclick"));
    const field = control<HTMLInputElement>(bar, "Name of axis t");
    field.value = "time";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    await until("the new name is there", () => session.scene().layers[0]?.axis_labels[0] === "time");
    session.service.undo();
    await until("one step takes it back", () =>
      session.scene().layers.every((layer) => layer.axis_labels[0] === "t"),
    );
  });

  it("have slices with a margin before and another after", async () => {
    const session = await testSession([imageLayer("a")]);
    const bar = await mount<EpDimsBar>("ep-dims-bar", session);
    type(control<HTMLInputElement>(bar, "Slice thickness"), "3");
    expect(view(session).dims.margin_left).to.deep.equal([1.5, 0, 0, 0]);
    expect(view(session).dims.margin_right).to.deep.equal([1.5, 0, 0, 0]);
    await bar.updateComplete;
    type(control<HTMLInputElement>(bar, "Margin after"), "2");
    expect(view(session).dims.margin_left).to.deep.equal([1.5, 0, 0, 0]);
    expect(view(session).dims.margin_right).to.deep.equal([2, 0, 0, 0]);
  });

  it("are played each in its own direction, which the settings show", async () => {
    const session = await testSession([imageLayer("a")]);
    const bar = await mount<EpDimsBar>("ep-dims-bar", session);
    const before = view(session).dims.point[0] ?? 0;
    const direction = control<HTMLSelectElement>(bar, "Direction");
    direction.value = "back";
    direction.dispatchEvent(new Event("change"));
    await bar.updateComplete;
    expect(control<HTMLInputElement>(bar, "Steps per second").value).to.equal("-10");
    bar.toggle(0);
    await until("it plays backward", () => view(session).dims.point[0] === before - 1);
    bar.stop();
  });
});
