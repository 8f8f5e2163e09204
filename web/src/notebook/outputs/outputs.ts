/** <ep-outputs>: the outputs of one execution. */
import type { LiveOutput, OutputState } from "@eyepiece/protocol/kernel/outputs.ts";
import type { ReadonlySignal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import "../widgets/widget-output.ts";
import { cleanHtml, renderMarkdown } from "../markdown.ts";
import { ansiHtml } from "./ansi.ts";
import { choose, type Shown } from "./bundle.ts";
import "./json-tree.ts";
import "./output-frame.ts";
import { katexStyles } from "./katex-styles.ts";
import { proseStyles, terminalStyles } from "./styles.ts";
import "./vega-output.ts";
import "./viewer-output.ts";

/** Text beyond this is folded away: a page with megabytes of it would stand still. */
const TEXT_SHOWN = 40_000;
/** Text beyond this scrolls in a box of its own. */
const LONG_TEXT = 6000;

/** See the file's comment. `wide`: without a limit of height. */
export class EpOutputs extends EpElement {
  static override properties = {
    state: { attribute: false },
    node: { attribute: false },
    notebook: {},
    scrolled: { type: Boolean },
  };
  declare state: ReadonlySignal<OutputState> | undefined;
  /** Node that ran it; empty for outputs that came with a file. */
  declare node: string;
  /** Id of the notebook; its viewers are open to whoever may view it. */
  declare notebook: string;
  declare scrolled: boolean;
  readonly #whole = new Set<number>();
  /** Scripts of these outputs may run. */
  readonly #allowed = new Set<number>();
  /** Texts that somebody has scrolled up in. */
  readonly #read = new WeakSet<HTMLElement>();
  readonly #made = new WeakMap<LiveOutput, TemplateResult>();

  static override styles = [
    sharedStyles,
    proseStyles,
    katexStyles,
    terminalStyles,
    css`
      :host {
        display: block;
        contain: layout paint;
      }
      .all {
        display: flex;
        flex-direction: column;
        gap: 6px;
      }
      .long {
        max-height: 420px;
        overflow: auto;
      }
      :host([scrolled]) .all {
        max-height: 420px;
        overflow: auto;
      }
      .one {
        min-width: 0;
        overflow-x: auto;
      }
      img {
        max-width: 100%;
        height: auto;
        background: #fff;
        border-radius: 3px;
      }
      .more {
        display: flex;
        gap: 12px;
        align-items: center;
        color: var(--quiet);
        font-size: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.node = "";
    this.scrolled = false;
  }

  override render(): TemplateResult | typeof nothing {
    const outputs = this.state?.value.outputs ?? [];
    if (outputs.length === 0) return nothing;
    return html`<div class="all">
      ${repeat(
        outputs,
        (live) => live.key,
        (live) => html`<div class="one">${this.#one(live)}</div>`,
      )}
    </div>`;
  }

  #one(live: LiveOutput): TemplateResult {
    // An output that did not change keeps its elements: frames would load anew, text would be parsed again.
    let made = this.#made.get(live);
    if (!made) {
      made = html`${this.#body(live)}${live.cut ? this.#cut(live.cut) : nothing}`;
      this.#made.set(live, made);
    }
    return made;
  }

  #body(live: LiveOutput): TemplateResult | typeof nothing {
    const { output } = live;
    if (output.output_type === "stream")
      return this.#text(live.key, output.text, output.name === "stderr" ? "stderr" : "");
    if (output.output_type === "error") {
      const words =
        output.traceback.length > 0 ? output.traceback.join("\n") : `${output.ename}: ${output.evalue}`;
      return this.#text(live.key, words, "error");
    }
    return this.#shown(live.key, choose(output.data));
  }

  #shown(key: number, shown: Shown): TemplateResult | typeof nothing {
    switch (shown.by) {
      case "viewer":
        return html`<ep-viewer-output .session=${shown.session} .name=${shown.title} .picture=${shown.picture} .notebook=${this.notebook ?? ""}></ep-viewer-output>`;
      case "image":
        return html`<img src=${shown.address} alt=${shown.alt} />`;
      case "clean-html":
        return html`<ep-html-output .html=${shown.html}></ep-html-output>`;
      case "frame":
        if (this.node === "" && !this.#allowed.has(key)) return this.#unasked(key);
        return html`<ep-output-frame .mime=${shown.mime} .data=${shown.data}></ep-output-frame>`;
      case "markdown":
        return html`<div class="prose">${unsafeHTML(renderMarkdown(shown.source))}</div>`;
      case "json":
        return html`<ep-json-tree .value=${shown.value} open></ep-json-tree>`;
      case "vega":
        return html`<ep-vega-output .spec=${shown.spec} .lite=${shown.lite}></ep-vega-output>`;
      case "widget":
        return html`<ep-widget-output .model=${shown.model} .text=${shown.text}></ep-widget-output>`;
      case "text":
        return this.#text(key, shown.text, "");
      case "nothing":
        return nothing;
    }
  }

  /** Scripts of a file that somebody brought run only when one asks for them. */
  #unasked(key: number): TemplateResult {
    return html`<div class="more">
      <span>This output came with the file and has scripts. They run in a box of their own, without access to Eyepiece.</span>
      <button
        class="button framed"
        type="button"
        @click=${() => {
          this.#allowed.add(key);
          this.#remake(key);
        }}
      >
        Show it
      </button>
    </div>`;
  }

  #text(key: number, text: string, kind: string): TemplateResult {
    if (text.length <= TEXT_SHOWN || this.#whole.has(key)) return this.#lines(text, kind);
    // The end is what one waits for.
    const from = text.indexOf("\n", text.length - TEXT_SHOWN) + 1 || text.length - TEXT_SHOWN;
    const hidden = text.length - (text.length - from);
    return html`<div class="more">
        <span>${hidden.toLocaleString()} characters before this are folded.</span>
        <button class="button" type="button" @click=${() => this.#unfold(key)}>Show all</button>
      </div>
      ${this.#lines(text.slice(from), kind)}`;
  }

  /** Much text scrolls within its output, and its end stays in sight while it grows. */
  #lines(text: string, kind: string): TemplateResult {
    const long = text.length > LONG_TEXT && kind !== "error";
    const words = unsafeHTML(ansiHtml(text));
    if (!long) return html`<pre class=${kind}>${words}</pre>`;
    return html`<pre class=${`${kind} long`} tabindex="0" @scroll=${this.#scrolled}>${words}</pre>`;
  }

  readonly #scrolled = (event: Event): void => {
    const text = event.target as HTMLElement;
    const left = text.scrollHeight - text.scrollTop - text.clientHeight;
    if (left > 8) this.#read.add(text);
    else this.#read.delete(text);
  };

  override updated(): void {
    for (const text of this.renderRoot.querySelectorAll<HTMLElement>("pre.long"))
      if (!this.#read.has(text)) text.scrollTop = text.scrollHeight;
  }

  #unfold(key: number): void {
    this.#whole.add(key);
    this.#remake(key);
  }

  #remake(key: number): void {
    for (const live of this.state?.value.outputs ?? []) if (live.key === key) this.#made.delete(live);
    this.requestUpdate();
  }

  #cut(cut: { readonly bytes: number; readonly file: string }): TemplateResult {
    const size = `${(cut.bytes / 1e6).toFixed(1)} MB`;
    return html`<div class="more">
      <ep-icon name="file"></ep-icon>
      <span>This output is longer: ${size} more are in a file on the node.</span>
      <button class="button" type="button" @click=${() => this.#download(cut.file)}>Download all of it</button>
    </div>`;
  }

  #download(file: string): void {
    this.dispatchEvent(new CustomEvent("download-log", { detail: file, bubbles: true, composed: true }));
  }
}
customElements.define("ep-outputs", EpOutputs);

/** <ep-html-output>: cleaned HTML in a root of its own, so that its styles end there. */
class EpHtmlOutput extends EpElement {
  static override properties = { html: { attribute: false } };
  declare html: string;

  static override styles = [
    proseStyles,
    css`
      :host {
        display: block;
        contain: content;
        overflow-x: auto;
      }
    `,
  ];

  constructor() {
    super();
    this.html = "";
  }

  override render(): TemplateResult {
    return html`${unsafeHTML(cleanHtml(this.html))}`;
  }
}
customElements.define("ep-html-output", EpHtmlOutput);
