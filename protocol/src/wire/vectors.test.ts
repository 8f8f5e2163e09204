/** Bytes that any implementation of the wire must write and read; `protocol/vectors/wire.json` holds them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { decodeFrame, encodeFrame } from "../viewer/frame.ts";
import { DataFlag, encodeCredit, frameMessage, Kind, PingFlag, payloadOf, readHeader } from "./header.ts";
import { decodeMessage, encodeMessage, wire } from "./messages.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const vectors = JSON.parse(readFileSync(here("../../vectors/wire.json"), "utf8")) as Record<string, string>;

const key = Uint8Array.from({ length: 16 }, (_, i) => i);
const identity = { userId: "u1", name: "Ada", role: "user", rights: ["view", "edit"], scope: "" };
const hello = {
  protocolMin: 1,
  protocolMax: 1,
  version: "0.1.0",
  role: "node",
  name: "lab-1",
  features: [],
  node: { adapter: "llvmpipe", adapterKind: "software", encoder: "libx264", services: ["viewer"] },
};
const open = {
  service: "viewer",
  node: "lab-1",
  mode: 0,
  key,
  params: new Uint8Array([1, 2]),
  identity,
  window: 1048576,
};
const resume = {
  key,
  received: 4294967296,
  service: "viewer",
  node: "",
  identity,
  params: new Uint8Array(),
  window: 4296015872,
};
const frame = {
  frame: 7,
  inputId: 6,
  key: true,
  codec: "avc1.42c01f",
  width: 1280,
  height: 720,
  pose: { zoom: 2 },
};

const messages: Record<string, Uint8Array> = {
  hello: frameMessage(0, Kind.HELLO, encodeMessage(wire.Hello, hello)),
  open: frameMessage(1, Kind.OPEN, encodeMessage(wire.Open, open)),
  accept: frameMessage(
    1,
    Kind.ACCEPT,
    encodeMessage(wire.Accept, { window: 1048576, params: new Uint8Array([9]) }),
  ),
  reject: frameMessage(1, Kind.REJECT, encodeMessage(wire.Reject, { code: "forbidden", message: "No." })),
  data: frameMessage(0x01020304, Kind.DATA, new Uint8Array([0xde, 0xad]), DataFlag.END),
  credit: frameMessage(1, Kind.CREDIT, encodeCredit({ received: 2 ** 40 + 1, limit: 2 ** 53 - 1 })),
  resume: frameMessage(2, Kind.RESUME, encodeMessage(wire.Resume, resume)),
  close: frameMessage(1, Kind.CLOSE, encodeMessage(wire.Close, { code: "done", message: "" })),
  ping: frameMessage(0, Kind.PING, new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0])),
  pong: frameMessage(0, Kind.PING, new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]), PingFlag.ANSWER),
  frame: encodeFrame(frame, new Uint8Array([0, 0, 0, 1, 0x67])),
};

describe("test vectors", () => {
  test.each(Object.entries(messages))("%s is written as ever", (name, message) => {
    expect(Buffer.from(message).toString("hex")).toBe(vectors[name]);
  });

  test("are all known", () => {
    expect(Object.keys(vectors).sort()).toEqual(Object.keys(messages).sort());
  });

  test("are read back", () => {
    const read = (name: string) => new Uint8Array(Buffer.from(vectors[name] ?? "", "hex"));
    expect(readHeader(read("data"))).toEqual({ channel: 0x01020304, kind: Kind.DATA, flags: 1 });
    expect(decodeMessage(wire.Resume, payloadOf(read("resume")))).toMatchObject({
      received: 4294967296,
      window: 4296015872,
    });
    expect(decodeMessage(wire.Open, payloadOf(read("open"))).identity).toMatchObject(identity);
    expect(decodeMessage(wire.Hello, payloadOf(read("hello"))).node).toMatchObject({ encoder: "libx264" });
    expect(decodeFrame(read("frame"))).toMatchObject({
      head: { codec: "avc1.42c01f" },
      picture: new Uint8Array([0, 0, 0, 1, 0x67]),
    });
  });
});

test("the generated code is what the .proto files make", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-proto-"));
  try {
    execFileSync(process.execPath, [here("../../scripts/generate.mjs"), folder]);
    for (const name of ["messages.js", "messages.d.ts"]) {
      expect(readFileSync(join(folder, name), "utf8")).toBe(
        readFileSync(here(`../generated/${name}`), "utf8"),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
