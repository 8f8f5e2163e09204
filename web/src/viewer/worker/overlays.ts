/** What lies over the picture, drawn at the display's resolution for the newest pose: scale bar, axes, boxes. */
import { cameraAxes, project, worldToCanvas } from "@eyepiece/engine/model/camera.ts";
import { dot, type Matrix, type Vector3 } from "@eyepiece/engine/model/matrix.ts";
import { gridCells } from "@eyepiece/engine/render/grid.ts";
import type { LayerBox, OverlayState, ViewPose } from "./api.ts";
import type { Shot } from "./reproject.ts";
import { scaleBar } from "./scale-bar.ts";

type Context = OffscreenCanvasRenderingContext2D;

/** napari's colours of the displayed axes, the last one first. */
const AXIS_COLOURS = ["#00ffff", "#ffff00", "#ff00ff"];
const MARGIN = 14;

/** Draws all that is switched on. With the grid each box is in its layer's cell. */
export function drawOverlays(
  context: Context,
  shot: Shot,
  overlay: OverlayState,
  pose: ViewPose,
  ratio: number,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, shot.width, shot.height);
  const shown = shot.order.slice(-shot.ndisplay);
  if (overlay.boundingBox) {
    for (const { cell, layers } of gridCells(pose.grid, shot, overlay.layers)) {
      context.save();
      context.beginPath();
      context.rect(cell.x, cell.y, cell.width, cell.height);
      context.clip();
      context.translate(cell.x, cell.y);
      const within = { ...shot, width: cell.width, height: cell.height };
      for (const box of overlay.boxes) if (layers.includes(box.layer)) drawBox(context, within, shown, box);
      context.restore();
    }
  }
  if (overlay.scaleBar) drawScaleBar(context, shot, overlay.unit);
  if (overlay.axes) drawAxes(context, shot, shown, pose.dims.axis_labels);
}

function drawScaleBar(context: Context, shot: Shot, unit: string): void {
  const bar = scaleBar(shot.camera.zoom, unit, Math.min(150, shot.width / 3));
  if (!bar) return;
  const right = shot.width - MARGIN;
  const y = shot.height - MARGIN;
  const left = right - bar.length;
  context.lineWidth = 4;
  context.strokeStyle = "rgb(0 0 0 / 65%)";
  bracket(context, left, right, y);
  context.lineWidth = 2;
  context.strokeStyle = "#fff";
  bracket(context, left, right, y);
  text(context, bar.label, (left + right) / 2, y - 8, "center");
}

function bracket(context: Context, left: number, right: number, y: number): void {
  context.beginPath();
  context.moveTo(left, y - 4);
  context.lineTo(left, y);
  context.lineTo(right, y);
  context.lineTo(right, y - 4);
  context.stroke();
}

function text(context: Context, words: string, x: number, y: number, align: CanvasTextAlign): void {
  context.font = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
  context.textAlign = align;
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "rgb(0 0 0 / 75%)";
  context.strokeText(words, x, y);
  context.fillStyle = "#fff";
  context.fillText(words, x, y);
}

/** Arrows in the lower left corner, which turn with the camera. */
function drawAxes(context: Context, shot: Shot, shown: readonly number[], labels: readonly string[]): void {
  const origin: readonly [number, number] = [MARGIN + 44, shot.height - MARGIN - 84];
  const drawn = shown
    .map((axis, index) => {
      const unit: Vector3 = [index === 0 ? 1 : 0, index === 1 ? 1 : 0, index === 2 ? 1 : 0];
      const [dx, dy] = direction(shot, shown.length === 3 ? unit : flat(index));
      return { axis, colour: AXIS_COLOURS[shown.length - 1 - index] ?? "#fff", dx, dy };
    })
    .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));
  for (const { axis, colour, dx, dy } of drawn) {
    const tip: readonly [number, number] = [origin[0] + dx * 40, origin[1] + dy * 40];
    context.lineWidth = 2;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(...origin);
    context.lineTo(...tip);
    context.stroke();
    context.beginPath();
    context.arc(tip[0], tip[1], 3, 0, Math.PI * 2);
    context.fill();
    // An axis towards the eye has no room for its name: it would lie over the others'.
    const away = Math.hypot(dx, dy);
    if (away < 0.2) continue;
    text(
      context,
      labels[axis] ?? `${axis}`,
      tip[0] + (dx / away) * 11,
      tip[1] + (dy / away) * 11 + 4,
      // Beside an arrow that points sideways the name begins where the arrow ends.
      dx / away > 0.7 ? "left" : dx / away < -0.7 ? "right" : "center",
    );
  }
}

const flat = (index: number): Vector3 => (index === 0 ? [0, 1, 0] : [0, 0, 1]);

/** A direction of displayed world axes on the canvas: x right, y down. */
function direction(shot: Shot, vector: Vector3): readonly [number, number] {
  const { right, up } = cameraAxes(shot.camera, shot.ndisplay);
  return [dot(right, vector), -dot(up, vector)];
}

function drawBox(context: Context, shot: Shot, shown: readonly number[], box: LayerBox): void {
  const three: readonly (number | undefined)[] = shown.length === 3 ? shown : [undefined, ...shown];
  const matrix: Matrix = worldToCanvas(shot.camera, shot, shot.ndisplay);
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
