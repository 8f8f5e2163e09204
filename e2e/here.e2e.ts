/** Drawn in the browser: the same picture as the node's, from bricks that came through the relay. A software GPU plays both. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { browserArguments, browserPath } from "../scripts/chromium.mjs";
import { everyLayer } from "./every-layer.ts";
import { expect } from "./fixtures.ts";
import { type Stack, startStack } from "./stack.ts";
import { canvasPixels, drag, exactPicture, stats, watchErrors } from "./viewer-page.ts";

/** PSNR that pictures of volumes reach between two GPUs, as in the tests of fidelity. */
const ALIKE = 33;

const test = base.extend<{ stack: Stack }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures from it
  stack: async ({}, use) => {
    const stack = await startStack();
    await use(stack);
    await stack.stop();
  },
});
test.use({
  actionTimeout: 30_000,
  launchOptions: {
    executablePath: await browserPath(),
    args: browserArguments,
  },
});

type Pixels = Awaited<ReturnType<typeof canvasPixels>>;

function psnr(a: Pixels, b: Pixels): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.data.length) / squares);
}

interface Place {
  readonly where: string;
  readonly why: string;
  readonly nodeMs?: number;
  readonly here?: { readonly software: boolean; readonly ms?: number };
  readonly held?: { readonly memory: number; readonly memoryAllowed: number };
}

async function place(page: Page): Promise<Place> {
  const text = await page.locator("ep-place-switch").getAttribute("data-place");
  return JSON.parse(text ?? "{}") as Place;
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Latency by stage/ }).click();
  await page.getByRole("radio", { name }).check();
  await page.keyboard.press("Escape");
}

async function drawnHere(page: Page, here: boolean): Promise<void> {
  const now = async () => {
    const told = await stats(page);
    return { here: told?.here, exact: told?.exact };
  };
  await expect.poll(now, { timeout: 90_000 }).toEqual({ here, exact: true });
}

/** Away from the canvas, so that nothing of the pointer is in the picture. */
async function still(page: Page): Promise<Pixels> {
  await page.mouse.move(2, 2);
  return canvasPixels(page);
}

test("the picture drawn here is the node's, in 3D and 2D, moved, and after the node was killed", async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const errors = watchErrors(page);
  await page.goto(stack.ownerLink);
  await exactPicture(page);
  await expect
    .poll(() => place(page))
    .toMatchObject({ where: "node", why: "This computer would draw on its CPU." });
  for (const display of ["3D", "2D"]) {
    await page.getByRole("button", { name: display, exact: true }).click();
    await choose(page, "Render on the node");
    await drawnHere(page, false);
    const theirs = await still(page);
    await choose(page, "Render here");
    await drawnHere(page, true);
    expect(psnr(theirs, await still(page))).toBeGreaterThan(ALIKE);
  }
  const { here, nodeMs, held } = await place(page);
  expect(here?.software).toBe(true);
  expect(nodeMs).toBeGreaterThan(0);
  expect(held?.memory).toBeGreaterThan(1_000_000);
  expect(held?.memory).toBeLessThanOrEqual(held?.memoryAllowed ?? 0);

  // Another slice is other bricks; the node's picture of it is the same.
  const slider = page.getByRole("slider", { name: /^Axis z/ });
  await slider.focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
  const stood = (await stats(page))?.shown ?? 0;
  await drag(page, 40, 30);
  await expect.poll(async () => (await stats(page))?.shown ?? 0).toBeGreaterThan(stood);
  await drawnHere(page, true);
  const mine = await still(page);
  await choose(page, "Render on the node");
  await drawnHere(page, false);
  expect(psnr(mine, await still(page))).toBeGreaterThan(ALIKE);
  expect(errors).toEqual([]);

  // Without a node what is at hand still moves.
  await choose(page, "Render here");
  await drawnHere(page, true);
  const before = (await stats(page))?.shown ?? 0;
  process.kill(stack.pids().node, "SIGKILL");
  await drag(page, 60, 0);
  await expect.poll(async () => (await stats(page))?.shown ?? 0).toBeGreaterThan(before);
});

test("labels that are painted and points that are added show in pictures drawn here; a lost GPU leads back to the stream", async ({
  page,
  stack,
  browser,
}) => {
  test.setTimeout(180_000);
  await page.goto(stack.ownerLink);
  await exactPicture(page);
  await page.getByRole("button", { name: "2D", exact: true }).click();
  await choose(page, "Render here");
  await drawnHere(page, true);
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.getByRole("button", { name: "New labels layer" }).click();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  await drawnHere(page, true);
  const bare = await still(page);
  await page.mouse.move(x - 60, y);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(x - 60 + i * 10, y);
  await page.mouse.up();
  await page.mouse.move(2, 2);
  // The stroke is shown at once by the page; that it stays is the picture's.
  await expect.poll(async () => psnr(bare, await still(page))).toBeLessThan(40);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(async () => psnr(bare, await still(page))).toBeGreaterThan(60);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect.poll(async () => psnr(bare, await still(page))).toBeLessThan(40);
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  await page.mouse.click(x - 100, y - 80);
  await page.mouse.click(x + 100, y - 80);
  await expect(page.getByText("2 points, 3D")).toBeVisible();
  await drawnHere(page, true);
  const mine = await still(page);

  const devtools = await browser.newBrowserCDPSession();
  await devtools.send("Browser.crashGpuProcess" as "Browser.close").catch(() => {});
  await expect(page.getByText("The node draws instead.")).toBeVisible({ timeout: 60_000 });
  await drawnHere(page, false);
  await expect.poll(async () => psnr(mine, await still(page)), { timeout: 60_000 }).toBeGreaterThan(ALIKE);
  expect((await place(page)).why).toMatch(/lost/);
});

base("every type of layer is drawn here as on the node, in 2D and 3D", async ({ page }) => {
  base.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-every-"));
  const stack = await startStack({ files: [await everyLayer(folder)], args: ["--root", folder] });
  try {
    const errors = watchErrors(page);
    await page.goto(stack.ownerLink);
    const rows = page.getByRole("list", { name: "Layers" }).getByRole("listitem");
    await expect(rows).toHaveCount(7, { timeout: 30_000 });
    await exactPicture(page);
    for (const display of ["2D", "3D"]) {
      await page.getByRole("button", { name: display, exact: true }).click();
      await choose(page, "Render on the node");
      await drawnHere(page, false);
      const theirs = await still(page);
      await choose(page, "Render here");
      await drawnHere(page, true);
      expect(psnr(theirs, await still(page))).toBeGreaterThan(ALIKE);
      // Each layer is a part of it: without it the picture drawn here is another one.
      for (const name of ["points", "shapes", "tracks", "solid", "vectors"]) {
        const whole = await still(page);
        const eye = rows.filter({ hasText: name }).getByRole("button", { name: /^(Hide|Show) / });
        await eye.click();
        await expect.poll(async () => psnr(whole, await still(page))).toBeLessThan(60);
        await eye.click();
        await drawnHere(page, true);
      }
    }
    expect(errors).toEqual([]);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true });
  }
});

test("terabytes are scrubbed here, within this page's budget", async ({ page, stack }) => {
  test.setTimeout(180_000);
  const errors = watchErrors(page);
  await page.goto(stack.ownerLink);
  await exactPicture(page);
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "New session" }).click();
  await page
    .getByRole("button", { name: /Generated, terabytes/ })
    .first()
    .click();
  await expect(page.getByRole("list", { name: "Layers" }).getByRole("listitem")).toHaveCount(3);
  await exactPicture(page);
  await choose(page, "Render here");
  await drawnHere(page, true);
  // Time, then depth.
  const slider = page.locator("ep-dims-bar").getByRole("slider").nth(1);
  await slider.focus();
  const before = await still(page);
  const stood = (await stats(page))?.shown ?? 0;
  for (let i = 0; i < 15; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await stats(page))?.shown ?? 0).toBeGreaterThan(stood);
  await drawnHere(page, true);
  await expect.poll(async () => psnr(before, await still(page))).toBeLessThan(60);
  const { held } = await place(page);
  expect(held?.memory).toBeGreaterThan(1_000_000);
  expect(held?.memory).toBeLessThanOrEqual(held?.memoryAllowed ?? 0);
  expect(errors).toEqual([]);
});
