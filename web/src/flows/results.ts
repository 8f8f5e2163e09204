/** <ep-flow-result>: one result of a run. Markdown and text are cleaned; HTML is in a frame that reaches nothing. */
import { css, html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { renderMarkdown } from "../notebook/markdown.ts";
import { katexStyles } from "../notebook/outputs/katex-styles.ts";
import { proseStyles } from "../notebook/outputs/styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "./flow-frame.ts";
import { dedented, opened } from "./words.ts";

/** See the file's comment. `message`: `{"TypeName": value}` as JSON. */
export class EpFlowResult extends EpElement {
  static override properties = { message: {} };
  declare message: string;
  #made: { message: string; page: TemplateResult } | undefined;

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
    if (this.#made?.message !== this.message)
      this.#made = { message: this.message, page: pageOf(this.message) };
    return this.#made.page;
  }
}
customElements.define("ep-flow-result", EpFlowResult);

function pageOf(message: string): TemplateResult {
  const { type, value } = opened(message);
  const body = (value as { body?: unknown } | null)?.body;
  if (typeof body === "string") {
    if (type === "Markdown") return html`${unsafeHTML(renderMarkdown(dedented(body)))}`;
    if (type === "HTML") return html`<ep-flow-frame .markup=${body}></ep-flow-frame>`;
    if (type === "Text") return html`<pre>${body}</pre>`;
  }
  if (type === "str") return html`<pre>${String(value)}</pre>`;
  const name = ["dict", "__list__", "int", "float", "bool", "NoneType", ""].includes(type) ? "" : type;
  return html`${name === "" ? "" : html`<span class="kind">${name}</span>`}
    <pre>${JSON.stringify(value, undefined, 2)}</pre>`;
}
