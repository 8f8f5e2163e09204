/** The package `anywidget` is a module of the older kind, which hands itself to a global `define`. Must be imported before it. */
import * as base from "@jupyter-widgets/base";
import { isRecord } from "../states.ts";

let made: unknown;

Object.assign(globalThis, {
  define: (_needs: readonly string[], factory: (needed: typeof base) => unknown) => {
    made = factory(base);
  },
});

/** What anywidget exports: its model and view. */
export function anywidget(): Readonly<Record<string, unknown>> {
  Reflect.deleteProperty(globalThis, "define");
  return isRecord(made) ? made : {};
}
