/** <ep-share-panel>: the links and people that something is shared with: make, change, withdraw. */
import type { Level, Right } from "@eyepiece/protocol/rights.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { api } from "../services/api.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { copyText } from "../ui/secret.ts";
import { moment } from "../ui/when.ts";
import {
  type GrantInfo,
  levelOf,
  levelsOf,
  RUN_WARNING,
  rightsWords,
  runsCode,
  type SharedThing,
  type ShareInfo,
} from "./rights.ts";
import "./share-new.ts";

/** See the file's comment. */
export class EpSharePanel extends EpElement {
  static override properties = {
    thing: { attribute: false },
    picture: { attribute: false },
    place: { attribute: false },
  };
  declare thing: SharedThing | undefined;
  declare picture: (() => Promise<Blob | undefined>) | undefined;
  /** Where in the thing one is; a link may lead to just there. */
  declare place: (() => string | undefined) | undefined;
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #links = new Loaded(this, async () =>
    this.thing === undefined
      ? []
      : (await api<{ shares: readonly ShareInfo[] }>("GET", `/api/shares?${this.#query}`)).shares,
  );
  readonly #grants = new Loaded(this, async () =>
    this.thing === undefined
      ? []
      : (await api<{ grants: readonly GrantInfo[] }>("GET", `/api/grants?${this.#query}`)).grants,
  );

  static override styles = [
    sharedStyles,
    css`
      h3 {
        margin: 20px 0 8px;
        font-size: 12px;
        color: var(--quiet);
      }
      h3:first-child {
        margin-top: 0;
      }
      ul {
        margin: 0;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        padding: 6px 8px 6px 12px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .what {
        flex: 1 1 160px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .what .quiet {
        display: block;
        font-size: 12px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: var(--hit);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 8px;
      }
      form .field:first-child {
        flex: 1 1 160px;
      }
      p {
        margin: 0 0 8px;
      }
    `,
  ];

  get #query(): URLSearchParams {
    return new URLSearchParams({ kind: this.thing?.kind ?? "", id: this.thing?.id ?? "" });
  }

  override render(): TemplateResult | typeof nothing {
    const { thing } = this;
    if (!thing) return nothing;
    const links = this.#links.value ?? [];
    const trouble = this.#links.trouble || this.#grants.trouble;
    return html`
      <h3>By link</h3>
      <ep-share-new .thing=${thing} .picture=${this.picture} .place=${this.place} @made=${() => void this.#links.again()}></ep-share-new>
      ${trouble === "" ? nothing : html`<p role="alert">${trouble}</p>`}
      ${
        links.length === 0
          ? nothing
          : html`<h3>Links that hold</h3>
            <ul aria-label="Links that hold">${links.map((link) => this.#link(link))}</ul>`
      }
      <h3>By name</h3>
      ${this.place === undefined ? nothing : this.#copyPlace(thing)}
      <form @submit=${(event: SubmitEvent) => void this.#give(event, thing)}>
        <input
          class="field"
          name="username"
          required
          autocomplete="off"
          spellcheck="false"
          aria-label="Username or e-mail"
          placeholder="Username or e-mail"
        />
        <select class="field" name="level" aria-label="What they may do">
          ${levelsOf(thing.kind).map((level) => html`<option value=${level}>may ${level}</option>`)}
        </select>
        <button class="button framed" ?disabled=${this.#work.busy}><ep-icon name="userPlus"></ep-icon>Give</button>
      </form>
      ${
        (this.#grants.value ?? []).length === 0
          ? html`<p class="quiet">Nobody by name yet.</p>`
          : html`<ul aria-label="People">${(this.#grants.value ?? []).map((grant) => this.#grant(grant, thing))}</ul>`
      }
    `;
  }

  /** For those who may enter anyway. */
  #copyPlace(thing: SharedThing): TemplateResult {
    const copy = async (): Promise<void> => {
      const place = this.place?.();
      const path = thing.kind === "session" ? `/view/${thing.id}` : `/${thing.kind}/${thing.id}`;
      const address = new URL(`${path}${place === undefined ? "" : `#${place}`}`, location.href).href;
      const copied = await copyText(address);
      if (copied)
        this.#notices.value.show(
          "good",
          "The link to exactly this view is copied. It lets in who may enter.",
        );
      else this.#notices.value.show("warn", `The browser does not let the page copy: ${address}`);
    };
    return html`<p>
      <button class="button framed" type="button" @click=${() => void copy()}>
        <ep-icon name="link"></ep-icon>Copy a link to this view
      </button>
    </p>`;
  }

  #link(link: ShareInfo): TemplateResult {
    const facts = [
      link.expires_at === null ? "until withdrawn" : `until ${moment(link.expires_at)}`,
      ...(link.has_password ? ["with a password"] : []),
      `${link.holders === 0 ? "nobody has" : `${link.holders} ${link.holders === 1 ? "has" : "have"}`} entered by it`,
    ];
    return html`<li>
      <span class="what">${link.title || "Link"}<span class="quiet">${facts.join(" · ")}</span></span>
      ${this.#levels(link.rights, (level) => this.#change(link, { rights: level }), "What the link gives")}
      ${runsCode(link.kind) ? this.#run(link.rights, (run) => this.#change(link, { run })) : nothing}
      <button class="button framed" type="button" @click=${() => void this.#withdraw(link)}>Withdraw</button>
    </li>`;
  }

  #grant(grant: GrantInfo, thing: SharedThing): TemplateResult {
    const give = (level: Level, run: boolean) =>
      this.#again(async () => {
        const body = { ...target(thing), username: grant.username, rights: level, run };
        await api("POST", "/api/grants", { body });
      });
    const run = grant.rights.includes("run");
    return html`<li>
      <span class="what">${grant.name}<span class="quiet">${grant.username} may ${rightsWords(grant.rights)}</span></span>
      ${this.#levels(grant.rights, (level) => give(level, run), `What ${grant.name} may do`)}
      ${runsCode(thing.kind) ? this.#run(grant.rights, (on) => give(levelOf(grant.rights), on)) : nothing}
      <button class="button framed" type="button" @click=${() => void this.#take(grant)}>Take back</button>
    </li>`;
  }

  #levels(rights: readonly Right[], set: (level: Level) => Promise<boolean>, label: string): TemplateResult {
    return html`<select
      class="field"
      aria-label=${label}
      .value=${live(levelOf(rights))}
      ?disabled=${this.#work.busy}
      @change=${(event: Event) => void set((event.target as HTMLSelectElement).value as Level)}
    >
      ${levelsOf(this.thing?.kind ?? "session").map((level) => html`<option value=${level} ?selected=${levelOf(rights) === level}>may ${level}</option>`)}
    </select>`;
  }

  #run(rights: readonly Right[], set: (run: boolean) => Promise<boolean>): TemplateResult {
    const change = async (event: Event): Promise<void> => {
      const box = event.target as HTMLInputElement;
      const wanted = box.checked;
      const question = { title: "Let them run code?", words: RUN_WARNING, action: "Let them run code" };
      if (wanted && (await this.#confirm.value.ask(question)) === undefined) box.checked = false;
      else await set(wanted);
    };
    return html`<label>
      <input
        type="checkbox"
        .checked=${live(rights.includes("run"))}
        ?disabled=${this.#work.busy}
        @change=${(event: Event) => void change(event)}
      />may run code
    </label>`;
  }

  async #again(work: () => Promise<void>): Promise<boolean> {
    const done = await this.#work.run(work);
    await Promise.all([this.#links.again(), this.#grants.again()]);
    return done;
  }

  #change(link: ShareInfo, body: { readonly rights?: Level; readonly run?: boolean }): Promise<boolean> {
    return this.#again(async () => {
      await api("PATCH", `/api/shares/${link.id}`, { body });
    });
  }

  async #withdraw(link: ShareInfo): Promise<void> {
    const words =
      link.holders === 0
        ? "Nobody has entered by it yet. It cannot be brought back."
        : `Whoever entered by it (${link.holders}) is out at once. It cannot be brought back.`;
    const question = { title: "Withdraw this link?", words, action: "Withdraw", grave: true };
    if ((await this.#confirm.value.ask(question)) === undefined) return;
    await this.#again(async () => {
      await api("DELETE", `/api/shares/${link.id}`);
    });
  }

  async #take(grant: GrantInfo): Promise<void> {
    await this.#again(async () => {
      await api("DELETE", `/api/grants/${grant.id}`);
    });
  }

  async #give(event: SubmitEvent, thing: SharedThing): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const done = await this.#again(async () => {
      const body = {
        ...target(thing),
        username: String(data.get("username")).trim(),
        rights: data.get("level"),
      };
      await api("POST", "/api/grants", { body });
    });
    if (done) form.reset();
  }
}
customElements.define("ep-share-panel", EpSharePanel);

function target({ kind, id, node = "" }: SharedThing): object {
  return { kind, id, node };
}
