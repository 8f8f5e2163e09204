/** The main job: a volume on a node, seen and moved from a browser. */
import { readFileSync } from "node:fs";
import { decode } from "fast-png";
import { expect, test } from "./fixtures.ts";
import { startStack } from "./stack.ts";
import {
  brightShare,
  canvasPixels,
  difference,
  drag,
  exactPicture,
  shown,
  stats,
  watchErrors,
} from "./viewer-page.ts";

test("the printed link shows the brain in 3D", async ({ browser }) => {
  const fresh = await startStack();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const errors = watchErrors(page);
    await page.goto(fresh.ownerLink);
    await expect(page).toHaveURL(/\/view\/welcome$/);
    await exactPicture(page);
    await expect(page.getByRole("button", { name: "3D" })).toHaveAttribute("aria-pressed", "true");
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await fresh.stop();
  }
});

test("the brain turns under the mouse", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  const share = await brightShare(page);
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.8);
  const before = await canvasPixels(page);
  const count = await shown(page);
  await drag(page, 260, 40, { steps: 40 });
  expect(await shown(page)).toBeGreaterThan(count + 3);
  await exactPicture(page);
  expect(difference(before, await canvasPixels(page))).toBeGreaterThan(3);
  expect(errors).toEqual([]);
});

test("a link works once", async ({ page, stack, browser }) => {
  const link = await stack.newOwnerLink();
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(link);
  await expect(other).toHaveURL(/\/view\//);
  await context.clearCookies();
  await other.goto("about:blank");
  await other.goto(link);
  await expect(other.getByText(/owner-link|used|expired/i).first()).toBeVisible();
  await context.close();
  await expect(page.locator("ep-canvas")).toBeVisible();
});

test("2D: slices scrub, the picture is exact, values are told", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  await page.getByRole("button", { name: "2D" }).click();
  await exactPicture(page);
  const first = await canvasPixels(page);
  const slider = page.getByRole("slider", { name: /^Axis z/ });
  await slider.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  await exactPicture(page);
  expect(difference(first, await canvasPixels(page))).toBeGreaterThan(1);
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("no canvas");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByRole("status", { name: "Pointer" })).toContainText(/z=.*y=.*x=.*\d/);
  expect(errors).toEqual([]);
});

test("contrast limits, colormap and rendering change the picture, and undo brings it back", async ({
  page,
}) => {
  await exactPicture(page);
  const before = await canvasPixels(page);
  const rendering = page.getByRole("combobox", { name: "Rendering" });
  await rendering.selectOption("mip");
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 30_000 })
    .toBeGreaterThan(2);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(rendering).toHaveValue("iso");
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 30_000 })
    .toBeLessThan(0.5);
});

test("a pan is answered before the node answers", async ({ page }) => {
  await exactPicture(page);
  await page.getByRole("button", { name: "2D" }).click();
  await exactPicture(page);
  const before = (await stats(page))?.reprojected ?? 0;
  await drag(page, 120, 0, { steps: 30 });
  const after = (await stats(page))?.reprojected ?? 0;
  expect(after).toBeGreaterThan(before);
});

test("the screenshot is the canvas, with what lies over it or without", async ({ page }) => {
  await exactPicture(page);
  const taken = async (act: () => Promise<void>) => {
    const download = page.waitForEvent("download");
    await act();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.png$/);
    return decode(readFileSync(await file.path()));
  };
  const whole = await taken(() => page.getByRole("button", { name: /^Screenshot/ }).click());
  const bare = await taken(() => page.keyboard.press("Alt-Shift-S".replaceAll("-", "+")));
  const { width, height, exact } = (await stats(page)) ?? {};
  expect([whole.width, whole.height, bare.width, bare.height, exact]).toEqual([
    width,
    height,
    width,
    height,
    true,
  ]);
  // The scale bar and the axes are in the lower corners, and nothing else differs.
  const differing = new Set<string>();
  for (let at = 0; at < whole.width * whole.height; at++) {
    const same = [0, 1, 2].every(
      (c) => whole.data[at * whole.channels + c] === bare.data[at * bare.channels + c],
    );
    const [x, y] = [(at % whole.width) / whole.width, Math.floor(at / whole.width) / whole.height];
    if (!same)
      differing.add(`${y > 0.6 ? "lower" : "upper"} ${x < 0.4 ? "left" : x > 0.6 ? "right" : "middle"}`);
  }
  expect([...differing].sort()).toEqual(["lower left", "lower right"]);
});

test("two people in one session: what one changes the other sees, each with eyes of their own", async ({
  page,
  stack,
  browser,
}) => {
  await exactPicture(page);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(await stack.newOwnerLink());
  await expect(other).toHaveURL(/\/view\//);
  await other.goto(`${stack.url}/view/welcome`);
  await exactPicture(other);
  await other.getByRole("button", { name: "2D" }).click();
  await page.getByRole("combobox", { name: "Blending" }).selectOption("additive");
  await expect(other.getByRole("combobox", { name: "Blending" })).toHaveValue("additive");
  await expect(page.getByRole("button", { name: "3D" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(other.getByRole("combobox", { name: "Blending" })).toHaveValue("translucent_no_depth");
  await context.close();
});
