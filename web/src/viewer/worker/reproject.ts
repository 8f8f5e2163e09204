/**
 * Late reprojection: where a picture that was drawn for an older pose belongs on the canvas at the newest one. Exact for
 * pan and zoom in 2D; in 3D the picture is taken for a plane through the camera's centre that faces the old camera.
 */
import { cameraAxes } from "@eyepiece/engine/model/camera.ts";
import { dot, subtract } from "@eyepiece/engine/model/matrix.ts";
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";

/** What of a pose decides where a picture is; `width` and `height` are CSS pixels of the canvas. */
export interface Shot {
  readonly camera: Camera;
  readonly ndisplay: 2 | 3;
  readonly order: readonly number[];
  readonly width: number;
  readonly height: number;
}

/** Row-major 3x3, acting on (x, y, 1). */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

export const IDENTITY3: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Below this cosine between the two views a plane is nearly edge-on, and turning it would show nothing. */
const EDGE_ON = 0.35;

/** a after b. */
export function multiply3(a: Matrix3, b: Matrix3): Matrix3 {
  const cell = (row: 0 | 3 | 6, column: 0 | 1 | 2): number =>
    (a[row] ?? 0) * (b[column] ?? 0) +
    (a[row + 1] ?? 0) * (b[column + 3] ?? 0) +
    (a[row + 2] ?? 0) * (b[column + 6] ?? 0);
  return [
    ...([cell(0, 0), cell(0, 1), cell(0, 2)] as const),
    ...([cell(3, 0), cell(3, 1), cell(3, 2)] as const),
    ...([cell(6, 0), cell(6, 1), cell(6, 2)] as const),
  ];
}

/** The inverse, or undefined when there is none. */
export function invert3(m: Matrix3): Matrix3 | undefined {
  const [a, b, c, d, e, f, g, h, i] = m;
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const det = a * A + b * B + c * C;
  if (!Number.isFinite(det) || Math.abs(det) < 1e-12) return undefined;
  const s = 1 / det;
  return [
    ...([A * s, (c * h - b * i) * s, (b * f - c * e) * s] as const),
    ...([B * s, (a * i - c * g) * s, (c * d - a * f) * s] as const),
    ...([C * s, (b * g - a * h) * s, (a * e - b * d) * s] as const),
  ];
}

/** Applies to a point. */
export function apply3(m: Matrix3, x: number, y: number): readonly [number, number] {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

/** Takes a picture's uv (0..1 over its canvas) to the newest canvas's uv. The identity where the two do not compare. */
export function reproject(picture: Shot, now: Shot): Matrix3 {
  const same = picture.order.length === now.order.length && picture.order.every((a, i) => a === now.order[i]);
  if (!same || picture.ndisplay !== now.ndisplay) return IDENTITY3;
  const pixels = between(picture, now);
  const fromUv: Matrix3 = [
    picture.width,
    0,
    -picture.width / 2,
    0,
    picture.height,
    -picture.height / 2,
    0,
    0,
    1,
  ];
  const toUv: Matrix3 = [1 / now.width, 0, 0.5, 0, 1 / now.height, 0.5, 0, 0, 1];
  return multiply3(toUv, multiply3(pixels, fromUv));
}

/** Pixels about the canvas's middle to pixels about the canvas's middle. */
function between(picture: Shot, now: Shot): Matrix3 {
  const old = cameraAxes(picture.camera, picture.ndisplay);
  const turned = cameraAxes(now.camera, now.ndisplay);
  const fresh = dot(old.view, turned.view) < EDGE_ON ? old : turned;
  const { zoom } = now.camera;
  const move = subtract(picture.camera.center, now.camera.center);
  const k = 1 / picture.camera.zoom;
  const fov = now.ndisplay === 3 ? (now.camera.perspective * Math.PI) / 180 : 0;
  const nearness = fov > 0 ? (2 * Math.tan(fov / 2) * zoom) / now.height : 0;
  return [
    zoom * k * dot(fresh.right, old.right),
    -zoom * k * dot(fresh.right, old.up),
    zoom * dot(fresh.right, move),
    -zoom * k * dot(fresh.up, old.right),
    zoom * k * dot(fresh.up, old.up),
    -zoom * dot(fresh.up, move),
    nearness * k * dot(fresh.view, old.right),
    -nearness * k * dot(fresh.view, old.up),
    1 + nearness * dot(fresh.view, move),
  ];
}

/** Whether a matrix leaves every uv where it is, to a hundredth of a pixel of a 4K canvas. */
export function isIdentity(m: Matrix3): boolean {
  return m.every((value, index) => Math.abs(value - (IDENTITY3[index] ?? 0)) < 2e-6);
}
