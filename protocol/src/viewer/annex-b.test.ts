import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configRecord, nalUnits, sampleOf, withLengths } from "./annex-b.ts";

/** Units as an encoder writes them: no start code inside, no zero at the end. */
const unit = fc
  .tuple(
    fc.constantFrom(0x67, 0x68, 0x65, 0x41, 0x09),
    fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 20 }),
  )
  .map(([head, body]) => Uint8Array.from([head, ...body]));

function stream(units: readonly Uint8Array[], long: readonly boolean[]): Uint8Array {
  return Uint8Array.from(units.flatMap((one, i) => [...(long[i] ? [0] : []), 0, 0, 1, ...one]));
}

describe("a picture of the stream", () => {
  it("falls into the units that it was made of, with short and long start codes", () => {
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (units, long) => {
          expect(nalUnits(stream(units, long))).toEqual(units);
        },
      ),
    );
  });

  it("keeps its pictures, with lengths, and gives its parameter sets apart", () => {
    const [sps, pps, slice] = [
      Uint8Array.of(0x67, 100, 0, 31, 7),
      Uint8Array.of(0x68, 1),
      Uint8Array.of(0x65, 2, 3),
    ];
    const sample = sampleOf(
      stream([Uint8Array.of(9, 16), sps, pps, slice, slice], [true, true, true, true, false]),
    );
    expect(sample.sps).toEqual(sps);
    expect(sample.pps).toEqual(pps);
    expect(sample.data).toEqual(withLengths([slice, slice]));
    expect([...sample.data.subarray(0, 7)]).toEqual([0, 0, 0, 3, 0x65, 2, 3]);
  });

  it("has a record of its parameter sets as players expect it", () => {
    const record = configRecord(Uint8Array.of(0x67, 100, 0, 31), Uint8Array.of(0x68, 1));
    expect([...record]).toEqual([1, 100, 0, 31, 0xff, 0xe1, 0, 4, 0x67, 100, 0, 31, 1, 0, 2, 0x68, 1]);
  });
});
