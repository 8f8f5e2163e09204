/** Saving from the page: the scene as a download that opens again, and a layer into a folder of the node. */
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";
import { exactPicture, watchErrors } from "./viewer-page.ts";

test("saves the scene as a download, and a layer in the format of choice", async ({ page }) => {
  const errors = watchErrors(page);
  await exactPicture(page);
  await page.keyboard.press("Control+s");
  const dialog = page.locator("ep-save-dialog");
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue(/brain/i);
  const scene = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const download = await scene;
  expect(download.suggestedFilename()).toMatch(/\.eyepiece\.json$/);
  const saved = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(saved.format).toBe("eyepiece-scene");
  expect(saved.layers.map((one: { data: { kind: string } }) => one.data.kind)).toContain("address");
  expect(saved.view.dims.ndisplay).toBe(3);
  await expect(page.getByRole("dialog", { name: "Save" })).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await dialog.locator("select[name=format]").selectOption(".npy");
  await dialog.getByLabel("Name", { exact: true }).fill("volume");
  const array = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const file = await array;
  expect(file.suggestedFilename()).toMatch(/^volume.*\.(npy|zip)$/);
  expect((await readFile(await file.path())).byteLength).toBeGreaterThan(1_000_000);
  expect(errors).toEqual([]);
});
