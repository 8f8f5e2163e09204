/** A field that others change while somebody types in it. */
import { expect } from "chai";
import { html, render } from "lit";
import { unlessTyping } from "./unless-typing.ts";

let place: HTMLElement;
const draw = (value: string): HTMLInputElement => {
  render(html`<input aria-label="Name" .value=${unlessTyping(value)} />`, place);
  const field = place.querySelector("input");
  if (!field) throw new Error("there is no field");
  return field;
};
const type = (field: HTMLInputElement, text: string): void => {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

describe("unlessTyping", () => {
  beforeEach(() => {
    place = document.createElement("div");
    document.body.replaceChildren(place);
  });

  it("shows the value, and the next one", () => {
    expect(draw("one").value).to.equal("one");
    expect(draw("two").value).to.equal("two");
  });

  it("leaves what is being typed, also when the value changes meanwhile", () => {
    const field = draw("one");
    type(field, "onward");
    expect(draw("one").value).to.equal("onward");
    expect(draw("two").value).to.equal("onward");
  });

  it("shows what came of it once it was handed on", () => {
    const field = draw("1");
    type(field, "200");
    field.dispatchEvent(new Event("change"));
    expect(draw("100").value).to.equal("100");
  });

  it("shows the value again when the field is left without a change", () => {
    const field = draw("one");
    type(field, "half a wo");
    draw("two");
    field.blur();
    expect(field.value).to.equal("two");
  });
});
