/**
 * What the relay adds: forwarded bytes and messages a second, latency against a direct connection, memory of 1,000 idle
 * viewers. `node bench/relay.ts [--json]`. Relay, sender and receiver are processes of their own; messages are raw.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import {
  DataFlag,
  decodeCredit,
  encodeCredit,
  frameMessage,
  Kind,
  payloadOf,
  readHeader,
} from "@eyepiece/protocol/wire/header.ts";
import { decodeMessage, encodeMessage, wire } from "@eyepiece/protocol/wire/messages.ts";
import { CHANNEL_WINDOW } from "@eyepiece/protocol/wire/reliable.ts";
import WebSocket, { WebSocketServer } from "ws";
import { RelayProcess } from "../gpu-node/src/link/relay-process.ts";
import { cpuSeconds, machine, median, quantile, residentBytes } from "./machine.ts";

/** Runs of each measurement; medians are reported and all runs kept. */
const RUNS = 5;
const SECONDS = 2;
const PROBES = 3000;

interface Connected {
  readonly socket: WebSocket;
  readonly send: (kind: Kind, channel: number, payload: Uint8Array, flags?: number) => void;
}

async function connect(url: string, token: string, hello: object): Promise<Connected> {
  const socket = new WebSocket(url, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  });
  const send: Connected["send"] = (kind, channel, payload, flags = 0) =>
    socket.send(frameMessage(channel, kind, payload, flags));
  await once(socket, "open");
  const greeted = once(socket, "message");
  send(Kind.HELLO, 0, encodeMessage(wire.Hello, { protocolMin: 1, protocolMax: 1, ...hello }));
  await greeted;
  return { socket, send };
}

const nodeSide = (url: string, token: string) =>
  connect(`${url.replace("http", "ws")}/node`, token, { role: "node", name: "lab-1" });
const browserSide = (url: string, token: string) =>
  connect(`${url.replace("http", "ws")}/link`, token, { role: "browser" });
const open = (window = CHANNEL_WINDOW) =>
  encodeMessage(wire.Open, { service: "viewer", key: randomBytes(16), window });

/** In a process of its own: a node that floods each channel with messages of `size`, or sends everything back. */
async function beNode(url: string, token: string, size: number): Promise<void> {
  const { socket, send } = await nodeSide(url, token);
  const payload = new Uint8Array(size);
  const room = new Map<number, { sent: number; limit: number }>();
  let echoed = 0;
  const flood = (channel: number): void => {
    const flow = room.get(channel);
    if (!flow) return;
    while (flow.sent + size <= flow.limit) {
      send(Kind.DATA, channel, payload, DataFlag.END);
      flow.sent += size;
    }
  };
  socket.on("message", (message: Buffer) => {
    const { kind, channel } = readHeader(message);
    if (kind === Kind.OPEN) {
      send(Kind.ACCEPT, channel, encodeMessage(wire.Accept, { window: CHANNEL_WINDOW }));
      const { window } = decodeMessage(wire.Open, payloadOf(message));
      if (size > 0) room.set(channel, { sent: 0, limit: window });
      flood(channel);
    } else if (kind === Kind.CREDIT) {
      const flow = room.get(channel);
      if (flow) flow.limit = decodeCredit(payloadOf(message)).limit;
      flood(channel);
    } else if (kind === Kind.DATA) {
      const bytes = payloadOf(message);
      echoed += bytes.byteLength;
      if (echoed % (256 * 1024) === 0) {
        send(Kind.CREDIT, channel, encodeCredit({ received: echoed, limit: echoed + CHANNEL_WINDOW }));
      }
      send(Kind.DATA, channel, bytes, DataFlag.END);
    }
  });
  process.send?.("ready");
}

/** Bytes and messages a second that arrive through the relay, and the relay's share of a core meanwhile. */
async function throughput(size: number): Promise<{ bytes: number; messages: number; core: number }> {
  const relay = new RelayProcess();
  const facts = await relay.start();
  const node = await startNode(facts.url, facts.nodeToken, size);
  const { socket, send } = await browserSide(facts.url, facts.apiToken);
  const received = new Map<number, { got: number; told: number }>();
  let bytes = 0;
  let messages = 0;
  socket.on("message", (message: Buffer) => {
    if (message.readUInt16LE(4) !== Kind.DATA) return;
    const channel = message.readUInt32LE(0);
    bytes += message.byteLength - 8;
    messages += 1;
    const flow = received.get(channel);
    if (!flow) return;
    flow.got += message.byteLength - 8;
    if (flow.got - flow.told < CHANNEL_WINDOW / 4) return;
    flow.told = flow.got;
    send(Kind.CREDIT, channel, encodeCredit({ received: flow.got, limit: flow.got + CHANNEL_WINDOW }));
  });
  for (let channel = 1; channel <= 8; channel++) {
    received.set(channel, { got: 0, told: 0 });
    send(Kind.OPEN, channel, open());
  }
  await sleep(300);
  [bytes, messages] = [0, 0];
  const [started, cpu] = [performance.now(), cpuSeconds(relay.pid)];
  await sleep(SECONDS * 1000);
  const seconds = (performance.now() - started) / 1000;
  const core = (cpuSeconds(relay.pid) - cpu) / seconds;
  socket.terminate();
  node.kill();
  await relay.close();
  return { bytes: bytes / seconds, messages: messages / seconds, core };
}

/** Round trips of 1 KiB in milliseconds, through the relay and direct to an echo server. */
async function latency(): Promise<{ relayed: number[]; direct: number[] }> {
  const relay = new RelayProcess();
  const facts = await relay.start();
  const node = await startNode(facts.url, facts.nodeToken, 0);
  const { socket, send } = await browserSide(facts.url, facts.apiToken);
  const accepted = once(socket, "message");
  send(Kind.OPEN, 1, open());
  await accepted;
  let offset = 0;
  const relayed = await probes(socket, () => {
    offset += 1024;
    if (offset % (256 * 1024) === 0) {
      send(Kind.CREDIT, 1, encodeCredit({ received: offset - 1024, limit: offset - 1024 + CHANNEL_WINDOW }));
    }
    send(Kind.DATA, 1, new Uint8Array(1024), DataFlag.END);
  });
  socket.terminate();
  node.kill();
  await relay.close();

  const echo = fork(fileURLToPath(import.meta.url), ["echo"]);
  const [port] = (await once(echo, "message")) as [number];
  const plain = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(plain, "open");
  const direct = await probes(plain, () => plain.send(new Uint8Array(1032)));
  plain.terminate();
  echo.kill();
  return { relayed, direct };
}

async function probes(socket: WebSocket, send: () => void): Promise<number[]> {
  const times: number[] = [];
  let started = 0;
  const all = new Promise<void>((resolve) => {
    socket.on("message", (message: Buffer) => {
      if (message.byteLength < 1024) return;
      times.push(performance.now() - started);
      if (times.length === PROBES) resolve();
      else
        setImmediate(() => {
          started = performance.now();
          send();
        });
    });
  });
  started = performance.now();
  send();
  await all;
  return times.slice(PROBES / 10).sort((a, b) => a - b);
}

/** Resident memory of a relay with 1,000 viewers that have three channels each and do nothing, in MB. */
async function idleViewers(count: number): Promise<{ before: number; after: number; idleCore: number }> {
  const relay = new RelayProcess();
  const facts = await relay.start();
  const node = await startNode(facts.url, facts.nodeToken, 0);
  const before = residentBytes(relay.pid) / 1e6;
  const sockets: WebSocket[] = [];
  for (let i = 0; i < count; i++) {
    const { socket, send } = await browserSide(facts.url, facts.apiToken);
    sockets.push(socket);
    for (let channel = 1; channel <= 3; channel++) send(Kind.OPEN, channel, open());
  }
  await sleep(1000);
  const cpu = cpuSeconds(relay.pid);
  await sleep(2000);
  const idleCore = (cpuSeconds(relay.pid) - cpu) / 2;
  const after = residentBytes(relay.pid) / 1e6;
  for (const socket of sockets) socket.terminate();
  node.kill();
  await relay.close();
  return { before, after, idleCore };
}

async function startNode(url: string, token: string, size: number): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), ["node", url, token, String(size)]);
  await once(child, "message");
  return child;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(): Promise<void> {
  // What else ran: on a busy machine only the figures for each second of the relay's own core mean much.
  const load = loadavg()[0];
  const large: Awaited<ReturnType<typeof throughput>>[] = [];
  const small: typeof large = [];
  for (let run = 0; run < RUNS; run++) {
    large.push(await throughput(65_536));
    small.push(await throughput(64));
  }
  const { relayed, direct } = await latency();
  const idle = await idleViewers(1000);
  const result = {
    machine: { ...machine(), load_before: load },
    gigabytes_per_second: median(large.map(({ bytes }) => bytes)) / 1e9,
    gigabytes_per_second_and_core: median(large.map(({ bytes, core }) => bytes / core)) / 1e9,
    messages_per_second: median(small.map(({ messages }) => messages)),
    messages_per_second_and_core: median(small.map(({ messages, core }) => messages / core)),
    added_ms: {
      p50: quantile(relayed, 0.5) - quantile(direct, 0.5),
      p99: quantile(relayed, 0.99) - quantile(direct, 0.99),
    },
    round_trip_ms: {
      relayed: { p50: quantile(relayed, 0.5), p99: quantile(relayed, 0.99) },
      direct: { p50: quantile(direct, 0.5), p99: quantile(direct, 0.99) },
    },
    idle_viewers: {
      count: 1000,
      resident_mb: idle.after,
      resident_mb_without: idle.before,
      core: idle.idleCore,
    },
    runs: { large, small },
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(result, undefined, 1));
  else {
    const { runs: _, ...short } = result;
    console.log(short);
  }
}

const [role, url = "", token = "", size = "0"] = process.argv.slice(2);
if (role === "node") await beNode(url, token, Number(size));
else if (role === "echo") {
  const server = createServer().listen(0, "127.0.0.1");
  new WebSocketServer({ server }).on("connection", (socket) => {
    socket.on("message", (data: Buffer) => socket.send(data));
  });
  await once(server, "listening");
  const address = server.address();
  if (address && typeof address === "object") process.send?.(address.port);
} else await main();
