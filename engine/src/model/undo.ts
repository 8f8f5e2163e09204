/** Undo and redo of scene operations, as plain data: what was done, and how to take it back. */
import type { Scene, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { type Applied, applyOps } from "./scene.ts";

/** One thing a person did. */
export interface Step {
  readonly undo: readonly SceneOp[];
  readonly redo: readonly SceneOp[];
  /** Steps with the same key in a row are one for the person: the positions of one slider's drag. */
  readonly merge?: string | undefined;
}

/** What can be undone (last is next) and redone (last is next). */
export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** The most steps that are kept. */
export const MAX_STEPS = 200;

/** Nothing done yet. */
export const NO_HISTORY: History = { done: [], undone: [] };

/** Notes operations and their inverse; what was undone before is forgotten. */
export function record(
  history: History,
  ops: readonly SceneOp[],
  inverse: readonly SceneOp[],
  merge?: string,
): History {
  const last = history.done.at(-1);
  if (merge !== undefined && last?.merge === merge) {
    const step: Step = { undo: [...inverse, ...last.undo], redo: [...last.redo, ...ops], merge };
    return { done: [...history.done.slice(0, -1), compact(step)], undone: [] };
  }
  return { done: [...history.done, { undo: inverse, redo: ops, merge }].slice(-MAX_STEPS), undone: [] };
}

/** How operations are carried out: {@link applyOps}, or whoever owns the data too. */
export type Apply = (scene: Scene, ops: readonly SceneOp[]) => Applied;

/** Takes the last step back. Undefined when there is none. @throws OperationError when others made it impossible */
export function undo(
  scene: Scene,
  history: History,
  apply: Apply = applyOps,
): (Applied & { history: History; ops: readonly SceneOp[] }) | undefined {
  const step = history.done.at(-1);
  if (step === undefined) return undefined;
  const applied = apply(scene, step.undo);
  return {
    ...applied,
    ops: step.undo,
    history: {
      done: history.done.slice(0, -1),
      undone: [...history.undone, { ...step, redo: applied.inverse }],
    },
  };
}

/** Does the last undone step again. Undefined when there is none. */
export function redo(
  scene: Scene,
  history: History,
  apply: Apply = applyOps,
): (Applied & { history: History; ops: readonly SceneOp[] }) | undefined {
  const step = history.undone.at(-1);
  if (step === undefined) return undefined;
  const applied = apply(scene, step.redo);
  return {
    ...applied,
    ops: step.redo,
    history: {
      done: [...history.done, { ...step, undo: applied.inverse }],
      undone: history.undone.slice(0, -1),
    },
  };
}

/** A drag sets one property a hundred times: the first way back and the last value are enough. */
function compact(step: Step): Step {
  const sameKeys = (a: object, b: object): boolean =>
    Object.keys(a).sort().join() === Object.keys(b).sort().join();
  const sameTarget = (a: SceneOp, b: SceneOp): boolean => {
    if (a.op === "layer.set" && b.op === "layer.set")
      return a.id === b.id && a.alone === b.alone && sameKeys(a.set, b.set);
    if (a.op === "items.set" && b.op === "items.set")
      return (
        a.id === b.id &&
        a.indices.join() === b.indices.join() &&
        sameKeys(a.rows.columns, b.rows.columns) &&
        sameKeys(a.rows.features, b.rows.features)
      );
    return false;
  };
  const first = step.redo[0];
  const back = step.undo.at(-1);
  if (first === undefined || back === undefined || !step.redo.every((op) => sameTarget(op, first)))
    return step;
  // Linked layers take more than one operation back; then all of them are kept.
  if (!step.undo.every((op) => sameTarget(op, back))) return step;
  return { ...step, redo: step.redo.slice(-1), undo: step.undo.slice(-1) };
}
