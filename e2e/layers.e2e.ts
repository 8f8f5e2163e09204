/** Layers made and edited by hand: labels, points, shapes, and their tables. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { decode } from "fast-png";
import { expectAccessible } from "./axe.ts";
import { expect, test as shared } from "./fixtures.ts";
import { canvasPixels, difference, exactPicture, watchErrors } from "./viewer-page.ts";

/** An Eyepiece of its own: the layers that are made here would be in the way of other tests. */
const test = shared.extend<object, { ownStack: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  ownStack: [async ({}, use) => use(undefined), { scope: "worker", auto: true }],
});

/** A place on the canvas, from its middle, in CSS pixels of the page. */
async function place(page: Page, dx: number, dy: number): Promise<readonly [number, number]> {
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  return [box.x + box.width / 2 + dx, box.y + box.height / 2 + dy];
}

/** Drags from one place to another, from the canvas's middle. */
async function stroke(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
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

/** What the person sees when it has stopped changing: the stream's own account is half a second old. */
async function still(page: Page): Promise<Awaited<ReturnType<typeof canvasPixels>>> {
  let before = await canvasPixels(page);
  for (let n = 0; n < 40; n++) {
    await page.waitForTimeout(600);
    const now = await canvasPixels(page);
    if (difference(before, now) === 0) return now;
    before = now;
  }
  throw new Error("The picture does not come to rest.");
}

async function flat(page: Page): Promise<void> {
  // The first session of all opens its sample while the page is there already.
  await expect(page.getByRole("button", { name: "colin27_brain", exact: true })).toBeVisible();
  await exactPicture(page);
  await page.getByRole("button", { name: "2D", exact: true }).click();
  await still(page);
}

test("labels: a new layer is painted, filled, taken back, and there again after a reload", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New labels layer" }).click();
  await expect(page.getByRole("button", { name: "Labels", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  await page.mouse.move(2, 2);
  const before = await still(page);
  await stroke(page, [-60, 0], [60, 0]);
  await expect.poll(async () => chroma(await colourAt(page, 20, 0))).toBeGreaterThan(40);
  // The pointer leaves: nothing of the page's own is over the picture any more, the colour is the node's.
  await page.mouse.move(2, 2);
  await still(page);
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
  await page.screenshot({ path: test.info().outputPath("labels.png") });
  expect(errors).toEqual([]);
});

test("labels: painted in 3D where they are seen, and taken back in one step", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New labels layer" }).click();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  await page.getByRole("spinbutton", { name: "Edit dimensions" }).fill("3");
  await stroke(page, [-40, 0], [40, 0]);
  await page.getByRole("button", { name: "3D", exact: true }).click();
  await page.mouse.move(2, 2);
  await still(page);
  // The layer alone, or the brain would hide it.
  await page.getByRole("button", { name: "Hide colin27_brain" }).click();
  const before = await still(page);
  const first = await colourAt(page, 0, 0);
  expect(chroma(first)).toBeGreaterThan(40);
  await page.keyboard.press("m");
  await expect(page.getByRole("spinbutton", { name: "Label", exact: true })).toHaveValue("2");
  await stroke(page, [-15, 0], [15, 0]);
  await page.mouse.move(2, 2);
  const other = (colour: readonly number[]) =>
    Math.max(...colour.map((value, i) => Math.abs(value - (first[i] ?? 0))));
  await expect.poll(async () => other(await colourAt(page, 0, 0)), { timeout: 20_000 }).toBeGreaterThan(40);
  await page.screenshot({ path: test.info().outputPath("labels-3d.png") });
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 20_000 })
    .toBeLessThan(0.5);
  // The session is everybody's: the tests that follow want the brain.
  await page.getByRole("button", { name: "Show colin27_brain" }).click();
  await expect(page.getByRole("button", { name: "Hide colin27_brain" })).toBeVisible();
  expect(errors).toEqual([]);
});

test("labels: painted in any of the orthogonal views, and seen in the others", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New labels layer" }).click();
  await page.keyboard.press("Alt+o");
  const cell = (name: string) => page.getByRole("group", { name: `${name} view` });
  const side = cell("y · z");
  await expect(side.getByRole("slider", { name: "Slice of axis z" })).toBeVisible({ timeout: 30_000 });
  // Chosen in the page's panel, in hand in all canvases.
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  const colour = async (name: string): Promise<number> => {
    const { data, channels } = decode(await cell(name).screenshot());
    let coloured = 0;
    for (let i = 0; i < data.length; i += channels)
      // The label's colour is a brown; crosshair and axes are blue, cyan and yellow.
      if (Number(data[i]) > Number(data[i + 1]) + 40) coloured += 1;
    return coloured;
  };
  await page.mouse.move(2, 2);
  const main = "y · x";
  const bare = { side: await colour("y · z"), main: await colour(main) };
  const line = await side.getByRole("slider", { name: "Slice of axis z" }).boundingBox();
  const box = await side.boundingBox();
  if (!line || !box) throw new Error("The canvas has no place.");
  const y = box.y + box.height * 0.4;
  // Across the line at which the main canvas's slice is, so that it is seen there, too.
  const x = line.x + line.width / 2;
  await page.mouse.move(x - 40, y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(x - 40 + 10 * i, y);
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await expect.poll(() => colour("y · z"), { timeout: 30_000 }).toBeGreaterThan(bare.side + 100);
  // One voxel wide there, and the crosshair lies over its middle.
  await expect.poll(() => colour(main), { timeout: 30_000 }).toBeGreaterThan(bare.main + 5);
  // A click is the brush's: the crosshair stays.
  expect(await side.getByRole("slider", { name: "Slice of axis z" }).boundingBox()).toEqual(line);
  await page.screenshot({ path: test.info().outputPath("ortho-paint.png") });
  const painted = await colour("y · z");
  await page.getByRole("button", { name: /^Undo/ }).click();
  // A few pixels of the page's own over the canvas are of such a colour, too.
  await expect
    .poll(() => colour("y · z"), { timeout: 30_000 })
    .toBeLessThan(bare.side + (painted - bare.side) / 10);
  await page.keyboard.press("Alt+o");
  await expect(side).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("labels: what is known of them is told where the pointer is, and kept as CSV", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New labels layer" }).click();
  await page.getByRole("button", { name: "Paint", exact: true }).click();
  await stroke(page, [-60, 40], [60, 40]);
  await page.getByRole("button", { name: "Features table" }).click();
  await page.getByRole("button", { name: "Add label 1" }).click();
  await expect(page.getByText("1 of 1 rows")).toBeVisible();
  await page.getByRole("button", { name: "Add feature" }).click();
  const cell = page.locator('[role="gridcell"][data-name="feature"]');
  await cell.dblclick();
  await page.getByLabel("feature of item 0").fill("round");
  await page.keyboard.press("Enter");
  await expect(cell).toHaveText("round");
  // Without the table the canvas is as it was when the stroke was made.
  await page.getByRole("button", { name: "Features table" }).click();
  await expect(async () => {
    await page.mouse.move(2, 2);
    await page.mouse.move(...(await place(page, 0, 40)));
    const pointer = page.getByRole("status", { name: "Pointer" });
    await expect(pointer).toContainText("value 1; feature: round", { timeout: 3000 });
  }).toPass();
  await page.getByRole("button", { name: "Features table" }).click();
  await page.getByLabel("Load features from CSV").setInputFiles({
    name: "known.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("index,area\n1,12.5\n4,3\n"),
  });
  await expect(page.getByText("2 of 2 rows")).toBeVisible();
  await page.getByRole("gridcell", { name: "12.5" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  const path = await (await download).path();
  expect(readFileSync(path, "utf8")).toContain("index,feature,area\n1,,12.5\n4,,3\n");
  await page.getByRole("row").filter({ hasText: "4" }).last().click();
  await expect(page.getByRole("spinbutton", { name: "Label", exact: true })).toHaveValue("4");
  await page.getByRole("button", { name: "Features table" }).click();
  await page.screenshot({ path: test.info().outputPath("features.png") });
  expect(errors).toEqual([]);
});

test("points: added, moved, coloured, deleted; what is chosen and dragged shows at once", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  for (const [dx, dy] of [
    [-150, -80],
    [0, -80],
    [150, -80],
  ] as const)
    await page.mouse.click(...(await place(page, dx, dy)));
  await expect(page.getByText("3 points, 3D")).toBeVisible();
  const green = page.getByLabel("Face color", { exact: true });
  await green.fill("#00ff00");
  await expect.poll(async () => (await colourAt(page, 150, -80)).join()).toBe("0,255,0");
  await page.screenshot({ path: test.info().outputPath("list.png") });

  await page.getByRole("button", { name: "Select points", exact: true }).click();
  await stroke(page, [0, -80], [0, 60]);
  await page.mouse.move(2, 2);
  // The moved point is where it was dropped, in the node's picture.
  await expect.poll(async () => Math.min(...(await colourAt(page, 0, 60)))).toBeGreaterThan(240);
  await stroke(page, [-260, -160], [-60, -20]);
  await page.keyboard.press("Delete");
  await expect(page.getByText("2 points, 3D")).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(page.getByText("4 points, 3D")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByText("3 points, 3D")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("points.png") });
  await page.reload();
  await expect(page.getByText("3 points, 3D")).toBeVisible();
  expect(errors).toEqual([]);
});

test("shapes: a polygon and a rectangle drawn, a vertex moved, a shape scaled and taken away", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New shapes layer" }).click();
  await page.getByRole("button", { name: "Add rectangle", exact: true }).click();
  await stroke(page, [-200, -120], [-100, -40]);
  await expect(page.getByText("1 shape, 3D")).toBeVisible();
  await page.getByRole("button", { name: "Add polygon", exact: true }).click();
  for (const [dx, dy] of [
    [60, -60],
    [180, -60],
    [120, 60],
  ] as const)
    await page.mouse.click(...(await place(page, dx, dy)));
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 shapes, 3D")).toBeVisible();
  await page.getByRole("button", { name: "Select vertices", exact: true }).click();
  await stroke(page, [120, 60], [120, 120]);
  await page.getByRole("button", { name: "Select shapes", exact: true }).click();
  await page.getByLabel("Face color", { exact: true }).fill("#ff0000");
  await expect
    .poll(async () => chroma(await colourAt(page, 120, 90)), { timeout: 20_000 })
    .toBeGreaterThan(60);
  await page.mouse.click(...(await place(page, -150, -80)));
  await page.screenshot({ path: test.info().outputPath("shapes.png") });
  await stroke(page, [-100, -40], [-60, 0]);
  await expect.poll(async () => Math.min(...(await colourAt(page, -70, -10)))).toBeGreaterThan(120);
  await page.keyboard.press("Delete");
  await expect(page.getByText("1 shape, 3D")).toBeVisible();
  expect(errors).toEqual([]);
});

test("the list: actions make layers of layers; several are chosen, linked, locked and taken away", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  const actions = (name: string) => page.getByRole("button", { name: `Actions of ${name}`, exact: true });
  await page.getByRole("button", { name: "colin27_brain", exact: true }).click();
  await actions("colin27_brain").click();
  await page.getByRole("menuitem", { name: "max projection" }).click();
  await expect(page.getByRole("button", { name: "colin27_brain max-proj", exact: true })).toBeVisible();
  await expect(page.getByText("217 × 181 uint8")).toBeVisible();
  await actions("colin27_brain max-proj").click();
  await page.getByRole("menuitem", { name: "Convert to labels" }).click();
  await expect(page.getByText("Brush size")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("actions.png") });
  await page.getByRole("button", { name: "colin27_brain", exact: true }).click({ modifiers: ["Control"] });
  await actions("colin27_brain").click();
  await page.getByRole("menuitem", { name: "Link layers" }).click();
  await expect(page.getByText("Linked", { exact: true })).toHaveCount(2);
  await page.getByRole("button", { name: "colin27_brain max-proj", exact: true }).click();
  await page.getByRole("button", { name: "colin27_brain max-proj", exact: true }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Lock", exact: true }).click();
  await expect(page.getByRole("button", { name: "Delete selected layers" })).toBeDisabled();
  await page.reload();
  await exactPicture(page);
  const locked = page.locator("ep-layer-list").getByText("Locked", { exact: true });
  await expect(locked).toHaveCount(1);
  // The journeys share a session: a locked layer could not be taken away by those that come later.
  await page.getByRole("button", { name: "colin27_brain max-proj", exact: true }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Unlock", exact: true }).click();
  await expect(locked).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("the features table: add, edit, sort, filter; rows and points are chosen together", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  for (const dx of [-150, 0, 150]) await page.mouse.click(...(await place(page, dx, -80)));
  await expect(page.getByText("3 points, 3D")).toBeVisible();
  await page.getByRole("button", { name: "Features table" }).click();
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("row")).toHaveCount(4);
  await page.getByRole("button", { name: "Add feature" }).click();
  const cells = grid.locator('[data-name="feature"]');
  await expect(cells).toHaveText(["0", "0", "0"]);
  for (const [row, value] of ["5", "1", "9"].entries()) {
    await cells.nth(row).dblclick();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(value);
    await page.keyboard.press("Enter");
    await expect(cells.nth(row)).toHaveText(value);
  }
  await page.getByRole("button", { name: "feature", exact: true }).click();
  await expect(cells).toHaveText(["1", "5", "9"]);
  await cells.nth(2).click();
  await page.screenshot({ path: test.info().outputPath("table.png") });
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("feature > 3");
  await page.keyboard.press("Enter");
  await expect(cells).toHaveText(["5", "9"]);
  await page.getByLabel("Face color mode").selectOption("colormap");
  await expect(page.getByLabel("Face color by")).toHaveValue("feature");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  expect((await download).suggestedFilename()).toMatch(/^Points.*\.csv$/);
  expect(errors).toEqual([]);
});

test("transform: a layer is moved and turned by its handles, and taken back in one step each", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "colin27_brain", exact: true }).click();
  const before = await still(page);
  await page.getByRole("button", { name: "Transform", exact: true }).click();
  await stroke(page, [-20, 20], [60, 60]);
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 20_000 })
    .toBeGreaterThan(10);
  await page.screenshot({ path: test.info().outputPath("transform.png") });
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByRole("button", { name: "Pan/zoom", exact: true }).click();
  await page.mouse.move(2, 2);
  await expect
    .poll(async () => difference(before, await canvasPixels(page)), { timeout: 20_000 })
    .toBeLessThan(0.5);
  expect(errors).toEqual([]);
});

test("list, controls and table are whole at 360 px and in the light theme, and say what they are", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  await page.mouse.click(...(await place(page, 0, 0)));
  await page.getByRole("button", { name: "Features table" }).click();
  await page.getByRole("button", { name: "Add feature" }).click();
  for (const scheme of ["dark", "light"] as const) {
    await page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
    }, scheme);
    await expectAccessible(page, `layers, ${scheme}`);
    await page.screenshot({ path: test.info().outputPath(`${scheme}.png`) });
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: test.info().outputPath("360.png") });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  expect(errors).toEqual([]);
});

test("in an empty session points begin on as much room as labels would have", async ({ page }) => {
  const errors = watchErrors(page);
  await flat(page);
  await page.getByRole("button", { name: "colin27_brain", exact: true }).click();
  await page.getByRole("button", { name: "Actions of colin27_brain", exact: true }).click();
  await page.getByRole("menuitem", { name: "Select all", exact: true }).click();
  await page.getByRole("button", { name: "Delete selected layers" }).click();
  await expect(page.getByRole("button", { name: "colin27_brain", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  await page.mouse.click(...(await place(page, 0, 0)));
  await page.mouse.click(...(await place(page, 100, 100)));
  await expect(page.getByText("2 points, 2D")).toBeVisible();
  await page.mouse.move(2, 2);
  await expect.poll(async () => Math.min(...(await colourAt(page, 100, 100)))).toBeGreaterThan(240);
  // Between the two there is room.
  expect(Math.max(...(await colourAt(page, 50, 50)))).toBeLessThan(10);
  expect(errors).toEqual([]);
});
