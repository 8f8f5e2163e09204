/** Copies of the tables of layers, as long as they are small; see README.md. */
import type { Table, TableSource } from "@eyepiece/engine/data/table.ts";
import { decodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { applyItems } from "@eyepiece/engine/model/items.ts";
import {
  type ItemOp,
  isTableLayer,
  type Layer,
  type SceneOp,
  type TableLayer,
} from "@eyepiece/protocol/scene/schema.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { EditListener, SessionService } from "../../services/session.ts";

/** Tables with more items stay on the node. */
export const MOST_COPIED = 20_000;

interface Pending {
  readonly request: number;
  readonly op: ItemOp;
  readonly text: string;
}

interface Copy {
  /** What the session confirmed; undefined while it is asked for, or when it is too much. */
  confirmed: { readonly table: Table; readonly version: number } | undefined;
  shown: TableSource | undefined;
  pending: Pending[];
  asked: boolean;
}

function isItemOp(op: SceneOp): op is ItemOp {
  return op.op.startsWith("items.");
}

/** See the file's comment. */
export class TableCopies implements EditListener {
  readonly #session: SessionService;
  readonly #copies = new Map<string, Copy>();
  readonly #changed = signal(0);
  /** Counts changes of any copy. */
  readonly changed: ReadonlySignal<number> = this.#changed;
  /** Hears of rows that came and went, so that what is chosen stays what it is. */
  onRows: (layer: string, op: ItemOp) => void = () => {};

  constructor(session: SessionService) {
    this.#session = session;
    session.edits.add(this);
  }

  /** Whether the layer's items stay on the node. */
  large(layer: TableLayer): boolean {
    return layer.data.count > MOST_COPIED;
  }

  /** The copy; undefined while it is asked for, or for large tables. */
  get(layer: TableLayer): TableSource | undefined {
    const copy = this.#of(layer.id);
    if (!copy.confirmed && !copy.asked && !this.large(layer)) void this.#ask(layer.id, copy);
    return copy.shown;
  }

  /** How many items a layer has, own operations under way included. */
  count(layer: TableLayer): number {
    const copy = this.#of(layer.id);
    const known = this.get(layer)?.table.count;
    if (known !== undefined) return known;
    return copy.pending.reduce((count, { op }) => {
      if (op.op === "items.insert") return count + op.rows.count;
      return op.op === "items.remove" ? count - op.indices.length : count;
    }, layer.data.count);
  }

  sent(request: number, ops: readonly SceneOp[]): void {
    for (const op of ops) {
      if (!isItemOp(op)) continue;
      const copy = this.#of(op.id);
      copy.pending.push({ request, op, text: JSON.stringify(op) });
      this.#show(op.id, copy);
      this.onRows(op.id, op);
    }
  }

  confirmed(ops: readonly SceneOp[]): void {
    for (const op of ops) {
      if (op.op === "layer.data") {
        const copy = this.#copies.get(op.id);
        if (copy?.confirmed && copy.confirmed.version !== op.data.version) this.#forget(op.id);
        continue;
      }
      if (!isItemOp(op)) continue;
      const copy = this.#of(op.id);
      const text = JSON.stringify(op);
      const own = copy.pending.findIndex((one) => one.text === text);
      if (own >= 0) copy.pending.splice(own, 1);
      else this.onRows(op.id, op);
      const layer = this.#layer(op.id);
      if (copy.confirmed && layer) {
        const table = applied(copy.confirmed.table, layer, op);
        copy.confirmed = table && { table, version: copy.confirmed.version + 1 };
      }
      this.#show(op.id, copy);
    }
  }

  settled(request: number): void {
    for (const [id, copy] of this.#copies) {
      const left = copy.pending.filter((one) => one.request !== request);
      if (left.length === copy.pending.length) continue;
      copy.pending = left;
      this.#show(id, copy);
    }
  }

  replaced(): void {
    for (const id of [...this.#copies.keys()]) this.#forget(id);
  }

  #of(id: string): Copy {
    const known = this.#copies.get(id) ?? {
      confirmed: undefined,
      shown: undefined,
      pending: [],
      asked: false,
    };
    this.#copies.set(id, known);
    return known;
  }

  #layer(id: string): TableLayer | undefined {
    const layer: Layer | undefined = this.#session.scene.peek()?.layers.find((one) => one.id === id);
    return layer && isTableLayer(layer) ? layer : undefined;
  }

  async #ask(id: string, copy: Copy): Promise<void> {
    copy.asked = true;
    try {
      const { table } = await this.#session.ask({ table: { layer: id, most: MOST_COPIED } });
      if (this.#copies.get(id) !== copy) return;
      if (table && table.table.byteLength > 0)
        copy.confirmed = { table: decodeTable(table.table), version: table.version };
      this.#show(id, copy);
    } catch (cause) {
      // A layer that this page just made is not on the node yet, or is gone: whoever asks next asks anew.
      console.info("The items of a layer could not be fetched:", cause);
      if (this.#copies.get(id) === copy) setTimeout(() => this.#forget(id), 300);
    }
  }

  #forget(id: string): void {
    const pending = this.#copies.get(id)?.pending ?? [];
    this.#copies.set(id, { confirmed: undefined, shown: undefined, pending, asked: false });
    this.#changed.value += 1;
  }

  #show(id: string, copy: Copy): void {
    const layer = this.#layer(id);
    let table = copy.confirmed?.table;
    if (table && layer) for (const { op } of copy.pending) table = applied(table, layer, op) ?? table;
    // Whoever keeps something about a table knows it by these.
    const version = (copy.shown?.version ?? 0) + 1;
    copy.shown = table && { id, version, table };
    this.#changed.value += 1;
  }
}

/** The table after an operation; undefined when it does not fit. */
function applied(table: Table, layer: TableLayer, op: ItemOp): Table | undefined {
  try {
    return applyItems(table, layer, op).table;
  } catch (cause) {
    console.info("An operation does not fit the copy of the items:", cause);
    return undefined;
  }
}
