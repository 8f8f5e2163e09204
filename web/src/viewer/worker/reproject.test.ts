import { cameraAxes, project, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import { addScaled } from "@eyepiece/engine/model/matrix.ts";
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply3, IDENTITY3, invert3, isIdentity, multiply3, reproject, type Shot } from "./reproject.ts";

const camera = (changes: Partial<Camera> = {}): Camera => ({
  center: [0, 10, 20],
  zoom: 4,
  angles: [0, 0, 0],
  perspective: 0,
  orientation: ["towards", "down", "right"],
  ...changes,
});
const shot = (changes: Partial<Shot> = {}): Shot => ({
  camera: camera(),
  ndisplay: 2,
  order: [0, 1, 2],
  width: 640,
  height: 480,
  ...changes,
});
const vector = fc.tuple(
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.double({ min: -50, max: 50, noNaN: true }),
);
const zoom = fc.double({ min: 0.2, max: 20, noNaN: true });

describe("reproject", () => {
  it("leaves a picture of the same pose where it is", () => {
    expect(isIdentity(reproject(shot(), shot()))).toBe(true);
    const turned = shot({ ndisplay: 3, camera: camera({ angles: [10, 20, 30], perspective: 40 }) });
    expect(isIdentity(reproject(turned, turned))).toBe(true);
  });

  it("moves by what the centre moved, in pixels of the canvas", () => {
    const now = shot({ camera: camera({ center: [0, 10, 30] }) });
    // Ten world units to the right at 4 pixels each: the picture goes 40 pixels to the left.
    const [u, v] = apply3(reproject(shot(), now), 0.5, 0.5);
    expect(u * 640).toBeCloseTo(320 - 40, 6);
    expect(v * 480).toBeCloseTo(240, 6);
  });

  it("puts every 2D world point where the new camera puts it, whatever the canvas became", () => {
    fc.assert(
      fc.property(vector, vector, vector, zoom, zoom, (point, a, b, zoomA, zoomB) => {
        const picture = shot({ camera: camera({ center: a, zoom: zoomA }) });
        const now = shot({ camera: camera({ center: b, zoom: zoomB }), width: 800, height: 300 });
        const before = project(worldToCanvas(picture.camera, picture, 2), point);
        const after = project(worldToCanvas(now.camera, now, 2), point);
        if (!before || !after) throw new Error("2D has no behind");
        const [u, v] = apply3(reproject(picture, now), before.x / 640, before.y / 480);
        expect(u * 800).toBeCloseTo(after.x, 4);
        expect(v * 300).toBeCloseTo(after.y, 4);
      }),
    );
  });

  it("puts points of the plane through the old centre where the new 3D camera puts them", () => {
    const angle = fc.double({ min: -20, max: 20, noNaN: true });
    const along = fc.double({ min: -15, max: 15, noNaN: true });
    const perspective = fc.constantFrom(0, 30);
    fc.assert(
      fc.property(angle, angle, angle, zoom, along, along, perspective, (rx, ry, rz, zoomB, x, y, fov) => {
        const picture = shot({ ndisplay: 3, camera: camera({ angles: [5, 5, 5], perspective: fov }) });
        const angles: Camera["angles"] = [5 + rx, 5 + ry, 5 + rz];
        const center: Camera["center"] = [1, 9, 21];
        const now = shot({ ndisplay: 3, camera: camera({ angles, center, zoom: zoomB, perspective: fov }) });
        const { right, up } = cameraAxes(picture.camera, 3);
        const point = addScaled(addScaled(picture.camera.center, right, x), up, y);
        const before = project(worldToCanvas(picture.camera, picture, 3), point);
        const after = project(worldToCanvas(now.camera, now, 3), point);
        // Behind the eye there is no place for it on the canvas.
        if (!before || !after) return;
        const [u, v] = apply3(reproject(picture, now), before.x / 640, before.y / 480);
        expect(Math.hypot(u * 640 - after.x, v * 480 - after.y)).toBeLessThan(
          1e-6 * (1 + Math.hypot(after.x, after.y)),
        );
      }),
    );
  });

  it("shows a picture as it is where the axes are others", () => {
    expect(reproject(shot(), shot({ order: [1, 0, 2] }))).toEqual(IDENTITY3);
    expect(reproject(shot(), shot({ ndisplay: 3 }))).toEqual(IDENTITY3);
  });

  it("does not fold a picture that is seen edge-on", () => {
    const picture = shot({ ndisplay: 3 });
    const now = shot({ ndisplay: 3, camera: camera({ angles: [0, 90, 0] }) });
    const forward = reproject(picture, now);
    const [left] = apply3(forward, 0, 0.5);
    const [right] = apply3(forward, 1, 0.5);
    expect(right - left).toBeCloseTo(1, 6);
  });
});

describe("matrices", () => {
  it("invert", () => {
    fc.assert(
      fc.property(zoom, vector, (scale, [x, y]) => {
        const m = [scale, 0.1, x, -0.2, scale, y, 0, 0, 1] as const;
        const back = invert3(m);
        if (!back) throw new Error("the matrix has an inverse");
        const product = multiply3(m, back);
        for (const [index, value] of product.entries()) expect(value).toBeCloseTo(IDENTITY3[index] ?? 0, 6);
      }),
    );
    expect(invert3([0, 0, 0, 0, 0, 0, 0, 0, 1])).toBeUndefined();
  });
});
