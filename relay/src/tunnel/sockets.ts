/** WebSockets that a service of a node answers. */
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { decodeMessage, node, wire } from "@eyepiece/protocol/wire/messages.ts";
import { Priority } from "@eyepiece/protocol/wire/transport.ts";
import type { Person } from "../accounts/accounts.ts";
import type { HttpError } from "../http/exchange.ts";
import type { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import type { HttpRequest, HttpResponse, TemplatedApp, Uws, WebSocket } from "../uws/load.ts";
import { requestHeaders } from "./headers.ts";
import { httpError, send, type Target } from "./http.ts";
import { openLocal } from "./local.ts";

const MAX_SOCKET_MESSAGE = 16 * 1024 * 1024;
/** A browser that sends more than a service reads is closed: its WebSocket cannot be made to wait. */
const MAX_WAITING = 32 * 1024 * 1024;

/** A request to become a WebSocket, copied. */
export interface SocketRequest {
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** Whom a WebSocket is for. */
export interface SocketTarget {
  readonly target: Target;
  readonly person: Person;
  readonly onPeer: (peer: Peer) => void;
}

/** The library copies what is handed to `upgrade`, so that what changes is one level below. */
interface UserData {
  readonly state: SocketState;
}

interface SocketState {
  readonly channel: Channel;
  drained: (() => void) | undefined;
  socket: WebSocket<UserData> | undefined;
}

/**
 * Adds the catch-all WebSocket route.
 * @param find whom a request is for; throws HttpError to refuse it
 */
export function addSockets(
  uws: Uws,
  app: TemplatedApp,
  switchboard: Switchboard,
  scheme: string,
  find: (request: SocketRequest) => Promise<SocketTarget>,
  toError: (cause: unknown) => HttpError,
): void {
  app.ws<UserData>("/*", {
    maxPayloadLength: MAX_SOCKET_MESSAGE,
    maxBackpressure: MAX_WAITING,
    closeOnBackpressureLimit: true,
    idleTimeout: 120,
    sendPingsAutomatically: true,
    compression: uws.DISABLED,
    async upgrade(res, req, context) {
      const request = copy(req);
      let aborted = false;
      let opened: Channel | undefined;
      res.onAborted(() => {
        aborted = true;
        opened?.close("aborted", "The client went away.");
      });
      try {
        const { target, person, onPeer } = await find(request);
        if (aborted) return;
        const { channel, peer } = openLocal(switchboard, person, {
          service: "http",
          node: target.node,
          mode: wire.Mode.TRANSIENT,
          priority: Priority.BULK,
        });
        opened = channel;
        onPeer(peer);
        const headers = requestHeaders(request.headers, target.prefix, scheme);
        send(channel, {
          request: { method: "GET", path: target.path, service: target.service, headers, upgrade: true },
        });
        const protocol = await greeted(channel);
        if (aborted) return;
        const data: SocketState = { channel, drained: undefined, socket: undefined };
        relayMessages(data);
        const key = request.headers.get("sec-websocket-key") ?? "";
        res.cork(() => res.upgrade({ state: data }, key, protocol, "", context));
      } catch (cause) {
        opened?.close("refused", "");
        if (!aborted) refuse(res, toError(cause));
      }
    },
    open(ws) {
      const data = ws.getUserData().state;
      data.socket = ws;
      if (data.channel.state === "closed") ws.end(1011, "the service went away");
      data.drained?.();
    },
    message(ws, message, isBinary) {
      const { channel } = ws.getUserData().state;
      send(channel, { socket: { text: !isBinary, data: new Uint8Array(message).slice() } });
      if (channel.pending > MAX_WAITING) ws.end(1013, "the service does not read fast enough");
    },
    drain(ws) {
      ws.getUserData().state.drained?.();
    },
    close(ws, code) {
      const data = ws.getUserData().state;
      data.socket = undefined;
      data.drained?.();
      // 1005 and 1006 say that there was no code, and cannot be sent on.
      send(data.channel, { end: { closeCode: code === 1005 || code === 1006 ? 1000 : code } });
      data.channel.close();
    },
  });
}

/** Waits for the service's 101: the subprotocol that it chose. @throws HttpError */
async function greeted(channel: Channel): Promise<string> {
  const answer = await new Promise<{ status: number; protocol: string } | undefined>((resolve) => {
    channel.onMessage = (bytes) => {
      const { response } = decodeMessage(node.HttpMessage, bytes);
      if (!response) return;
      const chosen = response.headers?.find(({ name }) => name?.toLowerCase() === "sec-websocket-protocol");
      resolve({ status: response.status ?? 0, protocol: chosen?.value ?? "" });
    };
    void channel.closed.then(() => resolve(undefined));
  });
  if (!answer) {
    const { code, message } = await channel.closed;
    throw httpError(code, message);
  }
  if (answer.status === 101) return answer.protocol;
  const code = answer.status === 404 ? "not_found" : "failed";
  throw httpError(code, `The service answered ${answer.status} instead of opening a WebSocket.`);
}

function relayMessages(data: SocketState): void {
  const { channel } = data;
  const room = () =>
    new Promise<void>((resolve) => {
      data.drained = () => {
        data.drained = undefined;
        resolve();
      };
    });
  channel.onMessage = async (bytes) => {
    const message = decodeMessage(node.HttpMessage, bytes);
    // The service may speak before the browser's side of the upgrade is done.
    if (!data.socket && channel.state !== "closed") await room();
    const ws = data.socket;
    if (!ws) return;
    if (message.socket) {
      const { text, data: payload } = message.socket;
      if (ws.send(payload ?? new Uint8Array(), !text) === 0) await room();
    } else if (message.end) ws.end(message.end.closeCode || 1000, message.end.failure?.slice(0, 120) ?? "");
  };
  void channel.closed.then(() => {
    data.socket?.end(1011, "the service went away");
    data.drained?.();
  });
}

function copy(req: HttpRequest): SocketRequest {
  const headers = new Map<string, string>();
  req.forEach((name, value) => {
    headers.set(name, value);
  });
  return { path: req.getUrl(), query: req.getQuery(), headers };
}

function refuse(res: HttpResponse, error: HttpError): void {
  res.cork(() => {
    res.writeStatus(`${error.status} Refused`).writeHeader("Content-Type", "application/json");
    res.end(JSON.stringify({ error: error.code, message: error.message }), true);
  });
}
