/** <ep-help-sheet>: the keys and the mouse, as they are. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { sharedStyles } from "../ui/element.ts";

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "View",
    [
      ["Ctrl-Y", "2D and 3D"],
      ["Ctrl-R", "Reset the view (also a double click)"],
      ["Ctrl-E", "Roll the axes"],
      ["Ctrl-T, T", "Transpose the two axes on the screen"],
      ["Ctrl-G", "Grid"],
      ["Alt-R", "Record a film, or end it"],
      ["Alt-O", "Orthogonal views: four linked canvases"],
      ["Alt-S", "Screenshot"],
      ["Tab", "On the canvas: hide and show the panels; Shift-Tab leaves it"],
      ["?", "This sheet"],
    ],
  ],
  [
    "Dims",
    [
      ["← →", "One step along the focused axis"],
      ["Alt-↑ Alt-↓", "Focus the axis before, the next axis"],
      ["Ctrl-wheel", "Steps along the focused axis"],
    ],
  ],
  [
    "Layers",
    [
      ["Ctrl-↑ Ctrl-↓", "Select the layer above, below"],
      ["V", "Hide and show the selected layer"],
      ["Ctrl-Delete", "Remove the selected layer"],
      ["F2", "Rename the layer whose name has the focus"],
      ["X Y Z O", "Plane normal along x, y, z, oblique"],
      ["Ctrl-Z, Ctrl-Shift-Z", "Undo, redo"],
      ["Ctrl-O", "Open data"],
    ],
  ],
  [
    "Mouse",
    [
      ["Drag", "Pans in 2D, turns in 3D"],
      ["Shift-drag, Space-drag", "Pans in 3D"],
      ["Right drag, wheel", "Zooms"],
      ["Two fingers", "Pan and zoom"],
    ],
  ],
];

/** See the file's comment. */
export class EpHelpSheet extends LitElement {
  static override properties = { open: { type: Boolean } };
  declare open: boolean;

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 720px;
      }
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(280px, 1fr));
        gap: 16px 24px;
      }
      h3 {
        margin: 0 0 4px;
        font-size: 12px;
        color: var(--quiet);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(110px, max-content) 1fr;
        gap: 4px 12px;
        margin: 0;
      }
      dt {
        font: 12px var(--mono);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.open = false;
  }

  override render(): TemplateResult {
    return html`<wa-dialog
      label="Keys and mouse"
      ?open=${this.open}
      light-dismiss
      @wa-after-hide=${() => {
        this.open = false;
      }}
    >
      <p class="quiet">On a Mac, Ctrl is Cmd.</p>
      <div class="groups">
        ${KEYS.map(
          ([title, keys]) => html`<section>
            <h3>${title}</h3>
            <dl>${keys.map(([key, what]) => html`<dt>${key}</dt><dd>${what}</dd>`)}</dl>
          </section>`,
        )}
      </div>
    </wa-dialog>`;
  }
}
customElements.define("ep-help-sheet", EpHelpSheet);
