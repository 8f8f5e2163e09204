import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundStep, scaleBar, shortUnit } from "./scale-bar.ts";

describe("the scale bar", () => {
  it("takes steps of 1, 2 and 5", () => {
    expect([0.9, 1, 1.9, 2, 4.99, 5, 9.9, 10, 0.03].map(roundStep)).toEqual([
      0.5, 1, 1, 2, 2, 5, 5, 10, 0.02,
    ]);
  });

  it("writes lengths in the prefix that suits them", () => {
    expect(scaleBar(1, "micrometer")).toEqual({ length: 100, label: "100 µm" });
    expect(scaleBar(0.1, "um")?.label).toBe("1 mm");
    expect(scaleBar(1000, "millimeter")?.label).toBe("100 µm");
    expect(scaleBar(2, "pixel")).toEqual({ length: 100, label: "50 px" });
    expect(scaleBar(1, "second")?.label).toBe("100 s");
  });

  it("is at most the target long and at least two fifths of it, at every zoom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.constantFrom("pixel", "nm", "millimetre"),
        (zoom, unit) => {
          const bar = scaleBar(zoom, unit);
          expect(bar?.length).toBeLessThanOrEqual(150.001);
          expect(bar?.length).toBeGreaterThanOrEqual(59.99);
        },
      ),
    );
  });

  it("keeps to the unit that a person chose", () => {
    expect(scaleBar(0.1, "um", 150, "nm")?.label).toBe("1e+6 nm");
    expect(scaleBar(0.1, "um", 150, "nm")?.length).toBeCloseTo(100, 6);
    expect(scaleBar(1, "um", 150, "um")).toEqual({ length: 100, label: "100 µm" });
    expect(scaleBar(2, "pixel", 150, "mm")).toEqual({ length: 100, label: "50 mm" });
    expect(scaleBar(1000, "mm", 150, "um")?.label).toBe("100 µm");
  });

  it("draws nothing where there is no length", () => {
    expect(scaleBar(0, "pixel")).toBeUndefined();
    expect(scaleBar(Number.NaN, "pixel")).toBeUndefined();
  });

  it("shortens units", () => {
    expect(["micrometer", "pixels", "", "millimetre", "frame"].map(shortUnit)).toEqual([
      ...["µm", "px", "px", "mm", "frame"],
    ]);
  });
});
