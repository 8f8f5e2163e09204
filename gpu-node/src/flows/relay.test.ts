/** Flows as they are reached: through a real relay, by accounts, tokens and links. */
import { request } from "node:http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { RelayCalls } from "../kernels/relay-calls.ts";
import { type Dialled, dialRelay } from "../link/dial.ts";
import { type RelayFacts, RelayProcess } from "../link/relay-process.ts";
import { serveHttpChannel } from "../services/http.ts";
import { personsOf } from "./launching/persons.ts";
import { SETUP_MS, TestFlows } from "./testing/flows.ts";
import { TRIALS } from "./testing/services.ts";

const PASSWORD = "correct horse battery";
const flows = new TestFlows({ trials: TRIALS });
const process = new RelayProcess();
let relay: RelayFacts;
let node: Dialled;
let owner: string;

beforeAll(async () => {
  flows.start();
  relay = await process.start();
  node = dialRelay({
    ...{ relayUrl: relay.url, token: relay.nodeToken, name: "lab-1", version: "test" },
    facts: () => ({ services: ["http", "flows"] }),
    onOpen: (incoming) =>
      serveHttpChannel(incoming.accept(), (name) => (name === "flows" ? flows.address : undefined)),
  });
  await node.up;
  const body = JSON.stringify({ token: relay.ownerLink.split("#owner=")[1] });
  const answer = await fetch(`${relay.url}/api/auth/link`, { method: "POST", body });
  owner = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  await call("GET /api/flows/flow", { cookie: owner });
}, SETUP_MS);
afterAll(async () => {
  node?.close();
  await process.close();
  await flows[Symbol.asyncDispose]();
});

type Who = Record<string, string>;

async function call(request: string, who: Who, body?: unknown) {
  const [method = "GET", path = "/"] = request.split(" ");
  const init = { method, headers: who, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(relay.url + path, init);
  const text = await answer.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = text;
  }
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  return { status: answer.status, body: parsed as any, cookie: answer.headers.get("set-cookie") ?? "" };
}

/** The status of an address that is sent as it is: `fetch` puts it straight first. */
function rawStatus(path: string, headers: Who): Promise<number | undefined> {
  const { hostname, port } = new URL(relay.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject).end();
  });
}

/** A new account, as a program of theirs. */
async function newcomer(name: string): Promise<Who> {
  await call("POST /api/flows/role", { cookie: owner }, { name, password: PASSWORD });
  const { body } = await call("POST /api/flows/api/login", {}, { name, password: PASSWORD });
  return { authorization: `Bearer ${body.KODOSUMI_API_KEY}` };
}

async function launch(who: Who, mode: string, more: object = {}): Promise<string> {
  const { status, body } = await call("POST /api/flows/-/trials/", who, { mode, ...more });
  expect([status, body.errors]).toEqual([200, undefined]);
  return body.result;
}

/** The stream of a run; resolves when its line ends, whoever ends it. */
async function watched(fid: string, who: Who) {
  const answer = await fetch(`${relay.url}/api/flows/outputs/stream/${fid}`, { headers: who });
  let text = "";
  const ended = (async () => {
    try {
      for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part;
    } catch {
      // It was cut off.
    }
  })();
  await vi.waitFor(() => expect(text).toContain("tick"), { timeout: 30_000 });
  return { status: answer.status, ended, text: () => text };
}

describe("an account", () => {
  test("that is deactivated is cut off at once: its requests, and what streams to it", async () => {
    const ada = await newcomer("ada");
    const { cookie } = await call("POST /api/flows/api/login", {}, { name: "ada", password: PASSWORD });
    const { body } = await call(
      "POST /api/tokens",
      { cookie: cookie.split(";")[0] ?? "" },
      { name: "script" },
    );
    const token: Who = { authorization: `Bearer ${body.token}` };
    const fid = await launch(token, "slow");
    const streams = await Promise.all([watched(fid, ada), watched(fid, token)]);
    await call("PUT /api/flows/role/ada", { cookie: owner }, { active: false });
    await Promise.all(streams.map(({ ended }) => ended));
    for (const who of [ada, token])
      expect((await call(`GET /api/flows/outputs/status/${fid}`, who)).status).toBe(401);
    // The run was not theirs to lose: it goes on until it is ended.
    await call("PUT /api/flows/role/ada", { cookie: owner }, { active: true });
    expect((await call(`POST /api/flows/outputs/cancel/${fid}`, token)).status).toBe(200);
  });

  test("is asked for before something starts in its name, and is nobody when it is disabled", async () => {
    await newcomer("hal");
    const { id } = (await call("GET /api/flows/role/hal", { cookie: owner })).body;
    const calls = new RelayCalls({ url: relay.url, token: relay.nodeToken });
    const personOf = personsOf(calls);
    expect(await personOf(id)).toMatchObject({ id, name: "hal", role: "user" });
    await call("PUT /api/flows/role/hal", { cookie: owner }, { active: false });
    expect(await personOf(id)).toBeUndefined();
    expect(await personOf("nobody")).toBeUndefined();
    await expect(personsOf(new RelayCalls({ url: relay.url, token: "guess" }))(id)).rejects.toThrow("401");
    calls.close();
  });

  test("that is removed takes its runs along, also those that go on", async () => {
    const bob = await newcomer("bob");
    await call("POST /api/flows/schedule", bob, {
      flow: "/-/trials/typed",
      fields: { name: "x" },
      cron: "0 0 1 1 *",
    });
    const going = await launch(bob, "slow");
    await launch(bob, "raise");
    const { body } = await call("GET /api/flows/role/bob", { cookie: owner });
    const preview = await call(`GET /api/admin/users/${body.id}/delete-preview`, { cookie: owner });
    expect(preview.body.losses).toContainEqual({ what: "runs of flows", count: 2 });
    expect((await call("DELETE /api/flows/role/bob", { cookie: owner })).status).toBe(204);
    // The node itself: there is nobody left to ask through the relay.
    const left = flows.as(body.id, "user");
    expect((await left.get("/belongings")).body).toEqual({ flow_runs: 0 });
    expect((await left.get(`/outputs/status/${going}`)).status).toBe(404);
    expect((await left.get("/schedule")).body).toEqual([]);
  });
});

describe("a run that is shared", () => {
  test("is looked at by whoever has the link, and nothing more; withdrawn, it is gone at once", async () => {
    const eve = await newcomer("eve");
    const fid = await launch(eve, "slow");
    const other = await launch(eve, "raise");
    const { status, body } = await call("POST /api/shares", eve, {
      kind: "run",
      id: fid,
      rights: "edit",
      run: true,
    });
    expect(status).toBe(200);
    const redeemed = await call("POST /api/shares/redeem", {}, { token: body.url.split("#")[1] });
    expect(redeemed.body).toMatchObject({ kind: "run", rights: ["view"], path: `/flows/runs/${fid}` });
    const guest: Who = { cookie: redeemed.cookie.split(";")[0] ?? "" };
    expect((await call(`GET /api/flows/files/${fid}/out`, guest)).body).toEqual([]);
    const stream = await watched(fid, guest);
    expect((await call(`GET /api/flows/outputs/status/${fid}`, guest)).body.status).toBe("running");
    const refused = [
      ...[`POST /api/flows/outputs/cancel/${fid}`, `DELETE /api/flows/outputs/${fid}`],
      ...[
        `DELETE /api/flows/files/${fid}/out`,
        `GET /api/flows/launch/${fid}`,
        `GET /api/flows/lock/${fid}/x`,
      ],
      ...[`GET /api/flows/outputs/status/${other}`, "GET /api/flows/timeline", "GET /api/flows/flow"],
      ...["POST /api/flows/-/trials/", "GET /api/flows/mcp", `GET /api/flows/outputs/../timeline/${fid}`],
    ];
    for (const request of refused)
      expect([request, (await call(request, guest)).status]).toEqual([request, expect.toBeOneOf([403, 404])]);
    // Nor by an address that begins with the run and leads elsewhere, as no browser would send it.
    for (const up of ["..", "%2e%2E", ".%2e"])
      for (const part of [`outputs/raw/${other}`, "timeline"]) {
        const path = `/api/flows/outputs/status/${fid}/${up}/${up}/${up}/${part}`;
        expect([path, await rawStatus(path, guest)]).toEqual([path, 400]);
      }
    await call(`DELETE /api/shares/${body.id}`, eve);
    await stream.ended;
    expect((await call(`GET /api/flows/outputs/status/${fid}`, guest)).status).toBe(401);
    expect((await call(`POST /api/flows/outputs/cancel/${fid}`, eve)).status).toBe(200);
  });

  test("is given by name, by its owner only", async () => {
    const [fay, gil] = [await newcomer("fay"), await newcomer("gil")];
    const fid = await launch(fay, "raise");
    const gift = { kind: "run", id: fid, rights: "view" };
    const grant = (who: Who, username: string) => call("POST /api/grants", who, { ...gift, username });
    expect((await call("POST /api/shares", gil, gift)).status).toBe(404);
    expect((await grant(gil, "fay")).status).toBe(404);
    expect((await call(`GET /api/flows/outputs/status/${fid}`, gil)).status).toBe(404);
    expect((await grant(fay, "gil")).status).toBe(200);
    expect((await call(`GET /api/flows/outputs/status/${fid}`, gil)).body.fid).toBe(fid);
    expect((await call(`POST /api/flows/outputs/cancel/${fid}`, gil)).status).toBe(404);
    expect((await call(`DELETE /api/flows/outputs/${fid}`, gil)).status).toBe(404);
  });
});

test("tools of MCP answer through the relay, by a token", async () => {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${relay.apiToken}` } };
  const url = new URL(`${relay.url}/api/flows/mcp`);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  const heard: string[] = [];
  const result = await client.callTool(
    { name: "trials_typed", arguments: { name: "through the relay" } },
    { onprogress: ({ message }) => heard.push(message ?? "") },
  );
  expect(JSON.stringify(result.content)).toContain("through the relay");
  expect(heard).toContain("running");
  const { body } = await call("GET /api/flows/openapi.json", requestInit.headers);
  expect(body.servers).toEqual([{ url: `${relay.url}/api/flows` }]);
  await client.close();
  await expect(
    new Client({ name: "x", version: "1" }).connect(new StreamableHTTPClientTransport(url)),
  ).rejects.toThrow();
});
