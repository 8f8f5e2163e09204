/** Words at the items of a layer, placed for where the person looks. */
import { project, worldToCanvas } from "../model/camera.ts";
import { type Context, font, write } from "./marks.ts";
import type { ItemWords, OverlayView } from "./overlay.ts";

/** Below this many CSS pixels words are not read, and are left out. */
const LEAST = 4;

/** See the file's comment. The context's origin is the corner of the layer's cell. */
export function drawItemWords(context: Context, view: OverlayView, words: ItemWords): void {
  const size = words.scaling ? words.size * view.camera.zoom : words.size;
  if (size < LEAST) return;
  const matrix = worldToCanvas(view.camera, view, view.dims.ndisplay);
  font(context, Math.min(size, 400));
  const [row, column] = words.anchor === "center" ? ["center", "center"] : words.anchor.split("_");
  // The anchor is the part of the words that lies at the item.
  context.textAlign = column === "left" ? "left" : column === "right" ? "right" : "center";
  context.textBaseline = row === "upper" ? "top" : row === "lower" ? "bottom" : "middle";
  const turn = (words.rotation * Math.PI) / 180;
  for (const [i, text] of words.texts.entries()) {
    const [a = 0, b = 0, c = 0] = words.points.subarray(3 * i, 3 * i + 3);
    const place = project(matrix, [a, b, c]);
    if (!place || text === "") continue;
    if (place.x < -200 || place.y < -200 || place.x > view.width + 200 || place.y > view.height + 200)
      continue;
    if (turn === 0) {
      write(context, text, place.x, place.y, words.color);
      continue;
    }
    context.save();
    context.translate(place.x, place.y);
    context.rotate(turn);
    write(context, text, 0, 0, words.color);
    context.restore();
  }
}
