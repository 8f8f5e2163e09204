/** <ep-home-sessions>: what runs on the node now, the sessions there, and its samples. Fires `again`. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { linkContext, nodeContext, noticesContext } from "../services/contexts.ts";
import type { Sample, SessionInfo } from "../services/node.ts";
import type { NotebookInfo } from "../services/notebooks.ts";
import { runningKernels } from "../services/running.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

/** Notebooks whose kernels are asked for: each costs a channel for a moment. */
const MOST_KERNELS = 12;

/** See the file's comment. */
export class EpHomeSessions extends EpElement {
  static override properties = {
    sessions: { attribute: false },
    notebooks: { attribute: false },
    trouble: {},
  };
  declare sessions: readonly SessionInfo[] | undefined;
  /** The person's, the newest first: their kernels are asked for. */
  declare notebooks: readonly NotebookInfo[];
  declare trouble: string;
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #router = new Shared(this, routerContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #link = new Shared(this, linkContext);
  readonly #facts = new Loaded(this, () => this.#node.value.facts());
  readonly #kernels = new Loaded(this, () =>
    runningKernels(
      this.#link.value,
      this.notebooks.slice(0, MOST_KERNELS).map(({ id }) => id),
    ),
  );

  static override styles = [
    sharedStyles,
    pageStyles,
    sectionStyles,
    css`
      .tile {
        position: relative;
        height: 100%;
      }
      .tile .end {
        position: absolute;
        top: 6px;
        right: 6px;
      }
      .tile strong {
        padding-right: 28px;
      }
    `,
  ];

  constructor() {
    super();
    this.trouble = "";
    this.notebooks = [];
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("notebooks") && this.notebooks.length > 0) void this.#kernels.again();
  }

  override render(): TemplateResult {
    if (this.trouble !== "") {
      return html`<section aria-labelledby="away">
        <div class="head"><h2 id="away">The node does not answer</h2></div>
        <p>${this.trouble}</p>
        <button
          class="button framed"
          type="button"
          @click=${() => {
            this.dispatchEvent(new CustomEvent("again"));
            void this.#facts.again();
          }}
        >
          Try again
        </button>
      </section>`;
    }
    if (!this.sessions) return html`<p class="quiet" role="status">Asking the node for its sessions.</p>`;
    return html`${this.#running()} ${this.#list(this.sessions)} ${this.#samples()}`;
  }

  /** Kernels of the newest notebooks, and sessions that somebody looks at. */
  #running(): TemplateResult | typeof nothing {
    const kernels = this.#kernels.value ?? [];
    const watched = (this.sessions ?? []).filter(({ state, views }) => state === "running" && views > 0);
    if (kernels.length + watched.length === 0) return nothing;
    const row = (path: string, name: string, what: string, colour: string) => html`<li>
      <a class="main" href=${path}>
        <span class="dot" style=${`--colour: var(--${colour})`}></span><span class="name">${name}</span>
        <span class="aside push">${what}</span>
      </a>
    </li>`;
    return html`<section aria-labelledby="running">
      <div class="head"><h2 id="running">Running now</h2></div>
      <ul class="rows" aria-label="Running now">
        ${kernels.map(({ notebook, state }) => {
          const name = this.notebooks.find(({ id }) => id === notebook)?.name ?? "Notebook";
          return row(`/notebook/${notebook}`, name, `kernel ${state}`, state === "busy" ? "warn" : "good");
        })}
        ${watched.map(({ session, title, views }) =>
          row(`/view/${session}`, title || session, views === 1 ? "1 view" : `${views} views`, "good"),
        )}
      </ul>
    </section>`;
  }

  #list(sessions: readonly SessionInfo[]): TemplateResult {
    return html`<section aria-labelledby="sessions">
      <div class="head">
        <h2 id="sessions">Sessions</h2>
        <button
          class="button framed"
          type="button"
          ?disabled=${this.#work.busy}
          @click=${() => void this.#create("Untitled", [])}
        >
          <ep-icon name="plus"></ep-icon>New session
        </button>
      </div>
      ${
        sessions.length === 0
          ? html`<div class="empty"><p>No session yet. Make one and drop a file into it, or open a sample below.</p></div>`
          : html`<ul class="cards">${sessions.map((session) => html`<li>${this.#card(session)}</li>`)}</ul>`
      }
    </section>`;
  }

  #card(session: SessionInfo): TemplateResult {
    const colour = session.state === "running" ? "good" : session.state === "failed" ? "bad" : "quiet";
    const name = session.title || session.session;
    return html`<div class="tile">
      <a class="card" href=${`/view/${session.session}`}>
        <strong>${name}</strong>
        <span class="quiet">${session.layers.length === 0 ? "no layers" : session.layers.join(", ")}</span>
        <span class="state">
          <span class="dot" style=${`--colour: var(--${colour})`}></span>${session.state}
          ${session.views > 0 ? `· ${session.views} ${session.views === 1 ? "view" : "views"}` : ""}
        </span>
      </a>
      <button
        class="button icon end"
        type="button"
        aria-label=${`End ${name}`}
        title="End the session"
        @click=${() => void this.#end(session, name)}
      >
        <ep-icon name="close"></ep-icon>
      </button>
    </div>`;
  }

  #samples(): TemplateResult | typeof nothing {
    const samples = this.#facts.value?.samples ?? [];
    if (samples.length === 0) return nothing;
    return html`<section aria-labelledby="samples">
      <div class="head"><h2 id="samples">Samples</h2></div>
      <ul class="cards">
        ${samples.map((sample) => html`<li>${this.#sample(sample)}</li>`)}
      </ul>
    </section>`;
  }

  #sample(sample: Sample): TemplateResult {
    return html`<button
      class="card"
      type="button"
      ?disabled=${this.#work.busy}
      @click=${() => void this.#create(sample.title, [sample.uri])}
    >
      ${sample.thumbnail ? html`<img src=${sample.thumbnail} alt="" loading="lazy" />` : ""}
      <strong>${sample.title}</strong>
      <span class="quiet">${sample.text}</span>
    </button>`;
  }

  async #create(title: string, open: readonly string[]): Promise<void> {
    await this.#work.run(async () => {
      const session = await this.#node.value.createSession(title, open);
      this.#router.value.go({ page: "view", session: session.session });
    });
  }

  async #end(session: SessionInfo, name: string): Promise<void> {
    const watched =
      session.views > 0 ? ` ${session.views} ${session.views === 1 ? "view" : "views"} of it close.` : "";
    const answer = await this.#confirm.value.ask({
      title: `End ${name}?`,
      words: `Its layers and their settings are lost; the data that it shows stay where they are.${watched}`,
      action: "End the session",
      grave: true,
    });
    if (answer === undefined) return;
    await this.#work.run(() => this.#node.value.endSession(session.session));
    this.dispatchEvent(new CustomEvent("again"));
    await this.#facts.again();
  }
}
customElements.define("ep-home-sessions", EpHomeSessions);
