/** <ep-flow-throughput>: how many runs began, finished and failed, over the hours before now. */
import { html, type TemplateResult } from "lit";
import "../training/chart.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { curvesOf, unitOf } from "./numbers.ts";
import type { Throughput } from "./panel-api.ts";

/** See the file's comment. */
export class EpFlowThroughput extends EpElement {
  static override properties = { numbers: { attribute: false } };
  declare numbers: Throughput | undefined;

  static override styles = [sharedStyles];

  override render(): TemplateResult {
    return html`<ep-chart label="Runs" whole unit=${unitOf(this.numbers)} .curves=${curvesOf(this.numbers)}></ep-chart>`;
  }
}
customElements.define("ep-flow-throughput", EpFlowThroughput);
