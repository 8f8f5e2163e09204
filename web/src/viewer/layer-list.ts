/** <ep-layer-list>: the layers, top first as they lie: order, visibility, name; add and remove. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { noticesContext, sessionContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { IconName } from "../ui/icon.ts";
import "../ui/icon.ts";
import { describeData } from "./describe.ts";
import { addLayer, type NewType } from "./items/new-layers.ts";
import { layerListStyles } from "./layer-list-styles.ts";
import { layerMenu, type MenuEntry } from "./layer-menu.ts";
import { between, droppedIndex, swatchOf, TYPE_ICONS } from "./layer-rows.ts";
import { Thumbnails } from "./thumbnails.ts";

const NEW: readonly (readonly [NewType, IconName])[] = [
  ["points", "points"],
  ["shapes", "shapes"],
  ["labels", "tags"],
];

/** See the file's comment. Fires `open` when the person wants to add data. */
export class EpLayerList extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  #renaming = "";
  #dragged = "";
  #over = "";
  readonly #notices = new Shared(this, noticesContext);
  /** Layers that are chosen beside the selected one. */
  readonly #chosen = signal<ReadonlySet<string>>(new Set());
  #anchor = "";
  #entries: readonly MenuEntry[] = [];
  #thumbnails: Thumbnails | undefined;
  #stop: () => void = () => {};

  static override styles = [sharedStyles, layerListStyles];

  override firstUpdated(): void {
    const session = this.#session.value;
    this.#thumbnails = new Thumbnails(session);
    this.#watch();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  /** Small pictures follow the scene and the slice; what is chosen follows what is there. */
  #watch(): void {
    const session = this.#session.value;
    this.#thumbnails ??= new Thumbnails(session);
    const stop = effect(() => {
      void [session.scene.value, session.dims.value];
      this.#thumbnails?.touch();
    });
    this.#stop = () => {
      stop();
      this.#thumbnails?.dispose();
      this.#thumbnails = undefined;
    };
  }

  /** Chosen layers, the selected one among them; bottom first. */
  #picked(): Layer[] {
    const session = this.#session.value;
    const all = session.scene.value?.layers ?? [];
    const chosen = this.#chosen.value;
    const primary = session.selected.value ?? "";
    const among = chosen.has(primary) ? chosen : new Set([primary]);
    return all.filter(({ id }) => among.has(id));
  }

  #pick(
    id: string,
    event: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean },
  ): void {
    const session = this.#session.value;
    const ids = (session.scene.peek()?.layers ?? []).map((layer) => layer.id);
    const before = new Set(this.#picked().map((layer) => layer.id));
    if (event.shiftKey)
      this.#chosen.value = new Set(between(ids, this.#anchor || (session.selected.peek() ?? id), id));
    else if (event.ctrlKey || event.metaKey) {
      if (before.has(id) && before.size > 1) before.delete(id);
      else before.add(id);
      this.#chosen.value = before;
      this.#anchor = id;
    } else {
      this.#chosen.value = new Set([id]);
      this.#anchor = id;
    }
    const chosen = this.#chosen.peek();
    session.select(chosen.has(id) ? id : [...chosen].at(-1));
  }

  #choose(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#chosen.value = new Set(ids);
    this.#session.value.select(ids.at(-1));
  }

  #remove(): void {
    const free = this.#picked().filter((layer) => !layer.locked);
    if (free.length > 0) this.#session.value.apply(free.map(({ id }) => ({ op: "layer.remove", id })));
  }

  /** Opens the menu of what is chosen, at a place of the window. */
  #openMenu(layer: Layer, x: number, y: number): void {
    const session = this.#session.value;
    if (!session.mayEdit) return;
    if (!this.#picked().some(({ id }) => id === layer.id))
      this.#pick(layer.id, { shiftKey: false, ctrlKey: false, metaKey: false });
    this.#entries = layerMenu(this.#picked(), session.scene.peek()?.layers ?? [], {
      session,
      notices: this.#notices.value,
      rename: (id) => this.#rename(id),
      choose: (ids) => this.#choose(ids),
      // The page has the dialog.
      save: (ids) => this.dispatchEvent(new CustomEvent("save", { detail: ids })),
    });
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const menu = this.renderRoot.querySelector<HTMLElement>("[role=menu]");
      if (!menu) return;
      menu.showPopover();
      const { width, height } = menu.getBoundingClientRect();
      menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
      menu.querySelector<HTMLElement>("button")?.focus();
    });
  }

  /** Closes the menu; the focus goes back to the layer that it was for. */
  #closeMenu(): void {
    this.renderRoot.querySelector<HTMLElement>("[role=menu]")?.hidePopover();
    this.renderRoot.querySelector<HTMLElement>('.choose[aria-current="true"]')?.focus();
  }

  #menu(): TemplateResult {
    const shown = this.#entries.filter(({ act }) => act);
    const keys = (event: KeyboardEvent): void => {
      const items = [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
      const at = items.indexOf(event.target as HTMLElement);
      const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      event.stopPropagation();
      if (event.key === "Escape") this.#closeMenu();
      if (by === 0) return;
      event.preventDefault();
      items[(at + by + items.length) % items.length]?.focus();
    };
    const left = (event: FocusEvent): void => {
      const menu = event.currentTarget as HTMLElement;
      if (!(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget))) menu.hidePopover();
    };
    // Not dismissed by the browser: the button that opened it by a right click is yet to be released.
    return html`<div popover="manual" role="menu" aria-label="Layer actions" @keydown=${keys} @focusout=${left}>
      ${shown.map(
        ({ title, group, act }, i) => html`${shown[i - 1]?.group === group ? nothing : html`<p>${group}</p>`}
          <button
            class="button"
            type="button"
            role="menuitem"
            @click=${() => {
              this.#closeMenu();
              act?.();
            }}
          >
            ${title}
          </button>`,
      )}
    </div>`;
  }

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
        <button
          class="button icon end"
          type="button"
          aria-label="Delete selected layers"
          title="Delete selected layers (Ctrl-Delete)"
          ?disabled=${!editable || this.#picked().every(({ locked }) => locked)}
          @click=${() => this.#remove()}
        >
          <ep-icon name="trash"></ep-icon>
        </button>
      </div>
      ${this.#menu()}
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
    const selected = this.#picked().includes(layer);
    const picture = this.#thumbnails?.pictures.value.get(layer.id);
    const toggle = () => session.apply([{ op: "layer.set", id: layer.id, set: { visible: !layer.visible } }]);
    const classes = [selected && "selected", !layer.visible && "off", this.#over === layer.id && "over"];
    return html`<li
      class=${classes.filter(Boolean).join(" ")}
      draggable=${editable && this.#renaming !== layer.id ? "true" : "false"}
      @contextmenu=${(event: MouseEvent) => {
        event.preventDefault();
        // The key for menus comes without a place.
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
        const mouse = event.clientX > 0 || event.clientY > 0;
        this.#openMenu(layer, mouse ? event.clientX : box.left + 40, mouse ? event.clientY : box.bottom);
      }}
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
      <span class="swatch" title=${layer.type} style=${`background: ${swatchOf(layer)}`}>
        ${picture ? html`<img src=${picture} alt="" />` : html`<ep-icon name=${TYPE_ICONS[layer.type]}></ep-icon>`}
      </span>
      ${this.#renaming === layer.id ? this.#field(layer) : this.#name(layer, row, count, selected, editable)}
      <span class="marks">
        ${picture ? html`<ep-icon name=${TYPE_ICONS[layer.type]} title=${layer.type}></ep-icon>` : nothing}
        ${layer.locked ? html`<ep-icon name="lock" title="Locked"></ep-icon><span class="hidden-text">Locked</span>` : nothing}
        ${layer.link !== "" ? html`<ep-icon name="link" title="Linked"></ep-icon><span class="hidden-text">Linked</span>` : nothing}
      </span>
      <button
        class="button icon remove more"
        type="button"
        aria-label=${`Actions of ${layer.name}`}
        aria-haspopup="menu"
        title="Actions (right click)"
        ?disabled=${!editable}
        @click=${(event: MouseEvent) => {
          const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
          this.#openMenu(layer, box.left, box.bottom);
        }}
      >
        <ep-icon name="more"></ep-icon>
      </button>
      <button
        class="button icon remove"
        type="button"
        aria-label=${`Remove ${layer.name}`}
        title="Remove (Ctrl-Delete)"
        ?disabled=${!editable || layer.locked}
        @click=${() => session.apply([{ op: "layer.remove", id: layer.id }])}
      >
        <ep-icon name="trash"></ep-icon>
      </button>
    </li>`;
  }

  #name(layer: Layer, row: number, count: number, selected: boolean, editable: boolean): TemplateResult {
    const keys = (event: KeyboardEvent): void => {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (event.key === "F2" && editable && !layer.locked) this.#rename(layer.id);
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
      @click=${(event: MouseEvent) => this.#pick(layer.id, event)}
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
