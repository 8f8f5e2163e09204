/** Messages between the page and a frame of widgets. What comes from a frame is of people's code: it is checked. */
import * as v from "valibot";
import type { WidgetModelInfo } from "./states.ts";

/** Variables of the app's theme that the frames know too. */
export const THEME_NAMES = [
  "--ground",
  "--panel",
  "--raised",
  "--raised-2",
  "--line",
  "--line-strong",
  "--text",
  "--quiet",
  "--accent",
  "--on-accent",
  "--good",
  "--warn",
  "--bad",
  "--radius",
  "--font",
  "--mono",
] as const;

/** The app's theme as a frame gets it. */
export interface FrameTheme {
  readonly scheme: "light" | "dark";
  readonly variables: Readonly<Record<string, string>>;
}

/** A comm message as a frame sends and gets it. */
export interface FrameComm {
  readonly type: "comm";
  readonly comm: string;
  readonly kind: "comm_msg" | "comm_close";
  readonly data: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
  /** To a frame: the message that this one answers; from a frame: its own name. */
  readonly message: string;
}

/** What the page tells a frame. */
export type ToFrame =
  /** Comes once, after `ready`: the model to show. */
  | { readonly type: "show"; readonly model: string; readonly theme: FrameTheme }
  | { readonly type: "theme"; readonly theme: FrameTheme }
  /** Answers `ask`; without `info` the kernel has no such model. Unasked: a link between models of the frame. */
  | { readonly type: "model"; readonly model: string; readonly info?: WidgetModelInfo }
  | FrameComm
  /** The kernel is done with a message of this frame. */
  | { readonly type: "done"; readonly message: string };

const Name = v.pipe(v.string(), v.maxLength(128));

/** What a frame tells the page. */
export const FromFrame = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("size"), height: v.pipe(v.number(), v.finite()) }),
  v.object({ type: v.literal("ask"), model: Name }),
  v.object({
    type: v.literal("comm"),
    comm: Name,
    kind: v.picklist(["comm_msg", "comm_close"]),
    data: v.record(v.string(), v.unknown()),
    buffers: v.array(v.instance(Uint8Array)),
    message: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  }),
]);
export type FromFrame = v.InferOutput<typeof FromFrame>;
