/** The axes, the grid, clipping planes and what lies over the picture, on a session with a real node. */
import { expect, test as shared } from "./fixtures.ts";
import { brightShare, canvasPixels, difference, exactPicture, watchErrors } from "./viewer-page.ts";

/** An Eyepiece of its own: the layer, the names and the grid that are made here would be in the way of other tests. */
const test = shared.extend<object, { ownStack: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  ownStack: [async ({}, use) => use(undefined), { scope: "worker", auto: true }],
});

test("axes, grid, overlays and clipping planes do on the node what the page says", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  await page.screenshot({ path: test.info().outputPath("begin.png") });

  // A clipping plane takes half of the volume away.
  const before = await brightShare(page);
  await page.getByText("Clipping planes", { exact: true }).click();
  await page.getByRole("button", { name: "Add a clipping plane, x" }).click();
  await expect.poll(() => brightShare(page), { timeout: 20_000 }).toBeLessThan(before * 0.9);
  await page.getByRole("button", { name: "Remove plane 1" }).click();
  await expect.poll(() => brightShare(page), { timeout: 20_000 }).toBeGreaterThan(before * 0.95);

  await page.getByRole("button", { name: "Overlays and camera" }).click();
  for (const name of ["Color bar", "Current slice", "Text overlay"])
    await page.getByRole("checkbox", { name }).check();
  await page.getByLabel("Text, words").fill("Figure 2b");
  await page.screenshot({ path: test.info().outputPath("overlays.png") });
  await page.keyboard.press("Escape");

  await page.getByText("Transform and more", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Bounding box", exact: true }).check();
  await page.getByRole("checkbox", { name: "Name overlay" }).check();
  await page.getByRole("button", { name: "2D", exact: true }).click();
  await exactPicture(page);
  await page.screenshot({ path: test.info().outputPath("flat.png") });

  // An axis has the new name in the bar once the session's view has followed.
  await page.getByRole("button", { name: "Order and names of the axes" }).click();
  await page.getByLabel("Name of axis z").fill("depth");
  await page.getByLabel("Name of axis z").press("Enter");
  await expect(page.getByRole("slider", { name: "Axis depth", exact: true })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("axes.png") });
  await page.getByRole("button", { name: "Move axis depth" }).press("ArrowDown");
  await expect(page.getByRole("slider", { name: "Axis y", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");

  await page.getByRole("button", { name: "Settings of the grid" }).click();
  await page.getByRole("checkbox", { name: "Grid enabled" }).check();
  await page.getByLabel("Grid columns").fill("2");
  await page.getByLabel("Grid columns").press("Enter");
  await page.screenshot({ path: test.info().outputPath("grid.png") });
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Settings of axis/ })
    .first()
    .click();
  await page.getByLabel("Margin after").fill("12");
  await page.getByLabel("Margin after").press("Enter");
  await exactPicture(page);
  await page.screenshot({ path: test.info().outputPath("thick.png") });
  await page.keyboard.press("Escape");
  // Words at points: as the page draws them, for the slice that is shown.
  await page.getByRole("button", { name: "New points layer" }).click();
  await page.getByRole("button", { name: "Add points", exact: true }).click();
  const canvas = await page.locator("ep-canvas").boundingBox();
  if (!canvas) throw new Error("there is no canvas");
  const bare = await canvasPixels(page);
  await page.mouse.click(canvas.x + canvas.width * 0.75, canvas.y + canvas.height / 2);
  await page.getByLabel("Text", { exact: true }).fill("nucleus");
  await page.getByLabel("Text", { exact: true }).press("Enter");
  await page.getByLabel("Text size, number").fill("40");
  await page.getByLabel("Text size, number").press("Enter");
  await exactPicture(page);
  await expect.poll(async () => difference(bare, await canvasPixels(page))).toBeGreaterThan(0.5);
  await page.screenshot({ path: test.info().outputPath("words.png") });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.getByRole("button", { name: "Overlays and camera" }).click();
  await page.screenshot({ path: test.info().outputPath("light.png") });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByLabel("Filter keys").fill("ctrl");
  await page.screenshot({ path: test.info().outputPath("keys.png") });
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 360, height: 740 });
  for (const panel of ["Controls panel", "Layers panel"])
    await page.getByRole("button", { name: panel }).click();
  await page.getByRole("button", { name: "Overlays and camera" }).click();
  await page.screenshot({ path: test.info().outputPath("phone-overlays.png") });
  await page.keyboard.press("Escape");
  await exactPicture(page);
  await page.screenshot({ path: test.info().outputPath("phone.png") });
  expect(errors).toEqual([]);
});
