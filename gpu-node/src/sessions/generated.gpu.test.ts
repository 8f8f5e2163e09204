/** A real session's process over terabytes that are generated: opened, scrubbed, seen, within budgets that it tells and takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Scene, View } from "@eyepiece/protocol/scene/schema.ts";
import { decodeFrame } from "@eyepiece/protocol/viewer/frame.ts";
import { poseOf } from "@eyepiece/protocol/viewer/pose.ts";
import { decodeMessage, encodeMessage, type eyepiece, viewer } from "@eyepiece/protocol/wire/messages.ts";
import * as v from "valibot";
import { expect, test } from "vitest";
import { samples } from "../services/samples.ts";
import { SessionProcess } from "./session-process.ts";

type Held = eyepiece.viewer.Held.$Properties;
const MiB = 1024 * 1024;

test("terabytes are opened and scrubbed, within budgets", async () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-generated-"));
  const session = new SessionProcess({
    id: "big",
    folder,
    title: () => "big",
    settings: () => ({
      roots: [samples().folder],
      allowedHosts: [],
      environments: "",
      memoryBytes: 128 * MiB,
      gpuBytes: 128 * MiB,
      notice: "",
    }),
    environment: () => process.env,
    idleMs: 60_000,
    onSummary: () => {},
    onReleased: () => {},
    onState: () => {},
    log: () => {},
  });
  try {
    expect(samples().list.map(({ uri }) => uri)).toContain("generated:terabytes");
    expect(await session.open("generated:terabytes")).toHaveLength(3);
    const held: Held[] = [];
    let scene: Scene | undefined;
    let view: View | undefined;
    let acknowledged = 0;
    const shown = new Map<number, boolean>();
    session.join("tab", {
      caller: { userId: "o", name: "", role: "owner", rights: ["view", "edit"] },
      hardwareEncoder: false,
      brick: () => {},
      bricksPending: () => 0,
      picture: (bytes) => {
        const { head } = decodeFrame(bytes);
        const z = Math.round(Number(head.pose?.point?.[1]));
        if (head.exact) shown.set(z, true);
        else if (!shown.has(z)) shown.set(z, false);
        acknowledged += 1;
        session.pixels("tab", true, acknowledged);
      },
      event: (bytes) => {
        const event = decodeMessage(viewer.ViewerEvent, bytes);
        if (event.welcome?.sceneJson) {
          scene = v.parse(Scene, JSON.parse(event.welcome.sceneJson));
          view = v.parse(View, JSON.parse(event.welcome.viewJson ?? ""));
        }
        if (event.held) held.push(event.held);
      },
    });
    session.pixels("tab", true, 0);
    const until = async (what: () => boolean): Promise<void> => {
      while (!what()) await new Promise((done) => setTimeout(done, 20));
    };
    await until(() => view !== undefined);
    expect(scene?.layers.map(({ name }) => name)).toEqual(["terabytes 0", "terabytes 1", "terabytes 2"]);
    const canvas = { width: 320, height: 180, pixelRatio: 1 };
    const send = (request: eyepiece.viewer.ViewerRequest.$Properties): void =>
      session.request("tab", encodeMessage(viewer.ViewerRequest, request));
    const go = (z: number, moving: boolean): void => {
      if (view === undefined) return;
      const camera = {
        ...view.camera,
        zoom: 0.0026,
        center: [0, 32_768, 32_768] as [number, number, number],
      };
      const point = view.dims.point.map((value, axis) => (axis === 1 ? z : value));
      const pose = poseOf({ ...view, camera, dims: { ...view.dims, ndisplay: 2, point } }, canvas);
      send({ input: { inputId: z, pose, moving, visible: true, gridJson: "", chosen: true } });
    };
    for (let z = 100; z < 130; z++) {
      go(z, true);
      await new Promise((done) => setTimeout(done, 30));
    }
    go(130, false);
    await until(() => shown.get(130) === true);
    expect(shown.size).toBeGreaterThan(3);
    expect(held.length).toBeGreaterThan(0);
    for (const one of held) {
      expect(one.memory).toBeLessThanOrEqual(128 * MiB);
      expect(one.gpu).toBeLessThanOrEqual(128 * MiB);
    }
    // A smaller budget is taken at once; more than the node gave is not.
    held.length = 0;
    send({ id: 9, budget: { memory: 40 * MiB, gpu: 4096 * MiB } });
    await until(() => held.length > 0);
    expect(held[0]).toMatchObject({ memoryAllowed: 40 * MiB, gpuAllowed: 128 * MiB });
    expect(held[0]?.memory).toBeLessThanOrEqual(40 * MiB);
  } finally {
    await session.end();
    rmSync(folder, { recursive: true, force: true });
  }
});
