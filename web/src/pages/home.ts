/** <ep-home>: the sessions of the node and its samples. A first visit goes on to the newest session. */
import { css, html, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { nodeContext, noticesContext } from "../services/contexts.ts";
import type { Sample, SessionInfo } from "../services/node.ts";
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
  #busy = false;
  #trouble = "";

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
      section + section {
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
