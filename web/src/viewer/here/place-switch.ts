/** <ep-place-switch>: where pictures are drawn, what was measured, and the person's choice. */
import { css, html, type TemplateResult } from "lit";
import { preferencesContext, sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import type { PlaceState } from "../worker/api.ts";
import type { PlaceWanted } from "./choose.ts";

const CHOICES: readonly (readonly [PlaceWanted, string])[] = [
  ["here", "Render here"],
  ["node", "Render on the node"],
  ["auto", "Automatic"],
];

/** Milliseconds for people: "6.2 ms"; "not measured". */
export function took(ms: number | undefined): string {
  if (ms === undefined) return "not measured";
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** What is known of this computer: its adapter, and how the figure came about. */
export function hereWords({ here }: PlaceState): string {
  if (!here) return "not looked for";
  const kind = here.software ? `${here.adapter}, on its CPU` : here.adapter;
  const how = here.ms === undefined ? "" : here.drawn ? ", as drawn" : ", by a test volume";
  return `${took(here.ms)} (${kind}${how})`;
}

/** See the file's comment. The state is also in `data-place`, as JSON. */
export class EpPlaceSwitch extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #preferences = new Shared(this, preferencesContext);

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        margin-top: 8px;
        max-width: 300px;
        white-space: normal;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        white-space: nowrap;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 12px;
        margin: 6px 0 0;
      }
      dd {
        margin: 0;
        text-align: right;
      }
      p {
        margin: 6px 0 0;
        color: var(--quiet);
      }
    `,
  ];

  override render(): TemplateResult {
    const state = this.#session.value.place.value;
    const wanted = this.#preferences.value.values.value.renderPlace;
    if (state) this.dataset.place = JSON.stringify(state);
    return html`
      <fieldset aria-label="Where pictures are drawn">
        ${CHOICES.map(
          ([value, words]) => html`<label>
            <input
              type="radio"
              name="place"
              value=${value}
              .checked=${value === wanted}
              @change=${() => this.#preferences.value.set({ renderPlace: value })}
            />${words}
          </label>`,
        )}
      </fieldset>
      ${state ? this.#figures(state) : ""}
    `;
  }

  #figures(state: PlaceState): TemplateResult {
    const { starting } = state;
    return html`
      <dl>
        <dt>By way of the node</dt>
        <dd class="num">${took(state.nodeMs)}</dd>
        <dt>Here</dt>
        <dd class="num">${hereWords(state)}</dd>
      </dl>
      <p role="status">
        ${state.why}
        ${starting === undefined ? "" : `The data come: ${Math.round(starting * 100)}%. Until then the node draws.`}
      </p>
    `;
  }
}
customElements.define("ep-place-switch", EpPlaceSwitch);
