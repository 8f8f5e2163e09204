/** Points layers: what is visible, on the GPU, and the draw. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { column, type Table, type TableSource } from "../../data/table.ts";
import { cameraAxes } from "../../model/camera.ts";
import { DISC } from "../../model/geometry/symbols.ts";
import { applyAffine, inverse } from "../../model/matrix.ts";
import { type PointsVariant, pointsShader } from "../../shaders/points.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { depthRule } from "../projection.ts";
import { type BufferData, nameOf, vertexBuffer } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { frameUniforms, isClipped, type Origin, OWN_UNIFORMS, sliceTable, type TableSlice } from "./frame.ts";
import { layoutOfTables, originOf, preparation, triples } from "./layout.ts";
import {
  floats,
  gatherRows,
  lookOf,
  type PointsLook,
  packed,
  pixelsPerSize,
  spread,
  symbolSet,
  symbolWords,
} from "./point-columns.ts";
import { crowdRadii, draftColors, draftRadius } from "./point-drafts.ts";
import { type PointRows, pointRows } from "./point-rows.ts";
import { crowdDraw, isCrowd } from "./raster/crowd.ts";
import { draftDiscs } from "./raster/draft.ts";
import { isRastered, rasterDraw, rasterPlace } from "./raster/draw.ts";
import { keptOrder } from "./raster/near-order.ts";
import { rasterPoints, signed } from "./raster/points.ts";

/** Prepares a points layer; undefined when no point is on the screen. */
export function preparePoints(
  layer: PointsLayer,
  source: TableSource,
  context: LayerContext,
): Preparation | undefined {
  const { table } = source;
  if (table.count === 0) return undefined;
  const slice = sliceTable(layer, context.view.dims, column(table, "position").width);
  const sliced = pointRows(layer, table, slice);
  if (sliced.rows?.length === 0) return undefined;
  const origin = originOf(column(table, "position"), slice.displayed);
  const uniforms = frameUniforms(layer, slice, origin, context);
  setOwn(uniforms, layer, slice, context);
  const look = lookOf(layer, table);
  const count = sliced.rows?.length ?? table.count;
  if (isRastered(layer, count, MANY, context)) {
    const draw = rasteredPoints(layer, table, slice, origin, sliced, look, context);
    return draw && preparation([draw]);
  }
  const radii = isCrowd(layer, count, context) ? crowdRadii(layer, table, sliced, context) : undefined;
  if (radii !== undefined) {
    const positions = triples(column(table, "position"), slice.displayed, origin);
    const faces = signed(draftColors(layer, table, look, context));
    const draw = crowdDraw(layer, uniforms, context, (pixels, place) =>
      pixels.discs(place, positions, faces, radii, sliced.rows),
    );
    return preparation([draw]);
  }
  const buffers = buffersOf(layer, source, slice, origin, sliced, look, context);
  const draw: Draw = {
    label: layer.name,
    pipeline: context.pipeline(pointsSpec(layer, table, context)),
    uniforms,
    box: context.clip,
    bindings: () => buffers.map((buffer, i) => ({ binding: i + 1, resource: { buffer } })),
    record: (pass) => pass.draw(6 * count),
  };
  return preparation([draw]);
}

/** As many points as take a software adapter longer than computing the pixels does. */
const MANY = 2000;

function rasteredPoints(
  layer: PointsLayer,
  table: Table,
  slice: TableSlice,
  origin: Origin,
  { rows, sizes }: PointRows,
  look: PointsLook,
  context: LayerContext,
): Draw | undefined {
  const place = rasterPlace(layer, slice, origin, context);
  const border = table.columns.get("border_width");
  const symbols = table.columns.get("symbol")?.data;
  const discs = symbolSet(table) === 1 << DISC;
  const faces = packed(look.face, table.count);
  const { antialiasing, canvas_size_limits, border_width_is_relative, scale } = layer;
  const data = [...table.columns.values()].map((one) => nameOf(one.data));
  const state = JSON.stringify([
    place,
    data,
    nameOf(look.face),
    nameOf(look.border),
    rows && nameOf(rows),
    slice.displayed,
    [
      antialiasing,
      canvas_size_limits,
      border_width_is_relative,
      scale,
      context.cell.camera.zoom,
      context.draft,
    ],
  ]);
  const radius =
    context.draft && discs && sizes === undefined ? draftRadius(layer, table, faces, context) : undefined;
  if (radius !== undefined) {
    const positions = triples(column(table, "position"), slice.displayed, origin);
    return rasterDraw(layer, context, `draft ${radius} ${state}`, (pixels) => {
      const colors = signed(draftColors(layer, table, look, context));
      draftDiscs(pixels, keptOrder(positions, rows), colors, place.affine, radius);
    });
  }
  return rasterDraw(layer, context, state, (pixels) =>
    rasterPoints(
      pixels,
      {
        count: table.count,
        positions: triples(column(table, "position"), slice.displayed, origin),
        sizes:
          sizes === undefined || rows === undefined
            ? floats(column(table, "size"))
            : spread(sizes, rows, table.count),
        borders: border === undefined ? undefined : floats(border),
        faces,
        borderColors: packed(look.border, table.count),
        symbols: discs ? undefined : symbols,
      },
      {
        ...place,
        perSize: pixelsPerSize(layer) * context.cell.camera.zoom,
        ratio: context.cell.ratio,
        antialiasing: layer.antialiasing,
        limits: layer.canvas_size_limits,
        relativeBorder: layer.border_width_is_relative,
        draft: context.draft && discs,
      },
      rows,
    ),
  );
}

function setOwn(
  u: Float32Array,
  layer: PointsLayer,
  slice: TableSlice,
  { cell }: Pick<LayerContext, "cell">,
): void {
  const { camera } = cell;
  u.set([pixelsPerSize(layer) * camera.zoom, layer.antialiasing, ...layer.canvas_size_limits], OWN_UNIFORMS);
  const { perspective, near, scale } = depthRule(cell);
  u.set(
    [layer.border_width_is_relative ? 1 : 0, (near * perspective - 1) * scale, -perspective],
    OWN_UNIFORMS + 4,
  );
  const back = inverse(slice.toWorld);
  const { right, up } = cameraAxes(camera, cell.ndisplay);
  const zero = back === undefined ? [0, 0, 0] : applyAffine(back, [0, 0, 0]);
  for (const [i, direction] of [right, up.map((entry) => -entry)].entries()) {
    const data =
      back === undefined
        ? [0, 0, 0]
        : applyAffine(
            back,
            direction.map((entry) => entry / camera.zoom),
          );
    u.set(
      data.map((entry, k) => entry - (zero[k] ?? 0)),
      OWN_UNIFORMS + 8 + 4 * i,
    );
  }
}

const gathered = new Derived<Uint32Array, BufferData>(16);

/** Position, size, border, face, border colour, symbol: one row a point. */
function buffersOf(
  layer: PointsLayer,
  source: TableSource,
  slice: TableSlice,
  origin: Origin,
  { rows, sizes }: PointRows,
  look: PointsLook,
  { device, residency }: LayerContext,
): GPUBuffer[] {
  const { table } = source;
  const make = (part: string, of: object, values: () => BufferData, width = 1): GPUBuffer => {
    const state = `${nameOf(of)}${rows === undefined ? "" : `/${nameOf(rows)}`}`;
    const name = `${source.id}/${part}${rows === undefined ? "" : "/some"}`;
    return vertexBuffer(device, residency.pool, name, state, () => {
      const all = values();
      if (rows === undefined || all.length === rows.length * width) return all;
      return gathered.get(rows, `${part}/${nameOf(of)}`, () => gatherRows(all, rows, width));
    });
  };
  const position = column(table, "position");
  const size = column(table, "size");
  const border = table.columns.get("border_width");
  const symbol = table.columns.get("symbol");
  const axes = slice.displayed.join(",");
  return [
    make(`points ${axes}`, position.data, () => triples(position, slice.displayed, origin), 3),
    make(`size ${axes}`, sizes ?? size.data, () => sizes?.slice() ?? floats(size)),
    make("border", border?.data ?? size.data, () =>
      border ? floats(border) : new Float32Array(table.count),
    ),
    make(`face ${layer.id}`, look.face, () => packed(look.face, table.count)),
    make(`edge ${layer.id}`, look.border, () => packed(look.border, table.count)),
    ...(severalSymbols(symbolSet(table))
      ? [make("symbol", symbol?.data ?? size.data, () => symbolWords(symbol, table.count))]
      : []),
  ];
}

function pointsSpec(layer: PointsLayer, table: Table, { depth, cell }: LayerContext): ShaderSpec {
  const variant: PointsVariant = {
    symbols: symbolSet(table),
    spherical: layer.shading === "spherical" && cell.ndisplay === 3,
    clip: isClipped(layer),
    depth,
  };
  return {
    name: `points ${Object.values(variant).join(" ")}`,
    code: () => pointsShader(variant),
    ...layoutOfTables(severalSymbols(variant.symbols) ? 6 : 5),
  };
}

function severalSymbols(set: number): boolean {
  return (set & (set - 1)) !== 0;
}
