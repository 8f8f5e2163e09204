import type { View } from "@eyepiece/protocol/scene/schema.ts";
import type { KeyFrame } from "@eyepiece/protocol/viewer/film.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../data/memory-source.ts";
import { duration, frameAt, keyFrame, sceneOf, turntable } from "./animation.ts";
import { cameraAxes, rotationMatrix } from "./camera.ts";
import { imageLayer } from "./layer.ts";
import { anglesOf, fromMatrix, slerp, toMatrix } from "./rotation.ts";
import { emptyScene } from "./scene.ts";
import { defaultView } from "./view.ts";

const angle = fc.double({ min: -180, max: 180, noNaN: true });
const angles = fc.tuple(angle, angle, angle);
/** Looking along an axis, where the other two turn the same way. */
const poles = fc.tuple(angle, fc.constantFrom(-90, 90), angle);
const close = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): void => {
  for (const [i, row] of a.entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(b[i]?.[j] ?? 9, 6);
};

describe("rotations", () => {
  it("come back as they were, by angles and by quaternions", () => {
    fc.assert(
      fc.property(fc.oneof(angles, poles), (one) => {
        const matrix = rotationMatrix(one);
        close(rotationMatrix(anglesOf(matrix)), matrix);
        close(toMatrix(fromMatrix(matrix)), matrix);
      }),
    );
  });

  it("pass the half way in the middle, on the shortest way", () => {
    fc.assert(
      fc.property(angles, angles, (a, b) => {
        const [p, q] = [fromMatrix(rotationMatrix(a)), fromMatrix(rotationMatrix(b))];
        const apart = (m: readonly number[], n: readonly number[]): number =>
          Math.acos(Math.min(1, Math.abs(m.reduce((sum, value, i) => sum + value * (n[i] ?? 0), 0))));
        const middle = slerp(p, q, 0.5);
        expect(apart(p, middle)).toBeCloseTo(apart(p, q) / 2, 5);
        expect(apart(middle, q)).toBeCloseTo(apart(p, q) / 2, 5);
      }),
    );
  });
});

describe("an animation", () => {
  const view = (changes: Partial<View["camera"]>): View => {
    const base = defaultView(emptyScene(), { width: 100, height: 100 });
    return { ...base, dims: { ...base.dims, ndisplay: 3 }, camera: { ...base.camera, ...changes } };
  };
  const key = (changes: Partial<View["camera"]>, rest: Partial<KeyFrame> = {}): KeyFrame => ({
    ...keyFrame(emptyScene(), view(changes)),
    ease: "linear",
    ...rest,
  });

  it("is at its key frames when their time is, and between them on the way", () => {
    const keys = [key({ zoom: 1 }), key({ zoom: 4, center: [0, 2, 4] }, { seconds: 1 }), key({ zoom: 8 })];
    expect(duration(keys)).toBe(3);
    expect(frameAt(keys, 0).view.camera.zoom).toBe(1);
    // Half of the way to four times is twice.
    expect(frameAt(keys, 1).view.camera).toMatchObject({ zoom: 2, center: [0, 1, 2] });
    expect(frameAt(keys, 2).view.camera.zoom).toBe(4);
    expect(frameAt(keys, 99).view.camera.zoom).toBe(8);
  });

  it("waits where it is to hold, and starts and ends softly where it is to ease", () => {
    expect(frameAt([key({ zoom: 1 }, { ease: "hold" }), key({ zoom: 4 })], 1.9).view.camera.zoom).toBe(1);
    const soft = [key({ center: [0, 0, 0] }, { ease: "ease" }), key({ center: [0, 0, 10] })];
    expect(frameAt(soft, 0.2).view.camera.center[2]).toBeLessThan(0.5);
    expect(frameAt(soft, 1).view.camera.center[2]).toBeCloseTo(5);
  });

  it("changes the layers' numbers on the way, and the rest at the key frame", async () => {
    const source = memorySource("s", [{ data: new Uint8Array(8), shape: [2, 2, 2] }]);
    const layer = await imageLayer("l", source, { contrast_limits: [0, 100] });
    const scene = { ...emptyScene(), layers: [layer] };
    const first = { ...keyFrame(scene, view({})), ease: "linear" as const };
    const then = keyFrame(
      {
        ...scene,
        layers: [
          { ...layer, opacity: 0, contrast_limits: [0, 50], rendering: "iso" as const, name: "other" },
        ],
      },
      view({}),
    );
    const half = sceneOf(scene, frameAt([first, then], 1).layers).layers[0];
    expect(half).toMatchObject({ opacity: 0.5, contrast_limits: [0, 75], rendering: "mip", name: "s" });
    const end = sceneOf(scene, frameAt([first, then], 2).layers).layers[0];
    expect(end).toMatchObject({ opacity: 0, rendering: "iso", name: "s" });
  });

  it("turns once about the vertical axis of the canvas, evenly, and ends where it began", () => {
    fc.assert(
      fc.property(angles, (one) => {
        const start = view({ angles: one });
        const keys = turntable(emptyScene(), start, 6);
        expect(duration(keys)).toBeCloseTo(6);
        const { up, view: forward } = cameraAxes(start.camera, 3);
        for (const time of [0.5, 1.5, 3, 4.5, 6]) {
          const now = cameraAxes(frameAt(keys, time).view.camera, 3);
          for (const [i, value] of now.up.entries()) expect(value).toBeCloseTo(up[i] ?? 9, 5);
          const cosine = now.view.reduce((sum, value, i) => sum + value * (forward[i] ?? 0), 0);
          expect(cosine).toBeCloseTo(Math.cos((time / 6) * 2 * Math.PI), 5);
        }
      }),
      { numRuns: 40 },
    );
  });
});
