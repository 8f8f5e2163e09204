/** Points layers: what is visible, on the GPU, and the draw. */
import type { PointsLayer } from "@eyepiece/protocol/scene/schema.ts";
import { type Column, column, type Table, type TableSource } from "../../data/table.ts";
import { cameraAxes } from "../../model/camera.ts";
import { DISC } from "../../model/geometry/symbols.ts";
import { itemColors } from "../../model/item-colors.ts";
import { applyAffine, inverse } from "../../model/matrix.ts";
import { type PointsVariant, pointsShader } from "../../shaders/points.ts";
import type { Draw, Preparation, ShaderSpec } from "../draw.ts";
import type { LayerContext } from "../layer-context.ts";
import { depthRule } from "../projection.ts";
import { type BufferData, nameOf, packColors, vertexBuffer } from "./buffers.ts";
import { Derived } from "./derived.ts";
import { frameUniforms, isClipped, type Origin, OWN_UNIFORMS, sliceTable, type TableSlice } from "./frame.ts";
import { layoutOfTables, originOf, preparation, triples } from "./layout.ts";
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
    const faces = signed(packed(look.face, table.count));
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
    return rasterDraw(layer, context, `draft ${radius} ${state}`, (pixels) =>
      draftDiscs(pixels, keptOrder(positions, rows), signed(faces), place.affine, radius),
    );
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

/** So large a symbol, in the target's pixels, shows its form, its border and its shading. */
const PLAIN = 6;

/** Radii in the target's pixels, by row; undefined where points are so large that discs are not what they look like. */
function crowdRadii(
  layer: PointsLayer,
  table: Table,
  { rows, sizes }: PointRows,
  { cell }: LayerContext,
): number | Float32Array | undefined {
  const own = column(table, "size");
  const perSize = pixelsPerSize(layer) * cell.camera.zoom;
  const [least, greatest] = layer.canvas_size_limits;
  const radius = (size: number): number =>
    0.5 * cell.ratio * Math.min(greatest, Math.max(least, size * perSize));
  const discs = symbolSet(table) === 1 << DISC && layer.shading !== "spherical";
  const fits = (radii: number): boolean => discs || radii <= PLAIN;
  const one = sizes === undefined ? onlyValue(own.data) : undefined;
  if (one !== undefined) return fits(radius(one)) ? radius(one) : undefined;
  const all = sizes === undefined || rows === undefined ? floats(own) : spread(sizes, rows, table.count);
  const radii = all.map(radius);
  return radii.every(fits) ? radii : undefined;
}

const uniform = new Derived<object, number | undefined>(2);

/** The value that all rows have; undefined when they differ. */
function onlyValue(values: ArrayLike<number> & object): number | undefined {
  return uniform.get(values, "", () => {
    const first = values[0];
    for (let i = 1; i < values.length; i++) if (values[i] !== first) return undefined;
    return first;
  });
}

/** The radius in the target's pixels of discs that are all of one size, opaque and with thin borders. */
function draftRadius(
  layer: PointsLayer,
  table: Table,
  faces: Uint32Array,
  { cell }: LayerContext,
): number | undefined {
  const size = onlyValue(column(table, "size").data);
  const border = onlyValue(table.columns.get("border_width")?.data ?? [0]);
  const opaque = uniform.get(faces, "opaque", () =>
    faces.every((word) => word >>> 24 === 255) ? 1 : undefined,
  );
  if (size === undefined || border === undefined || opaque === undefined || layer.opacity < 1)
    return undefined;
  const wished = size * pixelsPerSize(layer) * cell.camera.zoom;
  const [least, greatest] = layer.canvas_size_limits;
  const diameter = Math.min(Math.max(wished, least), greatest);
  const thick = border * (layer.border_width_is_relative ? diameter : diameter / size);
  return thick < 1 && size > 0 ? 0.5 * diameter * cell.ratio : undefined;
}

/** Sizes of some rows, by row. */
function spread(sizes: Float32Array, rows: Uint32Array, count: number): Float32Array {
  const out = new Float32Array(count);
  for (const [i, row] of rows.entries()) out[row] = sizes[i] ?? 0;
  return out;
}

/** The points' colours and borders, as columns. */
export interface PointsLook {
  readonly face: Float32Array;
  readonly border: Float32Array;
}

/** Colours as the layer says: the items' own, or by a feature. */
export function lookOf(layer: PointsLayer, table: Table): PointsLook {
  return {
    face: itemColors(table, "face_color", layer.face),
    border: itemColors(table, "border_color", layer.border),
  };
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

/** World units for a unit of size: napari takes the last axis' scale for all. */
export function pixelsPerSize(layer: PointsLayer): number {
  return Math.abs(layer.scale.at(-1) ?? 1);
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
      return gathered.get(rows, `${part}/${nameOf(of)}`, () => gather(all, rows, width));
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

function gather(all: BufferData, rows: Uint32Array, width: number): BufferData {
  const out =
    all instanceof Float32Array
      ? new Float32Array(rows.length * width)
      : new Uint32Array(rows.length * width);
  let n = 0;
  for (const row of rows) for (let k = 0; k < width; k++) out[n++] = all[row * width + k] ?? 0;
  return out;
}

const packs = new Derived<Float32Array, Uint32Array<ArrayBuffer>>(1);
function packed(colors: Float32Array, count: number): Uint32Array<ArrayBuffer> {
  return packs.get(colors, "", () => packColors(colors, count));
}

const singles = new Derived<object, Float32Array<ArrayBuffer>>(1);
function floats({ data }: Column): Float32Array<ArrayBuffer> {
  return singles.get(data, "", () => Float32Array.from(data));
}

const words = new Derived<object, Uint32Array<ArrayBuffer>>(1);
function symbolWords(symbol: Column | undefined, count: number): Uint32Array<ArrayBuffer> {
  if (symbol === undefined) return new Uint32Array(count).fill(DISC);
  return words.get(symbol.data, "", () => Uint32Array.from(symbol.data));
}

const sets = new Derived<object, number>(1);
/** Which symbols occur, as bits. */
export function symbolSet(table: Table): number {
  const symbol = table.columns.get("symbol");
  if (symbol === undefined) return 1 << DISC;
  return sets.get(symbol.data, "", () => {
    let bits = 0;
    for (const one of symbol.data) bits |= 1 << Math.min(13, one);
    return bits;
  });
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
