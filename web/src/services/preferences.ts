/** What the person likes on this browser; kept in localStorage, because the first paint needs it. */
import { Overlays } from "@eyepiece/protocol/scene/schema.ts";
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";

const Kept = v.object({
  theme: v.optional(v.picklist(["dark", "light", "system"]), "dark"),
  /** What lies over pictures that nobody has said anything of. */
  overlays: v.optional(Overlays, { scale_bar: { visible: true }, axes: { visible: true } }),
  /** Where pictures are drawn. */
  renderPlace: v.optional(v.picklist(["auto", "here", "node"]), "auto"),
});
export type Kept = v.InferOutput<typeof Kept>;

const KEY = "eyepiece.preferences";

/** Reads, writes and applies them. */
export class Preferences {
  readonly #values = signal<Kept>(read());
  readonly values: ReadonlySignal<Kept> = this.#values;

  constructor() {
    this.#apply();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#apply());
  }

  set(changes: Partial<Kept>): void {
    this.#values.value = { ...this.#values.value, ...changes };
    localStorage.setItem(KEY, JSON.stringify(this.#values.value));
    this.#apply();
  }

  #apply(): void {
    const { theme } = this.#values.value;
    const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
    const root = document.documentElement;
    root.dataset.theme = dark ? "dark" : "light";
    root.classList.toggle("wa-dark", dark);
    root.classList.toggle("wa-light", !dark);
  }
}

function read(): Kept {
  try {
    return v.parse(Kept, JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch (cause) {
    console.info("The kept preferences could not be read and are begun again:", cause);
    return v.parse(Kept, {});
  }
}
