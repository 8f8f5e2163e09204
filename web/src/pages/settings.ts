/** <ep-settings>: what the person likes on this browser, and who is signed in. */
import { css, html, type TemplateResult } from "lit";
import { nodeContext, noticesContext, personContext, preferencesContext } from "../services/contexts.ts";
import type { Facts } from "../services/node.ts";
import type { Kept } from "../services/preferences.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";

/** See the file's comment. */
export class EpSettings extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #preferences = new Shared(this, preferencesContext);
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  #facts: Facts | undefined;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: block;
        max-width: 640px;
        padding: 24px;
      }
      h2 {
        font-size: 15px;
        margin: 24px 0 8px;
      }
      h2:first-child {
        margin-top: 0;
      }
      label {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: var(--hit);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 4px 16px;
        margin: 0;
      }
      dt {
        color: var(--quiet);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override firstUpdated(): void {
    this.#node.value.facts().then(
      (facts) => {
        this.#facts = facts;
        this.requestUpdate();
      },
      (cause: unknown) =>
        this.#notices.value.show("warn", cause instanceof Error ? cause.message : String(cause)),
    );
  }

  override render(): TemplateResult {
    const kept = this.#preferences.value.values.value;
    const person = this.#person.value.state.value;
    const set = (changes: Partial<Kept>) => this.#preferences.value.set(changes);
    const facts = this.#facts;
    return html`
      <h2>Appearance</h2>
      <label>
        Theme
        <select
          class="field"
          .value=${kept.theme}
          @change=${(event: Event) => set({ theme: (event.target as HTMLSelectElement).value as Kept["theme"] })}
        >
          <option value="dark" ?selected=${kept.theme === "dark"}>Dark</option>
          <option value="light" ?selected=${kept.theme === "light"}>Light</option>
          <option value="system" ?selected=${kept.theme === "system"}>As the system</option>
        </select>
      </label>
      <h2>Account</h2>
      ${
        person.phase === "signed-in"
          ? html`<p>Signed in as ${person.person.name} (${person.person.role}).</p>
            <button class="button framed" type="button" @click=${this.#signOut}>Sign out</button>`
          : html`<p class="quiet">The relay has not said yet who this is.</p>`
      }
      <h2>Node</h2>
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
          : html`<p class="quiet">Waiting for the node.</p>`
      }
    `;
  }

  readonly #signOut = (): void => {
    this.#person.value.signOut().catch((cause: unknown) => {
      console.info("Signing out failed:", cause);
      this.#notices.value.show("bad", "The relay did not answer, so you are still signed in. Try again.");
    });
  };
}
customElements.define("ep-settings", EpSettings);
