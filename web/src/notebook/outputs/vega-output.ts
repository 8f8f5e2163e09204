/** <ep-vega-output>: Vega and Vega-Lite charts, interpreted rather than compiled, so that no code of a chart runs. */
import { css, html, LitElement, type TemplateResult } from "lit";

/** See the file's comment. */
export class EpVegaOutput extends LitElement {
  static override properties = { spec: { attribute: false }, lite: { type: Boolean } };
  declare spec: unknown;
  declare lite: boolean;
  #trouble = "";
  #end: (() => void) | undefined;

  static override styles = css`
    :host {
      display: block;
    }
    .chart {
      background: #fff;
      border-radius: 3px;
      width: fit-content;
      padding: 4px;
    }
  `;

  constructor() {
    super();
    this.lite = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
    this.#end = undefined;
  }

  override render(): TemplateResult {
    return this.#trouble === "" ? html`<div class="chart"></div>` : html`<p>${this.#trouble}</p>`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("spec")) void this.#draw();
  }

  async #draw(): Promise<void> {
    const target = this.renderRoot.querySelector<HTMLElement>(".chart");
    if (!target || typeof this.spec !== "object" || this.spec === null) return;
    try {
      // Large and seldom needed: a bundle of its own.
      const { draw } = await import("./vega-draw.ts");
      this.#end?.();
      this.#end = await draw(target, this.spec, this.lite);
    } catch (cause) {
      this.#trouble = `This chart cannot be drawn: ${cause instanceof Error ? cause.message : String(cause)}`;
      this.requestUpdate();
    }
  }
}
customElements.define("ep-vega-output", EpVegaOutput);
