import { insertCell, orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { toCharacters, toUnits } from "./editor-host.ts";
import { KeyReader, type Pressed } from "./keys.ts";
import { Selection } from "./selection.ts";

const key = (name: string, more: Partial<Pressed> = {}): Pressed => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe("keys", () => {
  it("are Jupyter's, each in its mode", () => {
    const reader = new KeyReader();
    expect(reader.read(key("Enter", { shiftKey: true }), "edit", 0)).toBe("run-next");
    expect(reader.read(key("a"), "edit", 0)).toBeUndefined();
    expect(reader.read(key("a"), "command", 0)).toBe("above");
    expect(reader.read(key("M", { shiftKey: true }), "command", 0)).toBe("merge");
    expect(reader.read(key("?", { shiftKey: true }), "command", 0)).toBe("help");
  });

  it("that are double need both in time", () => {
    const reader = new KeyReader();
    expect(reader.read(key("d"), "command", 0)).toBeUndefined();
    expect(reader.read(key("d"), "command", 100)).toBe("delete");
    expect(reader.read(key("d"), "command", 200)).toBeUndefined();
    expect(reader.read(key("d"), "command", 2000)).toBeUndefined();
    expect(reader.read(key("j"), "command", 2100)).toBe("down");
    expect(reader.read(key("d"), "command", 2200)).toBeUndefined();
  });
});

describe("the selection", () => {
  it("stretches from where it began, and forgets what is gone", () => {
    const doc = new Y.Doc();
    const ids = ["a", "b", "c", "d"].map((source) => insertCell(doc, { type: "code", source }));
    const selection = new Selection(() => orderedCells(doc).map((cell) => cell.id));
    selection.select(ids[1]);
    selection.step(1, true);
    selection.step(1, true);
    expect(selection.ids.value).toEqual(ids.slice(1));
    selection.step(-1, true);
    expect(selection.ids.value).toEqual(ids.slice(1, 3));
    doc.getMap("cells").delete(ids[2] ?? "");
    selection.prune();
    expect(selection.ids.value).toEqual([ids[1]]);
    expect(selection.active.value).toBe(ids[1]);
  });
});

describe("offsets", () => {
  it("count characters where Jupyter does", () => {
    const code = "x = '😀'.up";
    expect(toCharacters(code, code.length)).toBe(code.length - 1);
    expect(toUnits(code, toCharacters(code, 7))).toBe(7);
  });
});
