/** <ep-grid-settings>: how layers are laid out in the grid; a part of the view, as napari's popup of the grid button. */
import type { Grid } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/popover.ts";
import { plain } from "../ui/slider.ts";
import { unlessTyping } from "../ui/unless-typing.ts";
import { setGrid } from "./view-actions.ts";

/** The most rows or columns that can be asked for. */
const MOST = 64;

/** A whole number within limits; a shape has no 0, and a stride has none either. */
function whole(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value))) || 1;
}

/** See the file's comment. */
export class EpGridSettings extends EpElement {
  readonly #session = new Shared(this, sessionContext);

  static override styles = [
    sharedStyles,
    css`
      .rows {
        display: grid;
        grid-template-columns: auto 96px;
        gap: 8px;
        align-items: center;
        font-size: 12px;
      }
      input[type="checkbox"] {
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--accent);
      }
      .rows input[type="number"] {
        box-sizing: border-box;
        width: 100%;
      }
      p {
        max-width: 240px;
        margin: 8px 0 0;
        font-size: 11px;
      }
    `,
  ];

  override render(): TemplateResult {
    const session = this.#session.value;
    const grid = session.grid.value;
    if (!grid) return html``;
    const set = (changes: Partial<Grid>): void => setGrid(session, changes);
    const [rows, columns] = grid.shape;
    return html`<ep-popover label="Settings of the grid" icon="sliders">
      <div class="rows">
        <span>Grid</span>
        <input
          type="checkbox"
          aria-label="Grid enabled"
          .checked=${live(grid.enabled)}
          @change=${(event: Event) => set({ enabled: (event.target as HTMLInputElement).checked })}
        />
        ${this.#number("Stride", grid.stride, [-MOST, MOST], (value) => set({ stride: whole(value, -MOST, MOST) }))}
        ${this.#number("Rows", rows, [-1, MOST], (value) => set({ shape: [whole(value, -1, MOST), columns] }))}
        ${this.#number("Columns", columns, [-1, MOST], (value) => set({ shape: [rows, whole(value, -1, MOST)] }))}
        ${this.#number("Spacing", grid.spacing, [0, 4096], (value) =>
          set({ spacing: Math.min(4096, Math.max(0, value)) }),
        )}
      </div>
      <p class="quiet">
        Stride: layers in a cell, negative from the top layer. Rows and columns: -1 is automatic. Spacing: pixels, below 1 a share
        of a cell.
      </p>
    </ep-popover>`;
  }

  #number(
    label: string,
    value: number,
    [min, max]: readonly [number, number],
    set: (value: number) => void,
  ): TemplateResult {
    const change = (event: Event): void => {
      const { valueAsNumber } = event.target as HTMLInputElement;
      if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
      this.requestUpdate();
    };
    return html`<span>${label}</span>
      <input
        class="field"
        type="number"
        aria-label=${`Grid ${label.toLowerCase()}`}
        min=${min}
        max=${max}
        step=${label === "Spacing" ? "any" : "1"}
        .value=${unlessTyping(plain(value))}
        @change=${change}
      />`;
  }
}
customElements.define("ep-grid-settings", EpGridSettings);
