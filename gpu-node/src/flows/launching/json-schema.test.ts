import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FormElement, openingFields, schemaOf } from "./json-schema.ts";

const elements: readonly FormElement[] = [
  { type: "markdown", text: "# Hello" },
  { type: "text", name: "name", label: "Name", required: true, min_length: 2, pattern: "[a-z]+|x" },
  { type: "number", name: "times", value: 3, required: true, min_value: 1, max_value: 9 },
  { type: "boolean", name: "loud", value: false },
  { type: "select", name: "mode", option: [{ name: "a" }, { name: "b" }], required: true, value: "b" },
  { type: "radio", name: "way", option: [{ name: "up" }] },
  { type: "hidden", name: "token", value: "fixed" },
  { type: "action", name: "what", value: "go" },
  { type: "action", name: "what", value: "stay" },
  { type: "submit", text: "Go" },
];

describe("the schema of a form", () => {
  it("has every field with its bounds, and asks for what has no value yet", () => {
    expect(schemaOf(elements)).toEqual({
      type: "object",
      properties: {
        name: { type: "string", description: "Name", minLength: 2, pattern: "^(?:[a-z]+|x)$" },
        times: { type: "number", minimum: 1, maximum: 9, default: 3 },
        loud: { type: "boolean", default: false },
        mode: { enum: ["a", "b"], default: "b" },
        way: { enum: ["", "up"] },
        what: { type: "string", description: "which button", enum: ["go", "stay"] },
      },
      required: ["name"],
      additionalProperties: false,
    });
  });

  it("leaves to the form what it fills in by itself", () => {
    expect(openingFields(elements)).toEqual({ times: 3, loud: false, mode: "b", token: "fixed" });
  });

  it("is made of whatever a service tells", () => {
    const anything = fc.record(
      {
        ...{ type: fc.string(), name: fc.option(fc.string()), label: fc.option(fc.string()) },
        ...{ value: fc.jsonValue(), required: fc.boolean(), option: fc.jsonValue() },
      },
      { requiredKeys: ["type"] },
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (made) => {
        const { properties } = schemaOf(made as unknown as FormElement[]);
        expect(JSON.parse(JSON.stringify(properties))).toBeTypeOf("object");
      }),
    );
  });
});
