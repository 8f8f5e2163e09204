/** The tools of one view of a session: modes, the chosen items, and who has the pointer. */

import type { LabelsLayer, Layer, ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import type { SessionService } from "../../services/session.ts";
import { followed, type ItemChoice, NOTHING_CHOSEN } from "../items/choice.ts";
import { TableCopies } from "../items/table-copies.ts";
import { DrawTool, draws } from "./draw-tool.ts";
import { ItemsHost } from "./items-host.ts";
import { LabelsTool } from "./labels-tool.ts";
import { MODES } from "./modes.ts";
import { PlaneTool } from "./plane-tool.ts";
import { PointsTool } from "./points-tool.ts";
import { ShapesTool } from "./shapes-tool.ts";
import { type Space, spaceOf } from "./space.ts";
import { NoTool, type Tool, type ToolHost } from "./tool.ts";
import { TransformTool } from "./transform-tool.ts";

const known = new WeakMap<SessionService, Tools>();

/** The tools of a session's view; there is one for each. */
export function toolsOf(session: SessionService): Tools {
  let tools = known.get(session);
  if (!tools) {
    tools = new Tools(session);
    known.set(session, tools);
  }
  return tools;
}

/** Gives a further view of the same session the tools of the main one: modes, chosen items and labels are the same, hands are its own. */
export function shareTools(further: SessionService, main: SessionService): void {
  known.set(further, new Tools(further, toolsOf(main).shared));
}

/** What the views of one page have in common. */
export class SharedTools {
  readonly modes = signal<ReadonlyMap<string, string>>(new Map());
  readonly choice = signal<ItemChoice>(NOTHING_CHOSEN);
  readonly swapped = new Map<string, number>();
  /** Labels that M gave, which may not be painted yet. */
  readonly fresh = new Map<string, number>();
  /** Those over whose canvas the pointer was last: keys are theirs. */
  active: Tools | undefined;
}

/** See the file's comment. */
export class Tools {
  readonly session: SessionService;
  /** Copies of small tables. */
  readonly tables: TableCopies;
  readonly shared: SharedTools;
  readonly #stop: () => void;
  readonly #cursor = signal("");
  /** The CSS cursor over the canvas. */
  readonly cursor: ReadonlySignal<string> = this.#cursor;
  /** The items that are chosen, of one layer. */
  readonly choice: ReadonlySignal<ItemChoice>;
  #tool: Tool = new NoTool();
  #made = "";
  #asked = false;

  /** @param shared what the tools of another view have, when this one is a further view of the same page */
  constructor(session: SessionService, shared?: SharedTools) {
    this.session = session;
    this.shared = shared ?? new SharedTools();
    this.choice = this.shared.choice;
    this.tables = new TableCopies(session);
    // Each view hears of each change of rows; the choice follows it once.
    if (!shared)
      this.tables.onRows = (layer, op) => {
        const choice = this.choice.peek();
        if (choice.layer !== layer) return;
        const indices = followed(choice.indices, op);
        if (indices !== choice.indices) this.shared.choice.value = { layer, indices };
      };
    const takes = effect(() => {
      const layer = this.layer;
      this.#take(layer, layer ? this.mode(layer) : "pan_zoom");
    });
    // What is drawn depends on the scene, the view and the picture that is shown.
    const redraws = effect(() => {
      void [
        session.scene.value,
        session.view.value,
        session.pictured.value,
        this.choice.value,
        this.tables.changed.value,
      ];
      this.redraw();
    });
    this.#stop = () => {
      takes();
      redraws();
    };
  }

  /** The selected layer. */
  get layer(): Layer | undefined {
    const id = this.session.selected.value;
    return this.session.scene.value?.layers.find((one) => one.id === id);
  }

  /** The tool in hand. */
  get tool(): Tool {
    return this.#tool;
  }

  /** The tools of the page's canvas that the pointer was over last: what is half drawn there is ended or given up by keys. */
  get active(): Tools {
    return this.shared.active ?? this;
  }

  /** The pointer came over the canvas. */
  activate(): void {
    this.shared.active = this;
  }

  /** The canvas goes: the tool drops what is half done. */
  dispose(): void {
    this.#stop();
    if (this.shared.active === this) this.shared.active = undefined;
    this.#tool.dispose();
    this.#tool = new NoTool();
  }

  /** A layer's mode; pan and zoom until another is chosen, and where nothing may be changed. */
  mode(layer: Layer): string {
    const rights = this.session.facts.value?.rights.includes("edit") ?? false;
    return rights ? (this.shared.modes.value.get(layer.id) ?? "pan_zoom") : "pan_zoom";
  }

  setMode(layer: Layer, mode: string): void {
    if (!MODES[layer.type].some((one) => one.mode === mode)) return;
    this.shared.modes.value = new Map(this.shared.modes.peek()).set(layer.id, mode);
  }

  /** Chooses items of a layer, rising. */
  choose(layer: string, indices: readonly number[]): void {
    this.shared.choice.value = { layer, indices: [...new Set(indices)].sort((a, b) => a - b) };
  }

  /** The chosen items of a layer. */
  chosen(layer: string): readonly number[] {
    const choice = this.choice.value;
    return choice.layer === layer ? choice.indices : [];
  }

  /** Does to the chosen items what a key does, whatever the mode. */
  itemKey(name: string): void {
    const { layer } = this;
    if (layer && !this.#tool.key(name)) this.#make(layer, "select").key(name);
    this.redraw();
  }

  /** Where a layer lies on the canvas now. */
  space(layer: Layer): Space | undefined {
    const { session } = this;
    const view = session.view.peek();
    const { size } = session;
    const layers = session.scene.peek()?.layers ?? [];
    if (!view || !size) return undefined;
    return spaceOf(
      layer,
      view,
      size,
      layers.findIndex((one) => one.id === layer.id),
      layers.length,
    );
  }

  /** The label that X brings: the background, and back. */
  swapped({ id, selected_label, colormap }: LabelsLayer): number {
    const background = colormap.background_value;
    if (selected_label === background) return this.shared.swapped.get(id) ?? background + 1;
    this.shared.swapped.set(id, selected_label);
    return background;
  }

  /** Selects a label that the image has not: one above the greatest, as the node knows it. */
  async newLabel({ id, selected_label }: LabelsLayer): Promise<void> {
    const { session } = this;
    let greatest = selected_label;
    try {
      const { value } = await session.ask({ greatest: { layer: id } }, 120_000);
      greatest = Number(value?.value ?? 0);
    } catch (cause) {
      // The image cannot be looked through now: above the selected one is the best guess.
      console.info("The greatest label is not known:", cause);
    }
    const before = this.shared.fresh.get(id) ?? 0;
    const fresh = Math.max(greatest, before) + 1;
    this.shared.fresh.set(id, fresh);
    session.apply([{ op: "layer.set", id, set: { selected_label: fresh } }]);
  }

  /** Draws what the tool shows, once for all changes of a moment. */
  redraw(): void {
    if (this.#asked) return;
    this.#asked = true;
    queueMicrotask(() => {
      this.#asked = false;
      const layers = this.session.scene.peek()?.layers ?? [];
      const layer = layers.findIndex((one) => one.id === this.session.selected.peek());
      const items = layer < 0 ? [] : this.#tool.overlay();
      this.session.setTool(items.length > 0 ? { layer, layers: layers.length, items } : undefined);
    });
  }

  #take(layer: Layer | undefined, mode: string): void {
    const name = `${layer?.id} ${mode}`;
    if (name === this.#made) return;
    this.#made = name;
    this.#tool.dispose();
    this.#tool = layer ? this.#make(layer, mode) : new NoTool();
    this.#cursor.value = this.#tool.cursor;
    this.redraw();
  }

  #make({ id, type }: Layer, mode: string): Tool {
    const find = (): Layer | undefined => this.session.scene.peek()?.layers.find((one) => one.id === id);
    const host: ToolHost = {
      session: this.session,
      layer: find,
      space: () => {
        const layer = find();
        return layer?.visible ? this.space(layer) : undefined;
      },
      redraw: () => this.redraw(),
    };
    if (mode === "pan_zoom")
      return type === "image" || type === "labels" ? new PlaneTool(host) : new NoTool();
    if (mode === "transform") return new TransformTool(host);
    if (type === "labels") return new LabelsTool(host, mode);
    if (type === "points") return new PointsTool(new ItemsHost(host, this, "points"), mode);
    if (type === "shapes") {
      const items = new ItemsHost<ShapesLayer>(host, this, "shapes");
      return draws(mode) ? new DrawTool(items, mode) : new ShapesTool(items, mode);
    }
    return new NoTool();
  }
}
