/** Live viewers in a notebook's outputs, through the real page, relay, node, kernel, renderer and encoder. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { decode } from "fast-png";
import { expect, test } from "./fixtures.ts";
import { eyepiece, startStack } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

/** Imports a notebook in the signed-in person's name, and opens it. */
async function openNotebook(page: Page, cells: readonly object[], name: string): Promise<string> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`${origin}/api/ipynb/import?name=${encodeURIComponent(name)}`, {
    data: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells },
    headers: { origin },
  });
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${origin}/notebook/${id}`);
  await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue(name);
  return id;
}

const code = (id: string, source: string) => ({
  ...{ cell_type: "code", id, metadata: {}, execution_count: null, outputs: [] },
  source,
});

const cell = (page: Page, id: string) => page.locator(`ep-cell[id="${id}"]`);

const viewer = (page: Page, id: string) => cell(page, id).locator("ep-viewer-output");

/** Runs one cell by its keys, and waits for its count. */
async function run(page: Page, id: string, count: number): Promise<void> {
  await cell(page, id).locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  await expect(cell(page, id)).toContainText(`[${count}]`, { timeout: 60_000 });
}

/** Pictures that a viewer has shown so far, by the stream's own account. */
async function shown(output: Locator): Promise<number> {
  const text = await output.locator(".frame").getAttribute("data-stats");
  return (JSON.parse(text ?? "{}") as { shown?: number }).shown ?? 0;
}

/** Mean red, green and blue of what is bright on a canvas. */
async function colour(output: Locator): Promise<{ red: number; green: number; blue: number; share: number }> {
  const { data, channels, width, height } = decode(await output.locator("ep-canvas").screenshot());
  let [red, green, blue, bright] = [0, 0, 0, 0];
  for (let at = 0; at < data.length; at += channels) {
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    if (Math.max(r, g, b) < 60) continue;
    [red, green, blue, bright] = [red + r, green + g, blue + b, bright + 1];
  }
  const share = bright / (width * height);
  return { red: red / bright, green: green / bright, blue: blue / bright, share };
}

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("a viewer is live in a cell's output, changes from another cell, and streams only where it is seen", async ({
  page,
  stack,
}) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  const room = {
    ...{ cell_type: "markdown", id: "room", metadata: {} },
    source: Array.from({ length: 10 }, (_, line) => `Line ${line}`).join("\n\n"),
  };
  const id = await openNotebook(
    page,
    [
      code(
        "show",
        "import numpy as np, eyepiece; v = eyepiece.Viewer(); v.add_image(np.random.rand(32,64,64).astype('float32')); v",
      ),
      code("magma", "v.layers[0].colormap = 'magma'"),
      room,
      code("second", "w = eyepiece.Viewer('Second'); w.add_image(np.eye(64, dtype='uint8') * 255); w"),
      code("both", "v.layers[0].colormap = 'blue'; w.layers[0].colormap = 'green'"),
    ],
    "Viewers",
  );
  // The first run of all may make the Python environment.
  await run(page, "show", 1);
  const first = viewer(page, "show");
  await expect.poll(async () => (await colour(first)).share, { timeout: 40_000 }).toBeGreaterThan(0.2);
  const grey = await colour(first);
  expect(Math.abs(grey.red - grey.blue)).toBeLessThan(12);
  await run(page, "magma", 2);
  await expect
    .poll(async () => {
      const { red, blue } = await colour(first);
      return red - blue;
    })
    .toBeGreaterThan(40);

  // The wheel scrolls the notebook past a viewer, and zooms the one that has the focus.
  const zoomed = async () => (await colour(first)).share;
  const whole = await zoomed();
  await first.locator("ep-canvas").hover();
  const top = async () => (await first.boundingBox())?.y ?? 0;
  const at = await top();
  await page.mouse.wheel(0, 60);
  await expect.poll(top).toBe(at - 60);
  await page.mouse.wheel(0, -60);
  await expect.poll(top).toBe(at);
  expect(Math.abs((await zoomed()) - whole)).toBeLessThan(0.02);
  await first.locator("ep-canvas").click();
  for (let notch = 0; notch < 4; notch++) await page.mouse.wheel(0, 100);
  await expect.poll(async () => Math.abs((await zoomed()) - whole)).toBeGreaterThan(0.05);
  expect(await top()).toBe(at);

  await run(page, "second", 3);
  const second = viewer(page, "second");
  await second.scrollIntoViewIfNeeded();
  await expect.poll(async () => (await colour(second)).share, { timeout: 40_000 }).toBeGreaterThan(0.004);
  await cell(page, "both").scrollIntoViewIfNeeded();
  await expect(first).not.toBeInViewport();
  await expect(second).toBeInViewport();
  const before = { first: await shown(first), second: await shown(second) };
  await run(page, "both", 4);
  await expect.poll(async () => (await colour(second)).green).toBeGreaterThan(150);
  await expect.poll(() => shown(second)).toBeGreaterThan(before.second);
  // The stream's account comes twice a second.
  await page.waitForTimeout(1000);
  expect(await shown(first)).toBe(before.first);
  await first.scrollIntoViewIfNeeded();
  await expect
    .poll(async () => {
      const { red, blue } = await colour(first);
      return blue - red;
    })
    .toBeGreaterThan(60);
  await expect.poll(() => shown(first)).toBeGreaterThan(before.first);

  // The saved file has a still for those who have no node.
  await expect
    .poll(async () => {
      const answer = await page.request.get(`${stack.url}/api/notebooks/${id}/export`);
      const { cells } = (await answer.json()) as {
        cells: { outputs?: { data?: Readonly<Record<string, unknown>> }[] }[];
      };
      return cells.map(({ outputs }) => Object.keys(outputs?.at(-1)?.data ?? {}).sort());
    })
    .toEqual([
      ["application/vnd.eyepiece.viewer+json", "image/png", "text/plain"],
      ...[[], []],
      ["application/vnd.eyepiece.viewer+json", "image/png", "text/plain"],
      [],
    ]);

  await page.reload();
  await expect
    .poll(async () => (await colour(viewer(page, "show"))).blue, { timeout: 40_000 })
    .toBeGreaterThan(100);
  expect(errors).toEqual([]);
});

test("keys that a cell binds run its functions when they are pressed over the viewer", async ({ page }) => {
  test.setTimeout(180_000);
  const errors = watchErrors(page);
  const source = [
    "import numpy as np, eyepiece",
    "v = eyepiece.Viewer('Keys'); v.add_image(np.full((64, 64), 255, 'uint8'), colormap='red')",
    "@v.bind_key('Ctrl+Shift+K')",
    "def turn(viewer): viewer.layers[0].colormap = 'green'",
    "@v.bind_key('h')",
    "def hide(viewer):",
    "    viewer.layers[0].visible = False",
    "    yield",
    "    viewer.layers[0].visible = True",
    "try: v.bind_key('shift-control-k', print)",
    "except ValueError as error: print(error)",
    "v",
  ].join("\n");
  await openNotebook(page, [code("bind", source)], "Keys");
  await run(page, "bind", 1);
  await expect(cell(page, "bind")).toContainText("Control-Shift-K is bound already");
  const output = viewer(page, "bind");
  await expect.poll(async () => (await colour(output)).red, { timeout: 40_000 }).toBeGreaterThan(200);
  await output.locator("ep-canvas").click();
  await page.keyboard.press("Control+Shift+K");
  await expect.poll(async () => (await colour(output)).green, { timeout: 20_000 }).toBeGreaterThan(90);
  await page.keyboard.down("h");
  await expect.poll(async () => (await colour(output)).share, { timeout: 20_000 }).toBeLessThan(0.01);
  await page.keyboard.up("h");
  await expect.poll(async () => (await colour(output)).share, { timeout: 20_000 }).toBeGreaterThan(0.05);
  expect(errors).toEqual([]);
});

test("who may view a notebook sees its live viewers, changes nothing, and sees nothing more once that is withdrawn", async ({
  page,
  browser,
  stack,
}) => {
  test.setTimeout(180_000);
  const source = [
    "import numpy as np, eyepiece",
    "v = eyepiece.Viewer('Shown'); v.add_image(np.full((64, 64), 255, 'uint8'), colormap='red'); v",
  ].join("\n");
  const id = await openNotebook(
    page,
    [code("show", source), code("green", "v.layers[0].colormap = 'green'")],
    "Given",
  );
  await run(page, "show", 1);
  await expect
    .poll(async () => (await colour(viewer(page, "show"))).red, { timeout: 40_000 })
    .toBeGreaterThan(200);

  // What is saved is what the session drew.
  const saved = async () => {
    const answer = await page.request.get(`${stack.url}/api/notebooks/${id}/export`);
    const { cells } = (await answer.json()) as { cells: { outputs: { data: Record<string, string> }[] }[] };
    return cells[0]?.outputs.at(-1)?.data["image/png"] ?? "";
  };
  await expect.poll(saved, { timeout: 30_000 }).not.toBe("");
  const picture = decode(Buffer.from(await saved(), "base64"));
  expect(picture.width).toBe(960);
  const middle = (Math.round(picture.height / 2) * picture.width + picture.width / 2) * picture.channels;
  expect([...picture.data.slice(middle, middle + 3)]).toEqual([255, 0, 0]);

  const share = { kind: "notebook", id, rights: "view" };
  const headers = { origin: stack.url };
  const made = await page.request.post(`${stack.url}/api/shares`, { data: share, headers });
  const { id: link, url } = (await made.json()) as { id: string; url: string };
  const context = await browser.newContext();
  try {
    const guest = await context.newPage();
    await guest.goto(stack.url + url);
    await guest.getByRole("button", { name: "Open" }).click();
    const shownThere = viewer(guest, "show");
    await expect.poll(async () => (await colour(shownThere)).red, { timeout: 40_000 }).toBeGreaterThan(200);
    await expect(shownThere.getByRole("link", { name: "Open in the viewer" })).toHaveCount(0);
    // Live: what code changes shows there, too.
    await run(page, "green", 2);
    await expect.poll(async () => (await colour(shownThere)).green, { timeout: 20_000 }).toBeGreaterThan(90);
    expect((await colour(shownThere)).red).toBeLessThan(20);
    // A camera of one's own, and no hand on the scene.
    const before = (await colour(shownThere)).share;
    await shownThere.locator("ep-canvas").click();
    for (let notch = 0; notch < 4; notch++) await guest.mouse.wheel(0, 100);
    await expect.poll(async () => (await colour(shownThere)).share).toBeLessThan(before * 0.8);
    expect(Math.abs((await colour(viewer(page, "show"))).share - before)).toBeLessThan(0.05);
    await shownThere.getByRole("button", { name: "Layer controls" }).click();
    await expect(shownThere.getByRole("slider", { name: /opacity/i }).first()).toBeDisabled();
    const withdrawn = await page.request.delete(`${stack.url}/api/shares/${link}`, { headers });
    expect(withdrawn.ok()).toBe(true);
    await expect(guest.locator("ep-viewer-output")).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test("what ran while the page watched is there without a network, viewers as pictures", async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  const source =
    "import numpy as np, eyepiece\nv = eyepiece.Viewer('Away'); v.add_image(np.eye(64, dtype='uint8') * 255); v";
  await openNotebook(page, [code("text", "print('was here')"), code("show", source)], "Away");
  // The service worker keeps the app once it has the page.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await run(page, "text", 1);
  const kept = page.waitForResponse(/\/blobs\//);
  await run(page, "show", 2);
  await kept;
  // Both outputs are fetched one after the other, and kept.
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(3000);
  await context.setOffline(true);
  await page.reload();
  await expect(cell(page, "text").locator("ep-outputs")).toContainText("was here");
  await expect(viewer(page, "show").getByRole("img", { name: "Away" })).toBeVisible();
  await context.setOffline(false);
});

test("the saved picture stands in for a viewer whose session is gone", async ({ page }) => {
  const data = {
    "application/vnd.eyepiece.viewer+json": { session: "gone", title: "Cells of old" },
    "image/png": png,
    "text/plain": "<Viewer>",
  };
  const output = { output_type: "execute_result", execution_count: 1, metadata: {}, data };
  await openNotebook(page, [{ ...code("old", "viewer"), execution_count: 1, outputs: [output] }], "Old");
  const old = viewer(page, "old");
  await expect(old.getByRole("img", { name: "Cells of old" })).toBeVisible();
  await expect(old.getByText("There is no such session here")).toBeVisible();
});

test("Ctrl-C ends what idles, and leaves what runs to the next start", async ({ browser }) => {
  test.setTimeout(180_000);
  const home = mkdtempSync(join(tmpdir(), "eyepiece-stop-"));
  const list = async () => (await eyepiece(["kernels", "list", "--home", home])).stdout.trim();
  const context = await browser.newContext();
  let stack = await startStack({ home });
  try {
    const page = await context.newPage();
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(/\/view\//);
    await openNotebook(page, [code("idle", "x = 1")], "Idle");
    await run(page, "idle", 1);
    const source = "import time\nfor i in range(120):\n    print(i)\n    time.sleep(0.1)";
    const id = await openNotebook(page, [code("long", source)], "Long");
    await cell(page, "long").locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await expect(cell(page, "long")).toContainText("3");
    expect((await list()).split("\n")).toHaveLength(2);
    const started = performance.now();
    await stack.stop();
    const ms = performance.now() - started;
    test.info().annotations.push({ type: "stopped after", description: `${ms.toFixed(0)} ms` });
    expect(ms).toBeLessThan(4500);
    expect(stack.said()).toContain("1 notebook goes on running");
    expect(stack.said()).toContain(`eyepiece kernels list --home ${home}`);
    expect(await list()).toMatch(new RegExp(`^${id}\\tpython3\\tbusy\\t1 to run`));
    stack = await startStack({ home });
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(/\/view\//);
    await page.goto(`${stack.url}/notebook/${id}`);
    await expect
      .poll(async () => (await cell(page, "long").locator("ep-outputs pre").textContent())?.trim(), {
        timeout: 30_000,
      })
      .toBe(Array.from({ length: 120 }, (_, i) => i).join("\n"));
    const stop = await eyepiece(["kernels", "stop", id, "--home", home]);
    expect(stop.stderr).toBe("1 kernel was stopped.\n");
    expect(await list()).toBe("");
  } finally {
    await context.close();
    await stack.stop();
    await eyepiece(["kernels", "stop", "--home", home]);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

test("a notebook's code has the files of its project", async ({ page, stack }) => {
  test.setTimeout(120_000);
  const id = await openNotebook(
    page,
    [
      code("read", "print(open('data/numbers.txt').read())"),
      code("write", "open('made.txt', 'w').write('x'); print('written')"),
    ],
    "Files",
  );
  const headers = { origin: stack.url };
  const notebook = await page.request.get(`${stack.url}/api/notebooks/${id}`);
  const { project } = (await notebook.json()) as { project: string };
  const files = `${stack.url}/api/projects/${project}/files`;
  const begun = await page.request.post(`${files}/init`, {
    data: { name: "data/numbers.txt", size: 5 },
    headers,
  });
  const { upload } = (await begun.json()) as { upload: string };
  await page.request.put(`${files}/uploads/${upload}?offset=0`, { data: Buffer.from("1 2 3"), headers });
  expect((await page.request.post(`${files}/uploads/${upload}/complete`, { headers })).status()).toBe(200);
  await run(page, "read", 1);
  await expect(cell(page, "read").locator("ep-outputs")).toContainText("1 2 3");
  await run(page, "write", 2);
  await expect(cell(page, "write").locator("ep-outputs")).toContainText("written");
});

test("a notebook that is deleted takes its kernel and its viewers along", async ({ page, stack }) => {
  test.setTimeout(120_000);
  const list = async () => (await eyepiece(["kernels", "list", "--home", stack.home])).stdout;
  const make =
    "import eyepiece, numpy as np; v = eyepiece.Viewer('Of the deleted'); v.add_image(np.eye(64)); v";
  const id = await openNotebook(page, [code("a", make)], "Deleted");
  await run(page, "a", 1);
  await expect(viewer(page, "a").locator("ep-canvas")).toBeVisible();
  expect(await list()).toContain(id);
  // Longer than a question of the node stays open: it asks again.
  await page.waitForTimeout(22_000);
  const answer = await page.request.delete(`${stack.url}/api/notebooks/${id}`, {
    headers: { origin: stack.url },
  });
  expect(answer.status()).toBe(200);
  await expect.poll(list, { timeout: 10_000 }).not.toContain(id);
  expect(stack.log()).not.toContain("stays:");
  await page.goto(stack.url);
  await expect(page.getByText("Colin 27 brain").first()).toBeVisible();
  await expect(page.getByText("Of the deleted")).toHaveCount(0);
});
