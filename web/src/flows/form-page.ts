/** <ep-flow-form-page>: the form of one flow, opened with what the address says. Handing it in leads to the run. */
import { html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { noticesContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { type Flow, type Form, findFlow, getForm, handIn, type LaunchWish } from "./api.ts";
import { fillingQuery, type Values } from "./elements.ts";
import "./flow-form.ts";
import "./flows-nav.ts";
import "./flows-wait.ts";
import "./form-more.ts";
import "./form-presets.ts";
import type { EpFlowForm } from "./flow-form.ts";

/** See the file's comment. `fill`: a query with values. */
export class EpFlowFormPage extends EpElement {
  static override properties = { uid: {}, fill: {} };
  declare uid: string;
  declare fill: string;
  readonly #router = new Shared(this, routerContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #form = new Loaded<{ flow: Flow; form: Form }>(this, () => this.#ask());
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  #errors: Readonly<Record<string, readonly string[]>> = {};
  #trouble = "";
  #given: { fill: string; values: URLSearchParams } | undefined;
  #wish: LaunchWish = { retries: 0, webhook: "" };

  static override styles = [sharedStyles, pageStyles];

  constructor() {
    super();
    this.fill = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#router.value.setTitle("");
  }

  async #ask(): Promise<{ flow: Flow; form: Form }> {
    const flow = await findFlow(
      ({ uid }) => uid === this.uid,
      () => this.isConnected,
    );
    if (!flow) throw new Error("There is no such flow on this node.");
    this.#router.value.setTitle(flow.summary);
    return { flow, form: await getForm(flow.url) };
  }

  override render(): TemplateResult {
    const loaded = this.#form.value;
    const trouble = this.#form.trouble || this.#trouble;
    if (!loaded) {
      return html`<ep-flows-nav></ep-flows-nav>
        ${trouble === "" ? html`<ep-flows-wait words="Asking the service for its form."></ep-flows-wait>` : html`<p role="alert">${trouble}</p>`}`;
    }
    const { flow, form } = loaded;
    if (this.#given?.fill !== this.fill)
      this.#given = { fill: this.fill, values: new URLSearchParams(this.fill) };
    return html`
      <ep-flows-nav></ep-flows-nav>
      <div class="head">
        <h1>${flow.summary}</h1>
        <button class="button framed" type="button" @click=${() => void this.#copy(form)}>
          <ep-icon name="link"></ep-icon>Copy a link with what is filled in
        </button>
      </div>
      ${flow.description ? html`<p class="hint">${flow.description}</p>` : nothing}
      ${trouble === "" ? nothing : html`<p class="bad" role="alert">${trouble}</p>`}
      <section>
        <ep-flow-presets .flow=${flow.url} .values=${this.#values} @fill=${(event: CustomEvent<Values>) => this.#element?.fill(event.detail)}></ep-flow-presets>
        <ep-flow-form
          .elements=${form.elements}
          .errors=${this.#errors}
          .given=${this.#given?.values ?? new URLSearchParams()}
          .busy=${this.#work.busy}
          @hand-in=${(event: CustomEvent<Values>) => void this.#handIn(flow, event.detail)}
          @leave=${() => this.#router.value.go({ page: "flows", words: "", tag: "" })}
        ></ep-flow-form>
        ${this.#work.busy ? html`<ep-flows-wait words="The service looks at what was handed in."></ep-flows-wait>` : nothing}
        <ep-flow-more .flow=${flow.url} .values=${this.#values} @wish=${(event: CustomEvent<LaunchWish>) => {
          this.#wish = event.detail;
        }}></ep-flow-more>
      </section>
    `;
  }

  get #element(): EpFlowForm | null {
    return this.renderRoot.querySelector<EpFlowForm>("ep-flow-form");
  }

  readonly #values = (): Values => this.#element?.values ?? {};

  async #handIn(flow: Flow, values: Values): Promise<void> {
    this.#trouble = "";
    await this.#work.run(async () => {
      const { result, errors } = await handIn(flow.url, values, this.#wish);
      this.#errors = errors ?? {};
      if (result !== undefined) this.#router.value.go({ page: "flow-run", run: result });
    });
  }

  async #copy(form: Form): Promise<void> {
    const query = fillingQuery(form.elements, this.#values());
    const address = `${location.origin}/flows/form/${this.uid}${query === "" ? "" : `?${query}`}`;
    try {
      await navigator.clipboard.writeText(address);
      this.#notices.value.show("good", "The link is in the clipboard.");
    } catch {
      this.#notices.value.show("bad", `The clipboard cannot be written here. The link: ${address}`);
    }
  }
}
customElements.define("ep-flow-form-page", EpFlowFormPage);
