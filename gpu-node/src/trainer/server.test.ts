import { createHash, randomBytes } from "node:crypto";
import { upgradeWebSocket } from "@hono/node-server";
import { streamSSE } from "hono/streaming";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { invalid } from "./http/api-error.ts";
import type { TrainerRoutes } from "./http/router.ts";
import { startTrainerServer } from "./server.ts";
import { TrainerWorld } from "./testing/world.ts";

const world = new TrainerWorld();
let gone = 0;

const room: TrainerRoutes = (router) => {
  router.get("/who", (c) => c.json(c.get("person")));
  router.get("/bad", () => {
    throw invalid("beta must be positive.", "beta");
  });
  router.get("/broken", () => {
    throw new Error("secret of the node");
  });
  router.post("/digest", async (c) => {
    const hash = createHash("sha256");
    for await (const part of c.req.raw.body ?? []) hash.update(part);
    return c.text(hash.digest("hex"));
  });
  router.get("/stream", (c) =>
    streamSSE(c, async (stream) => {
      c.req.raw.signal.addEventListener("abort", () => {
        gone += 1;
      });
      await stream.writeSSE({ data: "1" });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
    }),
  );
  router.get(
    "/socket",
    upgradeWebSocket((c) => ({
      onOpen: (_event, socket) => socket.send(`${c.env.person.id} ${c.req.path}`),
    })),
  );
};

beforeAll(() => world.start({ v1: [room], monitor: [room] }));
afterAll(() => world.end());

/** Both ways in. */
const DOORS = [
  ["through the relay", () => world.relay.url],
  ["on the loopback", () => world.loopback],
] as const;

describe.each(DOORS)("%s", (_name, base) => {
  test("who calls is who the relay says, whatever the request claims", async () => {
    const headers = { "x-eyepiece-user": "forged", "x-eyepiece-role": "guest", "x-eyepiece-rights": "" };
    const answer = await world.ask(base(), "/v1/who", { headers });
    expect(await answer.json()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "Owner",
      role: "owner",
      rights: ["view", "comment", "edit", "run"],
    });
    for (const path of ["/monitor/who", "/v1/monitor/who"])
      expect((await world.ask(base(), path)).status, path).toBe(200);
  });

  test("a wrong key, an unknown address and a wrong field are errors as OpenAI's clients read them", async () => {
    const answers = await Promise.all([
      fetch(`${base()}/v1/who`),
      fetch(`${base()}/v1/who`, { headers: { authorization: "Bearer wrong" } }),
      world.ask(base(), "/v1/none"),
      world.ask(base(), "/v1/bad"),
      world.ask(base(), "/v1/broken"),
    ]);
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { error: object }[];
    const seen = answers.map(({ status }, index) => [status, bodies[index]?.error]);
    const error = { message: expect.any(String), param: null };
    expect(seen).toEqual([
      [401, { ...error, type: "authentication_error", code: "invalid_api_key" }],
      [401, { ...error, type: "authentication_error", code: "invalid_api_key" }],
      [404, { ...error, type: "invalid_request_error", code: "unknown_url" }],
      [400, { message: "beta must be positive.", type: "invalid_request_error", param: "beta", code: null }],
      [500, { ...error, type: "server_error", code: "internal" }],
    ]);
    expect(JSON.stringify(bodies)).not.toContain("secret of the node");
  });

  test("bodies stream, and a client that goes away is noticed", async () => {
    const bytes = randomBytes(5_000_000);
    const answer = await world.ask(base(), "/v1/digest", { method: "POST", body: bytes });
    expect(await answer.text()).toBe(createHash("sha256").update(bytes).digest("hex"));
    const before = gone;
    const stop = new AbortController();
    const stream = await world.ask(base(), "/v1/stream", { signal: stop.signal });
    const first = await stream.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toContain("data: 1");
    stop.abort();
    await expect.poll(() => gone).toBe(before + 1);
  });

  test("WebSockets open", async () => {
    const headers = { authorization: `Bearer ${world.relay.apiToken}` };
    const socket = new WebSocket(`${base().replace("http", "ws")}/v1/monitor/socket`, { headers });
    const said = await new Promise((resolve, reject) => {
      socket.on("message", (data) => resolve(data.toString()));
      socket.on("error", reject);
    });
    expect(said).toMatch(/^[0-9a-f-]{36} \/v1\/monitor\/socket$/);
    socket.close();
  });
});

describe("on the loopback", () => {
  test("a token in the path serves clients that send none, and is not told in an error or a log", async () => {
    const { apiToken } = world.relay;
    const base = `${world.loopback}/t/${apiToken}`;
    expect((await fetch(`${base}/v1/who`)).status).toBe(200);
    const missing = await (await fetch(`${base}/v1/none`)).text();
    await fetch(`${base}/v1/broken`);
    for (const text of [missing, ...world.logged]) expect(text).not.toContain(apiToken);
  });

  test("a token's rights hold: without run it trains nothing", async () => {
    const cookie = await world.signIn();
    const make = async (name: string, scopes: string[]) => {
      const body = JSON.stringify({ name, scopes });
      const headers = { cookie, "content-type": "application/json" };
      const answer = await fetch(`${world.relay.url}/api/tokens`, { method: "POST", headers, body });
      return ((await answer.json()) as { token: string }).token;
    };
    const viewer = await make("viewer", ["view"]);
    for (const base of [world.relay.url, world.loopback]) {
      const answer = await fetch(`${base}/v1/who`, { headers: { authorization: `Bearer ${viewer}` } });
      expect([answer.status, await answer.text()]).toEqual([
        403,
        expect.stringContaining("permission_error"),
      ]);
    }
  });

  test("a port that is taken is said, and the other door stays", async () => {
    const logged: string[] = [];
    const { port } = world.server;
    const second = await startTrainerServer({
      ...{ mounts: { v1: [], monitor: [] }, relay: world.relay, log: (line: string) => logged.push(line) },
      ...(port !== undefined && { port }),
    });
    expect([second.port, logged]).toEqual([undefined, [expect.stringContaining(`port ${port} is taken`)]]);
    expect("connect" in second.address).toBe(true);
    second.close();
  });
});
