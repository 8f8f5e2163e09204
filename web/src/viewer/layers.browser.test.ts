/** Several layers at once in the list, and the controls of items. */
import { emptyTable } from "@eyepiece/engine/model/columns.ts";
import { tableLayer } from "@eyepiece/engine/model/table-layers.ts";
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { expect } from "chai";
import { control, controls, drag, mount, nameOf, until } from "../testing/page.ts";
import { imageLayer, testSession } from "../testing/session.ts";
import "../ui/webawesome.ts";
import type { EpFeatureTable } from "./items/feature-table.ts";
import "./items/feature-table.ts";
import type { EpLayerControls } from "./layer-controls.ts";
import "./layer-controls.ts";
import type { EpLayerList } from "./layer-list.ts";
import "./layer-list.ts";
import { toolsOf } from "./tools/tools.ts";

const three = () => [imageLayer("a"), imageLayer("b"), imageLayer("c")];
const points = (): PointsLayer => {
  const source = { id: "", version: 0, table: emptyTable("points", 2) };
  return tableLayer("p", source, { type: "points", name: "spots" }) as PointsLayer;
};
const row = (count: number) => ({
  op: "items.insert" as const,
  id: "p",
  rows: { count, columns: { position: Array.from({ length: 2 * count }, (_, i) => i) }, features: {} },
});
const press = (element: HTMLElement, init: MouseEventInit = {}) =>
  element.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, ...init }));

describe("several layers", () => {
  it("are chosen with Ctrl and with Shift, and deleted together", async () => {
    const session = await testSession(three());
    const list = await mount<EpLayerList>("ep-layer-list", session);
    const current = () =>
      controls(list.renderRoot as ShadowRoot)
        .filter((element) => element.getAttribute("aria-current") === "true")
        .map(nameOf);
    press(control(list, "a"));
    press(control(list, "c"), { ctrlKey: true });
    await until("two are chosen", () => current().join() === "c,a");
    press(control(list, "a"));
    press(control(list, "c"), { shiftKey: true });
    await until("all between are chosen", () => current().join() === "c,b,a");
    press(control(list, "b"), { ctrlKey: true });
    await until("one is left out", () => current().join() === "c,a");
    control(list, "Delete selected layers").click();
    await until(
      "they are gone",
      () =>
        session
          .scene()
          .layers.map(({ id }) => id)
          .join() === "b",
    );
    session.service.undo();
    await until("and back in one step", () => session.scene().layers.length === 3);
  });

  it("are linked by the menu: what is set of one is set of all; a locked one is kept", async () => {
    const session = await testSession(three());
    const list = await mount<EpLayerList>("ep-layer-list", session);
    press(control(list, "a"));
    press(control(list, "b"), { ctrlKey: true });
    press(control(list, "Actions of b"));
    await until("the menu is there", () => list.renderRoot.querySelector("[role=menuitem]") !== null);
    control(list, "Link layers").click();
    await until("they are linked", () => session.scene().layers[0]?.link !== "");
    session.service.apply([{ op: "layer.set", id: "a", set: { opacity: 0.5 } }]);
    await until("the other follows", () => session.scene().layers[1]?.opacity === 0.5);
    expect(session.scene().layers[2]?.opacity).to.equal(1);
    session.service.apply([{ op: "layer.set", id: "c", set: { locked: true } }]);
    press(control(list, "c"));
    await until(
      "it cannot be deleted",
      () => control<HTMLButtonElement>(list, "Delete selected layers").disabled,
    );
  });
});

describe("the controls of points", () => {
  it("change the chosen ones and the new ones, in one step of undo", async () => {
    const session = await testSession([points()]);
    session.service.apply([row(3)]);
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    const sizes = () => [...(session.table("p")?.table.columns.get("size")?.data ?? [])].join();
    await until("they are there", () => sizes() === "10,10,10");
    toolsOf(session.service).choose("p", [1]);
    drag(control<HTMLInputElement>(panel, "Point size"), [20, 30, 42]);
    await until("the chosen one is larger", () => sizes() === "10,42,10");
    expect((session.scene().layers[0] as PointsLayer).current_size).to.equal(42);
  });

  it("colour by a feature once there is one", async () => {
    const session = await testSession([points()]);
    session.service.apply([row(2)]);
    const panel = await mount<EpLayerControls>("ep-layer-controls", session);
    const mode = () => control<HTMLSelectElement>(panel, "Face color mode");
    expect([...mode().options].map(({ value }) => value)).to.deep.equal(["direct"]);
    const rows = { count: 1, columns: {}, features: { score: [1] } };
    session.service.apply([{ op: "items.set", id: "p", indices: [0, 1], rows }]);
    await until("cycle and colormap are offered", () => mode().options.length === 3);
    mode().value = "colormap";
    mode().dispatchEvent(new Event("change"));
    await until(
      "the node colours by it",
      () => (session.scene().layers[0] as PointsLayer).face.feature === "score",
    );
  });
});

describe("the features table", () => {
  it("says what is missing where a layer has no items, and asks the node for rows where it has", async () => {
    const session = await testSession([points(), imageLayer("a")]);
    const table = await mount<EpFeatureTable>("ep-feature-table", session);
    expect(table.renderRoot.textContent).to.contain("Select a layer of points");
    session.service.select("p");
    await until("rows are asked for", () => session.asked.includes("rows"));
  });
});
