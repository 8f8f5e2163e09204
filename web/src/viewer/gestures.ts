/** Pointers, wheel and touch on the canvas become motions of the view. Buttons and modifiers are napari's. */
import { pointToStep, stepToPoint } from "@eyepiece/engine/model/view.ts";
import type { Camera, View } from "@eyepiece/protocol/scene/schema.ts";
import { placeInCell } from "./cells.ts";
import { pan, turn, wheelFactor, wheelNotches, zoomAbout } from "./motion.ts";
import type { Tool, Touch as ToolTouch } from "./tools/tool.ts";

/** What gestures need of the session. */
export interface GestureTarget {
  view(): View | undefined;
  setView(changes: Partial<View>, options: { readonly moving: boolean; readonly at: number }): void;
  reset(): void;
  /** Where the pointer is over the canvas, in CSS pixels; undefined when it left. */
  hover(x: number | undefined, y: number | undefined): void;
  /** Space is held: a drag pans in 3D too. */
  panning(): boolean;
  /** The axis that Ctrl and the wheel step through. */
  wheelAxis(): number | undefined;
  /** How many layers the scene has: with the grid, where its cells are. */
  layers(): number;
  /** The tool in hand: it has the first say on the left button and on one finger. */
  tool?(): Tool;
}

/** How near to a thing counts as on it, in CSS pixels. */
const REACH = { mouse: 6, pen: 8, touch: 16 };

/** Where an event is, as tools want it. */
function touchOf(event: MouseEvent, box: DOMRect): ToolTouch {
  const kind = event instanceof PointerEvent ? event.pointerType : "mouse";
  return {
    x: event.clientX - box.left,
    y: event.clientY - box.top,
    shift: event.shiftKey,
    control: event.ctrlKey || event.metaKey,
    alt: event.altKey,
    reach: kind === "touch" ? REACH.touch : kind === "pen" ? REACH.pen : REACH.mouse,
  };
}

interface Touch {
  x: number;
  y: number;
  readonly button: number;
  readonly shift: boolean;
}

const epoch = (event: Event): number => performance.timeOrigin + event.timeStamp;

/** Listens on an element; `dispose` with the signal. */
export function listen(element: HTMLElement, target: GestureTarget, signal: AbortSignal): void {
  const pointers = new Map<number, Touch>();
  /** The pointer that the tool took. */
  let held: { readonly id: number; readonly tool: Tool } | undefined;
  const release = (): void => {
    held?.tool.cancel();
    held = undefined;
  };
  let wheelRest = 0;

  const size = () => ({ width: element.clientWidth, height: element.clientHeight });
  const place = (event: MouseEvent): readonly [number, number] => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const move = (camera: Camera, event: Event) =>
    target.setView({ camera }, { moving: true, at: epoch(event) });

  const drag = (touch: Touch, x: number, y: number, event: PointerEvent): void => {
    const view = target.view();
    if (!view) return;
    const { camera, dims } = view;
    const { ndisplay } = dims;
    const [dx, dy] = [x - touch.x, y - touch.y];
    const zooms = touch.button === 2;
    const turns = ndisplay === 3 && touch.button === 0 && !touch.shift && !target.panning();
    if (zooms) {
      const factor = ndisplay === 3 ? 1.1 ** (-dy * 0.1) : Math.exp(-dy * 0.01);
      move(zoomAbout(camera, size(), ndisplay, factor, size().width / 2, size().height / 2), event);
    } else if (turns) move(turn(camera, size(), [touch.x, touch.y], [x, y]), event);
    else move(pan(camera, ndisplay, dx, dy), event);
  };

  const pinch = (touch: Touch, other: Touch, x: number, y: number, event: PointerEvent): void => {
    const view = target.view();
    if (!view) return;
    const { ndisplay } = view.dims;
    const before = Math.hypot(touch.x - other.x, touch.y - other.y);
    const after = Math.hypot(x - other.x, y - other.y);
    const moved = pan(view.camera, ndisplay, (x - touch.x) / 2, (y - touch.y) / 2);
    const middle: readonly [number, number] = [(x + other.x) / 2, (y + other.y) / 2];
    const factor = before > 1 ? after / before : 1;
    const cell = placeInCell(view.grid, size(), target.layers(), ...middle);
    move(zoomAbout(moved, cell.size, ndisplay, factor, cell.x, cell.y), event);
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button > 2) return;
      const [x, y] = place(event);
      // A second finger means the camera: what the first one began is taken back.
      if (pointers.size > 0) release();
      const tool = target.tool?.();
      const first = pointers.size === 0 && event.button === 0 && !target.panning();
      pointers.set(event.pointerId, { x, y, button: event.button, shift: event.shiftKey });
      element.setPointerCapture(event.pointerId);
      if (first && tool?.down(touchOf(event, element.getBoundingClientRect())))
        held = { id: event.pointerId, tool };
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      const [x, y] = place(event);
      const touch = pointers.get(event.pointerId);
      if (event.pointerType !== "touch") target.hover(x, y);
      const box = element.getBoundingClientRect();
      if (!touch) {
        target.tool?.().hover(target.panning() ? undefined : touchOf(event, box));
        return;
      }
      if (held?.id === event.pointerId) {
        // All places that the hand passed since the last frame: a stroke is as round as the hand made it.
        const passed = event.getCoalescedEvents();
        held.tool.move((passed.length > 0 ? passed : [event]).map((one) => touchOf(one, box)));
        return;
      }
      const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
      if (other) pinch(touch, other, x, y, event);
      else drag(touch, x, y, event);
      touch.x = x;
      touch.y = y;
    },
    { signal },
  );
  const up = (event: PointerEvent): void => {
    const touch = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    if (held?.id === event.pointerId) {
      const { tool } = held;
      held = undefined;
      if (event.type === "pointercancel") tool.cancel();
      else tool.up(touchOf(event, element.getBoundingClientRect()));
      return;
    }
    // At rest at once: the exact picture should not wait for a timer.
    if (touch && pointers.size === 0) target.setView({}, { moving: false, at: epoch(event) });
  };
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  const leave = (): void => {
    target.hover(undefined, undefined);
    if (!held) target.tool?.().hover(undefined);
  };
  element.addEventListener("pointerleave", leave, { signal });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  element.addEventListener(
    "dblclick",
    (event) => {
      const taken =
        !target.panning() && target.tool?.().double(touchOf(event, element.getBoundingClientRect()));
      if (!taken) target.reset();
    },
    { signal },
  );
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const view = target.view();
      if (!view) return;
      const axis = target.wheelAxis();
      // A pinch on a touchpad comes as a wheel with Ctrl and small steps: it zooms, a real wheel steps.
      const pinched = event.ctrlKey && event.deltaMode === 0 && Math.abs(event.deltaY) < 40;
      if ((event.ctrlKey || event.metaKey) && !pinched && axis !== undefined) {
        wheelRest += wheelNotches(event.deltaY, event.deltaMode);
        const steps = Math.trunc(wheelRest);
        wheelRest -= steps;
        if (steps !== 0)
          target.setView({ dims: step(view.dims, axis, -steps) }, { moving: true, at: epoch(event) });
        return;
      }
      const { ndisplay } = view.dims;
      const factor = pinched ? Math.exp(-event.deltaY * 0.01) : wheelFactor(event, ndisplay);
      const cell = placeInCell(view.grid, size(), target.layers(), ...place(event));
      const [x, y] = ndisplay === 3 ? [cell.size.width / 2, cell.size.height / 2] : [cell.x, cell.y];
      move(zoomAbout(view.camera, cell.size, ndisplay, factor, x, y), event);
    },
    { signal, passive: false },
  );
}

/** Dims with one axis moved by whole steps, within its range. */
export function step(dims: View["dims"], axis: number, steps: number): View["dims"] {
  const range = dims.range[axis];
  if (!range) return dims;
  const next = stepToPoint(range, pointToStep(range, dims.point[axis] ?? 0) + steps);
  return { ...dims, point: dims.point.map((value, index) => (index === axis ? next : value)) };
}
