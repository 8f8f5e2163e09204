/** <ep-flow-presets>: values of a form that a person keeps. Tells `fill` with values; asks its page what is typed by `values`. */
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import type { Values } from "./elements.ts";
import { keepPreset, listPresets, type Preset, removePreset } from "./panel-api.ts";

/** See the file's comment. `flow`: its address. */
export class EpFlowPresets extends EpElement {
  static override properties = { flow: {}, values: { attribute: false } };
  declare flow: string;
  declare values: () => Values;
  readonly #notices = new Shared(this, noticesContext);
  readonly #presets = new Loaded<readonly Preset[]>(this, () => listPresets(this.flow));
  readonly #work = new Work(this, (sentence) => this.#notices.value.show("bad", sentence));
  #chosen = "";
  #naming = false;

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 12px;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .field {
        max-width: 200px;
      }
    `,
  ];

  constructor() {
    super();
    this.flow = "";
    this.values = () => ({});
  }

  override render(): TemplateResult | typeof nothing {
    const presets = this.#presets.value;
    if (!presets) return nothing;
    return html`
      ${
        presets.length === 0
          ? nothing
          : html`<select class="field" aria-label="Preset" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
            <option value="" ?selected=${this.#chosen === ""}>choose a preset</option>
            ${presets.map(({ name }) => html`<option value=${name} ?selected=${name === this.#chosen}>${name}</option>`)}
          </select>`
      }
      ${
        this.#chosen === ""
          ? nothing
          : html`<button class="button icon" type="button" aria-label=${`Remove the preset ${this.#chosen}`} title="Remove this preset" ?disabled=${this.#work.busy} @click=${() => void this.#remove()}><ep-icon name="trash"></ep-icon></button>`
      }
      ${
        this.#naming
          ? html`<form @submit=${(event: SubmitEvent) => void this.#keep(event)}>
            <input class="field" name="name" required maxlength="80" aria-label="Name of the preset" placeholder="Name" .value=${this.#chosen} />
            <button class="button framed" ?disabled=${this.#work.busy}>Keep</button>
            <button class="button" type="button" @click=${() => this.#name(false)}>Cancel</button>
          </form>`
          : html`<button class="button" type="button" @click=${() => this.#name(true)}><ep-icon name="plus"></ep-icon>Keep as a preset</button>`
      }
    `;
  }

  protected override updated(): void {
    const field = this.renderRoot.querySelector<HTMLInputElement>("input[name=name]");
    if (this.#naming && field && this.shadowRoot?.activeElement === null) field.focus();
  }

  #choose(name: string): void {
    this.#chosen = name;
    this.requestUpdate();
    const preset = this.#presets.value?.find((one) => one.name === name);
    if (preset) this.dispatchEvent(new CustomEvent("fill", { detail: preset.values }));
  }

  #name(naming: boolean): void {
    this.#naming = naming;
    this.requestUpdate();
  }

  async #keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get("name")).trim();
    const done = await this.#work.run(async () => {
      await keepPreset(this.flow, { name, values: this.values() });
    });
    if (!done) return;
    this.#chosen = name;
    this.#naming = false;
    await this.#presets.again();
    this.#notices.value.show("good", `Kept as ${name}. Passwords and files are not a part of it.`);
  }

  async #remove(): Promise<void> {
    if (await this.#work.run(() => removePreset(this.flow, this.#chosen))) this.#chosen = "";
    await this.#presets.again();
  }
}
customElements.define("ep-flow-presets", EpFlowPresets);
