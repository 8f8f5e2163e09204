/** <ep-chat-controls>: how answers are drawn, and what the model is told before all else. */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { slider } from "../ui/slider.ts";
import { DEFAULT_SAMPLING, type Sampling } from "./conversation.ts";
import { conversations } from "./conversations.ts";

/** See the file's comment. */
export class EpChatControls extends EpElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
        align-content: start;
        font-size: 12px;
      }
      h2 {
        margin: 0;
        font-size: 13px;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 64px;
        gap: 0 8px;
        align-items: center;
      }
      .row .name {
        grid-column: 1 / -1;
        color: var(--quiet);
      }
      .row .number {
        width: 64px;
      }
      label.stack {
        display: grid;
        gap: 4px;
        color: var(--quiet);
      }
      label.stack .field {
        color: var(--text);
      }
      textarea {
        height: auto !important;
        min-height: 60px;
        padding: 6px !important;
        font: inherit;
        resize: vertical;
      }
      label.check {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: var(--hit);
      }
    `,
  ];

  override render(): TemplateResult {
    const { current } = conversations;
    const sampling = current?.sampling ?? DEFAULT_SAMPLING;
    const set = (changes: Partial<Sampling>) =>
      conversations.change((one) => ({ ...one, sampling: { ...one.sampling, ...changes } }));
    const number = (label: string, key: keyof Sampling, min: number, max: number, step: number) =>
      slider({
        ...{ label, min, max, step, value: Number(sampling[key]) },
        onInput: (value) => set({ [key]: step >= 1 ? Math.round(value) : value }),
      });
    return html`
      <h2>How answers are drawn</h2>
      ${number("Temperature", "temperature", 0, 2, 0.05)} ${number("Top p", "top_p", 0, 1, 0.01)}
      ${number("Top k (0: all)", "top_k", 0, 200, 1)} ${number("Most tokens", "max_tokens", 1, 4096, 1)}
      ${number("Frequency penalty", "frequency_penalty", -2, 2, 0.1)}
      ${number("Presence penalty", "presence_penalty", -2, 2, 0.1)}
      <label class="stack">
        Seed (the same text each time)
        <input
          class="field"
          type="number"
          step="1"
          placeholder="none"
          .value=${live(sampling.seed === null ? "" : String(sampling.seed))}
          @change=${(event: Event) => {
            const value = (event.target as HTMLInputElement).valueAsNumber;
            set({ seed: Number.isSafeInteger(value) ? value : null });
          }}
        />
      </label>
      <label class="stack">
        Stop strings, a line each
        <textarea
          class="field"
          rows="2"
          spellcheck="false"
          .value=${live(sampling.stop)}
          @change=${(event: Event) => set({ stop: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </label>
      <label class="stack">
        Answers are
        <select
          class="field"
          .value=${live(sampling.form ?? "text")}
          @change=${(event: Event) =>
            set({ form: (event.target as HTMLSelectElement).value === "json" ? "json" : "text" })}
        >
          <option value="text">text</option>
          <option value="json">JSON</option>
        </select>
      </label>
      ${
        sampling.form === "json"
          ? html`<label class="stack">
              JSON schema (empty: any object)
              <textarea
                class="field"
                rows="4"
                spellcheck="false"
                placeholder='{"type": "object", "properties": {"age": {"type": "integer"}}}'
                .value=${live(sampling.schema ?? "")}
                @change=${(event: Event) => set({ schema: (event.target as HTMLTextAreaElement).value })}
              ></textarea>
            </label>`
          : nothing
      }
      <label class="stack">
        Instructions (system)
        <textarea
          class="field"
          rows="3"
          .value=${live(current?.system ?? "")}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLTextAreaElement;
            conversations.change((one) => ({ ...one, system: value }));
          }}
        ></textarea>
      </label>
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(conversations.chances.value)}
          @change=${(event: Event) => {
            conversations.chances.value = (event.target as HTMLInputElement).checked;
          }}
        />
        Token probabilities
      </label>
      <button class="button framed" type="button" @click=${() => set(DEFAULT_SAMPLING)}>Reset</button>
    `;
  }
}
customElements.define("ep-chat-controls", EpChatControls);
