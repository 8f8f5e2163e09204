/** <ep-admin-invitations>: who may register, and links with which one account can be made. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { api } from "../services/api.ts";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import "../ui/secret.ts";
import { date } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

interface Invitation {
  readonly id: string;
  readonly role: "owner" | "user";
  readonly note: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
}

const WHO: readonly (readonly [string, string])[] = [
  ["closed", "Nobody: administrators make accounts"],
  ["invitation", "Whoever has an invitation"],
  ["open", "Anybody who reaches this address"],
];

/** See the file's comment. */
export class EpAdminInvitations extends EpElement {
  readonly #notices = new Shared(this, noticesContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #settings = new Loaded(this, () => api<{ registration: string }>("GET", "/api/admin/settings"));
  readonly #invitations = new Loaded(
    this,
    async () =>
      (await api<{ invitations: readonly Invitation[] }>("GET", "/api/admin/invitations")).invitations,
  );
  #made = "";

  static override styles = [sharedStyles, pageStyles, sectionStyles];

  override render(): TemplateResult {
    const trouble = this.#settings.trouble || this.#invitations.trouble;
    const invitations = this.#invitations.value ?? [];
    return html`
      <section aria-labelledby="registering">
        <div class="head"><h2 id="registering">Registering and invitations</h2></div>
        ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
        <label class="line">
          Who may make an account
          <select
            class="field"
            .value=${live(this.#settings.value?.registration ?? "closed")}
            ?disabled=${this.#work.busy || this.#settings.value === undefined}
            @change=${(event: Event) => void this.#set((event.target as HTMLSelectElement).value)}
          >
            ${WHO.map(([value, words]) => html`<option value=${value} ?selected=${this.#settings.value?.registration === value}>${words}</option>`)}
          </select>
        </label>
        <form class="actions" style="margin: 12px 0" @submit=${(event: SubmitEvent) => void this.#invite(event)}>
          <input class="field" name="note" maxlength="200" aria-label="For whom" placeholder="For whom (a note)" />
          <select class="field" name="role" aria-label="Role">
            <option value="user">User</option>
            <option value="owner">Administrator</option>
          </select>
          <select class="field" name="days" aria-label="It holds">
            <option value="1">for a day</option>
            <option value="7" selected>for a week</option>
            <option value="30">for 30 days</option>
          </select>
          <button class="button framed" ?disabled=${this.#work.busy}><ep-icon name="ticket"></ep-icon>Invite</button>
        </form>
        ${this.#made === "" ? nothing : html`<ep-secret style="margin-bottom: 12px" label="The invitation, shown this once; one account can be made with it" value=${this.#made}></ep-secret>`}
        ${
          invitations.length === 0
            ? html`<p class="quiet">No invitations. One account can be made with each.</p>`
            : html`<ul class="rows" aria-label="Invitations">${invitations.map((one) => this.#row(one))}</ul>`
        }
      </section>
    `;
  }

  #row(one: Invitation): TemplateResult {
    const over = one.used_at === null && one.expires_at < Date.now();
    const state =
      one.used_at !== null ? `used ${date(one.used_at)}` : over ? "too old" : `until ${date(one.expires_at)}`;
    return html`<li>
      <span class="main">
        <span class="name">${one.note || "Invitation"}</span>
        <span class="aside">${one.role === "owner" ? "administrator" : "user"}</span>
        <span class="aside push">${state}</span>
      </span>
      <button class="button framed" type="button" @click=${() => void this.#withdraw(one)}>
        ${one.used_at === null && !over ? "Withdraw" : "Remove"}
      </button>
    </li>`;
  }

  async #set(registration: string): Promise<void> {
    await this.#work.run(async () => {
      await api("PUT", "/api/admin/settings", { body: { registration } });
    });
    await this.#settings.again();
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    this.#made = "";
    await this.#work.run(async () => {
      const body = { role: data.get("role"), note: data.get("note"), days: Number(data.get("days")) };
      const { url } = await api<{ url: string }>("POST", "/api/admin/invitations", { body });
      this.#made = new URL(url, location.href).href;
      form.reset();
    });
    await this.#invitations.again();
  }

  async #withdraw(one: Invitation): Promise<void> {
    await this.#work.run(async () => {
      await api("DELETE", `/api/admin/invitations/${one.id}`);
    });
    await this.#invitations.again();
  }
}
customElements.define("ep-admin-invitations", EpAdminInvitations);
