/** A picked item as people read it: its row, and what its features say. */
import type { TableLayer, View } from "@eyepiece/protocol/scene/schema.ts";
import { column, type Table, type TableSource } from "../../data/table.ts";
import { canvasRay, type Size } from "../../model/camera.ts";
import { addScaled, applyAffine, inverse } from "../../model/matrix.ts";
import { dataToWorld } from "../../model/transform.ts";
import type { PickedValue } from "../probe.ts";
import { sliceTable } from "../tables/frame.ts";
import { type PickedItem, pickItem } from "./pick.ts";

/** The item under a point of the layer's grid cell; an empty value where there is none. */
export function pickedItem(
  layer: TableLayer,
  source: TableSource,
  view: View,
  size: Size,
  at: { readonly x: number; readonly y: number },
): PickedValue {
  const item = pickItem(layer, source, view, size, at);
  const coordinates = dataUnder(layer, source, view, size, at, item);
  const world = applyAffine(dataToWorld(layer), coordinates);
  if (item === undefined) return { value: "", numbers: [], coordinates, world, level: 0 };
  const words = featureWords(source.table, item.index);
  const what = layer.type === "tracks" ? trackId(source.table, item.index) : item.index;
  const value = item.value === undefined ? `${what}` : `${what}: ${tidy(item.value)}`;
  return {
    value: words.length === 0 ? value : `${value}; ${words.join(", ")}`,
    numbers: item.value === undefined ? [what] : [what, item.value],
    coordinates,
    world,
    level: 0,
    item: item.index,
  };
}

function trackId(table: Table, row: number): number {
  return column(table, "id").data[row] ?? row;
}

/** "name: word" for each feature of an item. */
function featureWords(table: Table, row: number): string[] {
  return [...table.features].map(([name, { data, categories }]) => {
    const value = data[row] ?? Number.NaN;
    return `${name}: ${categories === undefined ? tidy(value) : (categories[value] ?? "")}`;
  });
}

function tidy(value: number): string {
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(6))}`;
}

/** Data coordinates on all axes: under the canvas point, in 3D as deep as the item lies; the slice on the axes that are not shown. */
function dataUnder(
  layer: TableLayer,
  { table }: TableSource,
  view: View,
  size: Size,
  at: { readonly x: number; readonly y: number },
  item: PickedItem | undefined,
): number[] {
  const slice = sliceTable(layer, view.dims, layer.data.ndim);
  const out = new Array<number>(layer.data.ndim).fill(0);
  for (const { axis, point } of slice.hidden) out[axis] = point;
  if (layer.type === "points" && item !== undefined) {
    const { data, width } = column(table, "position");
    return [...data.subarray(item.index * width, (item.index + 1) * width)];
  }
  const ray = canvasRay(view.camera, size, view.dims.ndisplay, at.x, at.y);
  const eye = canvasRay(view.camera, size, view.dims.ndisplay, size.width / 2, size.height / 2);
  // Depths count along the view from the plane through the camera's centre.
  const straight = eye.direction.reduce((sum, entry, k) => sum + entry * (ray.direction[k] ?? 0), 0);
  const start = eye.direction.reduce(
    (sum, entry, k) => sum + entry * ((ray.origin[k] ?? 0) - (view.camera.center[k] ?? 0)),
    0,
  );
  const deep = view.camera.perspective > 0 ? unbent(item?.depth ?? 0, start) : (item?.depth ?? 0);
  const world =
    view.dims.ndisplay === 3
      ? addScaled(ray.origin, ray.direction, (deep - start) / (straight || 1))
      : ray.origin;
  const shown = applyAffine(inverse(slice.toWorld) ?? [], world);
  for (const [k, axis] of slice.displayed.entries()) if (axis >= 0) out[axis] = shown[k] ?? 0;
  return out;
}

/** A depth on the canvas (d / (1 + d / distance)) as the distance d. `start` is minus the eye's distance. */
function unbent(depth: number, start: number): number {
  const distance = -start;
  return distance > 0 && depth < distance ? depth / (1 - depth / distance) : depth;
}
