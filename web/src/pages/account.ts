/** <ep-account>: who one is here, the password, where one is signed in, tokens for programs, and the end of the account. */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { api } from "../services/api.ts";
import { noticesContext, personContext } from "../services/contexts.ts";
import type { Person } from "../services/person.ts";
import { confirmContext, type Loss } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import "./account-tokens.ts";
import { pageStyles } from "./page-styles.ts";

/** See the file's comment. */
export class EpAccount extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: 720px;
      }
    `,
  ];

  override firstUpdated(): void {
    // Whether there is a password is told by this answer alone.
    void this.#person.value.refresh();
  }

  override render(): TemplateResult | typeof nothing {
    const state = this.#person.value.state.value;
    if (state.phase !== "signed-in") return nothing;
    const { person } = state;
    if (person.role === "guest") return this.#guest();
    return html`
      <h1>Account</h1>
      <p class="quiet">
        ${person.username === "" ? "" : `You sign in as ${person.username}. `}${person.role === "owner" ? "You are an administrator." : ""}
      </p>
      ${this.#profile(person)} ${this.#password(person)} ${this.#sessions()}
      <ep-account-tokens></ep-account-tokens>
      ${this.#end(person)}
    `;
  }

  #guest(): TemplateResult {
    return html`
      <h1>Guest</h1>
      <p>You came by a link and see what it gives. With an account of your own you have notebooks and sessions, too.</p>
      <button class="button framed" type="button" @click=${() => void this.#signOut(false)}>
        <ep-icon name="logOut"></ep-icon>Leave
      </button>
    `;
  }

  #profile(person: Person): TemplateResult {
    return html`<section aria-labelledby="profile">
      <div class="head"><h2 id="profile">Profile</h2></div>
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#saveProfile(event)}>
        <label>
          Name that others see
          <input class="field" name="name" required maxlength="100" autocomplete="name" .value=${live(person.name)} />
        </label>
        <label>
          E-mail (not required)
          <input class="field" name="email" type="email" maxlength="254" autocomplete="email" .value=${live(person.email)} />
        </label>
        <button class="button framed" ?disabled=${this.#work.busy}>Save</button>
      </form>
    </section>`;
  }

  #password(person: Person): TemplateResult {
    return html`<section aria-labelledby="password">
      <div class="head"><h2 id="password">Password</h2></div>
      ${
        person.has_password
          ? nothing
          : html`<p class="hint">You came by a one-time link and have no password yet. With one you can sign in anywhere.</p>`
      }
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#savePassword(event, person)}>
        <input class="hidden-text" name="username" autocomplete="username" tabindex="-1" aria-label="Username" readonly .value=${person.username} />
        ${
          person.has_password
            ? html`<label>
                Current password
                <input class="field" name="current" type="password" required autocomplete="current-password" />
              </label>`
            : nothing
        }
        <label>
          New password
          <input class="field" name="password" type="password" required autocomplete="new-password" />
        </label>
        <button class="button framed" ?disabled=${this.#work.busy}>
          ${person.has_password ? "Change the password" : "Set a password"}
        </button>
      </form>
    </section>`;
  }

  #sessions(): TemplateResult {
    return html`<section aria-labelledby="signed-in">
      <div class="head"><h2 id="signed-in">Signed in</h2></div>
      <p class="hint">Signing out takes what this browser keeps of your notebooks with it. What the relay has stays.</p>
      <div class="actions">
        <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#signOut(false)}>
          <ep-icon name="logOut"></ep-icon>Sign out
        </button>
        <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#signOut(true)}>
          Sign out everywhere
        </button>
      </div>
    </section>`;
  }

  #end(person: Person): TemplateResult {
    return html`<section aria-labelledby="end">
      <div class="head"><h2 id="end">Delete the account</h2></div>
      <p class="hint">With all that is yours. Nothing of it can be brought back.</p>
      <button class="button framed" type="button" ?disabled=${this.#work.busy} @click=${() => void this.#delete(person)}>
        <ep-icon name="trash"></ep-icon>Delete the account
      </button>
    </section>`;
  }

  async #saveProfile(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const email = String(data.get("email") ?? "").trim();
    await this.#work.run(async () => {
      const body = { name: String(data.get("name")), email: email === "" ? null : email };
      this.#person.value.changed(await api<unknown>("PATCH", "/api/account", { body }));
      this.#notices.value.show("good", "Saved.");
    });
  }

  async #savePassword(event: SubmitEvent, person: Person): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    await this.#work.run(async () => {
      const current = data.get("current");
      const body = { password: data.get("password"), ...(person.has_password && { current }) };
      await api("POST", "/api/auth/password", { body });
      form.reset();
      await this.#person.value.refresh();
      this.#notices.value.show("good", "The new password holds. You are signed out everywhere else.");
    });
  }

  async #signOut(everywhere: boolean): Promise<void> {
    await this.#work.run(() => this.#person.value.signOut(everywhere));
  }

  async #delete(person: Person): Promise<void> {
    let losses: readonly Loss[];
    try {
      losses = (await api<{ losses: readonly Loss[] }>("GET", "/api/account/delete-preview")).losses;
    } catch (cause) {
      this.#notices.value.show("bad", sentenceOf(cause));
      return;
    }
    const password = await this.#confirm.value.ask({
      title: "Delete your account?",
      words:
        losses.length === 0
          ? "Nothing else goes with it. It cannot be brought back."
          : "This goes with it, and cannot be brought back:",
      losses,
      action: "Delete the account",
      grave: true,
      typed: person.username,
      ...(person.has_password && { field: { label: "Your password", type: "password" as const } }),
    });
    if (password === undefined) return;
    await this.#work.run(async () => {
      await api("DELETE", "/api/account", { body: { password } });
      await this.#person.value.gone();
    });
  }
}
customElements.define("ep-account", EpAccount);
