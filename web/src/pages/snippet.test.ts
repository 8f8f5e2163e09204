import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstMarked, marked } from "./snippet.ts";

describe("what was found", () => {
  it("is shown with its own line alone", () => {
    expect(marked("import numpy\nx = \u0002range\u0003(10)\nprint(x)")).toEqual([
      { text: "x = ", found: false },
      { text: "range", found: true },
      { text: "(10)", found: false },
    ]);
    expect(firstMarked("a\n\u0002b\u0003 \u0002c\u0003")).toBe("b");
    expect(firstMarked("nothing")).toBe("");
  });
  it("loses no found word, whatever is around it", () => {
    const words = fc.array(fc.stringMatching(/^[a-z \n]{1,8}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, words, (found, between) => {
        const snippet = found.map((word, i) => `\u0002${word}\u0003${between[i] ?? ""}`).join("");
        const all = marked(snippet)
          .filter((piece) => piece.found)
          .map((piece) => piece.text)
          .join("");
        expect(all.replaceAll(/\s/g, "")).toBe(found.join("").replaceAll(/\s/g, ""));
        expect(marked(snippet).some(({ text }) => text.includes("\u0002") || text.includes("\u0003"))).toBe(
          false,
        );
      }),
    );
  });
});
