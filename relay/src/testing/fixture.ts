/** For tests: a real relay on a free port, with real sockets on both sides. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IncomingChannel, Link } from "@eyepiece/protocol/wire/link.ts";
import WebSocket from "ws";
import { type Relay, type RelayOptions, startRelay } from "../server.ts";

/** A relay that runs, and how to undo everything. */
export interface TestRelay {
  readonly relay: Relay;
  readonly home: string;
  /** Signs the owner in: the Cookie header of a browser. */
  signIn(): Promise<string>;
  /** Starts again on the same port and folder, as after a crash. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a relay in an empty folder. */
export async function testRelay(options: Partial<RelayOptions> = {}): Promise<TestRelay> {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-test-"));
  const start = (port: number) => startRelay({ home, port, staticFolder: join(home, "none"), ...options });
  // A port that is ours to take again: sockets of a server on port 0 keep it from being reused for a while.
  let relay = await start(await freePort());
  return {
    get relay() {
      return relay;
    },
    home,
    async signIn() {
      const [, token] = relay.ownerLink().split("#owner=");
      const response = await fetch(`${relay.url}/api/auth/link`, {
        method: "POST",
        body: JSON.stringify({ token }),
      });
      const cookie = response.headers.get("set-cookie")?.split(";")[0];
      if (!cookie) throw new Error(`sign-in failed: ${response.status}`);
      return cookie;
    },
    async restart() {
      const { port } = relay;
      await relay.close();
      relay = await start(port);
    },
    async close() {
      await relay.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A link on a real WebSocket. */
export interface TestLink {
  readonly link: Link;
  readonly socket: WebSocket;
  /** The close code and reason, once it is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** Headers and address of a WebSocket to make. */
interface Way {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Joins a link to a new WebSocket; resolves when HELLO was exchanged, or the socket closed. */
export async function joinLink(link: Link, { url, headers }: Way): Promise<TestLink> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), { headers, perMessageDeflate: false });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => {
      link.detach();
      resolve({ code, reason: reason.toString() });
    });
  });
  const up = new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => link.attach(socket));
    socket.on("message", (data: Buffer) => {
      link.receive(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      if (link.state === "up") resolve();
    });
  });
  await Promise.race([up, closed]);
  return { link, socket, closed };
}

/** A browser's link with this cookie, or a program's with this Authorization. */
export function browserLink(relay: Relay, cookie: string, authorization?: string): Promise<TestLink> {
  const link = new Link({
    hello: () => ({ protocolMin: 1, protocolMax: 1, role: "browser", version: "test" }),
  });
  return joinLink(link, {
    url: `${relay.url}/link`,
    headers: authorization ? { authorization } : { cookie },
  });
}

/** A node's link, whose service answers every OPEN by `onOpen`. */
export function nodeLink(
  relay: Relay,
  name: string,
  onOpen: (incoming: IncomingChannel) => void,
  role = "node",
): Promise<TestLink> {
  const token = relay.createToken({ kind: "node", name });
  const link = new Link({
    hello: () => ({ protocolMin: 1, protocolMax: 1, role, name, version: "test", node: { adapter: "test" } }),
    onOpen,
  });
  return joinLink(link, { url: `${relay.url}/node`, headers: { authorization: `Bearer ${token}` } });
}

/** A service that sends everything back. */
export function echo(incoming: IncomingChannel): void {
  const channel = incoming.accept();
  channel.onMessage = (message) => channel.send(message);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
