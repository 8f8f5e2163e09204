/** What goes through a view's port between the main thread and its stream in the worker. */
import type { OverlayState } from "@eyepiece/engine/overlays/overlay.ts";
import type { Camera, Dims, Grid, Overlays, Scene } from "@eyepiece/protocol/scene/schema.ts";
import type { PlaceWanted } from "../here/choose.ts";
import type { HereHeld } from "../here/here-view.ts";

/** Where the person looks now, and what is to lie over the picture. */
export interface ViewPose {
  readonly camera: Camera;
  readonly dims: Dims;
  readonly grid: Grid;
  readonly overlays?: Overlays | undefined;
}

/** The canvas: CSS pixels and device pixels in one of them. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
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
      /** The selected layer, or empty. */
      readonly selected: string;
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
