/** What a tool is. */
import type { Layer } from "@eyepiece/protocol/scene/schema.ts";
import type { SessionService } from "../../services/session.ts";
import type { OverlayItem } from "../worker/api.ts";
import type { Space } from "./space.ts";

/** Where the pointer is, and with what. */
export interface Touch {
  /** CSS pixels from the canvas's corner. */
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  /** Fingers are thicker than mice: how far from a thing still counts, in CSS pixels. */
  readonly reach: number;
}

/** What a tool works with: the layer as it is now, and where it lies for the present pose. */
export interface ToolHost {
  readonly session: SessionService;
  /** The layer that the tool is for; undefined when it is gone. */
  layer(): Layer | undefined;
  space(): Space | undefined;
  /** What the tool draws has changed. */
  redraw(): void;
}

/** See the file's comment. One exists for the selected layer and its mode. */
export interface Tool {
  /** The CSS cursor over the canvas. */
  readonly cursor: string;
  /** A button or finger went down. @returns whether the tool takes the drag */
  down(touch: Touch): boolean;
  /** The pointer that the tool took moved; all places since the last time. */
  move(touches: readonly Touch[]): void;
  up(touch: Touch): void;
  /** The drag is given up: what it began is taken back. */
  cancel(): void;
  /** The pointer is over the canvas, no button down; undefined when it left. */
  hover(touch: Touch | undefined): void;
  /** @returns whether the tool took it */
  double(touch: Touch): boolean;
  /** A key that is the tool's: its name as in keys.ts. @returns whether the tool took it */
  key(name: string): boolean;
  overlay(): readonly OverlayItem[];
  /** Another tool comes, or the page goes: what is half done is dropped. */
  dispose(): void;
}

/** A tool that leaves all to the camera. */
export class NoTool implements Tool {
  readonly cursor: string = "";
  down(_touch: Touch): boolean {
    return false;
  }
  move(_touches: readonly Touch[]): void {}
  up(_touch: Touch): void {}
  cancel(): void {}
  hover(_touch: Touch | undefined): void {}
  double(_touch: Touch): boolean {
    return false;
  }
  key(_name: string): boolean {
    return false;
  }
  overlay(): readonly OverlayItem[] {
    return [];
  }
  dispose(): void {}
}
