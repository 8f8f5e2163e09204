import { expect, test } from "vitest";
import { keyName } from "./bound-keys.ts";

const pressed = (key: string, modifiers = ""): string =>
  keyName({
    key,
    ctrlKey: modifiers.includes("c"),
    altKey: modifiers.includes("a"),
    shiftKey: modifiers.includes("s"),
    metaKey: modifiers.includes("m"),
  });

test("keys have the names that code gives them", () => {
  expect(pressed("t")).toBe("T");
  expect(pressed("T", "s")).toBe("Shift-T");
  expect(pressed("A", "cs")).toBe("Control-Shift-A");
  expect(pressed("ArrowUp", "ma")).toBe("Alt-Meta-Up");
  expect(pressed(" ", "s")).toBe("Shift-Space");
  // Which key has a sign, and whether it needs Shift, is the keyboard's.
  expect(pressed("?", "s")).toBe("?");
  expect(pressed("F2", "c")).toBe("Control-F2");
});
