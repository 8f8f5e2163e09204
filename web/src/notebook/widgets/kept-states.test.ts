import fc from "fast-check";
import { expect, test } from "vitest";
import { keptStates, readKept, STATE_MIME } from "./kept-states.ts";
import type { WidgetModelInfo } from "./states.ts";

const plain = (value: unknown): unknown => {
  if (value instanceof DataView) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
};

const leaf = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => new DataView(bytes.slice().buffer)),
);
// Reading leaves out the names by which an object could be given another nature.
const NATURES = ["__proto__", "prototype", "constructor"];
const key = fc.string({ minLength: 1 }).filter((name) => !NATURES.includes(name));
const state = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(key, leaf)));

test("keeps models with their binary parts, through the JSON of a file", () => {
  fc.assert(
    fc.property(fc.dictionary(key, state), (states) => {
      const models = new Map<string, WidgetModelInfo>();
      for (const [id, own] of Object.entries(states)) {
        const named = { _model_name: "M", _model_module: "m", _model_module_version: "1" };
        models.set(id, { name: "M", module: "m", version: "1", state: { ...own, ...named } });
      }
      const file: unknown = JSON.parse(JSON.stringify({ [STATE_MIME]: keptStates(models) }));
      const read = readKept(file);
      expect([...read.keys()].sort()).toEqual([...models.keys()].sort());
      for (const [id, info] of models) expect(plain(read.get(id))).toEqual(plain(info));
    }),
  );
});

test("has none where a file has something else there", () => {
  fc.assert(fc.property(fc.anything(), (value) => readKept({ [STATE_MIME]: value }).size >= 0));
  expect(readKept(undefined).size).toBe(0);
  expect(readKept({ [STATE_MIME]: { state: { a: { state: 1 } } } }).size).toBe(0);
});
