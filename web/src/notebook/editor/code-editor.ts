/** <ep-code-editor>: one cell's source in CodeMirror, bound to its shared text. */
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, indentLess, indentMore, indentWithTab, toggleComment } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
  placeholder,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { languageExtension } from "./languages.ts";
import { editorLook } from "./theme.ts";

/** A completion of the kernel, in UTF-16 offsets. */
export interface KernelCompletion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly { readonly label: string; readonly type?: string; readonly detail?: string }[];
}

/** What an editor asks of its notebook. */
export interface EditorHost {
  complete(code: string, cursor: number): Promise<KernelCompletion | undefined>;
  inspect(code: string, cursor: number): Promise<string | undefined>;
}

const setInspection = StateEffect.define<Tooltip | null>();
const inspection = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setInspection)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** See the file's comment. Fires `leave-up`, `leave-down`, `editor-escape` and `cursor` (offset). */
export class EpCodeEditor extends LitElement {
  static override properties = {
    text: { attribute: false },
    awareness: { attribute: false },
    host: { attribute: false },
    language: {},
    label: {},
    hint: {},
    numbers: { type: Boolean },
    wrap: { type: Boolean },
    locked: { type: Boolean },
  };
  declare text: Y.Text | undefined;
  declare awareness: Awareness | undefined;
  declare host: EditorHost | undefined;
  declare language: string;
  declare label: string;
  /** Shown while there is no text. */
  declare hint: string;
  declare numbers: boolean;
  declare wrap: boolean;
  /** Cannot be edited. */
  declare locked: boolean;
  #view: EditorView | undefined;
  #undo: Y.UndoManager | undefined;
  readonly #language = new Compartment();
  readonly #numbers = new Compartment();
  readonly #locked = new Compartment();
  readonly #label = new Compartment();

  static override styles = css`
    :host {
      display: block;
      min-width: 0;
    }
  `;

  constructor() {
    super();
    this.language = "python";
    this.label = "Code";
    this.hint = "";
    this.numbers = false;
    this.wrap = false;
    this.locked = false;
  }

  /** The editor, once it is on the page. */
  get view(): EditorView | undefined {
    return this.#view;
  }

  override focus(): void {
    this.#view?.focus();
  }

  /** Puts the cursor at the start or at the end, and the focus here. */
  enter(where: "start" | "end" | "keep" = "keep"): void {
    const view = this.#view;
    if (!view) return;
    if (where !== "keep")
      view.dispatch({ selection: { anchor: where === "start" ? 0 : view.state.doc.length } });
    view.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
    this.#undo?.destroy();
    this.#undo = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#view) this.#make();
  }

  override render(): TemplateResult {
    return html`<div></div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view || changed.has("text")) {
      view?.destroy();
      this.#make();
      return;
    }
    const effects: StateEffect<unknown>[] = [];
    if (changed.has("language")) effects.push(this.#language.reconfigure(languageExtension(this.language)));
    if (changed.has("numbers")) effects.push(this.#numbers.reconfigure(this.numbers ? lineNumbers() : []));
    if (changed.has("locked")) effects.push(this.#locked.reconfigure(locking(this.locked)));
    if (changed.has("label")) effects.push(this.#label.reconfigure(labelled(this.label)));
    if (effects.length > 0) view.dispatch({ effects });
  }

  #make(): void {
    const { text } = this;
    const parent = this.renderRoot.querySelector("div");
    if (!text || !parent) return;
    this.#undo?.destroy();
    this.#undo = new Y.UndoManager(text);
    const undo = this.#undo;
    const extensions: Extension[] = [
      Prec.highest(keymap.of([{ key: "Escape", run: stopAsking }])),
      Prec.high(keymap.of(this.#keys())),
      keymap.of([
        ...yUndoManagerKeymap,
        ...closeBracketsKeymap,
        ...completionKeymap,
        { key: "Mod-/", run: toggleComment },
        { key: "Mod-]", run: indentMore },
        { key: "Mod-[", run: indentLess },
        indentWithTab,
        ...defaultKeymap,
      ]),
      highlightSpecialChars(),
      drawSelection(),
      EditorState.allowMultipleSelections.of(true),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      closeBrackets(),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      autocompletion({ override: [(context) => this.#complete(context)], activateOnTyping: true }),
      inspection,
      this.#language.of(languageExtension(this.language)),
      this.#numbers.of(this.numbers ? lineNumbers() : []),
      this.#locked.of(locking(this.locked)),
      this.#label.of(labelled(this.label)),
      editorLook,
      yCollab(text, this.awareness ?? null, { undoManager: undo }),
      EditorView.updateListener.of((update) => {
        if (update.selectionSet || update.focusChanged)
          this.dispatchEvent(new CustomEvent("cursor", { detail: update.state.selection.main.head }));
      }),
    ];
    if (this.hint !== "") extensions.push(placeholder(this.hint));
    if (this.wrap) extensions.push(EditorView.lineWrapping);
    this.#view = new EditorView({
      state: EditorState.create({ doc: text.toString(), extensions }),
      parent,
      root: this.renderRoot as ShadowRoot,
    });
  }

  #keys(): KeyBinding[] {
    const leave = (name: "leave-up" | "leave-down", edge: (view: EditorView) => boolean) => ({
      run: (view: EditorView): boolean => {
        if (!view.state.selection.main.empty || !edge(view)) return false;
        return !this.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable: true }));
      },
    });
    const firstLine = (view: EditorView): boolean =>
      view.state.doc.lineAt(view.state.selection.main.head).number === 1;
    const lastLine = (view: EditorView): boolean =>
      view.state.doc.lineAt(view.state.selection.main.head).number === view.state.doc.lines;
    return [
      {
        key: "Escape",
        run: (view) => {
          if (view.state.field(inspection, false)) {
            view.dispatch({ effects: setInspection.of(null) });
            return true;
          }
          this.dispatchEvent(new CustomEvent("editor-escape", { bubbles: true }));
          return true;
        },
      },
      { key: "ArrowUp", ...leave("leave-up", firstLine) },
      { key: "ArrowDown", ...leave("leave-down", lastLine) },
      { key: "Shift-Tab", run: (view) => this.#inspect(view) },
      {
        key: "Tab",
        run: (view) => {
          const { head, empty } = view.state.selection.main;
          const line = view.state.doc.lineAt(head);
          const before = line.text.slice(0, head - line.from);
          // After a word Tab completes; elsewhere it indents.
          return empty && /[\w.)\]%]$/.test(before) ? startCompletion(view) : false;
        },
      },
    ];
  }

  #inspect(view: EditorView): boolean {
    const { head } = view.state.selection.main;
    const before = view.state.doc.lineAt(head).text.slice(0, head - view.state.doc.lineAt(head).from);
    if (!this.host || before.trim() === "") return false;
    const code = view.state.doc.toString();
    void this.host.inspect(code, head).then((words) => {
      if (this.#view !== view || words === undefined || words === "") return;
      const tooltip: Tooltip = {
        pos: head,
        above: true,
        create: () => {
          const dom = document.createElement("div");
          dom.className = "cm-inspect";
          dom.tabIndex = 0;
          dom.textContent = words;
          return { dom };
        },
      };
      view.dispatch({ effects: setInspection.of(tooltip) });
    });
    return true;
  }

  async #complete(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/[\w.%]+/);
    // Kernels run code to complete: only after a dot or when asked.
    if (!context.explicit && !/\.\w*$/.test(word?.text ?? "")) return null;
    const found = await this.host?.complete(context.state.doc.toString(), context.pos);
    if (!found || context.aborted || found.options.length === 0) return null;
    return {
      from: found.from,
      to: found.to,
      options: found.options.map(({ label, type, detail }) => ({
        label,
        ...(type !== undefined && { type }),
        ...(detail !== undefined && { detail }),
      })),
      validFor: /^[\w%]*$/,
    };
  }
}
customElements.define("ep-code-editor", EpCodeEditor);

function locking(locked: boolean): Extension {
  return [EditorState.readOnly.of(locked), EditorView.editable.of(!locked)];
}

function labelled(label: string): Extension {
  return EditorView.contentAttributes.of({ "aria-label": label });
}

/** Completions that are asked for and not yet seen do not keep Escape to themselves: it goes on to leave the text. */
function stopAsking(view: EditorView): boolean {
  if (completionStatus(view.state) === "pending") closeCompletion(view);
  return false;
}
