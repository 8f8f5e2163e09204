/** <ep-notebook-page>: one notebook: bar, cells, contents, variables. */
import type { CellView } from "@eyepiece/protocol/notebook/document.ts";
import { ContextProvider } from "@lit/context";
import { effect, signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { routerContext } from "../app/context.ts";
import { commandsContext, type PaletteCommand } from "../palette/commands.ts";
import { notebookCommands } from "../palette/notebook-commands.ts";
import { linkContext, noticesContext, personContext } from "../services/contexts.ts";
import type { EpShareButton } from "../sharing/share-dialog.ts";
import "../sharing/share-dialog.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import "../ui/icon.ts";
import "./cell/cell.ts";
import type { EpCell } from "./cell/cell.ts";
import "./comments-panel.ts";
import "./find-bar.ts";
import type { EpFindBar } from "./find-bar.ts";
import "./kernel-chip.ts";
import { KeyReader } from "./keys.ts";
import { Nearness } from "./nearness.ts";
import "./notebook-bar.ts";
import { NotebookView, type PageCommands } from "./notebook-view.ts";
import { banners, contentsList, keySheet } from "./page-parts.ts";
import { pageStyles } from "./page-styles.ts";
import { Question } from "./question.ts";
import { below } from "./sections.ts";
import "./variables-panel.ts";
import "./written-files.ts";
import "./versions-dialog.ts";
import type { EpVersionsDialog } from "./versions-dialog.ts";
import { widgetsContext } from "./widgets/context.ts";
import { WidgetHub } from "./widgets/hub.ts";
import { KeptWidgets } from "./widgets/kept-widgets.ts";

/** Colours of people, that read on both themes. */
const COLORS = ["#5cc8ff", "#57d39b", "#f2b84b", "#ff8fa3", "#c792ea", "#7fdbca", "#ffa657", "#9ecbff"];

/** See the file's comment. `notebook` must not change: another notebook is another element. */
export class EpNotebookPage extends EpElement implements PageCommands {
  static override properties = { notebook: {} };
  declare notebook: string;
  readonly #link = new Shared(this, linkContext);
  readonly #notices = new Shared(this, noticesContext);
  readonly #person = new Shared(this, personContext);
  readonly #router = new Shared(this, routerContext);
  readonly #commands = new Shared(this, commandsContext);
  readonly #widgets = new ContextProvider(this, { context: widgetsContext });
  readonly #panels = signal({
    contents: false,
    variables: false,
    comments: false,
    numbers: false,
    help: false,
  });
  readonly #near = new Nearness((id) => {
    const cell = this.#view?.document.cells.value.find((one) => one.id === id);
    if (cell) this.#view?.near(cell);
  });
  readonly #keys = new KeyReader();
  #view: NotebookView | undefined;
  #shows = 0;
  /** An editor is about to have the focus. */
  #entering = false;
  /** The place in the address that was gone to. */
  #place = "";
  #alive = new AbortController();
  readonly #question = new Question(this);

  static override styles = [sharedStyles, pageStyles];

  constructor() {
    super();
    this.notebook = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#alive = new AbortController();
    const { signal: alive } = this.#alive;
    // Before the editors, whose own keys include some of these.
    window.addEventListener("keydown", (event) => this.#key(event), { signal: alive, capture: true });
    const view = new NotebookView(
      this.notebook,
      this.#link.value,
      this.#notices.value,
      this.#person.value.person?.role === "guest",
    );
    view.page = this;
    this.#view = view;
    const kept = new KeptWidgets(view.document, this.#notices.value);
    const widgets = new WidgetHub(
      view.kernel,
      () => view.mayRun,
      () => kept.models(),
    );
    view.keepWidgets = async () => {
      if (view.mayEdit) await kept.keep(widgets.models);
    };
    this.#widgets.setValue(widgets);
    const stop = effect(() => this.#router.value.setTitle(view.document.name.value));
    const greet = effect(() => {
      const state = this.#person.value.state.value;
      const name = state.phase === "signed-in" ? state.person.name : "Someone";
      const color = COLORS[view.document.doc.clientID % COLORS.length] ?? "#5cc8ff";
      view.document.awareness.setLocalStateField("user", { name, color, colorLight: `${color}33` });
    });
    const forget = this.#commands.value.add(() => this.#offered(view));
    alive.addEventListener("abort", () => {
      forget();
      stop();
      greet();
      widgets.dispose();
      this.#router.value.setTitle("");
    });
    void view.open().then(() => {
      if (alive.aborted) return;
      view.selection.prune();
      // The rows came after the first cells were near.
      for (const cell of view.document.cells.value) if (this.#near.has(cell.id)) view.near(cell);
      this.requestUpdate();
    });
    // The cells come from here or from the relay, whichever knows them first.
    const arrive = effect(() => {
      if (view.document.cells.value.length > 0) queueMicrotask(() => this.#goToPlace(view));
    });
    alive.addEventListener("abort", arrive);
    window.addEventListener("hashchange", () => this.#goToPlace(view), { signal: alive });
  }

  /** What the palette lists of this page. */
  #offered(view: NotebookView): readonly PaletteCommand[] {
    const share = this.renderRoot.querySelector<EpShareButton>("ep-share-button");
    return notebookCommands(view, [
      { title: "Versions", group: "Notebook", icon: "history", act: () => this.#versions()?.show() },
      ...(share?.offered
        ? [
            {
              title: "Share the notebook",
              group: "Notebook",
              icon: "share" as const,
              act: () => share.show(),
            },
          ]
        : []),
    ]);
  }

  /** Goes to the cell that the address names: #cell=ID, or #find=WORD for the first one with the word. */
  #goToPlace(view: NotebookView): void {
    if (this.#place === location.hash || this.#view !== view) return;
    const place = new URLSearchParams(location.hash.slice(1));
    const word = place.get("find")?.toLowerCase();
    const cells = view.document.cells.value;
    const cell =
      word === undefined
        ? cells.find((one) => one.id === place.get("cell"))
        : cells.find((one) => one.source.toString().toLowerCase().includes(word));
    if (!cell) return;
    this.#place = location.hash;
    this.#goTo(view, cell.id);
  }

  #goTo(view: NotebookView, cell: string): void {
    view.selection.select(cell);
    this.show(cell);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#alive.abort();
    this.#near.dispose();
    this.#view?.dispose();
    this.#view = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (!view) return nothing;
    const { phase, reason } = view.document.phase.value;
    if (phase === "refused") {
      return html`<div class="words" style="grid-area: cells" role="alert">
        <h2>This notebook cannot be opened</h2>
        <p>${reason}</p>
        <p><a href="/">Go to your notebooks</a></p>
      </div>`;
    }
    const panels = this.#panels.value;
    return html`
      <ep-notebook-bar
        class="bar"
        .view=${view}
        .panels=${panels}
        @versions=${() => this.#versions()?.show()}
        ><ep-share-button
          .thing=${{ kind: "notebook", id: this.notebook, name: view.document.name.value || "Notebook" }}
          .may=${view.mayEdit}
        ></ep-share-button
      ></ep-notebook-bar>
      ${panels.contents ? contentsList(view, (cell) => this.#goTo(view, cell)) : nothing}
      <div class="scroller" tabindex="0" aria-label="Cells" role="region">
        <div class="column">
          <ep-find-bar .view=${view} @found=${this.#found}></ep-find-bar>
          ${banners(view)} ${this.#cells(view, panels.numbers)}
        </div>
      </div>
      ${
        panels.variables
          ? html`<aside class="right" aria-label="Variables and files">
            <ep-variables-panel .kernel=${view.kernel}></ep-variables-panel>
            ${
              view.mayRun && view.kernel.state.value.state === "open" && view.document.project.value !== ""
                ? html`<ep-written-files
                    .notebooks=${[{ id: this.notebook, name: view.document.name.value }]}
                    .project=${view.document.project.value}
                    .may=${view.mayEdit}
                    .ran=${view.kernel.running.value.length === 0}
                  ></ep-written-files>`
                : nothing
            }
          </aside>`
          : nothing
      }
      ${
        panels.comments
          ? html`<aside class="right" aria-label="Comments">
            <ep-comments-panel .view=${view} .me=${this.#person.value.person?.id ?? ""}></ep-comments-panel>
          </aside>`
          : nothing
      }
      ${keySheet(panels.help, () => {
        this.#panels.value = { ...this.#panels.value, help: false };
      })}
      ${this.#question.render()}
      <ep-versions-dialog .view=${view}></ep-versions-dialog>
    `;
  }

  #cells(view: NotebookView, numbers: boolean): TemplateResult {
    const cells = view.document.cells.value;
    const { phase } = view.document.phase.value;
    if (cells.length === 0) {
      if (phase === "loading") return html`<p class="quiet words" role="status">Opening the notebook.</p>`;
      return html`<div class="words">
        <h2>An empty notebook</h2>
        <p class="quiet">Write code in a cell and press Shift-Enter: it runs on the node.</p>
        ${this.#add(view)}
      </div>`;
    }
    const hidden = view.hidden.value;
    const sections = view.sections.value;
    return html`${repeat(
      cells.filter((cell) => !hidden.has(cell.id)),
      (cell) => cell.id,
      (cell) => html`<ep-cell
        id=${cell.id}
        .cell=${cell}
        .view=${view}
        .near=${this.#near.signal(cell.id)}
        .folded=${foldedBelow(cell, cells, sections)}
        .numbers=${numbers}
        ${this.#near.ref(cell.id)}
      ></ep-cell>`,
    )}
    ${view.mayEdit ? this.#add(view) : nothing}`;
  }

  #add(view: NotebookView): TemplateResult {
    const add = (type: "code" | "markdown"): void => {
      view.selection.select(view.document.cells.value.at(-1)?.id);
      view.command("below");
      if (type === "markdown") view.command("markdown");
      view.selection.setMode("edit");
      this.show(view.selection.active.value);
    };
    return html`<div class="add">
      <button class="button framed" type="button" @click=${() => add("code")}>
        <ep-icon name="plus"></ep-icon>Code
      </button>
      <button class="button framed" type="button" @click=${() => add("markdown")}>
        <ep-icon name="plus"></ep-icon>Markdown
      </button>
    </div>`;
  }

  #versions(): EpVersionsDialog | null {
    return this.renderRoot.querySelector("ep-versions-dialog");
  }

  // PageCommands

  show(id: string | undefined): void {
    const view = this.#view;
    if (!view || id === undefined) return;
    this.#near.keep(id);
    this.#shows += 1;
    const turn = this.#shows;
    const edits = view.selection.mode.value === "edit";
    this.#entering = edits;
    if (edits) this.#cell(id)?.editor?.enter();
    else this.#scroller()?.focus({ preventScroll: true });
    void this.#shown(id, edits, turn);
  }

  /** Goes on when the cell is made; not when somebody has gone elsewhere meanwhile. */
  async #shown(id: string, edits: boolean, turn: number): Promise<void> {
    await this.updateComplete;
    const cell = this.#cell(id);
    await cell?.updateComplete;
    if (edits) await cell?.editor?.updateComplete;
    if (turn !== this.#shows) return;
    this.#entering = false;
    cell?.scrollIntoView({ block: "nearest" });
    if (edits) cell?.editor?.enter();
  }

  cursor(): number | undefined {
    const id = this.#view?.selection.active.value;
    return id === undefined ? undefined : this.#cell(id)?.editor?.view?.state.selection.main.head;
  }

  scrollPage(by: -1 | 1): void {
    const scroller = this.#scroller();
    scroller?.scrollBy({ top: by * scroller.clientHeight * 0.85 });
  }

  toggle(panel: "find" | "help" | "contents" | "variables" | "comments" | "numbers"): void {
    if (panel === "find") this.renderRoot.querySelector<EpFindBar>("ep-find-bar")?.show();
    else {
      // There is room for one at the right.
      const before = this.#panels.value;
      const right = panel === "variables" || panel === "comments";
      const shut = right ? { variables: false, comments: false } : {};
      this.#panels.value = { ...before, ...shut, [panel]: !before[panel] };
    }
  }

  shows(panel: "variables" | "comments"): boolean {
    return this.#panels.value[panel];
  }

  confirm(title: string, words: string, action: string): Promise<boolean> {
    return this.#question.ask(title, words, action);
  }

  #cell(id: string): EpCell | null {
    return this.renderRoot.querySelector<EpCell>(`ep-cell[id="${CSS.escape(id)}"]`);
  }

  #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector(".scroller");
  }

  readonly #found = (event: CustomEvent<{ id: string; from: number; to: number }>): void => {
    const { id, from, to } = event.detail;
    this.#near.keep(id);
    void this.updateComplete.then(async () => {
      const cell = this.#cell(id);
      await cell?.updateComplete;
      await cell?.editor?.updateComplete;
      cell?.scrollIntoView({ block: "nearest" });
      const editor = cell?.editor?.view;
      editor?.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    });
  };

  #key(event: KeyboardEvent): void {
    const view = this.#view;
    if (!view) return;
    const path = event.composedPath();
    const inside = (name: string): boolean =>
      path.some((one) => one instanceof HTMLElement && one.localName === name);
    if (inside("wa-dialog") || inside("ep-find-bar") || inside("ep-viewer-output")) return;
    const target = path[0];
    // The mode counts, not the focus, which follows it a moment later: a quick hand must not type its commands into a text, nor run
    // what it types.
    const editing = this.#entering || (inside("ep-code-editor") && view.selection.mode.value === "edit");
    const field = target instanceof HTMLElement && target.closest("input, select, textarea") !== null;
    if (field) return;
    const control = target instanceof HTMLElement && target.closest("button, a, summary") !== null;
    if (control && (event.key === "Enter" || event.key === " ") && !event.shiftKey && !event.ctrlKey) return;
    const command = this.#keys.read(event, editing ? "edit" : "command", event.timeStamp);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    view.command(command);
  }
}
customElements.define("ep-notebook-page", EpNotebookPage);

/** Cells that a folded heading hides. */
function foldedBelow(
  cell: CellView,
  cells: readonly CellView[],
  sections: NotebookView["sections"]["value"],
): number {
  const section = sections.find((one) => one.cell === cell.id && one.leads);
  return section?.folded ? below(cells, sections, section).length : 0;
}
