/** Rows of a layer's table, asked of the node page by page as they come into sight; sorted and filtered there. */
import { Rows } from "@eyepiece/protocol/scene/schema.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import type { SessionService } from "../../services/session.ts";

/** Rows in one page. */
export const PAGE = 200;
/** Pages that stay here. */
const KEPT = 40;

/** How the rows are wanted. */
export interface RowOrder {
  readonly sort: string;
  readonly descending: boolean;
  readonly filter: string;
}

/** One row. */
export interface Row {
  readonly index: number;
  /** Of labels' features: the label that the row is of. */
  readonly label: number | undefined;
  readonly values: ReadonlyMap<string, number | string | null>;
}

/** See the file's comment. */
export class RowPages {
  readonly #session: SessionService;
  readonly #layer: string;
  readonly #pages = new Map<number, readonly Row[] | "asked">();
  readonly #total = signal(0);
  readonly #trouble = signal("");
  readonly #changed = signal(0);
  /** Rows that pass the filter. */
  readonly total: ReadonlySignal<number> = this.#total;
  /** Why there are none, in words. */
  readonly trouble: ReadonlySignal<string> = this.#trouble;
  /** Counts pages that came. */
  readonly changed: ReadonlySignal<number> = this.#changed;
  #order: RowOrder = { sort: "", descending: false, filter: "" };
  #generation = 0;

  constructor(session: SessionService, layer: string) {
    this.#session = session;
    this.#layer = layer;
  }

  get order(): RowOrder {
    return this.#order;
  }

  /** Asks anew: the table or the order has changed. What is shown stays until the new rows come. */
  refresh(order: RowOrder = this.#order): void {
    this.#order = order;
    this.#generation += 1;
    this.#pages.clear();
    this.#changed.value += 1;
  }

  /** A row by its place in the order; undefined while it is on its way. */
  row(place: number): Row | undefined {
    const number = Math.floor(place / PAGE);
    const page = this.#pages.get(number);
    if (page === undefined) void this.#ask(number);
    return page === undefined || page === "asked" ? undefined : page[place - number * PAGE];
  }

  /** Where an item is in the order; -1 when the filter hides it. */
  async find(index: number): Promise<number> {
    const { sort, descending, filter } = this.#order;
    const { rows } = await this.#session.ask({
      rows: { layer: this.#layer, offset: 0, count: 1, sort, descending, filter, finds: true, find: index },
    });
    return rows?.found ?? -1;
  }

  async #ask(number: number): Promise<void> {
    this.#pages.set(number, "asked");
    const generation = this.#generation;
    const { sort, descending, filter } = this.#order;
    try {
      const { rows } = await this.#session.ask({
        rows: { layer: this.#layer, offset: number * PAGE, count: PAGE, sort, descending, filter },
      });
      if (!rows || generation !== this.#generation) return;
      const { features, columns, lengths } = v.parse(Rows, JSON.parse(rows.json));
      const page = rows.indices.map((index, i): Row => {
        const values = new Map<string, number | string | null>();
        const n = rows.indices.length;
        // Where an item lies, when it is one place.
        const place = lengths ? undefined : columns.position;
        const width = place && n > 0 ? place.length / n : 0;
        for (let axis = 0; axis < width; axis++)
          values.set(`axis-${axis}`, place?.[i * width + axis] ?? null);
        for (const [name, all] of Object.entries(features)) values.set(name, all[i] ?? null);
        return { index, label: columns.index?.[i] ?? undefined, values };
      });
      this.#pages.set(number, page);
      for (const old of this.#pages.keys()) {
        if (this.#pages.size <= KEPT) break;
        if (Math.abs(old - number) > 2) this.#pages.delete(old);
      }
      this.#total.value = rows.total;
      this.#trouble.value = "";
      this.#changed.value += 1;
    } catch (cause) {
      if (generation !== this.#generation) return;
      this.#trouble.value = cause instanceof Error ? cause.message : String(cause);
      this.#total.value = 0;
    }
  }
}
