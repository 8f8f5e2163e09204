/** Small pictures of layers, asked of the node when all is at rest, one at a time. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { SessionService } from "../services/session.ts";

/** A layer that has not changed for so long is drawn. */
const REST_MS = 700;
/** Device pixels of a picture. */
const SIZE = 48;

/** See the file's comment. Dispose of it with the list. */
export class Thumbnails {
  readonly #session: SessionService;
  readonly #pictures = signal<ReadonlyMap<string, string>>(new Map());
  /** Addresses of pictures, by layer. */
  readonly pictures: ReadonlySignal<ReadonlyMap<string, string>> = this.#pictures;
  readonly #drawn = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #gone = false;

  constructor(session: SessionService) {
    this.#session = session;
  }

  /** Something may have changed: looks again when it rests. */
  touch(): void {
    clearTimeout(this.#timer);
    if (!this.#gone) this.#timer = setTimeout(() => void this.#next(), REST_MS);
  }

  dispose(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    for (const address of this.#pictures.peek().values()) URL.revokeObjectURL(address);
  }

  async #next(): Promise<void> {
    const layers = this.#session.scene.peek()?.layers ?? [];
    const dims = this.#session.view.peek()?.dims;
    if (this.#busy || this.#gone || document.visibilityState === "hidden") return;
    const kept = new Map(
      [...this.#pictures.peek()].filter(([id]) => layers.some((layer) => layer.id === id)),
    );
    for (const [id, address] of this.#pictures.peek()) if (!kept.has(id)) URL.revokeObjectURL(address);
    if (kept.size !== this.#pictures.peek().size) this.#pictures.value = kept;
    const due = layers.find((layer) => {
      const { name: _name, visible: _visible, locked: _locked, link: _link, ...looks } = layer;
      const state = JSON.stringify([looks, dims?.point, dims?.order]);
      if (this.#drawn.get(layer.id) === state) return false;
      this.#drawn.set(layer.id, state);
      return true;
    });
    if (!due) return;
    this.#busy = true;
    try {
      const { screenshot } = await this.#session.ask({ thumbnail: { layer: due.id, size: SIZE } }, 20_000);
      if (screenshot && screenshot.png.byteLength > 0 && !this.#gone) {
        const blob = new Blob([screenshot.png as Uint8Array<ArrayBuffer>], { type: "image/png" });
        const before = this.#pictures.peek().get(due.id);
        this.#pictures.value = new Map(this.#pictures.peek()).set(due.id, URL.createObjectURL(blob));
        if (before) URL.revokeObjectURL(before);
      }
    } catch (cause) {
      // The list has an icon for it; a newer state is asked for anew.
      console.info("A layer's small picture did not come:", cause);
    } finally {
      this.#busy = false;
      if (!this.#gone) this.#timer = setTimeout(() => void this.#next(), 50);
    }
  }
}
