/** Ray's dashboard for operators: what the relay tunnels to the service `ray` is asked of it, with the token that people need not know. */

import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from "node:http";
import { type Duplex, duplexPair } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RayCluster } from "./cluster.ts";

/** What of a request is passed on. */
const PASSED = [
  "accept",
  "accept-encoding",
  "accept-language",
  "if-modified-since",
  "if-none-match",
  "range",
];
const TIMEOUT_MS = 60_000;

/** Where the dashboard is. */
export interface DashboardOptions {
  readonly cluster: RayCluster;
  /** File with the token of the node's own cluster. */
  readonly token: string;
  /** Of a cluster that is somebody else's: address of its dashboard. */
  readonly address: string;
}

/** The way in; it has no address of its own. */
export class DashboardDoor {
  readonly #options: DashboardOptions;
  readonly #server = createServer((incoming, answer) => this.#take(incoming, answer));

  constructor(options: DashboardOptions) {
    this.#options = options;
  }

  /** A new connection: the caller's end. */
  readonly connect = (): Duplex => {
    const [near, far] = duplexPair();
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    this.#server.emit("connection", far);
    return near;
  };

  close(): void {
    this.#server.closeAllConnections();
  }

  #take(incoming: IncomingMessage, answer: ServerResponse): void {
    // Headers of this name come from the node's end of the tunnel only.
    if (incoming.headers["x-eyepiece-role"] !== "owner")
      return void refuse(answer, 403, "Only owners of this installation see Ray's dashboard.");
    // Jobs that are submitted there would run outside of every bound that flows have.
    if (incoming.method !== "GET" && incoming.method !== "HEAD")
      return void refuse(answer, 405, "Ray's dashboard is here to look at: start runs through flows.");
    if (this.#options.cluster.status.state !== "running")
      return void refuse(answer, 503, "Ray does not run: it is started when a run first asks for resources.");
    const headers: Record<string, string | string[]> = { host: "127.0.0.1", ...this.#authorization() };
    for (const name of PASSED) {
      const value = incoming.headers[name];
      if (value !== undefined) headers[name] = value;
    }
    const asked = request({
      ...this.#where(),
      ...{ method: incoming.method, path: incoming.url, headers, timeout: TIMEOUT_MS },
    });
    asked.on("response", (found) => {
      const { connection: _, ...rest } = found.headers;
      answer.writeHead(found.statusCode ?? 502, rest);
      // A client that goes away ends the other side.
      pipeline(found, answer).catch(() => asked.destroy());
    });
    asked.on("timeout", () => asked.destroy(new Error("it takes too long")));
    asked.on("error", (cause) => {
      if (!answer.headersSent) refuse(answer, 502, `Ray's dashboard does not answer: ${cause.message}.`);
    });
    asked.end();
  }

  #where(): RequestOptions {
    const { cluster, address } = this.#options;
    if (cluster.own) return { socketPath: cluster.socket("dashboard") };
    const { hostname, port } = new URL(address);
    return { hostname, port: port || 80 };
  }

  #authorization(): Record<string, string> {
    const { cluster, token } = this.#options;
    const given = cluster.own ? readFileSync(token, "utf8") : clusterToken();
    return given ? { authorization: `Bearer ${given.trim()}` } : {};
  }
}

/** The token of a cluster that was there before, where Ray's own programs look for it. */
function clusterToken(): string | undefined {
  const { RAY_AUTH_TOKEN, RAY_AUTH_TOKEN_PATH } = process.env;
  return RAY_AUTH_TOKEN ?? (RAY_AUTH_TOKEN_PATH ? readFileSync(RAY_AUTH_TOKEN_PATH, "utf8") : undefined);
}

function refuse(answer: ServerResponse, status: number, message: string): void {
  answer.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  answer.end(message);
}
