/** Ways for data to get onto the screen: samples, addresses, uploads, dropped files; and what cannot be opened. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { encode } from "fast-png";
import { expect, test } from "./fixtures.ts";
import { ROOT } from "./stack.ts";
import { brightShare, exactPicture, watchErrors } from "./viewer-page.ts";

/** A session without layers, reached as a person does. */
async function emptySession(page: Page): Promise<void> {
  await exactPicture(page);
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "New session" }).click();
  await expect(page).toHaveURL(/\/view\/(?!welcome)/);
}

/** A grey picture with a bright square. */
function picture(): Uint8Array {
  const data = new Uint8Array(64 * 64).fill(20);
  for (let y = 16; y < 48; y++) data.fill(230, y * 64 + 16, y * 64 + 48);
  return encode({ width: 64, height: 64, channels: 1, depth: 8, data });
}

test("the cells sample: two channels over time and their labels, in slices", async ({ page }) => {
  const errors = watchErrors(page);
  await emptySession(page);
  await page
    .getByRole("button", { name: /Dividing cells/ })
    .first()
    .click();
  await expect(page.getByRole("list", { name: "Layers" }).getByRole("listitem")).toHaveCount(3, {
    timeout: 30_000,
  });
  await expect(page.getByRole("slider", { name: /^Axis t/ })).toBeVisible();
  await expect(page.getByRole("slider", { name: /^Axis z/ })).toBeVisible();
  await exactPicture(page);
  expect(await brightShare(page, 12)).toBeGreaterThan(0.02);
  await page.getByRole("button", { name: "Play t" }).click();
  await page.waitForTimeout(1500);
  await page.getByRole("button", { name: "Pause t" }).click();
  await exactPicture(page);
  expect(errors).toEqual([]);
});

test("an uploaded picture becomes a layer, with its pixels", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-upload-"));
  try {
    writeFileSync(join(folder, "square.png"), picture());
    await emptySession(page);
    await page.getByRole("button", { name: "Add" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Upload", exact: true }).click();
    await (await chooser).setFiles(join(folder, "square.png"));
    await expect(page.getByRole("button", { name: "square", exact: true })).toBeVisible({ timeout: 30_000 });
    await exactPicture(page);
    // A quarter of the picture, which fills 95% of the height.
    expect(await brightShare(page, 200)).toBeGreaterThan(0.05);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a path in a folder of the node; outside of them nothing is said to exist", async ({ page }) => {
  await emptySession(page);
  const open = async (address: string) => {
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("textbox", { name: "Address or path" }).fill(address);
    await page.getByRole("button", { name: "Open", exact: true }).click();
  };
  await open("/etc/passwd.png");
  await expect(page.getByText(/There is no .*passwd\.png/)).toBeVisible();
  await open("http://127.0.0.1:1/cells.ome.zarr");
  await expect(page.getByText(/127\.0\.0\.1/).first()).toBeVisible();
  await open(join(ROOT, "public/samples/colin27_brain.nii.gz"));
  await expect(page.getByRole("button", { name: "colin27_brain", exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await exactPicture(page);
});
