/** The data of a session that can be edited, and operations that reach into them. */
import type { ChangedBrick } from "@eyepiece/engine/data/editable-source.ts";
import { TableError } from "@eyepiece/engine/data/table.ts";
import { LabelEditError } from "@eyepiece/engine/model/label-edits.ts";
import { isFeatured } from "@eyepiece/engine/model/label-features.ts";
import { type Applied, applyOp, OperationError } from "@eyepiece/engine/model/scene.ts";
import {
  type DataOp,
  isDataOp,
  isLabelOp,
  type Scene,
  type SceneOp,
} from "@eyepiece/protocol/scene/schema.ts";
import { LabelStore } from "./label-store.ts";
import { TableStore } from "./table-store.ts";

/** A scene and the way back, and what whoever has a copy of the scene is to hear: the operations, and how data are now. */
export interface AppliedWithData extends Applied {
  readonly told: readonly SceneOp[];
  /** The operations as the journal keeps them. */
  readonly done: readonly SceneOp[];
  /** Bricks of label images that are new, by source. */
  readonly bricks: ReadonlyMap<string, readonly ChangedBrick[]>;
}

interface DataEdit {
  readonly done: SceneOp;
  readonly inverse: SceneOp;
  /** What the scene says of the data from now on. */
  readonly data: Extract<SceneOp, { op: "layer.data" | "layer.features" }>;
  readonly bricks: readonly ChangedBrick[];
}

/** See the file's comment. */
export class SceneData {
  readonly tables: TableStore;
  readonly labels: LabelStore;

  constructor(sessionFolder: string) {
    this.tables = new TableStore(sessionFolder);
    this.labels = new LabelStore(sessionFolder);
  }

  /** What brings all data back to what they are now. */
  checkpoint(): () => void {
    const back = [this.tables.checkpoint(), this.labels.checkpoint()];
    return () => {
      for (const restore of back) restore();
    };
  }

  /** Reads what operations on labels are going to need. @throws SourceError, LabelEditError */
  async prepare(scene: Scene, ops: readonly SceneOp[]): Promise<void> {
    const added = ops.flatMap((op) => (op.op === "layer.add" ? [op.layer] : []));
    for (const op of ops) {
      if (!isLabelOp(op)) continue;
      const layer = [...scene.layers, ...added].find((one) => one.id === op.id);
      if (layer?.type === "labels") await this.labels.prepare(layer, op);
    }
  }

  /** Applies operations in order, to the scene and to data; all or none. @throws OperationError */
  apply(scene: Scene, ops: readonly SceneOp[]): AppliedWithData {
    const restore = this.checkpoint();
    try {
      let current = scene;
      const inverse: SceneOp[] = [];
      const told: SceneOp[] = [];
      const done: SceneOp[] = [];
      const bricks = new Map<string, readonly ChangedBrick[]>();
      for (const op of ops) {
        const applied = applyOp(current, op);
        current = applied.scene;
        if (!isDataOp(op)) {
          inverse.unshift(...applied.inverse);
          told.push(op);
          done.push(op);
          continue;
        }
        const edited = this.#edit(current, op);
        inverse.unshift(edited.inverse);
        current = applyOp(current, edited.data).scene;
        told.push(edited.done, edited.data);
        done.push(edited.done);
        if (edited.bricks.length === 0 || edited.data.op !== "layer.data") continue;
        const { source } = edited.data.data;
        bricks.set(source, [...(bricks.get(source) ?? []), ...edited.bricks]);
      }
      return { scene: current, inverse, told, done, bricks };
    } catch (cause) {
      restore();
      if (cause instanceof TableError || cause instanceof LabelEditError)
        throw new OperationError(cause.message, { cause });
      throw cause;
    }
  }

  #edit(scene: Scene, op: DataOp): DataEdit {
    const layer = scene.layers.find((one) => one.id === op.id);
    const { id } = op;
    switch (op.op) {
      case "items.insert":
      case "items.remove":
      case "items.set": {
        if (layer === undefined || !isFeatured(layer))
          throw new OperationError(`${layer?.name ?? id} has no items.`);
        const { inverse, data } = this.tables.apply(layer, op);
        const told: DataEdit["data"] =
          layer.type === "labels"
            ? { op: "layer.features", id, features: data }
            : { op: "layer.data", id, data };
        return { done: op, inverse, data: told, bricks: [] };
      }
      default: {
        if (layer?.type !== "labels") throw new OperationError(`${layer?.name ?? id} has no labels.`);
        const { data, ...edited } = this.labels.apply(layer, op);
        return { ...edited, data: { op: "layer.data", id, data } };
      }
    }
  }
}
