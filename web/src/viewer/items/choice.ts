/** Items that are chosen, of one layer: a thing of this tab, not of the scene. */
import type { ItemOp } from "@eyepiece/protocol/scene/schema.ts";

/** See the file's comment. */
export interface ItemChoice {
  readonly layer: string;
  /** Rising. */
  readonly indices: readonly number[];
}

export const NOTHING_CHOSEN: ItemChoice = { layer: "", indices: [] };

/** The same items after rows came or went. */
export function followed(indices: readonly number[], op: ItemOp): readonly number[] {
  if (op.op === "items.set" || indices.length === 0) return indices;
  if (op.op === "items.remove") {
    const gone = new Set(op.indices);
    let passed = 0;
    return indices.flatMap((index) => {
      if (gone.has(index)) return [];
      while ((op.indices[passed] ?? Number.POSITIVE_INFINITY) < index) passed += 1;
      return [index - passed];
    });
  }
  // Put in at the end: nobody moves.
  if (op.indices === undefined) return indices;
  let passed = 0;
  return indices.map((index) => {
    while ((op.indices?.[passed] ?? Number.POSITIVE_INFINITY) <= index + passed) passed += 1;
    return index + passed;
  });
}
