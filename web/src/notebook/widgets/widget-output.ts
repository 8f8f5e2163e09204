/** <ep-widget-output>: a view of one widget, in a frame of an origin of its own; or words why there is none. */
import { applyOutput, NO_OUTPUTS, type OutputState } from "@eyepiece/protocol/kernel/outputs.ts";
import { signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import * as v from "valibot";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import { widgetsContext } from "./context.ts";
import type { ModelPresence, WidgetFrame } from "./hub.ts";
import { type FrameTheme, FromFrame, THEME_NAMES, type ToFrame } from "./messages.ts";

/** A widget that is taller scrolls within its frame. */
const MAX_HEIGHT = 2000;

const WORDS: Readonly<Record<Exclude<ModelPresence, "here" | "kept" | "closed">, string>> = {
  asking: "The kernel was asked for this widget; it answers when it is idle.",
  gone: "The kernel does not have this widget any more. Run the cell again to make it anew.",
  "no-kernel": "This is a widget of a kernel that is not running. Run the cell again to make it anew.",
  refused: "This widget needs the right to run this notebook.",
};

/** See the file's comment. `text` stands in for the widget. */
export class EpWidgetOutput extends EpElement implements WidgetFrame {
  static override properties = { model: {}, text: {} };
  declare model: string;
  declare text: string;
  readonly #hub = new Shared(this, widgetsContext);
  readonly #printed = signal<OutputState>(NO_OUTPUTS);
  #alive = new AbortController();
  #shown = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }
      iframe {
        display: block;
        width: 100%;
        height: 36px;
        border: 0;
        background: transparent;
      }
      p {
        margin: 0;
        color: var(--quiet);
        font-size: 12px;
      }
      pre {
        margin: 0 0 2px;
        font: 12px / 1.45 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.model = "";
    this.text = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    const { signal: alive } = this.#alive;
    window.addEventListener("message", this.#receive, { signal: alive });
    const themes = new MutationObserver(() => {
      if (this.#shown) this.send({ type: "theme", theme: theme() });
    });
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    alive.addEventListener("abort", () => themes.disconnect());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
    this.#hub.value.leave(this);
    this.#shown = false;
  }

  /** Tells the frame something. */
  send(message: ToFrame): void {
    // The frame's origin is opaque: nobody else can be there, and "*" is the only address it has.
    this.#frame?.contentWindow?.postMessage(message, "*");
  }

  printed(item: Parameters<WidgetFrame["printed"]>[0]): void {
    this.#printed.value = applyOutput(this.#printed.value, item);
  }

  override render(): TemplateResult | typeof nothing {
    const hub = this.#hub.value;
    void hub.changed.value;
    const presence = hub.presence(this.model);
    // What code closes is to be seen no more: a progress bar that is done, for one.
    if (presence === "closed") return nothing;
    if (presence !== "here" && presence !== "kept")
      return html`${this.text ? html`<pre>${this.text}</pre>` : nothing}<p role="status">${WORDS[presence]}</p>`;
    return html`<iframe
        src="/frames/widgets.html#${theme().scheme}"
        title="Widget"
        sandbox="allow-scripts allow-popups allow-downloads"
        referrerpolicy="no-referrer"
        ?inert=${!hub.mayUse() || presence === "kept"}
      ></iframe>
      ${presence === "kept" ? html`<p role="status">As it was kept. Run the cell again to use it.</p>` : nothing}
      ${this.#printed.value.outputs.length > 0 ? html`<ep-outputs .state=${this.#printed}></ep-outputs>` : nothing}`;
  }

  get #frame(): HTMLIFrameElement | null {
    return this.renderRoot.querySelector("iframe");
  }

  readonly #receive = (event: MessageEvent<unknown>): void => {
    const frame = this.#frame;
    if (!frame || event.source !== frame.contentWindow) return;
    const read = v.safeParse(FromFrame, event.data);
    if (!read.success) return;
    const message = read.output;
    const hub = this.#hub.value;
    switch (message.type) {
      case "ready":
        // Again, when the element was moved: the frame's page is another one then.
        hub.leave(this);
        hub.join(this);
        this.#shown = true;
        this.send({ type: "show", model: this.model, theme: theme() });
        return;
      case "size":
        frame.style.height = `${Math.min(MAX_HEIGHT, Math.max(8, Math.ceil(message.height)))}px`;
        return;
      default:
        hub.heard(this, message);
    }
  };
}
customElements.define("ep-widget-output", EpWidgetOutput);

function theme(): FrameTheme {
  const style = getComputedStyle(document.documentElement);
  return {
    scheme: document.documentElement.dataset.theme === "light" ? "light" : "dark",
    variables: Object.fromEntries(THEME_NAMES.map((name) => [name, style.getPropertyValue(name).trim()])),
  };
}
