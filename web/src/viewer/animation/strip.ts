/** <ep-animation-strip>: the key frames of a session: add, order, time, play, turn once, film. */
import { Ease, type Film } from "@eyepiece/protocol/viewer/film.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { noticesContext, sessionContext } from "../../services/contexts.ts";
import { randomId } from "../../services/view-id.ts";
import { Shared } from "../../ui/consumer.ts";
import { EpElement, sharedStyles } from "../../ui/element.ts";
import "../../ui/icon.ts";
import "../../ui/popover.ts";
import { unlessTyping } from "../../ui/unless-typing.ts";
import { filmed } from "../saves.ts";
import { AnimationStore, type StripKey } from "./store.ts";

const SIZES: readonly (readonly [string, number, number])[] = [
  ["1280 × 720", 1280, 720],
  ["1920 × 1080", 1920, 1080],
  ["3840 × 2160", 3840, 2160],
  ["640 × 360", 640, 360],
];
const TURN_SECONDS = 8;

/** See the file's comment. */
export class EpAnimationStrip extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #notices = new Shared(this, noticesContext);
  #store: AnimationStore | undefined;
  #task = "";
  #chosen = "";

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        align-items: stretch;
        gap: 8px;
        padding: 8px;
        border-top: 1px solid var(--line);
        background: var(--panel);
        font-size: 12px;
        min-width: 0;
      }
      .acts {
        display: grid;
        grid-template-columns: auto auto;
        gap: 4px;
        align-content: start;
        flex: none;
      }
      ol {
        display: flex;
        flex: 1;
        gap: 6px;
        min-width: 0;
        margin: 0;
        padding: 0;
        overflow-x: auto;
        list-style: none;
      }
      li {
        display: grid;
        flex: none;
        gap: 4px;
        width: 216px;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
      }
      li.chosen {
        border-color: var(--accent);
      }
      .picture {
        display: block;
        width: 100%;
        height: 72px;
        padding: 0;
        border: 0;
        border-radius: 4px;
        background: var(--canvas) center / cover no-repeat;
        color: var(--quiet);
        cursor: pointer;
      }
      .way {
        display: flex;
        gap: 4px;
      }
      .way .field {
        min-width: 0;
        flex: 1;
      }
      .way input {
        width: 52px;
        flex: none;
      }
      .form {
        display: grid;
        grid-template-columns: auto 130px;
        gap: 8px;
        align-items: center;
      }
      .form .wide {
        grid-column: 1 / -1;
      }
      p {
        align-self: center;
        margin: 0;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#store?.stop();
  }

  override render(): TemplateResult {
    const session = this.#session.value;
    this.#store ??= new AnimationStore(session);
    const store = this.#store;
    const keys = store.keys.value;
    const time = store.time.value;
    const three = session.dims.value?.ndisplay === 3;
    const playing = time !== undefined;
    return html`
      <div class="acts">
        <button class="button framed" type="button" title="What is shown becomes a key frame" @click=${() => void store.add(this.#chosen)}>
          <ep-icon name="plus"></ep-icon>Key frame
        </button>
        <button
          class="button framed"
          type="button"
          ?disabled=${keys.length < 2}
          @click=${() => (playing ? store.stop() : store.play())}
        >
          <ep-icon name=${playing ? "pause" : "play"}></ep-icon>${playing ? "Stop" : "Play"}
        </button>
        <button
          class="button framed"
          type="button"
          title="Once round the vertical axis, in place of the key frames"
          ?disabled=${!three}
          @click=${() => void store.turntable(TURN_SECONDS)}
        >
          <ep-icon name="rotate"></ep-icon>Turntable
        </button>
        ${this.#film(store)}
      </div>
      ${
        keys.length === 0
          ? html`<p class="quiet">Show what the film begins with and add a key frame; move, and add the next one.</p>`
          : html`<ol aria-label="Key frames">${keys.map((one, i) => this.#key(store, one, i, keys.length))}</ol>`
      }
      ${playing ? html`<p class="num" role="status">${time.toFixed(1)} s of ${store.seconds.toFixed(1)} s</p>` : nothing}
    `;
  }

  #key(store: AnimationStore, { id, key, picture }: StripKey, i: number, count: number): TemplateResult {
    const keys = (event: KeyboardEvent): void => {
      const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      if (by !== 0 && event.shiftKey) store.move(id, by);
      else if (event.key === "Delete") store.remove(id);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    return html`<li class=${this.#chosen === id ? "chosen" : ""}>
      <button
        class="picture"
        type="button"
        style=${picture === "" ? "" : `background-image: url(${picture})`}
        aria-label=${`Show key frame ${i + 1}`}
        title="Show it. Shift and arrows move it, Delete removes it"
        @click=${() => {
          this.#chosen = id;
          store.show(id);
          this.requestUpdate();
        }}
        @keydown=${keys}
      >
        ${picture === "" ? i + 1 : ""}
      </button>
      <div class="way">
        <button class="button icon" type="button" aria-label=${`Take key frame ${i + 1} anew`} title="What is shown takes its place" @click=${() => void store.replace(id)}>
          <ep-icon name="camera"></ep-icon>
        </button>
        <button class="button icon" type="button" aria-label=${`Remove key frame ${i + 1}`} title="Remove (Delete)" @click=${() => store.remove(id)}>
          <ep-icon name="trash"></ep-icon>
        </button>
        ${
          i === count - 1
            ? nothing
            : html`<input
                  class="field num"
                  type="number"
                  min="0.04"
                  step="any"
                  aria-label=${`Seconds from key frame ${i + 1} to the next`}
                  title="Seconds to the next one"
                  .value=${unlessTyping(String(key.seconds))}
                  @change=${(event: Event) => {
                    const seconds = (event.target as HTMLInputElement).valueAsNumber;
                    if (seconds >= 0.04 && seconds <= 3600) store.change(id, { seconds });
                    this.requestUpdate();
                  }}
                />
                <select
                  class="field"
                  aria-label=${`Way from key frame ${i + 1}`}
                  @change=${(event: Event) => store.change(id, { ease: (event.target as HTMLSelectElement).value as Ease })}
                >
                  ${Ease.options.map((ease) => html`<option value=${ease} ?selected=${ease === key.ease}>${ease}</option>`)}
                </select>`
        }
      </div>
    </li>`;
  }

  #film(store: AnimationStore): TemplateResult {
    const session = this.#session.value;
    const off = store.keys.value.length < 2 || !session.mayEdit;
    if (this.#task !== "")
      return html`<button class="button framed" type="button" @click=${() => void session.ask({ cancelSave: { task: this.#task } })}>
        <ep-icon name="square"></ep-icon>Cancel
      </button>`;
    return html`<ep-popover label="Film the animation" icon="download">
      <form class="form" @submit=${(event: SubmitEvent) => void this.#make(event, store)}>
        <label for="size">Size</label>
        <select class="field" id="size" name="size">
          ${SIZES.map(([words], i) => html`<option value=${i}>${words}</option>`)}
        </select>
        <label for="fps">Pictures a second</label>
        <input class="field" id="fps" name="fps" type="number" min="1" max="120" value="30" />
        <p class="wide quiet">${store.seconds.toFixed(1)} s. The node draws each picture whole; you may go on meanwhile.</p>
        <button class="button primary wide" ?disabled=${off}>Make the film</button>
      </form>
    </ep-popover>`;
  }

  async #make(event: SubmitEvent, store: AnimationStore): Promise<void> {
    event.preventDefault();
    const session = this.#session.value;
    const data = new FormData(event.target as HTMLFormElement);
    const [, width, height] = SIZES[Number(data.get("size"))] ?? ["", 1280, 720];
    const { size } = session;
    if (!size) return;
    const film: Film = {
      keys: store.keys.peek().map(({ key }) => key),
      ...{ width, height, fps: Number(data.get("fps")) || 30 },
      canvas: { width: size.width, height: size.height },
      name: `${session.scene.peek()?.title || session.id}.mp4`,
      overlays: session.view.peek()?.overlays,
      selected: session.selected.peek(),
    };
    this.#task = randomId();
    this.requestUpdate();
    try {
      await filmed(session, film, this.#task);
      this.#notices.value.show("good", `${film.name} is made and downloaded.`);
    } catch (cause) {
      this.#notices.value.show("bad", `No film: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      this.#task = "";
      this.requestUpdate();
    }
  }
}
customElements.define("ep-animation-strip", EpAnimationStrip);
