/** What goes through a view's port between the main thread and its stream in the worker. */
import type { Camera, Dims, Grid, ItemText, Scene } from "@eyepiece/protocol/scene/schema.ts";
import type { PlaceWanted } from "../here/choose.ts";
import type { HereHeld } from "../here/here-view.ts";
import type { CanvasPosition } from "../overlays/positions.ts";

/** Camera, dims and grid as the person has them now. */
export interface ViewPose {
  readonly camera: Camera;
  readonly dims: Dims;
  readonly grid: Grid;
}

/** The canvas: CSS pixels and device pixels in one of them. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
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

/** What is drawn over the picture, in the browser, at display resolution. */
export interface OverlayState {
  readonly scaleBar: { readonly position: CanvasPosition; readonly unit: string } | undefined;
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

/** One thing that a tool draws over the picture. */
export interface OverlayItem {
  /**
   * `line` and `area`: one path; `stroke`: a path as wide as `world` says, of which those of one colour are drawn as one;
   * `box`, `disc`, `ring`: a mark at each point.
   */
  readonly form: "line" | "area" | "stroke" | "box" | "disc" | "ring";
  /** Displayed world coordinates, three numbers a point. */
  readonly points: ArrayLike<number>;
  readonly closed?: boolean;
  readonly stroke?: string;
  readonly fill?: string;
  /** CSS pixels: a line's width, a mark's outline. */
  readonly width?: number;
  readonly dashed?: boolean;
  /** Diameter of marks in CSS pixels. */
  readonly size?: number;
  /** Diameter in world units, instead: of a stroke, or of each mark. */
  readonly world?: number | ArrayLike<number>;
  /** Pictures of this revision of the scene, and later ones, have it: it is drawn over older ones only. */
  readonly until?: number;
}

/** What the tool in hand draws, for the newest pose. */
export interface ToolOverlay {
  /** The layer's index from the bottom: with the grid, in whose cell it is. */
  readonly layer: number;
  readonly layers: number;
  readonly items: readonly OverlayItem[];
}

/** To the worker. */
export type ViewUp =
  | { readonly type: "tool"; readonly tool: ToolOverlay | undefined }
  | { readonly type: "canvas"; readonly canvas: OffscreenCanvas; readonly overlay: OffscreenCanvas }
  | { readonly type: "size"; readonly size: CanvasSize }
  /** `at`: when the person did it, in milliseconds since the epoch. */
  | {
      readonly type: "pose";
      readonly pose: ViewPose;
      readonly moving: boolean;
      /** The view was given by a link or a person: it stays as it is on a canvas of another size. */
      readonly chosen: boolean;
      readonly at: number;
    }
  | { readonly type: "visible"; readonly visible: boolean }
  /** Where the person wants pictures to be drawn. */
  | { readonly type: "place"; readonly wanted: PlaceWanted }
  /** The scene as the person sees it: for pictures that are drawn here. */
  | { readonly type: "scene"; readonly scene: Scene }
  | { readonly type: "overlay"; readonly overlay: OverlayState }
  /** Begins or ends a recording of the pictures that come. */
  | { readonly type: "record"; readonly on: boolean }
  /** A ViewerRequest, encoded. */
  | { readonly type: "request"; readonly bytes: Uint8Array }
  | { readonly type: "dispose" };

/** Durations of one picture's way, in milliseconds, in the order in which they pass. */
export interface Stages {
  readonly wait: number;
  readonly up: number;
  readonly queue: number;
  readonly render: number;
  readonly convert: number;
  readonly encode: number;
  readonly down: number;
  readonly decode: number;
  readonly present: number;
}

/** How the stream goes; told twice a second while pictures come, and once when they stop. */
export interface StreamStats {
  /** New pictures shown in the last second. */
  readonly fps: number;
  /** Input to photon of recent pictures that answered an input, milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Bits of pictures that arrived in the last second, in millions. */
  readonly megabits: number;
  /** Medians. */
  readonly stages: Stages;
  /** Pictures shown since the stream began. */
  readonly shown: number;
  /** Times that the last picture was drawn again for a newer pose. */
  readonly reprojected: number;
  /** Pixels of the last picture. */
  readonly width: number;
  readonly height: number;
  /** The last picture has full resolution and all data. */
  readonly exact: boolean;
  /** The scene's revision that the last picture shows. */
  readonly revision: number;
  readonly compositor: "webgpu" | "canvas2d";
  /** The last picture was drawn in this page. */
  readonly here: boolean;
}

/** Where pictures are drawn, and what that goes by. */
export interface PlaceState {
  readonly wanted: PlaceWanted;
  readonly where: "here" | "node";
  /** Getting ready to draw here: data at hand, 0..1. */
  readonly starting: number | undefined;
  /** A sentence. */
  readonly why: string;
  /** This browser's adapter, and milliseconds of a picture: as drawn, or expected by a benchmark. */
  readonly here:
    | {
        readonly adapter: string;
        readonly software: boolean;
        readonly ms: number | undefined;
        readonly drawn: boolean;
      }
    | undefined;
  /** Milliseconds from input to picture by way of the node, when it last drew. */
  readonly nodeMs: number | undefined;
  readonly held: HereHeld | undefined;
}

/** A recording under way. */
export interface RecordingState {
  readonly pictures: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** From the worker. */
export type ViewDown =
  /** A ViewerEvent, encoded. */
  | { readonly type: "event"; readonly bytes: Uint8Array }
  /** The control channel opened, broke (code interrupted: it waits to resume) or ended. */
  | { readonly type: "control"; readonly open: boolean; readonly code: string; readonly message: string }
  | { readonly type: "stats"; readonly stats: StreamStats }
  /** The first picture after the canvas came, or after a break, is on the screen. */
  | { readonly type: "shown" }
  /** A picture of another revision of the scene is on the screen. */
  | { readonly type: "revision"; readonly revision: number }
  /** Nothing can be drawn into the canvas any more: give another one. */
  | { readonly type: "canvas-lost" }
  /** How long and large the recording is; undefined when none is under way. */
  | { readonly type: "recording"; readonly state: RecordingState | undefined }
  /** A recording ended: its file, or why there is none. */
  | { readonly type: "recorded"; readonly file: Blob | undefined; readonly message: string }
  | { readonly type: "place"; readonly state: PlaceState }
  /** Data at hand of what a picture drawn here wants. */
  | { readonly type: "loading"; readonly progress: number; readonly complete: boolean }
  /** Worth a word, and no reason to stop. */
  | { readonly type: "notice"; readonly text: string }
  /** Something is missing here; plain words. */
  | { readonly type: "trouble"; readonly message: string };
