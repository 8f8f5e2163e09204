/** The viewer's window beyond one canvas. */
import { copyFile } from "node:fs/promises";
import { openSource } from "@eyepiece/gpu-node/readers/open.ts";
import { expect, test } from "./fixtures.ts";
import { brightShare, drag, exactPicture, watchErrors } from "./viewer-page.ts";

test("orthogonal views: four canvases whose slices follow one crosshair", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  await page.keyboard.press("Alt+o");
  const cell = (name: string) => page.getByRole("group", { name: `${name} view` });
  for (const name of ["y · x", "y · z", "z · x", "3D"]) await expect(cell(name)).toBeVisible();
  // The point of the slider, the main canvas and the other planes is one.
  const slider = page.getByRole("slider", { name: "Axis z", exact: true });
  const before = await slider.inputValue();
  const line = cell("z · x").getByRole("slider", { name: "Slice of axis z" });
  await expect(line).toBeVisible({ timeout: 30_000 });
  const box = await line.boundingBox();
  if (!box) throw new Error("the line has no place");
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y - 40, { steps: 6 });
  await page.mouse.up();
  await expect(slider).not.toHaveValue(before);
  await slider.fill("60");
  await expect(cell("y · z").getByRole("slider", { name: "Slice of axis z" })).toHaveAttribute(
    "aria-valuenow",
    "-11",
  );
  await exactPicture(page);
  expect(await brightShare(page)).toBeGreaterThan(0.02);
  // Each canvas tells what is under the pointer.
  const other = await cell("z · x").boundingBox();
  if (!other) throw new Error("the canvas has no place");
  await page.mouse.move(other.x + other.width * 0.4, other.y + other.height * 0.4);
  await expect(cell("z · x").locator("ep-status-line")).toContainText(/z=\S+ y=\S+ x=\S+ +value \d+/);
  await page.screenshot({ path: test.info().outputPath("ortho.png") });
  await page.keyboard.press("Alt+o");
  await expect(cell("3D")).toHaveCount(0);
  await exactPicture(page);
  expect(errors).toEqual([]);
});

test("a film of what was shown: as it was streamed, with true times", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  // Flat pictures are quick on any machine.
  await page.getByRole("button", { name: "2D", exact: true }).click();
  await exactPicture(page);
  await page.getByRole("button", { name: "Record a film" }).click();
  const began = Date.now();
  // Until the film has two seconds: a busy machine may need a while for its first picture.
  await expect(async () => {
    await drag(page, 200, 30, { steps: 30 });
    await page.waitForTimeout(600);
    await drag(page, -150, 60, { steps: 30 });
    await expect(page.getByText(/([2-9]|\d\d) s · \d+\.\d MB/)).toBeVisible({ timeout: 500 });
  }).toPass();
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: "End the recording" }).click();
  const lasted = (Date.now() - began) / 1000;
  const file = await (await arrives).path();
  // Another program's word on it: FFmpeg's, by way of the node's own reader of films.
  const [film] = await openSource(file.endsWith(".mp4") ? file : await copied(file), {
    policy: { resolvePath: async (path) => path, privateHosts: [] },
  });
  if (!film) throw new Error("there is no film in the file");
  const [pictures = 0, height = 0, width = 0] = film.source.levels[0]?.shape ?? [];
  expect(pictures).toBeGreaterThan(5);
  expect(width * height).toBeGreaterThan(10_000);
  const { data } = await film.source.readBrick(0, [pictures - 1, 0, 0]);
  expect(data.some((value) => Number(value) > 100)).toBe(true);
  await film.source.dispose();
  expect(lasted).toBeLessThan(60);
  expect(errors).toEqual([]);
});

/** The file under a name that says what it is. */
async function copied(path: string): Promise<string> {
  const named = test.info().outputPath("film.mp4");
  await copyFile(path, named);
  return named;
}

test("two in one session see each other's pointers, and one follows the other", async ({
  page,
  browser,
  stack,
}) => {
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await other.goto(await stack.newOwnerLink());
    await expect(other).toHaveURL(/\/view\//);
    // The link leads to the newest session, which another test may have made.
    await other.goto(page.url());
    await exactPicture(page);
    await exactPicture(other);
    await page.getByRole("button", { name: "2D", exact: true }).click();
    await other.getByRole("button", { name: "2D", exact: true }).click();
    await exactPicture(other);
    const canvas = page.locator("ep-canvas");
    const box = await canvas.boundingBox();
    if (!box) throw new Error("the canvas has no place");
    await expect(page.getByRole("button", { name: "Follow Owner" })).toBeVisible();
    await page.mouse.move(box.x + box.width / 2 - 20, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await expect(other.locator("ep-people .cursor")).toBeVisible();
    // Follows: another slice of one is the other's, too; a motion of one's own ends it.
    await other.getByRole("button", { name: "Follow Owner" }).click();
    await expect(other.getByText("Following Owner")).toBeVisible();
    await page.getByRole("slider", { name: "Axis z", exact: true }).fill("30");
    await expect(other.getByRole("slider", { name: "Axis z", exact: true })).toHaveValue("30");
    await drag(other, 40, 10, { steps: 4 });
    await expect(other.getByText("Following Owner")).toHaveCount(0);
    await page.getByRole("slider", { name: "Axis z", exact: true }).fill("100");
    await exactPicture(page);
    await expect(other.getByRole("slider", { name: "Axis z", exact: true })).toHaveValue("30");
    await context.close();
    await expect(page.getByRole("button", { name: "Follow Owner" })).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test("an animation: key frames that are kept, played, and filmed by the node", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  await page.keyboard.press("Alt+a");
  const strip = page.getByRole("region", { name: "Animation" });
  const add = strip.getByRole("button", { name: "Key frame", exact: true });
  await add.click();
  await expect(strip.getByRole("button", { name: "Show key frame 1" })).toBeVisible();
  await drag(page, 120, 0, { steps: 4 });
  await page.getByLabel("Opacity, number").fill("0.5");
  await page.getByLabel("Opacity, number").press("Enter");
  await exactPicture(page);
  await add.click();
  await strip.getByLabel("Seconds from key frame 1 to the next").fill("0.4");
  await strip.getByLabel("Seconds from key frame 1 to the next").press("Enter");
  // A reload keeps them; a key frame that is shown brings back the layers' properties, too.
  await page.reload();
  await exactPicture(page);
  await page.getByRole("button", { name: "Animation", exact: true }).click();
  await expect(strip.getByRole("listitem")).toHaveCount(2);
  await strip.getByRole("button", { name: "Show key frame 1" }).click();
  await expect(page.getByLabel("Opacity, number")).toHaveValue("1");
  await strip.getByRole("button", { name: "Play", exact: true }).click();
  await expect(strip.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("animation.png") });
  await strip.getByRole("button", { name: "Film the animation" }).click();
  await strip.getByLabel("Size").selectOption({ label: "640 × 360" });
  await strip.getByLabel("Pictures a second").fill("5");
  const arrives = page.waitForEvent("download", { timeout: 120_000 });
  await strip.getByRole("button", { name: "Make the film" }).click();
  const download = await arrives;
  expect(download.suggestedFilename()).toMatch(/\.mp4$/);
  const [film] = await openSource(await copied(await download.path()), {
    policy: { resolvePath: async (path) => path, privateHosts: [] },
  });
  expect(film?.source.levels[0]?.shape).toEqual([3, 360, 640]);
  const first = await film?.source.readBrick(0, [0, 0, 0]);
  const last = await film?.source.readBrick(0, [2, 0, 0]);
  // The middle has the brain; the corner at the lower right has the scale bar, in each picture.
  const brightest = (data: ArrayLike<number | bigint> | undefined, [left, top]: readonly [number, number]) =>
    Array.from(data ?? []).reduce<number>((most, value, at) => {
      const [x, y] = [at % 640, Math.floor(at / 640)];
      const within = x >= left && x < left + 160 && y >= top && y < top + 60;
      return within ? Math.max(most, Number(value)) : most;
    }, 0);
  expect(brightest(first?.data, [240, 150])).toBeGreaterThan(200);
  // Half as opaque at its end.
  expect(brightest(last?.data, [240, 150])).toBeLessThan(180);
  for (const picture of [first, last]) expect(brightest(picture?.data, [480, 300])).toBeGreaterThan(120);
  await film?.source.dispose();
  // The brain is everybody's: it stays opaque.
  await expect(page.getByLabel("Opacity, number")).toHaveValue("1");
  expect(errors).toEqual([]);
});
