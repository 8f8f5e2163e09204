/** <ep-people>: who else looks at the session: marks with initials that one may follow, and their pointers. */
import type { View } from "@eyepiece/protocol/scene/schema.ts";
import type { Onlooker } from "@eyepiece/protocol/viewer/presence.ts";
import { effect, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { sessionContext } from "../../services/contexts.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import { colorOf, followed, initials, placeOf } from "./cursors.ts";

/** See the file's comment. It lies over the canvas, and takes no presses but on the marks. */
export class EpPeople extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  /** The view of whom one follows. */
  readonly #following = signal("");
  #stop: () => void = () => {};

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        pointer-events: none;
      }
      .marks {
        position: absolute;
        top: 8px;
        right: 52px;
        display: flex;
        gap: 4px;
        align-items: center;
      }
      .mark {
        width: 28px;
        height: 28px;
        padding: 0;
        border: 2px solid var(--who);
        border-radius: 50%;
        background: rgb(21 26 33 / 85%);
        color: #e6eaf0;
        font-size: 11px;
        font-weight: 600;
        cursor: pointer;
        pointer-events: auto;
      }
      .mark[aria-pressed="true"] {
        background: var(--who);
        color: #04121c;
      }
      .following {
        padding: 4px 8px;
        border-radius: var(--radius);
        background: rgb(21 26 33 / 85%);
        color: #e6eaf0;
        font-size: 12px;
      }
      .cursor {
        position: absolute;
        left: 0;
        top: 0;
        color: var(--who);
        will-change: transform;
      }
      .cursor.away {
        opacity: 0.4;
      }
      .cursor svg {
        display: block;
      }
      .cursor span {
        display: block;
        margin: -2px 0 0 12px;
        padding: 1px 6px;
        border-radius: var(--radius);
        background: var(--who);
        color: #04121c;
        font-size: 11px;
        white-space: nowrap;
      }
      @media (pointer: coarse) {
        .mark {
          width: 40px;
          height: 40px;
        }
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render(): TemplateResult | typeof nothing {
    const session = this.#session.value;
    const others = session.others.value;
    if (others.length === 0) return nothing;
    const followed = others.find((one) => one.view === this.#following.value);
    return html`
      <div class="marks" role="group" aria-label="Others in this session">
        ${followed ? html`<span class="following" role="status">Following ${followed.name}</span>` : nothing}
        ${others.slice(0, 8).map((one) => {
          const on = one === followed;
          return html`<button
            class="mark"
            type="button"
            style=${`--who: ${colorOf(one.view)}`}
            aria-pressed=${on ? "true" : "false"}
            aria-label=${on ? `Stop following ${one.name}` : `Follow ${one.name}`}
            title=${on ? `You see what ${one.name} sees. Press, or move, to look for yourself.` : `Follow ${one.name}`}
            @click=${() => this.#follow(on ? "" : one.view)}
          >
            ${initials(one.name)}
          </button>`;
        })}
        ${others.length > 8 ? html`<span class="following">+${others.length - 8}</span>` : nothing}
      </div>
      ${others.map((one) => this.#cursor(one))}
    `;
  }

  #cursor({ view, name, pointer }: Onlooker): TemplateResult | typeof nothing {
    const session = this.#session.value;
    const own = session.view.value;
    const place = pointer && own && session.size && placeOf(own, session.size, pointer);
    if (!place) return nothing;
    return html`<div
      class=${place.inSlice ? "cursor" : "cursor away"}
      style=${`--who: ${colorOf(view)}; transform: translate(${place.x}px, ${place.y}px)`}
      aria-hidden="true"
    >
      <svg width="14" height="18" viewBox="0 0 14 18">
        <path d="M1 1 L1 14 L4.5 11 L7 17 L9.5 16 L7 10 L12 10 Z" fill="currentColor" stroke="#04121c" />
      </svg>
      <span>${name}</span>
    </div>`;
  }

  /** Looks as another does, until one moves oneself. */
  #follow(view: string): void {
    this.#stop();
    this.#following.value = view;
    if (view === "") return;
    const session = this.#session.value;
    let shown = session.view.peek();
    const stop = effect(() => {
      const one = session.others.value.find((other) => other.view === view);
      const own = session.view.value;
      queueMicrotask(() => {
        if (this.#following.peek() !== view) return;
        // Somebody else's hand on one's own view: one's own.
        if (!one || own !== shown) {
          this.#follow("");
          return;
        }
        const fitted = session.size ? followed(one.at, one.size, session.size) : one.at;
        const next = { ...fitted, dims: { ...fitted.dims, range: own?.dims.range ?? fitted.dims.range } };
        if (own && sameLook(next, own)) return;
        session.showView(next, { moving: true });
        shown = session.view.peek();
      });
    });
    this.#stop = () => {
      stop();
      this.#stop = () => {};
    };
  }
}
/** Whether two views look alike, whatever lies over them. */
function sameLook(one: View, other: View): boolean {
  const look = ({ camera, dims, grid }: View): string => JSON.stringify([camera, dims, grid]);
  return look(one) === look(other);
}

customElements.define("ep-people", EpPeople);
