/** What the person likes on this browser; kept in localStorage, because the first paint needs it. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import * as v from "valibot";
import { CanvasPosition } from "../viewer/overlays/positions.ts";

const Kept = v.object({
  theme: v.optional(v.picklist(["dark", "light", "system"]), "dark"),
  scaleBar: v.optional(v.boolean(), true),
  axes: v.optional(v.boolean(), true),
  boundingBox: v.optional(v.boolean(), false),
  scaleBarPosition: v.optional(CanvasPosition, "bottom_right"),
  /** Empty: the one that suits. */
  scaleBarUnit: v.optional(v.pipe(v.string(), v.maxLength(32)), ""),
  axesPosition: v.optional(CanvasPosition, "bottom_left"),
  axesLabels: v.optional(v.boolean(), true),
  colorBar: v.optional(v.boolean(), false),
  colorBarPosition: v.optional(CanvasPosition, "middle_right"),
  slice: v.optional(v.boolean(), false),
  slicePosition: v.optional(CanvasPosition, "bottom_center"),
  text: v.optional(v.boolean(), false),
  textPosition: v.optional(CanvasPosition, "top_center"),
  textWords: v.optional(v.pipe(v.string(), v.maxLength(500)), ""),
  textSize: v.optional(v.pipe(v.number(), v.minValue(6), v.maxValue(96)), 14),
  /** Where pictures are drawn. */
  renderPlace: v.optional(v.picklist(["auto", "here", "node"]), "auto"),
  /** Where layers that want their names shown have them. */
  namePosition: v.optional(CanvasPosition, "top_left"),
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
