/** What a ray meets in a volume: the voxel that the rendering shows. */
import { labelColor } from "../../model/labels.ts";
import { addScaled, apply, dot, inverse, type Matrix, type Vector3, vector3 } from "../../model/matrix.ts";
import type { LayerPlan } from "../plan.ts";

/** A voxel that was met. */
export interface RayHit {
  /** Voxel coordinates on the displayed axes of the level. */
  readonly shown: number[];
  readonly value: number;
}

/** A ray in displayed world triples; `eye`: it begins at its origin, and goes both ways else. */
export interface Ray {
  readonly origin: Vector3;
  readonly direction: Vector3;
  readonly eye: boolean;
}

/** The value of the voxel at such coordinates; undefined outside, and colours for what has them. */
export type ReadAt = (shown: readonly number[]) => Promise<number | readonly number[] | undefined>;

/** Voxels between two samples, and into how many parts the last step is cut: the renderer's. */
const STEP = 0.8;
const FINE = 10;

/**
 * Marches. mip, attenuated mip: the greatest value on the ray; minip: the least; iso: the first beyond the threshold; labels: the
 * first that has a colour; others: nothing. What clipping planes take away, and what is outside of a plane that is shown alone, is not met.
 */
export async function marchRay(
  plan: LayerPlan,
  level: number,
  toVoxels: Matrix,
  ray: Ray,
  read: ReadAt,
): Promise<RayHit | undefined> {
  const from = vector3(apply(toVoxels, [...ray.origin, 1]));
  const along = vector3(apply(toVoxels, [...ray.direction, 0]));
  const length = Math.hypot(...along);
  const part = length > 0 ? within(plan, level, toVoxels, ray, from, along) : undefined;
  if (part === undefined || !(part.far > part.near)) return undefined;
  const { near, far } = part;
  const step = STEP / length;
  const at = (t: number): number[] => [...addScaled(from, along, t)];
  const { layer } = plan;
  if (layer.type === "labels") {
    const color = labelColor(layer.colormap);
    const seen = (value: number): boolean =>
      (color(value)[3] ?? 0) > 0 && (!layer.show_selected_label || value === layer.selected_label);
    for (let t = near + step / 2; t < far + step; t += step) {
      const value = await read(at(Math.min(t, far)));
      if (typeof value !== "number" || value === layer.colormap.background_value) continue;
      for (let k = FINE - 1; k >= 0; k--) {
        const shown = at(Math.min(far, Math.max(near, t - (step * k) / FINE)));
        const fine = await read(shown);
        if (typeof fine === "number" && seen(fine)) return { shown, value: fine };
      }
    }
    return undefined;
  }
  const { rendering, iso_threshold: threshold } = layer;
  if (!["mip", "minip", "attenuated_mip", "iso"].includes(rendering)) return undefined;
  let found: RayHit | undefined;
  for (let t = near + step / 2; t < far; t += step) {
    const shown = at(t);
    const value = await read(shown);
    if (typeof value !== "number") continue;
    if (rendering === "iso") {
      if (value > threshold) return { shown, value };
    } else if (found === undefined || (rendering === "minip" ? value < found.value : value > found.value))
      found = { shown, value };
  }
  return found;
}

/** The part of a ray in the volume, as it is clipped and depicted. */
function within(
  { layer, slice, source }: LayerPlan,
  level: number,
  toVoxels: Matrix,
  ray: Ray,
  from: Vector3,
  along: Vector3,
): { near: number; far: number } | undefined {
  const info = source.levels[level];
  const toWorld = inverse(toVoxels);
  if (info === undefined || toWorld === undefined || (layer.type !== "image" && layer.type !== "labels"))
    return undefined;
  let [near, far] = [ray.eye ? 0 : Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  /** Keeps where a + b t is not negative. */
  const keep = (a: number, b: number): void => {
    if (b > 0) near = Math.max(near, -a / b);
    else if (b < 0) far = Math.min(far, -a / b);
    else if (a < 0) far = Number.NEGATIVE_INFINITY;
  };
  for (let i = 0; i < 3; i++) {
    const axis = slice.displayed[i] ?? -1;
    const size = axis < 0 ? 1 : (info.shape[axis] ?? 1);
    keep((from[i] ?? 0) + 0.5, along[i] ?? 0);
    keep(size - 0.5 - (from[i] ?? 0), -(along[i] ?? 0));
  }
  // As drawn: the planes lie half a voxel before where they are said to be.
  const half = vector3(apply(toWorld, [0.5, 0.5, 0.5, 0]));
  for (const { enabled, normal, position } of layer.experimental_clipping_planes) {
    if (!enabled) continue;
    const n = vector3(normal);
    keep(dot(n, addScaled(ray.origin, vector3(position), -1)) + dot(n, half), dot(n, ray.direction));
  }
  if (layer.depiction === "plane") {
    const { normal, position, thickness } = layer.plane;
    const n = vector3(normal);
    const data = (entries: Vector3, shift: number): Vector3 =>
      vector3(
        [0, 1, 2].map((i) => {
          const axis = slice.displayed[i] ?? -1;
          const [scale, translate] = axis < 0 ? [1, 0] : [info.scale[axis] ?? 1, info.translate[axis] ?? 0];
          return (entries[i] ?? 0) * scale + shift * translate;
        }),
      );
    const a = dot(n, addScaled(data(from, 1), vector3(position), -1));
    const b = dot(n, data(along, 0));
    const reach = (Math.hypot(...n) * thickness) / 2;
    keep(reach + a, b);
    keep(reach - a, -b);
  }
  return Number.isFinite(near) && Number.isFinite(far) ? { near, far } : undefined;
}
