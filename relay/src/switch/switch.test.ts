import { randomBytes } from "node:crypto";
import type { Channel } from "@eyepiece/protocol/wire/channel.ts";
import { DataFlag, frameMessage, Kind } from "@eyepiece/protocol/wire/header.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { encodeMessage, wire } from "@eyepiece/protocol/wire/messages.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { browserLink, echo, joinLink, nodeLink, type TestRelay, testRelay } from "../testing/fixture.ts";

let fixture: TestRelay;
let cookie: string;
beforeEach(async () => {
  fixture = await testRelay();
  cookie = await fixture.signIn();
});
afterEach(() => fixture.close());

/** The next message of a channel. */
function next(channel: { onMessage: (message: Uint8Array) => void | Promise<void> }): Promise<Uint8Array> {
  return new Promise((resolve) => {
    channel.onMessage = resolve;
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("channels", () => {
  test("carry messages of all sizes both ways, in order", async () => {
    await nodeLink(fixture.relay, "lab-1", echo);
    const { link } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "viewer" });
    const sizes = [1, 65_535, 65_536, 65_537, 3_000_000, 7];
    const back: number[] = [];
    const all = new Promise<void>((resolve) => {
      channel.onMessage = (message) => {
        const fill = (sizes[back.length] ?? 0) % 251;
        expect(message.every((byte) => byte === fill)).toBe(true);
        back.push(message.byteLength);
        if (back.length === sizes.length) resolve();
      };
    });
    for (const size of sizes) channel.send(new Uint8Array(size).fill(size % 251));
    await all;
    expect(back).toEqual(sizes);
  });

  test("tell the node who calls by the relay's word, not the caller's", async () => {
    const opened: IncomingChannel[] = [];
    await nodeLink(fixture.relay, "lab-1", (incoming) => {
      opened.push(incoming);
      incoming.accept();
    });
    const { socket } = await browserLink(fixture.relay, cookie);
    const identity = { userId: "someone-else", role: "owner", rights: ["run"], name: "Mallory" };
    const forged = { service: "viewer", key: randomBytes(16), identity, node: "lab-1" };
    socket.send(frameMessage(77, Kind.OPEN, encodeMessage(wire.Open, forged)));
    await until(() => opened.length === 1);
    const me = (await (await fetch(`${fixture.relay.url}/api/auth/me`, { headers: { cookie } })).json()) as {
      id: string;
    };
    expect(opened[0]?.facts.identity).toMatchObject({ userId: me.id, name: "Owner", role: "owner" });
  });

  test("reach the node that is named, and the only one by default", async () => {
    const named = (name: string) => (incoming: IncomingChannel) => {
      incoming.accept(new TextEncoder().encode(name)).send(new TextEncoder().encode(name));
    };
    await nodeLink(fixture.relay, "lab-1", named("lab-1"));
    const { link } = await browserLink(fixture.relay, cookie);
    const text = async (node?: string) =>
      new TextDecoder().decode(await next(link.open({ service: "viewer", ...(node ? { node } : {}) })));
    expect(await text()).toBe("lab-1");
    await nodeLink(fixture.relay, "lab-2", named("lab-2"));
    expect(await text("lab-2")).toBe("lab-2");
    expect(await text("lab-1")).toBe("lab-1");
    const unsure = await link.open({ service: "viewer" }).closed;
    expect(unsure).toMatchObject({ code: "unavailable" });
    expect(unsure.message).toContain("lab-1, lab-2");
    const put = { method: "PUT", headers: { cookie }, body: JSON.stringify({ default_node: "lab-2" }) };
    expect((await fetch(`${fixture.relay.url}/api/settings`, put)).status).toBe(200);
    const { link: later } = await browserLink(fixture.relay, cookie);
    expect(new TextDecoder().decode(await next(later.open({ service: "viewer" })))).toBe("lab-2");
  });

  test("for files and http take the node's second link when it has one", async () => {
    const seen: string[] = [];
    const note = (by: string) => (incoming: IncomingChannel) => {
      seen.push(`${by} ${incoming.facts.service}`);
      incoming.accept().send(new Uint8Array([1]));
    };
    await nodeLink(fixture.relay, "lab-1", note("control"));
    await nodeLink(fixture.relay, "lab-1", note("bulk"), "node-bulk");
    const { link } = await browserLink(fixture.relay, cookie);
    await next(link.open({ service: "files" }));
    await next(link.open({ service: "viewer" }));
    expect(seen).toEqual(["bulk files", "control viewer"]);
  });

  test("are refused with a word and a sentence", async () => {
    const { link } = await browserLink(fixture.relay, cookie);
    expect(await link.open({ service: "viewer" }).closed).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("No node has connected yet"),
    });
    const node = await nodeLink(fixture.relay, "lab-1", echo);
    expect(await link.open({ service: "shell" }).closed).toMatchObject({ code: "not_found" });
    expect(await link.open({ service: "constructor" }).closed).toMatchObject({ code: "not_found" });
    expect(await link.open({ service: "viewer", node: "lab-9" }).closed).toMatchObject({ code: "not_found" });
    node.socket.terminate();
    await until(() => link.state === "up" && node.socket.readyState === WebSocket.CLOSED);
    await fetch(`${fixture.relay.url}/healthz`);
    const offline = await link.open({ service: "viewer" }).closed;
    expect(offline.message).toContain("lab-1 is offline");
  });
});

describe("a broken way", () => {
  test("resumes without loss or repetition when the node comes back", async () => {
    const node = await nodeLink(fixture.relay, "lab-1", echo);
    const { link } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "viewer" });
    const got: number[] = [];
    channel.onMessage = (message) => {
      got.push(new DataView(message.buffer, message.byteOffset).getUint32(0, true));
    };
    const send = (value: number) => {
      const message = new Uint8Array(40_000);
      new DataView(message.buffer).setUint32(0, value, true);
      channel.send(message);
    };
    for (let i = 0; i < 40; i++) send(i);
    await until(() => got.length > 3);
    node.socket.terminate();
    for (let i = 40; i < 60; i++) send(i);
    await until(() => channel.state === "broken");
    const token = fixture.relay.createToken({ kind: "node", name: "lab-1" });
    await joinLink(node.link, {
      url: `${fixture.relay.url}/node`,
      headers: { authorization: `Bearer ${token}` },
    });
    await until(() => got.length === 60);
    expect(got).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  test("resumes when the relay itself is restarted", async () => {
    const node = await nodeLink(fixture.relay, "lab-1", echo);
    const browser = await browserLink(fixture.relay, cookie);
    const channel = browser.link.open({ service: "viewer" });
    const first = next(channel);
    channel.send(new Uint8Array([1]));
    expect(await first).toEqual(new Uint8Array([1]));
    await fixture.restart();
    await Promise.all([node.closed, browser.closed]);
    const second = next(channel);
    channel.send(new Uint8Array([2]));
    const token = fixture.relay.createToken({ kind: "node", name: "lab-1" });
    await joinLink(node.link, {
      url: `${fixture.relay.url}/node`,
      headers: { authorization: `Bearer ${token}` },
    });
    await joinLink(browser.link, { url: `${fixture.relay.url}/link`, headers: { cookie } });
    expect(await second).toEqual(new Uint8Array([2]));
  });

  test("ends pixel channels, which begin anew", async () => {
    const node = await nodeLink(fixture.relay, "lab-1", echo);
    const { link } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "frames", mode: wire.Mode.PIXELS });
    await until(() => channel.state === "open");
    node.socket.terminate();
    expect(await channel.closed).toMatchObject({ code: "interrupted" });
  });

  test("a browser that leaves is told to the node", async () => {
    const opened: IncomingChannel[] = [];
    await nodeLink(fixture.relay, "lab-1", (incoming) => {
      opened.push(incoming);
      incoming.accept();
    });
    const browser = await browserLink(fixture.relay, cookie);
    browser.link.open({ service: "viewer" });
    await until(() => opened[0]?.channel.state === "open");
    browser.socket.terminate();
    await until(() => opened[0]?.channel.state === "broken");
  });

  test("a signed-out session's link is ended", async () => {
    const { closed } = await browserLink(fixture.relay, cookie);
    await fetch(`${fixture.relay.url}/api/auth/logout`, { method: "POST", headers: { cookie } });
    expect(await closed).toMatchObject({ code: 4004 });
  });
});

test("a viewer that stops reading is not waited for, and nothing piles up for it", async () => {
  const senders: Channel[] = [];
  await nodeLink(fixture.relay, "lab-1", (incoming) => {
    senders.push(incoming.accept());
  });
  const picture = new Uint8Array(300_000);
  const watch = async () => {
    const { link, socket } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "frames", mode: wire.Mode.PIXELS });
    const seen = { pictures: 0 };
    channel.onMessage = () => {
      seen.pictures += 1;
      channel.acknowledge();
    };
    await until(() => channel.state === "open");
    return { socket, seen };
  };
  const [fast, slow] = [await watch(), await watch()];
  slow.socket.pause();
  let sentToSlow = 0;
  while (fast.seen.pictures < 200) {
    for (const [i, sender] of senders.entries()) {
      if (!sender.ready()) continue;
      sender.send(picture);
      if (i === 1) sentToSlow += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sentToSlow).toBe(2);
  slow.socket.resume();
  await until(() => slow.seen.pictures === 2 && (senders[1]?.ready() ?? false));
});

describe("what is not the protocol", () => {
  test("10,000 random messages on each socket end those links alone", async () => {
    await nodeLink(fixture.relay, "lab-1", echo);
    const { link } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "viewer" });
    await until(() => channel.state === "open");
    const token = fixture.relay.createToken({ kind: "node", name: "bad" });
    const ways = [
      { url: `${fixture.relay.url}/link`, headers: { cookie } },
      { url: `${fixture.relay.url}/node`, headers: { authorization: `Bearer ${token}` } },
    ];
    let sent = 0;
    for (const { url, headers } of ways) {
      for (let left = 10_000; left > 0; ) {
        const socket = new WebSocket(url.replace(/^http/, "ws"), { headers });
        const closed = new Promise<number>((resolve) => socket.on("close", resolve));
        await new Promise((resolve) => socket.on("open", resolve));
        const hello = { protocolMin: 1, protocolMax: 1, role: "node", name: "bad" };
        socket.send(frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, hello)));
        for (let i = 0; i < 500; i++) {
          const message = randomBytes(8 + (i % 64));
          // Half of them with a header that is valid, so that what lies behind it is reached.
          if (i % 2 === 0) message.writeUInt16LE(1 + (i % 9), 4);
          if (i % 4 === 0) message.writeUInt32LE(i % 5, 0);
          socket.send(message);
          sent += 1;
          left -= 1;
        }
        expect([4001, 4002]).toContain(await closed);
      }
    }
    expect(sent).toBe(20_000);
    const answer = next(channel);
    channel.send(new Uint8Array([42]));
    expect(await answer).toEqual(new Uint8Array([42]));
  });

  test("a text message, a message before HELLO, an old peer: closed with a reason", async () => {
    const open = async (first: string | Uint8Array) => {
      const socket = new WebSocket(`${fixture.relay.url.replace(/^http/, "ws")}/link`, {
        headers: { cookie },
      });
      const closed = new Promise<{ code: number; reason: string }>((resolve) =>
        socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() })),
      );
      await new Promise((resolve) => socket.on("open", resolve));
      socket.send(first);
      return closed;
    };
    expect(await open("hello")).toMatchObject({ code: 4002 });
    expect(await open(frameMessage(1, Kind.DATA, new Uint8Array(4)))).toMatchObject({ code: 4002 });
    const old = { protocolMin: 0, protocolMax: 0, version: "0.0.1", role: "browser" };
    const refusal = await open(frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, old)));
    expect(refusal.code).toBe(4001);
    expect(refusal.reason).toContain("reload the page");
  });

  test("a browser that sends more than was granted is ended; a node loses that channel only", async () => {
    const opened: IncomingChannel[] = [];
    const node = await nodeLink(fixture.relay, "lab-1", (incoming) => {
      opened.push(incoming);
      incoming.accept();
    });
    const { link } = await browserLink(fixture.relay, cookie);
    const [first, second] = [link.open({ service: "viewer" }), link.open({ service: "viewer" })];
    let received = 0;
    // Never done with its first message, so that nothing more is granted.
    first.onMessage = () => new Promise(() => {});
    second.onMessage = () => {
      received += 1;
    };
    await until(() => opened.length === 2 && second.state === "open");
    const flood = frameMessage(0, Kind.DATA, new Uint8Array(65_536), DataFlag.END);
    // The relay numbers a node's channels from 2 upwards.
    new DataView(flood.buffer).setUint32(0, 2, true);
    for (let i = 0; i < 40; i++) node.socket.send(flood);
    expect(await first.closed).toMatchObject({ code: "protocol" });
    opened[1]?.channel.send(new Uint8Array([1]));
    await until(() => received === 1);

    const bad = await browserLink(fixture.relay, cookie);
    const open = { service: "viewer", key: randomBytes(16), window: 1024 };
    bad.socket.send(frameMessage(9, Kind.OPEN, encodeMessage(wire.Open, open)));
    await until(() => opened.length === 3);
    new DataView(flood.buffer).setUint32(0, 9, true);
    for (let i = 0; i < 40; i++) bad.socket.send(flood);
    expect(await bad.closed).toMatchObject({ code: 4002 });
  });

  test("a node that sends a third picture unacknowledged loses that channel", async () => {
    const opened: IncomingChannel[] = [];
    const node = await nodeLink(fixture.relay, "lab-1", (incoming) => {
      opened.push(incoming);
      incoming.accept();
    });
    const { link } = await browserLink(fixture.relay, cookie);
    const channel = link.open({ service: "frames", mode: wire.Mode.PIXELS });
    await until(() => channel.state === "open");
    const picture = frameMessage(2, Kind.DATA, new Uint8Array(100), DataFlag.END);
    for (let i = 0; i < 3; i++) node.socket.send(picture);
    expect(await channel.closed).toMatchObject({ code: "protocol" });
  });

  test("a node's token is for the name it was made for", async () => {
    const token = fixture.relay.createToken({ kind: "node", name: "lab-1" });
    const socket = new WebSocket(`${fixture.relay.url.replace(/^http/, "ws")}/node`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    await new Promise((resolve) => socket.on("open", resolve));
    const hello = { protocolMin: 1, protocolMax: 1, role: "node", name: "lab-2" };
    socket.send(frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, hello)));
    expect(await closed).toBe(4001);
  });
});

test("who may not, does not connect", async () => {
  const status = (path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const socket = new WebSocket(`${fixture.relay.url.replace(/^http/, "ws")}${path}`, { headers });
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("open", () => reject(new Error("it connected")));
      socket.on("error", () => {});
    });
  expect(await status("/link", {})).toBe(401);
  expect(await status("/link", { cookie: "eyepiece_session=guess" })).toBe(401);
  expect(await status("/link", { cookie, origin: "http://evil.example" })).toBe(403);
  expect(await status("/link", { authorization: "Bearer guess" })).toBe(401);
  expect(await status("/node", { authorization: "Bearer guess" })).toBe(401);
  const api = fixture.relay.createToken({ kind: "api", name: "script" });
  expect(await status("/node", { authorization: `Bearer ${api}` })).toBe(401);
});
