/**
 * The canvas and its overlay: at each animation frame in which something changed, the newest picture is placed for the
 * newest pose. Nothing changed, nothing runs.
 */
import { drawOverlays } from "@eyepiece/engine/overlays/draw.ts";
import type { OverlayState } from "@eyepiece/engine/overlays/overlay.ts";
import type { Taken } from "@eyepiece/engine/overlays/positions.ts";
import type { CanvasSize, StreamStats, ToolOverlay, ViewPose } from "./api.ts";
import { type Compositor, chooseCompositor } from "./compositor.ts";
import type { Picture } from "./decoder.ts";
import { drawTool } from "./overlays-tool.ts";
import { shotOf, shotOfPose } from "./pose.ts";
import { IDENTITY3, isIdentity, type Matrix3, reproject, type Shot } from "./reproject.ts";
import { epochNow } from "./timing.ts";

/** The page's own buttons and its status line are in these corners. */
const TAKEN: Taken = { top_left: 34, top_right: 34, bottom_left: 26 };

export interface ScreenEvents {
  /** An animation frame begins: the moment to send the newest input. */
  readonly onFrame: () => void;
  /** A new picture is on the screen. */
  readonly onPresented: (picture: Picture, now: number) => void;
  /** The picture that was there is drawn for a newer pose. */
  readonly onRedrawn: () => void;
  readonly onCanvasLost: () => void;
  readonly onTrouble: (message: string) => void;
}

/** See the file's comment. */
export class Screen {
  readonly #events: ScreenEvents;
  readonly #wanted: string;
  #compositor: Compositor | undefined;
  #overlayCanvas: OffscreenCanvas | undefined;
  #overlayContext: OffscreenCanvasRenderingContext2D | null = null;
  #overlay: OverlayState | undefined;
  #tool: ToolOverlay | undefined;
  #pose: ViewPose | undefined;
  #size: CanvasSize | undefined;
  #offered: Picture | undefined;
  #shown: { head: Picture["head"]; shot: Shot | undefined; here: boolean } | undefined;
  #scheduled = false;
  #busy = false;
  #dirty = false;
  #attachment = 0;

  constructor(wanted: string, events: ScreenEvents) {
    this.#wanted = wanted;
    this.#events = events;
  }

  get size(): CanvasSize | undefined {
    return this.#size;
  }

  /** The head of the picture on the screen. */
  get shownHead(): Picture["head"] | undefined {
    return this.#shown?.head;
  }

  /** The picture on the screen was drawn in this page. */
  get shownHere(): boolean {
    return this.#shown?.here ?? false;
  }

  get compositor(): StreamStats["compositor"] {
    return this.#compositor?.kind ?? "canvas2d";
  }

  /** Draws into these from now on. */
  attach(canvas: OffscreenCanvas, overlay: OffscreenCanvas): void {
    this.#attachment += 1;
    const mine = this.#attachment;
    this.#compositor?.dispose();
    this.#compositor = undefined;
    this.#overlayCanvas = overlay;
    this.#overlayContext = overlay.getContext("2d");
    chooseCompositor(
      canvas,
      this.#wanted,
      () => mine === this.#attachment && this.#events.onCanvasLost(),
    ).then(
      (compositor) => {
        if (mine !== this.#attachment) compositor.dispose();
        else {
          this.#compositor = compositor;
          this.#applySize();
          this.wake();
        }
      },
      (cause: unknown) => this.#events.onTrouble(cause instanceof Error ? cause.message : String(cause)),
    );
  }

  setPose(pose: ViewPose): void {
    this.#pose = pose;
    this.wake();
  }

  setSize(size: CanvasSize): void {
    this.#size = size;
    this.#applySize();
    this.wake();
  }

  setOverlay(overlay: OverlayState): void {
    this.#overlay = overlay;
    this.wake();
  }

  setTool(tool: ToolOverlay | undefined): void {
    this.#tool = tool;
    this.wake();
  }

  /** Takes the newest picture. @returns one that was never shown and gave way to it */
  offer(picture: Picture): Picture | undefined {
    const replaced = this.#offered;
    replaced?.image.close();
    this.#offered = picture;
    this.wake();
    return replaced;
  }

  /** Something changed: draws at the next animation frame. */
  wake(): void {
    this.#dirty = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      void this.#frame();
    });
  }

  dispose(): void {
    this.#attachment += 1;
    this.#offered?.image.close();
    this.#offered = undefined;
    this.#compositor?.dispose();
    this.#compositor = undefined;
  }

  #applySize(): void {
    const size = this.#size;
    if (!size) return;
    const width = Math.max(1, Math.round(size.width * size.ratio));
    const height = Math.max(1, Math.round(size.height * size.ratio));
    this.#compositor?.resize(width, height);
    const overlay = this.#overlayCanvas;
    if (overlay && (overlay.width !== width || overlay.height !== height)) {
      overlay.width = width;
      overlay.height = height;
    }
  }

  async #frame(): Promise<void> {
    this.#events.onFrame();
    const compositor = this.#compositor;
    if (!compositor || this.#busy || !this.#dirty) return;
    this.#dirty = false;
    this.#busy = true;
    try {
      const picture = this.#offered;
      this.#offered = undefined;
      if (picture) {
        await compositor.take(picture);
        const { head, here = false } = picture;
        this.#shown = { head, shot: shotOfPose(head.pose), here };
      }
      const forward = this.#forward();
      compositor.draw(forward);
      this.#drawOverlay();
      if (picture) this.#events.onPresented(picture, epochNow());
      else if (!isIdentity(forward)) this.#events.onRedrawn();
    } catch (cause) {
      this.#events.onTrouble(
        `The picture could not be drawn: ${cause instanceof Error ? cause.message : cause}`,
      );
    } finally {
      this.#busy = false;
      if (this.#dirty) this.wake();
    }
  }

  #forward(): Matrix3 {
    const { shot } = this.#shown ?? {};
    // Cells of a grid move apart from each other, so their common picture cannot be moved as one.
    if (!shot || !this.#pose || !this.#size || this.#pose.grid.enabled) return IDENTITY3;
    return reproject(shot, shotOf(this.#pose, this.#size));
  }

  #drawOverlay(): void {
    const context = this.#overlayContext;
    if (!context || !this.#overlay || !this.#pose || !this.#size) return;
    const { width, height, ratio } = this.#size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    drawOverlays(context, { ...this.#pose, width, height }, this.#overlay, TAKEN);
    const shot = shotOf(this.#pose, this.#size);
    if (this.#tool) drawTool(context, shot, this.#tool, this.#pose.grid, this.#shown?.head.revision ?? 0);
  }
}
