/** Layers made and edited by hand: labels, points, shapes, and their tables. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { canvasPixels, difference, exactPicture, watchErrors } from "./viewer-page.ts";

/** A place on the canvas, from its middle, in CSS pixels of the page. */
async function place(page: Page, dx: number, dy: number): Promise<readonly [number, number]> {
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  return [box.x + box.width / 2 + dx, box.y + box.height / 2 + dy];
}

/** Drags from one place to another, from the canvas's middle. */
async function stroke(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const a = await place(page, ...from);
  const b = await place(page, ...to);
  await page.mouse.move(...a);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) {
    await page.mouse.move(a[0] + ((b[0] - a[0]) * i) / 12, a[1] + ((b[1] - a[1]) * i) / 12);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
}

/** RGB of a place on the canvas, from its middle. */
async function colourAt(page: Page, dx: number, dy: number): Promise<readonly number[]> {
  const { data, width, height, channels } = await canvasPixels(page);
  const at = (Math.round(height / 2 + dy) * width + Math.round(width / 2 + dx)) * channels;
  return [...data.subarray(at, at + 3)];
}

/** How far apart the greatest and the least of a colour are: 0 is gray. */
const chroma = (rgb: readonly number[]): number => Math.max(...rgb) - Math.min(...rgb);

async function flat(page: Page): Promise<void> {
  await exactPicture(page);
  await page.getByRole("button", { name: "2D", exact: true }).click();
  await exactPicture(page);
}

test("labels: a new layer is painted, filled, taken back, and there again after a reload", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New labels layer" }).click();
  await expect(page.getByRole("button", { name: "Labels", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  const before = await canvasPixels(page);
  await stroke(page, [-60, 0], [60, 0]);
  await expect.poll(async () => chroma(await colourAt(page, 20, 0))).toBeGreaterThan(40);
  // The pointer leaves: nothing of the page's own is over the picture any more, the colour is the node's.
  await page.mouse.move(2, 2);
  await exactPicture(page);
  await expect.poll(async () => chroma(await colourAt(page, 0, 0))).toBeGreaterThan(40);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 20_000 })
    .toBeLessThan(0.5);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect.poll(async () => chroma(await colourAt(page, 0, 0))).toBeGreaterThan(40);
  await page.reload();
  await exactPicture(page);
  await expect.poll(async () => chroma(await colourAt(page, 0, 0)), { timeout: 20_000 }).toBeGreaterThan(40);
  await page.screenshot({ path: "/tmp/l5-labels.png" });
  expect(errors).toEqual([]);
});
