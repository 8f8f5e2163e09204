/** <ep-flow-form>: the elements of a form. Tells `hand-in` with the values, `leave`; it keeps what is typed. */
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { renderMarkdown } from "../notebook/markdown.ts";
import { katexStyles } from "../notebook/outputs/katex-styles.ts";
import "../notebook/outputs/output-frame.ts";
import { proseStyles } from "../notebook/outputs/styles.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import {
  boundsOf,
  type FormElement,
  grouped,
  INPUT_TYPES,
  openingValues,
  optionsOf,
  type Values,
} from "./elements.ts";
import "./file-field.ts";
import { formStyles } from "./form-styles.ts";
import { dedented } from "./words.ts";

/** See the file's comment. */
export class EpFlowForm extends EpElement {
  static override properties = {
    elements: { attribute: false },
    errors: { attribute: false },
    given: { attribute: false },
    busy: { type: Boolean },
    words: {},
  };
  declare elements: readonly FormElement[];
  /** By field; `_global_` is the form's. */
  declare errors: Readonly<Record<string, readonly string[]>>;
  /** Values that the address gives, over the author's. */
  declare given: URLSearchParams;
  declare busy: boolean;
  /** Of the button, where the form has none of its own. */
  declare words: string;
  #values: Record<string, unknown> = {};
  #told: readonly FormElement[] | undefined;

  static override styles = [sharedStyles, pageStyles, proseStyles, katexStyles, formStyles];

  constructor() {
    super();
    this.elements = [];
    this.errors = {};
    this.given = new URLSearchParams();
    this.busy = false;
    this.words = "Run";
  }

  /** What is typed now. */
  get values(): Values {
    return this.#values;
  }

  /** Puts values in, of fields that there are; the others keep what they have. */
  fill(values: Values): void {
    const there = new Set(Object.keys(openingValues(this.elements, new URLSearchParams())));
    const known = Object.entries(values).filter(([name]) => there.has(name));
    this.#values = { ...this.#values, ...Object.fromEntries(known) };
    this.errors = {};
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    if (this.#told === this.elements) return;
    // A refused form comes back with the same fields: what was typed stays.
    const opens = openingValues(this.elements, this.given);
    this.#values = { ...opens, ...this.#typed(opens) };
    this.#told = this.elements;
  }

  #typed(opens: Values): Values {
    return Object.fromEntries(Object.entries(this.#values).filter(([name]) => this.#told && name in opens));
  }

  override render(): TemplateResult {
    const whole = this.errors._global_ ?? [];
    const placed = this.elements.some(({ type }) => type === "errors");
    const own = this.elements.some(({ type }) => type === "submit" || type === "action");
    return html`<form class="stack" novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
      ${placed ? nothing : this.#whole(whole)}
      ${grouped(this.elements).map((group) => {
        const made = group.map((element) => this.#element(element, whole));
        return group.length > 1 ? html`<div class="buttons">${made}</div>` : made;
      })}
      ${own ? nothing : html`<div class="buttons"><button class="button primary" ?disabled=${this.busy}>${this.words}</button></div>`}
    </form>`;
  }

  #whole(messages: readonly string[]): TemplateResult | typeof nothing {
    return messages.length === 0 ? nothing : html`<p class="bad" role="alert">${messages.join(" ")}</p>`;
  }

  #element(element: FormElement, whole: readonly string[]): TemplateResult | typeof nothing {
    const { type, text } = element;
    if (INPUT_TYPES.has(type)) return this.#labelled(element, this.#input(element));
    switch (type) {
      case "markdown":
        return html`<div class="prose">${unsafeHTML(renderMarkdown(dedented(text ?? "")))}</div>`;
      case "html":
        return html`<ep-flow-frame .markup=${text ?? ""}></ep-flow-frame>`;
      case "hr":
        return html`<hr />`;
      case "break":
        return html`<div class="break"></div>`;
      case "errors":
        return this.#whole(whole);
      case "textarea":
        return this.#labelled(element, this.#area(element));
      case "boolean":
        return this.#checkbox(element);
      case "select":
        return this.#labelled(element, this.#select(element));
      case "radio":
        return this.#radio(element);
      case "submit":
        return html`<button class="button primary" type="submit" ?disabled=${this.busy}>${text || this.words}</button>`;
      case "action":
        return html`<button class="button framed" type="submit" name=${element.name ?? ""} value=${String(element.value ?? "")} ?disabled=${this.busy}>
          ${text || element.name}
        </button>`;
      case "cancel":
        return html`<button class="button framed" type="button" @click=${() => this.#tell("leave")}>${text || "Cancel"}</button>`;
      case "file":
        return this.#files(element);
      case "hidden":
        return nothing;
      default:
        return html`<p class="hint">${element.label ?? element.name}: this page has no field of the kind ${type}.</p>`;
    }
  }

  #labelled(element: FormElement, field: TemplateResult): TemplateResult {
    const name = element.name ?? "";
    return html`<label>
      <span>${element.label || name}${element.required ? html` <span class="must" aria-hidden="true">*</span>` : nothing}</span>
      ${field}${this.#wrong(name)}
    </label>`;
  }

  #wrong(name: string): TemplateResult | typeof nothing {
    const messages = this.errors[name] ?? [];
    return messages.length === 0
      ? nothing
      : html`<span class="wrong" id=${`wrong-${name}`}>${messages.join(" ")}</span>`;
  }

  /** For programs that read the page aloud. */
  #invalid(name: string): "true" | typeof nothing {
    return (this.errors[name]?.length ?? 0) > 0 ? "true" : nothing;
  }

  #described(name: string): string | typeof nothing {
    return (this.errors[name]?.length ?? 0) > 0 ? `wrong-${name}` : nothing;
  }

  #input(element: FormElement): TemplateResult {
    const { type, name = "" } = element;
    const { min, max } = boundsOf(element);
    const value = String(this.#values[name] ?? "");
    return html`<input
      class=${type === "range" ? "" : "field"}
      type=${type}
      name=${name}
      .value=${type === "color" && value === "" ? "#000000" : value}
      placeholder=${element.placeholder ?? nothing}
      pattern=${element.pattern ?? nothing}
      size=${element.size ?? nothing}
      minlength=${element.min_length ?? nothing}
      maxlength=${element.max_length ?? nothing}
      min=${min ?? nothing}
      max=${max ?? nothing}
      step=${element.step ?? (type === "number" || type === "range" ? "any" : nothing)}
      autocomplete=${type === "password" ? "off" : nothing}
      ?required=${element.required ?? false}
      aria-invalid=${this.#invalid(name)}
      aria-describedby=${this.#described(name)}
      @input=${(event: Event) => this.#type(name, event.target as HTMLInputElement)}
    />`;
  }

  #area(element: FormElement): TemplateResult {
    const { name = "" } = element;
    return html`<textarea
      name=${name}
      rows=${element.rows ?? 5}
      maxlength=${element.max_length ?? nothing}
      placeholder=${element.placeholder ?? nothing}
      ?required=${element.required ?? false}
      aria-invalid=${this.#invalid(name)}
      aria-describedby=${this.#described(name)}
      .value=${String(this.#values[name] ?? "")}
      @input=${(event: Event) => this.#type(name, event.target as HTMLTextAreaElement)}
    ></textarea>`;
  }

  #checkbox(element: FormElement): TemplateResult {
    const { name = "" } = element;
    return html`<div class="choice">
      ${element.label ? html`<span class="legend">${element.label}</span>` : nothing}
      <label class="line">
        <input
          type="checkbox"
          name=${name}
          .checked=${this.#values[name] === true}
          @change=${(event: Event) => this.#choose(name, (event.target as HTMLInputElement).checked)}
        />
        ${typeof element.option === "string" ? element.option : name}
      </label>
      ${this.#wrong(name)}
    </div>`;
  }

  #files(element: FormElement): TemplateResult {
    const { name = "" } = element;
    const label = element.label || name;
    return html`<div class="choice">
      <span class="legend">${label}${element.required ? html` <span class="must" aria-hidden="true">*</span>` : nothing}</span>
      <ep-flow-files
        .label=${label}
        ?multiple=${element.multiple ?? false}
        ?directory=${element.directory ?? false}
        @value=${(event: CustomEvent<string>) => this.#choose(name, event.detail)}
      ></ep-flow-files>
      ${this.#wrong(name)}
    </div>`;
  }

  #select(element: FormElement): TemplateResult {
    const { name = "" } = element;
    return html`<select class="field" name=${name} ?required=${element.required ?? false} aria-invalid=${this.#invalid(name)}
      aria-describedby=${this.#described(name)} @change=${(event: Event) => this.#choose(name, (event.target as HTMLSelectElement).value)}>
      ${element.required && this.#values[name] ? nothing : html`<option value="">choose</option>`}
      ${optionsOf(element).map(
        (option) =>
          html`<option value=${option.name} ?selected=${option.name === this.#values[name]}>${option.label ?? option.name}</option>`,
      )}
    </select>`;
  }

  #radio(element: FormElement): TemplateResult {
    const { name = "" } = element;
    return html`<fieldset class="choice">
      <legend>${element.label || name}</legend>
      ${optionsOf(element).map(
        (option) =>
          html`<label class="line"><input type="radio" name=${name} value=${option.name} .checked=${option.name === this.#values[name]}
            ?required=${element.required ?? false} @change=${() => this.#choose(name, option.name)} /> ${option.label ?? option.name}</label>`,
      )}
      ${this.#wrong(name)}
    </fieldset>`;
  }

  /** A field is looked at as one types; before that it is not wrong yet. */
  #type(name: string, field: HTMLInputElement | HTMLTextAreaElement): void {
    const was = this.errors[name] ?? [];
    const now = field.validity.valid || field.value === "" ? [] : [field.validationMessage];
    if (was.join() !== now.join()) this.errors = { ...this.errors, [name]: now };
    this.#set(name, field.value);
  }

  /** Something was chosen: what was wrong there before is not wrong any more. */
  #choose(name: string, value: unknown): void {
    if ((this.errors[name]?.length ?? 0) > 0) this.errors = { ...this.errors, [name]: [] };
    this.#set(name, value);
  }

  #set(name: string, value: unknown): void {
    this.#values = { ...this.#values, [name]: value };
    this.requestUpdate();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const errors: Record<string, string[]> = {};
    for (const field of form.elements) {
      if (
        (field instanceof HTMLInputElement ||
          field instanceof HTMLTextAreaElement ||
          field instanceof HTMLSelectElement) &&
        !field.validity.valid
      )
        errors[field.name] = [
          field.validity.valueMissing ? "This field is required." : field.validationMessage,
        ];
    }
    this.errors = errors;
    if (Object.keys(errors).length > 0) {
      form.querySelector<HTMLElement>(":invalid")?.focus();
      return;
    }
    const { submitter } = event;
    const pressed =
      submitter instanceof HTMLButtonElement && submitter.name !== ""
        ? { [submitter.name]: submitter.value }
        : {};
    this.#tell("hand-in", { ...this.#values, ...pressed });
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
customElements.define("ep-flow-form", EpFlowForm);
