/** Channels that the relay itself opens to a node, in a person's name. */

import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { Link, type OpenRequest } from "@eyepiece/protocol/wire/link.ts";
import { PROTOCOL_MAX, PROTOCOL_MIN } from "@eyepiece/protocol/wire/version.ts";
import type { Person } from "../accounts/accounts.ts";
import { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";

/** A channel and the link made for it. */
export interface LocalChannel {
  readonly channel: Channel;
  readonly peer: Peer;
}

/**
 * Opens a channel as a browser would, so that the same checks of rights and the same switching apply. When the channel
 * is over its link goes too.
 */
export function openLocal(switchboard: Switchboard, person: Person, request: OpenRequest): LocalChannel {
  const link = new Link({
    hello: () => ({
      protocolMin: PROTOCOL_MIN,
      protocolMax: PROTOCOL_MAX,
      role: "browser",
      version: "relay",
    }),
  });
  const peer = new Peer(
    "browser",
    {
      send(message) {
        // The link keeps DATA, and the switch's buffer is its socket's again when this returns.
        const copy = message.slice();
        queueMicrotask(() => {
          if (!peer.gone) link.receive(copy);
        });
        return 1;
      },
      end(_code, reason) {
        link.detach(reason);
        switchboard.disconnect(peer);
      },
    },
    { person },
    false,
  );
  switchboard.connect(peer);
  const channel = link.open(request);
  void channel.closed.then(() =>
    // What the channel says last is still on its way.
    queueMicrotask(() => switchboard.disconnect(peer)),
  );
  link.attach({
    send: (message) => switchboard.receive(peer, message),
    bufferedAmount: 0,
    close: () => switchboard.disconnect(peer),
  });
  return { channel, peer };
}
