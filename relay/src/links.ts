/** The WebSocket addresses of the relay: /link for browsers and programs, /node for nodes. */
import { MAX_MESSAGE } from "@eyepiece/protocol/wire/header.ts";
import { type Accounts, bearerOf, type Person } from "./accounts/accounts.ts";
import { type HeldBy, heldBy } from "./accounts/ended.ts";
import { CloseCode, Peer, type Socket } from "./switch/peer.ts";
import type { Switchboard } from "./switch/switchboard.ts";
import type { HttpResponse, TemplatedApp, Uws, WebSocket } from "./uws/load.ts";

/** Bytes that may wait for one link before it is ended: 64 channels with full windows. */
const MAX_QUEUED = 64 * 1024 * 1024;
/** Seconds without a sign of life after which a link is given up; uWebSockets.js pings by itself before. */
const IDLE_SECONDS = 40;

interface UserData {
  readonly person: Person | undefined;
  readonly held: HeldBy | undefined;
  readonly nodeName: string | undefined;
  peer: Peer | undefined;
}

export interface LinkDependencies {
  readonly accounts: Accounts;
  readonly switchboard: Switchboard;
  /** Whether pages of this origin may connect; `host` is the request's. */
  originAllowed(origin: string, host: string): boolean;
  log(line: string): void;
}

/** By which sign-in each browser's link is open. */
export type HeldLinks = WeakMap<Peer, HeldBy>;

/** Adds the two routes to the app. */
export function addLinks(uws: Uws, app: TemplatedApp, dependencies: LinkDependencies): HeldLinks {
  const { accounts, switchboard } = dependencies;
  const heldLinks: HeldLinks = new WeakMap();
  const common = {
    maxPayloadLength: MAX_MESSAGE,
    maxBackpressure: MAX_QUEUED,
    idleTimeout: IDLE_SECONDS,
    sendPingsAutomatically: true,
    compression: uws.DISABLED,
    open(ws: WebSocket<UserData>) {
      const data = ws.getUserData();
      const socket: Socket = {
        send: (message) => ws.send(message, true),
        end: (code, reason) => ws.end(code, reason),
      };
      const { person, nodeName } = data;
      const peer =
        nodeName === undefined
          ? new Peer("browser", socket, person ? { person } : {})
          : new Peer("node", socket, { nodeName });
      data.peer = peer;
      if (data.held) heldLinks.set(peer, data.held);
      switchboard.connect(peer);
    },
    message(ws: WebSocket<UserData>, message: ArrayBuffer, isBinary: boolean) {
      const { peer } = ws.getUserData();
      if (!peer) return;
      if (isBinary) switchboard.receive(peer, new Uint8Array(message));
      else peer.end(CloseCode.PROTOCOL, "messages are binary");
    },
    close(ws: WebSocket<UserData>) {
      const { peer } = ws.getUserData();
      if (peer) switchboard.disconnect(peer);
    },
  };

  app.ws<UserData>("/link", {
    ...common,
    async upgrade(res, req, context) {
      const request = copyUpgrade(res, req);
      const origin = req.getHeader("origin");
      const cookie = req.getHeader("cookie");
      const authorization = req.getHeader("authorization");
      // Programs send no Origin; a browser always does, and its cookie must not serve another site's page.
      if (origin && !dependencies.originAllowed(origin, req.getHeader("host"))) {
        refuse(res, "403 Forbidden", "Pages of this origin may not connect.");
        return;
      }
      const proof = await accounts.prove(cookie, authorization).catch((cause: unknown) => {
        dependencies.log(`A sign-in could not be checked: ${String(cause)}`);
        return undefined;
      });
      if (request.aborted) return;
      if (!proof) refuse(res, "401 Unauthorized", "Sign in first.");
      else {
        const { person } = proof;
        upgrade(res, request, context, { person, held: heldBy(proof), nodeName: undefined, peer: undefined });
      }
    },
  });

  app.ws<UserData>("/node", {
    ...common,
    upgrade(res, req, context) {
      const request = copyUpgrade(res, req);
      if (req.getHeader("origin")) {
        refuse(res, "403 Forbidden", "Browsers do not connect here.");
        return;
      }
      const token = bearerOf(req.getHeader("authorization"));
      const nodeName = token && accounts.nodeOfToken(token);
      if (!nodeName) refuse(res, "401 Unauthorized", "This is not a node's token.");
      else upgrade(res, request, context, { person: undefined, held: undefined, nodeName, peer: undefined });
    },
  });
  return heldLinks;
}

interface UpgradeRequest {
  readonly key: string;
  readonly protocol: string;
  readonly extensions: string;
  aborted: boolean;
}

type Context = Parameters<HttpResponse["upgrade"]>[4];

function copyUpgrade(res: HttpResponse, req: { getHeader(name: string): string }): UpgradeRequest {
  const request = {
    key: req.getHeader("sec-websocket-key"),
    protocol: req.getHeader("sec-websocket-protocol"),
    extensions: req.getHeader("sec-websocket-extensions"),
    aborted: false,
  };
  res.onAborted(() => {
    request.aborted = true;
  });
  return request;
}

function upgrade(res: HttpResponse, request: UpgradeRequest, context: Context, data: UserData): void {
  res.cork(() => res.upgrade(data, request.key, request.protocol, request.extensions, context));
}

function refuse(res: HttpResponse, status: string, message: string): void {
  res.cork(() => {
    res.writeStatus(status);
    res.writeHeader("Content-Type", "application/json");
    const code = status.startsWith("403") ? "forbidden" : "unauthorized";
    res.end(JSON.stringify({ error: code, message }), true);
  });
}
