/** <ep-connection>: how the connection is, honestly: live, slow, reconnecting in 3 s, refused. */
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { linkContext, personContext } from "../services/contexts.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import type { LinkStatus } from "../worker/api.ts";

/** What the chip says of a status at a time (ms since the epoch), and its colour's token. */
export function describe(
  status: LinkStatus,
  now: number,
  online = true,
): { readonly words: string; readonly colour: string } {
  if (status.phase === "live") return { words: "live", colour: "good" };
  if (status.phase === "stalled") return { words: "no answer", colour: "warn" };
  if (status.phase === "connecting") return { words: "connecting", colour: "warn" };
  if (status.phase === "refused") return { words: "reload needed", colour: "bad" };
  if (!online) return { words: "offline: kept here", colour: "warn" };
  const seconds = Math.max(0, Math.ceil(((status.retryAt ?? now) - now) / 1000));
  return { words: seconds > 0 ? `reconnecting in ${seconds} s` : "reconnecting", colour: "bad" };
}

/** See the file's comment. */
export class EpConnection extends EpElement {
  readonly #link = new Shared(this, linkContext);
  readonly #person = new Shared(this, personContext);
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    sharedStyles,
    css`
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        height: 24px;
        padding: 0 8px;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--raised);
        font-size: 12px;
        white-space: nowrap;
        color: var(--text);
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--colour);
      }
      button.chip {
        cursor: pointer;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(changes: PropertyValues): void {
    super.updated(changes);
    clearTimeout(this.#timer);
    // The countdown's own clock.
    if (this.#link.value.status.value.phase === "waiting") {
      this.#timer = setTimeout(() => this.requestUpdate(), 500);
    }
  }

  override render(): TemplateResult {
    const status = this.#link.value.status.value;
    const person = this.#person.value.state.value;
    const fromBefore = person.phase === "signed-in" && person.kept;
    // A browser may think that it is online when nothing answers.
    const { words, colour } = describe(status, Date.now(), navigator.onLine && !fromBefore);
    const kept = fromBefore
      ? ` ${person.person.name} is shown as signed in from before; the relay has not said so yet.`
      : "";
    const trip =
      status.phase === "live" && status.roundTrip !== undefined ? `, ${status.roundTrip.toFixed(1)} ms` : "";
    const title = (status.reason ?? `Connection to the relay${trip}.`) + kept;
    const inner = html`<span class="dot" style=${`--colour: var(--${colour})`}></span><span>${words}</span>`;
    if (status.phase === "waiting" || status.phase === "refused") {
      const act = () => (status.phase === "refused" ? location.reload() : this.#link.value.retry());
      return html`<button class="chip" type="button" title=${title} aria-label=${`Connection: ${words}`} @click=${act}>
        ${inner}
      </button>`;
    }
    return html`<span class="chip" role="status" title=${title} aria-label=${`Connection: ${words}`}>${inner}</span>`;
  }
}
customElements.define("ep-connection", EpConnection);
