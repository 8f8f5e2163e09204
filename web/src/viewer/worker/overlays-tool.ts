/** What a tool draws over the picture: the stroke that is being painted, what is chosen, handles. */
import { project, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import type { Matrix } from "@eyepiece/engine/model/matrix.ts";
import { gridCells } from "@eyepiece/engine/render/grid.ts";
import type { Grid } from "@eyepiece/protocol/scene/schema.ts";
import type { OverlayItem, ToolOverlay } from "./api.ts";
import type { Shot } from "./reproject.ts";

type Context = OffscreenCanvasRenderingContext2D;

/** Draws the items that the picture of `revision` lacks. The context counts in CSS pixels. */
export function drawTool(
  context: Context,
  shot: Shot,
  tool: ToolOverlay,
  grid: Grid,
  revision: number,
): void {
  const cells = gridCells(grid, shot, tool.layers);
  const cell = cells.find(({ layers }) => layers.includes(tool.layer))?.cell;
  const within = cell ? { ...shot, width: cell.width, height: cell.height } : shot;
  const matrix = worldToCanvas(shot.camera, within, shot.ndisplay);
  context.save();
  if (cell) {
    context.beginPath();
    context.rect(cell.x, cell.y, cell.width, cell.height);
    context.clip();
    context.translate(cell.x, cell.y);
  }
  context.lineJoin = "round";
  context.lineCap = "round";
  const strokes = new Map<string, { path: Path2D; item: OverlayItem }>();
  for (const item of tool.items) {
    if (item.until !== undefined && revision >= item.until) continue;
    if (item.form === "stroke") {
      // Parts of one stroke lie over each other where they meet: drawn as one, they do not become darker there.
      const name = `${item.stroke} ${String(item.world)}`;
      const known = strokes.get(name) ?? { path: new Path2D(), item };
      strokes.set(name, known);
      trace(known.path, item, matrix);
    } else drawItem(context, item, matrix, shot.camera.zoom);
  }
  for (const { path, item } of strokes.values()) {
    context.setLineDash([]);
    context.lineWidth = Math.max(1, (typeof item.world === "number" ? item.world : 1) * shot.camera.zoom);
    context.strokeStyle = item.stroke ?? "#fff";
    context.stroke(path);
  }
  context.restore();
}

/** Adds an item's path; a single point becomes a dot. */
function trace(path: Path2D, item: OverlayItem, matrix: Matrix): void {
  let open = false;
  for (let i = 0; i + 2 < item.points.length; i += 3) {
    const place = at(item, i, matrix);
    if (!place) continue;
    if (open) path.lineTo(place.x, place.y);
    else path.moveTo(place.x, place.y);
    if (!open && item.points.length === 3) path.lineTo(place.x, place.y);
    open = true;
  }
  if (open && item.closed) path.closePath();
}

function at(item: OverlayItem, i: number, matrix: Matrix): { x: number; y: number } | undefined {
  return project(matrix, [item.points[i] ?? 0, item.points[i + 1] ?? 0, item.points[i + 2] ?? 0]);
}

function drawItem(context: Context, item: OverlayItem, matrix: Matrix, zoom: number): void {
  context.lineWidth = item.width ?? 1;
  context.setLineDash(item.dashed ? [4, 4] : []);
  if (item.stroke) context.strokeStyle = item.stroke;
  if (item.fill) context.fillStyle = item.fill;
  if (item.form === "line" || item.form === "area") {
    const path = new Path2D();
    trace(path, item, matrix);
    if (item.form === "area" && item.fill) context.fill(path, "evenodd");
    if (item.stroke) context.stroke(path);
    return;
  }
  for (let i = 0; i + 2 < item.points.length; i += 3) {
    const place = at(item, i, matrix);
    if (!place) continue;
    const { world } = item;
    const own = typeof world === "number" ? world : world?.[i / 3];
    const size = own === undefined ? (item.size ?? 8) : own * zoom;
    context.beginPath();
    if (item.form === "box") context.rect(place.x - size / 2, place.y - size / 2, size, size);
    else context.arc(place.x, place.y, size / 2, 0, Math.PI * 2);
    if (item.form !== "ring" && item.fill) context.fill();
    if (item.stroke) context.stroke();
  }
}
