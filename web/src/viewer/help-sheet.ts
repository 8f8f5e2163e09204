/** <ep-help-sheet>: the keys and the mouse, as they are. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { sharedStyles } from "../ui/element.ts";

/** What is pressed and what it does, by group. */
export const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
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
      ["Alt-Shift-S", "Screenshot without overlays"],
      ["Tab", "On the canvas: hide and show the panels; Shift-Tab leaves it"],
      ["Ctrl-K", "All commands, by name"],
      ["?", "This sheet"],
    ],
  ],
  [
    "Dims",
    [
      ["← →", "One step along the focused axis"],
      ["Alt-↑ Alt-↓", "Focus the axis before, the next axis"],
      ["Ctrl-wheel", "Steps along the focused axis"],
      ["Click, double click", "On an axis's name: gives it the keys, renames it"],
      ["↑ ↓", "In the list of axes: moves the axis in the order"],
    ],
  ],
  [
    "Layers",
    [
      ["Ctrl-↑ Ctrl-↓", "Select the layer above, below"],
      ["V", "Hide and show the selected layer"],
      ["Ctrl-Delete, Ctrl-Backspace", "Remove the selected layer"],
      ["F2", "Rename the layer whose name has the focus"],
      ["Ctrl-Z, Ctrl-Shift-Z", "Undo, redo"],
      ["Ctrl-O", "Open data, or a scene"],
      ["Ctrl-S", "Save the scene, or layers"],
    ],
  ],
  [
    "Images, surfaces, vectors, tracks",
    [
      ["1 2", "Pan and zoom, transform"],
      ["X Y Z O", "Of an image shown as a plane: its normal along x, y, z, oblique"],
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
      ["Shift-drag on a plane", "Moves the plane of a volume along its normal"],
      ["Hold Space", "Pan and zoom, whatever the mode"],
      ["Right drag, wheel", "Zooms"],
      ["Two fingers", "Pan and zoom"],
    ],
  ],
];

/** The groups with the rows that have all of the words. */
export function filtered(text: string): typeof KEYS {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return KEYS;
  return KEYS.flatMap(([title, rows]) => {
    const kept = rows.filter((row) => {
      const whole = `${title} ${row.join(" ")}`.toLowerCase();
      return words.every((word) => whole.includes(word));
    });
    return kept.length > 0 ? [[title, kept] as const] : [];
  });
}

/** See the file's comment. */
export class EpHelpSheet extends LitElement {
  static override properties = { open: { type: Boolean }, filter: { state: true } };
  declare open: boolean;
  /** Words that a row has to have, in its key, its description or its group's name. */
  declare filter: string;

  static override styles = [
    sharedStyles,
    css`
      wa-dialog {
        --width: 720px;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 12px;
        margin-bottom: 12px;
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
    this.filter = "";
  }

  override render(): TemplateResult {
    const groups = filtered(this.filter);
    return html`<wa-dialog
      label="Keys and mouse"
      ?open=${this.open}
      light-dismiss
      @wa-after-hide=${() => {
        this.open = false;
        this.filter = "";
      }}
    >
      <div class="head">
        <input
          class="field"
          type="search"
          aria-label="Filter keys"
          placeholder="Filter"
          autofocus
          .value=${this.filter}
          @input=${(event: Event) => {
            this.filter = (event.target as HTMLInputElement).value;
          }}
        />
        <span class="quiet">On a Mac, Ctrl is Cmd.</span>
      </div>
      <div class="groups">
        ${groups.map(
          ([title, keys]) => html`<section>
            <h3>${title}</h3>
            <dl>${keys.map(([key, what]) => html`<dt>${key}</dt><dd>${what}</dd>`)}</dl>
          </section>`,
        )}
      </div>
      ${groups.length === 0 ? html`<p class="quiet" role="status">No key has these words.</p>` : ""}
    </wa-dialog>`;
  }
}
customElements.define("ep-help-sheet", EpHelpSheet);
