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
      ["Alt-A", "Animation: key frames, turntable, films"],
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
      ["Ctrl-O", "Open data, or a scene"],
      ["Ctrl-S", "Save the scene, or layers"],
    ],
  ],
  [
    "Labels",
    [
      ["1 to 7", "Erase, paint, polygon, fill, pick, pan and zoom, transform"],
      ["M", "A new label, above the greatest"],
      ["X", "Exchange the selected label and the background"],
      ["- =", "The label before, the next label"],
      ["[ ]", "A smaller, a larger brush"],
      ["B", "Preserve labels"],
      ["Enter, Escape", "Finish the polygon, give it up"],
    ],
  ],
  [
    "Points",
    [
      ["2 to 5", "Add, select, pan and zoom, transform"],
      ["A, Shift-A", "Select all in the slice, all of the layer"],
      ["Delete, 1", "Delete the selected points"],
      ["Ctrl-C, Ctrl-V", "Copy, and paste into the slice that is shown"],
      ["Arrows", "Move the selected points by one, with Shift by ten"],
    ],
  ],
  [
    "Shapes",
    [
      ["R E L", "Add a rectangle, an ellipse, a line (Shift: a polyline)"],
      ["T P", "Add a path, a polygon (Shift: by lasso)"],
      ["5 4", "Select shapes, select vertices"],
      ["2 1", "Insert, remove a vertex"],
      ["6 7", "Pan and zoom, transform"],
      ["Enter, Escape", "Finish what is drawn"],
      ["A, Delete", "Select all, delete the selected shapes"],
      ["F B", "Bring to the front, send to the back"],
      ["Shift", "As high as wide; turns in steps of 15°"],
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
