/** What the person's hand does to the camera: pan, zoom, turn. Pure functions; napari's and vispy's feel. */
import { type CameraAxes, cameraAxes, type Size } from "@eyepiece/engine/model/camera.ts";
import { addScaled, type Vector3 } from "@eyepiece/engine/model/matrix.ts";
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";

/** Zoom that a camera may have. */
const ZOOM_MIN = 1e-9;
const ZOOM_MAX = 1e9;

/** Moves the scene by pixels of the canvas. */
export function pan(camera: Camera, ndisplay: 2 | 3, dx: number, dy: number): Camera {
  const { right, up } = cameraAxes(camera, ndisplay);
  const moved = addScaled(addScaled(camera.center, right, -dx / camera.zoom), up, dy / camera.zoom);
  return { ...camera, center: [...moved] };
}

/** Zooms by a factor; the point at `x`, `y` (pixels from the canvas's corner) stays where it is. */
export function zoomAbout(
  camera: Camera,
  size: Size,
  ndisplay: 2 | 3,
  factor: number,
  x: number,
  y: number,
): Camera {
  const zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, camera.zoom * factor));
  const real = zoom / camera.zoom;
  const dx = (x - size.width / 2) * (1 - real);
  const dy = (y - size.height / 2) * (1 - real);
  return pan({ ...camera, zoom }, ndisplay, dx, dy);
}

/** The factor of a wheel's turn: 1.007^30 a notch in 2D and 1.1 in 3D, as vispy's cameras have it. */
export function wheelFactor(
  event: { readonly deltaY: number; readonly deltaMode: number },
  ndisplay: 2 | 3,
): number {
  const notches = wheelNotches(event.deltaY, event.deltaMode);
  return ndisplay === 3 ? 1.1 ** -notches : 1.007 ** (-30 * notches);
}

/** Notches of a wheel: pixels, lines or pages become clicks of a plain mouse. */
export function wheelNotches(delta: number, mode: number): number {
  const perNotch = mode === 1 ? 3 : mode === 2 ? 1 : 100;
  return Math.min(5, Math.max(-5, delta / perNotch));
}

/** A point of the canvas on vispy's arcball: right, up, towards the viewer; a unit vector. */
function onBall(size: Size, x: number, y: number): Vector3 {
  const r = (size.width + size.height) / 2;
  const bx = (2 * x - size.width) / r;
  const by = -(2 * y - size.height) / r;
  const length = Math.hypot(bx, by);
  return length > 1 ? [bx / length, by / length, 0] : [bx, by, Math.sqrt(1 - length * length)];
}

/** Turns the scene as a ball that is dragged from one point of the canvas to another (twice the arc, as vispy). */
export function turn(
  camera: Camera,
  size: Size,
  from: readonly [number, number],
  to: readonly [number, number],
): Camera {
  const a = onBall(size, ...from);
  const b = onBall(size, ...to);
  const axis = cross(a, b);
  const sine = Math.hypot(...axis);
  if (sine < 1e-9) return camera;
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const unit: Vector3 = [axis[0] / sine, axis[1] / sine, axis[2] / sine];
  const q = aboutAxis(unit, 2 * Math.atan2(sine, cosine));
  const { right, up, view } = cameraAxes(camera, 3);
  const towards: Vector3 = [-view[0], -view[1], -view[2]];
  const mix = (row: readonly number[]): Vector3 => {
    const [x = 0, y = 0, z = 0] = row;
    return [
      x * right[0] + y * up[0] + z * towards[0],
      x * right[1] + y * up[1] + z * towards[1],
      x * right[2] + y * up[2] + z * towards[2],
    ];
  };
  const [x, y, z] = [mix(q[0]), mix(q[1]), mix(q[2])];
  const turned: CameraAxes = { right: x, up: y, view: [-z[0], -z[1], -z[2]] };
  return { ...camera, angles: anglesOf(turned, camera.orientation) };
}

/** The angles (degrees) of a camera with these axes: the inverse of the engine's `cameraAxes`. */
export function anglesOf(axes: CameraAxes, orientation: Camera["orientation"]): [number, number, number] {
  const [depth, vertical, horizontal] = orientation;
  const c0 = times(axes.view, depth === "towards" ? -1 : 1);
  const c1 = times(axes.up, vertical === "down" ? -1 : 1);
  const c2 = times(axes.right, horizontal === "right" ? 1 : -1);
  const b = Math.asin(Math.min(1, Math.max(-1, c2[0])));
  const level = Math.abs(c2[0]) > 1 - 1e-9;
  // At the pole only the sum of the other two counts: one of them is 0.
  const a = level ? 0 : Math.atan2(-c2[1], c2[2]);
  const c = level ? Math.atan2(c0[1], c1[1]) : Math.atan2(-c1[0], c0[0]);
  const degrees = (radians: number): number => (-radians * 180) / Math.PI + 0;
  return [degrees(a), degrees(b), degrees(c)];
}

const times = (v: Vector3, k: number): Vector3 => [v[0] * k, v[1] * k, v[2] * k];
const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Rows of a rotation about a unit axis (Rodrigues). */
function aboutAxis(u: Vector3, angle: number): readonly [Vector3, Vector3, Vector3] {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const k = 1 - c;
  return [
    [c + u[0] * u[0] * k, u[0] * u[1] * k - u[2] * s, u[0] * u[2] * k + u[1] * s],
    [u[1] * u[0] * k + u[2] * s, c + u[1] * u[1] * k, u[1] * u[2] * k - u[0] * s],
    [u[2] * u[0] * k - u[1] * s, u[2] * u[1] * k + u[0] * s, c + u[2] * u[2] * k],
  ];
}
