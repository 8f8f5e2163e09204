/** What lies over a picture, as data: where the person looks is told apart, with each pose. */
import type { Camera, CanvasPosition, Grid, ItemText, View } from "@eyepiece/protocol/scene/schema.ts";

/** Where something is drawn for: a canvas of `width` x `height` CSS pixels and how it is looked at. */
export interface OverlayView {
  readonly camera: Camera;
  readonly dims: View["dims"];
  readonly grid: Grid;
  readonly width: number;
  readonly height: number;
}

/** A layer's box in world coordinates of all axes; `layer` is its index from the bottom. */
export interface LayerBox {
  readonly layer: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The layer wants its box whatever the settings are. */
  readonly own: boolean;
}

/** Words at a place; with `layer` they are in its cell of the grid. */
export interface CanvasWords {
  readonly text: string;
  readonly position: CanvasPosition;
  /** CSS pixels. */
  readonly size: number;
  readonly layer?: number;
}

/** The colours of a layer between its limits. */
export interface ColorBar {
  readonly position: CanvasPosition;
  readonly layer: number;
  readonly title: string;
  readonly limits: readonly [number, number];
  /** CSS colours from the least value to the greatest, evenly. */
  readonly colors: readonly string[];
}

/** Words at the items of a layer. */
export interface ItemWords {
  readonly layer: number;
  /** Displayed world coordinates, three numbers an item. */
  readonly points: Float32Array;
  readonly texts: readonly string[];
  readonly color: string;
  readonly size: number;
  /** `size` counts in world units. */
  readonly scaling: boolean;
  readonly anchor: ItemText["anchor"];
  /** Degrees, clockwise on the canvas. */
  readonly rotation: number;
}

/** What is to be drawn, but for where the person looks. */
export interface OverlayState {
  readonly scaleBar:
    | { readonly position: CanvasPosition; readonly unit: string; readonly size: number }
    | undefined;
  readonly axes: { readonly position: CanvasPosition; readonly labels: boolean } | undefined;
  /** The slice of the newest pose, in words. */
  readonly slice: { readonly position: CanvasPosition; readonly units: readonly string[] } | undefined;
  readonly words: readonly CanvasWords[];
  readonly colorBars: readonly ColorBar[];
  readonly itemWords: readonly ItemWords[];
  readonly boundingBox: boolean;
  /** Unit of a world unit of the displayed axes, "pixel" when unknown. */
  readonly unit: string;
  readonly boxes: readonly LayerBox[];
  /** How many layers the scene has: with the grid, where its cells are. */
  readonly layers: number;
}
