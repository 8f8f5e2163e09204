/** Tracks layers. */
import type { TracksLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type ColumnArray, column, type Table, type TableSource } from "../../data/table.ts";
import {
  graphSegments,
  type Segments,
  trackColors,
  trackEnds,
  trackSegments,
} from "../../model/geometry/tracks.ts";
import type { Draw, Preparation } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { type BufferData, nameOf, packColors, vertexBuffer } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { frameUniforms, OWN_UNIFORMS, sliceTable, type TableSlice } from "./frame.ts";
import { extentOf, originOf, preparation, triples } from "./layout.ts";
import { linesDraw } from "./lines-draw.ts";
import { crowdDraw, isCrowd } from "./raster/crowd.ts";
import { signed } from "./raster/points.ts";
import { isDrafted, type TrackLines, trackDraft } from "./track-drafts.ts";

const segments = new Derived<ColumnArray, Segments>(8);
const ends = new Derived<ColumnArray, Float64Array>(1);
const colors = new Derived<ColumnArray, Uint32Array<ArrayBuffer>>(4);
const graphs = new WeakMap<TracksLayer["graph"], string>();

/** The time that a view shows, and whether lines fade by it: they do not where time is an axis on the screen. */
export function trackTime(table: Table, slice: TableSlice): { now: number; fade: boolean } {
  const hidden = slice.hidden.find(({ axis }) => axis === 0);
  if (hidden !== undefined) return { now: hidden.point, fade: true };
  return { now: extentOf(column(table, "position")).high[0] ?? 0, fade: false };
}

/** The lines along the tracks that a view shows: with `fade` those of which the tail or the head has a part. */
export function tailSegments(layer: TracksLayer, table: Table, now: number, fade = false): Segments {
  const ids = column(table, "id").data;
  const { data, width } = column(table, "position");
  const all = segments.get(ids, "tracks", () => trackSegments(ids));
  const { hide_completed_tracks: hides, tail_length: tail, head_length: head } = layer;
  if (!hides && !fade) return all;
  const time = (row: number): number => data[row * width] ?? 0;
  const last = hides ? ends.get(data, `${nameOf(ids)}`, () => trackEnds(ids, time)) : undefined;
  const state = `${nameOf(ids)}/${hides}/${fade ? `${now - tail}/${now + head}` : now}`;
  return segments.get(data, state, () => {
    const kept = all.from.filter((row) => {
      if (last && (last[row] ?? 0) < now) return false;
      if (!fade) return true;
      const [a, b] = [time(row), time(row + 1)];
      return Math.max(a, b) > now - tail && Math.min(a, b) <= now + head;
    });
    return { from: kept, to: kept.map((row) => row + 1) };
  });
}

/** Prepares a tracks layer; undefined when it has no lines. */
export function prepareTracks(
  layer: TracksLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  const { table } = source;
  if (table.count === 0) return undefined;
  const position = column(table, "position");
  const ids = column(table, "id").data;
  const slice = sliceTable(layer, context.view.dims, position.width);
  const { now, fade } = trackTime(table, slice);
  const origin = originOf(position, slice.displayed);
  const places = triples(position, slice.displayed, origin);
  const uniforms = frameUniforms(layer, slice, origin, context);
  uniforms.set(
    [layer.tail_width, fade ? 1 : 0, 0, 0, now, layer.tail_length, layer.head_length],
    OWN_UNIFORMS,
  );
  const part = `${source.id}/tracks ${layer.id} ${slice.displayed.join()}`;
  const lines = (name: string, pairs: Segments, words: Uint32Array<ArrayBuffer>): Draw[] => {
    const count = pairs.from.length;
    if (count === 0) return [];
    // Lines that fade are seen through each other.
    if (!fade && isCrowd(layer, count, context)) {
      const width = layer.tail_width * context.cell.ratio;
      return [
        crowdDraw(layer, uniforms, context, (pixels, place) =>
          pixels.lines(place, places, signed(words), pairs, width),
        ),
      ];
    }
    const buffer = (what: string, of: object, make: () => BufferData): GPUBuffer =>
      vertexBuffer(
        context.device,
        context.residency.pool,
        `${part} ${name} ${what}`,
        `${nameOf(pairs)}/${nameOf(of)}`,
        make,
      );
    const end = (what: "from" | "to"): Pick<SegmentEnds, "place" | "color"> => ({
      place: buffer(`${what} places`, places, () => picked(places, pairs[what], 3)),
      color: buffer(`${what} colors`, words, () => Uint32Array.from(pairs[what], (row) => words[row] ?? 0)),
    });
    const [from, to] = [end("from"), end("to")];
    const times = buffer("times", position.data, () => {
      const out = new Float32Array(count * 2);
      const time = (row: number): number => position.data[row * position.width] ?? 0;
      for (let i = 0; i < count; i++) {
        out[2 * i] = time(pairs.from[i] ?? 0);
        out[2 * i + 1] = time(pairs.to[i] ?? 0);
      }
      return out;
    });
    return [
      linesDraw(
        layer,
        uniforms,
        { starts: from.place, ends: to.place, startColors: from.color, endColors: to.color, times, count },
        context,
      ),
    ];
  };
  const graph = layer.display_graph
    ? segments.get(ids, graphName(layer), () => graphSegments(ids, layer.graph))
    : undefined;
  const ofTail = (fades: boolean): TrackLines[] =>
    layer.display_tail
      ? [{ pairs: tailSegments(layer, table, now, fades), words: rowColors(layer, table) }]
      : [];
  // napari's graph is white whatever the tracks' colours are.
  const ofGraph = graph === undefined ? [] : [{ pairs: graph, words: white(ids, table.count) }];
  const whole = context.draft ? [...ofTail(false), ...ofGraph] : [];
  if (isDrafted(layer, whole, context)) {
    const draw = trackDraft(
      layer,
      whole,
      { position, places, slice, origin },
      fade ? now : undefined,
      context,
    );
    return draw && preparation([draw]);
  }
  const draws = [
    ...ofTail(fade).flatMap(({ pairs, words }) => lines("tail", pairs, words)),
    ...ofGraph.flatMap(({ pairs, words }) => lines("graph", pairs, words)),
  ];
  return draws.length === 0 ? undefined : preparation(draws);
}

interface SegmentEnds {
  readonly place: GPUBuffer;
  readonly color: GPUBuffer;
}

function rowColors(layer: TracksLayer, table: Table): Uint32Array<ArrayBuffer> {
  const by = table.features.get(layer.color_by)?.data ?? column(table, "id").data;
  const of = table.columns.get("color")?.data ?? column(table, "id").data;
  const map = JSON.stringify([layer.color_by, nameOf(by), layer.colormap]);
  return colors.get(of, map, () => packColors(trackColors(table, layer), table.count));
}

function white(ids: ColumnArray, count: number): Uint32Array<ArrayBuffer> {
  return colors.get(ids, "white", () => new Uint32Array(count).fill(0xff_ff_ff_ff));
}

function graphName({ graph }: TracksLayer): string {
  let name = graphs.get(graph);
  if (name === undefined) {
    name = `graph ${JSON.stringify(graph)}`;
    graphs.set(graph, name);
  }
  return name;
}

function picked(values: Float32Array, rows: Uint32Array, width: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows.length * width);
  let n = 0;
  for (const row of rows) for (let k = 0; k < width; k++) out[n++] = values[row * width + k] ?? 0;
  return out;
}
