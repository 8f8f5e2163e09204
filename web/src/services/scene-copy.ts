/**
 * The browser's copy of the scene: what the session confirmed, and own operations on top of it that are still under way.
 * Plain data and pure functions.
 */
import { applyOps } from "@eyepiece/engine/model/scene.ts";
import type { Scene, SceneOp } from "@eyepiece/protocol/scene/schema.ts";

interface Pending {
  readonly id: number;
  readonly ops: readonly SceneOp[];
  /** The session said done; its operations come with the next change of the scene, or came already. */
  readonly answered: boolean;
}

/** See the file's comment. `shown` is what the person sees. */
export interface SceneCopy {
  readonly confirmed: Scene;
  readonly pending: readonly Pending[];
  readonly shown: Scene;
}

/** A copy of a whole scene. */
export function copyOf(scene: Scene): SceneCopy {
  return { confirmed: scene, pending: [], shown: scene };
}

/** Own operations, applied at once. @throws OperationError when they do not fit what is shown. */
export function applyOwn(copy: SceneCopy, id: number, ops: readonly SceneOp[]): SceneCopy {
  const shown = applyOps(copy.shown, ops).scene;
  return { ...copy, pending: [...copy.pending, { id, ops, answered: false }], shown };
}

/** The session applied own operations. */
export function answered(copy: SceneCopy, id: number): SceneCopy {
  const pending = copy.pending.map((one) => (one.id === id ? { ...one, answered: true } : one));
  return { ...copy, pending };
}

/** The session refused own operations: they are taken back. */
export function refused(copy: SceneCopy, id: number): SceneCopy {
  return shown(
    copy.confirmed,
    copy.pending.filter((one) => one.id !== id),
  );
}

/** The session's scene changed by operations, own or others'. @throws OperationError when the copy is out of step. */
export function changed(copy: SceneCopy, ops: readonly SceneOp[], revision: number): SceneCopy {
  const confirmed = { ...applyOps(copy.confirmed, ops).scene, revision };
  const text = asSent(ops);
  // Own operations come back as they went; applied once more they might not fit.
  const own = copy.pending.find((one) => !one.answered && asSent(one.ops) === text);
  return shown(
    confirmed,
    copy.pending.filter((one) => !one.answered && one !== own),
  );
}

/** Operations as they were before the session said what they did to data. */
export function asSent(ops: readonly SceneOp[]): string {
  return JSON.stringify(
    ops
      .filter((op) => op.op !== "layer.data" && op.op !== "layer.features")
      .map((op) => (op.op === "layer.add" ? { ...op, layer: { ...op.layer, data: undefined } } : op))
      .map((op) => ("edit" in op ? { ...op, edit: undefined } : op)),
  );
}

/** The session sent its whole scene. */
export function replaced(copy: SceneCopy, scene: Scene): SceneCopy {
  return shown(
    scene,
    copy.pending.filter((one) => !one.answered),
  );
}

function shown(confirmed: Scene, pending: readonly Pending[]): SceneCopy {
  let scene = confirmed;
  for (const one of pending) {
    try {
      scene = applyOps(scene, one.ops).scene;
    } catch (cause) {
      // The session will say the same of it: someone else removed the layer meanwhile.
      console.info("An operation under way fits no more:", cause);
    }
  }
  return { confirmed, pending, shown: scene };
}
