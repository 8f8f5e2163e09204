/** What is known of labels: a table whose column `index` names each row's label, and one value of each feature for each row. */
import {
  isTableLayer,
  type LabelsLayer,
  type Layer,
  type TableInfo,
  type TableLayer,
} from "@eyepiece/protocol/scene/schema.ts";
import { type Table, type TableSource, tableBytes } from "../data/table.ts";
import { featureValue } from "../data/table-rows.ts";
import { tableInfo } from "./table-layers.ts";

/** A layer with a table: of its items, or of what is known of its labels. */
export type FeaturedLayer = TableLayer | LabelsLayer;

/** See {@link FeaturedLayer}. */
export function isFeatured(layer: Layer): layer is FeaturedLayer {
  return isTableLayer(layer) || layer.type === "labels";
}

/** What the scene says of a layer's table; undefined for labels of which nothing is known. */
export function featuredInfo(layer: FeaturedLayer): TableInfo | undefined {
  return layer.type === "labels" ? (layer.features ?? undefined) : layer.data;
}

/** What the scene is to say of a layer's table as it is now. */
export function newFeaturedInfo(layer: FeaturedLayer, source: TableSource): TableInfo {
  if (layer.type !== "labels") return tableInfo(layer.type, source, layer.data.label);
  const { table, id, version } = source;
  return {
    ...{ source: id, version, nbytes: tableBytes(table), label: "features", count: table.count },
    ...{ ndim: 2, extent: [], features: [...table.features.keys()] },
  };
}

/** A table of labels' features without a row. */
export function noLabelFeatures(): Table {
  return {
    count: 0,
    columns: new Map([["index", { width: 1, data: new Float64Array() }]]),
    features: new Map(),
  };
}

/** Names the fault of a table that is to be labels' features. */
export function labelFeaturesFault({ columns, count }: Table): string | undefined {
  const index = columns.get("index");
  if (index?.width !== 1 || index.offsets || index.data.length !== count)
    return "it has no column index with a label for each row";
  return columns.size > 1 ? "it has columns besides index" : undefined;
}

/** The row that tells of a label; -1 when none does. The first one counts. */
export function rowOfLabel({ columns }: Table, label: number): number {
  return columns.get("index")?.data.indexOf(label as never) ?? -1;
}

/** What is known of a row, as the status says it: "area: 12.5, kind: round". */
export function rowWords({ features }: Table, row: number): string {
  const words: string[] = [];
  for (const [name, feature] of features) {
    const value = featureValue(feature, row);
    if (value !== null && value !== "")
      words.push(`${name}: ${typeof value === "number" ? Number(value.toPrecision(6)) : value}`);
  }
  return words.join(", ");
}
