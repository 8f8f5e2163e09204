/** <ep-flow-throughput>: how many runs began, finished and failed, over the hours before now. */
import { html, type TemplateResult } from "lit";
import type { Curve } from "../training/chart.ts";
import "../training/chart.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
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

/** What the axis counts: minutes for some hours, hours for some days. */
function unitOf(numbers: Throughput | undefined): string {
  return isShort(numbers) ? "minutes from now" : "hours from now";
}

function isShort(numbers: Throughput | undefined): boolean {
  return numbers === undefined || numbers.step * numbers.started.length <= 7200;
}

/** The curves; each part of the window stands at its end. */
export function curvesOf(numbers: Throughput | undefined): Curve[] {
  if (!numbers) return [];
  const unit = isShort(numbers) ? 60 : 3600;
  const { step, started, finished, failed } = numbers;
  const steps = started.map((_, i) => -Number((((started.length - 1 - i) * step) / unit).toFixed(2)));
  return [
    { label: "started", steps, values: started },
    { label: "failed", steps, values: failed },
    { label: "finished", steps, values: finished },
  ];
}
