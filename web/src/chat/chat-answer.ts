/** <ep-chat-answer>: one column's answer in a turn, its tokens with their probabilities, and what can be done with it. */
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { cleanHtml, renderMarkdown } from "../notebook/markdown.ts";
import { katexStyles } from "../notebook/outputs/katex-styles.ts";
import { proseStyles } from "../notebook/outputs/styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { copyText } from "../ui/secret.ts";
import { chatAnswerStyles } from "./chat-answer-styles.ts";
import { findModel } from "./completions.ts";
import { type Answer, shownOf, type Token, type Version } from "./conversation.ts";

/** How long an answer may let wait before it is told why, and how often that is looked at. */
const LOOK_MS = 1000;
/** How long a copy is said to be one. */
const COPIED_MS = 2000;

/** See the file's comment. Tells `again`, `show` (detail: number of the try) and `stop`. */
export class EpChatAnswer extends EpElement {
  static override properties = {
    answer: { attribute: false },
    model: {},
    chances: { type: Boolean },
    at: { state: true },
    doing: { state: true },
    copied: { state: true },
  };
  declare answer: Answer | undefined;
  declare model: string;
  /** Whether tokens are shown with their probabilities; else text is formatted. */
  declare chances: boolean;
  /** Number of the token that is looked at; -1: none. */
  declare at: number;
  /** What is done before the model can answer; empty where nothing is, or it answers. */
  declare doing: string;
  declare copied: boolean;
  readonly #notices = new Shared(this, noticesContext);
  #looking: ReturnType<typeof setTimeout> | undefined;
  #formatted: { text: string; html: string } | undefined;

  static override styles = [sharedStyles, proseStyles, katexStyles, chatAnswerStyles];

  constructor() {
    super();
    this.model = "";
    this.chances = false;
    this.at = -1;
    this.doing = "";
    this.copied = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#looking);
    this.#looking = undefined;
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

  /** While nothing is written yet, the node is asked what it is doing: a first answer may wait for an environment or a load. */
  #watch(version: Version | undefined): void {
    const waiting = version?.state === "writing" && version.text === "" && this.isConnected;
    if (waiting) this.#looking ??= setTimeout(() => void this.#look(version.model), LOOK_MS);
    else {
      clearTimeout(this.#looking);
      this.#looking = undefined;
      this.doing = "";
    }
  }

  async #look(model: string): Promise<void> {
    // The answer itself says what went wrong.
    const found = await findModel(model).catch(() => undefined);
    this.#looking = undefined;
    this.doing = found?.doing ?? "";
    this.#watch(shownOf(this.answer));
  }

  async #copy(text: string): Promise<void> {
    this.copied = await copyText(text);
    if (!this.copied)
      this.#notices.value.show("warn", "The browser does not let this page copy: select the text instead.");
    else
      setTimeout(() => {
        this.copied = false;
      }, COPIED_MS);
  }

  override updated(): void {
    this.#watch(shownOf(this.answer));
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
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${this.#leave}
        @blur=${this.#leave}
        @keydown=${this.#key}
      >${version.tokens.map(
        ({ text, chance }, n) =>
          html`<span data-n=${n} ?data-at=${n === this.at} style=${`--chance: ${chance.toFixed(3)}`}>${text}</span>`,
      )}${caret}</div>`;
    if (version.state === "writing" && version.text === "" && this.doing !== "")
      return html`<div class="text quiet" role="status">${this.doing}</div>`;
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
              @click=${() => void this.#copy(version.text)}
            >
              <ep-icon name=${this.copied ? "check" : "copy"}></ep-icon>
            </button>
            <span class="hidden-text" role="status">${this.copied ? "Copied." : ""}</span>`
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

  readonly #point = (event: PointerEvent): void => {
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
