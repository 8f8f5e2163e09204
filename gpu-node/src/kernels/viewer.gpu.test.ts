/** `eyepiece.Viewer` in a cell: a real kernel, a real session, nothing between them but the node's socket. */
import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionManager } from "../sessions/manager.ts";
import { ALICE, type TestPage } from "./testing/kernels.ts";
import { type TestViewers, testViewers } from "./testing/viewers.ts";

let sessions: SessionManager;
let viewers: TestViewers;
let page: TestPage;
beforeAll(async () => {
  viewers = testViewers();
  ({ sessions } = viewers);
  page = viewers.node.page({ notebook: "n1" });
  await page.run("import eyepiece, numpy as np, os", "warm-up", 240_000);
}, 300_000);
afterAll(async () => {
  await viewers.end();
});

let made = 0;
async function cell(code: string): Promise<string> {
  const execution = `v-${++made}`;
  await page.run(code, execution, 60_000);
  return page.text(execution);
}

const alice = { userId: "alice", name: "", role: "user", rights: [...ALICE.rights] };

test("shows an array in a session of the notebook's owner, and changes it from a cell", async () => {
  const text = await cell(
    `viewer = eyepiece.Viewer("cells")
layer = viewer.add_image(np.arange(60 * 70 * 80, dtype=np.float32).reshape(60, 70, 80), name="ramp", colormap="magma", gamma=0.5)
viewer`,
  );
  expect(text).toBe("<Viewer 'cells' with 1 layers>\n");
  const shown = page.outputs.get(`v-${made}`)?.find((item) => item.op === "result");
  const data = shown?.op === "result" ? shown.data : {};
  const [session] = sessions.list(alice);
  expect(data["application/vnd.eyepiece.viewer+json"]).toEqual({ session: session?.session, title: "cells" });
  // The picture is not the kernel's business: it is the session's own, and comes when the cell is over.
  expect(data["image/png"]).toBeUndefined();
  expect(session?.title).toBe("cells");
  expect(sessions.list({ ...alice, userId: "bob" })).toEqual([]);
  expect(await cell("layer.opacity = 0.25; layer.opacity")).toBe("0.25\n");
  expect(await cell("layer.colormap = 'no such'")).toContain("There is no colormap named no such");
  expect(await cell("layer.color = 1")).toContain("A layer has no property color");
  await expect.poll(() => sessions.list(alice)[0]?.layers).toEqual(["ramp"]);
  // The array is counted among what the kernel holds.
  const held = () => page.events.findLast((event) => event.type === "kernel")?.array_bytes ?? 0;
  await page.until(() => held() > 60 * 70 * 80 * 4);
});

test("reads large arrays from their file, and removes the files with the session", async () => {
  await cell("big = viewer.add_image(np.full((40, 1024, 1024), 9, np.uint8), name='big')");
  await expect.poll(() => sessions.list(alice)[0]?.layers).toEqual(["ramp", "big"]);
  const folder = (await cell("print(os.environ['EYEPIECE_ARRAYS'])")).trim();
  expect(readdirSync(folder)).toHaveLength(2);
  await cell("big.remove()");
  await expect.poll(() => sessions.list(alice)[0]?.layers).toEqual(["ramp"]);
  // Code that takes a layer out means it: the memory is free at once.
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
  expect(await cell("len(viewer.layers)")).toBe("1\n");
  await sessions.remove(sessions.list(alice)[0]?.session ?? "", alice);
  expect(existsSync(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test("takes pictures as arrays, in the size of choice", async () => {
  const code = `
shot = eyepiece.Viewer("shot")
plane = np.zeros((64, 64), np.uint8); plane[:, 32:] = 255
shot.add_image(plane, colormap="red", name="half")
picture = shot.screenshot(size=(90, 160))
print(picture.shape, picture.dtype, picture[45, 60].tolist(), picture[45, 100].tolist(), picture.flags.writeable)
print(shot.screenshot().shape)`;
  expect(await cell(code)).toBe("(90, 160, 4) uint8 [0, 0, 0, 255] [255, 0, 0, 255] True\n(720, 1280, 4)\n");
  expect(await cell("shot.screenshot(size=(70_000, 10))")).toContain(
    "from 1 to 65536 pixels a side, not 70000 x 10",
  );
  expect(await cell("shot.screenshot(canvas_only=False)")).toContain("no window around the canvas");
});

test("opens nothing but the kernel's own arrays, and no session of others", async () => {
  sessions.create("of bob", "bob", "of-bob");
  const tries = `
import json, socket
def ask(**request):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(os.environ["EYEPIECE_NODE_SOCKET"])
    file = connection.makefile("rw")
    file.write(json.dumps(request) + "\\n"); file.flush()
    return file.readline().strip()
own = eyepiece.Viewer("own").session
print(ask(op="add", session="of-bob", file="of-bob-x.npy", look={}))
print(ask(op="add", session=own, file="../" + own + "-x.npy", look={}))
print(ask(op="add", session=own, file="other-x.npy", look={}))
os.symlink("/proc/self/environ", os.environ["EYEPIECE_ARRAYS"] + "/" + own + "-link.npy")
print(ask(op="add", session=own, file=own + "-link.npy", look={}))
print(ask(op="nothing"))`;
  const lines = (await cell(tries)).trim().split("\n");
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^\{"error":"/);
});
