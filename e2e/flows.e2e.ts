/** Flows through the real page, relay, node and Python: from the catalogue to a result, a lock answered in place, a run called off. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { ROOT } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");
/** The environment is made when flows are first asked for. */
const MADE = { timeout: 300_000 };

/** A picture of the page as it is, wide and narrow, dark and light. */
async function shots(page: Page, name: string): Promise<void> {
  for (const [width, scheme] of [
    [1280, "dark"],
    [360, "dark"],
    [1280, "light"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
    }, scheme);
    await page.screenshot({ path: join(SHOTS, `${name}-${width}-${scheme}.png`), animations: "disabled" });
  }
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("a flow goes from its card to its result, asks in between, and can be called off", async ({ page }) => {
  test.setTimeout(400_000);
  mkdirSync(SHOTS, { recursive: true });
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);

  await page.getByRole("link", { name: "Flows", exact: true }).click();
  await expect(page.getByRole("link", { name: /Hymn/ })).toBeVisible(MADE);
  await expectAccessible(page, "the catalogue of flows");
  await shots(page, "flows");
  await page.getByRole("searchbox", { name: "Search flows" }).fill("person to agree");
  await expect(page.getByRole("link", { name: /Hymn/ })).toBeHidden();
  await expect(page).toHaveURL(/q=person\+to\+agree/);
  await page.getByRole("searchbox", { name: "Search flows" }).fill("");

  // A form: refused in place with what was typed, then taken.
  await page.getByRole("link", { name: /Hymn/ }).click();
  const creature = page.getByLabel("Creature");
  await expect(creature).toHaveValue("Tardigrade");
  await creature.fill("");
  await page.getByRole("button", { name: "Write" }).click();
  await expect(page.getByText("This field is required.")).toBeVisible();
  await creature.fill("Nothing");
  await page.getByLabel("Verses").fill("2");
  await page.getByRole("button", { name: "Write" }).click();
  await expect(page.getByText("There is nothing to praise.")).toBeVisible();
  await expect(page.getByText("Choose something that lives.")).toBeVisible();
  await expect(creature).toHaveValue("Nothing");
  await expectAccessible(page, "a form of a flow");
  await shots(page, "flow-form");
  await creature.fill("Rotifer");
  await page.getByRole("button", { name: "Write" }).click();

  await expect(page).toHaveURL(/\/flows\/runs\/[0-9a-f]{24}$/);
  await expect(page.getByRole("heading", { name: "Hymn to the Rotifer" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "finished" })).toBeVisible();
  await expect(page.getByText("2 verses are written")).toBeVisible();
  await page.getByText(/steps on the way/).click();
  await expectAccessible(page, "a run of a flow");
  await shots(page, "flow-run");

  // The form again, with what was handed in.
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByLabel("Creature")).toHaveValue("Rotifer");
  await expect(page.getByLabel("Verses")).toHaveValue("2");

  // A lock: its form is on the run's page.
  await page.getByRole("link", { name: "Flows", exact: true }).first().click();
  await page.getByRole("link", { name: /Review of words/ }).click();
  await page.getByLabel("Text").fill("the cat and the dog and the bird <script>alert(1)</script>");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("heading", { name: "Shall this be the report?" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "waits for an answer" })).toBeVisible();
  await shots(page, "flow-lock");
  await page.getByRole("button", { name: "Answer" }).click();
  await expect(page.getByText("Tick it, or cancel the run.")).toBeVisible();
  await page.getByLabel("I agree").check();
  await page.getByLabel("Remark").fill("well counted");
  await page.getByRole("button", { name: "Answer" }).click();
  await expect(page.getByRole("status").filter({ hasText: "finished" })).toBeVisible();
  // HTML of the flow, in a frame that reaches nothing.
  await expect(page.frameLocator("iframe").getByRole("heading", { name: "Words" })).toBeVisible();
  await expect(page.frameLocator("iframe").getByRole("cell", { name: "the", exact: true })).toBeVisible();
  await shots(page, "flow-html");
  // The frame goes with the theme.
  for (const [button, scheme] of [
    ["Light theme", "light"],
    ["Dark theme", "dark"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(page.frameLocator("iframe").locator("html")).toHaveCSS("color-scheme", scheme);
    await expect(page.frameLocator("iframe").getByRole("heading", { name: "Words" })).toBeVisible();
    await page.screenshot({ path: join(SHOTS, `flow-html-themed-${scheme}.png`), animations: "disabled" });
  }

  // What it left is fetched.
  const fetched = page.waitForEvent("download");
  await page.getByRole("link", { name: "out/report.txt" }).click();
  const report = await (await fetched).createReadStream();
  let text = "";
  for await (const part of report) text += String(part);
  expect(text).toContain("the\t3\n");
  expect(text).toContain("well counted");

  // Files go up in parts, and the run finds them.
  await page.getByRole("link", { name: "Flows", exact: true }).first().click();
  await page.getByRole("link", { name: /Review of files/ }).click();
  await page.getByRole("button", { name: "Count" }).click();
  await expect(page.getByText("This field is required.")).toBeVisible();
  await page.getByLabel("Text files").setInputFiles([
    { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from("owl owl bat ".repeat(200_000)) },
    { name: "two.txt", mimeType: "text/plain", buffer: Buffer.from("owl") },
  ]);
  await expect(page.getByRole("button", { name: "Remove two.txt" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByText("This field is required.")).toBeHidden();
  await expectAccessible(page, "a form with files");
  await shots(page, "flow-files");
  await page.getByRole("button", { name: "Remove two.txt" }).click();
  await page.getByRole("button", { name: "Count" }).click();
  await expect(page.getByText("owl: 400000")).toBeVisible();
  await expect(page.getByRole("link", { name: "in/one.txt" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByRole("status").filter({ hasText: "cancelled" })).toBeVisible();

  // Called off while it waits; the link of a form fills it in.
  await page.getByRole("link", { name: "Flows", exact: true }).first().click();
  await page.getByRole("link", { name: /^Review of words/ }).click();
  await expect(page).toHaveURL(/\/flows\/form\//);
  await page.goto(`${page.url()}?text=three+small+words`);
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("heading", { name: "Shall this be the report?" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByRole("status").filter({ hasText: "cancelled" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Shall this be the report?" })).toBeHidden();

  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page.getByText("4 of 4 runs")).toBeVisible();
  await expectAccessible(page, "the timeline");
  await shots(page, "timeline");
  await page.getByLabel("State").selectOption("error");
  await expect(page.getByText("2 of 2 runs")).toBeVisible();
  await expect(page).toHaveURL(/status=error/);
  await page.reload();
  await expect(page.getByText("2 of 2 runs")).toBeVisible();

  // What a run has left goes with it.
  await page.getByRole("link", { name: /Review of words/ }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the run" }).click();
  await expect(page.getByText("3 of 3 runs")).toBeVisible();
  expect(errors).toEqual([]);
});

test("a run goes on while its node is killed, and its page comes back by itself", async ({ page, stack }) => {
  test.setTimeout(400_000);
  page.setDefaultTimeout(30_000);
  await page.getByRole("link", { name: "Flows", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Review of words/ })).toBeVisible(MADE);
  await page.getByRole("link", { name: /^Review of words/ }).click();
  await page.getByLabel("Text").fill("some words that outlive a node");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("heading", { name: "Shall this be the report?" })).toBeVisible();
  const { node } = stack.pids();
  process.kill(node, "SIGKILL");
  await expect(page.getByText("The line is broken; it comes back by itself.")).toBeVisible();
  await expect(page.getByText("The line is broken; it comes back by itself.")).toBeHidden({
    timeout: 60_000,
  });
  expect(stack.pids().node).not.toBe(node);
  await page.getByLabel("I agree").check();
  // The agent dials the new node within a second; an answer waits for it.
  await page.getByRole("button", { name: "Answer" }).click();
  await expect(page.getByRole("status").filter({ hasText: "finished" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("6 different words.")).toHaveCount(1);
  await page.reload();
  await expect(page.frameLocator("iframe").getByRole("heading", { name: "Words" })).toBeVisible();
});
