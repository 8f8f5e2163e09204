/** Comments of a notebook's cells: kept by the relay, asked for when it tells that something was said. */
import type { Comment } from "@eyepiece/protocol/notebook/comment.ts";
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { api } from "../services/api.ts";

/** See the file's comment. Changes throw ApiError. */
export class CommentsStore {
  readonly #address: string;
  readonly #list = signal<readonly Comment[]>([]);
  readonly #byCell = computed(() => Map.groupBy(this.#list.value, (comment) => comment.cell));
  /** Comments that are not settled. */
  readonly open: ReadonlySignal<number> = computed(
    () => this.#list.value.filter((comment) => comment.resolved_ms === null).length,
  );

  constructor(notebook: string) {
    this.#address = `/api/notebooks/${notebook}/comments`;
  }

  /** All, the oldest first. */
  get list(): ReadonlySignal<readonly Comment[]> {
    return this.#list;
  }

  /** Open comments of a cell. */
  openOf(cell: string): number {
    return (this.#byCell.value.get(cell) ?? []).filter((comment) => comment.resolved_ms === null).length;
  }

  /** Asks the relay. Never rejects: without it there are those of before. */
  async load(): Promise<void> {
    try {
      this.#list.value = (await api<{ comments: readonly Comment[] }>("GET", this.#address)).comments;
    } catch (cause) {
      console.info("The comments did not come:", cause);
    }
  }

  async say(cell: string, text: string): Promise<void> {
    await api("POST", this.#address, { body: { cell, text } });
    await this.load();
  }

  async change(id: string, text: string): Promise<void> {
    await api("PATCH", `${this.#address}/${id}`, { body: { text } });
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await api("DELETE", `${this.#address}/${id}`);
    await this.load();
  }

  async settle(cell: string, resolved: boolean): Promise<void> {
    await api("POST", `${this.#address}/resolve`, { body: { cell, resolved } });
    await this.load();
  }
}
