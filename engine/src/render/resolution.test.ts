import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LADDER, ResolutionControl } from "./resolution.ts";

describe("ResolutionControl", () => {
  it("finds the largest step that fits the time", () => {
    const control = new ResolutionControl(() => 45);
    for (let i = 0; i < 20; i++) {
      const fraction = control.choose("mip", 1_000_000);
      control.learn("mip", 1_000_000 * fraction ** 2, 800 * fraction ** 2);
    }
    expect(control.choose("mip", 1_000_000)).toBe(0.1875);
  });

  it("tells a picture's fixed cost from that of its pixels", () => {
    const control = new ResolutionControl(() => 60);
    let fraction = 0;
    for (let i = 0; i < 40; i++) {
      fraction = control.choose("mip", 900_000);
      control.learn("mip", 900_000 * fraction ** 2, 30 + 400 * fraction ** 2);
    }
    // 30 ms fixed and 25 of 400 ms for a quarter of the width: the next step would take 86.
    expect(fraction).toBe(0.25);
    expect(control.estimate("mip", 900_000)).toBeGreaterThan(200);
  });

  it("remembers the fixed cost while all pictures have one size, and does not save pixels that cost nothing", () => {
    // A slice of many layers: most of a picture's time is theirs, whatever its size.
    const control = new ResolutionControl(() => 30);
    const takes = (fraction: number, fixed: number): number => fixed + 60 * fraction ** 2;
    const run = (pictures: number, fixed: number): number => {
      let fraction = 0;
      for (let i = 0; i < pictures; i++) {
        fraction = control.choose("2d", 500_000);
        control.learn("2d", 500_000 * fraction ** 2, takes(fraction, fixed));
      }
      return fraction;
    };
    expect(run(400, 20)).toBe(0.375);
    // Where none fits, an eighth of the width would save a tenth of the time.
    expect(run(400, 60)).toBe(0.375);
    expect(run(400, 20)).toBe(0.375);
  });

  it("tries more pixels after a while where there seems to be time", () => {
    const control = new ResolutionControl(() => 30);
    const sizes: number[] = [];
    for (let i = 0; i < 600; i++) {
      const fraction = control.choose("2d", 500_000);
      sizes.push(fraction);
      // What made pixels dear is gone.
      control.learn("2d", 500_000 * fraction ** 2, i < 100 ? 400 * fraction ** 2 : 16 + 2 * fraction ** 2);
    }
    expect(sizes[99]).toBe(0.25);
    expect(sizes.at(-1)).toBe(1);
    // A larger one that takes too long is taken back at once, and is rare.
    const dear = new ResolutionControl(() => 30);
    let larger = 0;
    for (let i = 0; i < 600; i++) {
      const fraction = dear.choose("2d", 500_000);
      if (i > 50 && fraction > 0.25) larger++;
      dear.learn("2d", 500_000 * fraction ** 2, 370 * fraction ** 2);
    }
    expect(larger).toBeLessThanOrEqual(10);
  });

  it("draws all pixels when that is quick, and few for a slow network", () => {
    const control = new ResolutionControl(() => 45);
    for (let i = 0; i < 10; i++) control.learn("2d", 1_000_000 * control.choose("2d", 1_000_000) ** 2, 5);
    expect(control.choose("2d", 1_000_000)).toBe(1);
    expect(control.choose("2d", 1_000_000, 200_000)).toBeLessThanOrEqual(0.5);
  });

  it("always answers with a step of the ladder", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { maxLength: 50 }), (costs) => {
        const control = new ResolutionControl(() => 12);
        for (const cost of costs) {
          control.learn("x", 1000, cost);
          expect(LADDER).toContain(control.choose("x", 2_000_000));
        }
      }),
    );
  });
});
