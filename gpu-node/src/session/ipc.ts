/**
 * What a node and the process of one session say to each other, over Node's own channel (structured clones). The node
 * holds the network's channels and the session the scene, so that either can die without the other.
 */

import type { LayerPatch, LayerType } from "@eyepiece/protocol/scene/schema.ts";
import type { Answer, Ask } from "./asks.ts";

/** A caller's rights, as the relay vouched for them. */
export interface ViewCaller {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly rights: readonly string[];
}

/** `png`: a file. `rgba`: rows of pixels, from the top. */
export type PictureFormat = "png" | "rgba";

/** A picture of the session that is wanted. */
export interface PictureWish {
  /** Device pixels; 0 for those of the canvas that was looked at last. */
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  /** Multiplies the size: the same in more pixels. */
  readonly scale?: number;
  /** All of the layers and nothing around them, with `scale` pixels for each of the finest voxels. */
  readonly figure?: boolean;
}

/** The picture. */
export interface SessionPicture {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** From the node to the session. */
export type ToSession =
  /** First of all: what the session is. */
  | {
      readonly type: "begin";
      readonly session: string;
      readonly folder: string;
      readonly title: string;
      readonly settings: SessionSettings;
    }
  /** A control channel opened (or the session restarted under it): answer with Welcome. */
  | {
      readonly type: "join";
      readonly view: string;
      readonly caller: ViewCaller;
      readonly hardwareEncoder: boolean;
    }
  | { readonly type: "leave"; readonly view: string }
  /** A ViewerRequest, encoded. */
  | { readonly type: "request"; readonly view: string; readonly bytes: Uint8Array }
  /** The view's pixel channel: pictures that may still be sent, and how many were acknowledged in all. */
  | { readonly type: "pixels"; readonly view: string; readonly open: boolean; readonly acknowledged: number }
  /** The channel of a view whose page draws by itself: whether it is there, and the bytes that were taken in all. */
  | { readonly type: "bricks"; readonly view: string; readonly open: boolean; readonly acknowledged: number }
  /** A BrickRequest, encoded. */
  | { readonly type: "brick"; readonly view: string; readonly bytes: Uint8Array }
  /** Opens data as the owner's command line asks. */
  | {
      readonly type: "open";
      readonly task: number;
      readonly uri: string;
      /** How the layers are to look, over what the file says. */
      readonly look?: LayerPatch;
      /** See `OpenAs` of the scene's host. */
      readonly as?: { readonly type?: LayerType; readonly replace?: string };
    }
  /** A question of a kernel's Python: answered by `answered`. */
  | { readonly type: "ask"; readonly task: number; readonly ask: Ask }
  /** Whether somebody in the node listens to `told`. */
  | { readonly type: "listen"; readonly on: boolean }
  /** Keys that a kernel's Python has bound. */
  | { readonly type: "keys"; readonly keys: readonly string[] }
  /** SceneOp[] as JSON, of a kernel's Python: answered like an open. */
  | { readonly type: "operate"; readonly task: number; readonly json: string }
  /** Takes a layer out for good, as a kernel's Python asks: answered like an open. */
  | { readonly type: "remove"; readonly task: number; readonly layer: string }
  /** A picture as it is at rest: answered by `drawn`. */
  | { readonly type: "draw"; readonly task: number; readonly wish: PictureWish }
  /** The ledger wants memory back, or gives its answer. */
  | { readonly type: "budget"; readonly gpuBytes: number }
  | { readonly type: "end" };

/** From the session to the node. */
export type FromSession =
  /** The scene is loaded and requests are answered. */
  | { readonly type: "ready"; readonly facts: SessionFacts }
  /** A ViewerEvent, encoded. */
  | { readonly type: "event"; readonly view: string; readonly bytes: Uint8Array }
  /** A whole message of the pixel channel. */
  | { readonly type: "picture"; readonly view: string; readonly bytes: Uint8Array }
  /** A BrickEvent, encoded. */
  | { readonly type: "brick"; readonly view: string; readonly bytes: Uint8Array }
  | {
      readonly type: "opened";
      readonly task: number;
      readonly layers: readonly string[];
      readonly failure: string | undefined;
    }
  | { readonly type: "drawn"; readonly task: number; readonly picture: SessionPicture }
  | { readonly type: "answered"; readonly task: number; readonly answer: Answer }
  /** What happened, as JSON: for whoever listens in the node. */
  | { readonly type: "told"; readonly json: string }
  /** Addresses that no layer and no step of undo names any more. */
  | { readonly type: "released"; readonly uris: readonly string[] }
  /** The scene changed in a way that lists of sessions show. */
  | { readonly type: "summary"; readonly title: string; readonly layers: readonly string[] }
  | { readonly type: "failed"; readonly reason: string };

/** What the session found to work with. */
export interface SessionFacts {
  readonly adapter: string;
  readonly adapterKind: string;
  readonly encoder: string;
}

/** Set by the node's configuration. */
export interface SessionSettings {
  /** Folders that may be opened from, absolute. */
  readonly roots: readonly string[];
  /** Folders that may be written to: painted labels go back into files there. */
  readonly saves?: readonly string[];
  /** Hosts that may be opened from although they are private or this machine, as `host` or `host:port`. */
  readonly allowedHosts: readonly string[];
  /** Where Python environments are, for files that only Python reads. */
  readonly environments: string;
  /** Bytes of main memory for bricks. */
  readonly memoryBytes: number;
  /** Bytes on the GPU. */
  readonly gpuBytes: number;
  /** What people who join should know; empty for nothing. */
  readonly notice: string;
}
