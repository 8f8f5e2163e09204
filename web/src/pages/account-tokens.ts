/** <ep-account-tokens>: tokens for programs: made with rights, shown once, revoked. */
import { RIGHTS, type Right } from "@eyepiece/protocol/rights.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { api } from "../services/api.ts";
import { noticesContext } from "../services/contexts.ts";
import { confirmContext } from "../ui/confirm.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import "../ui/secret.ts";
import { ago, date } from "../ui/when.ts";
import { pageStyles } from "./page-styles.ts";
import { sectionStyles } from "./section-styles.ts";

interface Token {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly scopes: readonly Right[];
  readonly created_at: number;
  readonly used_at: number | null;
}

const WORDS: Readonly<Record<Right, string>> = {
  view: "View",
  comment: "Comment",
  edit: "Edit",
  run: "Run code",
};

/** See the file's comment. */
export class EpAccountTokens extends EpElement {
  readonly #notices = new Shared(this, noticesContext);
  readonly #confirm = new Shared(this, confirmContext);
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  readonly #tokens = new Loaded(
    this,
    async () => (await api<{ tokens: readonly Token[] }>("GET", "/api/tokens")).tokens,
  );
  #made = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    sectionStyles,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset legend {
        padding: 0;
        color: var(--quiet);
        font-size: 12px;
      }
      fieldset label {
        display: inline-flex !important;
        align-items: center;
        gap: 6px;
        min-height: var(--hit);
        color: var(--text) !important;
      }
      form {
        margin-bottom: 12px;
      }
      ep-secret {
        margin-bottom: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const tokens = this.#tokens.value ?? [];
    return html`<section aria-labelledby="tokens">
      <div class="head"><h2 id="tokens">Tokens for programs</h2></div>
      <p class="hint">
        A program sends one as <code>Authorization: Bearer</code>. What it may is at most what you may;
        <a href="/api/docs" target="_blank">the API</a> says what there is.
      </p>
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#make(event)}>
        <label>
          Name
          <input
            class="field"
            name="name"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}"
            title="1 to 64 letters, digits, dots, dashes and underscores"
            autocomplete="off"
            spellcheck="false"
            placeholder="my-script"
          />
        </label>
        <fieldset>
          <legend>It may</legend>
          ${RIGHTS.map(
            (right) => html`<label>
              <input type="checkbox" name="scope" value=${right} ?checked=${right === "view"} />${WORDS[right]}
            </label>`,
          )}
        </fieldset>
        <button class="button framed" ?disabled=${this.#work.busy}><ep-icon name="key"></ep-icon>Make a token</button>
      </form>
      ${this.#made === "" ? nothing : html`<ep-secret label="The token, shown this once" value=${this.#made}></ep-secret>`}
      ${this.#tokens.trouble === "" ? nothing : html`<p role="alert">${this.#tokens.trouble}</p>`}
      ${
        tokens.length === 0
          ? html`<p class="quiet">No tokens.</p>`
          : html`<ul class="rows" aria-label="Tokens">${tokens.map((token) => this.#row(token))}</ul>`
      }
    </section>`;
  }

  #row(token: Token): TemplateResult {
    const used = token.used_at === null ? "never used" : `used ${ago(token.used_at)}`;
    return html`<li>
      <span class="main">
        <span class="name">${token.name}</span>
        <span class="aside">${token.kind === "node" ? "for a node" : token.scopes.join(", ")}</span>
        <span class="aside push wide">made ${date(token.created_at)}</span>
        <span class="aside">${used}</span>
      </span>
      <button class="button framed" type="button" @click=${() => void this.#revoke(token)}>Revoke</button>
    </li>`;
  }

  async #make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const scopes = data.getAll("scope");
    if (scopes.length === 0) {
      this.#notices.value.show("warn", "Tick at least one thing that the token may do.");
      return;
    }
    this.#made = "";
    await this.#work.run(async () => {
      const body = { name: String(data.get("name")), scopes };
      this.#made = (await api<{ token: string }>("POST", "/api/tokens", { body })).token;
      form.reset();
    });
    await this.#tokens.again();
  }

  async #revoke(token: Token): Promise<void> {
    const question = {
      title: `Revoke ${token.name}?`,
      words: "Whatever uses this token is refused from now on, and what it has open ends.",
      action: "Revoke",
      grave: true,
    };
    if ((await this.#confirm.value.ask(question)) === undefined) return;
    await this.#work.run(async () => {
      await api("DELETE", `/api/tokens/${token.id}`);
    });
    await this.#tokens.again();
  }
}
customElements.define("ep-account-tokens", EpAccountTokens);
