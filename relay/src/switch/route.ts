/** A channel as the switch sees it: two ids, and how far each side may send. */

import type { Right } from "@eyepiece/protocol/rights.ts";
import { PIXEL_FRAMES_IN_FLIGHT } from "@eyepiece/protocol/wire/channel.ts";
import { ProtocolError } from "@eyepiece/protocol/wire/errors.ts";
import { type Credit, DataFlag } from "@eyepiece/protocol/wire/header.ts";
import { CHANNEL_WINDOW } from "@eyepiece/protocol/wire/reliable.ts";
import type { ChannelWish } from "../access/channels.ts";
import type { Peer } from "./peer.ts";

/** Which of the two ends. */
export type End = "browser" | "node";

/** Bytes (or pictures) that one side has sent and the other allows. */
interface Flow {
  sent: number;
  acknowledged: number;
  limit: number;
}

/** opening: the node has not answered. open: data pass. */
export type RouteState = "opening" | "open";

/** By what right a channel is open. */
export interface RouteGrant {
  readonly wish: ChannelWish;
  readonly rights: readonly Right[];
  /** To what they are limited; empty for one's own. */
  readonly scope: string;
}

/** One channel between a browser and a node. */
export class Route {
  readonly browser: Peer;
  readonly browserId: number;
  readonly node: Peer;
  readonly nodeId: number;
  readonly pixels: boolean;
  /** What was asked for and what was given: asked again when rights change. */
  readonly grant: RouteGrant;
  state: RouteState = "opening";
  readonly #flows: Record<End, Flow>;

  constructor(
    browser: Peer,
    browserId: number,
    node: Peer,
    nodeId: number,
    pixels: boolean,
    grant: RouteGrant,
  ) {
    this.browser = browser;
    this.browserId = browserId;
    this.node = node;
    this.nodeId = nodeId;
    this.pixels = pixels;
    this.grant = grant;
    const flow = () => ({ sent: 0, acknowledged: 0, limit: 0 });
    this.#flows = { browser: flow(), node: flow() };
  }

  other(end: End): { peer: Peer; id: number } {
    return end === "browser"
      ? { peer: this.node, id: this.nodeId }
      : { peer: this.browser, id: this.browserId };
  }

  /** The end `from` states where it stands: what it has received, and up to where the other may send. */
  granted(from: End, credit: Credit, restart: boolean): void {
    const flow = this.#flows[from === "browser" ? "node" : "browser"];
    if (this.pixels) {
      flow.acknowledged = Math.min(Math.max(flow.acknowledged, credit.received), flow.sent);
      return;
    }
    // A window without bound would let one channel fill the relay's memory.
    if (credit.limit - credit.received > CHANNEL_WINDOW) {
      throw new ProtocolError(
        `a window of ${credit.limit - credit.received} bytes is over ${CHANNEL_WINDOW}`,
      );
    }
    if (restart) flow.sent = credit.received;
    if (credit.received > flow.sent) throw new ProtocolError("bytes that were never sent are acknowledged");
    flow.limit = Math.max(flow.limit, credit.limit);
  }

  /** The node accepted or resumed. */
  answered(credit: Credit): void {
    if (this.state === "open") throw new ProtocolError("a channel is answered twice");
    this.granted("node", credit, true);
    this.state = "open";
  }

  /** Counts one DATA of the end `from`. @throws ProtocolError when it was not granted. */
  count(from: End, bytes: number, flags: number): void {
    if (this.state !== "open") throw new ProtocolError("DATA on a channel that is not open");
    const flow = this.#flows[from];
    if (this.pixels) {
      if (flow.sent - flow.acknowledged >= PIXEL_FRAMES_IN_FLIGHT) {
        throw new ProtocolError(`more than ${PIXEL_FRAMES_IN_FLIGHT} pictures are under way`);
      }
      if ((flags & DataFlag.END) !== 0) flow.sent += 1;
      return;
    }
    flow.sent += bytes;
    if (flow.sent > flow.limit) throw new ProtocolError(`DATA beyond the ${flow.limit} bytes granted`);
  }
}
