/** What the controls of all layer types share: the rows, and how they change the layer. */
import type { Layer, LayerPatch } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { SessionService } from "../../services/session.ts";
import { type SliderOptions, slider } from "../../ui/slider.ts";
import { unlessTyping } from "../../ui/unless-typing.ts";

/** The panel of one layer. */
export interface Panel<L extends Layer = Layer> {
  readonly session: SessionService;
  readonly layer: L;
  /** Nothing may be changed. */
  readonly off: boolean;
  readonly three: boolean;
  /** Changes properties, as one step of undo. */
  set(patch: LayerPatch): void;
  /** Changes properties as a part of a drag, which is one step of undo; `first`: it begins. */
  drag(patch: LayerPatch, first: boolean): void;
}

/** A labelled slider that drags a property. */
export function slide(
  panel: Panel,
  options: Pick<SliderOptions, "label" | "min" | "max" | "step" | "value">,
  patch: (value: number) => LayerPatch,
): TemplateResult {
  return slider({
    ...options,
    disabled: panel.off,
    onInput: (value, first) => panel.drag(patch(value), first),
  });
}

/** A labelled choice. */
export function choice<T extends string>(
  { off }: Pick<Panel, "off">,
  label: string,
  value: T,
  options: readonly T[],
  choose: (value: T) => void,
): TemplateResult {
  const change = (event: Event): void => {
    const chosen = options.find((option) => option === (event.target as HTMLSelectElement).value);
    if (chosen !== undefined) choose(chosen);
  };
  return html`<label class="row wide">
    <span class="name">${label}</span>
    <select class="field" aria-label=${label} .value=${value} ?disabled=${off} @change=${change}>
      ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${option}</option>`)}
    </select>
  </label>`;
}

/** A labelled tick. */
export function tick(
  { off }: Pick<Panel, "off">,
  label: string,
  value: boolean,
  set: (value: boolean) => void,
): TemplateResult {
  return html`<label class="row wide">
    <span class="name">${label}</span>
    <input
      type="checkbox"
      aria-label=${label}
      .checked=${live(value)}
      ?disabled=${off}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
    />
  </label>`;
}

/** A labelled number; `shown` is a shorter name where a heading says the rest. */
export function number(
  { off }: Pick<Panel, "off">,
  label: string,
  value: number,
  limits: { readonly min?: number; readonly max?: number; readonly step?: number | "any" },
  set: (value: number) => void,
  shown = label,
): TemplateResult {
  return html`<label class="row wide">
    <span class="name">${shown}</span>
    <input
      class="field"
      type="number"
      aria-label=${label}
      min=${limits.min ?? nothing}
      max=${limits.max ?? nothing}
      step=${limits.step ?? "any"}
      .value=${unlessTyping(String(value))}
      ?disabled=${off}
      @change=${(event: Event) => {
        const { valueAsNumber } = event.target as HTMLInputElement;
        if (!Number.isFinite(valueAsNumber)) return;
        set(Math.min(limits.max ?? Infinity, Math.max(limits.min ?? -Infinity, valueAsNumber)));
      }}
    />
  </label>`;
}

/** A labelled word; `hint` is shown while it is empty, `shown` is as of numbers. */
export function words(
  { off }: Pick<Panel, "off">,
  label: string,
  value: string,
  hint: string,
  set: (value: string) => void,
  shown = label,
): TemplateResult {
  return html`<label class="row wide">
    <span class="name">${shown}</span>
    <input
      class="field"
      aria-label=${label}
      placeholder=${hint}
      .value=${unlessTyping(value)}
      ?disabled=${off}
      @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
    />
  </label>`;
}

/** RGBA in 0..1. */
export type Colour = [number, number, number, number];

/** #rrggbb of a colour. */
export function hex(color: readonly number[]): string {
  const channel = (value = 0): string =>
    Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${channel(color[0])}${channel(color[1])}${channel(color[2])}`;
}

/** Drags of colours under way, by their input element. */
const picking = new WeakSet<EventTarget>();

/** A labelled colour with its alpha. */
export function colour(
  { off }: Pick<Panel, "off">,
  label: string,
  value: readonly number[],
  drag: (value: Colour, first: boolean) => void,
): TemplateResult {
  const [r = 0, g = 0, b = 0, a = 1] = value;
  const begins = (event: Event): boolean => {
    const { target } = event;
    if (!target || picking.has(target)) return false;
    picking.add(target);
    return true;
  };
  const ends = (event: Event): void => {
    if (event.target) picking.delete(event.target);
  };
  const pick = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    const at = (i: number): number => Number.parseInt(text.slice(i, i + 2), 16) / 255;
    drag([at(1), at(3), at(5), a], begins(event));
  };
  const fade = (event: Event): void =>
    drag([r, g, b, (event.target as HTMLInputElement).valueAsNumber], begins(event));
  return html`<div class="row wide">
    <span class="name">${label}</span>
    <span class="colour">
      <input
        type="color"
        aria-label=${label}
        .value=${live(hex(value))}
        ?disabled=${off}
        @input=${pick}
        @change=${ends}
      />
      <input
        type="range"
        aria-label=${`${label}, alpha`}
        min="0"
        max="1"
        step="0.01"
        style=${`--at: ${a}`}
        .value=${live(String(a))}
        ?disabled=${off}
        @input=${fade}
        @change=${ends}
      />
    </span>
  </div>`;
}

/** A button in a row of its kind. */
export function choiceButton(
  { off }: Pick<Panel, "off">,
  label: string,
  text: string,
  pressed: boolean,
  press: () => void,
): TemplateResult {
  return html`<button
    class="button framed"
    type="button"
    aria-label=${label}
    aria-pressed=${pressed ? "true" : "false"}
    title=${label}
    ?disabled=${off}
    @click=${press}
  >
    ${text}
  </button>`;
}

/** See the file's comment. */
export const panelStyles = css`
  :host {
    display: block;
    padding: 12px;
    font-size: 12px;
    overflow-y: auto;
  }
  h2 {
    margin: 0 0 8px;
    font-size: 11px;
    font-weight: 600;
    color: var(--quiet);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr) 58px;
    align-items: center;
    gap: 8px;
    min-height: calc(var(--hit) + 4px);
  }
  .row.wide {
    grid-template-columns: 84px minmax(0, 1fr);
  }
  .row > .name {
    color: var(--quiet);
  }
  .row .field {
    box-sizing: border-box;
    width: 100%;
  }
  .row input[type="checkbox"] {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  .colour {
    display: flex;
    gap: 8px;
    align-items: center;
    min-width: 0;
  }
  .colour input[type="color"] {
    flex: none;
    width: 36px;
    height: 24px;
    padding: 1px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--raised);
  }
  .modes {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding-bottom: 8px;
    margin-bottom: 6px;
    border-bottom: 1px solid var(--line);
  }
  .block {
    padding: 4px 0 8px;
  }
  .block > .name {
    display: block;
    margin-bottom: 4px;
    color: var(--quiet);
  }
  .choices {
    display: flex;
    gap: 4px;
  }
  .choices .button {
    flex: 1;
    padding: 0 4px;
    font-size: 12px;
  }
  details.more {
    margin-top: 8px;
    padding-top: 4px;
    border-top: 1px solid var(--line);
  }
  summary {
    display: flex;
    align-items: center;
    min-height: var(--hit);
    border-radius: var(--radius);
    cursor: pointer;
    font-weight: 600;
  }
  summary::before {
    content: "▸";
    width: 16px;
    color: var(--quiet);
  }
  details[open] > summary::before {
    content: "▾";
  }
  .hint {
    margin: 2px 0;
    font-size: 11px;
  }
  .end {
    justify-content: flex-end;
  }
  .metadata {
    width: 100%;
    height: auto;
    font: 11px var(--mono);
    resize: vertical;
  }
  hr {
    margin: 8px 0;
    border: 0;
    border-top: 1px solid var(--line);
  }
  h3 {
    margin: 10px 0 4px;
    font-size: 11px;
    font-weight: 600;
  }
  .preview {
    display: block;
    flex: none;
    width: 44px;
    height: 12px;
    border-radius: 3px;
    border: 1px solid var(--line);
    margin-inline-end: 8px;
  }
  .swatch {
    display: inline-block;
    flex: none;
    width: 20px;
    height: 20px;
    border-radius: 4px;
    border: 1px solid var(--line-strong);
  }
  .pair {
    display: flex;
    gap: 8px;
    align-items: center;
    min-width: 0;
  }
  wa-select {
    min-width: 0;
  }
  wa-select::part(combobox) {
    min-height: var(--hit);
    padding: 0 8px;
  }
  wa-option::part(label) {
    white-space: nowrap;
  }
  wa-select::part(listbox) {
    max-height: 340px;
  }
  dl {
    display: grid;
    grid-template-columns: 84px minmax(0, 1fr);
    gap: 4px 8px;
    margin: 0;
    color: var(--quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
