/** <ep-expose-form>: a service's settings. Tells `kept` when the node has them, `leave`. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Work } from "../ui/loaded.ts";
import { checkBootstrap, type Expose, type Problem, writeExpose } from "./admin-api.ts";
import "./yaml-editor.ts";

const EXAMPLE = `import_path: hymn:app
runtime_env:
  working_dir: /srv/flows
  env_vars: {}
`;

/** See the file's comment. `expose`: undefined for a new one. */
export class EpExposeForm extends EpElement {
  static override properties = { expose: { attribute: false } };
  declare expose: Expose | undefined;
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  #text: string | undefined;
  #problems: readonly Problem[] = [];
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: none;
        margin: 0;
        padding: 12px 0;
      }
      form.stack {
        /* A long line of settings is scrolled in its editor, and widens nothing. */
        grid-template-columns: minmax(0, 1fr);
        max-width: 720px;
      }
      form.stack label.line {
        display: flex;
        color: var(--text);
        font-size: 13px;
      }
      .buttons {
        display: flex;
        gap: 8px;
      }
      p {
        margin: 0;
      }
    `,
  ];

  override render(): TemplateResult {
    const { expose } = this;
    const text = this.#text ?? expose?.bootstrap ?? (expose ? "" : EXAMPLE);
    return html`<form class="stack" @submit=${(event: SubmitEvent) => void this.#keep(event, text)}>
      ${
        expose
          ? nothing
          : html`<label>Name, in addresses<input class="field" name="name" required pattern="[a-z0-9][a-z0-9_\\-]{0,63}" autocomplete="off" spellcheck="false" placeholder="hymn" /></label>`
      }
      <label>Name, for people<input class="field" name="display" maxlength="200" .value=${expose?.display ?? ""} /></label>
      <label class="line"><input type="checkbox" name="enabled" ?checked=${expose?.enabled ?? true} />switched on</label>
      <div>
        <p class="quiet">How it is started: its module, its folder on the node, its environment. Empty for a draft.</p>
        <ep-yaml-editor label="How it is started, as YAML" .text=${text} .check=${this.#check} @text=${(
          event: CustomEvent<string>,
        ) => {
          this.#text = event.detail;
        }}></ep-yaml-editor>
      </div>
      ${this.#problems.map(({ line, message }) => html`<p class="bad">Line ${line}: ${message}</p>`)}
      ${this.#trouble === "" ? nothing : html`<p class="bad" role="alert">${this.#trouble}</p>`}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.#work.busy}>${expose ? "Keep the changes" : "Expose the service"}</button>
        <button class="button framed" type="button" @click=${() => this.dispatchEvent(new CustomEvent("leave"))}>Cancel</button>
      </div>
    </form>`;
  }

  readonly #check = async (text: string): Promise<readonly Problem[]> => {
    this.#problems = await checkBootstrap(text);
    this.requestUpdate();
    return this.#problems;
  };

  async #keep(event: SubmitEvent, text: string): Promise<void> {
    event.preventDefault();
    this.#trouble = "";
    const data = new FormData(event.target as HTMLFormElement);
    const { expose } = this;
    const done = await this.#work.run(async () => {
      await writeExpose({
        name: expose?.name ?? String(data.get("name")),
        display: String(data.get("display")).trim() || null,
        network: expose?.network ?? null,
        enabled: data.get("enabled") !== null,
        bootstrap: text.trim() === "" ? null : text,
        etag: expose?.etag ?? null,
      });
    });
    if (done) this.dispatchEvent(new CustomEvent("kept"));
  }
}
customElements.define("ep-expose-form", EpExposeForm);
