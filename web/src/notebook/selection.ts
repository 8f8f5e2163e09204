/** Which cells are selected, which one is active, and whether its text is edited. */
import { type ReadonlySignal, signal } from "@preact/signals-core";

/** As in Jupyter: in command mode keys are the notebook's, in edit mode the editor's. */
export type Mode = "command" | "edit";

/** See the file's comment. `order` gives the cells' ids as they stand. */
export class Selection {
  readonly #order: () => readonly string[];
  readonly #ids = signal<readonly string[]>([]);
  readonly #active = signal<string | undefined>(undefined);
  readonly #mode = signal<Mode>("command");
  #anchor: string | undefined;

  constructor(order: () => readonly string[]) {
    this.#order = order;
  }

  /** Selected cells, in order. */
  get ids(): ReadonlySignal<readonly string[]> {
    return this.#ids;
  }
  /** The cell that keys act on. */
  get active(): ReadonlySignal<string | undefined> {
    return this.#active;
  }
  get mode(): ReadonlySignal<Mode> {
    return this.#mode;
  }

  /** Selects one cell, or none. */
  select(id: string | undefined, mode: Mode = "command"): void {
    this.#anchor = id;
    this.#active.value = id;
    this.#ids.value = id === undefined ? [] : [id];
    this.#mode.value = mode;
  }

  /** Selects several; the last is active. */
  selectAll(ids: readonly string[]): void {
    this.#anchor = ids[0];
    this.#ids.value = ids;
    this.#active.value = ids.at(-1);
    this.#mode.value = "command";
  }

  /** Stretches the selection from where it began to `id`. */
  extend(id: string): void {
    const order = this.#order();
    const from = order.indexOf(this.#anchor ?? id);
    const to = order.indexOf(id);
    if (to < 0) return;
    this.#ids.value = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.#active.value = id;
    this.#mode.value = "command";
  }

  /** Goes up or down, selecting all on the way when `extend`. @returns the cell that is active now */
  step(by: -1 | 1, extend = false): string | undefined {
    const order = this.#order();
    const at = order.indexOf(this.#active.value ?? "");
    const next = order[at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + by))];
    if (next === undefined) return undefined;
    if (extend) this.extend(next);
    else this.select(next);
    return next;
  }

  /** Edits the active cell, or leaves its text. */
  setMode(mode: Mode): void {
    this.#mode.value = mode;
    const active = this.#active.value;
    if (mode === "edit" && active !== undefined && this.#ids.value.length > 1) this.select(active, "edit");
  }

  /** Forgets cells that are gone. */
  prune(): void {
    const order = this.#order();
    const there = new Set(order);
    const ids = this.#ids.value.filter((id) => there.has(id));
    if (ids.length !== this.#ids.value.length) this.#ids.value = ids;
    const active = this.#active.value;
    if (active === undefined || !there.has(active)) this.select(ids[0] ?? order[0]);
  }
}
