/** Shapes layers. */
import type { ShapesLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type Column, type ColumnArray, column, type Table, type TableSource } from "../../data/table.ts";
import { ShapesBuilder, type ShapesMesh } from "../../model/geometry/shapes.ts";
import { itemColors } from "../../model/item-colors.ts";
import { roundHalfEven } from "../../model/transform.ts";
import type { Preparation } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { nameOf, packColors, vertexBuffer } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { frameUniforms, type HiddenAxis, type Origin, sliceTable } from "./frame.ts";
import { originOf, preparation } from "./layout.ts";
import { meshDraw } from "./mesh-draw.ts";
import { crowdDraw, isCrowd } from "./raster/crowd.ts";
import { isRastered, rasterDraw, rasterPlace } from "./raster/draw.ts";
import { signed } from "./raster/points.ts";
import { rasterTriangles } from "./raster/triangles.ts";

/** A table's builder stays for its later versions, so that they cost what changed. */
const builders = new Map<string, ShapesBuilder>();
const MOST_BUILDERS = 32;
const meshes = new Derived<Table, ShapesMesh>(4);

/** The triangles of all shapes of a table. */
export function shapesMeshOf(
  { id, table }: TableSource,
  displayed: readonly [number, number, number],
  origin: Origin,
): ShapesMesh {
  const variant = `${displayed.join()}/${origin.join()}`;
  return meshes.get(table, variant, () => {
    const key = `${id}/${variant}`;
    const builder = builders.get(key) ?? new ShapesBuilder(displayed, origin);
    builders.delete(key);
    builders.set(key, builder);
    if (builders.size > MOST_BUILDERS) builders.delete(builders.keys().next().value ?? "");
    return builder.build(table);
  });
}

const orders = new Derived<ColumnArray, Uint32Array>(8);

/** The shapes of a slice in the order in which they are drawn: by z_index, then by row. */
export function shapeOrder(table: Table, hidden: readonly HiddenAxis[]): Uint32Array {
  const vertices = column(table, "vertices");
  const z = table.columns.get("z_index");
  const depends = `${table.count}/${z === undefined ? "" : nameOf(z.data)}/${JSON.stringify(hidden.map(({ axis, point }) => [axis, point]))}`;
  return orders.get(vertices.data, depends, () => {
    const rows = Uint32Array.from({ length: table.count }, (_, i) => i).filter((i) =>
      hidden.every(({ axis, point }) => liesAt(vertices, i, axis, point)),
    );
    if (z === undefined || !z.data.some((one) => one !== z.data[0])) return rows;
    return rows.sort((a, b) => (z.data[a] ?? 0) - (z.data[b] ?? 0) || a - b);
  });
}

/** The whole shape lies in the step of a slice: shapes that go through several are in none. */
function liesAt({ data, width, offsets }: Column, i: number, axis: number, point: number): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = offsets?.[i] ?? 0; row < (offsets?.[i + 1] ?? 0); row++) {
    const value = data[row * width + axis] ?? 0;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Math.abs(roundHalfEven(low) - point) < 0.5 && Math.abs(roundHalfEven(high) - point) < 0.5;
}

/** Prepares a shapes layer; undefined when no shape is in the slice. */
export function prepareShapes(
  layer: ShapesLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  const { table } = source;
  if (table.count === 0) return undefined;
  const vertices = column(table, "vertices");
  const slice = sliceTable(layer, context.view.dims, vertices.width);
  const order = shapeOrder(table, slice.hidden);
  if (order.length === 0) return undefined;
  const origin = originOf(vertices, slice.displayed);
  const mesh = shapesMeshOf(source, slice.displayed, origin);
  const face = itemColors(table, "face_color", layer.face);
  const edge = itemColors(table, "edge_color", layer.edge);
  const { device, residency } = context;
  const part = `${source.id}/shapes ${slice.displayed.join()}`;
  const state = `${nameOf(mesh)}`;
  const { indices: indexData } = shapeIndices(mesh, order);
  if (indexData.length === 0) return undefined;
  const vertexWords = (): Uint32Array<ArrayBuffer> =>
    words.get(mesh, `${nameOf(face)}/${nameOf(edge)}`, () =>
      vertexColors(mesh, packColors(face, table.count), packColors(edge, table.count)),
    );
  if (isRastered(layer, indexData.length / 3, MANY, context)) {
    const place = rasterPlace(layer, slice, origin, context);
    const made = JSON.stringify([place, state, nameOf(indexData), nameOf(face), nameOf(edge)]);
    const draw = rasterDraw(layer, context, made, (pixels) =>
      rasterTriangles(pixels, { positions: mesh.vertices, colors: vertexWords(), indices: indexData }, place),
    );
    return draw && preparation([draw]);
  }
  const uniforms = frameUniforms(layer, slice, origin, context);
  if (isCrowd(layer, indexData.length / 3, context)) {
    const draw = crowdDraw(layer, uniforms, context, (pixels, place) =>
      pixels.triangles(place, mesh.vertices, signed(vertexWords()), indexData),
    );
    return preparation([draw]);
  }
  const buffers = {
    positions: vertexBuffer(device, residency.pool, `${part} positions`, state, () => mesh.vertices),
    colors: vertexBuffer(
      device,
      residency.pool,
      `${part} colors ${layer.id}`,
      `${state}/${nameOf(face)}/${nameOf(edge)}`,
      vertexWords,
    ),
    indices: vertexBuffer(
      device,
      residency.pool,
      `${part} indices`,
      `${nameOf(indexData)}`,
      () => indexData,
      GPUBufferUsage.INDEX,
    ),
    count: indexData.length,
  };
  return preparation([meshDraw(layer, uniforms, buffers, context)]);
}

/** As many triangles as take a software adapter longer than computing the pixels does. */
const MANY = 4000;
const words = new Derived<ShapesMesh, Uint32Array<ArrayBuffer>>(2);
const indexLists = new Derived<Uint32Array, ShapeIndices>(4);

/** Indices in drawing order, and where each shape of the order begins in them, with the end of all. */
export interface ShapeIndices {
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array;
}

/** The triangles of some shapes in the order in which they are drawn. */
export function shapeIndices(mesh: ShapesMesh, order: Uint32Array): ShapeIndices {
  return indexLists.get(order, `${nameOf(mesh)}`, () => indicesOf(mesh, order));
}

function indicesOf({ triangles, indexStarts }: ShapesMesh, order: Uint32Array): ShapeIndices {
  const starts = new Uint32Array(order.length + 1);
  for (const [k, i] of order.entries())
    starts[k + 1] = (starts[k] ?? 0) + (indexStarts[2 * i + 2] ?? 0) - (indexStarts[2 * i] ?? 0);
  if (order.length * 2 + 1 === indexStarts.length && order.every((shape, i) => shape === i))
    return { indices: triangles, starts };
  const indices = new Uint32Array(starts.at(-1) ?? 0);
  for (const [k, i] of order.entries())
    indices.set(triangles.subarray(indexStarts[2 * i], indexStarts[2 * i + 2]), starts[k]);
  return { indices, starts };
}

function vertexColors(
  { vertexStarts }: ShapesMesh,
  face: Uint32Array,
  edge: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(vertexStarts.at(-1) ?? 0);
  for (let i = 0; i < face.length; i++) {
    out.fill(face[i] ?? 0, vertexStarts[2 * i], vertexStarts[2 * i + 1]);
    out.fill(edge[i] ?? 0, vertexStarts[2 * i + 1], vertexStarts[2 * i + 2]);
  }
  return out;
}
