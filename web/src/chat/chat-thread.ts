/** <ep-chat-thread>: what was said in the open conversation, and the field for what is said next. */
import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import "./chat-answer.ts";
import { type Conversation, type Turn, withShown } from "./conversation.ts";
import { conversations } from "./conversations.ts";

/** How near to its end the thread must be to follow what is written. */
const NEAR = 80;

/** See the file's comment. */
export class EpChatThread extends EpElement {
  static override properties = { editing: { state: true } };
  /** Id of the turn that is edited. */
  declare editing: string;
  #follows = true;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        min-height: 0;
        min-width: 0;
      }
      .thread {
        overflow-y: auto;
        padding: 16px;
      }
      .turn {
        display: grid;
        gap: 10px;
        max-width: 1600px;
        margin: 0 auto 20px;
      }
      .said {
        display: flex;
        gap: 6px;
        justify-self: end;
        align-items: flex-start;
        max-width: min(100%, 760px);
      }
      .said p {
        margin: 0;
        padding: 8px 12px;
        border-radius: var(--radius);
        background: var(--selection);
        line-height: 1.5;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .answers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
        gap: 10px;
      }
      .one {
        max-width: 920px;
        width: 100%;
        margin-inline: auto;
      }
      form {
        display: flex;
        gap: 8px;
        align-items: flex-end;
        /* As wide as the turns above it, on any screen. */
        padding: 10px max(16px, calc((100% - 1600px) / 2));
        border-top: 1px solid var(--line);
        background: var(--panel);
      }
      form.edit {
        width: min(100%, 760px);
        padding: 0;
        border: 0;
        background: none;
      }
      textarea {
        flex: 1;
        height: auto !important;
        min-height: 36px;
        max-height: 40vh;
        padding: 8px 10px !important;
        font: inherit;
        line-height: 1.45;
        resize: none;
        field-sizing: content;
      }
      form .button {
        height: max(36px, var(--hit));
      }
      .hint {
        margin: 12vh auto 0;
        max-width: 420px;
        text-align: center;
        color: var(--quiet);
      }
      @media (max-width: 700px) {
        .thread {
          padding: 12px;
        }
        form {
          padding: 8px 12px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.editing = "";
  }

  override render(): TemplateResult {
    const { current } = conversations;
    if (!current) return html``;
    const writing = conversations.writing(current.id);
    return html`
      <div class="thread" role="log" aria-label="Conversation" aria-live="off" tabindex="0" @scroll=${this.#scrolled}>
        ${
          current.turns.length === 0
            ? html`<p class="hint">
                Say something to ${current.models.length > 1 ? "the models" : "the model"}. The first answer of a model that does not
                run yet takes some seconds.
              </p>`
            : repeat(
                current.turns,
                ({ id }) => id,
                (turn, n) => this.#turn(current, turn, n),
              )
        }
      </div>
      <span class="hidden-text" role="status">${writing ? "Writing" : current.turns.length > 0 ? "Done" : ""}</span>
      <form @submit=${this.#send}>
        <textarea
          class="field"
          rows="1"
          aria-label="Message"
          placeholder="Message"
          @keydown=${this.#key}
        ></textarea>
        ${
          writing
            ? html`<button class="button framed" type="button" @click=${() => conversations.stop(current.id)}>
                <ep-icon name="square"></ep-icon>Stop
              </button>`
            : html`<button class="button primary" type="submit"><ep-icon name="arrowUp"></ep-icon>Send</button>`
        }
      </form>
    `;
  }

  override updated(): void {
    const thread = this.renderRoot.querySelector(".thread");
    if (thread && this.#follows) thread.scrollTop = thread.scrollHeight;
  }

  #turn(conversation: Conversation, turn: Turn, n: number): TemplateResult {
    const alone = turn.answers.length === 1;
    return html`<section class=${alone ? "turn one" : "turn"} aria-label=${`Turn ${n + 1}`}>
      ${turn.id === this.editing ? this.#edit(turn, n) : this.#said(turn)}
      <div class="answers">
        ${turn.answers.map(
          (answer, column) => html`<ep-chat-answer
            .answer=${answer}
            .model=${conversation.models[column] ?? ""}
            ?chances=${conversations.chances.value}
            @again=${() => conversations.again(n, column)}
            @stop=${() => conversations.stop(conversation.id, column)}
            @show=${(event: CustomEvent<number>) =>
              conversations.change((one) => withShown(one, n, column, event.detail))}
          ></ep-chat-answer>`,
        )}
      </div>
    </section>`;
  }

  #said(turn: Turn): TemplateResult {
    return html`<div class="said">
      <button
        class="button icon"
        type="button"
        aria-label=${`Edit: ${turn.text.slice(0, 60)}`}
        title="Edit; what follows is asked anew"
        @click=${() => void this.#begin(turn)}
      >
        <ep-icon name="pencil"></ep-icon>
      </button>
      <p>${turn.text}</p>
    </div>`;
  }

  #edit(turn: Turn, n: number): TemplateResult {
    const done = (event: Event): void => {
      event.preventDefault();
      const text = this.renderRoot.querySelector<HTMLTextAreaElement>("form.edit textarea")?.value ?? "";
      if (text.trim() === "") return;
      this.editing = "";
      this.#follows = true;
      conversations.edit(n, text);
    };
    return html`<form class="edit said" @submit=${done}>
      <textarea
        class="field"
        rows="2"
        aria-label="Edited message"
        .value=${live(turn.text)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Escape") this.editing = "";
          else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) done(event);
        }}
      ></textarea>
      <button class="button primary" type="submit">Ask again</button>
      <button class="button" type="button" @click=${() => {
        this.editing = "";
      }}>Cancel</button>
    </form>`;
  }

  async #begin(turn: Turn): Promise<void> {
    this.editing = turn.id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLTextAreaElement>("form.edit textarea")?.focus();
  }

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>("form:not(.edit) textarea");
    const { current } = conversations;
    if (!field || !current || field.value.trim() === "" || conversations.writing(current.id)) return;
    this.#follows = true;
    conversations.say(field.value);
    field.value = "";
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send(event);
    else if (event.key === "Escape" && conversations.current) conversations.stop(conversations.current.id);
  };

  readonly #scrolled = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement;
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR;
  };
}
customElements.define("ep-chat-thread", EpChatThread);
