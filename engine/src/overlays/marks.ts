/** Marks at the canvas's edges: each knows its size before it has a place. */
import { cameraAxes } from "../model/camera.ts";
import { dot, type Vector3 } from "../model/matrix.ts";
import type { CanvasWords, ColorBar, OverlayState, OverlayView } from "./overlay.ts";
import type { Wanting } from "./positions.ts";
import { scaleBar } from "./scale-bar.ts";

/** What is drawn on: the part of a 2D canvas that browsers and libraries for Node have alike. */
export type Context = Pick<
  OffscreenCanvasRenderingContext2D,
  | "font"
  | "lineJoin"
  | "lineWidth"
  | "strokeStyle"
  | "fillStyle"
  | "textAlign"
  | "textBaseline"
  | "strokeText"
  | "fillText"
  | "fillRect"
  | "strokeRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "arc"
  | "rect"
  | "stroke"
  | "fill"
  | "clip"
  | "save"
  | "restore"
  | "translate"
  | "rotate"
> & { measureText(words: string): { readonly width: number } };

/** Something that is drawn with its upper left corner at a place. */
export interface Mark extends Wanting {
  draw(context: Context, x: number, y: number): void;
}

/** napari's colours of the displayed axes, the last one first. */
const AXIS_COLOURS = ["#00ffff", "#ffff00", "#ff00ff"];
/** The arrows' length, and the space that they and their names take in any direction. */
const ARROW = 40;
const AXES_SIZE = 2 * (ARROW + 22);
const BAR = { width: 12, height: 140 };
/** Between a colour bar and its numbers. */
const TICK = 6;

/** The system's face; where there is none, as on most nodes, the one that comes with Eyepiece. */
const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Sets the type for words over a picture. */
export function font(context: Context, size: number): void {
  context.font = `${size}px ${FACE}`;
}

/** Words that are read on any ground. */
export function write(context: Context, words: string, x: number, y: number, color = "#fff"): void {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "rgb(0 0 0 / 75%)";
  context.strokeText(words, x, y);
  context.fillStyle = color;
  context.fillText(words, x, y);
}

/** Words in lines of their own. */
export function wordsMark(context: Context, { text, position, size }: CanvasWords): Mark {
  font(context, size);
  const lines = text.split("\n");
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  const line = Math.ceil(size * 1.3);
  return {
    ...{ position, width, height: line * lines.length },
    draw(target, x, y) {
      font(target, size);
      target.textAlign = "left";
      target.textBaseline = "middle";
      for (const [i, words] of lines.entries()) write(target, words, x, y + line * (i + 0.5));
    },
  };
}

/** The scale bar, in the unit that suits or the one that was chosen; undefined where there is no length. */
export function scaleBarMark(
  view: OverlayView,
  unit: string,
  { position, unit: fixed, size }: NonNullable<OverlayState["scaleBar"]>,
): Mark | undefined {
  const bar = scaleBar(view.camera.zoom, unit, Math.min(150, view.width / 3), fixed);
  if (!bar) return undefined;
  const { length: width, label } = bar;
  const height = 12 + size;
  return {
    ...{ position, width, height },
    draw(context, x, y) {
      const bottom = y + height;
      context.lineWidth = 4;
      context.strokeStyle = "rgb(0 0 0 / 65%)";
      bracket(context, x, x + width, bottom);
      context.lineWidth = 2;
      context.strokeStyle = "#fff";
      bracket(context, x, x + width, bottom);
      font(context, size);
      context.textAlign = "center";
      context.textBaseline = "alphabetic";
      write(context, label, x + width / 2, bottom - 8);
    },
  };
}

function bracket(context: Context, left: number, right: number, y: number): void {
  context.beginPath();
  context.moveTo(left, y - 4);
  context.lineTo(left, y);
  context.lineTo(right, y);
  context.lineTo(right, y - 4);
  context.stroke();
}

/** Arrows that turn with the camera, with the axes' names. */
export function axesMark(
  view: OverlayView,
  shown: readonly number[],
  { position, labels: named }: NonNullable<OverlayState["axes"]>,
): Mark {
  const arrows = shown
    .map((axis, index) => {
      const unit: Vector3 = [index === 0 ? 1 : 0, index === 1 ? 1 : 0, index === 2 ? 1 : 0];
      const [dx, dy] = direction(view, shown.length === 3 ? unit : flat(index));
      const colour = AXIS_COLOURS[shown.length - 1 - index] ?? "#fff";
      return { name: named ? (view.dims.axis_labels[axis] ?? `${axis}`) : "", colour, dx, dy };
    })
    .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));
  // In 2D the arrows point right and down: the corner of what they take is their origin.
  const corner = shown.length === 2 && arrows.every(({ dx, dy }) => dx > -0.01 && dy > -0.01);
  const before = corner ? 8 : AXES_SIZE / 2;
  const size = before + ARROW + 22;
  return {
    ...{ position, width: size, height: size },
    draw(context, x, y) {
      for (const arrow of arrows) drawArrow(context, arrow, [x + before, y + before]);
    },
  };
}

function drawArrow(
  context: Context,
  { name, colour, dx, dy }: { name: string; colour: string; dx: number; dy: number },
  origin: readonly [number, number],
): void {
  const tip: readonly [number, number] = [origin[0] + dx * ARROW, origin[1] + dy * ARROW];
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
  if (away < 0.2 || name === "") return;
  font(context, 12);
  context.textBaseline = "middle";
  // Beside an arrow that points sideways the name begins where the arrow ends.
  context.textAlign = dx / away > 0.7 ? "left" : dx / away < -0.7 ? "right" : "center";
  write(context, name, tip[0] + (dx / away) * 11, tip[1] + (dy / away) * 11);
}

const flat = (index: number): Vector3 => (index === 0 ? [0, 1, 0] : [0, 0, 1]);

/** A direction of displayed world axes on the canvas: x right, y down. */
function direction({ camera, dims }: OverlayView, vector: Vector3): readonly [number, number] {
  const { right, up } = cameraAxes(camera, dims.ndisplay);
  return [dot(right, vector), -dot(up, vector)];
}

/** A number beside a colour bar. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(1);
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

/** Colours from the least value, below, to the greatest, with three numbers and the layer's name over them. */
export function colorBarMark(context: Context, bar: ColorBar, room: number): Mark {
  const { position, limits, colors, title } = bar;
  const height = Math.max(24, Math.min(BAR.height, room / 2));
  const numbers = [limits[1], (limits[0] + limits[1]) / 2, limits[0]].map(tickLabel);
  font(context, 12);
  const name = context.measureText(title).width;
  const beside = Math.max(...numbers.map((one) => context.measureText(one).width));
  const mirrored = position.endsWith("right");
  const head = 28;
  return {
    ...{ position, width: Math.max(name, BAR.width + TICK + beside), height: head + height + 8 },
    draw(target, x, y) {
      const right = x + this.width;
      const left = mirrored ? right - BAR.width : x;
      const top = y + head;
      const step = height / colors.length;
      for (const [i, color] of colors.entries()) {
        target.fillStyle = color;
        // Half a pixel more: else the ground shines through between two of them.
        target.fillRect(left, top + height - (i + 1) * step, BAR.width, step + 0.5);
      }
      target.lineWidth = 1;
      target.strokeStyle = "rgb(255 255 255 / 70%)";
      target.strokeRect(left - 0.5, top - 0.5, BAR.width + 1, height + 1);
      font(target, 12);
      target.textBaseline = "middle";
      target.textAlign = mirrored ? "right" : "left";
      write(target, title, mirrored ? right : x, y + 8);
      for (const [i, words] of numbers.entries())
        write(target, words, mirrored ? left - TICK : left + BAR.width + TICK, top + (height * i) / 2);
    },
  };
}
