/** Numbers and textures of one 3D draw. */
import type { ImageLayer } from "@eyepiece/protocol/scene/schema.ts";
import type { Wanted } from "../../data/brick-cache.ts";
import type { Range } from "../../data/gather.ts";
import { cameraAxes, eyeDistance, project, worldToCanvas } from "../../model/camera.ts";
import {
  addScaled,
  applyAffine,
  at,
  dot,
  inverse,
  type Matrix,
  type Vector3,
  vector3,
} from "../../model/matrix.ts";
import { MAX_PLANES, VOLUME_UNIFORMS } from "../../shaders/volume.ts";
import { intersect, type PixelBox } from "../draw.ts";
import type { TexelPath } from "../formats.ts";
import { type LayerPlan, levelRanges, levelSize, worldToLevel } from "../plan.ts";
import { type CellCamera, depthRule } from "../projection.ts";
import type { Residency } from "../residency.ts";
import { CELL, COARSE } from "./skip-grid.ts";
import { type ArrayPreparation, setLimits } from "./slice-draw.ts";
import type { VolumeBuild } from "./volume-build.ts";

/** Voxels from one sample to the next: vispy's. */
const STEP = 0.8;
/** The most while the view moves: half a cell, so that each cell that cannot be leapt over is met. */
const MOST_STEP = 4;
/** Renderings whose picture does not follow from how many samples there are. */
const BY_ONE_SAMPLE: ReadonlySet<ImageLayer["rendering"]> = new Set(["mip", "minip", "average", "iso"]);

/**
 * The step while the view moves: as far as the next pixel's ray is, where that is more. Samples in more places than pixels show what is gone
 * with the next picture.
 */
function draftStep(u: Float32Array): number {
  const across = (k: number): number => Math.hypot(u[k] ?? 0, u[k + 1] ?? 0, u[k + 2] ?? 0);
  // Parallel rays begin apart; those of one eye go apart, and reach the plane of the camera's centre at once the direction.
  return Math.min(MOST_STEP, Math.max(STEP, across(4), across(8), across(16), across(20)));
}

/** Prepares a layer in 3D. `clip` is the part of the target that is to be drawn. */
export function prepareVolume(
  plan: LayerPlan,
  cell: CellCamera,
  clip: PixelBox,
  residency: Residency,
  draft: boolean,
  buildOf: (level: number, ranges: readonly Range[]) => VolumeBuild = (level, ranges) =>
    residency.volume(plan, level, ranges),
): ArrayPreparation | undefined {
  const wanted: Wanted[] = [];
  let first: VolumeBuild | undefined;
  let chosen: { level: number; build: VolumeBuild } | undefined;
  for (const [rank, level] of plan.levels.entries()) {
    const info = plan.source.levels[level];
    if (info === undefined) return undefined;
    const ranges = levelRanges(plan.slice, info);
    const build = buildOf(level, ranges);
    first ??= build;
    chosen = { level, build };
    // A level that is whole stands in for the finer ones, and needs no stand-in.
    if (build.whole) break;
    wanted.push(...residency.wanted(plan, level, ranges, plan.levels.length - 1 - rank, build.missing));
  }
  if (first === undefined || chosen === undefined) return undefined;
  const { level, build } = chosen;
  const prepared = volumeUniforms(plan, level, cell, clip, build.data.path, residency, draft);
  if (prepared === undefined) return undefined;
  const draw = { ...prepared, ...build.data, level };
  return {
    ...(build.whole ? { draw } : { rehearsal: draw }),
    wanted,
    resident: first.added,
    total: first.total,
    complete: first.whole,
  };
}

/** Affine between displayed world triples and texel space (x, y, z; voxel i covers [i, i + 1)). */
export interface TexelSpace {
  /** x, y, z from world triples: rows of a 3 x 4 matrix. */
  readonly fromWorld: Matrix;
  /** World triples from x, y, z: rows of a 3 x 4 matrix. */
  readonly toWorld: Matrix;
  /** x, y, z */
  readonly shape: Vector3;
}

/** The texel space of a level; undefined when the layer is flat. */
export function texelSpace(plan: LayerPlan, level: number): TexelSpace | undefined {
  const info = plan.source.levels[level];
  const toVoxels = info && worldToLevel(plan.slice, info);
  const toWorld = toVoxels && inverse(toVoxels);
  if (info === undefined || toVoxels === undefined || toWorld === undefined) return undefined;
  const fromWorld = [2, 1, 0].map((i) => [0, 1, 2, 3].map((k) => at(toVoxels, i, k) + (k === 3 ? 0.5 : 0)));
  const back = [0, 1, 2].map((row) => {
    const columns = [2, 1, 0].map((column) => at(toWorld, row, column));
    const shift = columns.reduce((sum, entry) => sum + 0.5 * entry, 0);
    return [...columns, at(toWorld, row, 3) - shift];
  });
  const shape: Vector3 = [
    levelSize(plan.slice, info, 2),
    levelSize(plan.slice, info, 1),
    levelSize(plan.slice, info, 0),
  ];
  return { fromWorld, toWorld: back, shape };
}

function linear(rows: Matrix, v: Vector3): Vector3 {
  return vector3(rows.map((row) => (row[0] ?? 0) * v[0] + (row[1] ?? 0) * v[1] + (row[2] ?? 0) * v[2]));
}
function affine(rows: Matrix, v: Vector3): Vector3 {
  const [a, b, c] = linear(rows, v);
  return [a + at(rows, 0, 3), b + at(rows, 1, 3), c + at(rows, 2, 3)];
}

/** Numbers of a draw in a level's texel space, and the pixels that it may cover; undefined when there are none. */
export function volumeUniforms(
  plan: LayerPlan,
  level: number,
  cell: CellCamera,
  clip: PixelBox,
  path: TexelPath,
  residency: Residency,
  draft: boolean,
): { uniforms: Float32Array<ArrayBuffer>; box: PixelBox } | undefined {
  const space = texelSpace(plan, level);
  const info = plan.source.levels[level];
  if (space === undefined || info === undefined) return undefined;
  const { layer } = plan;
  const box = boundingBox(space, cell, clip);
  if (box.x1 <= box.x0 || box.y1 <= box.y0) return undefined;
  const u = new Float32Array(VOLUME_UNIFORMS);
  setRays(u, space, cell);
  u[15] = draft && layer.type === "image" && BY_ONE_SAMPLE.has(layer.rendering) ? draftStep(u) : STEP;
  u.set([...space.shape, layer.opacity], 24);
  const planes = layer.experimental_clipping_planes.filter((plane) => plane.enabled).slice(0, MAX_PLANES);
  u[35] = planes.length;
  // With d = view . (world - centre), depth is t / (1 + bend t), t linear in space: see DepthRule.
  const axes = cameraAxes(cell.camera, 3);
  const { perspective, near, scale } = depthRule(cell);
  const straight = 1 - near * perspective;
  const perUnit = straight * straight * scale;
  const along = [0, 1, 2].map((k) =>
    dot(axes.view, vector3([0, 1, 2].map((row) => at(space.toWorld, row, k)))),
  );
  const origin = vector3([0, 1, 2].map((row) => at(space.toWorld, row, 3)));
  const depth0 = dot(axes.view, addScaled(origin, vector3(cell.camera.center), -1));
  u.set([...along.map((entry) => entry * perUnit), depth0 * perUnit - near * straight * scale], 36);
  u[31] = perspective / (scale * straight);
  setPlane(u, plan, level);
  if (layer.type === "image") setImageRules(u, layer, path, residency);
  for (const [k, edge] of [CELL, COARSE].entries()) {
    u.set(
      space.shape.map((size) => 1 / (edge * Math.max(1, Math.ceil(size / edge)))),
      52 + 4 * k,
    );
  }
  for (const [i, plane] of planes.entries()) {
    const normal = vector3(plane.normal);
    const inTexels = [0, 1, 2].map((k) =>
      dot(normal, vector3([0, 1, 2].map((row) => at(space.toWorld, row, k)))),
    );
    // The test is on data + 0.5 voxel, as napari's is: texel coordinates taken for data coordinates.
    const half = inTexels.reduce((sum, entry) => sum + 0.5 * entry, 0);
    const shift = dot(normal, addScaled(origin, vector3(plane.position), -1)) + half;
    u.set([...inTexels, shift], 60 + 4 * i);
  }
  return { uniforms: u, box };
}

/** What only images have: limits, the colormap's constant start, and the rules of the rendering. */
function setImageRules(u: Float32Array, layer: ImageLayer, path: TexelPath, residency: Residency): void {
  setLimits(u, 28, layer, path);
  const limited = layer.blending === "translucent" || layer.blending === "translucent_no_depth";
  const [low, high] = layer.contrast_limits;
  // Filtered bytes are rounded to bytes in napari's pictures, so a sample that rounds to the limit counts as beyond it.
  const half = path.kind === "r8" && layer.interpolation3d !== "nearest" ? 0.5 : 0;
  const cutOff =
    layer.rendering === "minip"
      ? limited
        ? (high + half) / path.unit
        : 3e38
      : limited
        ? (low - half) / path.unit
        : -3e38;
  if (path.inner > 1) {
    // Colours are drawn as they are; black is nothing.
    u.set([0, 1, 1], 28);
    const iso = path.kind === "rgba8" ? layer.iso_threshold / path.unit : 0.5;
    u.set([layer.rendering === "minip" ? 3e38 : 0, iso, layer.attenuation], 32);
    return;
  }
  u.set([cutOff, layer.iso_threshold / path.unit, layer.attenuation], 32);
  const table = residency.table(layer.colormap);
  const t = table.constant ** (1 / layer.gamma);
  u[47] = (low + t * (high - low)) / path.unit;
  u.set(table.first, 48);
}

/** The plane in texel space of the drawn level; its thickness counts in that level's voxels. */
function setPlane(u: Float32Array, plan: LayerPlan, level: number): void {
  const info = plan.source.levels[level];
  const { plane } = plan.layer;
  const scale = (i: number, values: readonly number[] | undefined, none: number): number => {
    const axis = plan.slice.displayed[i] ?? -1;
    return axis < 0 ? none : (values?.[axis] ?? none);
  };
  const position = [2, 1, 0].map(
    (i) => ((plane.position[i] ?? 0) - scale(i, info?.translate, 0)) / scale(i, info?.scale, 1) + 0.5,
  );
  // Normals transform by the inverse transpose: times the scale.
  const normal = vector3([2, 1, 0].map((i) => (plane.normal[i] ?? 0) * scale(i, info?.scale, 1)));
  const length = Math.hypot(...normal) || 1;
  const coarseness = Math.max(...[0, 1, 2].map((i) => scale(i, info?.scale, 1)));
  u.set([...position, Math.max(1, plane.thickness / coarseness)], 40);
  u.set(
    normal.map((entry) => entry / length),
    44,
  );
}

/** Rays of the target's pixels, linear in x and y. */
function setRays(u: Float32Array, space: TexelSpace, cell: CellCamera): void {
  const { camera, size, offset, ratio } = cell;
  const { view, up, right } = cameraAxes(camera, 3);
  const k = 1 / camera.zoom;
  const perX: Vector3 = [right[0] * k, right[1] * k, right[2] * k];
  const perY: Vector3 = [-up[0] * k, -up[1] * k, -up[2] * k];
  // The world point on the centre's plane under the target's pixel (0, 0).
  const x0 = -offset[0] / ratio - size.width / 2;
  const y0 = -offset[1] / ratio - size.height / 2;
  const corner = addScaled(addScaled(vector3(camera.center), perX, x0), perY, y0);
  const step = (v: Vector3): Vector3 => linear(space.fromWorld, [v[0] / ratio, v[1] / ratio, v[2] / ratio]);
  const zero: Vector3 = [0, 0, 0];
  const distance = eyeDistance(camera, size, 3);
  if (Number.isFinite(distance)) {
    const eye = addScaled(vector3(camera.center), view, -distance);
    u.set([...affine(space.fromWorld, eye), 0, ...zero, 0, ...zero, 0], 0);
    const toCorner = linear(space.fromWorld, addScaled(corner, eye, -1));
    u.set([...toCorner, 0, ...step(perX), 0, ...step(perY), 0], 12);
  } else {
    u.set([...affine(space.fromWorld, corner), -3e38, ...step(perX), 0, ...step(perY), 0], 0);
    u.set([...linear(space.fromWorld, view), 0, ...zero, 0, ...zero, 0], 12);
  }
}

/** The corners of a level's box in displayed world triples. */
export function worldCorners(space: TexelSpace): Vector3[] {
  return Array.from({ length: 8 }, (_, corner) =>
    vector3(
      applyAffine(
        [...space.toWorld, [0, 0, 0, 1]],
        space.shape.map((size, axis) => ((corner >> axis) & 1 ? size : 0)),
      ),
    ),
  );
}

function boundingBox(space: TexelSpace, cell: CellCamera, clip: PixelBox): PixelBox {
  const matrix = worldToCanvas(cell.camera, cell.size, 3);
  let [x0, y0, x1, y1] = [clip.x1, clip.y1, clip.x0, clip.y0];
  for (const corner of worldCorners(space)) {
    const point = project(matrix, corner);
    // Behind the eye: the box may cover anything.
    if (point === undefined) return clip;
    const x = point.x * cell.ratio + cell.offset[0];
    const y = point.y * cell.ratio + cell.offset[1];
    x0 = Math.min(x0, Math.floor(x));
    y0 = Math.min(y0, Math.floor(y));
    x1 = Math.max(x1, Math.ceil(x));
    y1 = Math.max(y1, Math.ceil(y));
  }
  return intersect({ x0, y0, x1, y1 }, clip);
}
