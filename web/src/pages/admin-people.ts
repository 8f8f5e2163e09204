/** <ep-admin-people>: the accounts: roles, disabling, links for a new password, deleting. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { api } from "../services/api.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
import { confirmContext, type Loss } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import "../ui/secret.ts";
import { date } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly name: string;
  readonly role: "owner" | "user";
  readonly disabled: boolean;
  readonly has_password: boolean;
  readonly created_at: number;
}

/** See the file's comment. */
export class EpAdminPeople extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #accounts = new Loaded(
    this,
    async () => (await api<{ users: readonly Account[] }>("GET", "/api/admin/users")).users,
  );
  #link: { readonly name: string; readonly url: string } | undefined;

  static override styles = [sharedStyles, pageStyles, sectionStyles];

  override render(): TemplateResult {
    const accounts = this.#accounts.value;
    return html`<section aria-labelledby="people">
      <div class="head"><h2 id="people">People</h2></div>
      ${this.#accounts.trouble === "" ? nothing : html`<p role="alert">${this.#accounts.trouble}</p>`}
      ${
        this.#link
          ? html`<ep-secret
              style="margin-bottom: 12px"
              label=${`A link for a new password of ${this.#link.name}, shown this once; it holds for a day. Pass it on yourself: the relay sends no mail.`}
              value=${this.#link.url}
            ></ep-secret>`
          : nothing
      }
      ${
        accounts === undefined
          ? html`<p class="quiet" role="status">Asking for the accounts.</p>`
          : html`<div class="scroll" tabindex="0" role="region" aria-label="People">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Signs in as</th>
                    <th scope="col">Role</th>
                    <th scope="col">State</th>
                    <th scope="col">Since</th>
                    <th scope="col"><span class="hidden-text">What can be done</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${accounts.map((account) => this.#row(account))}
                </tbody>
              </table>
            </div>`
      }
    </section>`;
  }

  #row(account: Account): TemplateResult {
    const own = account.id === this.#person.value.person?.id;
    const state = account.disabled ? "disabled" : account.has_password ? "active" : "no password";
    const colour = account.disabled ? "bad" : account.has_password ? "good" : "warn";
    return html`<tr>
      <td>${account.name}${own ? " (you)" : ""}</td>
      <td>${account.username}${account.email === "" ? "" : html` <span class="quiet">${account.email}</span>`}</td>
      <td>
        <select
          class="field"
          aria-label=${`Role of ${account.username}`}
          .value=${live(account.role)}
          ?disabled=${this.#work.busy}
          @change=${(event: Event) => void this.#role(account, event.target as HTMLSelectElement)}
        >
          <option value="user" ?selected=${account.role === "user"}>User</option>
          <option value="owner" ?selected=${account.role === "owner"}>Administrator</option>
        </select>
      </td>
      <td><span class="state"><span class="dot" style=${`--colour: var(--${colour})`}></span>${state}</span></td>
      <td>${date(account.created_at)}</td>
      <td>
        <span class="actions" style="flex-wrap: nowrap; justify-content: flex-end">
          <button class="button framed" type="button" @click=${() => void this.#reset(account)}>Reset link</button>
          ${
            own
              ? nothing
              : html`<button
                    class="button framed"
                    type="button"
                    ?disabled=${this.#work.busy}
                    @click=${() => void this.#disable(account)}
                  >
                    ${account.disabled ? "Enable" : "Disable"}
                  </button>
                  <button
                    class="button framed"
                    type="button"
                    aria-label=${`Delete ${account.username}`}
                    @click=${() => void this.#delete(account)}
                  >
                    <ep-icon name="trash"></ep-icon>
                  </button>`
          }
        </span>
      </td>
    </tr>`;
  }

  async #change(account: Account, body: object): Promise<void> {
    await this.#work.run(async () => {
      await api("PATCH", `/api/admin/users/${account.id}`, { body });
    });
    await this.#accounts.again();
  }

  async #role(account: Account, select: HTMLSelectElement): Promise<void> {
    const role = select.value;
    const question =
      role === "owner"
        ? {
            title: `Make ${account.username} an administrator?`,
            words: "Administrators manage accounts, invitations and the node's own sessions.",
            action: "Make an administrator",
          }
        : {
            title: `Make ${account.username} a plain user?`,
            words: "They keep all that is theirs, and manage no accounts any more.",
            action: "Make a user",
          };
    if ((await this.#confirm.value.ask(question)) === undefined) select.value = account.role;
    else await this.#change(account, { role });
  }

  async #disable(account: Account): Promise<void> {
    if (!account.disabled) {
      const question = {
        title: `Disable ${account.username}?`,
        words:
          "They are signed out at once and cannot sign in; what they share is closed. All of theirs stays, and enabling brings it back.",
        action: "Disable",
        grave: true,
      };
      if ((await this.#confirm.value.ask(question)) === undefined) return;
    }
    await this.#change(account, { disabled: !account.disabled });
  }

  async #reset(account: Account): Promise<void> {
    await this.#work.run(async () => {
      const { url } = await api<{ url: string }>("POST", `/api/admin/users/${account.id}/reset-link`);
      this.#link = { name: account.username, url: new URL(url, location.href).href };
    });
  }

  async #delete(account: Account): Promise<void> {
    await this.#work.run(async () => {
      const { losses } = await api<{ losses: readonly Loss[] }>(
        "GET",
        `/api/admin/users/${account.id}/delete-preview`,
      );
      const answer = await this.#confirm.value.ask({
        title: `Delete ${account.username}?`,
        words:
          losses.length === 0
            ? "They have nothing else here. The account cannot be brought back."
            : "This goes with the account, and cannot be brought back:",
        losses,
        action: "Delete the account",
        grave: true,
        typed: account.username,
      });
      if (answer !== undefined) await api("DELETE", `/api/admin/users/${account.id}`);
    });
    await this.#accounts.again();
  }
}
customElements.define("ep-admin-people", EpAdminPeople);
