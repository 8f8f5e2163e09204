/** <ep-feature-table>: the features of the selected layer's items, as rows that can be sorted, filtered, chosen and edited. */
import { isTableLayer, Rows, type TableLayer } from "@eyepiece/protocol/scene/schema.ts";
import { effect, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import * as v from "valibot";
import { noticesContext, sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import { toolsOf } from "../tools/tools.ts";
import { CsvError, featureRows, writeCsv } from "./csv.ts";
import { type Row, RowPages } from "./row-pages.ts";

/** CSS pixels of a row. */
const ROW = 26;
/** The tallest element that browsers lay out exactly: more rows are scrolled in proportion. */
const TALLEST = 8_000_000;
/** Rows that are drawn beyond the visible ones. */
const MORE = 6;
/** Rows of a CSV in one question. */
const CSV_PAGE = 20_000;

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

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        font-size: 12px;
        background: var(--panel);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        padding: 4px 8px;
        border-bottom: 1px solid var(--line);
      }
      header .field {
        flex: 1 1 120px;
        max-width: 260px;
      }
      .scroll {
        flex: 1;
        min-height: 0;
        overflow: auto;
        position: relative;
      }
      [role="row"] {
        display: grid;
        grid-template-columns: 72px repeat(var(--columns), minmax(90px, 1fr));
        height: 26px;
        align-items: center;
      }
      .head {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--panel);
        border-bottom: 1px solid var(--line);
      }
      .head .button {
        justify-content: flex-start;
        width: 100%;
        height: 25px;
        min-width: 0;
        overflow: hidden;
        font-weight: 600;
      }
      .body {
        position: relative;
      }
      .line {
        position: absolute;
        inset-inline: 0;
        cursor: default;
      }
      .line:hover {
        background: var(--raised);
      }
      .line[aria-selected="true"] {
        background: var(--selection);
      }
      [role="gridcell"] {
        padding: 0 8px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      [role="gridcell"] .field {
        width: 100%;
        height: 22px;
      }
      .none {
        padding: 12px;
        color: var(--quiet);
      }
    `,
  ];

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

  #layer(): TableLayer | undefined {
    const session = this.#session.value;
    const layer = session.scene.value?.layers.find(({ id }) => id === session.selected.value);
    return layer && isTableLayer(layer) ? layer : undefined;
  }

  #rowsOf(layer: TableLayer): RowPages {
    if (this.#pages?.key !== layer.id) {
      this.#pages = { key: layer.id, pages: new RowPages(this.#session.value, layer.id) };
      this.#version = "";
    }
    const version = `${layer.data.source} ${layer.data.version}`;
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
      return html`<p class="none">Select a layer of points, shapes, vectors, tracks or a surface to see its features.</p>`;
    const session = this.#session.value;
    const pages = this.#rowsOf(layer);
    void pages.changed.value;
    const total = pages.total.value;
    const place = layer.type === "points" || layer.type === "vectors" || layer.type === "tracks";
    const axes = place ? Array.from({ length: layer.data.ndim }, (_, axis) => `axis-${axis}`) : [];
    const names = [...axes, ...layer.data.features];
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
        <span class="quiet num" role="status">${total.toLocaleString("en")} of ${layer.data.count.toLocaleString("en")} rows</span>
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
          ${["index", ...names].map((name) => this.#heading(name, axes.includes(name)))}
        </div>
        ${this.#body(layer, pages, names, total, off)}
      </div>
    `;
  }

  #heading(name: string, fixed: boolean): TemplateResult {
    const order = this.#pages?.pages.order;
    const sort = name === "index" ? "" : name;
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
    layer: TableLayer,
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
    const lines: TemplateResult[] = [];
    for (let place = from; place < to; place++) {
      const row = pages.row(place);
      lines.push(
        this.#line(layer, row, place, offset, names, row !== undefined && chosen.has(row.index), off),
      );
    }
    return html`<div class="body" role="rowgroup" style=${`height: ${tall}px`}>${lines}</div>`;
  }

  #line(
    layer: TableLayer,
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
      @click=${(event: MouseEvent) => row && this.#choose(layer, row.index, event)}
    >
      <div role="gridcell" class="quiet">${row ? row.index : "…"}</div>
      ${names.map((name) => this.#cell(layer, row, name, off))}
    </div>`;
  }

  #cell(layer: TableLayer, row: Row | undefined, name: string, off: boolean): TemplateResult {
    const value = row?.values.get(name) ?? null;
    const editing = this.#editing.value;
    const fixed = name.startsWith("axis-") && !layer.data.features.includes(name);
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

  #editor(layer: TableLayer, row: Row, name: string, value: number | string | null): TemplateResult {
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
    layer: TableLayer,
    index: number,
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
    // The row is in sight already.
    this.#shown = tools.choice.peek().indices;
  }

  /** Arrows go from row to row; F2 edits the first feature; Delete takes the chosen items away. */
  #keys(event: KeyboardEvent, layer: TableLayer): void {
    const box = event.currentTarget as HTMLElement;
    const tools = toolsOf(this.#session.value);
    const [now] = tools.chosen(layer.id);
    const page = Math.max(1, Math.floor(box.clientHeight / ROW) - 2);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    if (by !== undefined) void this.#step(layer, now, by);
    else if (event.key === "F2" && now !== undefined) {
      const [name] = layer.data.features;
      if (name !== undefined) this.#editing.value = { index: now, name };
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLInputElement>(".editor")?.select(),
      );
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #step(layer: TableLayer, now: number | undefined, by: number): Promise<void> {
    const pages = this.#rowsOf(layer);
    const at = now === undefined ? -1 : await pages.find(now);
    const place = Math.min(pages.total.peek() - 1, Math.max(0, at + by));
    const row = pages.row(place);
    if (!row) return;
    toolsOf(this.#session.value).choose(layer.id, [row.index]);
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

  #addFeature(layer: TableLayer): void {
    const taken = new Set(layer.data.features);
    let name = "feature";
    for (let n = 1; taken.has(name); n++) name = `feature ${n}`;
    if (layer.data.count === 0) {
      this.#notices.value.show("info", "A feature is a value of each item: add an item first.");
      return;
    }
    const rows = { count: 1, columns: {}, features: { [name]: [0] } };
    const most = Math.min(layer.data.count, 100_000);
    const indices = Array.from({ length: most }, (_, i) => i);
    this.#session.value.apply([{ op: "items.set", id: layer.id, indices, rows }]);
  }

  /** All rows as they are sorted and filtered, a part at a time. */
  async #download(layer: TableLayer): Promise<void> {
    const session = this.#session.value;
    const { sort, descending, filter } = this.#rowsOf(layer).order;
    const parts: string[] = [];
    try {
      for (let offset = 0, total = 1; offset < total; offset += CSV_PAGE) {
        const ask = { layer: layer.id, offset, count: CSV_PAGE, sort, descending, filter };
        const { rows } = await session.ask({ rows: ask }, 120_000);
        if (!rows) break;
        total = rows.total;
        const { columns, features, lengths } = v.parse(Rows, JSON.parse(rows.json));
        const position = lengths ? [] : (columns.position ?? []);
        const width = rows.indices.length > 0 ? position.length / rows.indices.length : 0;
        const names = Object.keys(features);
        const head = ["index", ...Array.from({ length: width }, (_, axis) => `axis-${axis}`), ...names];
        const text = writeCsv(
          head,
          rows.indices.map((index, i) => [
            index,
            ...position.slice(i * width, (i + 1) * width),
            ...names.map((name) => features[name]?.[i] ?? null),
          ]),
        );
        parts.push(offset === 0 ? text : text.slice(text.indexOf("\n") + 1));
        this.#notices.value.progress(
          "csv",
          "Fetching rows",
          Math.min(1, (offset + CSV_PAGE) / Math.max(1, total)),
        );
      }
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
      anchor.download = `${layer.name.replace(/[^\w.-]+/g, "_")}.csv`;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    } catch (cause) {
      this.#notices.value.show("bad", `No CSV: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      this.#notices.value.ended("csv");
    }
  }

  async #upload(layer: TableLayer, input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    try {
      const { indices, rows } = featureRows(await file.text(), layer.data.count);
      this.#session.value.apply([{ op: "items.set", id: layer.id, indices, rows }]);
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
