/** What the view's buttons and keys do; the same code for both. */

import type { Size } from "@eyepiece/engine/model/camera.ts";
import { resetView } from "@eyepiece/engine/model/view.ts";
import type { Dims, Grid, View } from "@eyepiece/protocol/scene/schema.ts";
import type { Notices } from "../services/notices.ts";
import type { SessionService } from "../services/session.ts";
import { cellSize } from "./cells.ts";

/** Dims with the last axis brought to the front, as napari's roll. */
export function rolled(dims: Dims): Dims {
  const last = dims.order.at(-1);
  return last === undefined ? dims : { ...dims, order: [last, ...dims.order.slice(0, -1)] };
}

/** Dims with the two axes on the screen exchanged. */
export function transposed(dims: Dims): Dims {
  const [a, b] = dims.order.slice(-2);
  if (a === undefined || b === undefined) return dims;
  return { ...dims, order: [...dims.order.slice(0, -2), b, a] };
}

/** What the session's camera fits its picture into. */
function cell(session: SessionService, grid: Grid): Size | undefined {
  return session.size && cellSize(grid, session.size, session.scene.peek()?.layers.length ?? 0);
}

/** Centres and fits, as napari's home button. */
export function reset(session: SessionService): void {
  const view = session.view.peek();
  const size = view && cell(session, view.grid);
  if (view && size) session.setView(resetView(view, size));
}

/** The view with other dims or grid, fitted anew, as in napari. */
function refit(session: SessionService, changes: Partial<View>): void {
  const view = session.view.peek();
  if (!view) return;
  const next = { ...view, ...changes };
  const size = cell(session, next.grid);
  session.setView(size ? resetView(next, size, { keepAngles: true }) : next);
}

/** Changes the axes on the screen. */
function withDims(session: SessionService, change: (dims: Dims) => Dims): void {
  const view = session.view.peek();
  if (!view) return;
  refit(session, { dims: change(view.dims) });
}

export const roll = (session: SessionService): void => withDims(session, rolled);
export const transpose = (session: SessionService): void => withDims(session, transposed);

/** 2D to 3D and back; a scene of two axes has no 3D. */
export function toggleDisplay(session: SessionService): void {
  withDims(session, (dims) => (dims.ndim < 3 ? dims : { ...dims, ndisplay: dims.ndisplay === 3 ? 2 : 3 }));
}

/** Changes the grid's settings; the picture is fitted to the cells that come of it. */
export function setGrid(session: SessionService, changes: Partial<Grid>): void {
  const view = session.view.peek();
  if (!view) return;
  const grid = { ...view.grid, ...changes };
  // Without a grid its settings change nothing that is seen.
  if (view.grid.enabled || grid.enabled) refit(session, { grid });
  else session.setView({ grid });
}

/** napari's grid, on and off. */
export function toggleGrid(session: SessionService): void {
  const view = session.view.peek();
  if (view) setGrid(session, { enabled: !view.grid.enabled });
}

/** Changes the order of the axes, first to last; the last two or three are on the screen. */
export function setOrder(session: SessionService, order: readonly number[]): void {
  const view = session.view.peek();
  if (!view) return;
  const shown = (dims: Dims): string => dims.order.slice(-dims.ndisplay).join();
  const dims = { ...view.dims, order: [...order] };
  // The camera stays where it is as long as the same axes are on the screen.
  if (shown(dims) === shown(view.dims)) session.setView({ dims });
  else refit(session, { dims });
}

/** The exact picture from the node, as PNG; `bare` leaves out what lies over it. Undefined while there is no canvas. @throws with a sentence */
export async function picture(
  session: SessionService,
  { bare = false }: { readonly bare?: boolean } = {},
): Promise<Blob | undefined> {
  const { size } = session;
  if (!size) return undefined;
  const [width, height] = [Math.round(size.width * size.ratio), Math.round(size.height * size.ratio)];
  const event = await session.ask({ screenshot: { width, height, bare } }, 120_000);
  if (!event.screenshot) throw new Error("The session sent no picture.");
  return new Blob([event.screenshot.png as Uint8Array<ArrayBuffer>], { type: "image/png" });
}

/** Offers a file as a download, named by the session and the time. */
function download(session: SessionService, file: Blob, extension: string): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = `${session.id}-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${extension}`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

/** Begins to record what is shown, or ends it and downloads the film. */
export function toggleRecording(session: SessionService, notices: Notices): void {
  session.onRecorded = (file, message) => {
    if (!file) notices.show("bad", `No film: ${message}`);
    else {
      download(session, file, "mp4");
      const size = (file.size / 1e6).toFixed(1);
      notices.show("good", `The film is saved: ${size} MB, as it was streamed. ${message}`.trim());
    }
  };
  session.record(session.recording.peek() === undefined);
}

/** Saves the exact picture as a PNG file, with what lies over it unless `bare`. */
export async function screenshot(
  session: SessionService,
  notices: Notices,
  options: { readonly bare?: boolean } = {},
): Promise<void> {
  try {
    notices.progress("screenshot", "The node draws the picture.", -1);
    const blob = await picture(session, options);
    if (!blob) return;
    download(session, blob, "png");
  } catch (cause) {
    notices.show("bad", `No screenshot: ${cause instanceof Error ? cause.message : String(cause)}`);
  } finally {
    notices.ended("screenshot");
  }
}
