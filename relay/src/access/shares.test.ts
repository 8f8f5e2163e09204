import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import {
  decodeMessage,
  encodeMessage,
  type eyepiece,
  node,
  viewer,
} from "@eyepiece/protocol/wire/messages.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { browserLink, nodeLink, type TestRelay, testRelay } from "../testing/fixture.ts";
import { ask, guestOf, newcomer, PNG, type Visitor } from "../testing/world.ts";

let fixture: TestRelay;
let alice: Visitor;
let bob: Visitor;
let notebook: string;
let project: string;
let app: string;
beforeEach(async () => {
  app = mkdtempSync(join(tmpdir(), "eyepiece-app-"));
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, "index.html"), "<!doctype html><html><head><title>app</title></head></html>");
  fixture = await testRelay({ staticFolder: app });
  alice = await newcomer(fixture, "alice", "user");
  bob = await newcomer(fixture, "bob", "user");
  project = String((await ask(fixture, alice, "POST /api/projects", { name: "p" })).id);
  notebook = String((await ask(fixture, alice, "POST /api/notebooks", { name: "n", project })).id);
});
afterEach(async () => {
  await fixture.close();
  rmSync(app, { recursive: true, force: true });
});

const status = async (visitor: { cookie?: string }, request: string, body?: unknown): Promise<number> => {
  const [method = "GET", path = "/"] = request.split(" ");
  const init = {
    method,
    headers: { ...visitor },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return (await fetch(fixture.relay.url + path, init)).status;
};
const share = async (body: object, by = alice): Promise<{ id: string; url: string; token: string }> => {
  const made = await ask(fixture, by, "POST /api/shares", {
    kind: "notebook",
    id: notebook,
    rights: "view",
    ...body,
  });
  const url = String(made.url);
  return { id: String(made.id), url, token: url.split("#")[1] ?? "" };
};
const redeem = (visitor: { cookie?: string }, token: string, password?: string) =>
  status(visitor, "POST /api/shares/redeem", { token, ...(password === undefined ? {} : { password }) });

/** A node that has these sessions of these people, and notes who opens what. */
async function nodeWith(sessions: Readonly<Record<string, string>>, name = "lab-1") {
  const opened: { channel: Channel; identity: eyepiece.wire.Identity.$Properties | undefined }[] = [];
  await nodeLink(fixture.relay, name, (incoming: IncomingChannel) => {
    const { service, identity } = incoming.facts;
    const channel = incoming.accept();
    if (service !== "node") opened.push({ channel, identity });
    else
      channel.onMessage = (bytes) => {
        const { id } = decodeMessage(node.NodeRequest, bytes);
        const own = Object.keys(sessions).filter((session) => sessions[session] === identity?.userId);
        const list = own.map((session) => ({ session }));
        channel.send(encodeMessage(node.NodeReply, { replyTo: id, sessions: { sessions: list } }));
      };
  });
  return opened;
}
const view = (session: string) => encodeMessage(viewer.ViewerParams, { session, view: "tab-1" });
const kernel = (params: object) => new TextEncoder().encode(JSON.stringify(params));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a share link", () => {
  test("lets a guest in to that alone, with the rights that it says", async () => {
    const { url } = await share({ rights: "edit" });
    expect(url).toMatch(/^\/s#[\w-]{43}$/);
    const guest = await guestOf(fixture, url);
    expect(await ask(fixture, guest, "GET /api/auth/me")).toMatchObject({ role: "guest", name: "Guest" });
    expect(await ask(fixture, guest, `GET /api/notebooks/${notebook}`)).toMatchObject({
      rights: ["view", "comment", "edit"],
    });
    expect(await status(guest, `PATCH /api/notebooks/${notebook}`, { name: "renamed" })).toBe(200);
    expect(await status(guest, `DELETE /api/notebooks/${notebook}`)).toBe(403);
    expect(await status(guest, `GET /api/projects/${project}`)).toBe(404);
    expect(await status(guest, "GET /api/nodes")).toBe(403);
    expect(await status(guest, "POST /api/shares", { kind: "notebook", id: notebook, rights: "view" })).toBe(
      403,
    );
    expect(await status(guest, "GET /v1/models")).toBe(403);
  });

  test("gives a right to run only where that was ticked", async () => {
    const rights = async (body: object) => {
      const guest = await guestOf(fixture, (await share(body)).url);
      return (await ask(fixture, guest, `GET /api/notebooks/${notebook}`)).rights;
    };
    expect(await rights({ rights: "view" })).toEqual(["view"]);
    expect(await rights({ rights: ["edit"] })).toEqual(["view", "comment", "edit"]);
    expect(await rights({ rights: "view", run: true })).toEqual(["view", "run"]);
  });

  test("of a project holds for its notebooks, and ends with what moves out of it", async () => {
    const { url } = await share({ kind: "project", id: project });
    const guest = await guestOf(fixture, url);
    expect(await status(guest, `GET /api/notebooks/${notebook}`)).toBe(200);
    const other = String((await ask(fixture, alice, "POST /api/projects", { name: "q" })).id);
    await ask(fixture, alice, `PATCH /api/notebooks/${notebook}`, { project: other });
    expect(await status(guest, `GET /api/notebooks/${notebook}`)).toBe(404);
  });

  test("for somebody with an account is a grant to them, and one's own link needs none", async () => {
    const { token } = await share({ rights: "comment" });
    expect(await redeem(bob, token)).toBe(200);
    expect(await ask(fixture, bob, `GET /api/notebooks/${notebook}`)).toMatchObject({
      rights: ["view", "comment"],
    });
    const listed = (await ask(fixture, bob, "GET /api/notebooks")).notebooks as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain(notebook);
    expect(await redeem(alice, token)).toBe(200);
    const shares = await ask(fixture, alice, `GET /api/shares?kind=notebook&id=${notebook}`);
    expect(shares.shares).toMatchObject([{ rights: ["view", "comment"], holders: 1, has_password: false }]);
  });

  test("with a password asks for it, and guesses are slowed", async () => {
    const { token } = await share({ password: "open sesame" });
    expect(await ask(fixture, {}, "POST /api/shares/preview", { token })).toMatchObject({
      kind: "notebook",
      needs_password: true,
      shared_by: "alice",
    });
    expect(await redeem({}, token)).toBe(403);
    const guesses: number[] = [];
    for (let i = 0; i < 6; i++) guesses.push(await redeem({}, token, "a guess"));
    expect(guesses).toEqual([403, 403, 403, 403, 403, 429]);
    const other = await share({ password: "open sesame" });
    expect(await redeem({}, other.token, "open sesame")).toBe(200);
  });

  test("ends when it expires, and its guests with it", async () => {
    const { url, token } = await share({ expires_at: Date.now() + 600 });
    const guest = await guestOf(fixture, url);
    expect(await status(guest, `GET /api/notebooks/${notebook}`)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(await status(guest, `GET /api/notebooks/${notebook}`)).toBe(401);
    expect(await redeem({}, token)).toBe(404);
    expect(
      await status(alice, "POST /api/shares", {
        kind: "notebook",
        id: notebook,
        rights: "view",
        expires_at: 1,
      }),
    ).toBe(400);
  });

  test("ends when it is withdrawn, when its giver is disabled, and when the thing goes", async () => {
    const first = await share({});
    const guest = await guestOf(fixture, first.url);
    expect(await status(bob, `DELETE /api/shares/${first.id}`)).toBe(404);
    expect(await status(alice, `DELETE /api/shares/${first.id}`)).toBe(200);
    expect(await status(guest, "GET /api/auth/me")).toBe(401);
    const second = await share({});
    await redeem(bob, second.token);
    const owner = { cookie: await fixture.signIn() };
    await ask(fixture, owner, `PATCH /api/admin/users/${alice.id}`, { disabled: true });
    expect(await status(bob, `GET /api/notebooks/${notebook}`)).toBe(404);
    expect(await redeem({}, second.token)).toBe(404);
  });

  test("ends with what it is of, which tells before how many links go", async () => {
    const guest = await guestOf(fixture, (await share({})).url);
    await share({ kind: "project", id: project });
    const told = await ask(fixture, alice, `GET /api/projects/${project}/delete-preview`);
    expect(told.losses).toEqual([
      { what: "notebooks", count: 1 },
      { what: "share links", count: 2 },
    ]);
    await ask(fixture, alice, `DELETE /api/projects/${project}`);
    expect(await status(guest, "GET /api/auth/me")).toBe(401);
    expect((await ask(fixture, alice, "GET /api/shares")).shares).toEqual([]);
  });

  test("is made by the owner alone", async () => {
    const { token } = await share({ rights: "edit", run: true });
    await redeem(bob, token);
    for (const wish of [
      { kind: "notebook", id: notebook, rights: "view" },
      { kind: "project", id: project, rights: "view" },
    ]) {
      expect(await status(bob, "POST /api/shares", wish)).toBe(404);
      expect(await status(bob, "POST /api/grants", { ...wish, username: "alice" })).toBe(404);
    }
  });

  test("is previewed with what its owner chose, and nothing else", async () => {
    const page = async (path: string) => (await fetch(fixture.relay.url + path)).text();
    const { id } = await share({ title: 'A "brain" <b>' });
    expect(await page("/s")).toContain('<meta property="og:title"');
    expect(await page("/s")).not.toContain("og:image");
    const put = await fetch(`${fixture.relay.url}/api/shares/${id}/picture`, {
      method: "PUT",
      headers: { cookie: alice.cookie },
      body: new Uint8Array(PNG),
    });
    const { picture, query } = (await put.json()) as { picture: string; query: string };
    const shown = await page(`/s${query}`);
    expect(shown).toContain(`content="${fixture.relay.url}${picture}"`);
    expect(shown).toContain("A &quot;brain&quot; &lt;b&gt;");
    const image = await fetch(fixture.relay.url + picture);
    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/png"]);
    const bad = await fetch(`${fixture.relay.url}/api/shares/${id}/picture`, {
      method: "PUT",
      headers: { cookie: alice.cookie },
      body: "<svg/>",
    });
    expect(bad.status).toBe(400);
    await ask(fixture, alice, `DELETE /api/shares/${id}`);
    expect((await fetch(fixture.relay.url + picture)).status).toBe(404);
    expect(readdirSync(join(fixture.home, "relay/pictures"))).toEqual([]);
  });
});

test("what is given by name is taken back by name", async () => {
  const wish = { kind: "notebook", id: notebook, username: "bob", rights: "edit" };
  const { id } = await ask(fixture, alice, "POST /api/grants", wish);
  expect(await ask(fixture, bob, `GET /api/notebooks/${notebook}`)).toMatchObject({
    rights: ["view", "comment", "edit"],
  });
  const listed = await ask(fixture, alice, `GET /api/grants?kind=notebook&id=${notebook}`);
  expect(listed.grants).toMatchObject([{ id, username: "bob" }]);
  expect(await status(alice, "POST /api/grants", { ...wish, username: "nobody" })).toBe(404);
  await ask(fixture, alice, `DELETE /api/grants/${id}`);
  expect(await status(bob, `GET /api/notebooks/${notebook}`)).toBe(404);
});

describe("channels by a share", () => {
  test("carry the share's rights and whose it is, to the node of the session", async () => {
    const opened = await nodeWith({ s1: alice.id }, "lab-1");
    const elsewhere = await nodeWith({}, "lab-2");
    const { url } = await share({ kind: "session", id: "s1", node: "lab-1", rights: "comment" });
    const guest = await guestOf(fixture, url);
    const { link } = await browserLink(fixture.relay, guest.cookie);
    // Two nodes are online and a guest has no default one: the share knows which.
    link.open({ service: "viewer", params: view("s1") });
    await until(() => opened.length === 1);
    expect(opened[0]?.identity).toMatchObject({
      userId: guest.id,
      role: "guest",
      rights: ["view", "comment"],
      scope: "session:s1",
      grantedBy: alice.id,
    });
    expect(await link.open({ service: "viewer", params: view("s2") }).closed).toMatchObject({
      code: "not_found",
    });
    const there = link.open({ service: "viewer", node: "lab-2", params: view("s1") });
    expect((await there.closed).code).toBe("not_found");
    for (const service of ["node", "files", "http"]) {
      expect((await link.open({ service, node: "lab-1" }).closed).code).toBe("forbidden");
    }
    expect(elsewhere).toEqual([]);
  });

  test("end on both sides at once when it is withdrawn or gives less", async () => {
    const opened = await nodeWith({ s1: alice.id });
    const { id, token } = await share({ kind: "session", id: "s1", rights: "edit" });
    await redeem(bob, token);
    const { link } = await browserLink(fixture.relay, bob.cookie);
    const open = async () => {
      const channel = link.open({ service: "viewer", params: view("s1") });
      const count = opened.length;
      await until(() => opened.length > count);
      return { here: channel, there: opened.at(-1)?.channel };
    };
    const one = await open();
    await ask(fixture, alice, `PATCH /api/shares/${id}`, { title: "no less" });
    expect(one.here.state).not.toBe("closed");
    await ask(fixture, alice, `PATCH /api/shares/${id}`, { rights: "view" });
    expect((await one.here.closed).code).toBe("revoked");
    expect((await one.there?.closed)?.code).toBe("revoked");
    const two = await open();
    expect(opened.at(-1)?.identity?.rights).toEqual(["view"]);
    await ask(fixture, alice, `DELETE /api/shares/${id}`);
    expect((await two.here.closed).code).toBe("revoked");
    // Bob is a person: without the grant he asks in his own name, and the node says whose it is.
    await open();
    expect(opened.at(-1)?.identity).toMatchObject({ userId: bob.id, scope: "", grantedBy: "" });
  });

  test("to kernels carry the notebook's rights; without a notebook one's own", async () => {
    const opened = await nodeWith({});
    const { link } = await browserLink(fixture.relay, alice.cookie);
    link.open({ service: "kernel", params: kernel({ notebook }) });
    await until(() => opened.length === 1);
    const all = ["view", "comment", "edit", "run"];
    expect(opened[0]?.identity).toMatchObject({ rights: all, scope: `notebook:${notebook}`, grantedBy: "" });
    link.open({ service: "kernel", params: kernel({ notebook: "", fresh: true }) });
    await until(() => opened.length === 2);
    expect(opened[1]?.identity).toMatchObject({ rights: all, scope: "", grantedBy: "" });

    const { id, url } = await share({ rights: "edit" });
    const guest = await guestOf(fixture, url);
    const { link: theirs } = await browserLink(fixture.relay, guest.cookie);
    const channel = theirs.open({ service: "kernel", params: kernel({ notebook }) });
    await until(() => opened.length === 3);
    expect(opened[2]?.identity).toMatchObject({
      rights: ["view", "comment", "edit"],
      scope: `notebook:${notebook}`,
      grantedBy: alice.id,
    });
    for (const params of [{ notebook: "", fresh: true }, { notebook: "other" }]) {
      const refused = theirs.open({ service: "kernel", params: kernel(params) });
      expect((await refused.closed).code).toBe("not_found");
    }
    expect((await theirs.open({ service: "kernel", params: new Uint8Array([1]) }).closed).code).toBe(
      "invalid",
    );
    await ask(fixture, alice, `DELETE /api/shares/${id}`);
    expect((await channel.closed).code).toBe("revoked");
  });

  test("to what a notebook shows carry the notebook's rights, and end with them", async () => {
    const opened = await nodeWith({});
    const seen = (session: string, of: string) =>
      encodeMessage(viewer.ViewerParams, { session, view: "tab-1", notebook: of });
    const { id, url } = await share({ rights: "view" });
    const guest = await guestOf(fixture, url);
    const { link } = await browserLink(fixture.relay, guest.cookie);
    const channel = link.open({ service: "viewer", params: seen("s1", notebook) });
    await until(() => opened.length === 1);
    expect(opened[0]?.identity).toMatchObject({
      ...{ userId: guest.id, role: "guest", rights: ["view"] },
      ...{ scope: `notebook:${notebook}`, grantedBy: alice.id },
    });
    // Neither a notebook that is not shared nor none opens it.
    const other = String((await ask(fixture, alice, "POST /api/notebooks", { name: "o", project })).id);
    for (const of of [other, "none", ""])
      expect((await link.open({ service: "viewer", params: seen("s1", of) }).closed).code).toBe("not_found");
    await ask(fixture, alice, `DELETE /api/shares/${id}`);
    expect((await channel.closed).code).toBe("revoked");
    expect((await opened[0]?.channel.closed)?.code).toBe("revoked");
    // One's own notebook limits nobody: the session may be another one of one's own.
    const { link: own } = await browserLink(fixture.relay, alice.cookie);
    own.open({ service: "viewer", params: seen("s1", notebook) });
    await until(() => opened.length === 2);
    expect(opened[1]?.identity).toMatchObject({ userId: alice.id, scope: "", grantedBy: "" });
    expect(opened[1]?.identity?.rights).toContain("edit");
  });

  test("to a session are shared by whose it is alone", async () => {
    await nodeWith({ s1: alice.id });
    const wish = { kind: "session", id: "s1", rights: "view" };
    expect(await status(bob, "POST /api/shares", wish)).toBe(404);
    expect(await status(alice, "POST /api/shares", wish)).toBe(200);
    expect(await status(alice, "POST /api/shares", { ...wish, node: "lab-9" })).toBe(503);
  });
});

test("sessions on nodes go with their account", async () => {
  const left = { s1: alice.id, s2: bob.id };
  const ended: string[] = [];
  await nodeLink(fixture.relay, "lab-1", (incoming) => {
    const channel = incoming.accept();
    channel.onMessage = (bytes) => {
      const { id, endSession } = decodeMessage(node.NodeRequest, bytes);
      if (endSession?.session) ended.push(endSession.session);
      const own = Object.entries(left).filter(([, owner]) => owner === incoming.facts.identity?.userId);
      const sessions = own.map(([session]) => ({ session }));
      channel.send(encodeMessage(node.NodeReply, { replyTo: id, sessions: { sessions } }));
    };
  });
  const told = await ask(fixture, alice, "GET /api/account/delete-preview");
  expect(told.losses).toContainEqual({ what: "viewer sessions", count: 1 });
  await ask(fixture, alice, "DELETE /api/account", {});
  expect(ended).toEqual(["s1"]);
  expect(existsSync(join(fixture.home, "relay/relay.sqlite"))).toBe(true);
});
