/** Features of a layer as a CSV file, and a CSV file as the operations that give a layer its features. */
import { type FeaturedLayer, featuredInfo } from "@eyepiece/engine/model/label-features.ts";
import { Rows, type SceneOp } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import type { SessionService } from "../../services/session.ts";
import { featureRows, labelRows, writeCsv } from "./csv.ts";
import type { RowOrder } from "./row-pages.ts";

/** Rows in one question. */
const PAGE = 20_000;

/** All rows as they are sorted and filtered, a part at a time. @throws ChannelError */
export async function featuresCsv(
  session: Pick<SessionService, "ask">,
  layer: string,
  { sort, descending, filter }: RowOrder,
  onProgress: (fraction: number) => void,
): Promise<Blob> {
  const parts: string[] = [];
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const ask = { layer, offset, count: PAGE, sort, descending, filter };
    const { rows } = await session.ask({ rows: ask }, 120_000);
    if (!rows) break;
    total = rows.total;
    const { columns, features, lengths } = v.parse(Rows, JSON.parse(rows.json));
    const position = lengths ? [] : (columns.position ?? []);
    const width = rows.indices.length > 0 ? position.length / rows.indices.length : 0;
    const names = Object.keys(features);
    const head = ["index", ...Array.from({ length: width }, (_, axis) => `axis-${axis}`), ...names];
    const text = writeCsv(
      head,
      rows.indices.map((index, i) => [
        columns.index?.[i] ?? index,
        ...position.slice(i * width, (i + 1) * width),
        ...names.map((name) => features[name]?.[i] ?? null),
      ]),
    );
    parts.push(offset === 0 ? text : text.slice(text.indexOf("\n") + 1));
    onProgress(Math.min(1, (offset + PAGE) / Math.max(1, total)));
  }
  return new Blob(parts, { type: "text/csv" });
}

/** What gives a layer the features of a CSV. Labels get those rows in place of what was known. @throws CsvError */
export function csvOps(text: string, layer: FeaturedLayer): SceneOp[] {
  const { id } = layer;
  const count = featuredInfo(layer)?.count ?? 0;
  if (layer.type !== "labels") {
    const { indices, rows } = featureRows(text, count);
    return [{ op: "items.set", id, indices, rows }];
  }
  const { labels, rows } = labelRows(text);
  const all = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const named: Rows = { count: labels.length, columns: { index: labels }, features: {} };
  return [
    ...(count > 0 ? [{ op: "items.remove" as const, id, indices: all(count) }] : []),
    { op: "items.insert", id, rows: named },
    { op: "items.set", id, indices: all(labels.length), rows },
  ];
}
