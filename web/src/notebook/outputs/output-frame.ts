/**
 * <ep-output-frame>: HTML and scripts of people in a frame of an origin of its own. The frame's page is /frames/output.html, which
 * the relay serves boxed in: it has no cookies, no storage, and cannot reach the app's page.
 */
import { css, html, LitElement, type TemplateResult } from "lit";

/** Output taller than this scrolls within its frame. */
const MAX_HEIGHT = 2000;

/** See the file's comment. */
export class EpOutputFrame extends LitElement {
  static override properties = { mime: {}, data: { attribute: false } };
  declare mime: string;
  declare data: string;
  #alive = new AbortController();

  static override styles = css`
    :host {
      display: block;
    }
    iframe {
      display: block;
      width: 100%;
      height: 24px;
      border: 0;
      background: transparent;
      color-scheme: normal;
    }
  `;

  constructor() {
    super();
    this.mime = "text/html";
    this.data = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    window.addEventListener("message", this.#receive, { signal: this.#alive.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
  }

  override render(): TemplateResult {
    return html`<iframe
      src="/frames/output.html"
      title="Output"
      sandbox="allow-scripts allow-popups allow-downloads"
      referrerpolicy="no-referrer"
      @load=${this.#send}
    ></iframe>`;
  }

  override updated(changed: Map<string, unknown>): void {
    // A new output is a new page: what the old one started ends with it.
    if (changed.get("data") !== undefined && changed.has("data")) {
      const frame = this.#frame;
      if (frame) frame.src = "/frames/output.html";
    }
  }

  get #frame(): HTMLIFrameElement | null {
    return this.renderRoot.querySelector("iframe");
  }

  readonly #send = (): void => {
    const style = getComputedStyle(this);
    const message = {
      type: "show",
      mime: this.mime,
      data: this.data,
      color: style.color,
      font: style.fontFamily,
      scheme: document.documentElement.dataset.theme === "light" ? "light" : "dark",
    };
    // The frame's origin is opaque: nobody else can be there, and "*" is the only address it has.
    this.#frame?.contentWindow?.postMessage(message, "*");
  };

  readonly #receive = (event: MessageEvent<unknown>): void => {
    const frame = this.#frame;
    if (!frame || event.source !== frame.contentWindow) return;
    const { type, height } = (event.data ?? {}) as { type?: unknown; height?: unknown };
    if (type === "size" && typeof height === "number" && Number.isFinite(height))
      frame.style.height = `${Math.min(MAX_HEIGHT, Math.max(8, Math.ceil(height)))}px`;
  };
}
customElements.define("ep-output-frame", EpOutputFrame);
