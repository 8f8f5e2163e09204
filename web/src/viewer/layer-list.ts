/** <ep-layer-list>: the layers, top first as they lie: order, visibility, name; add and remove. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, type TemplateResult } from "lit";
import { sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { IconName } from "../ui/icon.ts";
import "../ui/icon.ts";
import { gradient } from "./colormap-choice.ts";
import { describeData } from "./describe.ts";
import { addLayer, type NewType } from "./items/new-layers.ts";

const NEW: readonly (readonly [NewType, IconName])[] = [
  ["points", "points"],
  ["shapes", "shapes"],
  ["labels", "tags"],
];

/** Index in the scene (from the bottom) that a row dropped on another gets. */
export function droppedIndex(count: number, targetRow: number): number {
  return count - 1 - targetRow;
}

/** See the file's comment. Fires `open` when the person wants to add data. */
export class EpLayerList extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  #renaming = "";
  #dragged = "";
  #over = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        font-size: 12px;
      }
      h2 {
        margin: 0;
        padding: 12px 12px 6px;
        font-size: 11px;
        font-weight: 600;
        color: var(--quiet);
      }
      ul {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        margin: 0;
        padding: 0 6px;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 34px;
        padding: 0 4px;
        border-radius: var(--radius);
        border: 1px solid transparent;
      }
      li:hover {
        background: var(--raised);
      }
      li.selected {
        background: var(--selection);
      }
      li.over {
        border-color: var(--accent);
      }
      li.off .choose,
      li.off .eye {
        color: var(--quiet);
      }
      .eye[aria-pressed="true"] {
        background: none;
        color: inherit;
      }
      .swatch {
        flex: none;
        width: 22px;
        height: 22px;
        border-radius: 4px;
        border: 1px solid var(--line);
      }
      .choose {
        flex: 1;
        min-width: 0;
        height: 100%;
        padding: 0 4px;
        border: 0;
        background: none;
        text-align: left;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        cursor: pointer;
      }
      .rename {
        flex: 1;
      }
      .remove {
        opacity: 0;
      }
      li:hover .remove,
      .remove:focus-visible,
      li.selected .remove {
        opacity: 1;
      }
      .new {
        display: flex;
        gap: 4px;
        padding: 0 8px 4px;
      }
      footer {
        display: flex;
        gap: 4px;
        padding: 8px;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  override render(): TemplateResult {
    const session = this.#session.value;
    const layers = [...(session.scene.value?.layers ?? [])].reverse();
    const editable = session.facts.value?.rights.includes("edit") ?? false;
    return html`
      <h2 id="head">Layers</h2>
      <div class="new" role="toolbar" aria-label="New layers">
        ${NEW.map(
          ([type, icon]) => html`<button
            class="button icon"
            type="button"
            aria-label=${`New ${type} layer`}
            title=${`New ${type} layer`}
            ?disabled=${!editable}
            @click=${() => addLayer(session, type)}
          >
            <ep-icon name=${icon}></ep-icon>
          </button>`,
        )}
      </div>
      <ul aria-labelledby="head">
        ${layers.map((layer, row) => this.#row(layer, row, layers.length, editable))}
      </ul>
      <footer>
        <button
          class="button"
          type="button"
          title="Open data (Ctrl-O)"
          ?disabled=${!editable}
          @click=${() => this.dispatchEvent(new CustomEvent("open", { bubbles: true, composed: true }))}
        >
          <ep-icon name="plus"></ep-icon>Add
        </button>
      </footer>
    `;
  }

  #row(layer: Layer, row: number, count: number, editable: boolean): TemplateResult {
    const session = this.#session.value;
    const selected = session.selected.value === layer.id;
    const toggle = () => session.apply([{ op: "layer.set", id: layer.id, set: { visible: !layer.visible } }]);
    const classes = [selected && "selected", !layer.visible && "off", this.#over === layer.id && "over"];
    const swatch =
      layer.type !== "image"
        ? "var(--quiet)"
        : layer.rgb
          ? "conic-gradient(red, yellow, lime, aqua, blue, magenta, red)"
          : gradient(layer.colormap);
    return html`<li
      class=${classes.filter(Boolean).join(" ")}
      draggable=${editable && this.#renaming !== layer.id ? "true" : "false"}
      @dragstart=${(event: DragEvent) => {
        this.#dragged = layer.id;
        event.dataTransfer?.setData("text/x-eyepiece-layer", layer.id);
      }}
      @dragover=${(event: DragEvent) => {
        if (this.#dragged === "") return;
        event.preventDefault();
        this.#mark(layer.id);
      }}
      @drop=${(event: DragEvent) => {
        if (this.#dragged === "") return;
        event.preventDefault();
        event.stopPropagation();
        this.#move(this.#dragged, droppedIndex(count, row));
      }}
      @dragend=${() => {
        this.#dragged = "";
        this.#mark("");
      }}
    >
      <button
        class="button icon eye"
        type="button"
        aria-label=${`${layer.visible ? "Hide" : "Show"} ${layer.name}`}
        aria-pressed=${layer.visible ? "true" : "false"}
        title=${`${layer.visible ? "Hide" : "Show"} (V)`}
        ?disabled=${!editable}
        @click=${toggle}
      >
        <ep-icon name=${layer.visible ? "eye" : "eyeOff"}></ep-icon>
      </button>
      <span class="swatch" style=${`background: ${swatch}`}></span>
      ${this.#renaming === layer.id ? this.#field(layer) : this.#name(layer, row, count, selected, editable)}
      <button
        class="button icon remove"
        type="button"
        aria-label=${`Remove ${layer.name}`}
        title="Remove (Ctrl-Delete)"
        ?disabled=${!editable}
        @click=${() => session.apply([{ op: "layer.remove", id: layer.id }])}
      >
        <ep-icon name="trash"></ep-icon>
      </button>
    </li>`;
  }

  #name(layer: Layer, row: number, count: number, selected: boolean, editable: boolean): TemplateResult {
    const keys = (event: KeyboardEvent): void => {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (event.key === "F2" && editable) this.#rename(layer.id);
      else if (by !== 0 && event.shiftKey && row + by >= 0 && row + by < count) {
        this.#move(layer.id, droppedIndex(count, row + by));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    return html`<button
      class="choose"
      type="button"
      aria-label=${layer.name}
      aria-current=${selected ? "true" : "false"}
      title=${`${layer.name}\n${describeData(layer)}\nDouble click or F2 renames; Shift and arrows move`}
      @click=${() => this.#session.value.select(layer.id)}
      @dblclick=${() => editable && this.#rename(layer.id)}
      @keydown=${keys}
    >
      ${layer.name}
    </button>`;
  }

  #field(layer: Layer): TemplateResult {
    const finish = (event: Event, keep: boolean): void => {
      const name = (event.target as HTMLInputElement).value.trim();
      if (this.#renaming === "") return;
      this.#renaming = "";
      if (keep && name !== "" && name !== layer.name) {
        this.#session.value.apply([{ op: "layer.set", id: layer.id, set: { name } }]);
      }
      this.requestUpdate();
    };
    return html`<input
      class="field rename"
      aria-label="Layer name"
      .value=${layer.name}
      @blur=${(event: Event) => finish(event, true)}
      @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(event, true);
        if (event.key === "Escape") finish(event, false);
      }}
    />`;
  }

  #rename(id: string): void {
    this.#renaming = id;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>(".rename")?.select());
  }

  #move(id: string, index: number): void {
    this.#session.value.apply([{ op: "layer.move", id, index }]);
    this.#dragged = "";
    this.#mark("");
  }

  #mark(id: string): void {
    if (this.#over === id) return;
    this.#over = id;
    this.requestUpdate();
  }
}
customElements.define("ep-layer-list", EpLayerList);
