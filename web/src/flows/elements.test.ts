import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOf, type FormElement, fillingQuery, openingValues } from "./elements.ts";
import { bytesText, dedented, duration, opened, stateShown } from "./words.ts";

const elements: readonly FormElement[] = [
  { type: "markdown", text: "# Hello" },
  { type: "text", name: "name", value: "Ada" },
  { type: "password", name: "secret", value: "" },
  { type: "hidden", name: "token", value: "fixed" },
  { type: "boolean", name: "loud", value: true, option: "loudly" },
  { type: "number", name: "times", value: 3, min_value: 1, max_value: 9 },
  { type: "action", name: "what", value: "go" },
];

describe("a form", () => {
  it("opens with the author's values, and over them those of the address", () => {
    expect(openingValues(elements, new URLSearchParams())).toEqual({
      ...{ name: "Ada", secret: "", token: "fixed", loud: true, times: 3 },
    });
    const given = new URLSearchParams("name=Bob&secret=x&token=y&loud=false&stranger=1&what=no");
    expect(openingValues(elements, given)).toEqual({
      ...{ name: "Bob", secret: "", token: "fixed", loud: false, times: 3 },
    });
  });

  it("is told in a link by what was changed, never by a password", () => {
    const values = { ...openingValues(elements, new URLSearchParams()), name: "a&b=c", secret: "geheim" };
    expect(fillingQuery(elements, values)).toBe("name=a%26b%3Dc");
  });

  it("whose link is opened has the same values, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (name, loud) => {
        const values = { ...openingValues(elements, new URLSearchParams()), name, loud };
        const query = new URLSearchParams(fillingQuery(elements, values));
        expect(openingValues(elements, query)).toEqual(values);
      }),
    );
  });

  it("knows the least and the most of a field by its type", () => {
    expect(boundsOf({ type: "number", min_value: 1, max_value: 9 })).toEqual({ min: 1, max: 9 });
    expect(boundsOf({ type: "date", min_date: "2026-01-01" })).toEqual({ min: "2026-01-01", max: null });
    expect(boundsOf({ type: "text", min_length: 3 })).toEqual({ min: null, max: null });
  });
});

describe("words", () => {
  it("tell times and sizes with their units", () => {
    expect([0.421, 12, 185, 7800].map(duration)).toEqual(["0.42 s", "12 s", "3 min 5 s", "2 h 10 min"]);
    expect([812, 1200, 2_400_000].map(bytesText)).toEqual(["812 B", "1.2 kB", "2.4 MB"]);
  });

  it("open what Python wrote, and leave what it did not", () => {
    expect(opened('{"Markdown":{"body":"x"}}')).toEqual({ type: "Markdown", value: { body: "x" } });
    expect(opened('{"a":1,"b":2}')).toEqual({ type: "", value: { a: 1, b: 2 } });
    expect(opened("no JSON")).toEqual({ type: "", value: "no JSON" });
  });

  it("call no run failed that somebody called off", () => {
    expect(stateShown("error", "cancelled").word).toBe("cancelled");
    expect(stateShown("error", "RuntimeError").word).toBe("failed");
  });

  it("take the indentation of a function's body from its text", () => {
    expect(dedented("\n    # Title\n      - point\n\n    end")).toBe("\n# Title\n  - point\n\nend");
    expect(dedented("one line")).toBe("one line");
  });
});
