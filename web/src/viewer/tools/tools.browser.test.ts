/** Tools under the browser's real mouse, and under fingers. */
import type { LabelsLayer, Layer, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { sendMouse } from "@web/test-runner-commands";
import { expect } from "chai";
import { mount, until } from "../../testing/page.ts";
import { type TestSession, testSession } from "../../testing/session.ts";
import type { EpCanvas } from "../canvas.ts";
import "../canvas.ts";
import { newLayer } from "../items/new-layers.ts";
import { reset } from "../view-actions.ts";
import { type Tools, toolsOf } from "./tools.ts";

const EMPTY = { revision: 0, title: "", layers: [] };

async function begin(
  type: "labels" | "points" | "shapes",
  mode: string,
): Promise<[TestSession, Tools, EpCanvas]> {
  const layer: Layer = newLayer(EMPTY, type, "layer");
  // Something to look at, or the camera has nothing to fit.
  const under: Layer = newLayer(EMPTY, "labels", "under");
  const session = await testSession(type === "labels" ? [layer] : [under, layer]);
  const element = await mount<EpCanvas>("ep-canvas", session);
  element.style.cssText = "width: 640px; height: 480px";
  await until("the canvas is measured", () => session.service.size?.width === 640);
  reset(session.service);
  session.service.select("layer");
  const tools = toolsOf(session.service);
  tools.setMode(layer, mode);
  return [session, tools, element];
}

async function drag(...places: readonly [number, number][]): Promise<void> {
  const [first = [0, 0], ...rest] = places;
  await sendMouse({ type: "move", position: [...first] });
  await sendMouse({ type: "down" });
  for (const place of rest) await sendMouse({ type: "move", position: [...place] });
  await sendMouse({ type: "up" });
}

const click = async (x: number, y: number): Promise<void> => {
  await sendMouse({ type: "move", position: [x, y] });
  await sendMouse({ type: "click", position: [x, y] });
};
const paints = (ops: readonly SceneOp[]) => ops.filter((op) => op.op === "labels.paint");
const forms = (session: TestSession) => session.drawn.at(-1)?.items.map((item) => item.form) ?? [];

describe("the labels' tools", () => {
  it("draw a stroke before the node knows of it, and until a picture has it", async () => {
    const [session, , element] = await begin("labels", "paint");
    const at = { pointerId: 1, button: 0, bubbles: true, clientX: 200, clientY: 200 };
    element.setPointerCapture = () => {};
    element.dispatchEvent(new PointerEvent("pointerdown", at));
    element.dispatchEvent(new PointerEvent("pointermove", { ...at, clientX: 260 }));
    await until("a stroke is drawn", () => forms(session).includes("stroke"));
    expect(paints(session.ops)).to.have.length(0);
    element.dispatchEvent(new PointerEvent("pointerup", { ...at, clientX: 260 }));
    await until("the node has it", () => paints(session.ops).length > 0);
    const [op] = paints(session.ops);
    if (op?.op !== "labels.paint") throw new Error("no paint");
    expect([op.value, op.brush_size, op.axes, op.only]).to.deep.equal([1, 10, [0, 1], null]);
    expect(op.points.every((point) => point.length === 2)).to.equal(true);
    await until("it waits for its picture", () =>
      (session.drawn.at(-1)?.items ?? []).some((item) => item.form === "stroke" && item.until !== undefined),
    );
    session.show(session.scene().revision);
    await until("the stroke is the picture's", () => !forms(session).includes("stroke"));
  });

  it("make one step of undo of a stroke that was sent in parts", async () => {
    const [session] = await begin("labels", "paint");
    await sendMouse({ type: "move", position: [150, 150] });
    await sendMouse({ type: "down" });
    for (let i = 1; i <= 4; i++) {
      await sendMouse({ type: "move", position: [150 + 20 * i, 150] });
      await new Promise((done) => setTimeout(done, 80));
    }
    await sendMouse({ type: "up" });
    await until("it was sent in parts", () => paints(session.ops).length > 1);
    await until("undo is offered", () => session.service.history.value.canUndo);
    session.service.undo();
    await until("all of it is taken back", () => !session.service.history.value.canUndo);
  });

  it("give the camera a second finger, and take back what the first began", async () => {
    const [session, , element] = await begin("labels", "paint");
    element.setPointerCapture = () => {};
    const finger = (type: string, pointerId: number, clientX: number) =>
      element.dispatchEvent(
        new PointerEvent(type, {
          pointerId,
          pointerType: "touch",
          button: 0,
          clientX,
          clientY: 200,
          bubbles: true,
        }),
      );
    const zoom = session.service.view.value?.camera.zoom ?? 0;
    finger("pointerdown", 1, 200);
    finger("pointerdown", 2, 300);
    finger("pointermove", 2, 400);
    finger("pointerup", 2, 400);
    finger("pointerup", 1, 200);
    expect(session.service.view.value?.camera.zoom).to.be.greaterThan(zoom);
    await new Promise((done) => setTimeout(done, 120));
    expect(paints(session.ops)).to.have.length(0);
  });

  it("paint in 3D on what the node sees under the pointer, in one step of undo, and lift where nothing is", async () => {
    const [session, , element] = await begin("labels", "paint");
    const view = session.service.view.peek();
    if (!view) throw new Error("no view");
    session.service.setView({ dims: { ...view.dims, ndisplay: 3 } });
    await new Promise((done) => setTimeout(done, 50));
    // Something is there but between 220 and 260.
    session.seen = (x) => (x > 220 && x < 260 ? undefined : [x, 7]);
    element.setPointerCapture = () => {};
    const at = (type: string, clientX: number) =>
      element.dispatchEvent(
        new PointerEvent(type, { pointerId: 1, button: 0, bubbles: true, clientX, clientY: 200 }),
      );
    const places = async () =>
      paints(session.ops).map((op) => (op.op === "labels.paint" ? op.points.map(([x]) => x) : []));
    at("pointerdown", 200);
    await until("the first place is painted", () => paints(session.ops).length === 1);
    for (const [i, x] of [210, 240, 270, 280].entries()) {
      at("pointermove", x);
      await until("it was asked", () => session.asked.filter((what) => what === "valueAt").length === i + 2);
      await new Promise((done) => setTimeout(done, 20));
    }
    at("pointerup", 280);
    await until("all is painted", () => paints(session.ops).length === 4);
    expect(await places()).to.deep.equal([[200], [200, 210], [270], [270, 280]]);
    await until("undo is offered", () => session.service.history.value.canUndo);
    session.service.undo();
    await until("all of it is taken back", () => !session.service.history.value.canUndo);
  });

  it("preserve labels, erase and fill by the layer's settings", async () => {
    const [session, tools] = await begin("labels", "erase");
    session.service.apply([
      { op: "layer.set", id: "layer", set: { preserve_labels: true, selected_label: 7 } },
    ]);
    await drag([200, 200], [220, 200]);
    await until("it erased", () => paints(session.ops).length > 0);
    const [erased] = paints(session.ops);
    expect(erased?.op === "labels.paint" && [erased.value, erased.only]).to.deep.equal([0, 7]);
    tools.setMode(session.scene().layers[0] as LabelsLayer, "fill");
    await click(300, 200);
    await until("it filled", () =>
      session.ops.some((op) => op.op === "labels.fill" && op.value === 7 && op.only === 0),
    );
  });

  it("finish a polygon with Enter, and give it up with Escape", async () => {
    const [session, tools] = await begin("labels", "polygon");
    for (const [x, y] of [
      [100, 100],
      [200, 100],
      [150, 200],
    ] as const)
      await click(x, y);
    await until("it is drawn", () => forms(session).includes("area"));
    expect(tools.tool.key("Enter")).to.equal(true);
    await until("the node has it", () =>
      session.ops.some((op) => op.op === "labels.polygon" && op.points.length === 3),
    );
    await click(100, 100);
    tools.tool.key("Escape");
    expect(tools.tool.key("Enter")).to.equal(true);
    expect(session.ops.filter((op) => op.op === "labels.polygon")).to.have.length(1);
  });
});

describe("the points' tools", () => {
  it("add with a click, choose, move with a drag, delete with a key", async () => {
    const [session, tools] = await begin("points", "add");
    await click(200, 200);
    await click(400, 200);
    await until("both are there", () => session.table("layer")?.table.count === 2);
    await until("the new one is chosen", () => tools.chosen("layer").join() === "1");
    const layer = session.scene().layers[1];
    if (!layer) throw new Error("no layer");
    tools.setMode(layer, "select");
    const before = [...(session.table("layer")?.table.columns.get("position")?.data ?? [])];
    await drag([200, 200], [230, 240], [260, 260]);
    await until("it moved", () => {
      const now = session.table("layer")?.table.columns.get("position")?.data;
      return now !== undefined && now[0] !== before[0] && now[2] === before[2];
    });
    expect(tools.chosen("layer")).to.deep.equal([0]);
    tools.tool.key("Delete");
    await until("one is left", () => session.table("layer")?.table.count === 1);
    expect(tools.chosen("layer")).to.deep.equal([]);
  });

  it("choose by a box, and keep the choice when someone else takes others away", async () => {
    const [session, tools] = await begin("points", "add");
    for (const x of [150, 250, 350]) await click(x, 200);
    await until("three are there", () => session.table("layer")?.table.count === 3);
    const layer = session.scene().layers[1];
    if (layer) tools.setMode(layer, "select");
    await drag([220, 150], [300, 180], [400, 250]);
    await until("two are chosen", () => tools.chosen("layer").join() === "1,2");
    session.operate([{ op: "items.remove", id: "layer", indices: [0] }]);
    await until("they are the first two now", () => tools.chosen("layer").join() === "0,1");
  });
});

describe("the shapes' tools", () => {
  it("draw a rectangle, choose and move it, and bring it to the front", async () => {
    const [session, tools] = await begin("shapes", "add_rectangle");
    await drag([200, 150], [260, 200], [300, 220]);
    await until("it is there", () => session.table("layer")?.table.count === 1);
    const layer = session.scene().layers[1];
    if (layer) tools.setMode(layer, "select");
    const vertices = () => [...(session.table("layer")?.table.columns.get("vertices")?.data ?? [])];
    const before = vertices();
    await drag([250, 185], [270, 185], [290, 185]);
    await until("it moved across", () => {
      const now = vertices();
      return now[1] !== before[1] && now[0] === before[0];
    });
    expect(tools.tool.key("f")).to.equal(true);
    await until("it is in front", () => session.table("layer")?.table.columns.get("z_index")?.data[0] === 1);
  });

  it("show handles at once, and scale by a corner", async () => {
    const [session, tools] = await begin("shapes", "add_rectangle");
    await drag([200, 150], [300, 250]);
    const layer = session.scene().layers[1];
    if (layer) tools.setMode(layer, "select");
    await until("handles are drawn", () => forms(session).includes("box"));
    const width = () => {
      const all = [...(session.table("layer")?.table.columns.get("vertices")?.data ?? [])].filter(
        (_, i) => i % 2 === 1,
      );
      return Math.max(...all) - Math.min(...all);
    };
    const before = width();
    await drag([300, 250], [350, 300], [400, 350]);
    await until("it is twice as wide", () => Math.abs(width() / before - 2) < 0.05);
  });
});
