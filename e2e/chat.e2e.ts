/** Conversations with real models through the real page, relay, node and worker: tiny ones with random weights, on the CPU. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { putMade, TINY } from "../gpu-node/src/inference/testing/made.ts";
import { workerPids } from "../gpu-node/src/inference/testing/models.ts";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { ROOT, type Stack } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");
/** A worker starts Python. */
const FIRST = { timeout: 90_000 };

/** Puts the tiny models into the node's folder. */
const putModels = (stack: Stack): Promise<void> => putMade(TINY, join(stack.home, "node", "models"));

const answers = (page: Page) => page.locator("ep-chat-answer");
const field = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Waits until nothing writes. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible(FIRST);
}

async function setNumber(page: Page, label: string, value: number): Promise<void> {
  const number = page.getByRole("spinbutton", { name: `${label}, number` });
  await number.fill(String(value));
  await number.press("Enter");
}

test("models answer side by side, with chances, edits, tries and files", async ({ page, stack }) => {
  test.setTimeout(300_000);
  page.setDefaultTimeout(30_000);
  mkdirSync(SHOTS, { recursive: true });
  const errors = watchErrors(page);
  await page.goto(`${stack.url}/chat`);
  await expect(page.getByText("There is no model on this node yet")).toBeVisible();
  await expectAccessible(page, "chat without a model");
  await page.screenshot({ path: join(SHOTS, "chat-empty.png") });

  await putModels(stack);
  await page.getByRole("button", { name: "Look again" }).click();
  const model = page.getByLabel("Model", { exact: true });
  await model.selectOption("tiny");
  await setNumber(page, "Temperature", 0);
  await setNumber(page, "Most tokens", 60);
  await field(page).fill("Hello,\nwho are you?");
  await field(page).press("Enter");
  await expect(answers(page)).toHaveCount(1);
  await settled(page);
  const first = answers(page).first();
  const tokens = first.locator(".tokens span[data-n]");
  await expect(first.locator(".figures")).toContainText("tokens");
  expect(await tokens.count()).toBeGreaterThan(5);
  await tokens.nth(2).hover();
  await expect(first.locator("#chance")).toContainText("%");
  await page.screenshot({ path: join(SHOTS, "chat-chances.png") });
  // The same by keys.
  await first.getByRole("group", { name: /^Tokens/ }).focus();
  await page.keyboard.press("Home");
  await expect(tokens.first()).toHaveAttribute("data-at", "");

  // A second model beside the first; what was said before can be asked of it.
  await page.getByRole("button", { name: "Add a model beside" }).click();
  await page.getByLabel("Model 2", { exact: true }).selectOption("lora");
  await expect(answers(page).nth(1)).toContainText("Not asked.");
  await answers(page).nth(1).getByRole("button", { name: "Ask: lora" }).click();
  await settled(page);
  await field(page).fill("And now?");
  await field(page).press("Enter");
  await expect(answers(page)).toHaveCount(4);
  await settled(page);
  const text = (n: number) => answers(page).nth(n).locator(".text").textContent();
  expect(await text(0)).not.toBe(await text(1));

  // Another try of the last answer; with temperature 0 it is the same text.
  const before = await text(2);
  await answers(page).nth(2).getByRole("button", { name: "Try again: tiny" }).click();
  await expect(answers(page).nth(2)).toContainText("2 of 2");
  await settled(page);
  expect(await text(2)).toBe(before);
  await answers(page).nth(2).getByRole("button", { name: "The try before" }).click();
  await expect(answers(page).nth(2)).toContainText("1 of 2");

  // An edit of the first message drops the second turn.
  await page.getByRole("button", { name: /^Edit: Hello/ }).click();
  await page.getByRole("textbox", { name: "Edited message" }).fill("Good evening");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toHaveCount(2);
  await settled(page);

  // The conversation is a file to fine-tune with.
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "JSONL, to fine-tune with" }).click();
  const lines = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { messages: { role: string }[] }).messages.length)).toEqual(
    [2, 2],
  );
  await page.keyboard.press("Escape");

  // An answer is JSON of a schema where that is asked, and what is no schema is said.
  await page.getByLabel("Answers are").selectOption("json");
  const schema = page.getByLabel("JSON schema (empty: any object)");
  await schema.fill("{");
  await schema.press("Tab");
  await answers(page).first().getByRole("button", { name: "Try again: tiny" }).click();
  await expect(answers(page).first().getByRole("alert")).toContainText("schema of the answers is no JSON");
  await schema.fill('{"enum": ["glad", "grim"]}');
  await schema.press("Tab");
  await answers(page).first().getByRole("button", { name: "Try again: tiny" }).click();
  await settled(page);
  await expect(answers(page).first().locator(".text")).toHaveText(/^"(glad|grim)"$/);
  await page.screenshot({ path: join(SHOTS, "chat-json.png") });
  await page.getByLabel("Answers are").selectOption("text");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await answers(page).first().getByRole("button", { name: "Copy the answer" }).click();
  await expect(answers(page).first().getByText("Copied.")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^"(glad|grim)"$/);

  // Accessible and whole at all sizes, in both themes.
  for (const theme of ["dark", "light"]) {
    await page.evaluate(
      (wanted) => localStorage.setItem("eyepiece.preferences", JSON.stringify({ theme: wanted })),
      theme,
    );
    // Kept within a moment, so that the conversation is here after a reload.
    await page.waitForTimeout(700);
    await page.reload();
    await expect(answers(page)).toHaveCount(2);
    await expectAccessible(page, `chat, ${theme}`);
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1280, 800],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(150);
      const main = await page.locator("ep-shell main").evaluate((one) => one.scrollWidth - one.clientWidth);
      expect(main, `chat at ${width} px`).toBeLessThanOrEqual(1);
      await page.screenshot({ path: join(SHOTS, `chat-${width}-${theme}.png`) });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  // Where the window is narrow the panels are sheets.
  await page.setViewportSize({ width: 360, height: 740 });
  for (const name of ["Conversations", "Settings of the conversation"]) {
    const sheet = page.getByRole("complementary", { name });
    await expect(sheet).toBeHidden();
    await page.getByRole("button", { name, exact: true }).click();
    await expect(sheet).toBeVisible();
    await expectAccessible(page, `the sheet ${name}`);
    await page.screenshot({ path: join(SHOTS, `chat-sheet-${name.slice(0, 4)}.png`) });
    await sheet.getByRole("button").first().press("Escape");
    await expect(sheet).toBeHidden();
  }
  expect(errors).toEqual([]);
});

test("an answer is stopped, a worker that is killed is told of, and trying again works", async ({
  page,
  stack,
}) => {
  test.setTimeout(300_000);
  page.setDefaultTimeout(30_000);
  await putModels(stack);
  await page.goto(`${stack.url}/chat`);
  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.getByLabel("Model", { exact: true }).selectOption("other");
  await setNumber(page, "Temperature", 1);
  await setNumber(page, "Most tokens", 4000);
  await field(page).fill("Go on for long");
  await field(page).press("Enter");
  const first = answers(page).first();
  await expect(first.locator(".tokens")).toBeVisible(FIRST);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(first.locator(".figures")).toContainText(/stopped|tokens/);
  await settled(page);

  // Freezes the worker, so that it is killed while it answers however fast this machine is.
  const pids = workerPids(stack.pids().node);
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  await first.getByRole("button", { name: "Try again: other" }).click();
  await expect(first.locator(".figures")).toContainText("waiting");
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await expect(first.getByRole("alert")).toContainText("Ask again: it is started anew");
  await first.getByRole("button", { name: "Try again: other" }).click();
  await expect(first).toContainText("3 of 3");
  await expect(first.locator(".tokens")).toBeVisible(FIRST);
  await page
    .getByRole("button", { name: "Stop", exact: true })
    .click({ timeout: 5000 })
    .catch(() => {});
  await settled(page);
});
