/** <ep-flow-result>: one result of a run. Markdown and text are cleaned; HTML is in a frame that reaches nothing. */
import { css, html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { renderMarkdown } from "../notebook/markdown.ts";
import { katexStyles } from "../notebook/outputs/katex-styles.ts";
import "../notebook/outputs/output-frame.ts";
import { proseStyles } from "../notebook/outputs/styles.ts";
import { preferencesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { dedented, opened } from "./words.ts";

/** See the file's comment. `message`: `{"TypeName": value}` as JSON. */
export class EpFlowResult extends EpElement {
  static override properties = { message: {} };
  declare message: string;
  readonly #preferences = new Shared(this, preferencesContext);
  #made: { message: string; theme: string; page: TemplateResult } | undefined;

  static override styles = [
    sharedStyles,
    proseStyles,
    katexStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      pre {
        margin: 0;
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
      }
      .kind {
        color: var(--quiet);
        font-size: 11px;
      }
    `,
  ];

  constructor() {
    super();
    this.message = "";
  }

  override render(): TemplateResult {
    // Read here, so that another theme draws it again: a frame has the colours of the moment in which it was filled.
    const { theme } = this.#preferences.value.values.value;
    if (this.#made?.message !== this.message || this.#made.theme !== theme)
      this.#made = { message: this.message, theme, page: html`${keyed(theme, pageOf(this.message))}` };
    return this.#made.page;
  }
}
customElements.define("ep-flow-result", EpFlowResult);

function pageOf(message: string): TemplateResult {
  const { type, value } = opened(message);
  const body = (value as { body?: unknown } | null)?.body;
  if (typeof body === "string") {
    if (type === "Markdown") return html`${unsafeHTML(renderMarkdown(dedented(body)))}`;
    // In a box of its own, so that the margins of its first and last lines count in the frame's height.
    if (type === "HTML")
      return html`<ep-output-frame mime="text/html" .data=${`<div style="display: flow-root">${body}</div>`}></ep-output-frame>`;
    if (type === "Text") return html`<pre>${body}</pre>`;
  }
  if (type === "str") return html`<pre>${String(value)}</pre>`;
  const name = ["dict", "__list__", "int", "float", "bool", "NoneType", ""].includes(type) ? "" : type;
  return html`${name === "" ? "" : html`<span class="kind">${name}</span>`}
    <pre>${JSON.stringify(value, undefined, 2)}</pre>`;
}
