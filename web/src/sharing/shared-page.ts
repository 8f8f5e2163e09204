/** <ep-shared-page>: what a share link gives, before one enters by it; its password where it has one. */
import type { Right, SharedKind } from "@eyepiece/protocol/rights.ts";
import { html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { signInStyles } from "../pages/sign-in-styles.ts";
import { api } from "../services/api.ts";
import { personContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { moment } from "../ui/when.ts";
import { rightsWords } from "./rights.ts";

interface Preview {
  readonly kind: SharedKind;
  readonly rights: readonly Right[];
  readonly shared_by: string;
  readonly expires_at: number | null;
  readonly needs_password: boolean;
  readonly title: string;
}

const THINGS: Readonly<Record<SharedKind, string>> = {
  project: "a project",
  notebook: "a notebook",
  session: "a viewer session",
  run: "a run of a flow",
};

/** See the file's comment. */
export class EpSharedPage extends EpElement {
  readonly #person = new Shared(this, personContext);
  readonly #router = new Shared(this, routerContext);
  /** It stays in the address until one is in, so that a reload asks again. */
  readonly #token = location.hash.slice(1).split("&")[0] ?? "";
  /** Where in the thing the link leads. */
  readonly #place = location.hash.slice(1).split("&").slice(1).join("&");
  #trouble = "";
  readonly #preview = new Loaded(this, () =>
    api<Preview>("POST", "/api/shares/preview", { body: { token: this.#token } }),
  );
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });

  static override styles = [sharedStyles, signInStyles];

  override render(): TemplateResult {
    return html`<section>
      <ep-icon class="mark" name="aperture"></ep-icon>
      ${this.#body()}
    </section>`;
  }

  #body(): TemplateResult {
    const preview = this.#preview.value;
    if (this.#token === "" || this.#preview.trouble !== "") {
      const words =
        this.#token === "" ? "The address is cut off: its end is missing." : this.#preview.trouble;
      return html`<h1>This link opens nothing</h1>
        <p role="alert">${words}</p>
        <p><a href="/">Go to the start</a></p>`;
    }
    if (!preview) return html`<p class="quiet" role="status">Looking at the link.</p>`;
    const state = this.#person.value.state.value;
    const person = state.phase === "signed-in" && state.person.role !== "guest" ? state.person : undefined;
    return html`
      <h1>${preview.title || `You are given ${THINGS[preview.kind]}`}</h1>
      <p>
        ${preview.shared_by || "Somebody"} shares ${THINGS[preview.kind]} with you. You may
        ${rightsWords(preview.rights)}${preview.expires_at === null ? "" : ` until ${moment(preview.expires_at)}`}.
      </p>
      <form @submit=${(event: SubmitEvent) => void this.#enter(event)}>
        ${
          preview.needs_password
            ? html`<label>
                Password of the link
                <input class="field" name="password" type="password" required autocomplete="off" autofocus />
              </label>`
            : nothing
        }
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
        <button class="button primary" ?disabled=${this.#work.busy}>Open</button>
      </form>
      <p class="quiet">
        ${person ? `It is added to what ${person.name} has.` : "No account is needed. You will see this and nothing else."}
      </p>
    `;
  }

  async #enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const password = new FormData(event.target as HTMLFormElement).get("password");
    this.#trouble = "";
    await this.#work.run(async () => {
      const path = await this.#person.value.redeem(
        this.#token,
        typeof password === "string" ? password : undefined,
      );
      const place = this.#place === "" ? "" : `#${this.#place}`;
      this.#router.value.goTo(path + place, { replace: true });
    });
  }
}
customElements.define("ep-shared-page", EpSharedPage);
