/** Saving from the page: the scene as a download that opens again, and a layer into a folder of the node. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { startStack } from "./stack.ts";
import { canvasPixels, difference, exactPicture, watchErrors } from "./viewer-page.ts";

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

/** An Eyepiece that may open from and save into a folder of this test's own. */
const withFolder = base.extend<{ folder: string; ownPage: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of wanted fixtures from it
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "eyepiece-saving-"));
    await mkdir(join(folder, "kept"));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  ownPage: async ({ page, folder }, use) => {
    const stack = await startStack({ args: ["--root", folder] });
    await page.goto(stack.ownerLink);
    await exactPicture(page);
    await use(page);
    await stack.stop();
  },
});

// A step that cannot be done is told after a while, not at the journey's end.
withFolder.use({ actionTimeout: 20_000 });

/** In the dialog that is open: goes to the folder `kept` of the node. */
async function toKept(page: Page, folder: string): Promise<void> {
  const dialog = page.locator("ep-save-dialog");
  await dialog.getByRole("radio", { name: "A folder of the node" }).check();
  const folders = dialog.getByRole("list", { name: "Folders of the node" });
  await folders.getByRole("button", { name: basename(folder) }).click();
  await folders.getByRole("button", { name: "kept" }).click();
  await expect(dialog.getByText(join(folder, "kept"), { exact: true })).toBeVisible();
}

/** What is on the canvas when it has stopped changing. */
async function still(page: Page): Promise<Awaited<ReturnType<typeof canvasPixels>>> {
  await page.mouse.move(2, 2);
  let before = await canvasPixels(page);
  await expect(async () => {
    await exactPicture(page);
    const now = await canvasPixels(page);
    const same = difference(before, now) === 0;
    before = now;
    expect(same).toBe(true);
  }).toPass({ intervals: [600] });
  return before;
}

withFolder(
  "a scene saved into a folder of the node opens from the page as it was",
  async ({ ownPage: page, folder }) => {
    withFolder.setTimeout(120_000);
    const errors = watchErrors(page);
    await page.getByRole("button", { name: "2D", exact: true }).click();
    await page.getByRole("combobox", { name: "Blending" }).selectOption("additive");
    const slider = page.getByRole("slider", { name: /^Axis z/ });
    await slider.focus();
    for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowRight");
    const seen = await still(page);
    const at = await slider.inputValue();
    await page.keyboard.press("Control+s");
    await toKept(page, folder);
    const dialog = page.locator("ep-save-dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("mine");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(/^Saved .*mine\.eyepiece\.json/)).toBeVisible();
    expect(readdirSync(join(folder, "kept"))).toEqual(["mine.eyepiece.json"]);

    // A second time it is told, and nothing is lost. The folder is still chosen.
    await expect(page.getByRole("dialog", { name: "Save" })).toHaveCount(0);
    await page.keyboard.press("Control+s");
    await expect(dialog.getByText(join(folder, "kept"), { exact: true })).toBeVisible();
    await dialog.getByLabel("Name", { exact: true }).fill("mine");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("exists already");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Save" })).toHaveCount(0);

    await page.getByRole("link", { name: "Start", exact: true }).click();
    await page.getByRole("button", { name: "New session" }).click();
    await expect(page).toHaveURL(/\/view\/(?!welcome)/);
    await page.getByRole("button", { name: "Add" }).click();
    await page
      .getByRole("textbox", { name: "Address or path" })
      .fill(join(folder, "kept/mine.eyepiece.json"));
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(page.getByRole("button", { name: "colin27_brain", exact: true })).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole("combobox", { name: "Blending" })).toHaveValue("additive");
    await expect(page.getByRole("slider", { name: /^Axis z/ })).toHaveValue(at);
    // The word on what was saved lies over the canvas, and goes by itself.
    await expect(page.getByText(/^Saved /)).toHaveCount(0, { timeout: 60_000 });
    expect(difference(seen, await still(page))).toBeLessThan(0.5);
    expect(errors).toEqual([]);
  },
);

withFolder(
  "a save that is cancelled leaves nothing, and the next one works",
  async ({ ownPage: page, folder }) => {
    withFolder.setTimeout(120_000);
    await page.getByRole("button", { name: "Add" }).click();
    // Sixteen gigabytes, computed as they are written.
    await page.getByRole("textbox", { name: "Address or path" }).fill("generated:2000x2048x2048");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    const layer = page.getByRole("button", { name: "2000x2048x2048", exact: true });
    await expect(layer).toBeVisible({ timeout: 30_000 });
    await layer.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Save as" }).click();
    const dialog = page.locator("ep-save-dialog");
    await dialog.locator("select[name=format]").selectOption(".ome.zarr");
    await toKept(page, folder);
    await dialog.getByLabel("Name", { exact: true }).fill("large");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    const kept = (): string[] => readdirSync(join(folder, "kept"));
    await expect.poll(() => kept().length, { timeout: 30_000 }).toBeGreaterThan(0);
    await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText(/cancel/i);
    await expect.poll(kept).toEqual([]);
    await dialog.locator("select[name=format]").selectOption(".eyepiece.json");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(kept).toEqual(["large.eyepiece.json"]);
  },
);
