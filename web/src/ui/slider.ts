/** A labelled slider of the panels: name, track, exact number. */
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { unlessTyping } from "./unless-typing.ts";

export interface SliderOptions {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number | "any";
  readonly value: number;
  readonly disabled?: boolean;
  /** `first`: the drag begins with this change. */
  readonly onInput: (value: number, first: boolean) => void;
}

/** Drags under way, by their input element. */
const dragging = new WeakSet<HTMLInputElement>();

/** The row's template: slider and number field, both with the label as their name. */
export function slider(options: SliderOptions): TemplateResult {
  const { label, min, max, step, value, disabled = false, onInput } = options;
  const at = max > min ? (value - min) / (max - min) : 0;
  const input = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const first = !dragging.has(field);
    dragging.add(field);
    onInput(field.valueAsNumber, first);
  };
  const change = (event: Event): void => {
    dragging.delete(event.target as HTMLInputElement);
  };
  const typed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const number = field.valueAsNumber;
    if (Number.isFinite(number)) onInput(Math.min(max, Math.max(min, number)), true);
  };
  return html`<label class="row">
    <span class="name">${label}</span>
    <input
      type="range"
      aria-label=${label}
      min=${min}
      max=${max}
      step=${step}
      ?disabled=${disabled}
      .value=${live(String(value))}
      style=${`--at: ${Math.min(1, Math.max(0, at))}`}
      @input=${input}
      @change=${change}
    />
    <input
      class="field number"
      type="number"
      aria-label=${`${label}, number`}
      min=${min}
      max=${max}
      step="any"
      ?disabled=${disabled}
      .value=${unlessTyping(plain(value))}
      @change=${typed}
    />
  </label>`;
}

/** A number without the noise of binary fractions. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}
