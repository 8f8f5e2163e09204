/** Colormaps to choose from, each with a preview of its colours. */
import { COLORMAP_NAMES, colormap, colormapLabel, sampleColormap } from "@eyepiece/engine/model/colormaps.ts";
import type { Colormap } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";

const STOPS = 16;
const known = new Map<string, string>();

/** A CSS gradient of a colormap. */
export function gradient(map: Colormap): string {
  const stops = Array.from({ length: STOPS + 1 }, (_, index) => {
    const [r, g, b, a] = sampleColormap(map, index / STOPS);
    return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)} / ${a})`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

function gradientOf(name: string): string {
  const made = known.get(name) ?? gradient(colormap(name));
  known.set(name, made);
  return made;
}

/** The select's template. A colormap of the data's own is kept and shown by its name. */
export function colormapChoice(
  map: Colormap,
  disabled: boolean,
  choose: (map: Colormap) => void,
): TemplateResult {
  const own = !COLORMAP_NAMES.includes(map.name);
  const change = (event: Event): void => {
    const { value } = event.target as HTMLElement & { value: string };
    if (value !== map.name && COLORMAP_NAMES.includes(value)) choose(colormap(value));
  };
  const preview = (background: string, slot: string) =>
    html`<span slot=${slot} class="preview" style=${`background: ${background}`}></span>`;
  return html`<wa-select
    class="colormap"
    aria-label="Colormap"
    size="s"
    .value=${map.name}
    ?disabled=${disabled}
    @change=${change}
  >
    <span slot="label" class="hidden-text">Colormap</span>
    ${preview(gradient(map), "start")}
    ${own ? html`<wa-option value=${map.name}>${map.name}</wa-option>` : ""}
    ${COLORMAP_NAMES.map(
      (name) => html`<wa-option value=${name} .label=${colormapLabel(name)}>
        ${preview(gradientOf(name), "start")}${colormapLabel(name)}
      </wa-option>`,
    )}
  </wa-select>`;
}
