import { cameraAxes, canvasRay, project, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import type { Camera } from "@eyepiece/protocol/scene/schema.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anglesOf, pan, turn, wheelFactor, zoomAbout } from "./motion.ts";

const size = { width: 800, height: 600 };
const camera: Camera = {
  center: [5, 6, 7],
  zoom: 3,
  angles: [0, 0, 0],
  perspective: 0,
  orientation: ["towards", "down", "right"],
};
const place = fc.tuple(
  fc.double({ min: 0, max: 800, noNaN: true }),
  fc.double({ min: 0, max: 600, noNaN: true }),
);
const orientation = fc.tuple(
  fc.constantFrom("towards" as const, "away" as const),
  fc.constantFrom("down" as const, "up" as const),
  fc.constantFrom("right" as const, "left" as const),
);
const angles = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -89, max: 89, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
);

describe("panning", () => {
  it("keeps the grabbed point under the pointer, in 2D and in 3D", () => {
    fc.assert(
      fc.property(
        place,
        place,
        angles,
        orientation,
        fc.constantFrom(2 as const, 3 as const),
        (a, b, turned, way, nd) => {
          const from: Camera = { ...camera, angles: turned, orientation: way };
          const grabbed = canvasRay(from, size, nd, a[0], a[1]).origin;
          const to = pan(from, nd, b[0] - a[0], b[1] - a[1]);
          const at = project(worldToCanvas(to, size, nd), grabbed);
          expect(at?.x).toBeCloseTo(b[0], 4);
          expect(at?.y).toBeCloseTo(b[1], 4);
        },
      ),
    );
  });
});

describe("zooming", () => {
  it("keeps the point under the pointer where it is", () => {
    fc.assert(
      fc.property(place, fc.double({ min: 0.2, max: 5, noNaN: true }), ([x, y], factor) => {
        const under = canvasRay(camera, size, 2, x, y).origin;
        const zoomed = zoomAbout(camera, size, 2, factor, x, y);
        const at = project(worldToCanvas(zoomed, size, 2), under);
        expect(at?.x).toBeCloseTo(x, 4);
        expect(at?.y).toBeCloseTo(y, 4);
        expect(zoomed.zoom).toBeCloseTo(3 * factor, 6);
      }),
    );
  });

  it("stays within what a camera may have", () => {
    expect(zoomAbout({ ...camera, zoom: 1e9 }, size, 2, 10, 0, 0).zoom).toBe(1e9);
  });

  it("takes a notch of any wheel for a notch", () => {
    const pixels = wheelFactor({ deltaY: -100, deltaMode: 0 }, 3);
    const lines = wheelFactor({ deltaY: -3, deltaMode: 1 }, 3);
    expect(pixels).toBeCloseTo(1.1, 9);
    expect(lines).toBeCloseTo(pixels, 9);
    expect(wheelFactor({ deltaY: 100, deltaMode: 0 }, 2)).toBeLessThan(1);
  });
});

describe("turning", () => {
  it("brings the near side along with the hand", () => {
    const near = [6, 6, 7] as const;
    const turned = turn(camera, size, [400, 300], [420, 300]);
    const at = project(worldToCanvas(turned, size, 3), near);
    expect(at?.x).toBeGreaterThan(400);
    expect(at?.y).toBeCloseTo(300, 6);
    const up = project(worldToCanvas(turn(camera, size, [400, 300], [400, 280]), size, 3), near);
    expect(up?.y).toBeLessThan(300);
  });

  it("comes back by the same way", () => {
    fc.assert(
      fc.property(place, place, angles, orientation, (a, b, start, way) => {
        const from: Camera = { ...camera, angles: start, orientation: way };
        const back = turn(turn(from, size, a, b), size, b, a);
        const before = cameraAxes(from, 3);
        const after = cameraAxes(back, 3);
        for (const name of ["view", "up", "right"] as const) {
          for (const [i, value] of before[name].entries()) expect(after[name][i]).toBeCloseTo(value, 6);
        }
      }),
    );
  });

  it("reads angles back from directions, also at the pole", () => {
    fc.assert(
      fc.property(angles, orientation, fc.constantFrom(undefined, 90, -90), (given, way, pole) => {
        const from: Camera = { ...camera, angles: [given[0], pole ?? given[1], given[2]], orientation: way };
        const axes = cameraAxes(from, 3);
        const again = cameraAxes({ ...from, angles: anglesOf(axes, way) }, 3);
        for (const name of ["view", "up", "right"] as const) {
          for (const [i, value] of axes[name].entries()) expect(again[name][i]).toBeCloseTo(value, 6);
        }
      }),
    );
  });
});
