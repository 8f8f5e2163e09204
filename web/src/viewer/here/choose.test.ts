import { expect, test } from "vitest";
import { choosePlace, type PlaceFacts } from "./choose.ts";

/** A good GPU here, none on the node, all measured. */
const facts: PlaceFacts = {
  wanted: "auto",
  now: "node",
  nodeKind: "lavapipe",
  nodeMs: 90,
  adapter: { software: false },
  hereMs: 6,
  recording: false,
  obstacle: "",
};
const where = (changes: Partial<PlaceFacts>): string => choosePlace({ ...facts, ...changes }).where;

test("a good GPU here and none on the node: here, with the figures", () => {
  expect(choosePlace(facts)).toEqual({
    where: "here",
    why: "This computer is faster: 6.0 ms here, 90 ms by way of the node.",
  });
});

test("of itself it is never here where the node has a GPU, or where this one computes on the CPU", () => {
  expect(where({ nodeKind: "gpu", hereMs: 1 })).toBe("node");
  expect(where({ adapter: { software: true }, hereMs: 1 })).toBe("node");
  expect(where({ adapter: null })).toBe("node");
});

test("what is not known is asked for first", () => {
  expect(choosePlace({ ...facts, adapter: undefined }).ask).toBe("adapter");
  expect(choosePlace({ ...facts, hereMs: undefined }).ask).toBe("measure");
  expect(choosePlace({ ...facts, nodeMs: undefined })).toMatchObject({ where: "node" });
  expect(choosePlace({ ...facts, wanted: "node", adapter: undefined }).ask).toBeUndefined();
});

test("a person's word counts for more than figures, and for less than what cannot be", () => {
  expect(where({ wanted: "here", adapter: { software: true }, hereMs: 900, nodeKind: "gpu" })).toBe("here");
  expect(where({ wanted: "node" })).toBe("node");
  expect(where({ wanted: "here", adapter: null })).toBe("node");
  expect(choosePlace({ ...facts, wanted: "here", obstacle: "Too large." })).toEqual({
    where: "node",
    why: "Too large.",
  });
  expect(where({ wanted: "here", recording: true })).toBe("node");
});

test("what is about as fast stays where it is", () => {
  expect([where({ hereMs: 85, now: "node" }), where({ hereMs: 95, now: "here" })]).toEqual(["node", "here"]);
  expect(where({ hereMs: 200, now: "here" })).toBe("node");
});
