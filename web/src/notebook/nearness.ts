/** Which cells are on the screen or close to it: only those are made; the others are room. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import { ref } from "lit/directives/ref.js";

/** Pixels above and below the screen within which cells are made. */
const MARGIN = 900;

/** See the file's comment. `onNear` is called when a cell comes near. */
export class Nearness {
  readonly #onNear: (id: string) => void;
  readonly #signals = new Map<string, Signal<boolean>>();
  readonly #elements = new Map<string, Element>();
  readonly #refs = new Map<string, (element: Element | undefined) => void>();
  readonly #observer: IntersectionObserver;

  constructor(onNear: (id: string) => void) {
    this.#onNear = onNear;
    // The cells scroll within the page: its own margin counts, where the browser knows it, beside the window's.
    const margins = { rootMargin: `${MARGIN}px 0px`, scrollMargin: `${MARGIN}px 0px` };
    this.#observer = new IntersectionObserver((entries) => this.#seen(entries), margins);
  }

  /** Whether a cell is near. */
  signal(id: string): ReadonlySignal<boolean> {
    return this.#signal(id);
  }

  has(id: string): boolean {
    return this.#signals.get(id)?.value ?? false;
  }

  /** Makes a cell now, because the focus goes there. */
  keep(id: string): void {
    this.#near(id, true);
  }

  /** Follows a cell's element. */
  ref(id: string): ReturnType<typeof ref> {
    let follow = this.#refs.get(id);
    if (!follow) {
      follow = (element) => {
        const before = this.#elements.get(id);
        if (before) this.#observer.unobserve(before);
        if (element) {
          this.#elements.set(id, element);
          this.#observer.observe(element);
        } else this.#elements.delete(id);
      };
      this.#refs.set(id, follow);
    }
    return ref(follow);
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      // An editor that is left outside keeps its focus and its undo.
      if (!isIntersecting && target.matches(":focus-within")) continue;
      this.#near(target.id, isIntersecting);
    }
  }

  #near(id: string, near: boolean): void {
    const known = this.#signal(id);
    if (known.value === near) return;
    known.value = near;
    if (near) this.#onNear(id);
  }

  #signal(id: string): Signal<boolean> {
    let known = this.#signals.get(id);
    if (!known) {
      known = signal(false);
      this.#signals.set(id, known);
    }
    return known;
  }
}
