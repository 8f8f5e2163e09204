import { createHash, randomBytes } from "node:crypto";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { type Dialled, dialRelay } from "../link/dial.ts";
import { type RelayFacts, RelayProcess } from "../link/relay-process.ts";
import { serveHttpChannel } from "./http.ts";

const relayProcess = new RelayProcess();
let relay: RelayFacts;
let node: Dialled;
let service: Server;
let aborted = 0;

/** A service with an answer for each thing that the tunnel must carry. */
function answer(request: IncomingMessage, response: import("node:http").ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://service");
  if (url.pathname === "/headers") {
    response.setHeader("set-cookie", "stolen=1");
    response.setHeader("service-worker-allowed", "/");
    response.setHeader("x-own", "kept");
    response.setHeader("access-control-allow-origin", "*");
    response.end(JSON.stringify({ headers: request.headers, url: request.url, method: request.method }));
  } else if (url.pathname === "/digest") {
    const hash = createHash("sha256");
    let size = 0;
    request.on("data", (bytes: Buffer) => {
      hash.update(bytes);
      size += bytes.byteLength;
    });
    request.on("end", () => response.end(`${size} ${hash.digest("hex")}`));
  } else if (url.pathname === "/large") {
    const bytes = Buffer.alloc(8_000_000, 7);
    if (url.searchParams.has("length")) response.setHeader("content-length", bytes.byteLength);
    response.write(bytes.subarray(0, 100));
    response.end(bytes.subarray(100));
  } else if (url.pathname === "/stream") {
    response.setHeader("content-type", "text/event-stream");
    response.write("data: 1\n\n");
    request.socket.on("close", () => {
      aborted += 1;
    });
  } else if (url.pathname === "/short") {
    response.setHeader("content-length", 100);
    response.write("only this");
    setTimeout(() => request.socket.destroy(), 20);
  } else {
    response.statusCode = 418;
    response.end("short and stout");
  }
}

beforeAll(async () => {
  service = createServer(answer);
  const sockets = new WebSocketServer({ server: service, handleProtocols: () => "chat" });
  sockets.on("connection", (socket) => {
    socket.on("message", (data, isBinary) => {
      if (data.toString() === "bye") socket.close(4321, "as you wish");
      else socket.send(data as Buffer, { binary: isBinary });
    });
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  relay = await relayProcess.start();
  node = dialRelay({
    relayUrl: relay.url,
    token: relay.nodeToken,
    name: "lab-1",
    version: "test",
    facts: () => ({ services: ["http", "trainer"] }),
    onOpen: (incoming) =>
      serveHttpChannel(incoming.accept(), (name) => {
        if (name === "gone") return { port: 1 };
        return ["web", "trainer", "flows"].includes(name) ? { port } : undefined;
      }),
  });
  await node.up;
});
afterAll(async () => {
  node.close();
  service.closeAllConnections();
  service.close();
  await relayProcess.close();
});

const WEB = "/nodes/lab-1/services/web";
const authorization = () => `Bearer ${relay.apiToken}`;
const get = (path: string, init: RequestInit = {}) =>
  fetch(relay.url + path, { ...init, headers: { authorization: authorization(), ...init.headers } });

describe("requests", () => {
  test("carry method, path, query, headers and who asks; no secrets, no claims", async () => {
    const response = await get(`${WEB}/headers?a=1&b=%20`, {
      method: "PUT",
      body: "x",
      headers: { cookie: "a=b", "x-eyepiece-user": "forged", "x-mine": "kept" },
    });
    const seen = (await response.json()) as { headers: Record<string, string>; url: string; method: string };
    expect([seen.method, seen.url]).toEqual(["PUT", "/headers?a=1&b=%20"]);
    expect(seen.headers).toMatchObject({
      "x-mine": "kept",
      "x-eyepiece-role": "owner",
      "x-forwarded-prefix": WEB,
    });
    expect(seen.headers.cookie).toBeUndefined();
    expect(seen.headers.authorization).toBeUndefined();
    expect(seen.headers["x-eyepiece-user"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-own")).toBe("kept");
    for (const name of ["set-cookie", "service-worker-allowed", "access-control-allow-origin"]) {
      expect([name, response.headers.get(name)]).toEqual([name, null]);
    }
    expect(response.headers.get("content-security-policy")).toContain("sandbox allow-scripts allow-forms");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("reach /v1 and /api/flows with the paths that clients expect", async () => {
    const url = async (path: string) => ((await (await get(path)).json()) as { url: string }).url;
    expect((await get("/v1/models")).status).toBe(418);
    expect(await url("/api/flows/headers?x=1")).toBe("/headers?x=1");
    expect(await url("/nodes/lab-1/api/flows/headers")).toBe("/headers");
  });

  test("send and receive large bodies whole", async () => {
    const bytes = randomBytes(6_000_000);
    const digest = await (await get(`${WEB}/digest`, { method: "POST", body: bytes })).text();
    expect(digest).toBe(`6000000 ${createHash("sha256").update(bytes).digest("hex")}`);
    for (const path of [`${WEB}/large`, `${WEB}/large?length`]) {
      const response = await get(path);
      expect(response.headers.get("content-length")).toBe(path.endsWith("length") ? "8000000" : null);
      expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.alloc(8_000_000, 7))).toBe(true);
    }
  });

  test("stream, and are aborted at the service when the client leaves", async () => {
    const abort = new AbortController();
    const response = await get(`${WEB}/stream`, { signal: abort.signal });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe("data: 1\n\n");
    const before = aborted;
    abort.abort();
    while (aborted === before) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test("a service that breaks off shows", async () => {
    const response = await get(`${WEB}/short`);
    await expect(response.text()).rejects.toThrow();
  });

  test("HEAD has no body, its length is told", async () => {
    const response = await get(`${WEB}/large?length`, { method: "HEAD" });
    expect(response.headers.get("content-length")).toBe("8000000");
  });

  test("are refused in words", async () => {
    expect((await fetch(`${relay.url}${WEB}/headers`)).status).toBe(401);
    expect((await get("/nodes/lab-1/services/none/")).status).toBe(404);
    expect((await get("/nodes/lab-1/services/gone/")).status).toBe(502);
    expect((await get("/nodes/lab-9/services/web/")).status).toBe(404);
    const worker = await get(`${WEB}/sw.js`, { headers: { "service-worker": "script" } });
    expect(worker.status).toBe(403);
  });
});

describe("the content origin", () => {
  /** fetch resolves no *.localhost, which browsers do. */
  const ask = (host: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: IncomingMessage["headers"]; body: string }>(
      (resolve, reject) => {
        const request = httpRequest(
          { host: "127.0.0.1", port: relay.port, path, headers: { host, ...headers } },
          (response) => {
            let body = "";
            response.on("data", (part) => {
              body += part;
            });
            response.on("end", () =>
              resolve({ status: response.statusCode, headers: response.headers, body }),
            );
          },
        );
        request.on("error", reject);
        request.end();
      },
    );

  test("is one random host for one service, and nothing of the app", async () => {
    const body = JSON.stringify({ service: "web", node: "lab-1" });
    const { url } = (await (await get("/api/content", { method: "POST", body })).json()) as { url: string };
    expect(url).toMatch(new RegExp(`^http://[0-9a-f]{32}\\.localhost:${relay.port}/$`));
    const { host } = new URL(url);
    const seen = await ask(host, "/headers?x", { cookie: "eyepiece_session=x" });
    expect(seen.status).toBe(200);
    expect(JSON.parse(seen.body)).toMatchObject({
      url: "/headers?x",
      headers: { "x-eyepiece-role": "owner" },
    });
    expect(seen.headers["content-security-policy"]).toBeUndefined();
    expect(seen.headers["set-cookie"]).toBeUndefined();
    expect((await ask(host, "/api/auth/me", { authorization: authorization() })).status).toBe(418);
    expect((await ask(`${"0".repeat(32)}.localhost:${relay.port}`, "/")).status).toBe(404);
  });
});

describe("WebSockets", () => {
  test("pass both ways, with subprotocol, kind and close code", async () => {
    const socket = new WebSocket(`${relay.url.replace("http", "ws")}${WEB}/socket`, ["chat", "other"], {
      headers: { authorization: authorization() },
    });
    const messages: [string, boolean][] = [];
    const closed = new Promise<[number, string]>((resolve) =>
      socket.on("close", (code, reason) => resolve([code, reason.toString()])),
    );
    const two = new Promise<void>((resolve) =>
      socket.on("message", (data, isBinary) => {
        messages.push([data.toString(), isBinary]);
        if (messages.length === 2) resolve();
      }),
    );
    await new Promise((resolve) => socket.on("open", resolve));
    expect(socket.protocol).toBe("chat");
    socket.send("text");
    socket.send(Buffer.from("bytes"));
    await two;
    expect(messages).toEqual([
      ["text", false],
      ["bytes", true],
    ]);
    socket.send("bye");
    expect(await closed).toEqual([4321, "as you wish"]);
  });

  test("are refused with a status", async () => {
    const status = (path: string, headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = new WebSocket(relay.url.replace("http", "ws") + path, { headers });
        socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
        socket.on("open", () => resolve("open"));
        socket.on("error", () => {});
      });
    expect(await status(`${WEB}/socket`, {})).toBe(401);
    expect(await status("/nowhere", { authorization: authorization() })).toBe(404);
    expect(await status("/nodes/lab-1/services/none/", { authorization: authorization() })).toBe(404);
    expect(
      await status(`${WEB}/socket`, { authorization: authorization(), origin: "http://evil.example" }),
    ).toBe(403);
  });
});

test("when the way breaks: 502; while the node is away: 503 with its name; then all is well again", async () => {
  const response = get(`${WEB}/stream`);
  const { body } = await response;
  const reading = body?.getReader();
  await reading?.read();
  const rest = expect(reading?.read()).rejects.toThrow();
  await relayProcess.kill();
  await rest;
  relay = { ...(await relayProcess.start(relay.port)), nodeToken: relay.nodeToken, apiToken: relay.apiToken };
  // The node has not dialled again yet, or has: both answers are in order, and the second comes.
  const statuses = new Set<number>();
  for (let last = 0; last !== 418; ) {
    const answered = await get("/v1/x");
    last = answered.status;
    if (last === 503) expect(await answered.text()).toContain("lab-1 is offline");
    statuses.add(last);
  }
  expect([...statuses].every((status) => status === 503 || status === 418)).toBe(true);
});
