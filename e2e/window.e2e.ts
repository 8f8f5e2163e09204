/** The viewer's window beyond one canvas. */
import { expect, test } from "./fixtures.ts";
import { brightShare, exactPicture, watchErrors } from "./viewer-page.ts";

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
  await page.screenshot({ path: test.info().outputPath("ortho.png") });
  await page.keyboard.press("Alt+o");
  await expect(cell("3D")).toHaveCount(0);
  await exactPicture(page);
  expect(errors).toEqual([]);
});
