/** <ep-flow-frame>: HTML that a flow's author wrote, in a frame that reaches nothing and has the colours of the page. */
import { css, html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "../notebook/outputs/output-frame.ts";
import { preferencesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";

/** See the file's comment. `markup`: it is cleaned by nobody, and runs where it can do no harm. `--frame-ground` is what is behind it. */
export class EpFlowFrame extends EpElement {
  static override properties = { markup: {} };
  declare markup: string;
  readonly #preferences = new Shared(this, preferencesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.markup = "";
  }

  override render(): TemplateResult {
    // Another theme draws it again: a frame has the colours of the moment in which it was filled.
    const { theme } = this.#preferences.value.values.value;
    // In a box of its own, so that the margins of its first and last lines count in the frame's height.
    const style = getComputedStyle(this);
    const ground = style.getPropertyValue("--frame-ground") || style.getPropertyValue("--ground");
    const data = `<style>html { background: ${ground} }</style><div style="display: flow-root">${this.markup}</div>`;
    return html`${keyed(theme, html`<ep-output-frame mime="text/html" .data=${data}></ep-output-frame>`)}`;
  }
}
customElements.define("ep-flow-frame", EpFlowFrame);
