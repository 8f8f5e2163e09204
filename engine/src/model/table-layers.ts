/** New layers over tables, with napari's defaults. */
import type {
  PointsLayer,
  ShapesLayer,
  SurfaceLayer,
  TableInfo,
  TableLayer,
  TracksLayer,
  VectorsLayer,
} from "@eyepiece/protocol/scene/schema.ts";
import { columnExtent, rowCount, type Table, type TableSource, tableBytes } from "../data/table.ts";
import { colormap } from "./colormaps.ts";
import {
  BLACK,
  commonDefaults,
  DIM_GRAY,
  DIRECT,
  GRAY,
  NO_TEXT,
  placementDefaults,
  WHITE,
} from "./defaults.ts";

/** The column that says where the items of a layer lie. */
export const PLACE_COLUMN = {
  points: "position",
  shapes: "vertices",
  surface: "vertices",
  tracks: "position",
  vectors: "position",
} as const satisfies Record<TableLayer["type"], string>;

/** What the scene says of a table. */
export function tableInfo(type: TableLayer["type"], source: TableSource, label: string): TableInfo {
  const { table } = source;
  const place = table.columns.get(PLACE_COLUMN[type]);
  const { low, high } = place === undefined ? { low: [], high: [] } : columnExtent(place);
  // Values of several times have an axis of their own, before those of the vertices.
  const times = type === "surface" ? (table.columns.get("values")?.width ?? 1) : 1;
  if (times > 1 && place !== undefined) {
    low.unshift(0);
    high.unshift(times - 1);
  }
  const known =
    low.length > 0 && low.every((value, axis) => value <= (high[axis] ?? Number.NEGATIVE_INFINITY));
  return {
    source: source.id,
    version: source.version,
    nbytes: tableBytes(table),
    label,
    count: table.count,
    ndim: (place?.width ?? 2) + (times > 1 ? 1 : 0),
    extent: known ? low.map((value, axis): [number, number] => [value, high[axis] ?? value]) : [],
    features: [...table.features.keys()],
  };
}

/** What the caller knows beyond the data; all else is napari's default. */
type Options<L> = Partial<Omit<L, "type" | "id" | "data">>;
/** Options of any layer over a table. */
export type TableLayerOptions =
  | ({ readonly type: "points" } & Options<PointsLayer>)
  | ({ readonly type: "shapes" } & Options<ShapesLayer>)
  | ({ readonly type: "surface" } & Options<SurfaceLayer>)
  | ({ readonly type: "tracks" } & Options<TracksLayer>)
  | ({ readonly type: "vectors" } & Options<VectorsLayer>);

/** A new layer of a type over a table. */
export function tableLayer(id: string, source: TableSource, options: TableLayerOptions): TableLayer {
  const name = options.name ?? options.type;
  const data = tableInfo(options.type, source, name);
  const base = { id, data, ...commonDefaults(name), ...placementDefaults(data.ndim) };
  switch (options.type) {
    case "points":
      return {
        ...base,
        blending: "translucent",
        border_width_is_relative: true,
        shading: "none",
        antialiasing: 1,
        canvas_size_limits: [2, 10_000],
        projection_mode: "all",
        out_of_slice_display: false,
        face: DIRECT,
        border: DIRECT,
        text: NO_TEXT,
        current_size: 10,
        current_symbol: "disc",
        current_face_color: WHITE,
        current_border_color: DIM_GRAY,
        current_border_width: 0.05,
        ...options,
      };
    case "shapes":
      return {
        ...base,
        opacity: 0.7,
        blending: "translucent",
        face: DIRECT,
        edge: DIRECT,
        text: NO_TEXT,
        current_edge_width: 1,
        current_edge_color: GRAY,
        current_face_color: WHITE,
        ...options,
      };
    case "surface": {
      const limits = options.contrast_limits ?? valueRange(source.table);
      return {
        ...base,
        texture: null,
        blending: "translucent",
        shading: "flat",
        contrast_limits: limits,
        contrast_limits_range: limits,
        gamma: 1,
        colormap: colormap("gray"),
        wireframe: { visible: false, color: BLACK, width: 1 },
        normals: {
          face: { visible: false, color: [1, 0.5, 0, 1], width: 1, length: 5 },
          vertex: { visible: false, color: [0, 0.5, 1, 1], width: 1, length: 5 },
        },
        ...options,
      };
    }
    case "tracks":
      return {
        ...base,
        blending: "additive",
        tail_length: 30,
        head_length: 0,
        tail_width: 2,
        hide_completed_tracks: false,
        color_by: "track_id",
        colormap: colormap("turbo"),
        display_id: false,
        display_tail: true,
        display_graph: true,
        graph: [],
        ...options,
      };
    case "vectors":
      return {
        ...base,
        opacity: 0.7,
        blending: "translucent",
        vector_style: "triangle",
        edge_width: 1,
        length: 1,
        edge: DIRECT,
        out_of_slice_display: false,
        ...options,
      };
  }
}

/** Limits over a surface's values; 0 to 1 where there is none. */
function valueRange(table: Table): [number, number] {
  const values = table.columns.get("values");
  if (values === undefined || rowCount(values) === 0) return [0, 1];
  const { low, high } = columnExtent(values);
  const [least, greatest] = [Math.min(...low), Math.max(...high)];
  if (!(least <= greatest)) return [0, 1];
  return least < greatest ? [least, greatest] : [least, least + 1];
}
