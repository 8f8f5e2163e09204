/** What lies over the picture: marks at the edges, boxes, words at items. The same in a browser's canvas and on the node. */
import { project, worldToCanvas } from "../model/camera.ts";
import type { Matrix } from "../model/matrix.ts";
import { gridCells } from "../render/grid.ts";
import { drawItemWords } from "./item-marks.ts";
import { axesMark, type Context, colorBarMark, type Mark, scaleBarMark, wordsMark } from "./marks.ts";
import type { LayerBox, OverlayState, OverlayView } from "./overlay.ts";
import { type Frame, placed, type Taken } from "./positions.ts";
import { sliceWords } from "./slice-words.ts";

/**
 * Draws all that is switched on. The context's transform leads from CSS pixels of the view to its own. With the grid what
 * belongs to a layer is in its layer's cell.
 */
export function drawOverlays(
  context: Context,
  view: OverlayView,
  overlay: OverlayState,
  taken: Taken = {},
): void {
  const shown = view.dims.order.slice(-view.dims.ndisplay);
  const whole: Frame = { x: 0, y: 0, width: view.width, height: view.height };
  const common: Mark[] = [
    ...(overlay.scaleBar ? [scaleBarMark(view, overlay.unit, overlay.scaleBar)] : []),
    ...(overlay.axes ? [axesMark(view, shown, overlay.axes)] : []),
    ...(overlay.slice
      ? [wordsMark(context, { ...overlay.slice, text: sliceWords(view.dims, overlay.slice.units), size: 12 })]
      : []),
    ...overlay.words.flatMap((one) => (one.layer === undefined ? [wordsMark(context, one)] : [])),
  ].flatMap((mark) => (mark ? [mark] : []));
  for (const { cell, layers } of gridCells(view.grid, view, overlay.layers)) {
    const own: Mark[] = [
      ...overlay.words.flatMap((one) =>
        one.layer !== undefined && layers.includes(one.layer) ? [wordsMark(context, one)] : [],
      ),
      ...overlay.colorBars.flatMap((bar) =>
        layers.includes(bar.layer) ? [colorBarMark(context, bar, cell.height)] : [],
      ),
    ];
    context.save();
    context.beginPath();
    context.rect(cell.x, cell.y, cell.width, cell.height);
    context.clip();
    context.translate(cell.x, cell.y);
    const within = { ...view, width: cell.width, height: cell.height };
    for (const box of overlay.boxes)
      if ((overlay.boundingBox || box.own) && layers.includes(box.layer))
        drawBox(context, within, shown, box);
    for (const words of overlay.itemWords)
      if (layers.includes(words.layer)) drawItemWords(context, within, words);
    context.restore();
    // Without a grid a layer's marks share the canvas with the common ones, and make room for them.
    if (view.grid.enabled) drawMarks(context, cell, own, view, taken);
    else common.push(...own);
  }
  drawMarks(context, whole, common, view, taken);
}

function drawMarks(
  context: Context,
  frame: Frame,
  marks: readonly Mark[],
  canvas: OverlayView,
  taken: Taken,
): void {
  const places = placed(frame, marks, canvas, taken);
  for (const [i, mark] of marks.entries()) {
    const at = places[i];
    if (at) mark.draw(context, at.x, at.y);
  }
}

function drawBox(context: Context, view: OverlayView, shown: readonly number[], box: LayerBox): void {
  const three: readonly (number | undefined)[] = shown.length === 3 ? shown : [undefined, ...shown];
  const matrix: Matrix = worldToCanvas(view.camera, view, view.dims.ndisplay);
  const at = (ends: readonly number[]): readonly [number, number] | undefined => {
    const [a = 0, b = 0, c = 0] = three.map((axis, index) =>
      axis === undefined ? 0 : ((ends[index] ? box.high[axis] : box.low[axis]) ?? 0),
    );
    const place = project(matrix, [a, b, c]);
    return place && [place.x, place.y];
  };
  context.lineWidth = 1;
  context.strokeStyle = "rgb(255 255 255 / 70%)";
  context.beginPath();
  for (let corner = 0; corner < 8; corner += 1) {
    const bits = [corner & 1, (corner >> 1) & 1, (corner >> 2) & 1];
    // In 2D the first axis is no axis: one face is drawn.
    if (three[0] === undefined && bits[0] === 1) continue;
    for (let axis = three[0] === undefined ? 1 : 0; axis < 3; axis += 1) {
      if (bits[axis] === 1) continue;
      const from = at(bits);
      const to = at(bits.map((bit, index) => (index === axis ? 1 : bit)));
      if (!from || !to) continue;
      context.moveTo(...from);
      context.lineTo(...to);
    }
  }
  context.stroke();
}
