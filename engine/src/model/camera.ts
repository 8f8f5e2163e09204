/**
 * The camera, as napari's: pure functions from its properties to directions, to the canvas and back.
 *
 * World points are triples in displayed order (depth or slice axis, vertical, horizontal); in 2D the first entry is 0 and
 * does not matter. Canvas points are (x right, y down) in logical pixels from the top left corner.
 */
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";
import {
  addScaled,
  at,
  dot,
  type Matrix,
  multiply,
  normalize,
  subtract,
  type Vector3,
  vector3,
} from "./matrix.ts";

/** Width and height in logical pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Unit vectors in displayed order: `view` points away from the eye. */
export interface CameraAxes {
  readonly view: Vector3;
  readonly up: Vector3;
  readonly right: Vector3;
}

/** A half line: `origin + t * direction`, t growing away from the eye. */
export interface Ray {
  readonly origin: Vector3;
  readonly direction: Vector3;
}

/** Rx(-rx) Ry(-ry) Rz(-rz), degrees, on displayed triples. */
export function rotationMatrix(angles: readonly [number, number, number]): number[][] {
  const [rx, ry, rz] = angles.map((degrees) => (-degrees * Math.PI) / 180) as [number, number, number];
  const about = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)];
  const [cx, sx] = about(rx);
  const [cy, sy] = about(ry);
  const [cz, sz] = about(rz);
  const x = [
    [1, 0, 0],
    [0, cx, -sx],
    [0, sx, cx],
  ];
  const y = [
    [cy, 0, sy],
    [0, 1, 0],
    [-sy, 0, cy],
  ];
  const z = [
    [cz, -sz, 0],
    [sz, cz, 0],
    [0, 0, 1],
  ];
  return multiply(multiply(x, y), z);
}

/** The camera's directions. In 2D the angles do not count. */
export function cameraAxes(camera: Camera, ndisplay: 2 | 3): CameraAxes {
  const r = rotationMatrix(ndisplay === 3 ? camera.angles : [0, 0, 0]);
  const [depth, vertical, horizontal] = camera.orientation;
  const column = (k: number, sign: number): Vector3 => [
    sign * at(r, 0, k),
    sign * at(r, 1, k),
    sign * at(r, 2, k),
  ];
  return {
    view: column(0, depth === "towards" ? -1 : 1),
    up: column(1, vertical === "down" ? -1 : 1),
    right: column(2, horizontal === "right" ? 1 : -1),
  };
}

/** World units from the eye to the plane through the centre; Infinity when orthographic. */
export function eyeDistance(camera: Camera, size: Size, ndisplay: 2 | 3): number {
  if (ndisplay === 2 || camera.perspective === 0) return Number.POSITIVE_INFINITY;
  return size.height / camera.zoom / (2 * Math.tan((camera.perspective * Math.PI) / 360));
}

/**
 * The 4 x 4 matrix M with M @ (p, 1) = (x w, y w, depth w, w) for a displayed world point p: x and y in canvas pixels,
 * depth in world units from the centre's plane along the view times 1/w (so it rises away from the eye).
 */
export function worldToCanvas(camera: Camera, size: Size, ndisplay: 2 | 3): number[][] {
  const { view, up, right } = cameraAxes(camera, ndisplay);
  const center: Vector3 = ndisplay === 3 ? camera.center : [0, camera.center[1], camera.center[2]];
  const distance = eyeDistance(camera, size, ndisplay);
  const inverseDistance = Number.isFinite(distance) ? 1 / distance : 0;
  const row = (direction: Vector3, factor: number): number[] => [
    ...direction.map((entry) => entry * factor),
    -factor * dot(direction, center),
  ];
  const w = row(view, inverseDistance).map((entry, k) => entry + (k === 3 ? 1 : 0));
  const plus = (base: number[], share: number): number[] =>
    base.map((entry, k) => entry + share * (w[k] ?? 0));
  return [
    plus(row(right, camera.zoom), size.width / 2),
    plus(row(up, -camera.zoom), size.height / 2),
    row(view, 1),
    w,
  ];
}

/** A displayed world point's place on the canvas; undefined behind the eye. */
export function project(matrix: Matrix, point: Vector3): { x: number; y: number; depth: number } | undefined {
  const value = (row: number): number =>
    at(matrix, row, 0) * point[0] +
    at(matrix, row, 1) * point[1] +
    at(matrix, row, 2) * point[2] +
    at(matrix, row, 3);
  const w = value(3);
  if (w <= 0) return undefined;
  return { x: value(0) / w, y: value(1) / w, depth: value(2) / w };
}

/** The ray of displayed world points behind a canvas point. Orthographic rays start on the plane through the centre. */
export function canvasRay(camera: Camera, size: Size, ndisplay: 2 | 3, x: number, y: number): Ray {
  const { view, up, right } = cameraAxes(camera, ndisplay);
  const center: Vector3 = ndisplay === 3 ? camera.center : [0, camera.center[1], camera.center[2]];
  const onPlane = addScaled(
    addScaled(center, right, (x - size.width / 2) / camera.zoom),
    up,
    -(y - size.height / 2) / camera.zoom,
  );
  const distance = eyeDistance(camera, size, ndisplay);
  if (!Number.isFinite(distance)) return { origin: onPlane, direction: view };
  const eye = addScaled(center, view, -distance);
  return { origin: eye, direction: normalize(subtract(onPlane, eye)) };
}

/** The zoom at which a box of displayed world points, seen from the camera's angles, fills 95% of the canvas. */
export function fitZoom(
  camera: Camera,
  size: Size,
  ndisplay: 2 | 3,
  extent: readonly (readonly [number, number])[],
): number {
  const { up, right } = cameraAxes(camera, ndisplay);
  const lengths = vector3(extent.map(([low, high]) => high - low));
  const span = (axis: Vector3): number =>
    Math.abs(axis[0]) * lengths[0] + Math.abs(axis[1]) * lengths[1] + Math.abs(axis[2]) * lengths[2];
  const fit = Math.min(size.width / Math.max(span(right), 1e-9), size.height / Math.max(span(up), 1e-9));
  return Math.min(1e9, Math.max(1e-9, 0.95 * fit));
}
