/** A person's link to a relay from Node, as a browser has it: for the command line and for tests. One socket, no redial. */
import { MAX_MESSAGE } from "@eyepiece/protocol/wire/header.ts";
import { Link } from "@eyepiece/protocol/wire/link.ts";
import { PROTOCOL_MAX, PROTOCOL_MIN } from "@eyepiece/protocol/wire/version.ts";
import WebSocket from "ws";

/** An API token's way in. */
export interface ConnectOptions {
  readonly relayUrl: string;
  readonly token: string;
}

export interface Connection {
  readonly link: Link;
  close(): void;
}

/** Connects; resolves when HELLO was exchanged. @throws Error with the relay's reason */
export function connectRelay(options: ConnectOptions): Promise<Connection> {
  const url = new URL("/link", options.relayUrl);
  url.protocol = url.protocol.replace("http", "ws");
  const origin = new URL(options.relayUrl).origin;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${options.token}`, origin },
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE,
      handshakeTimeout: 10_000,
    });
    socket.binaryType = "arraybuffer";
    const link = new Link({
      hello: () => ({
        protocolMin: PROTOCOL_MIN,
        protocolMax: PROTOCOL_MAX,
        version: "0.1.0",
        role: "browser",
      }),
      onState: (state, reason) => {
        if (state === "up") resolve({ link, close: () => socket.close() });
        else if (state === "refused") reject(new Error(reason ?? "The relay refused the connection."));
      },
    });
    socket.on("open", () => link.attach(socket));
    socket.on("message", (data: ArrayBuffer) => {
      try {
        link.receive(new Uint8Array(data));
      } catch (cause) {
        socket.close(1002, "protocol");
        reject(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
    socket.on("error", reject);
    socket.on("close", () => {
      link.detach();
      reject(new Error("the connection closed"));
    });
  });
}
