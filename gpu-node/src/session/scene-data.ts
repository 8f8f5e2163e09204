/** The data of a session that can be edited, and operations that reach into them. */
import { TableError } from "@eyepiece/engine/data/table.ts";
import { type Applied, applyOp, OperationError } from "@eyepiece/engine/model/scene.ts";
import { isDataOp, isTableLayer, type Scene, type SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import { TableStore } from "./table-store.ts";

/** A scene and the way back, and what whoever has a copy of the scene is to hear: the operations, and how data are now. */
export interface AppliedWithData extends Applied {
  readonly told: readonly SceneOp[];
}

/** See the file's comment. */
export class SceneData {
  readonly tables: TableStore;

  constructor(sessionFolder: string) {
    this.tables = new TableStore(sessionFolder);
  }

  /** What brings all data back to what they are now. */
  checkpoint(): () => void {
    return this.tables.checkpoint();
  }

  /** Applies operations in order, to the scene and to data; all or none. @throws OperationError */
  apply(scene: Scene, ops: readonly SceneOp[]): AppliedWithData {
    const restore = this.checkpoint();
    try {
      let current = scene;
      const inverse: SceneOp[] = [];
      const told: SceneOp[] = [];
      for (const op of ops) {
        const applied = applyOp(current, op);
        current = applied.scene;
        told.push(op);
        if (!isDataOp(op)) {
          inverse.unshift(...applied.inverse);
          continue;
        }
        const edited = this.#edit(current, op);
        inverse.unshift(...edited.inverse);
        current = applyOp(current, edited.data).scene;
        told.push(edited.data);
      }
      return { scene: current, inverse, told };
    } catch (cause) {
      restore();
      if (cause instanceof TableError) throw new OperationError(cause.message, { cause });
      throw cause;
    }
  }

  #edit(scene: Scene, op: Extract<SceneOp, { id: string }>): { inverse: readonly SceneOp[]; data: SceneOp } {
    const layer = scene.layers.find((one) => one.id === op.id);
    switch (op.op) {
      case "items.insert":
      case "items.remove":
      case "items.set": {
        if (layer === undefined || !isTableLayer(layer))
          throw new OperationError(`${layer?.name ?? op.id} has no items.`);
        const { inverse, data } = this.tables.apply(layer, op);
        return { inverse: [inverse], data: { op: "layer.data", id: op.id, data } };
      }
      default:
        throw new OperationError(`${layer?.name ?? op.id} cannot be painted yet.`);
    }
  }
}
