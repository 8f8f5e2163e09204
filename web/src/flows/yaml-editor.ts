/** <ep-yaml-editor>: YAML in CodeMirror, with what the node finds wrong in its place. Tells `text` as one types. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentOnInput, indentUnit, StreamLanguage } from "@codemirror/language";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { editorLook } from "../notebook/editor/theme.ts";
import type { Problem } from "./admin-api.ts";

/** After the last key. */
const LOOK_MS = 400;

/** See the file's comment. `check` says what is wrong with a text. */
export class EpYamlEditor extends LitElement {
  static override properties = { text: {}, label: {}, check: { attribute: false } };
  declare text: string;
  declare label: string;
  declare check: (text: string) => Promise<readonly Problem[]>;
  #view: EditorView | undefined;

  static override styles = css`
    :host {
      display: block;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      background: var(--raised);
      overflow: hidden;
    }
    :host(:focus-within) {
      outline: 2px solid var(--accent);
    }
    .cm-editor {
      min-height: 160px;
      max-height: 420px;
    }
    .cm-lintRange-error {
      background: none;
      text-decoration: underline wavy var(--bad);
    }
  `;

  constructor() {
    super();
    this.text = "";
    this.label = "YAML";
    this.check = async () => [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
  }

  override render(): TemplateResult {
    return html`<div></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const place = this.renderRoot.querySelector("div");
    if (!place) return;
    if (!this.#view) this.#view = this.#made(place);
    else if (changed.has("text") && this.text !== this.#view.state.doc.toString())
      this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: this.text } });
  }

  #made(parent: HTMLElement): EditorView {
    const found = async (view: EditorView): Promise<readonly Diagnostic[]> => {
      const text = view.state.doc.toString();
      // Where the node does not answer, keeping the service says why.
      const problems = await this.check(text).catch(() => []);
      return problems.map(({ from, to, message }) => ({ from, to, message, severity: "error" }));
    };
    return new EditorView({
      parent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: this.text,
        extensions: [
          ...[lineNumbers(), history(), drawSelection(), indentOnInput(), indentUnit.of("  ")],
          // Tab indents; Escape, then Tab, leaves the editor.
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          ...[StreamLanguage.define(yaml), lintGutter(), linter(found, { delay: LOOK_MS }), editorLook],
          // A phone shows whole lines; what is higher than the editor is scrolled by the keyboard, too.
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": this.label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            this.text = update.state.doc.toString();
            this.dispatchEvent(new CustomEvent("text", { detail: this.text }));
          }),
        ],
      }),
    });
  }
}
customElements.define("ep-yaml-editor", EpYamlEditor);
