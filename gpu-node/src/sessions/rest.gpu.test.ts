/** A real session's process: it rests when nobody looks, and comes back with its scene. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeMessage, viewer } from "@eyepiece/protocol/wire/messages.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { samples } from "../services/samples.ts";
import { GpuLedger } from "./ledger.ts";
import { SessionManager } from "./manager.ts";
import { SessionProcess, type SessionState } from "./session-process.ts";

let folder = "";
let session: SessionProcess;
const states: SessionState[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-rest-"));
  states.length = 0;
  session = new SessionProcess({
    id: "rest",
    folder,
    title: () => "rest",
    settings: () => ({
      roots: [samples().folder],
      allowedHosts: [],
      environments: "",
      memoryBytes: 256 * 1024 * 1024,
      gpuBytes: 128 * 1024 * 1024,
      notice: "No room elsewhere.",
    }),
    environment: () => process.env,
    idleMs: 200,
    onSummary: () => {},
    onReleased: () => {},
    onState: (state) => states.push(state),
    log: () => {},
  });
});
afterEach(async () => {
  await session.end();
  rmSync(folder, { recursive: true, force: true });
});

const until = async (state: SessionState) => {
  while (session.state !== state) await new Promise((done) => setTimeout(done, 20));
};

test("a session without views ends its process and comes back on demand, with its layers", async () => {
  expect(await session.open(samples().welcome)).toHaveLength(1);
  const first = session.pid;
  await until("resting");
  expect(session.pid).toBeUndefined();
  const notices: string[] = [];
  const welcome = new Promise<string>((resolve) => {
    session.join("tab", {
      caller: { userId: "o", name: "", role: "owner", rights: ["view"] },
      hardwareEncoder: false,
      brick: () => {},
      bricksPending: () => 0,
      picture: () => {},
      event: (bytes) => {
        const event = decodeMessage(viewer.ViewerEvent, bytes);
        if (event.notice?.text) notices.push(event.notice.text);
        if (event.welcome) resolve(event.welcome.sceneJson ?? "");
      },
    });
  });
  const scene = JSON.parse(await welcome) as { layers: { name: string }[] };
  expect(scene.layers.map((layer) => layer.name)).toEqual(["colin27_brain"]);
  expect(session.pid).not.toBe(first);
  expect(states).toEqual(["starting", "running", "resting", "starting", "running"]);
  while (notices.length === 0) await new Promise((done) => setTimeout(done, 20));
  expect(notices).toEqual(["No room elsewhere."]);
});

test("where the GPU has no room, a session draws on the CPU, and gives its place back", async () => {
  const ledger = new GpuLedger([
    { id: "gpu0", name: "a full GPU", bytes: 10, encoders: 1 },
    { id: "cpu", name: "the CPU", bytes: 1 << 30, encoders: 0 },
  ]);
  const manager = new SessionManager({
    folder: join(folder, "sessions"),
    settings: {
      roots: [samples().folder],
      allowedHosts: [],
      environments: "",
      memoryBytes: 256 * 1024 * 1024,
      gpuBytes: 128 * 1024 * 1024,
      notice: "",
    },
    adapters: [
      { device: "gpu0", environment: process.env },
      { device: "cpu", environment: process.env },
    ],
    ledger,
    idleMs: 200,
    log: () => {},
  });
  const held = () => ledger.report().map((device) => device.reservations.map((one) => one.holder));
  try {
    manager.create("elsewhere", "", "s1");
    expect(await manager.open("s1", samples().welcome)).toHaveLength(1);
    expect(held()).toEqual([[], ["session s1"]]);
    while (held().flat().length > 0) await new Promise((done) => setTimeout(done, 20));
  } finally {
    await manager.close();
  }
});

test("bad data are told, and the session lives", async () => {
  await expect(session.open("/etc/passwd.png")).rejects.toThrow(/There is no \/etc\/passwd\.png/);
  expect(await session.open(samples().welcome)).toHaveLength(1);
});
