/** A WebSocket through the tunnel, at the node's end. */
import type { Socket } from "node:net";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { encodeMessage, type eyepiece, node } from "@eyepiece/protocol/wire/messages.ts";
import WebSocket from "ws";
import type { ServiceAddress } from "./http.ts";

type HttpMessage = eyepiece.node.HttpMessage.$Properties;

const MAX_SOCKET_MESSAGE = 16 * 1024 * 1024;
const MAX_WAITING = 512 * 1024;

/** Where the service listens, and what it is asked. */
export interface SocketAddress {
  readonly address: ServiceAddress;
  readonly path: string;
  readonly headers: Record<string, string>;
}

/** Connects to a service and passes messages both ways; returns what takes the relay's messages. */
export function serveSocket(
  channel: Channel,
  { address, path, headers }: SocketAddress,
): (message: eyepiece.node.HttpMessage) => Promise<void> {
  const { "sec-websocket-protocol": protocols, ...rest } = headers;
  const send = (message: HttpMessage): void => {
    if (channel.state !== "closed") channel.send(encodeMessage(node.HttpMessage, message));
  };
  const [host, connection] =
    "port" in address
      ? [`127.0.0.1:${address.port}`, {}]
      : // The types want a socket; any stream of bytes will do.
        ["127.0.0.1", { createConnection: address.connect as () => Socket }];
  const socket = new WebSocket(`ws://${host}${path}`, protocols?.split(/\s*,\s*/) ?? [], {
    ...connection,
    headers: rest,
    perMessageDeflate: false,
    maxPayload: MAX_SOCKET_MESSAGE,
  });
  socket.on("open", () => {
    const chosen = socket.protocol ? [{ name: "sec-websocket-protocol", value: socket.protocol }] : [];
    send({ response: { status: 101, headers: chosen } });
  });
  socket.on("unexpected-response", (_request, response) => {
    response.resume();
    send({ response: { status: response.statusCode ?? 502 } });
    socket.terminate();
  });
  socket.on("message", (data: Buffer, isBinary) => {
    send({ socket: { text: !isBinary, data } });
    if (channel.pending > MAX_WAITING) socket.pause();
  });
  channel.onReady = () => {
    if (channel.pending <= MAX_WAITING / 2 && socket.isPaused) socket.resume();
  };
  socket.on("error", (cause) => {
    // Before it was open this is the answer; afterwards "close" follows and says so.
    send({ response: { status: 502 } });
    send({ end: { failure: cause.message } });
  });
  socket.on("close", (code, reason) => {
    // 1005 and 1006 stand for no code at all, and may not be sent.
    send({ end: { closeCode: code === 1005 || code === 1006 ? 1000 : code, failure: reason.toString() } });
  });
  void channel.closed.then(() => socket.terminate());
  return (message) => {
    if (message.end) {
      const code = message.end.closeCode ?? 1000;
      socket.close(code >= 1000 && code < 5000 ? code : 1000);
      return Promise.resolve();
    }
    const { socket: frame } = message;
    if (!frame || socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      socket.send(frame.data ?? new Uint8Array(), { binary: !frame.text }, () => resolve());
    });
  };
}
