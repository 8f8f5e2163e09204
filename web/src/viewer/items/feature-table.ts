/** <ep-feature-table>: the features of the selected layer's items, as rows that can be sorted, filtered, chosen and edited. */
import { type FeaturedLayer, featuredInfo, isFeatured } from "@eyepiece/engine/model/label-features.ts";
import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { noticesContext, sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import { toolsOf } from "../tools/tools.ts";
import { CsvError } from "./csv.ts";
import { csvOps, featuresCsv } from "./feature-csv.ts";
import { featureStyles } from "./feature-styles.ts";
import { type Row, RowPages } from "./row-pages.ts";

/** CSS pixels of a row. */
const ROW = 26;
/** The tallest element that browsers lay out exactly: more rows are scrolled in proportion. */
const TALLEST = 8_000_000;
/** Rows that are drawn beyond the visible ones. */
const MORE = 6;

/** See the file's comment. */
export class EpFeatureTable extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #scroll = signal({ top: 0, height: 220 });
  readonly #editing = signal<{ readonly index: number; readonly name: string } | undefined>(undefined);
  #pages: { readonly key: string; readonly pages: RowPages } | undefined;
  #version = "";
  #stop: () => void = () => {};
  #shown: readonly number[] = [];
  readonly #resize = new ResizeObserver(() => this.#measure());

  static override styles = [sharedStyles, featureStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    if (this.hasUpdated) this.#watch();
  }

  override firstUpdated(): void {
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#resize.disconnect();
  }

  /** What is chosen on the canvas comes into sight here. */
  #watch(): void {
    const tools = toolsOf(this.#session.value);
    this.#stop = effect(() => {
      const { layer, indices } = tools.choice.value;
      const [first] = indices;
      if (first === undefined || indices === this.#shown || layer !== this.#session.value.selected.peek())
        return;
      this.#shown = indices;
      void this.#reveal(first);
    });
  }

  #measure(): void {
    const box = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (box) this.#scroll.value = { top: box.scrollTop, height: box.clientHeight };
  }

  #layer(): FeaturedLayer | undefined {
    const session = this.#session.value;
    const layer = session.scene.value?.layers.find(({ id }) => id === session.selected.value);
    return layer && isFeatured(layer) ? layer : undefined;
  }

  #rowsOf(layer: FeaturedLayer): RowPages {
    if (this.#pages?.key !== layer.id) {
      this.#pages = { key: layer.id, pages: new RowPages(this.#session.value, layer.id) };
      this.#version = "";
    }
    const info = featuredInfo(layer);
    const version = `${info?.source} ${info?.version}`;
    if (version !== this.#version) {
      this.#version = version;
      const { pages } = this.#pages;
      queueMicrotask(() => pages.refresh());
    }
    return this.#pages.pages;
  }

  override render(): TemplateResult {
    const layer = this.#layer();
    if (!layer)
      return html`<p class="none">Select a layer of points, shapes, vectors, tracks, labels or a surface to see its features.</p>`;
    const session = this.#session.value;
    const pages = this.#rowsOf(layer);
    void pages.changed.value;
    const info = featuredInfo(layer);
    const count = info?.count ?? 0;
    const total = info ? pages.total.value : 0;
    const place = layer.type === "points" || layer.type === "vectors" || layer.type === "tracks";
    const axes = place ? Array.from({ length: info?.ndim ?? 0 }, (_, axis) => `axis-${axis}`) : [];
    const names = [...axes, ...(info?.features ?? [])];
    const off = !(session.facts.value?.rights.includes("edit") ?? false) || !layer.editable;
    return html`
      <header>
        <input
          class="field"
          type="search"
          aria-label="Filter rows"
          placeholder="Filter: a word, or score > 0.5"
          .value=${live(pages.order.filter)}
          @change=${(event: Event) => this.#sorted({ filter: (event.target as HTMLInputElement).value })}
        />
        <span class="quiet num" role="status">${total.toLocaleString("en")} of ${count.toLocaleString("en")} rows</span>
        ${layer.type === "labels" ? html`<button class="button framed" type="button" ?disabled=${off} @click=${() => this.#addLabel(layer)}><ep-icon name="plus"></ep-icon>Add label ${layer.selected_label}</button>` : nothing}
        <button class="button framed" type="button" ?disabled=${off} @click=${() => this.#addFeature(layer)}>
          <ep-icon name="plus"></ep-icon>Add feature
        </button>
        <button class="button framed" type="button" @click=${() => void this.#download(layer)}>
          <ep-icon name="download"></ep-icon>CSV
        </button>
        <label class="button framed">
          <ep-icon name="upload"></ep-icon>Load CSV
          <input
            class="hidden-text"
            type="file"
            accept=".csv,text/csv"
            aria-label="Load features from CSV"
            ?disabled=${off}
            @change=${(event: Event) => void this.#upload(layer, event.target as HTMLInputElement)}
          />
        </label>
      </header>
      ${pages.trouble.value === "" ? nothing : html`<p class="none" role="alert">${pages.trouble.value}</p>`}
      <div
        class="scroll"
        role="grid"
        aria-label=${`Features of ${layer.name}`}
        aria-rowcount=${total}
        aria-multiselectable="true"
        tabindex="0"
        style=${`--columns: ${names.length}`}
        @scroll=${() => this.#measure()}
        @keydown=${(event: KeyboardEvent) => this.#keys(event, layer)}
      >
        <div class="head" role="row">
          ${["index", ...names].map((name) => this.#heading(layer, name, axes.includes(name)))}
        </div>
        ${info ? this.#body(layer, pages, names, total, off) : nothing}
      </div>
    `;
  }

  #heading(layer: FeaturedLayer, name: string, fixed: boolean): TemplateResult {
    const order = this.#pages?.pages.order;
    const sort = name === "index" && layer.type !== "labels" ? "" : name;
    const now = order?.sort === sort;
    const state = !now ? "none" : order.descending ? "descending" : "ascending";
    return html`<div role="columnheader" aria-sort=${state}>
      <button
        class="button"
        type="button"
        title=${fixed ? name : `Sort by ${name}`}
        ?disabled=${fixed}
        @click=${() => this.#sorted({ sort, descending: now ? !order.descending : false })}
      >
        ${name}${now ? html`<ep-icon name=${order.descending ? "arrowDown" : "arrowUp"}></ep-icon>` : nothing}
      </button>
    </div>`;
  }

  /** The rows in sight. Of more rows than an element can be tall, the place in the scrolled range says which. */
  #body(
    layer: FeaturedLayer,
    pages: RowPages,
    names: readonly string[],
    total: number,
    off: boolean,
  ): TemplateResult {
    const { top, height } = this.#scroll.value;
    const whole = total * ROW;
    const tall = Math.min(TALLEST, whole);
    const seen = Math.ceil(height / ROW);
    const share = tall > height ? Math.min(1, top / (tall - height)) : 0;
    const first = whole > TALLEST ? Math.round(share * Math.max(0, total - seen + 1)) : Math.floor(top / ROW);
    const from = Math.max(0, first - MORE);
    const to = Math.min(total, first + seen + MORE);
    const offset = whole > TALLEST ? top - first * ROW : 0;
    if (total === 0) pages.row(0);
    const chosen = new Set(toolsOf(this.#session.value).chosen(layer.id));
    const isChosen = (row: Row): boolean =>
      layer.type === "labels" ? row.label === layer.selected_label : chosen.has(row.index);
    const lines: TemplateResult[] = [];
    for (let place = from; place < to; place++) {
      const row = pages.row(place);
      lines.push(this.#line(layer, row, place, offset, names, row !== undefined && isChosen(row), off));
    }
    return html`<div class="body" role="rowgroup" style=${`height: ${tall}px`}>${lines}</div>`;
  }

  #line(
    layer: FeaturedLayer,
    row: Row | undefined,
    place: number,
    offset: number,
    names: readonly string[],
    chosen: boolean,
    off: boolean,
  ): TemplateResult {
    return html`<div
      class="line"
      role="row"
      aria-rowindex=${place + 1}
      aria-selected=${chosen ? "true" : "false"}
      style=${`top: ${place * ROW + offset}px`}
      @click=${(event: MouseEvent) => row && this.#choose(layer, row, event)}
    >
      <div role="gridcell" class="quiet">${row ? (row.label ?? row.index) : "…"}</div>
      ${names.map((name) => this.#cell(layer, row, name, off))}
    </div>`;
  }

  #cell(layer: FeaturedLayer, row: Row | undefined, name: string, off: boolean): TemplateResult {
    const value = row?.values.get(name) ?? null;
    const editing = this.#editing.value;
    const fixed = name.startsWith("axis-") && !(featuredInfo(layer)?.features ?? []).includes(name);
    if (row && editing?.index === row.index && editing.name === name)
      return this.#editor(layer, row, name, value);
    const text = value === null ? "" : typeof value === "number" ? plain6(value) : value;
    const edit = (): void => {
      if (off || fixed || !row) return;
      this.#editing.value = { index: row.index, name };
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLInputElement>(".editor")?.select(),
      );
    };
    return html`<div role="gridcell" data-name=${name} title=${fixed || off ? text : `${text}\nDouble click or F2 edits`} @dblclick=${edit}>
      ${text}
    </div>`;
  }

  #editor(layer: FeaturedLayer, row: Row, name: string, value: number | string | null): TemplateResult {
    const finish = (event: Event, keep: boolean): void => {
      const text = (event.target as HTMLInputElement).value;
      if (this.#editing.peek() === undefined) return;
      this.#editing.value = undefined;
      this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus();
      if (!keep || text === String(value ?? "")) return;
      const number = Number(text);
      const fresh =
        text.trim() === "" ? null : typeof value !== "string" && Number.isFinite(number) ? number : text;
      const rows = { count: 1, columns: {}, features: { [name]: [fresh] } };
      this.#session.value.apply([{ op: "items.set", id: layer.id, indices: [row.index], rows }]);
    };
    return html`<div role="gridcell">
      <input
        class="field editor"
        aria-label=${`${name} of item ${row.index}`}
        .value=${String(value ?? "")}
        @click=${(event: Event) => event.stopPropagation()}
        @blur=${(event: Event) => finish(event, true)}
        @keydown=${(event: KeyboardEvent) => {
          event.stopPropagation();
          if (event.key === "Enter") finish(event, true);
          if (event.key === "Escape") finish(event, false);
        }}
      />
    </div>`;
  }

  #choose(
    layer: FeaturedLayer,
    { index, label }: Row,
    event: { readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean },
  ): void {
    const tools = toolsOf(this.#session.value);
    const before = tools.chosen(layer.id);
    const more = event.ctrlKey || event.metaKey || event.shiftKey;
    const fresh = !more
      ? [index]
      : before.includes(index)
        ? before.filter((one) => one !== index)
        : [...before, index];
    tools.choose(layer.id, fresh);
    if (label !== undefined) this.#select(layer, label);
    // The row is in sight already.
    this.#shown = tools.choice.peek().indices;
  }

  /** The label of a row is the one that is painted next. */
  #select(layer: FeaturedLayer, selected_label: number): void {
    if (layer.type === "labels" && layer.selected_label !== selected_label)
      this.#session.value.apply([{ op: "layer.set", id: layer.id, set: { selected_label } }]);
  }

  /** Arrows go from row to row; F2 edits the first feature; Delete takes the chosen items away. */
  #keys(event: KeyboardEvent, layer: FeaturedLayer): void {
    const box = event.currentTarget as HTMLElement;
    const tools = toolsOf(this.#session.value);
    const [now] = tools.chosen(layer.id);
    const page = Math.max(1, Math.floor(box.clientHeight / ROW) - 2);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (by !== undefined) void this.#step(layer, now, by);
    else if (event.key === "F2" && now !== undefined) {
      const [name] = featuredInfo(layer)?.features ?? [];
      if (name !== undefined) this.#editing.value = { index: now, name };
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLInputElement>(".editor")?.select(),
      );
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #step(layer: FeaturedLayer, now: number | undefined, by: number): Promise<void> {
    const pages = this.#rowsOf(layer);
    const at = now === undefined ? -1 : await pages.find(now);
    const place = Math.min(pages.total.peek() - 1, Math.max(0, at + by));
    const row = pages.row(place);
    if (!row) return;
    toolsOf(this.#session.value).choose(layer.id, [row.index]);
    if (row.label !== undefined) this.#select(layer, row.label);
    this.#shown = toolsOf(this.#session.value).choice.peek().indices;
    this.#scrollTo(place, pages.total.peek());
  }

  async #reveal(index: number): Promise<void> {
    const layer = this.#layer();
    if (!layer) return;
    const pages = this.#rowsOf(layer);
    try {
      const place = await pages.find(index);
      if (place >= 0) this.#scrollTo(place, Math.max(place + 1, pages.total.peek()));
    } catch (cause) {
      // The layer is new, or gone: there is nothing to bring into sight.
      console.info("The row could not be found:", cause);
    }
  }

  #scrollTo(place: number, total: number): void {
    const box = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (!box) return;
    const whole = total * ROW;
    const seen = Math.max(1, Math.floor(box.clientHeight / ROW) - 2);
    if (whole > TALLEST) {
      box.scrollTop = (place / Math.max(1, total - seen)) * (TALLEST - box.clientHeight);
      return;
    }
    const top = place * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + seen * ROW - ROW) box.scrollTop = top - (seen - 1) * ROW;
  }

  #sorted(changes: Partial<RowPages["order"]>): void {
    const pages = this.#pages?.pages;
    pages?.refresh({ ...pages.order, ...changes });
    const box = this.renderRoot.querySelector<HTMLElement>(".scroll");
    if (box) box.scrollTop = 0;
    this.requestUpdate();
  }

  /** A row for the label that is painted next. */
  #addLabel(layer: FeaturedLayer): void {
    if (layer.type !== "labels") return;
    const rows = { count: 1, columns: { index: [layer.selected_label] }, features: {} };
    this.#session.value.apply([{ op: "items.insert", id: layer.id, rows }]);
  }

  #addFeature(layer: FeaturedLayer): void {
    const info = featuredInfo(layer);
    const count = info?.count ?? 0;
    const taken = new Set(info?.features);
    let name = "feature";
    for (let n = 1; taken.has(name); n++) name = `feature ${n}`;
    if (count === 0) {
      const first = layer.type === "labels" ? "label: add a label" : "item: add an item";
      this.#notices.value.show("info", `A feature is a value of each ${first} first.`);
      return;
    }
    const rows = { count: 1, columns: {}, features: { [name]: [0] } };
    const most = Math.min(count, 100_000);
    const indices = Array.from({ length: most }, (_, i) => i);
    this.#session.value.apply([{ op: "items.set", id: layer.id, indices, rows }]);
  }

  async #download(layer: FeaturedLayer): Promise<void> {
    const { order } = this.#rowsOf(layer);
    const progress = (fraction: number): void =>
      this.#notices.value.progress("csv", "Fetching rows", fraction);
    try {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(await featuresCsv(this.#session.value, layer.id, order, progress));
      anchor.download = `${layer.name.replace(/[^\w.-]+/g, "_")}.csv`;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    } catch (cause) {
      this.#notices.value.show("bad", `No CSV: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      this.#notices.value.ended("csv");
    }
  }

  async #upload(layer: FeaturedLayer, input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    try {
      this.#session.value.apply(csvOps(await file.text(), layer));
    } catch (cause) {
      const words = cause instanceof CsvError ? cause.message : `${file.name} could not be read.`;
      this.#notices.value.show("bad", words);
    }
  }
}
customElements.define("ep-feature-table", EpFeatureTable);

/** A number in at most six figures; whole ones as they are. */
function plain6(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}
