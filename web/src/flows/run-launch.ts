/** <ep-flow-run-launch>: what follows on a run: attempts before and after it, and whether its address was told. Tells `another` where the run is somebody else's. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ApiError } from "../services/api.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { getLaunch, type Launch } from "./panel-api.ts";

/** While something is about to happen, it is looked again. */
const AGAIN_MS = 1500;

/** See the file's comment. `stage`: asked again when it changes. */
export class EpFlowRunLaunch extends EpElement {
  static override properties = { run: {}, stage: {} };
  declare run: string;
  declare stage: string;
  #launch: Launch | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    sharedStyles,
    css`
      p {
        margin: 8px 0 0;
        color: var(--quiet);
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("run") || changed.has("stage")) void this.#ask();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    // Where the node is away, the run's own line says so.
    this.#launch = await getLaunch(this.run).catch((cause: unknown) => {
      // What follows on a run is told to its owner only; a guest asks for nothing else at all.
      if (cause instanceof ApiError && [403, 404].includes(cause.status))
        this.dispatchEvent(new CustomEvent("another"));
      return this.#launch;
    });
    this.requestUpdate();
    const state = this.#launch?.state;
    if (this.isConnected && (state === "retrying" || state === "delivering"))
      this.#timer = setTimeout(() => void this.#ask(), AGAIN_MS);
  }

  override render(): TemplateResult | typeof nothing {
    const launch = this.#launch;
    if (!launch || launch.state === "none") return nothing;
    const { attempt, retries, before, after, webhook, state, tries = 0, why = "" } = launch;
    const link = (fid: string, words: string) => html`<a href=${`/flows/runs/${fid}`}>${words}</a>`;
    return html`
      ${
        attempt === 1 && retries === 0
          ? nothing
          : html`<p>
            Attempt ${attempt}${retries > 0 ? ` of up to ${attempt + retries}` : ""}${before ? html`, after ${link(before, "the one before")}` : nothing}${after ? html`. It was started again: ${link(after, "the next attempt")}` : nothing}.
            ${state === "retrying" ? html`<span role="status">It is started again soon.</span>` : nothing}
          </p>`
      }
      ${webhook && !after ? html`<p>${hostOf(webhook)} ${toldWords(state, tries)}${why === "" ? nothing : html` <span class="bad">${why}</span>`}</p>` : nothing}
    `;
  }
}
customElements.define("ep-flow-run-launch", EpFlowRunLaunch);

function toldWords(state: Launch["state"], tries: number): string {
  if (state === "done") return "was told of its end.";
  if (state === "failed") return "could not be told of its end.";
  if (state === "delivering")
    return tries === 0 ? "is being told of its end." : `is asked again: ${tries} tries failed.`;
  return "is told of its end.";
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
