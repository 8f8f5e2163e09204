/** <ep-stage-form>: what a stage can be told. It asks its host to begin the stage, by the event `begin`. */
import { css, html, nothing, type TemplateResult } from "lit";
import { pageStyles } from "../pages/page-styles.ts";
import { listFiles, type TrainingFile } from "../training/api.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded } from "../ui/loaded.ts";
import type { FileSetting, Setting, Settings } from "./api.ts";

/** See the file's comment. */
export class EpStageForm extends EpElement {
  static override properties = {
    settings: { attribute: false },
    files: { attribute: false },
    values: { attribute: false },
    words: {},
    disabled: { type: Boolean },
    why: {},
  };
  declare settings: readonly Setting[];
  declare files: readonly FileSetting[];
  /** What holds now. */
  declare values: Settings;
  /** Of the button. */
  declare words: string;
  declare disabled: boolean;
  /** Why it cannot be begun; empty where it can. */
  declare why: string;

  readonly #own = new Loaded<readonly TrainingFile[]>(this, async () =>
    this.files.length > 0 ? await listFiles() : [],
  );

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      :host {
        max-width: none;
        margin: 0;
        padding: 0;
      }
      form {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr));
        gap: 12px;
        align-items: end;
      }
      .begin {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
        grid-column: 1 / -1;
      }
      .field {
        width: 100%;
        box-sizing: border-box;
      }
    `,
  ];

  constructor() {
    super();
    this.settings = [];
    this.files = [];
    this.values = {};
    this.words = "Run";
    this.disabled = false;
    this.why = "";
  }

  override render(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event)}>
      ${this.settings.map((setting) => this.#field(setting))}
      ${this.files.map((setting) => this.#file(setting))}
      <div class="begin">
        ${
          this.disabled
            ? html`<span class="quiet">These hold now.</span>`
            : this.why === ""
              ? html`<button class="button primary">${this.words}</button>`
              : html`<span class="quiet">${this.why}</span>`
        }
      </div>
    </form>`;
  }

  #field({ name, title, least, most, whole, default: usual }: Setting): TemplateResult {
    return html`<label class="stack">
      ${title}
      <input
        class="field"
        type="number"
        name=${name}
        required
        min=${least}
        max=${most}
        step=${whole ? 1 : "any"}
        title=${`${name}, from ${least} to ${most}; ${usual} unless you say otherwise`}
        .value=${String(this.values[name] ?? usual)}
        ?disabled=${this.disabled}
      />
    </label>`;
  }

  #file({ name, title, format }: FileSetting): TemplateResult {
    const fitting = (this.#own.value ?? []).filter((file) => file.format === format);
    const value = String(this.values[name] ?? "");
    return html`<label class="stack">
      ${title}
      <select class="field" name=${name} title=${this.#own.trouble || name} ?disabled=${this.disabled}>
        <option value="">none${fitting.length === 0 ? `: there is no file of format ${format}` : ""}</option>
        ${
          value === "" || fitting.some(({ id }) => id === value)
            ? nothing
            : html`<option value=${value} selected>a file that was deleted</option>`
        }
        ${fitting.map(
          ({ id, filename, lines }) =>
            html`<option value=${id} ?selected=${id === value}>${filename}, ${lines.toLocaleString()} lines</option>`,
        )}
      </select>
    </label>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const files = new Set(this.files.map(({ name }) => name));
    const settings: Settings = Object.fromEntries(
      [...form].map(([name, value]) => [name, files.has(name) ? String(value) : Number(value)]),
    );
    this.dispatchEvent(new CustomEvent("begin", { detail: settings }));
  }
}
customElements.define("ep-stage-form", EpStageForm);
