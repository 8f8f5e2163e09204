/** Arrays that stay where they are: computed by the kernel chunk by chunk while somebody looks, or read from their own folder. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionManager } from "../sessions/manager.ts";
import { ALICE, type TestPage } from "./testing/kernels.ts";
import { type TestViewers, testViewers } from "./testing/viewers.ts";

const alice = { userId: "alice", name: "", role: "user", rights: [...ALICE.rights] };
let data: string;
let sessions: SessionManager;
let viewers: TestViewers;
let page: TestPage;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "eyepiece-data-"));
  viewers = testViewers([data]);
  ({ sessions } = viewers);
  page = viewers.node.page({ notebook: "lazy" });
  await page.run("import eyepiece, numpy as np, os, time", "warm-up", 240_000);
  await cell(LAZY);
}, 300_000);
afterAll(async () => {
  await viewers.end();
  rmSync(data, { recursive: true, force: true });
});

let made = 0;
async function cell(code: string): Promise<string> {
  const execution = `l-${++made}`;
  await page.run(code, execution, 60_000);
  return page.text(execution);
}

/** What Dask's arrays are to a viewer, with a count of what was computed; `brightness` says which plane a voxel is in. */
const LAZY = `
class Lazy:
    def __init__(self, shape, chunks, dtype="uint8"):
        self.shape, self.dtype, self.computed = shape, np.dtype(dtype), []
        self.chunks = tuple((size,) * (whole // size) for size, whole in zip(chunks, shape))
    ndim = property(lambda self: len(self.shape))
    def __getitem__(self, where):
        self.computed.append(tuple(span.start // sizes[0] for span, sizes in zip(where, self.chunks)))
        planes = np.arange(where[0].start, where[0].stop) % 256
        block = planes.reshape(-1, *[1] * (self.ndim - 1)).astype(self.dtype)
        return np.broadcast_to(block, [span.stop - span.start for span in where])
`;

test("shows the first slice of 10 GB at once, and computes no other chunk", async () => {
  const shown = await cell(`
large = Lazy((2560, 2000, 2000), (16, 1000, 1000))
viewer = eyepiece.Viewer("large")
layer = viewer.add_image(large, name="lazy", contrast_limits=[0, 255])
picture = viewer.screenshot(size=(72, 128))
print(picture[36, 64].tolist(), sorted(set(large.computed)), len(large.computed))`);
  const plane = 1279 % 256;
  // Half of 160 x 16 planes: the four chunks of the slab that is shown, each computed once.
  expect(shown).toBe(
    `[${plane}, ${plane}, ${plane}, 255] [(79, 0, 0), (79, 0, 1), (79, 1, 0), (79, 1, 1)] 4\n`,
  );
  expect(await cell("layer.opacity = 0.5; viewer.screenshot(size=(72, 128)); len(large.computed)")).toBe(
    "4\n",
  );
});

test("answers while a cell runs", async () => {
  const session = sessions.list(alice)[0]?.session ?? "";
  await cell(`
late = eyepiece.Viewer("late")
slow = Lazy((64, 128, 128), (8, 128, 128), "uint16")
late.add_image(slow, name="slow", contrast_limits=[0, 64])`);
  const own = sessions.list(alice).find(({ title }) => title === "late")?.session ?? "";
  expect(own).not.toBe(session);
  const busy = page.run("time.sleep(60)", "busy", 60_000);
  await page.until(() => page.executions.get("busy")?.state === "running");
  const { bytes } = await sessions.picture(own, { width: 64, height: 64, format: "rgba" });
  expect(page.executions.get("busy")?.state).toBe("running");
  // Plane 31 of 64, over contrast limits up to 64.
  const middle = (32 * 64 + 32) * 4;
  expect(bytes[middle]).toBeGreaterThan(110);
  expect(bytes[middle]).toBeLessThan(140);
  await page.ask({ type: "interrupt" });
  await busy;
  expect(Number(await cell("len(slow.computed)"))).toBeGreaterThanOrEqual(1);
});

test("tells what a chunk's code raised, and goes on with other chunks", async () => {
  const text = await cell(`
class Broken(Lazy):
    def __getitem__(self, where):
        if where[0].start < 8: raise ValueError("no signal")
        return super().__getitem__(where)
broken = eyepiece.Viewer("broken")
try: broken.add_image(Broken((16, 64, 64), (8, 64, 64), "uint16"), name="b")
except ValueError as error: print("limits:", error)
broken.add_image(Broken((16, 64, 64), (8, 64, 64), "uint16"), name="b", contrast_limits=[0, 16])
print(broken.screenshot(size=(32, 32))[16, 16].tolist())`);
  expect(text).toBe("limits: no signal\n[0, 0, 0, 255]\n");
});

test("keeps what was loaded when the kernel is gone, and lets files go with the viewer", async () => {
  const folder = (await cell("print(os.environ['EYEPIECE_ARRAYS'])")).trim();
  await cell("v2 = eyepiece.Viewer('gone'); v2.add_image(Lazy((32, 64, 64), (4, 64, 64)), name='x')");
  const session = sessions.list(alice).find(({ title }) => title === "gone")?.session ?? "";
  const look = { width: 64, height: 64, format: "rgba" } as const;
  const before = await sessions.picture(session, look);
  await page.ask({ type: "restart" });
  await page.until(() => page.state === "idle", 30_000);
  const after = await sessions.picture(session, look);
  expect(Buffer.compare(Buffer.from(after.bytes), Buffer.from(before.bytes))).toBe(0);
  const files = readdirSync(folder).filter((name) => name.startsWith(`${session}-`));
  expect(files.map((name) => name.split(".").at(-1)).sort()).toEqual(["chunks", "sock"]);
  await sessions.remove(session, alice);
  expect(readdirSync(folder).filter((name) => name.startsWith(`${session}-`))).toEqual([]);
  await cell(`import eyepiece, numpy as np, os, time\n${LAZY}`);
});

test("lets go of an array whose layer was removed", async () => {
  const text = await cell(`
import gc, weakref
held = Lazy((16, 64, 64), (8, 64, 64))
v3 = eyepiece.Viewer("held")
layer = v3.add_image(held, name="held")
alive = weakref.ref(held)
layer.remove()
del held, layer
for _ in range(60):
    if alive() is None: break
    time.sleep(0.1); gc.collect()
print(alive() is None)`);
  expect(text).toBe("True\n");
});

test("opens a Zarr array in a folder that the node reads by its place, without the kernel", async () => {
  // What zarr-python writes, by hand: the kernel's environment has no Zarr.
  const array = join(data, "cells.zarr");
  mkdirSync(join(array, "c", "0"), { recursive: true });
  const metadata = {
    ...{ zarr_format: 3, node_type: "array", shape: [32, 32], data_type: "uint8", fill_value: 0 },
    chunk_grid: { name: "regular", configuration: { chunk_shape: [32, 32] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    attributes: {},
  };
  writeFileSync(join(array, "zarr.json"), JSON.stringify(metadata));
  writeFileSync(join(array, "c", "0", "0"), new Uint8Array(32 * 32).fill(200));
  const text = await cell(`
class Store: root = ${JSON.stringify(array)}
class Zarr(Lazy):
    store, path = Store(), ""
    def __getitem__(self, where): raise RuntimeError("the kernel was asked")
z = Zarr((32, 32), (32, 32))
places = eyepiece.Viewer("places")
places.add_image(z, name="z")
print(places.screenshot(size=(32, 32))[16, 16].tolist())
Store.root = "/project/own.zarr"; os.makedirs(Store.root)
z.__class__.__getitem__ = Lazy.__getitem__
places.add_image(z, name="served")
print(len(os.listdir(os.environ["EYEPIECE_ARRAYS"])) > 0, places.layers)`);
  expect(text).toContain("[200, 200, 200, 255]\nTrue [<Image layer 'z'>, <Image layer 'served'>]");
});
