/** <ep-flow-run-bar>: the states of a run over its time. */
import { css, html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { State } from "./api.ts";
import { type Reached, staysOf } from "./numbers.ts";
import { duration, stateShown } from "./words.ts";

/** See the file's comment. `now`: seconds since 1970, the end of one that is over. */
export class EpFlowRunBar extends EpElement {
  static override properties = { states: { attribute: false }, now: { type: Number } };
  declare states: readonly Reached[];
  declare now: number;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        margin-top: 12px;
      }
      .bar {
        display: flex;
        gap: 1px;
        height: 8px;
        overflow: hidden;
        border-radius: 4px;
        background: var(--line);
      }
      .bar span {
        min-width: 3px;
        background: var(--colour);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 16px;
        margin: 4px 0 0;
        padding: 0;
        color: var(--quiet);
        font-size: 12px;
        list-style: none;
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .dot {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--colour);
      }
    `,
  ];

  constructor() {
    super();
    this.states = [];
    this.now = 0;
  }

  override render(): TemplateResult | typeof nothing {
    const stays = staysOf(this.states, this.now);
    if (stays.length === 0) return nothing;
    // Shares of the whole: what grows by less than 1 in all would leave a part of the bar empty.
    const whole = Math.max(
      1e-6,
      stays.reduce((sum, { seconds }) => sum + seconds, 0),
    );
    const sums = new Map<State, number>();
    for (const { state, seconds } of stays) sums.set(state, (sums.get(state) ?? 0) + seconds);
    return html`<div class="bar" aria-hidden="true">
        ${stays.map(({ state, seconds }) => html`<span style=${styleMap({ flexGrow: String((100 * seconds) / whole), "--colour": stateShown(state, null).colour })}></span>`)}
      </div>
      <ul aria-label="Time in each state">
        ${[...sums].map(([state, seconds]) => {
          const { word, colour } = stateShown(state, null);
          return html`<li style=${styleMap({ "--colour": colour })}><span class="dot"></span>${word} <span class="num">${duration(seconds)}</span></li>`;
        })}
      </ul>`;
  }
}
customElements.define("ep-flow-run-bar", EpFlowRunBar);
