/** The two ways in: through the relay, and on this machine's loopback. */
import { createServer, type Server } from "node:http";
import { type Duplex, duplexPair } from "node:stream";
import { createAdaptorServer, type WebSocketServerLike } from "@hono/node-server";
import { WebSocketServer } from "ws";
import { ApiError } from "./api-error.ts";
import { type Person, personOfHeaders } from "./person.ts";
import type { TrainerRouter } from "./router.ts";
import { wrongKey } from "./tokens.ts";

/** Where the OpenAI-compatible API is on the loopback unless told otherwise. */
export const DEFAULT_PORT = 7453;

/** Of a WebSocket of the API; clients only listen on them. */
const MAX_SOCKET_MESSAGE = 64 * 1024;

/** The way of what comes through the relay. It has no address: what connects is handed connections in this process, so no other
 * process can write the headers that say who calls. */
export class TunnelDoor {
  readonly #server: Server;

  constructor(app: TrainerRouter) {
    this.#server = serverOf(app, async (request) => personOfHeaders(request.headers));
  }

  /** A new connection to the API: the caller's end. */
  readonly connect = (): Duplex => {
    const [near, far] = duplexPair();
    // A caller that goes away must be noticed, and one whose request was refused must not wait.
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    this.#server.emit("connection", far);
    return near;
  };

  close(): void {
    this.#server.closeAllConnections();
  }
}

/** The way of programs on this machine. */
export class LoopbackDoor {
  readonly #server: Server;

  /** @param personOf whose a token is; @throws ApiError */
  constructor(app: TrainerRouter, personOf: (token: string) => Promise<Person>) {
    this.#server = serverOf(app, (request) => {
      const token = tokenOf(request);
      return token ? personOf(token) : Promise.reject(wrongKey());
    });
  }

  /** Listens. @param port 0 for any; @returns the port; @throws where it is taken */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    const address = this.#server.address();
    return address && typeof address === "object" ? address.port : 0;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** The token of a request: as a header, or leading the path (`/t/TOKEN/v1/...`) for clients that send no header. */
function tokenOf(request: Request): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const leading = /^\/t\/([^/]+)\//.exec(new URL(request.url).pathname)?.[1];
  return leading ?? bearer;
}

function serverOf(app: TrainerRouter, personOf: (request: Request) => Promise<Person>): Server {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SOCKET_MESSAGE,
    perMessageDeflate: false,
  });
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      try {
        // The same object: the library keeps its own things in it, also later.
        return await app.fetch(request, Object.assign(env, { person: await personOf(request) }));
      } catch (cause) {
        if (cause instanceof ApiError) return cause.response();
        throw cause;
      }
    },
    overrideGlobalObjects: false,
    // The same thing; the two libraries' types differ in one `undefined`.
    websocket: { server: sockets as unknown as WebSocketServerLike },
    createServer,
    // A file of many gigabytes takes as long as the line needs. Headers must come within a minute.
    serverOptions: { requestTimeout: 0, headersTimeout: 60_000, maxHeaderSize: 64 * 1024 },
  });
  return server as Server;
}
