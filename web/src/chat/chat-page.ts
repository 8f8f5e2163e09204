/** <ep-chat-page>: conversations with the node's models, side by side; the list, the thread and the controls. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, sentenceOf } from "../ui/loaded.ts";
import "../ui/popover.ts";
import { ago } from "../ui/when.ts";
import { chatPageStyles } from "./chat-page-styles.ts";
import "./chat-controls.ts";
import "./chat-thread.ts";
import { findModel, listModels, type ModelInfo } from "./completions.ts";
import { type Conversation, MAX_COLUMNS, titleOf, withModels, withoutColumn } from "./conversation.ts";
import { conversations } from "./conversations.ts";
import { EXPORTS, type ExportKind, exported } from "./export.ts";

/** See the file's comment. */
export class EpChatPage extends EpElement {
  static override properties = { side: { state: true } };
  /** Which panel is open where the window is too narrow for all. */
  declare side: "" | "list" | "controls";
  readonly #router = new Shared(this, routerContext);
  readonly #person = new Shared(this, personContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #models = new Loaded(this, async () => [...(await listModels()), ...this.#unlisted.values()]);
  /** Models that are in no list, such as the checkpoints of jobs, by name; undefined for those that there are not. */
  readonly #asked = new Map<string, Promise<ModelInfo | undefined>>();
  readonly #unlisted = new Map<string, ModelInfo>();
  #finished = 0;

  static override styles = [sharedStyles, chatPageStyles];

  constructor() {
    super();
    this.side = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    queueMicrotask(() => {
      this.#router.value.setTitle("Chat");
      const told = (cause: unknown) =>
        this.#notices.value.show("warn", `This browser keeps no conversations: ${sentenceOf(cause)}`);
      void conversations.begin(this.#person.value.person?.id ?? "", told);
    });
  }

  override updated(): void {
    // A model that answered runs now, and is marked so.
    const finished = conversations.finished.peek();
    if (finished === this.#finished) return;
    this.#finished = finished;
    void this.#models.again();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#router.value.setTitle("");
  }

  override render(): TemplateResult {
    const models = this.#models.value;
    if (!models) return this.#waiting();
    if (!conversations.read.value)
      return html`<p class="loading" role="status">Reading the conversations of this browser.</p>`;
    if (models.length === 0 && conversations.all.value.length === 0) return this.#empty();
    const { current } = conversations;
    const route = this.#router.value.route.value;
    if (route.page === "chat" && route.model !== "") {
      queueMicrotask(() => void this.#beginWith(route.model, models));
      return html``;
    }
    if (!current) {
      // Not while drawing: what is drawn would change it.
      const [first] = models;
      queueMicrotask(() => {
        if (!conversations.current && first) conversations.start([first.id]);
      });
      return html``;
    }
    return html`
      <aside class="list" id="list" aria-label="Conversations" @keydown=${this.#key} ?data-open=${this.side === "list"}>${this.#list(current, models)}</aside>
      <div class="middle">
        ${this.#bar(current, models)}
        ${
          this.#models.trouble
            ? html`<p class="trouble" role="status"><ep-icon name="alert"></ep-icon>${this.#models.trouble}</p>`
            : nothing
        }
        <ep-chat-thread></ep-chat-thread>
      </div>
      <aside class="controls" id="controls" aria-label="Settings of the conversation" @keydown=${this.#key} ?data-open=${this.side === "controls"}>
        <ep-chat-controls></ep-chat-controls>
      </aside>
      ${this.side === "" ? nothing : html`<div class="shade" @click=${this.#closeSide}></div>`}
    `;
  }

  /** A link names a model: a conversation with it begins, and the address is the page's own again. */
  async #beginWith(model: string, models: readonly ModelInfo[]): Promise<void> {
    this.#router.value.go({ page: "chat", model: "" }, { replace: true });
    if (models.some(({ id }) => id === model) || (await this.#seek(model))) conversations.start([model]);
    else
      this.#notices.value.show(
        "warn",
        `There is no model ${model} on this node, or it is not yours. Choose another.`,
      );
  }

  /** Asks once for a model that is not in the list. */
  #seek(model: string): Promise<ModelInfo | undefined> {
    const asked =
      this.#asked.get(model) ??
      findModel(model)
        .catch(() => undefined)
        .then(async (found) => {
          if (found) {
            this.#unlisted.set(model, found);
            await this.#models.again();
          }
          return found;
        });
    this.#asked.set(model, asked);
    return asked;
  }

  #waiting(): TemplateResult {
    return this.#models.trouble
      ? html`<section class="empty" role="alert">
          <h1>Chat</h1>
          <p>${this.#models.trouble}</p>
          <button class="button framed" type="button" @click=${() => void this.#models.again()}>Try again</button>
        </section>`
      : html`<p class="loading" role="status">Asking the node for its models.</p>`;
  }

  #empty(): TemplateResult {
    return html`<section class="empty">
      <h1>Chat</h1>
      <p>
        There is no model on this node yet. A model is a folder as Transformers saves it: <code>config.json</code>, a tokenizer and
        <code>*.safetensors</code>. Put one into the folder <code>models</code> of the node, which is
        <code>~/.eyepiece/node/models</code> unless it was started with another. With Python on that machine:
      </p>
      <pre><code>import os
from transformers import AutoModelForCausalLM, AutoTokenizer
name, folder = "HuggingFaceTB/SmolLM2-135M-Instruct", "~/.eyepiece/node/models/SmolLM2-135M"
for kind in (AutoModelForCausalLM, AutoTokenizer):
    kind.from_pretrained(name).save_pretrained(os.path.expanduser(folder))</code></pre>
      <p>It is in the list at once; a LoRA adapter beside its base is a model, too.</p>
      <button class="button primary" type="button" @click=${() => void this.#models.again()}>
        <ep-icon name="rotate"></ep-icon>Look again
      </button>
    </section>`;
  }

  #bar(current: Conversation, models: readonly ModelInfo[]): TemplateResult {
    const toggle = (side: "list" | "controls", icon: "list" | "sliders", label: string) => html`<button
      class=${`button icon narrow-${side}`}
      type="button"
      aria-label=${label}
      title=${label}
      aria-expanded=${this.side === side}
      aria-controls=${side}
      @click=${() => {
        this.side = this.side === side ? "" : side;
      }}
    >
      <ep-icon name=${icon}></ep-icon>
    </button>`;
    return html`<div class="bar" role="group" aria-label="Models" @keydown=${this.#key}>
      ${toggle("list", "list", "Conversations")}
      <div class="columns">
        ${current.models.map((model, column) => this.#column(current, models, model, column))}
        ${
          current.models.length < MAX_COLUMNS
            ? html`<button
                class="button icon"
                type="button"
                aria-label="Add a model beside"
                title="Add a model beside"
                @click=${() => this.#add(models)}
              >
                <ep-icon name="plus"></ep-icon>
              </button>`
            : nothing
        }
      </div>
      <ep-popover label="Export" icon="download">
        <div class="menu">
          ${EXPORTS.map(
            ({ kind, words }) =>
              html`<button class="button" type="button" ?disabled=${current.turns.length === 0} @click=${() => save(current, kind)}>
                ${words}
              </button>`,
          )}
        </div>
      </ep-popover>
      ${toggle("controls", "sliders", "Settings of the conversation")}
    </div>`;
  }

  #column(
    current: Conversation,
    models: readonly ModelInfo[],
    model: string,
    column: number,
  ): TemplateResult {
    const known = models.some(({ id }) => id === model);
    if (!known) void this.#seek(model);
    const label = current.models.length > 1 ? `Model ${column + 1}` : "Model";
    return html`<span class="column">
      <select
        class="field"
        aria-label=${label}
        title=${model}
        .value=${live(model)}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          conversations.changeColumns((one) =>
            withModels(
              one,
              one.models.map((before, n) => (n === column ? value : before)),
            ),
          );
        }}
      >
        ${known ? nothing : html`<option value=${model} selected>${model} (not here)</option>`}
        ${models.map(
          ({ id, adapter, state }) =>
            html`<option value=${id} ?selected=${id === model}>
              ${id}${adapter ? " (adapter)" : ""}${state === "running" ? " ●" : ""}
            </option>`,
        )}
      </select>
      ${
        current.models.length > 1
          ? html`<button
              class="button icon"
              type="button"
              aria-label=${`Remove model ${column + 1}`}
              @click=${() => conversations.changeColumns((one) => withoutColumn(one, column))}
            >
              <ep-icon name="close"></ep-icon>
            </button>`
          : nothing
      }
    </span>`;
  }

  #list(current: Conversation, models: readonly ModelInfo[]): TemplateResult {
    const fresh = () => {
      conversations.start(
        current.models.length > 0 ? current.models : models.slice(0, 1).map(({ id }) => id),
      );
      this.side = "";
    };
    return html`<button class="button framed new" type="button" @click=${fresh}>
        <ep-icon name="plus"></ep-icon>New conversation
      </button>
      <ul>
        ${repeat(
          conversations.all.value,
          ({ id }) => id,
          (one) => html`<li ?data-here=${one.id === current.id}>
            <button
              class="open"
              type="button"
              aria-current=${one.id === current.id ? "true" : "false"}
              @click=${() => {
                conversations.open(one.id);
                this.side = "";
              }}
            >
              <span class="name">${titleOf(one)}</span>
              <span class="when num">${conversations.writing(one.id) ? "writing" : ago(one.updatedMs)}</span>
            </button>
            <button
              class="button icon"
              type="button"
              aria-label=${`Delete: ${titleOf(one)}`}
              title="Delete"
              @click=${() => void this.#forget(one)}
            >
              <ep-icon name="trash"></ep-icon>
            </button>
          </li>`,
        )}
      </ul>
      <p class="quiet note">Conversations are kept in this browser only.</p>`;
  }

  #add(models: readonly ModelInfo[]): void {
    conversations.changeColumns((one) => {
      const other = models.find(({ id }) => !one.models.includes(id)) ?? models[0];
      return other ? withModels(one, [...one.models, other.id]) : one;
    });
  }

  async #forget(conversation: Conversation): Promise<void> {
    if (conversation.turns.length > 0) {
      const asked = await this.#confirm.value.ask({
        title: "Delete this conversation?",
        words: `"${titleOf(conversation)}" with ${conversation.turns.length} ${conversation.turns.length === 1 ? "turn" : "turns"} is kept nowhere else.`,
        action: "Delete",
        grave: true,
      });
      if (asked === undefined) return;
    }
    await conversations
      .forget(conversation.id)
      .catch((cause: unknown) => this.#notices.value.show("bad", `It was not deleted: ${sentenceOf(cause)}`));
  }

  readonly #closeSide = (): void => {
    this.side = "";
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#closeSide();
  };
}
customElements.define("ep-chat-page", EpChatPage);

/** Hands a conversation to the person as a file. */
function save(conversation: Conversation, kind: ExportKind): void {
  const { name, text } = exported(conversation, kind);
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
