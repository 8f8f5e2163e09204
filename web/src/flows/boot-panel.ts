/** <ep-flow-boot>: all services started, step by step, as it goes on. Tells `booted` at the end. */
import { css, html, nothing, type TemplateResult } from "lit";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf } from "../ui/loaded.ts";
import { logStyles } from "../ui/log-styles.ts";
import { type BootStep, boot } from "./admin-api.ts";
import "./flows-wait.ts";

/** Lines that are drawn: the newest. */
const DRAWN = 300;

/** See the file's comment. */
export class EpFlowBoot extends EpElement {
  #steps: BootStep[] = [];
  #running: AbortController | undefined;
  #trouble = "";

  static override styles = [
    sharedStyles,
    logStyles,
    css`
      :host {
        display: block;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        --icon-size: 16px;
      }
      progress {
        width: 160px;
        height: 6px;
        accent-color: var(--accent);
      }
      .bad,
      li.error {
        color: var(--bad);
      }
      li.warning {
        color: var(--warn);
      }
      li.activity {
        color: var(--quiet);
      }
      ol {
        max-height: 240px;
        margin-top: 8px;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // The boot goes on; only nobody looks any more.
    this.#running?.abort();
  }

  override render(): TemplateResult {
    const last = this.#steps.at(-1);
    return html`
      <div class="line">
        <button class="button framed" type="button" ?disabled=${this.#running !== undefined} @click=${() => void this.#boot(false)}><ep-icon name="play"></ep-icon>Start all services</button>
        <button class="button framed" type="button" @click=${() => void this.#boot(true)}><ep-icon name="rotate"></ep-icon>Start all anew</button>
        ${this.#running && last ? html`<progress aria-label="Progress of the boot" max="100" value=${last.percent}></progress>` : nothing}
        ${last ? html`<span role="status" class=${last.step === "error" ? "bad" : nothing}>${wordsOf(last)}</span>` : nothing}
      </div>
      ${this.#running ? html`<ep-flows-wait words=""></ep-flows-wait>` : nothing}
      ${this.#trouble === "" ? nothing : html`<p class="bad" role="alert">${this.#trouble}</p>`}
      ${
        this.#steps.length === 0
          ? nothing
          : html`<ol aria-label="Steps of the boot" tabindex="0">${this.#steps.slice(-DRAWN).map(lineOf)}</ol>`
      }
    `;
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector("ol");
    if (list && this.#running) list.scrollTop = list.scrollHeight;
  }

  async #boot(force: boolean): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    [this.#steps, this.#trouble] = [[], ""];
    this.requestUpdate();
    try {
      const told = (step: BootStep) => {
        if (this.#running !== running) return;
        this.#steps.push(step);
        this.requestUpdate();
      };
      await boot(force, told, running.signal);
    } catch (cause) {
      if (!running.signal.aborted) this.#trouble = sentenceOf(cause);
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("booted"));
  }
}
customElements.define("ep-flow-boot", EpFlowBoot);

/** The step that goes on; at the end, what it came to. */
function wordsOf({ step, target, message }: BootStep): string {
  if (step === "complete" || step === "error") return message;
  return target ? `${step}: ${target}` : step;
}

function lineOf({ step, type, message, target, result }: BootStep): TemplateResult {
  const words = [step, target, message, result].filter(Boolean).join(" · ");
  return html`<li class=${type}>${words}</li>`;
}
