/** <ep-sign-in>: what to do without a sign-in. <ep-missing>: an address that shows nothing. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";

const pageStyles = css`
  :host {
    display: grid;
    place-items: center;
    height: 100%;
    padding: 24px;
  }
  section {
    max-width: 460px;
  }
  h1 {
    font-size: 20px;
    margin: 12px 0 4px;
  }
  code {
    font-family: var(--mono);
    font-size: 12px;
    padding: 2px 5px;
    border-radius: 4px;
    background: var(--raised);
  }
  .mark {
    color: var(--accent);
    --icon-size: 32px;
  }
`;

/** See the file's comment. */
export class EpSignIn extends LitElement {
  static override properties = { reason: {} };
  declare reason: string;
  static override styles = [sharedStyles, pageStyles];

  constructor() {
    super();
    this.reason = "";
  }

  override render(): TemplateResult {
    return html`<section>
      <ep-icon class="mark" name="aperture"></ep-icon>
      <h1>Sign in to Eyepiece</h1>
      <p>${this.reason}</p>
      ${
        isSecureContext
          ? ""
          : html`<p role="alert">
            This address is neither https:// nor localhost, so the browser keeps the video decoder and the GPU from the
            page. Start the relay with <code>--tls self-signed</code> or with a certificate, or reach it through an SSH
            tunnel to localhost.
          </p>`
      }
      <p>
        Open the address that <code>npm start</code> printed in the terminal: it ends in <code>#owner=…</code> and works
        once. For a new one, run <code>npx eyepiece owner-link</code> on the machine where the relay runs.
      </p>
      <p><button class="button framed" type="button" @click=${() => location.reload()}>Try again</button></p>
    </section>`;
  }
}
customElements.define("ep-sign-in", EpSignIn);

/** See the file's comment. */
export class EpMissing extends LitElement {
  static override properties = { path: {} };
  declare path: string;
  static override styles = [sharedStyles, pageStyles];

  constructor() {
    super();
    this.path = "";
  }

  override render(): TemplateResult {
    return html`<section>
      <h1>Nothing is at ${this.path}</h1>
      <p>The address may be mistyped. <a href="/">Go to the sessions</a>.</p>
    </section>`;
  }
}
customElements.define("ep-missing", EpMissing);
