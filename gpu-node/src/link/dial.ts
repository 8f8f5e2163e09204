/** A node's connection to its relay: dialled from the node, so that its machine opens no port, and dialled again. */
import { hostname } from "node:os";
import { MAX_MESSAGE } from "@eyepiece/protocol/wire/header.ts";
import { type IncomingChannel, Link, type LinkState } from "@eyepiece/protocol/wire/link.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";
import { PROTOCOL_MAX, PROTOCOL_MIN } from "@eyepiece/protocol/wire/version.ts";
import { Dialler } from "./dialler.ts";
import type { TlsTrust } from "./trust.ts";

/** How to reach a relay. */
export interface DialOptions {
  /** http(s):// or ws(s):// address of the relay. */
  readonly relayUrl: string;
  /** A node's token. */
  readonly token: string;
  /** The name that the token was made for; the machine's name when left out. */
  readonly name?: string;
  /** This program's version. */
  readonly version: string;
  /** What the node offers; asked at each connection, so that it is current. */
  readonly facts: () => eyepiece.wire.NodeFacts.$Properties;
  /** Each channel that someone opens to this node. */
  readonly onOpen: (incoming: IncomingChannel) => void;
  /** Dials a second link for files and http bodies, so that they never hold up a picture. Default true. */
  readonly bulk?: boolean;
  /** Which certificate to accept besides those that the system trusts. */
  readonly tls?: TlsTrust;
  /** Told of the control link's state; `reason` is a sentence for people. */
  readonly onState?: (state: LinkState, reason?: string) => void;
  readonly log?: (line: string) => void;
}

/** The links of a node. They stay the same objects over all reconnections. */
export interface Dialled {
  readonly link: Link;
  readonly bulkLink: Link | undefined;
  /** Resolves when the control link is up; rejects with a sentence when the relay refuses this node for good. */
  readonly up: Promise<void>;
  /** Ends all channels and dials no more. */
  close(): void;
}

/** Dials until `close()`: after a break at once, then after 100 ms doubling to 5 s. */
export function dialRelay(options: DialOptions): Dialled {
  const log = options.log ?? (() => {});
  const url = new URL("/node", options.relayUrl);
  url.protocol = url.protocol.replace("http", "ws");
  const diallers: Dialler[] = [];
  let settle: { resolve: () => void; reject: (cause: Error) => void } | undefined;
  const up = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Who does not wait for `up` hears of a refusal by onState.
  up.catch(() => {});

  const dial = (role: "node" | "node-bulk"): Link => {
    const link = new Link({
      hello: () => ({
        protocolMin: PROTOCOL_MIN,
        protocolMax: PROTOCOL_MAX,
        version: options.version,
        role,
        name: options.name ?? hostname(),
        node: options.facts(),
      }),
      onOpen: options.onOpen,
      onState: (state, reason) => {
        if (role === "node") {
          options.onState?.(state, reason);
          if (state === "up") settle?.resolve();
        }
      },
    });
    const dialler = new Dialler({
      url: url.href,
      headers: { authorization: `Bearer ${options.token}` },
      maxPayload: MAX_MESSAGE,
      link,
      log,
      ...(options.tls ? { tls: options.tls } : {}),
      onRefused: (reason) => {
        log(reason);
        if (role !== "node") return;
        options.onState?.("refused", reason);
        settle?.reject(new Error(reason));
      },
    });
    diallers.push(dialler);
    dialler.start();
    return link;
  };

  const link = dial("node");
  const bulkLink = (options.bulk ?? true) ? dial("node-bulk") : undefined;
  return {
    link,
    bulkLink,
    up,
    close() {
      for (const each of [link, bulkLink]) each?.dispose();
      for (const dialler of diallers) dialler.stop();
    },
  };
}
