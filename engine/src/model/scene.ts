/** The scene's only way to change: operations, each with the operations that take it back. */
import type { Layer, LayerPatch, Scene, SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { layerNdim, MAX_LAYERS, PatchError, readPatch } from "@eyepiece/protocol/scene/schema.ts";

/** An operation that does not fit the scene. The scene is unchanged; the message is for people. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}

/** A scene and the way back. */
export interface Applied {
  readonly scene: Scene;
  /** Applied in order to the new scene, these restore the old one, its revision excepted. */
  readonly inverse: readonly SceneOp[];
}

/** A scene without layers. */
export function emptyScene(title = ""): Scene {
  return { revision: 0, title, layers: [] };
}

/**
 * Applies one operation; the old scene is not touched, and unchanged layers are shared.
 * @throws OperationError when a layer is missing, an id is taken, or the value does not fit the layer
 */
export function applyOp(scene: Scene, op: SceneOp): Applied {
  const next = (changes: Partial<Scene>): Scene => ({ ...scene, ...changes, revision: scene.revision + 1 });
  switch (op.op) {
    case "scene.set":
      return {
        scene: next({ title: op.set.title }),
        inverse: [{ op: "scene.set", set: { title: scene.title } }],
      };
    case "layer.add": {
      if (scene.layers.some((layer) => layer.id === op.layer.id)) {
        throw new OperationError(`There is already a layer with the id ${op.layer.id}.`);
      }
      if (scene.layers.length >= MAX_LAYERS)
        throw new OperationError(`A scene holds at most ${MAX_LAYERS} layers.`);
      const index = Math.min(op.index ?? scene.layers.length, scene.layers.length);
      const layers = [...scene.layers.slice(0, index), op.layer, ...scene.layers.slice(index)];
      return { scene: next({ layers }), inverse: [{ op: "layer.remove", id: op.layer.id }] };
    }
    case "layer.remove": {
      const { layer, index } = find(scene, op.id);
      if (layer.locked) throw new OperationError(`${layer.name} is locked. Unlock it to remove it.`);
      const layers = scene.layers.filter((one) => one !== layer);
      return { scene: next({ layers }), inverse: [{ op: "layer.add", layer, index }] };
    }
    case "layer.move": {
      const { layer, index } = find(scene, op.id);
      const layers = scene.layers.filter((one) => one !== layer);
      layers.splice(Math.min(op.index, layers.length), 0, layer);
      return { scene: next({ layers }), inverse: [{ op: "layer.move", id: op.id, index }] };
    }
    case "layer.set": {
      const { layer } = find(scene, op.id);
      const set = patchOf(layer, op.set);
      if (layer.locked && "name" in set && set.locked !== false)
        throw new OperationError(`${layer.name} is locked. Unlock it to rename it.`);
      const patches = new Map([[layer, set]]);
      if (op.alone !== true && layer.link !== "" && !("link" in set))
        for (const other of scene.layers)
          if (other !== layer && other.link === layer.link) patches.set(other, linkedPart(other, set));
      const inverse = [...patches].map(
        ([one, patch]): SceneOp => ({
          op: "layer.set",
          id: one.id,
          set: before(one, patch),
          ...(patches.size > 1 && { alone: true }),
        }),
      );
      return { scene: next({ layers: scene.layers.map((one) => patched(one, patches.get(one))) }), inverse };
    }
    case "layer.data": {
      const { layer, index } = find(scene, op.id);
      const layers = [...scene.layers];
      layers[index] = { ...layer, data: op.data } as Layer;
      return { scene: next({ layers }), inverse: [{ op: "layer.data", id: op.id, data: layer.data }] };
    }
    case "layer.features": {
      const { layer, index } = find(scene, op.id);
      if (layer.type !== "labels") throw new OperationError(`${layer.name} has features of its items only.`);
      const layers = [...scene.layers];
      layers[index] = { ...layer, features: op.features };
      const inverse: SceneOp = { op: "layer.features", id: op.id, features: layer.features };
      return { scene: next({ layers }), inverse: [inverse] };
    }
    default:
      // Data change where they are; the scene only counts it. Whoever owns them knows the way back.
      find(scene, op.id);
      return { scene: next({}), inverse: [] };
  }
}

/** The patch without holes, checked. @throws OperationError */
function patchOf(layer: Layer, given: LayerPatch): LayerPatch {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  try {
    const patch = readPatch(layer.type, set);
    checkPatch(layer, patch);
    return patch;
  } catch (cause) {
    if (!(cause instanceof PatchError)) throw cause;
    throw new OperationError(`${layer.name}: ${cause.message}`, { cause });
  }
}

/** What is a layer's own although it is linked. */
const OWN: ReadonlySet<string> = new Set(["name", "metadata", "link", "locked", "contrast_limits_range"]);

/** The part of a patch that a linked layer follows: what its type has, and what fits it. */
function linkedPart(layer: Layer, set: LayerPatch): LayerPatch {
  const known: ReadonlySet<string> = new Set(Object.keys(layer));
  const part = Object.fromEntries(Object.entries(set).filter(([key]) => known.has(key) && !OWN.has(key)));
  try {
    return patchOf(layer, part);
  } catch (cause) {
    // Layers of other types or axes take what they can: one that cannot follow stays as it is.
    if (cause instanceof OperationError) return {};
    throw cause;
  }
}

function patched(layer: Layer, set: LayerPatch | undefined): Layer {
  return set === undefined ? layer : ({ ...layer, ...set } as Layer);
}

/** The present values of a patch's properties. */
function before(layer: Layer, set: LayerPatch): LayerPatch {
  const values: Readonly<Record<string, unknown>> = layer;
  return Object.fromEntries(Object.keys(set).map((key) => [key, values[key]]));
}

/** Applies operations in order; all or none. */
export function applyOps(scene: Scene, ops: readonly SceneOp[]): Applied {
  let current = scene;
  const inverse: SceneOp[] = [];
  for (const op of ops) {
    const applied = applyOp(current, op);
    current = applied.scene;
    inverse.unshift(...applied.inverse);
  }
  return { scene: current, inverse };
}

function find(scene: Scene, id: string): { layer: Layer; index: number } {
  const index = scene.layers.findIndex((layer) => layer.id === id);
  const layer = scene.layers[index];
  if (layer === undefined) throw new OperationError(`There is no layer with the id ${id}.`);
  return { layer, index };
}

const PER_AXIS = ["scale", "translate", "units", "axis_labels"] as const;

function checkPatch(layer: Layer, set: LayerPatch): void {
  const n = layerNdim(layer);
  for (const key of PER_AXIS) {
    const value = set[key];
    if (value !== undefined && value.length !== n) {
      throw new OperationError(`${key} of ${layer.name} needs ${n} entries, not ${value.length}.`);
    }
  }
  if (set.scale?.some((factor) => factor === 0))
    throw new OperationError("A scale of 0 would flatten the layer.");
  checkSquare(set.rotate, n, "rotate");
  checkSquare(set.affine, n + 1, "affine");
  const limits = "contrast_limits" in set ? set.contrast_limits : undefined;
  if (limits !== undefined && !(limits[0] < limits[1])) {
    throw new OperationError(`contrast_limits must rise: ${limits[0]} is not below ${limits[1]}.`);
  }
}

function checkSquare(matrix: readonly (readonly number[])[] | undefined, n: number, name: string): void {
  if (matrix === undefined || matrix.length === 0) return;
  if (matrix.length !== n || matrix.some((row) => row.length !== n)) {
    throw new OperationError(`${name} must be a ${n} x ${n} matrix.`);
  }
}
