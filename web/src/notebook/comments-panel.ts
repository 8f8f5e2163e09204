/** <ep-comments-panel>: what was said about cells, thread by thread, and a field for the selected one. */
import type { Comment } from "@eyepiece/protocol/notebook/comment.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import type { NotebookView } from "./notebook-view.ts";

/** See the file's comment. `me` is the person's id: their own words can be changed. */
export class EpCommentsPanel extends EpElement {
  static override properties = { view: { attribute: false }, me: {} };
  declare view: NotebookView | undefined;
  declare me: string;
  readonly #notices = new Shared(this, noticesContext);
  #settled = false;
  #changing: string | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100%;
        font-size: 12px;
      }
      .threads {
        flex: 1;
      }
      article {
        padding: 8px 12px;
        border-bottom: 1px solid var(--line);
      }
      article[aria-current="true"] {
        background: var(--selection);
      }
      .cell {
        display: block;
        width: 100%;
        padding: 0;
        border: 0;
        background: none;
        color: var(--quiet);
        font: 11px var(--mono);
        text-align: left;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
        cursor: pointer;
      }
      .one {
        margin-top: 6px;
      }
      .one p {
        margin: 2px 0;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .who {
        display: flex;
        gap: 6px;
        align-items: baseline;
        color: var(--quiet);
        font-size: 11px;
      }
      .who strong {
        color: var(--text);
      }
      .small {
        height: 22px;
        padding: 0 4px;
        font-size: 11px;
        color: var(--quiet);
      }
      form {
        position: sticky;
        bottom: 0;
        display: grid;
        gap: 6px;
        padding: 8px 12px;
        border-top: 1px solid var(--line);
        background: var(--panel);
      }
      textarea {
        min-height: 56px;
        height: auto;
        padding: 6px;
        resize: vertical;
        font: inherit;
        color: inherit;
      }
      .empty {
        padding: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.me = "";
  }

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    const cells = view.document.cells.value;
    const order = new Map(cells.map((cell, i) => [cell.id, i]));
    const threads = [...Map.groupBy(view.comments.list.value, (comment) => comment.cell)].sort(
      ([a], [b]) => (order.get(a) ?? cells.length) - (order.get(b) ?? cells.length),
    );
    const shown = threads.filter(([, list]) => this.#settled || list.some((one) => one.resolved_ms === null));
    const hidden =
      threads.length - threads.filter(([, list]) => list.some((one) => one.resolved_ms === null)).length;
    return html`<div class="threads">
        ${
          shown.length === 0
            ? html`<p class="quiet empty">
                Nothing is said ${hidden > 0 ? "that is not settled" : "yet"}. Select a cell and write below: everybody who may see the
                notebook reads it.
              </p>`
            : shown.map(([cell, list]) => this.#thread(view, cell, list))
        }
        ${
          hidden > 0
            ? html`<button class="button small" type="button" aria-pressed=${this.#settled ? "true" : "false"} @click=${() => {
                this.#settled = !this.#settled;
                this.requestUpdate();
              }}>
                ${this.#settled ? "Hide settled threads" : `Show ${hidden} settled`}
              </button>`
            : nothing
        }
      </div>
      ${view.mayComment ? this.#form(view) : nothing}`;
  }

  #thread(view: NotebookView, cell: string, list: readonly Comment[]): TemplateResult {
    const settled = list.every((one) => one.resolved_ms !== null);
    const source = view.document.cells.value.find((one) => one.id === cell)?.source.toString();
    const line = source?.split("\n").find((one) => one.trim() !== "") ?? "";
    return html`<article aria-current=${view.selection.active.value === cell ? "true" : "false"}>
      <button
        class="cell"
        type="button"
        title="Go to the cell"
        @click=${() => {
          view.selection.select(cell);
          view.page?.show(cell);
        }}
      >
        ${source === undefined ? "A cell that is gone" : line || "An empty cell"}
      </button>
      ${list.map((one) => this.#one(view, one))}
      ${
        view.mayComment
          ? html`<button class="button small" type="button" @click=${() => this.#do(view.comments.settle(cell, !settled))}>
              ${settled ? "Open again" : "Settle"}
            </button>`
          : nothing
      }
    </article>`;
  }

  #one(view: NotebookView, comment: Comment): TemplateResult {
    const own = comment.author === this.me;
    const when = new Date(comment.created_ms);
    if (this.#changing === comment.id) {
      return html`<form @submit=${(event: SubmitEvent) => this.#change(event, view, comment)}>
        <textarea class="field" name="text" aria-label="Your comment" .value=${comment.text}></textarea>
        <button class="button framed">Keep</button>
      </form>`;
    }
    return html`<div class="one">
      <div class="who">
        <strong>${comment.author_name}</strong>
        <time datetime=${when.toISOString()} title=${when.toLocaleString()}>${when.toLocaleDateString()}</time>
        ${comment.edited_ms === null ? nothing : html`<span>changed</span>`}
      </div>
      <p>${comment.text}</p>
      ${
        own && view.mayComment
          ? html`<button class="button small" type="button" @click=${() => {
              this.#changing = comment.id;
              this.requestUpdate();
            }}>Change</button>`
          : nothing
      }
      ${
        (own && view.mayComment) || view.mayEdit
          ? html`<button class="button small" type="button" @click=${() => this.#do(view.comments.remove(comment.id))}>Remove</button>`
          : nothing
      }
    </div>`;
  }

  #form(view: NotebookView): TemplateResult {
    const cell = view.selection.active.value;
    return html`<form @submit=${(event: SubmitEvent) => this.#say(event, view)}>
      <textarea
        class="field"
        name="text"
        maxlength="10000"
        placeholder="Say something about the selected cell"
        aria-label="Comment on the selected cell"
        ?disabled=${cell === undefined}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
            (event.target as HTMLTextAreaElement).form?.requestSubmit();
        }}
      ></textarea>
      <button class="button framed" ?disabled=${cell === undefined}>Comment</button>
    </form>`;
  }

  #say(event: SubmitEvent, view: NotebookView): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const text = String(new FormData(form).get("text") ?? "").trim();
    const cell = view.selection.active.value;
    if (text === "" || cell === undefined) return;
    this.#do(view.comments.say(cell, text).then(() => form.reset()));
  }

  #change(event: SubmitEvent, view: NotebookView, comment: Comment): void {
    event.preventDefault();
    const text = String(new FormData(event.target as HTMLFormElement).get("text") ?? "").trim();
    if (text === "") return;
    this.#changing = undefined;
    this.#do(view.comments.change(comment.id, text));
  }

  #do(work: Promise<void>): void {
    work.catch((cause: unknown) =>
      this.#notices.value.show("bad", cause instanceof Error ? cause.message : String(cause)),
    );
  }
}
customElements.define("ep-comments-panel", EpCommentsPanel);
