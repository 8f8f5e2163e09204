/** Tracks as segments: pairs of rows, and of places where one track came from another. Pure. */
import type { TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type Feature, type Table } from "../../data/table.ts";
import { featureRange, mappedColors } from "../item-colors.ts";

/** Pairs of rows that a line joins. */
export interface Segments {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Rows that follow each other in one track. */
export function trackSegments(ids: ArrayLike<number>): Segments {
  const from: number[] = [];
  for (let row = 0; row + 1 < ids.length; row++) if (ids[row] === ids[row + 1]) from.push(row);
  return { from: Uint32Array.from(from), to: Uint32Array.from(from, (row) => row + 1) };
}

/** From the first row of each track of the graph to the last row of each track that it came from. */
export function graphSegments(ids: ArrayLike<number>, graph: TracksLayer["graph"]): Segments {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    if (!first.has(id)) first.set(id, row);
    last.set(id, row);
  }
  const from: number[] = [];
  const to: number[] = [];
  for (const [track, parents] of graph) {
    for (const parent of parents) {
      const [start, end] = [first.get(track), last.get(parent)];
      if (start === undefined || end === undefined) continue;
      from.push(start);
      to.push(end);
    }
  }
  return { from: Uint32Array.from(from), to: Uint32Array.from(to) };
}

/** The last time of each row's track. */
export function trackEnds(ids: ArrayLike<number>, times: (row: number) => number): Float64Array {
  const ends = new Map<number, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] ?? 0;
    ends.set(id, Math.max(ends.get(id) ?? Number.NEGATIVE_INFINITY, times(row)));
  }
  return Float64Array.from({ length: ids.length }, (_, row) => ends.get(ids[row] ?? 0) ?? 0);
}

/** RGBA of each row: by the column `color` where there is one, else by a feature or the track's id through the colormap. */
export function trackColors(table: Table, layer: Pick<TracksLayer, "color_by" | "colormap">): Float32Array {
  const given = table.columns.get("color")?.data;
  if (given !== undefined) return given instanceof Float32Array ? given : Float32Array.from(given);
  const ids: Feature = { data: Float64Array.from(column(table, "id").data) };
  const feature = table.features.get(layer.color_by) ?? ids;
  const plain: Feature = { data: feature.data };
  return mappedColors(plain, layer.colormap, featureRange(plain, table.count), table.count);
}

/** A word at a place: a track's name where it is now. */
export interface TrackLabel {
  readonly text: string;
  /** Data coordinates on all axes. */
  readonly position: readonly number[];
}

/** The names of the tracks that have a row at a time. */
export function trackLabels(table: Table, time: number): TrackLabel[] {
  const ids = column(table, "id").data;
  const { data, width } = column(table, "position");
  const labels: TrackLabel[] = [];
  for (let row = 0; row < table.count; row++) {
    if (data[row * width] !== time) continue;
    labels.push({ text: `ID:${ids[row]}`, position: [...data.subarray(row * width, (row + 1) * width)] });
  }
  return labels;
}
