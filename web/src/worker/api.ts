/** What the main thread and the worker say to each other. Calls go through comlink, what is frequent through ports. */
import type { ChannelState } from "@eyepiece/protocol/wire/channel.ts";

/** How the connection to the relay is. */
export interface LinkStatus {
  /** stalled: connected, and no answer for a while. refused: the versions do not meet. */
  readonly phase: "connecting" | "live" | "stalled" | "waiting" | "refused";
  /** When the next attempt is made, in milliseconds since the epoch; in phase waiting. */
  readonly retryAt?: number;
  /** The last measured round trip to the relay, in milliseconds. */
  readonly roundTrip?: number;
  /** A sentence: why it is not live. */
  readonly reason?: string;
}

/** Asks for a channel; the fields are those of the protocol's OpenRequest. */
export interface ChannelRequest {
  readonly service: string;
  readonly node?: string;
  readonly mode?: number;
  readonly params?: Uint8Array;
}

/** Asks for a view's stream. `compositor`: "webgpu", "canvas2d" or empty for the best here. */
export interface ViewRequest {
  readonly session: string;
  readonly view: string;
  /** The notebook in whose outputs it is shown; empty elsewhere. */
  readonly notebook: string;
  readonly compositor: string;
}

/** From the worker on a channel's port. */
export type ChannelDown =
  | { readonly type: "message"; readonly bytes: Uint8Array }
  | { readonly type: "state"; readonly state: ChannelState }
  /** Bytes that are sent and not acknowledged: a bulk sender waits while there are many. */
  | { readonly type: "pending"; readonly bytes: number }
  | { readonly type: "closed"; readonly code: string; readonly message: string };

/** To the worker on a channel's port. */
export type ChannelUp =
  | { readonly type: "send"; readonly bytes: Uint8Array }
  | { readonly type: "close"; readonly code: string; readonly message: string };

/** What comlink offers of the worker. */
export interface WorkerApi {
  /** Connects, and stays connected, to a relay's /link. `report` is called with each change. */
  connect(address: string, report: (status: LinkStatus) => void): void;
  /** Tries again at once instead of at `retryAt`. */
  retry(): void;
  /** Opens a channel and joins it to the port. */
  openChannel(request: ChannelRequest, port: MessagePort): void;
  /** Begins the stream of one view; see viewer/worker/api.ts for what goes through the port. */
  openView(request: ViewRequest, port: MessagePort): void;
}
