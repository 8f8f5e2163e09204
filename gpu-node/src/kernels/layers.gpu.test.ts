/** All layers from Python, as a person's script makes them: a real kernel, a real session. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GpuLedger } from "../sessions/ledger.ts";
import { SessionManager } from "../sessions/manager.ts";
import { TestNode, type TestPage } from "./testing/kernels.ts";
import { kernelViewers } from "./viewer-requests.ts";

let data: string;
let node: TestNode;
let sessions: SessionManager;
let page: TestPage;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "eyepiece-layers-"));
  mkdirSync(join(data, "in"));
  node = new TestNode({ roots: [data], viewers: kernelViewers(() => sessions) });
  sessions = new SessionManager({
    folder: join(node.folder, "sessions"),
    settings: {
      roots: [data],
      allowedHosts: [],
      environments: "",
      memoryBytes: 1 << 28,
      gpuBytes: 1 << 27,
      notice: "",
    },
    adapters: [{ device: "gpu0", environment: process.env }],
    ledger: new GpuLedger([{ id: "gpu0", name: "a GPU", bytes: 2 ** 32, encoders: 2 }]),
    idleMs: 60_000,
    log: () => {},
  });
  page = node.page({ notebook: "n1" });
  await page.run("import eyepiece, numpy as np, os, time", "warm-up", 240_000);
}, 300_000);
afterAll(async () => {
  await sessions.close();
  await node.end();
  rmSync(data, { recursive: true, force: true });
});

let made = 0;
async function cell(code: string): Promise<string> {
  const execution = `l-${++made}`;
  await page.run(code, execution, 120_000);
  return page.text(execution);
}

test("shows points in their colours and sizes, and changes them", async () => {
  const code = `
viewer = eyepiece.Viewer("points")
points = viewer.add_points([[0, 0], [0, 100], [100, 0], [100, 100]], size=[20, 20, 20, 40], symbol="s", border_width=0,
    face_color=["red", "lime", "#0000ff", (1, 1, 0)], features={"score": [0.0, 1.0, 2.0, 3.0], "kind": list("abab")})
shot = viewer.screenshot(size=(240, 240))
found = {tuple(int(c) for c in pixel[:3]): int(n) for pixel, n in zip(*np.unique(shot.reshape(-1, 4), axis=0, return_counts=True))}
areas = [found.get(color, 0) for color in [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]]
print(shot.shape, [round(area / areas[0]) for area in areas[:3]], 3.5 < areas[3] / areas[0] < 5, areas[0] > 200)
print(points.size.tolist(), points.symbol.tolist(), points.data.shape, points.features["kind"].tolist())`;
  expect(await cell(code)).toBe(
    "(240, 240, 4) [1, 1, 1] True True\n[20.0, 20.0, 20.0, 40.0] ['square', 'square', 'square', 'square'] (4, 2) ['a', 'b', 'a', 'b']\n",
  );
});
