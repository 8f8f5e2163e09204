import { ResolutionControl } from "@eyepiece/engine/render/resolution.ts";
import { describe, expect, it } from "vitest";
import { Parts } from "./parts.ts";

const PIXELS = 500_000;

/** Draws one full picture in parts of whole rows, as a painter does. @returns the parts' pixels and times */
function draw(parts: Parts, takes: (pixels: number) => number): { pixels: number; ms: number }[] {
  const drawn: { pixels: number; ms: number }[] = [];
  const whole = { count: parts.count("3d", PIXELS), pixels: PIXELS };
  let count = whole.count;
  for (let left = PIXELS; left > 0; ) {
    const pixels = Math.min(left, Math.ceil(PIXELS / count / 5000) * 5000);
    const ms = takes(pixels);
    drawn.push({ pixels, ms });
    left -= pixels;
    count = parts.learn("3d", pixels, ms, whole);
  }
  return drawn;
}

/** After quick pictures of one size, as while a view moves. */
function afterMoving(ms: number): Parts {
  const resolution = new ResolutionControl(() => 70);
  for (let i = 0; i < 50; i++) resolution.learn("3d", 8000, ms);
  return new Parts(resolution);
}

describe("Parts", () => {
  it("are few where each costs much whatever its size, already in the first picture", () => {
    const parts = afterMoving(65);
    // Thousands of items: 300 ms before the first pixel, and 2 ms for a thousand of them.
    const takes = (pixels: number): number => 300 + pixels / 500;
    expect(draw(parts, takes).length).toBeLessThanOrEqual(5);
    for (let i = 0; i < 5; i++) expect(draw(parts, takes).length).toBeLessThanOrEqual(3);
    // A smaller picture would take nearly half as long.
    expect(parts.showsHalf("3d", PIXELS)).toBe(false);
  });

  it("are short where all of the time is that of pixels", () => {
    const parts = afterMoving(65);
    const takes = (pixels: number): number => pixels / 250;
    draw(parts, takes);
    for (let i = 0; i < 5; i++) {
      const drawn = draw(parts, takes);
      expect(Math.max(...drawn.map(({ ms }) => ms))).toBeLessThanOrEqual(100);
      expect(drawn.length).toBeGreaterThan(15);
    }
    expect(parts.showsHalf("3d", PIXELS)).toBe(true);
    expect(parts.showsHalf("3d", PIXELS / 4)).toBe(false);
  });
});
