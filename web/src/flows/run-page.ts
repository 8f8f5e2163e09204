/** <ep-flow-run-page>: one run: how it goes, what it shows, locks answered in place, its log and what was handed in. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
import "../sharing/share-dialog.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Work } from "../ui/loaded.ts";
import { cancelRun, deleteRun, findFlow } from "./api.ts";
import "./flows-nav.ts";
import "./results.ts";
import "./run-bar.ts";
import "./run-files.ts";
import "./run-launch.ts";
import "./run-lock.ts";
import "./run-log.ts";
import { RunWatch } from "./run-watch.ts";
import { authorLine, duration, isOver, opened, stateShown } from "./words.ts";

/** See the file's comment. */
export class EpFlowRunPage extends EpElement {
  static override properties = { run: {} };
  declare run: string;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #person = new Shared(this, personContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  #watch: RunWatch | undefined;
  /** Another's, which one may look at. */
  #shared = false;
  #clock: ReturnType<typeof setInterval> | undefined;

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      .first {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
      }
      .actions {
        --icon-size: 16px;
      }
      .first h1 {
        margin: 0;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(200px, 280px);
        gap: 24px;
        margin-top: 16px;
      }
      .columns > div {
        display: grid;
        gap: 24px;
        align-content: start;
        min-width: 0;
      }
      .columns section {
        margin-top: 0 !important;
      }
      .panel {
        padding: 4px 16px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        --frame-ground: var(--panel);
        min-width: 0;
      }
      .panel.wait {
        border-color: var(--warn);
      }
      .steps {
        display: grid;
        gap: 4px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .steps li + li {
        border-top: 1px solid var(--line);
        padding-top: 4px;
      }
      .action {
        color: var(--quiet);
      }
      pre.error {
        margin: 12px 0 0;
        padding: 12px;
        max-height: 320px;
        overflow: auto;
        border: 1px solid var(--bad);
        border-radius: var(--radius);
        font: 12px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      /* All of it in one line, to be copied. */
      dd.name {
        font: 12px/1.6 var(--mono);
        letter-spacing: -0.02em;
      }
      @media (max-width: 900px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new RunWatch(this.run, () => this.requestUpdate());
    // The time that has passed is shown while it passes.
    this.#clock = setInterval(() => {
      if (this.#watch && !isOver(this.#watch.state)) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.close();
    clearInterval(this.#clock);
    this.#router.value.setTitle("");
  }

  override render(): TemplateResult {
    const watch = this.#watch;
    if (watch?.line === "away" && watch.started === 0)
      return html`<p role="status" class="quiet">The node does not answer; it is asked again.</p>`;
    if (!watch || watch.line === "opening") return html`<p role="status" class="quiet">Asking the node.</p>`;
    if (watch.line === "missing")
      return html`<ep-flows-nav></ep-flows-nav>
        <h1>No such run</h1>
        <p role="alert">It was removed, or it is another person's. <a href="/timeline">Your runs</a></p>`;
    const { word, colour } = stateShown(watch.state, watch.error);
    const summary = String(watch.meta.summary ?? "Run");
    this.#router.value.setTitle(summary);
    return html`
      ${this.#person.value.person?.role === "guest" ? nothing : html`<ep-flows-nav></ep-flows-nav>`}
      <div class="first">
        <h1>${summary}</h1>
        <span class="state" style=${`--colour: ${colour}`} role="status">
          <span class="dot"></span>${word}
        </span>
        <span class="quiet num">${duration((watch.ended || Date.now() / 1000) - watch.started)}</span>
        ${watch.line === "away" ? html`<span class="quiet">The line is broken; it comes back by itself.</span>` : nothing}
        ${this.#shared ? html`<span class="quiet">Somebody shares it with you: you may look.</span>` : html`<span class="actions">${this.#actions(watch)}<ep-share-button words="Share" .thing=${{ kind: "run", id: this.run, name: summary }}></ep-share-button></span>`}
      </div>
      <ep-flow-run-bar .states=${watch.states} .now=${isOver(watch.state) ? watch.ended : Date.now() / 1000}></ep-flow-run-bar>
      <ep-flow-run-launch @another=${() => this.#another()} .run=${this.run} .stage=${watch.state}></ep-flow-run-launch>
      ${watch.error === "" || watch.error === "cancelled" ? nothing : html`<pre class="error" role="alert">${watch.error}</pre>`}
      <div class="columns">
        <div>${this.#locks(watch)} ${this.#results(watch)} <ep-flow-log .lines=${watch.log} .count=${watch.log.length + watch.dropped}></ep-flow-log></div>
        <div><ep-flow-run-files .run=${this.run} .stage=${watch.state}></ep-flow-run-files> ${inputs(watch)} ${facts(watch, this.run)}</div>
      </div>
    `;
  }

  #actions(watch: RunWatch): TemplateResult {
    const button = (words: string, icon: "square" | "trash" | "rotate", act: () => void) =>
      html`<button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${act}><ep-icon name=${icon}></ep-icon>${words}</button>`;
    return html`
      ${isOver(watch.state) ? nothing : button("Cancel", "square", () => void this.#cancel())}
      ${isOver(watch.state) ? button("Run again", "rotate", () => void this.#again(watch)) : nothing}
      ${isOver(watch.state) ? button("Delete", "trash", () => void this.#delete()) : nothing}
    `;
  }

  #locks(watch: RunWatch): TemplateResult {
    // Who looks is not who is asked.
    if (this.#shared) return html``;
    return html`${repeat(
      watch.locks.values(),
      ({ lid }) => lid,
      (lock) => html`<section class="panel wait" aria-label="Waits for an answer">
        <ep-run-lock .run=${this.run} .lock=${lock}></ep-run-lock>
      </section>`,
    )}`;
  }

  #results(watch: RunWatch): TemplateResult | typeof nothing {
    if (watch.final === "" && watch.results.length === 0) {
      if (isOver(watch.state)) return nothing;
      return html`<p class="quiet" role="status">Results appear here as the run tells them.</p>`;
    }
    const steps = html`<ul class="steps">
      ${repeat(
        watch.results,
        ({ id }) => id,
        ({ kind, message }) =>
          html`<li class=${kind}><ep-flow-result .message=${message}></ep-flow-result></li>`,
      )}
    </ul>`;
    if (watch.final === "")
      return html`<section class="panel" aria-label="Results" aria-live="polite">${steps}</section>`;
    return html`<section class="panel" aria-label="Result"><ep-flow-result .message=${watch.final}></ep-flow-result></section>
      ${watch.results.length === 0 ? nothing : html`<details><summary>${watch.results.length} steps on the way</summary><section class="panel">${steps}</section></details>`}`;
  }

  #another(): void {
    this.#shared = true;
    this.requestUpdate();
  }

  async #cancel(): Promise<void> {
    const sure = await this.#confirm.value.ask({
      title: "Cancel this run?",
      words: "It ends at once. What it has told and left is kept.",
      action: "Cancel the run",
      grave: true,
    });
    if (sure !== undefined) await this.#work.run(() => cancelRun(this.run));
  }

  async #delete(): Promise<void> {
    const sure = await this.#confirm.value.ask({
      title: "Delete this run?",
      words: "Its results, log and files are removed.",
      action: "Delete the run",
      grave: true,
    });
    if (sure === undefined) return;
    if (await this.#work.run(() => deleteRun(this.run)))
      this.#router.value.go({ page: "timeline", words: "", status: "" });
  }

  /** Opens the form with what was handed in. */
  async #again(watch: RunWatch): Promise<void> {
    await this.#work.run(async () => {
      const flow = await findFlow(
        ({ url }) => url === watch.meta.app_url,
        () => this.isConnected,
      );
      if (!flow) throw new Error("This flow is not on the node any more.");
      const { value } = opened(watch.inputs);
      const query = new URLSearchParams();
      for (const [name, one] of Object.entries((value ?? {}) as Record<string, unknown>))
        if (one !== null && typeof one !== "object") query.set(name, String(one));
      this.#router.value.go({ page: "flow-form", uid: flow.uid, fill: query.toString() });
    });
  }
}
customElements.define("ep-flow-run-page", EpFlowRunPage);

function inputs(watch: RunWatch): TemplateResult | typeof nothing {
  const { value } = opened(watch.inputs);
  if (typeof value !== "object" || value === null) return nothing;
  return html`<section aria-label="Inputs">
    <h2>Inputs</h2>
    <dl>
      ${Object.entries(value).map(([name, one]) => html`<dt>${name}</dt><dd>${typeof one === "string" ? one : JSON.stringify(one)}</dd>`)}
    </dl>
  </section>`;
}

function facts(watch: RunWatch, run: string): TemplateResult {
  const { meta } = watch;
  const rows = [
    ["Description", meta.description],
    ["Tags", Array.isArray(meta.tags) ? meta.tags.join(", ") : ""],
    ["Author", authorLine(meta.author, meta.organization)],
    ["Version", meta.version],
    ["Function", meta.entry_point],
    ["Run", run],
  ];
  return html`<section aria-label="About this run">
    <h2>About</h2>
    <dl>
      ${rows.map(([name, value]) => (value ? html`<dt>${name}</dt><dd class=${name === "Run" ? "name" : nothing}>${String(value)}</dd>` : nothing))}
    </dl>
  </section>`;
}
