import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadUws } from "./load.ts";
import { RelinkError, relink } from "./relink.ts";

const folder = dirname(createRequire(import.meta.url).resolve("uWebSockets.js"));
const binary = (machine: string) => readFileSync(join(folder, `uws_linux_${machine}_137.node`));

test.each([
  { machine: "x64", names: ["__isoc23_sscanf", "__isoc23_strtol", "__isoc23_strtoul"] },
  { machine: "arm64", names: ["__isoc23_strtol", "__isoc23_strtoul"] },
])("the $machine binary asks for new names, and for none when it is relinked", ({ machine, names }) => {
  const first = relink(binary(machine));
  expect(first.symbols.toSorted()).toEqual(names);
  const second = relink(first.bytes);
  expect(second.symbols).toEqual([]);
  expect(Buffer.compare(second.bytes, first.bytes)).toBe(0);
});

test("the library loads here", () => {
  expect(typeof loadUws().App).toBe("function");
});

test("what is no library is refused, however it is broken", () => {
  const head = new Uint8Array(binary("x64").subarray(0, 4096));
  void fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(63), fc.nat(255))), fc.nat(4096), (changes, length) => {
      const bytes = head.slice(0, length);
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      expect(() => relink(bytes)).toThrow(RelinkError);
    }),
  );
});
