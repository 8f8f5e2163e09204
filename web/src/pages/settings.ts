/** <ep-settings>: what the person likes on this browser, what it keeps, and the node that is meant where none is named. */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { localStore } from "../documents/local-store.ts";
import { api } from "../services/api.ts";
import { nodeContext, noticesContext, personContext, preferencesContext } from "../services/contexts.ts";
import type { Kept } from "../services/preferences.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { bytes } from "../ui/sizes.ts";
import { pageStyles } from "./page-styles.ts";

interface Nodes {
  readonly nodes: readonly { readonly name: string; readonly adapter: string; readonly encoder: string }[];
  readonly default_node: string | null;
}

/** See the file's comment. */
export class EpSettings extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #preferences = new Shared(this, preferencesContext);
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #facts = new Loaded(this, async () => (this.#guest ? undefined : this.#node.value.facts()));
  readonly #nodes = new Loaded(this, async () => (this.#guest ? undefined : api<Nodes>("GET", "/api/nodes")));
  readonly #kept = new Loaded(this, async () => ({
    notebooks: await localStore.count(),
    bytes: (await navigator.storage?.estimate?.())?.usage ?? 0,
    persisted: (await navigator.storage?.persisted?.()) ?? false,
  }));

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: 720px;
      }
    `,
  ];

  get #guest(): boolean {
    return this.#person.value.person?.role === "guest";
  }

  override render(): TemplateResult {
    return html`
      <h1>Settings</h1>
      ${this.#appearance()} ${this.#notifications()} ${this.#guest ? nothing : this.#nodeSection()} ${this.#here()}
    `;
  }

  #appearance(): TemplateResult {
    const { theme } = this.#preferences.value.values.value;
    return html`<section aria-labelledby="appearance">
      <div class="head"><h2 id="appearance">Appearance</h2></div>
      <label class="line">
        Theme
        <select
          class="field"
          .value=${live(theme)}
          @change=${(event: Event) =>
            this.#preferences.value.set({
              theme: (event.target as HTMLSelectElement).value as Kept["theme"],
            })}
        >
          <option value="dark" ?selected=${theme === "dark"}>Dark</option>
          <option value="light" ?selected=${theme === "light"}>Light</option>
          <option value="system" ?selected=${theme === "system"}>As the system</option>
        </select>
      </label>
    </section>`;
  }

  #notifications(): TemplateResult {
    const can = "Notification" in window;
    const state = can ? Notification.permission : "denied";
    return html`<section aria-labelledby="notifications">
      <div class="head"><h2 id="notifications">Notifications</h2></div>
      <p class="hint">When a cell that took over 10 s ends while you look at something else.</p>
      ${
        !can
          ? html`<p>This browser shows none.</p>`
          : state === "granted"
            ? html`<p>On. They are turned off in the browser's settings for this page.</p>`
            : state === "denied"
              ? html`<p>The browser does not allow them for this page: allow them in its settings.</p>`
              : html`<button class="button framed" type="button" @click=${() => void this.#allow()}>
                  <ep-icon name="bell"></ep-icon>Allow notifications
                </button>`
      }
    </section>`;
  }

  #nodeSection(): TemplateResult {
    const nodes = this.#nodes.value;
    const facts = this.#facts.value;
    const trouble = this.#nodes.trouble || this.#facts.trouble;
    const names = [...new Set([...(nodes?.nodes ?? []).map(({ name }) => name), nodes?.default_node ?? ""])];
    return html`<section aria-labelledby="node">
      <div class="head"><h2 id="node">Node</h2></div>
      ${
        nodes
          ? html`<label class="line" style="margin-bottom: 8px">
              Sessions and notebooks run on
              <select
                class="field"
                .value=${live(nodes.default_node ?? "")}
                ?disabled=${this.#work.busy}
                @change=${(event: Event) => void this.#choose((event.target as HTMLSelectElement).value)}
              >
                <option value="">the only node there is</option>
                ${names
                  .filter((name) => name !== "")
                  .map(
                    (name) =>
                      html`<option value=${name} ?selected=${name === nodes.default_node}>${name}</option>`,
                  )}
              </select>
            </label>`
          : nothing
      }
      ${
        facts
          ? html`<dl>
              <dt>Name</dt>
              <dd>${facts.name}</dd>
              <dt>Draws with</dt>
              <dd>${facts.adapter} (${facts.adapterKind})</dd>
              <dt>Encodes with</dt>
              <dd>${facts.encoder}</dd>
              <dt>Version</dt>
              <dd>${facts.version}</dd>
            </dl>`
          : html`<p class="quiet" role="status">${trouble === "" ? "Waiting for the node." : trouble}</p>`
      }
    </section>`;
  }

  #here(): TemplateResult {
    const kept = this.#kept.value;
    return html`<section aria-labelledby="here">
      <div class="head"><h2 id="here">Kept on this browser</h2></div>
      <p class="hint">
        The app and the notebooks that were open here, so that they open and can be edited without a network. What was not
        sent yet goes out when the network is back.
      </p>
      <dl style="margin-bottom: 12px">
        <dt>Notebooks</dt>
        <dd>${kept ? kept.notebooks : "…"}</dd>
        <dt>In all</dt>
        <dd>${kept ? bytes(kept.bytes) : "…"}</dd>
        <dt>The browser may remove it</dt>
        <dd>${kept?.persisted ? "no" : "when space runs out"}</dd>
      </dl>
      <div class="actions">
        <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#clear()}>
          <ep-icon name="eraser"></ep-icon>Clear
        </button>
        ${
          kept?.persisted === false && "persist" in navigator.storage
            ? html`<button class="button framed" type="button" @click=${() => void this.#persist()}>Keep it for good</button>`
            : nothing
        }
      </div>
    </section>`;
  }

  async #allow(): Promise<void> {
    await Notification.requestPermission();
    this.requestUpdate();
  }

  async #choose(name: string): Promise<void> {
    await this.#work.run(async () => {
      await api("PUT", "/api/settings", { body: { default_node: name === "" ? null : name } });
    });
    await Promise.all([this.#nodes.again(), this.#facts.again()]);
  }

  async #clear(): Promise<void> {
    const question = {
      title: "Clear what this browser keeps?",
      words:
        "Notebooks stay on the relay and are fetched again when they are opened. Edits that were made without a network and were not sent yet are lost, and so are conversations with models: export those that you need first.",
      action: "Clear",
      grave: true,
    };
    if ((await this.#confirm.value.ask(question)) === undefined) return;
    await this.#work.run(() => localStore.clear());
    await this.#kept.again();
  }

  async #persist(): Promise<void> {
    const granted = await navigator.storage.persist();
    if (!granted)
      this.#notices.value.show(
        "warn",
        "The browser did not grant it. Installing the app makes it more willing.",
      );
    await this.#kept.again();
  }
}
customElements.define("ep-settings", EpSettings);
