/** <ep-save-dialog>: saves layers or the scene: as a download, or into a folder of the node. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { nodeContext, noticesContext, sessionContext } from "../services/contexts.ts";
import type { Folder } from "../services/node.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { fileStem, formatsFor, type SaveFormat, SCENE, saveLayers } from "./saves.ts";

/** See the file's comment. */
export class EpSaveDialog extends EpElement {
  readonly #session = new Shared(this, sessionContext);
  readonly #node = new Shared(this, nodeContext);
  readonly #notices = new Shared(this, noticesContext);
  #open = false;
  #layers: readonly Layer[] = [];
  #formats: readonly SaveFormat[] = [];
  #end = "";
  #stem = "";
  #place: "download" | "node" = "download";
  #folder: Folder | undefined;
  #task = "";
  #trouble = "";

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 520px;
      }
      form {
        display: grid;
        gap: 12px;
      }
      label,
      fieldset {
        display: grid;
        gap: 4px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset label,
      .tools {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .tools {
        justify-content: flex-end;
      }
      .where {
        color: var(--quiet);
        font: 12px var(--mono);
        overflow-wrap: anywhere;
      }
      ul {
        max-height: 180px;
        overflow-y: auto;
        margin: 0;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        list-style: none;
      }
      li button {
        width: 100%;
        min-height: var(--hit);
        border: 0;
        background: none;
        text-align: left;
        cursor: pointer;
      }
    `,
  ];

  /** Asks how to save these layers; all of them, and the scene, when there are none. */
  show(ids: readonly string[] = []): void {
    const { layers = [], title = "" } = this.#session.value.scene.peek() ?? {};
    const chosen = layers.filter(({ id }) => ids.includes(id));
    this.#layers = chosen;
    this.#formats = chosen.length > 0 ? [...formatsFor(chosen), SCENE] : [SCENE, ...formatsFor(layers)];
    this.#end = this.#formats[0]?.end ?? SCENE.end;
    this.#stem = fileStem(chosen.length === 1 ? (chosen[0]?.name ?? "") : title);
    this.#trouble = "";
    this.#open = true;
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`<wa-dialog
      label=${this.#layers.length > 0 ? "Save layers" : "Save"}
      ?open=${this.#open}
      @wa-after-hide=${(event: Event) => {
        // Shown again while it was going away: it stays.
        if (event.target !== event.currentTarget || (event.currentTarget as HTMLElement).hasAttribute("open"))
          return;
        this.#open = false;
        this.requestUpdate();
      }}
    >
      ${this.#open ? this.#body() : nothing}
    </wa-dialog>`;
  }

  #body(): TemplateResult {
    const busy = this.#task !== "";
    return html`<form @submit=${this.#submit}>
      <label>
        Format
        <select class="field" name="format" ?disabled=${busy} @change=${this.#format}>
          ${this.#formats.map(
            ({ end, title }) =>
              html`<option value=${end} ?selected=${end === this.#end}>${title} (${end})</option>`,
          )}
        </select>
      </label>
      <label>
        Name
        <input class="field" name="name" .value=${this.#stem} required maxlength="120" autocomplete="off" ?disabled=${busy} />
      </label>
      <fieldset ?disabled=${busy}>
        <legend>Where</legend>
        ${this.#choice("download", "Download to this machine")} ${this.#choice("node", "A folder of the node")}
      </fieldset>
      ${this.#place === "node" ? this.#folders() : nothing}
      ${this.#trouble === "" ? nothing : html`<p role="alert">${this.#trouble}</p>`}
      <div class="tools">
        ${
          busy
            ? html`<button class="button framed" type="button" @click=${this.#cancel}>Cancel</button>`
            : html`<button class="button framed" type="submit">Save</button>`
        }
      </div>
    </form>`;
  }

  #choice(place: "download" | "node", title: string): TemplateResult {
    const choose = (): void => {
      this.#place = place;
      this.requestUpdate();
      if (place === "node" && !this.#folder) void this.#go("");
    };
    return html`<label
      ><input type="radio" name="place" .checked=${this.#place === place} @change=${choose} />${title}</label
    >`;
  }

  #folders(): TemplateResult {
    const folder = this.#folder;
    return html`<div class="where">${folder?.path || "Choose a folder"}</div>
      <ul aria-label="Folders of the node">
        ${
          folder && folder.path !== ""
            ? html`<li><button type="button" @click=${() => void this.#go(folder.parent)}>Up one folder</button></li>`
            : nothing
        }
        ${(folder?.entries ?? [])
          .filter((entry) => entry.folder && !entry.opens)
          .map(
            (entry) =>
              html`<li><button type="button" @click=${() => void this.#go(entry.path)}>${entry.name}</button></li>`,
          )}
      </ul>
      <label class="tools"><input type="checkbox" name="replace" />Replace what has this name</label>`;
  }

  async #go(path: string): Promise<void> {
    try {
      this.#folder = await this.#node.value.folder(path);
      this.#trouble = "";
    } catch (cause) {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    }
    this.requestUpdate();
  }

  readonly #format = (event: Event): void => {
    this.#end = (event.target as HTMLSelectElement).value;
  };

  readonly #cancel = (): void => {
    this.#session.value
      .ask({ cancelSave: { task: this.#task } })
      .catch((cause: unknown) => this.#notices.value.show("bad", String(cause)));
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save(new FormData(event.target as HTMLFormElement));
  };

  async #save(form: FormData): Promise<void> {
    const stem = fileStem(String(form.get("name") ?? ""));
    const folder = this.#place === "node" ? (this.#folder?.path ?? "") : "";
    if (this.#place === "node" && folder === "") {
      this.#trouble = "Choose a folder of the node first.";
      this.requestUpdate();
      return;
    }
    const name = stem.toLowerCase().endsWith(this.#end) ? stem : `${stem}${this.#end}`;
    this.#stem = stem;
    this.#task = crypto.randomUUID();
    this.#trouble = "";
    this.requestUpdate();
    try {
      const asked = {
        layers: this.#layers.map(({ id }) => id),
        name,
        folder,
        replace: form.get("replace") !== null,
      };
      const made = await saveLayers(this.#session.value, asked, this.#task);
      this.#notices.value.show("good", `Saved ${made}`);
      this.#open = false;
    } catch (cause) {
      this.#trouble = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.#task = "";
      this.requestUpdate();
    }
  }
}
customElements.define("ep-save-dialog", EpSaveDialog);
