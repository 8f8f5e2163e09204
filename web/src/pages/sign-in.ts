/** <ep-sign-in>: signing in, registering, a new password. <ep-missing>: an address that shows nothing. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { api } from "../services/api.ts";
import { personContext } from "../services/contexts.ts";
import { takeFragment } from "../services/person.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { signInStyles } from "./sign-in-styles.ts";

type Wish = "sign-in" | "register" | "reset";

/** See the file's comment. */
export class EpSignIn extends EpElement {
  static override properties = { reason: {} };
  declare reason: string;
  readonly #person = new Shared(this, personContext);
  readonly #router = new Shared(this, routerContext);
  #wish: Wish = location.pathname === "/register" ? "register" : "sign-in";
  #secret = "";
  #registration = "closed";
  #trouble = "";
  #busy = false;
  static override styles = [sharedStyles, signInStyles];

  constructor() {
    super();
    this.reason = "";
    const reset = takeFragment("reset");
    const invitation = takeFragment("invitation");
    if (reset !== undefined) [this.#wish, this.#secret] = ["reset", reset];
    else if (invitation !== undefined) [this.#wish, this.#secret] = ["register", invitation];
  }

  override firstUpdated(): void {
    api<{ registration: string }>("GET", "/api/auth/registration").then(
      ({ registration }) => {
        this.#registration = registration;
        this.requestUpdate();
      },
      (cause: unknown) => console.info("The relay did not say who may register:", cause),
    );
  }

  override render(): TemplateResult {
    const titles = {
      "sign-in": "Sign in to Eyepiece",
      register: "Make an account",
      reset: "Choose a new password",
    };
    return html`<section>
      <ep-icon class="mark" name="aperture"></ep-icon>
      <h1>${titles[this.#wish]}</h1>
      <p class="quiet">${this.#wish === "sign-in" ? this.reason : ""}</p>
      ${
        isSecureContext
          ? nothing
          : html`<p role="alert">
            This address is neither https:// nor localhost, so the browser keeps the video decoder and the GPU from the
            page. Start the relay with <code>--tls self-signed</code> or with a certificate, or reach it through an SSH
            tunnel to localhost.
          </p>`
      }
      <form @submit=${(event: SubmitEvent) => void this.#submit(event)}>
        ${this.#wish === "reset" ? nothing : this.#field("username", "text", this.#wish === "register" ? "Name to sign in with" : "Username or e-mail", "username")}
        ${
          this.#wish === "register"
            ? html`${this.#field("email", "email", "E-mail (not required)", "email", false)}
              ${this.#field("name", "text", "Name that others see (not required)", "name", false)}`
            : nothing
        }
        ${this.#field("password", "password", this.#wish === "sign-in" ? "Password" : "New password", this.#wish === "sign-in" ? "current-password" : "new-password")}
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
        <button class="button primary" ?disabled=${this.#busy}>
          ${this.#busy ? "One moment" : { "sign-in": "Sign in", register: "Register", reset: "Set the password" }[this.#wish]}
        </button>
      </form>
      ${this.#other()}
      <details>
        <summary>First start, or no password yet</summary>
        <p>
          Open the address that <code>npm start</code> printed in the terminal: it ends in <code>#owner=…</code> and works
          once. For a new one, run <code>npx eyepiece owner-link</code> on the machine where the relay runs. An
          administrator can also make you an account or a link for a new password.
        </p>
        <button class="button framed" type="button" @click=${() => location.reload()}>Try again</button>
      </details>
    </section>`;
  }

  #field(name: string, type: string, label: string, complete: string, required = true): TemplateResult {
    return html`<label>
      ${label}
      <input class="field" name=${name} type=${type} autocomplete=${complete as "on"} ?required=${required} spellcheck="false" />
    </label>`;
  }

  #other(): TemplateResult | typeof nothing {
    const go = (wish: Wish) => () => {
      this.#wish = wish;
      this.#trouble = "";
      this.requestUpdate();
    };
    if (this.#wish !== "sign-in")
      return html`<button class="button" type="button" @click=${go("sign-in")}>I have an account</button>`;
    if (this.#registration === "open")
      return html`<button class="button" type="button" @click=${go("register")}>Make an account</button>`;
    return nothing;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const password = String(data.get("password") ?? "");
    const service = this.#person.value;
    this.#busy = true;
    this.#trouble = "";
    this.requestUpdate();
    try {
      if (this.#wish === "sign-in") await service.signIn(text("username"), password);
      else if (this.#wish === "reset") await service.reset(this.#secret, password);
      else {
        const [email, name] = [text("email"), text("name")];
        await service.register({
          username: text("username"),
          password,
          ...(email && { email }),
          ...(name && { name }),
          ...(this.#secret && { invitation: this.#secret }),
        });
      }
      if (["/login", "/register"].includes(location.pathname))
        this.#router.value.go({ page: "home" }, { replace: true });
    } catch (cause) {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}
customElements.define("ep-sign-in", EpSignIn);

/** See the file's comment. */
export class EpMissing extends LitElement {
  static override properties = { path: {} };
  declare path: string;
  static override styles = [sharedStyles, signInStyles];

  constructor() {
    super();
    this.path = "";
  }

  override render(): TemplateResult {
    return html`<section>
      <h1>Nothing is at ${this.path}</h1>
      <p>The address may be mistyped. <a href="/">Go to the start</a>.</p>
    </section>`;
  }
}
customElements.define("ep-missing", EpMissing);
