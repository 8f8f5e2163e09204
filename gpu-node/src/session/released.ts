/** Which data a scene can still show: those of its layers, and those that undo or redo would bring back. */
import type { History, Step } from "@eyepiece/engine/model/undo.ts";
import type { Layer, Scene, SceneOp } from "@eyepiece/protocol/scene/schema.ts";

/** Names of the sources that a layer has, or would have after some undo or redo. */
export function namedSources(scene: Scene, { done, undone }: History): Set<string> {
  const named = new Set(scene.layers.flatMap(sourcesOf));
  for (const step of [...done, ...undone])
    for (const op of [...step.undo, ...step.redo]) {
      if (op.op === "layer.add") for (const source of sourcesOf(op.layer)) named.add(source);
      if (op.op === "layer.features" && op.features) named.add(op.features.source);
      if (op.op === "layer.data") named.add(op.data.source);
    }
  return named;
}

/** A layer's data, and what is known of its labels. */
function sourcesOf(layer: Layer): string[] {
  const features = layer.type === "labels" ? layer.features : null;
  return features ? [layer.data.source, features.source] : [layer.data.source];
}

/** The history of a scene in which a layer never was: what went for good is not brought back. */
export function withoutLayer({ done, undone }: History, id: string): History {
  const other = (op: SceneOp): boolean => {
    if (op.op === "scene.set") return true;
    return (op.op === "layer.add" ? op.layer.id : op.id) !== id;
  };
  const without = (steps: readonly Step[]): Step[] =>
    steps
      .map((step) => ({ ...step, undo: step.undo.filter(other), redo: step.redo.filter(other) }))
      .filter((step) => step.undo.length > 0 || step.redo.length > 0);
  return { done: without(done), undone: without(undone) };
}
