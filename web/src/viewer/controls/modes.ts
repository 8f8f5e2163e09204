/** The buttons on top of the controls: what hands do to the layer. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import { html, type TemplateResult } from "lit";
import { MODES } from "../tools/modes.ts";
import { toolsOf } from "../tools/tools.ts";
import type { Panel } from "./panel.ts";

/** See the file's comment. */
export function modeButtons({ session, layer, off }: Panel<Layer>): TemplateResult {
  const tools = toolsOf(session);
  const now = tools.mode(layer);
  return html`<div class="modes" role="toolbar" aria-label="Mode">
    ${MODES[layer.type].map(
      ({ mode, name, key, icon }) => html`<button
        class="button icon"
        type="button"
        aria-label=${name}
        aria-pressed=${mode === now ? "true" : "false"}
        title=${`${name} (${key.startsWith("S-") ? `Shift-${key.slice(2).toUpperCase()}` : key.toUpperCase()})`}
        ?disabled=${off && mode !== "pan_zoom"}
        @click=${() => tools.setMode(layer, mode)}
      >
        <ep-icon name=${icon}></ep-icon>
      </button>`,
    )}
  </div>`;
}
