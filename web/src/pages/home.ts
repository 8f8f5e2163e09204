/** <ep-home>: the person's notebooks, the sessions of the node and its samples. A first visit goes on to the newest session. */
import { css, html, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { nodeContext, noticesContext } from "../services/contexts.ts";
import type { Sample, SessionInfo } from "../services/node.ts";
import { createNotebook, importNotebook, listNotebooks, type NotebookInfo } from "../services/notebooks.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";

/** A page that was loaded here may lead on by itself; who comes from another page asked for this one. */
let firstVisit = location.pathname === "/";

/** See the file's comment. */
export class EpHome extends EpElement {
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #router = new Shared(this, routerContext);
  #sessions: readonly SessionInfo[] | undefined;
  #samples: readonly Sample[] = [];
  #notebooks: readonly NotebookInfo[] | undefined;
  #busy = false;
  #trouble = "";
  #notebookTrouble = "";
  #kept = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        max-width: 1040px;
        padding: 24px;
      }
      h2 {
        font-size: 15px;
        margin: 0 0 12px;
      }
      section + section,
      p + section {
        margin-top: 32px;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        gap: 12px;
        padding: 0;
        margin: 0;
        list-style: none;
      }
      .card {
        display: flex;
        flex-direction: column;
        gap: 4px;
        width: 100%;
        min-height: 84px;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--text);
        text-align: left;
        text-decoration: none;
        cursor: pointer;
      }
      .card:hover {
        border-color: var(--line-strong);
        background: var(--raised);
      }
      .card strong {
        font-size: 14px;
      }
      .card img {
        width: 100%;
        aspect-ratio: 16 / 10;
        object-fit: cover;
        border-radius: 4px;
        background: #000;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 12px;
      }
      .head h2 {
        margin: 0;
      }
      .actions {
        display: flex;
        gap: 8px;
      }
      .actions label:focus-within {
        outline: 2px solid var(--accent);
      }
      .rows {
        list-style: none;
        margin: 0;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        overflow: hidden;
      }
      .rows a {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 8px 12px;
        background: var(--panel);
        color: var(--text);
        text-decoration: none;
      }
      .rows li + li a {
        border-top: 1px solid var(--line);
      }
      .rows a:hover {
        background: var(--raised);
      }
      .rows span {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .rows time {
        font-size: 12px;
        white-space: nowrap;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        font-size: 12px;
        color: var(--quiet);
      }
      .dot {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--colour);
      }
    `,
  ];

  override firstUpdated(): void {
    void this.#load();
    void this.#loadNotebooks();
  }

  async #loadNotebooks(): Promise<void> {
    try {
      const { items, kept } = await listNotebooks();
      this.#notebooks = [...items].sort((a, b) => b.updated_ms - a.updated_ms);
      this.#kept = kept;
      this.#notebookTrouble = "";
    } catch (cause) {
      this.#notebookTrouble = cause instanceof Error ? cause.message : String(cause);
    }
    this.requestUpdate();
  }

  async #newNotebook(): Promise<void> {
    await this.#toNotebook(() => createNotebook("Untitled"));
  }

  async #import(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file) await this.#toNotebook(() => importNotebook(file.name.replace(/\.ipynb$/i, ""), file));
  }

  async #toNotebook(make: () => Promise<string>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      this.#router.value.go({ page: "notebook", notebook: await make() });
    } catch (cause) {
      this.#notices.value.show("bad", cause instanceof Error ? cause.message : String(cause));
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }

  async #load(): Promise<void> {
    try {
      const [sessions, facts] = await Promise.all([this.#node.value.sessions(), this.#node.value.facts()]);
      // The newest comes first: what the command line has just opened, or the welcome.
      const newest = sessions[0];
      if (firstVisit && newest)
        this.#router.value.go({ page: "view", session: newest.session }, { replace: true });
      firstVisit = false;
      this.#sessions = sessions;
      this.#samples = facts.samples;
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    }
    this.requestUpdate();
  }

  async #create(title: string, open: readonly string[]): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      const session = await this.#node.value.createSession(title, open);
      this.#router.value.go({ page: "view", session: session.session });
    } catch (cause) {
      this.#notices.value.show("bad", cause instanceof Error ? cause.message : String(cause));
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }

  override render(): TemplateResult {
    return html`${this.#notebookSection()} ${this.#sessionSections()}`;
  }

  #notebookSection(): TemplateResult {
    const notebooks = this.#notebooks;
    return html`<section>
      <div class="head">
        <h2>Notebooks</h2>
        <div class="actions">
          <label class="button framed">
            <ep-icon name="upload"></ep-icon>Import
            <input
              class="hidden-text"
              type="file"
              accept=".ipynb,application/x-ipynb+json"
              aria-label="Import a notebook (.ipynb)"
              @change=${(event: Event) => void this.#import((event.target as HTMLInputElement).files)}
            />
          </label>
          <button class="button primary" type="button" ?disabled=${this.#busy} @click=${() => void this.#newNotebook()}>
            <ep-icon name="plus"></ep-icon>New notebook
          </button>
        </div>
      </div>
      ${this.#kept ? html`<p class="quiet">No network: these are kept on this browser.</p>` : ""}
      ${this.#notebookTrouble === "" ? "" : html`<p role="alert">${this.#notebookTrouble}</p>`}
      ${
        notebooks === undefined
          ? html`<p class="quiet" role="status">${this.#notebookTrouble === "" ? "Asking for your notebooks." : ""}</p>`
          : notebooks.length === 0
            ? html`<p class="quiet">None yet. A notebook's cells run on the node, and can show live viewers.</p>`
            : html`<ul class="rows">
                ${notebooks.slice(0, 50).map(
                  (one) => html`<li>
                    <a href=${`/notebook/${one.id}`}>
                      <ep-icon name="book"></ep-icon><span>${one.name}</span>
                      <time class="quiet num" datetime=${new Date(one.updated_ms).toISOString()}
                        >${new Date(one.updated_ms).toLocaleString()}</time
                      >
                    </a>
                  </li>`,
                )}
              </ul>`
      }
    </section>`;
  }

  #sessionSections(): TemplateResult {
    if (this.#trouble !== "") {
      return html`<section>
        <h2>The node does not answer</h2>
        <p>${this.#trouble}</p>
        <button class="button framed" type="button" @click=${() => void this.#load()}>Try again</button>
      </section>`;
    }
    if (!this.#sessions) return html`<p class="quiet" role="status">Asking the node for its sessions.</p>`;
    return html`
      <section>
        <div class="head">
          <h2>Sessions</h2>
          <button
            class="button framed"
            type="button"
            ?disabled=${this.#busy}
            @click=${() => void this.#create("Untitled", [])}
          >
            <ep-icon name="plus"></ep-icon>New session
          </button>
        </div>
        ${
          this.#sessions.length === 0
            ? html`<p class="quiet">No session yet. Make one, or open a sample below.</p>`
            : html`<ul class="cards">
              ${this.#sessions.map((session) => html`<li>${this.#card(session)}</li>`)}
            </ul>`
        }
      </section>
      ${
        this.#samples.length > 0
          ? html`<section>
            <h2>Samples</h2>
            <ul class="cards">
              ${this.#samples.map((sample) => html`<li>${this.#sample(sample)}</li>`)}
            </ul>
          </section>`
          : ""
      }
    `;
  }

  #card(session: SessionInfo): TemplateResult {
    const colour = session.state === "running" ? "good" : session.state === "failed" ? "bad" : "quiet";
    const layers = session.layers.length === 0 ? "no layers" : session.layers.join(", ");
    return html`<a class="card" href=${`/view/${session.session}`}>
      <strong>${session.title || session.session}</strong>
      <span class="quiet">${layers}</span>
      <span class="state">
        <span class="dot" style=${`--colour: var(--${colour})`}></span>${session.state}
        ${session.views > 0 ? `· ${session.views} ${session.views === 1 ? "view" : "views"}` : ""}
      </span>
    </a>`;
  }

  #sample(sample: Sample): TemplateResult {
    return html`<button
      class="card"
      type="button"
      ?disabled=${this.#busy}
      @click=${() => void this.#create(sample.title, [sample.uri])}
    >
      ${sample.thumbnail ? html`<img src=${sample.thumbnail} alt="" loading="lazy" />` : ""}
      <strong>${sample.title}</strong>
      <span class="quiet">${sample.text}</span>
    </button>`;
  }
}
customElements.define("ep-home", EpHome);
