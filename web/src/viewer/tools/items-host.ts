/** What tools for items work with: the layer's table, what is chosen, what lies where. */
import type { TableSource } from "@eyepiece/engine/data/table.ts";
import { takeRows } from "@eyepiece/engine/data/table-rows.ts";
import { itemsOnCanvas } from "@eyepiece/engine/render/picking/on-canvas.ts";
import { MAX_ITEMS_AN_OP, Rows, type SceneOp, type TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import { MOST_COPIED } from "../items/table-copies.ts";
import type { Space } from "./space.ts";
import type { ToolHost } from "./tool.ts";
import type { Tools } from "./tools.ts";

/** A rectangle of the canvas. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Chosen items whose rows are here. */
export interface ChosenRows {
  readonly indices: readonly number[];
  readonly rows: Rows;
}

/** Items that were copied, for all layers of their type and all sessions of this page. */
export const clipboard: { type: string; rows: Rows | undefined } = { type: "", rows: undefined };

/** See the file's comment. */
export class ItemsHost<L extends TableLayer> {
  readonly host: ToolHost;
  readonly #tools: Tools;
  readonly #type: L["type"];
  /** Rows of chosen items of a large table. */
  #fetched: (ChosenRows & { readonly of: readonly number[] }) | undefined;
  #asked = "";

  constructor(host: ToolHost, tools: Tools, type: L["type"]) {
    this.host = host;
    this.#tools = tools;
    this.#type = type;
  }

  /** The layer and where it lies; undefined when it is gone, hidden or not to be edited. */
  at(): { layer: L; space: Space } | undefined {
    const layer = this.host.layer();
    const space = this.host.space();
    return layer?.type === this.#type && layer.editable && space ? { layer: layer as L, space } : undefined;
  }

  /** The copy of the items; undefined while it comes, or when it is too large. */
  table(): TableSource | undefined {
    const at = this.at();
    return at && this.#tools.tables.get(at.layer);
  }

  /** How many items there are, own operations under way included. */
  get count(): number {
    const at = this.at();
    return at ? this.#tools.tables.count(at.layer) : 0;
  }

  get chosen(): readonly number[] {
    return this.#tools.chosen(this.host.layer()?.id ?? "");
  }

  choose(indices: Iterable<number>): void {
    const layer = this.host.layer();
    if (layer) this.#tools.choose(layer.id, [...indices]);
  }

  /** Rows of the chosen items; undefined until they are here. */
  rows(): ChosenRows | undefined {
    const { chosen } = this;
    const layer = this.host.layer();
    if (chosen.length === 0 || !layer) return undefined;
    const table = this.table();
    if (table) {
      const indices = chosen.filter((index) => index < table.table.count);
      return { indices, rows: takeRows(table.table, indices) };
    }
    const name = `${chosen.join()} ${layer.data.version}`;
    if (name !== this.#asked) {
      this.#asked = name;
      this.#fetch(chosen).catch((cause: unknown) => {
        // A layer that this page just made is not on the node yet, or is gone: its copy here comes, or nothing is to be drawn.
        console.info("What is chosen could not be fetched:", cause);
      });
    }
    return this.#fetched?.of === chosen ? this.#fetched : undefined;
  }

  /** Items in a rectangle of the canvas; at a point at most one. At once where the table is here, else from the node. */
  within(box: Box): readonly number[] | Promise<readonly number[]> {
    const at = this.at();
    const { session } = this.host;
    const [scene, view, { size }, table] = [session.scene.peek(), session.view.peek(), session, this.table()];
    if (!at || !scene || !view || !size) return [];
    if (table) return itemsOnCanvas(scene, at.layer, table, view, size, box);
    return session.ask({ items: { layer: at.layer.id, ...box } }).then(
      ({ items }) => items?.indices ?? [],
      (cause: unknown) => {
        // The pointer has long moved on: what it met is of no use any more.
        console.info("No answer on what lies there:", cause);
        return [];
      },
    );
  }

  /** Sends operations; one drag is one merge tag. */
  send(ops: readonly SceneOp[], merge = ""): void {
    this.host.session.apply(ops, merge);
  }

  /** Takes the chosen items away: however many, it is one step of undo. */
  remove(): void {
    const layer = this.host.layer();
    const { chosen } = this;
    if (!layer || chosen.length === 0) return;
    const merge = this.host.session.newMerge();
    // From the end, so that the rows before keep their numbers.
    for (let end = chosen.length; end > 0; end -= MAX_ITEMS_AN_OP) {
      const indices = chosen.slice(Math.max(0, end - MAX_ITEMS_AN_OP), end);
      this.send([{ op: "items.remove", id: layer.id, indices }], merge);
    }
  }

  async #fetch(chosen: readonly number[]): Promise<void> {
    const layer = this.host.layer();
    if (!layer) return;
    // Of very many the first ones are drawn and moved.
    const indices = chosen.slice(0, MOST_COPIED);
    const { rows } = await this.host.session.ask({ rows: { layer: layer.id, indices } });
    if (!rows || this.chosen !== chosen) return;
    this.#fetched = { of: chosen, indices, rows: v.parse(Rows, JSON.parse(rows.json)) };
    this.host.redraw();
  }
}
