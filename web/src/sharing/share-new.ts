/** <ep-share-new>: the form that makes a share link; the link is shown once. Fires `made`. */
import type { Level } from "@eyepiece/protocol/rights.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { api, request } from "../services/api.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import { sentenceOf, Work } from "../ui/loaded.ts";
import "../ui/secret.ts";
import { previewPicture } from "./preview.ts";
import { levelsOf, levelWords, RUN_WARNING, runsCode, type SharedThing } from "./rights.ts";

const HOUR = 3_600_000;
const ENDS: readonly (readonly [string, number])[] = [
  ["Until it is withdrawn", 0],
  ["For an hour", HOUR],
  ["For a day", 24 * HOUR],
  ["For a week", 7 * 24 * HOUR],
  ["For 30 days", 30 * 24 * HOUR],
];

/** See the file's comment. `picture` gives what a preview may show behind the name. */
export class EpShareNew extends EpElement {
  static override properties = {
    thing: { attribute: false },
    picture: { attribute: false },
    place: { attribute: false },
  };
  declare thing: SharedThing | undefined;
  declare picture: (() => Promise<Blob | undefined>) | undefined;
  /** Where in the thing one is, as a part of an address's fragment. */
  declare place: (() => string | undefined) | undefined;
  #level: Level = "view";
  #run = false;
  #sure = false;
  #made = "";
  #trouble = "";
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });

  static override styles = [
    sharedStyles,
    css`
      form {
        display: grid;
        gap: 12px;
      }
      fieldset {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 4px;
        color: var(--quiet);
        font-size: 12px;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: var(--hit);
      }
      .warning {
        display: grid;
        gap: 6px;
        padding: 8px 12px;
        border: 1px solid var(--warn);
        border-radius: var(--radius);
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr));
        gap: 12px;
      }
      .pair label {
        display: grid;
        gap: 4px;
        color: var(--quiet);
        font-size: 12px;
      }
      .field {
        height: max(32px, var(--hit));
        color: var(--text);
        font-size: 13px;
      }
      .button {
        justify-self: start;
      }
      p {
        margin: 0;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { thing } = this;
    if (!thing) return nothing;
    return html`
      <form @submit=${(event: SubmitEvent) => void this.#submit(event, thing)}>
        <fieldset>
          <legend>Whoever has the link may</legend>
          ${levelsOf(thing.kind).map(
            (level) => html`<label class="choice">
              <input
                type="radio"
                name="level"
                .checked=${this.#level === level}
                @change=${() => {
                  this.#level = level;
                  this.requestUpdate();
                }}
              />${levelWords(level, thing.kind)}
            </label>`,
          )}
          ${runsCode(thing.kind) ? this.#runChoice() : nothing}
        </fieldset>
        <div class="pair">
          <label>
            It holds
            <select class="field" name="ends">
              ${ENDS.map(([words, ms]) => html`<option value=${ms}>${words}</option>`)}
            </select>
          </label>
          <label>
            Password (not required)
            <input class="field" name="password" type="password" minlength="4" autocomplete="new-password" />
          </label>
        </div>
        <label class="choice">
          <input type="checkbox" name="preview" />
          Previews of the link show “${thing.name}” and a picture
        </label>
        ${
          this.place === undefined
            ? nothing
            : html`<label class="choice">
                <input type="checkbox" name="place" checked />
                It opens at exactly this view
              </label>`
        }
        ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
        <button class="button primary" ?disabled=${this.#work.busy || (this.#run && !this.#sure)}>
          <ep-icon name="link"></ep-icon>Make a link
        </button>
      </form>
      ${this.#made === "" ? nothing : html`<ep-secret label="The link, shown this once" value=${this.#made} style="margin-top: 12px"></ep-secret>`}
    `;
  }

  #runChoice(): TemplateResult {
    const tick = (set: (on: boolean) => void) => (event: Event) => {
      set((event.target as HTMLInputElement).checked);
      this.requestUpdate();
    };
    return html`
      <label class="choice">
        <input
          type="checkbox"
          .checked=${this.#run}
          @change=${tick((on) => {
            this.#run = on;
            this.#sure = false;
          })}
        />Run code
      </label>
      ${
        this.#run
          ? html`<div class="warning">
              <p>${RUN_WARNING}</p>
              <label class="choice">
                <input
                  type="checkbox"
                  .checked=${this.#sure}
                  @change=${tick((on) => {
                    this.#sure = on;
                  })}
                />I trust whoever gets this link with that
              </label>
            </div>`
          : nothing
      }
    `;
  }

  async #submit(event: SubmitEvent, thing: SharedThing): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const lasts = Number(data.get("ends"));
    const password = String(data.get("password") ?? "");
    const preview = data.get("preview") !== null;
    const place = data.get("place") === null ? undefined : this.place?.();
    this.#trouble = "";
    this.#made = "";
    await this.#work.run(async () => {
      const { id, url } = await api<{ id: string; url: string }>("POST", "/api/shares", {
        body: {
          kind: thing.kind,
          id: thing.id,
          node: thing.node ?? "",
          rights: this.#level,
          run: this.#run,
          expires_at: lasts > 0 ? Date.now() + lasts : null,
          password: password === "" ? null : password,
          ...(preview && { title: thing.name.slice(0, 120) }),
        },
      });
      const query = preview ? await this.#show(id, thing) : "";
      const made = new URL(url.replace("#", `${query}#`), location.href).href;
      this.#made = place === undefined ? made : `${made}&${place}`;
      const field = form.elements.namedItem("password");
      if (field instanceof HTMLInputElement) field.value = "";
    });
    this.dispatchEvent(new CustomEvent("made"));
  }

  /** Gives the link a picture. Without one it is a link all the same. */
  async #show(id: string, thing: SharedThing): Promise<string> {
    try {
      const behind = await this.picture?.().catch((cause: unknown) => {
        console.info("There is no picture to put behind the preview's words:", cause);
        return undefined;
      });
      const body = await previewPicture(thing.name, thing.kind, behind);
      const answer = await request("PUT", `/api/shares/${id}/picture`, {
        body,
        headers: { "content-type": "image/png" },
      });
      return ((await answer.json()) as { query: string }).query;
    } catch (cause) {
      this.#trouble = `The link has no picture for previews: ${sentenceOf(cause)}`;
      return "";
    }
  }
}
customElements.define("ep-share-new", EpShareNew);
