/** Every page, dark and light, from a phone to 4K: accessible by axe, nothing wider than the window, no error in the console. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { ask, dialogOf } from "./people.ts";
import { ROOT, type Stack } from "./stack.ts";
import { exactPicture, watchErrors } from "./viewer-page.ts";

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
];
const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");

interface Shown {
  readonly name: string;
  readonly path: string;
  /** Waits until it is whole. */
  readonly ready: (page: Page) => Promise<void>;
}

/** What the pages show, and the pages. */
async function filled(page: Page, stack: Stack): Promise<readonly Shown[]> {
  const cells = [
    { type: "markdown", content: "# Cells over time\n\nWhat is counted, and how." },
    { type: "code", content: "import numpy\nvolume = numpy.zeros((4, 4))\nvolume.sum()" },
  ];
  const { id: project } = await ask<{ id: string }>(page, stack, "POST", "/api/projects", {
    name: "Embryo, day 3",
  });
  const made = await ask<{ id: string }>(page, stack, "POST", "/api/notebooks", {
    name: "Counting nuclei in a long recording",
    project,
    cells,
  });
  await ask(page, stack, "POST", "/api/tokens", { name: "script", scopes: ["view"] });
  await ask(page, stack, "POST", "/api/admin/invitations", { note: "Ada" });
  await ask(page, stack, "POST", "/api/shares", { kind: "project", id: project, rights: "comment" });
  const { upload } = await ask<{ upload: string }>(
    page,
    stack,
    "POST",
    `/api/projects/${project}/files/init`,
    {
      name: "a rather long name of a recording, session 14.txt",
      size: 0,
    },
  );
  await ask(page, stack, "POST", `/api/projects/${project}/files/uploads/${upload}/complete`);
  const heading = (name: string) => (at: Page) =>
    expect(at.getByRole("heading", { name }).first()).toBeVisible();
  return [
    { name: "home", path: "/", ready: heading("Samples") },
    { name: "project", path: `/project/${project}`, ready: heading("Members and links") },
    {
      name: "search",
      path: "/search?q=volume",
      ready: (at) => expect(at.locator("mark").first()).toBeVisible(),
    },
    {
      name: "account",
      path: "/account",
      ready: (at) => expect(at.getByText("script").first()).toBeVisible(),
    },
    { name: "admin", path: "/admin", ready: (at) => expect(at.getByText("Ada").first()).toBeVisible() },
    { name: "settings", path: "/settings", ready: (at) => expect(at.getByText("Draws with")).toBeVisible() },
    { name: "notebook", path: `/notebook/${made.id}`, ready: heading("Cells over time") },
    { name: "viewer", path: "/view/welcome", ready: (at) => exactPicture(at) },
    { name: "missing", path: "/project/none", ready: heading("This project cannot be opened") },
  ];
}

test("pages are accessible and fit, dark and light", async ({ page, stack }) => {
  test.setTimeout(300_000);
  const errors = watchErrors(page);
  const pages = await filled(page, stack);
  mkdirSync(SHOTS, { recursive: true });
  for (const theme of ["dark", "light"]) {
    await page.evaluate(
      (wanted) => localStorage.setItem("eyepiece.preferences", JSON.stringify({ theme: wanted })),
      theme,
    );
    for (const { name, path, ready } of pages) {
      await page.setViewportSize(SIZES[2] ?? { width: 1280, height: 800 });
      await page.goto(`${stack.url}${path}`);
      await ready(page);
      await expectAccessible(page, `${name}, ${theme}`);
      for (const size of SIZES) {
        // The software renderer takes long for a picture of this size.
        if (name === "viewer" && size.width > 2000) continue;
        await page.setViewportSize(size);
        await page.waitForTimeout(150);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider, `${name} at ${size.width} px`).toBeLessThanOrEqual(0);
        const main = await page.locator("ep-shell main").evaluate((one) => one.scrollWidth - one.clientWidth);
        expect(main, `${name} at ${size.width} px, its content`).toBeLessThanOrEqual(1);
        await page.screenshot({ path: join(SHOTS, `${name}-${size.width}-${theme}.png`) });
      }
    }
  }
  // A page of something that is not there asks for it once.
  expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
});

test("dialogs, the palette and the pages of nobody are accessible", async ({ page, stack, browser }) => {
  test.setTimeout(120_000);
  const { id } = await ask<{ id: string }>(page, stack, "POST", "/api/notebooks", { name: "To share" });
  const { url } = await ask<{ url: string }>(page, stack, "POST", "/api/shares", {
    kind: "notebook",
    id,
    rights: "view",
    password: "some words",
  });
  await page.goto(`${stack.url}/notebook/${id}`);
  await page.getByRole("button", { name: "Share" }).click();
  await dialogOf(page).getByLabel("Run code", { exact: true }).check();
  await dialogOf(page).getByLabel("I trust whoever gets this link with that").check();
  await dialogOf(page).getByRole("button", { name: "Make a link" }).click();
  await expect(dialogOf(page).getByLabel("The link, shown this once")).toBeVisible();
  await expectAccessible(page, "share dialog");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: join(SHOTS, "share-360.png") });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: join(SHOTS, "share-1280.png") });
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { name: /To share/ })).toBeVisible();
  await page.screenshot({ path: join(SHOTS, "palette-1280.png") });
  await expectAccessible(page, "palette");
  await page.keyboard.press("Escape");
  await page.goto(`${stack.url}/account`);
  await page.getByRole("button", { name: "Delete the account" }).click();
  await expect(dialogOf(page).getByLabel("Type owner to confirm")).toBeVisible();
  await expectAccessible(page, "confirmation");
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    const nobody = await context.newPage();
    await nobody.goto(stack.url);
    await expect(nobody.getByRole("button", { name: "Sign in" })).toBeVisible();
    await expectAccessible(nobody, "sign-in");
    await nobody.goto(stack.url + url);
    await expect(nobody.getByLabel("Password of the link")).toBeVisible();
    await nobody.screenshot({ path: join(SHOTS, "shared-360.png") });
    await expectAccessible(nobody, "share link");
  } finally {
    await context.close();
  }
});
