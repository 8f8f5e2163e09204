/** Vectors layers. */
import type { VectorsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type ColumnArray, column, type TableSource } from "../../data/table.ts";
import { type VectorsMesh, vectorsMesh } from "../../model/geometry/vectors.ts";
import { itemColors } from "../../model/item-colors.ts";
import type { Preparation } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { nameOf, packColors, vertexBuffer } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { frameUniforms, type HiddenAxis, type Origin, sliceTable } from "./frame.ts";
import { originOf, preparation } from "./layout.ts";
import { meshDraw } from "./mesh-draw.ts";
import { sliceEnds } from "./point-rows.ts";
import { rowsWithin } from "./visible.ts";

const meshes = new Derived<ColumnArray, VectorsMesh>(4);
const kept = new Derived<ColumnArray, Uint32Array | undefined>(8);

/** The vectors that start within the slice; undefined when all do. */
export function vectorRows(
  layer: VectorsLayer,
  { table }: TableSource,
  hidden: readonly HiddenAxis[],
): Uint32Array | undefined {
  if (hidden.length === 0) return undefined;
  const position = column(table, "position");
  return kept.get(position.data, `${layer.out_of_slice_display}${JSON.stringify(hidden)}`, () => {
    const ends = hidden.map((one) => sliceEnds(one, true));
    if (!layer.out_of_slice_display) return rowsWithin(position, ends);
    // Those that only pass through the slice count too: their tips lie on its other side.
    const direction = column(table, "direction");
    const { length } = layer;
    return Uint32Array.from({ length: table.count }, (_, row) => row).filter((row) =>
      ends.every(({ axis, low, high }) => {
        const start = position.data[row * position.width + axis] ?? 0;
        const end = start + length * (direction.data[row * direction.width + axis] ?? 0);
        return Math.max(start, end) >= low && Math.min(start, end) <= high;
      }),
    );
  });
}

/** The triangles of all vectors of a table. */
export function vectorsMeshOf(
  layer: VectorsLayer,
  { table }: TableSource,
  displayed: readonly [number, number, number],
  origin: Origin,
): VectorsMesh {
  const position = column(table, "position");
  const direction = column(table, "direction");
  const { vector_style, edge_width, length } = layer;
  const depends = JSON.stringify([
    nameOf(direction.data),
    vector_style,
    edge_width,
    length,
    displayed,
    origin,
  ]);
  return meshes.get(position.data, depends, () => vectorsMesh(position, direction, layer, displayed, origin));
}

/** Prepares a vectors layer; undefined when none is in the slice. */
export function prepareVectors(
  layer: VectorsLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  const { table } = source;
  if (table.count === 0) return undefined;
  const position = column(table, "position");
  const slice = sliceTable(layer, context.view.dims, position.width);
  const rows = vectorRows(layer, source, slice.hidden);
  if (rows?.length === 0) return undefined;
  const origin = originOf(position, slice.displayed);
  const mesh = vectorsMeshOf(layer, source, slice.displayed, origin);
  const colors = itemColors(table, "edge_color", layer.edge);
  const { device, residency } = context;
  const part = `${source.id}/vectors ${layer.id} ${slice.displayed.join()}`;
  const positions = vertexBuffer(
    device,
    residency.pool,
    `${part} positions`,
    `${nameOf(mesh)}`,
    () => mesh.vertices,
  );
  const colorBuffer = vertexBuffer(
    device,
    residency.pool,
    `${part} colors`,
    `${nameOf(colors)}/${mesh.verticesEach}`,
    () => repeated(packColors(colors, table.count), mesh.verticesEach),
  );
  const indices = vertexBuffer(
    device,
    residency.pool,
    `${part} indices`,
    `${nameOf(mesh)}/${rows === undefined ? "" : nameOf(rows)}`,
    () => (rows === undefined ? mesh.triangles : chosen(mesh, rows, table.count)),
    GPUBufferUsage.INDEX,
  );
  const count = (rows?.length ?? table.count) * mesh.sheets * mesh.indicesEach;
  const uniforms = frameUniforms(layer, slice, origin, context);
  return preparation([
    meshDraw(layer, uniforms, { positions, colors: colorBuffer, indices, count }, context),
  ]);
}

function repeated(words: Uint32Array, times: number): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(words.length * times);
  for (const [i, word] of words.entries()) out.fill(word, i * times, (i + 1) * times);
  return out;
}

function chosen(
  { triangles, sheets, indicesEach }: VectorsMesh,
  rows: Uint32Array,
  count: number,
): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(rows.length * sheets * indicesEach);
  let n = 0;
  for (let sheet = 0; sheet < sheets; sheet++) {
    for (const row of rows) {
      const from = (sheet * count + row) * indicesEach;
      out.set(triangles.subarray(from, from + indicesEach), n);
      n += indicesEach;
    }
  }
  return out;
}
