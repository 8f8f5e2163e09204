/** <ep-admin>: what administrators do: people, invitations, who may register, the audit log. */
import { html, type TemplateResult } from "lit";
import { personContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "./admin-audit.ts";
import "./admin-invitations.ts";
import "./admin-people.ts";
import { pageStyles } from "./page-styles.ts";

/** See the file's comment. */
export class EpAdmin extends EpElement {
  readonly #person = new Shared(this, personContext);

  static override styles = [sharedStyles, pageStyles];

  override render(): TemplateResult {
    if (this.#person.value.person?.role !== "owner") {
      return html`<h1>Administration</h1>
        <p>Only administrators have this page. Ask one of them for what you need here.</p>`;
    }
    return html`
      <h1>Administration</h1>
      <p class="quiet">Administrators manage accounts. They see nobody's notebooks, files or sessions.</p>
      <ep-admin-people></ep-admin-people>
      <ep-admin-invitations></ep-admin-invitations>
      <ep-admin-audit></ep-admin-audit>
    `;
  }
}
customElements.define("ep-admin", EpAdmin);
