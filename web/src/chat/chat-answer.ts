/** <ep-chat-answer>: one column's answer in a turn, its tokens with their probabilities, and what can be done with it. */
import { css, html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { cleanHtml, renderMarkdown } from "../notebook/markdown.ts";
import { katexStyles } from "../notebook/outputs/katex-styles.ts";
import { proseStyles } from "../notebook/outputs/styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { type Answer, shownOf, type Token, type Version } from "./conversation.ts";

/** See the file's comment. Tells `again`, `show` (detail: number of the try) and `stop`. */
export class EpChatAnswer extends EpElement {
  static override properties = {
    answer: { attribute: false },
    model: {},
    chances: { type: Boolean },
    at: { state: true },
  };
  declare answer: Answer | undefined;
  declare model: string;
  /** Whether tokens are shown with their probabilities; else text is formatted. */
  declare chances: boolean;
  /** Number of the token that is looked at; -1: none. */
  declare at: number;
  #formatted: { text: string; html: string } | undefined;

  static override styles = [
    sharedStyles,
    proseStyles,
    katexStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      article {
        display: grid;
        gap: 4px;
        height: 100%;
        grid-template-rows: auto 1fr auto;
        padding: 10px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
      }
      header {
        display: flex;
        gap: 8px;
        align-items: baseline;
        min-width: 0;
        color: var(--quiet);
        font-size: 12px;
      }
      header strong {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
      }
      .figures {
        margin-left: auto;
        white-space: nowrap;
      }
      .text {
        min-width: 0;
        min-height: 1.5em;
        line-height: 1.55;
        overflow-wrap: anywhere;
      }
      .plain {
        white-space: pre-wrap;
      }
      .tokens {
        border-radius: 4px;
      }
      .tokens span {
        border-bottom: 2px solid
          color-mix(in srgb, var(--bad) calc((1 - var(--chance)) * 80%), transparent);
      }
      .tokens span[data-at] {
        background: var(--selection);
      }
      .caret {
        display: inline-block;
        width: 0.5em;
        height: 1em;
        vertical-align: text-bottom;
        background: var(--accent);
      }
      .trouble {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        margin: 4px 0 0;
        padding: 8px 10px;
        border: 1px solid var(--bad);
        border-radius: var(--radius);
        overflow-wrap: anywhere;
      }
      .trouble ep-icon {
        color: var(--bad);
        margin-top: 2px;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px;
        color: var(--quiet);
        font-size: 12px;
        --icon-size: 14px;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        width: max-content;
        max-width: calc(100vw - 16px);
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow);
        pointer-events: none;
      }
      .top {
        display: grid;
        grid-template-columns: minmax(40px, max-content) 80px max-content;
        gap: 2px 10px;
        align-items: center;
        margin: 0;
        font-size: 12px;
      }
      .top code {
        font-family: var(--mono);
        white-space: pre;
      }
      .bar {
        height: 6px;
        border-radius: 3px;
        background: linear-gradient(
          to right,
          var(--accent) calc(var(--chance) * 100%),
          var(--line) calc(var(--chance) * 100%)
        );
      }
      .chosen {
        color: var(--accent);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.model = "";
    this.chances = false;
    this.at = -1;
  }

  override render(): TemplateResult {
    const version = shownOf(this.answer);
    const name = version?.model ?? this.model;
    return html`<article aria-label=${`Answer of ${name}`} aria-busy=${version?.state === "writing"}>
      <header>
        <strong title=${name}>${name}</strong>
        <span class="figures num">${version ? figures(version) : ""}</span>
      </header>
      <div>
        ${version ? this.#text(version) : html`<p class="text quiet">Not asked.</p>`}
        ${version?.state === "failed" ? this.#trouble(version) : nothing}
      </div>
      <footer>${this.#footer(version)}</footer>
      <div id="chance" popover="manual" role="tooltip">${this.#chance(version?.tokens[this.at])}</div>
    </article>`;
  }

  override updated(): void {
    const panel = this.renderRoot.querySelector<HTMLElement>("#chance");
    const token = this.renderRoot.querySelector<HTMLElement>(".tokens span[data-at]");
    if (!panel || !this.isConnected) return;
    if (!token) {
      panel.hidePopover();
      return;
    }
    panel.showPopover();
    const place = token.getClientRects()[0] ?? token.getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    panel.style.left = `${Math.max(8, Math.min(place.left, innerWidth - box.width - 8))}px`;
    const above = place.top - box.height - 6;
    panel.style.top = `${above >= 8 ? above : place.bottom + 6}px`;
  }

  #text(version: Version): TemplateResult | typeof nothing {
    const caret = version.state === "writing" ? html`<span class="caret"></span>` : nothing;
    if (this.chances && version.tokens.length > 0)
      return html`<div
        class="text plain tokens"
        tabindex="0"
        role="group"
        aria-label="Tokens: the arrow keys show how likely each was"
        aria-describedby="chance"
        @pointermove=${this.#look}
        @pointerdown=${this.#look}
        @pointerleave=${this.#leave}
        @blur=${this.#leave}
        @keydown=${this.#key}
      >${version.tokens.map(
        ({ text, chance }, n) =>
          html`<span data-n=${n} ?data-at=${n === this.at} style=${`--chance: ${chance.toFixed(3)}`}>${text}</span>`,
      )}${caret}</div>`;
    if (version.state === "writing" || version.text === "")
      return version.state === "failed" && version.text === ""
        ? nothing
        : html`<div class="text plain">${version.text}${caret}${
            version.text === "" && version.state !== "writing"
              ? html`<span class="quiet">(no text)</span>`
              : nothing
          }</div>`;
    if (this.#formatted?.text !== version.text)
      this.#formatted = { text: version.text, html: cleanHtml(renderMarkdown(version.text)) };
    return html`<div class="text prose">${unsafeHTML(this.#formatted.html)}</div>`;
  }

  #trouble({ trouble }: Version): TemplateResult {
    return html`<p class="trouble" role="alert">
      <ep-icon name="alert"></ep-icon><span>${trouble}</span>
    </p>`;
  }

  #footer(version: Version | undefined): TemplateResult {
    const { versions = [], shown = 0 } = this.answer ?? {};
    const writing = version?.state === "writing";
    const tell = (type: string, detail?: number) => () =>
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: false }));
    return html`
      ${
        writing
          ? html`<button class="button icon" type="button" aria-label="Stop this answer" title="Stop" @click=${tell("stop")}>
              <ep-icon name="square"></ep-icon>
            </button>`
          : html`<button
              class="button icon"
              type="button"
              aria-label=${`${version ? "Try again" : "Ask"}: ${this.model}`}
              title=${version ? "Try again" : "Ask"}
              @click=${tell("again")}
            >
              <ep-icon name="rotate"></ep-icon>
            </button>`
      }
      ${
        version && version.text !== ""
          ? html`<button
              class="button icon"
              type="button"
              aria-label="Copy the answer"
              title="Copy"
              @click=${() => void navigator.clipboard.writeText(version.text)}
            >
              <ep-icon name="copy"></ep-icon>
            </button>`
          : nothing
      }
      ${
        versions.length > 1
          ? html`<button
                class="button icon"
                type="button"
                aria-label="The try before"
                ?disabled=${shown === 0 || writing}
                @click=${tell("show", shown - 1)}
              >
                <ep-icon name="chevronLeft"></ep-icon></button
              ><span class="num">${shown + 1} of ${versions.length}</span
              ><button
                class="button icon"
                type="button"
                aria-label="The next try"
                ?disabled=${shown === versions.length - 1 || writing}
                @click=${tell("show", shown + 1)}
              >
                <ep-icon name="chevronRight"></ep-icon>
              </button>`
          : nothing
      }
    `;
  }

  #chance(token: Token | undefined): TemplateResult | typeof nothing {
    if (!token) return nothing;
    const others = token.top.filter(({ text }) => text !== token.text);
    const row = (
      text: string,
      chance: number,
      chosen: boolean,
    ) => html`<code class=${chosen ? "chosen" : ""}>${visible(text)}</code>
      <span class="bar" style=${`--chance: ${chance}`}></span><span class="num">${percent(chance)}</span>`;
    return html`<div class="top">
      ${row(token.text, token.chance, true)}${others.map(({ text, chance }) => row(text, chance, false))}
    </div>`;
  }

  readonly #look = (event: PointerEvent): void => {
    const token = event.target instanceof HTMLElement ? event.target.dataset.n : undefined;
    this.at = token === undefined ? -1 : Number(token);
  };

  readonly #leave = (): void => {
    this.at = -1;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const last = (shownOf(this.answer)?.tokens.length ?? 0) - 1;
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at = Math.max(event.key === "Escape" ? -1 : 0, Math.min(last, to));
  };
}
customElements.define("ep-chat-answer", EpChatAnswer);

/** What is told of an answer in a line: its speed, and why it ended where that says something. */
function figures({ state, finish, completionTokens, firstMs, allMs }: Version): string {
  const parts: string[] = [];
  if (state === "writing") return firstMs === 0 ? "waiting" : "writing";
  if (state === "stopped") parts.push("stopped");
  if (finish === "length") parts.push("cut at the limit");
  if (completionTokens > 0) {
    const rate = (completionTokens * 1000) / Math.max(1, allMs);
    parts.push(`${completionTokens} tokens`, `${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)}/s`);
  }
  return parts.join(" · ");
}

function percent(chance: number): string {
  return chance >= 0.0995 ? `${(chance * 100).toFixed(0)} %` : `${(chance * 100).toPrecision(2)} %`;
}

/** Spaces and line ends, which nobody would see. */
function visible(text: string): string {
  return text === ""
    ? "(part of a character)"
    : text.replaceAll(" ", "␣").replaceAll("\n", "⏎").replaceAll("\t", "⇥");
}
