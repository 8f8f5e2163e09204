import { describe, expect, it } from "vitest";
import { commandOf, type Pressed } from "./keys.ts";

const press = (key: string, ...held: ("ctrl" | "meta" | "alt" | "shift")[]): Pressed => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

describe("keys", () => {
  it("are napari's", () => {
    expect(commandOf(press("y", "ctrl"))).toBe("toggle-display");
    expect(commandOf(press("r", "ctrl"))).toBe("reset");
    expect(commandOf(press("e", "ctrl"))).toBe("roll");
    expect(commandOf(press("t", "ctrl"))).toBe("transpose");
    expect(commandOf(press("g", "ctrl"))).toBe("grid");
    expect(commandOf(press("ArrowLeft"))).toBe("step-back");
    expect(commandOf(press("ArrowUp", "alt"))).toBe("axis-before");
    expect(commandOf(press("v"))).toBe("visibility");
    expect(commandOf(press("ArrowDown", "ctrl"))).toBe("layer-below");
    expect(commandOf(press("Delete", "ctrl"))).toBe("remove");
  });

  it("take Cmd for Ctrl, and letters in either case", () => {
    expect(commandOf(press("Z", "meta", "shift"))).toBe("redo");
    expect(commandOf(press("z", "ctrl"))).toBe("undo");
    expect(commandOf(press("?", "shift"))).toBe("help");
  });

  it("are nothing with other modifiers", () => {
    expect(commandOf(press("v", "ctrl"))).toBeUndefined();
    expect(commandOf(press("ArrowLeft", "shift"))).toBeUndefined();
  });
});
