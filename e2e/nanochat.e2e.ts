/** A language model from nothing through the real page, relay and node: every stage, a report card, a chat, and an evaluation. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENTS, SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { ROOT } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");
/** Each stage starts Python and PyTorch. */
const STAGES = { timeout: 240_000 };
const ONE = { timeout: 90_000 };

/** As small as every stage still does something. */
const SETTINGS = {
  dataset: { documents: 400, validation: 20, conversations: 100 },
  tokenizer: { vocab_size: 400 },
  base: {
    ...{ num_iterations: 40, device_batch_size: 4, max_seq_len: 64 },
    ...{ eval_every: 10, sample_every: 20, save_every: 20 },
  },
  sft: { num_iterations: 6, device_batch_size: 4, eval_every: 3, sample_every: 3, save_every: 3 },
  rl: {
    num_iterations: 2,
    device_batch_size: 8,
    num_samples: 4,
    eval_every: 1,
    sample_every: 1,
    save_every: 1,
  },
};

test("a model is made from nothing, stage by stage, and is talked to", async ({ page, stack }) => {
  test.setTimeout(SETUP_MS + 600_000);
  mkdirSync(SHOTS, { recursive: true });
  await ENVIRONMENTS.ensure("eyepiece-train");
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);

  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("link", { name: "nanochat", exact: true }).click();
  await expect(page.getByText("There is no run yet")).toBeVisible();
  await expectAccessible(page, "no runs");
  await page.getByLabel("Engine").selectOption("checkout");
  await expect(page.getByText("EYEPIECE_NANOCHAT names a folder")).toBeVisible();
  await expect(page.getByRole("button", { name: "New run" })).toBeDisabled();
  await page.getByLabel("Engine").selectOption("bundled");
  await page.screenshot({ path: join(SHOTS, "nanochat-empty.png") });

  // By hand: one stage from its form; what it begins from is said where that is missing.
  await page.getByLabel("Name").fill("by-hand");
  await page.getByRole("button", { name: "New run" }).click();
  await expect(page.getByRole("heading", { name: "by-hand" })).toBeVisible();
  const stages = page.getByRole("list", { name: "Stages" });
  await stages.getByRole("button", { name: /^Base/ }).click();
  await expect(page.getByText("It begins from what Dataset and Tokenizer made")).toBeVisible();
  await expect(page).toHaveURL(/stage=base/);
  await expectAccessible(page, "a stage that waits");
  await stages.getByRole("button", { name: /^Dataset/ }).click();
  await page.getByLabel("Documents", { exact: true }).fill("300");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(stages.getByRole("button", { name: /^Dataset.*succeeded/ })).toBeVisible(ONE);
  await expect(page.getByText("300 documents")).toBeVisible();

  // All stages of another, by themselves.
  const made = await page.request.post(`${stack.url}/v1/nanochat/runs`, {
    data: { name: "tiny", settings: SETTINGS },
  });
  expect(made.status()).toBe(200);
  await page.goto(`${stack.url}/models/nanochat`);
  await page.getByRole("link", { name: "tiny", exact: true }).click();
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.getByText("going on by itself")).toBeVisible();
  await expect(page.getByRole("img", { name: /^Base: loss/ })).toBeVisible(STAGES);
  await page.screenshot({ path: join(SHOTS, "nanochat-running.png"), fullPage: true });
  await expect(stages.getByRole("button", { name: /succeeded/ })).toHaveCount(6, STAGES);
  await expect(page.getByText("going on by itself")).toBeHidden();
  await expect(page.getByRole("table", { name: "Benchmarks" })).toContainText("Arithmetic");
  await page.screenshot({ path: join(SHOTS, "nanochat-evaluation.png"), fullPage: true });

  // Curves against steps, time and FLOPs; samples of each step.
  await stages.getByRole("button", { name: /^Base/ }).click();
  await expect(page.getByRole("img", { name: /^Base: loss: loss \S+ at 40$/ })).toBeVisible();
  await page.getByRole("button", { name: "FLOPs", exact: true }).click();
  await expect(page.getByRole("img", { name: /^Base: loss: loss \S+ at \d+\.\d+$/ })).toBeVisible();
  await page.getByLabel("Figure").selectOption("bits per byte");
  await expect(page.getByRole("img", { name: /^Base: bits per byte/ })).toBeVisible();
  await page.getByRole("button", { name: "time", exact: true }).click();
  await expect(page.getByRole("list", { name: "Samples" })).toContainText("Ada had a");
  await page.getByLabel("At step").selectOption("20");
  await page.getByText("What its program printed").click();
  await expectAccessible(page, "a stage that is done");
  await page.screenshot({ path: join(SHOTS, "nanochat-base.png"), fullPage: true });
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.screenshot({ path: join(SHOTS, "nanochat-base-light.png"), fullPage: true });
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole("heading", { name: "tiny" }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(SHOTS, "nanochat-base-phone.png"), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  const card = page.waitForEvent("download");
  await page.getByRole("link", { name: "Report card" }).click();
  const file = await card;
  expect(file.suggestedFilename()).toBe("tiny.md");
  expect(readFileSync(await file.path(), "utf8")).toContain("6 of 6 stages");

  // What it made is talked to.
  await stages.getByRole("button", { name: /^SFT/ }).click();
  await page.getByRole("link", { name: "Chat with it" }).click();
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("What does the cat say?");
  await page.keyboard.press("Enter");
  await expect(page.locator("ep-chat-answer .figures")).toContainText("tokens", ONE);

  // And evaluated, beside what it was before.
  await page.getByRole("link", { name: "Evaluate", exact: true }).click();
  await expect(page.getByLabel("nanochat/tiny/base")).toBeVisible();
  await expectAccessible(page, "evaluate without results");
  for (const stage of ["base", "sft"]) await page.getByLabel(`nanochat/tiny/${stage}`).check();
  for (const name of ["Multiple choice", "Spelling"]) await page.getByLabel(name).uncheck();
  await page.getByRole("button", { name: "Evaluate 2 models" }).click();
  const scores = page.getByRole("table", { name: "Scores" });
  await expect(scores.getByRole("row").filter({ hasText: "nanochat/tiny/" })).toHaveCount(2, STAGES);
  await expect(scores).toContainText("20 items");
  await page.getByRole("button", { name: /^Animals of nanochat\/tiny\/sft/ }).click();
  await expect(page.getByRole("list", { name: /Animals: answers/ }).getByRole("listitem")).toHaveCount(6);
  await expectAccessible(page, "evaluate");
  await page.screenshot({ path: join(SHOTS, "evaluate.png"), fullPage: true });
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.screenshot({ path: join(SHOTS, "evaluate-light.png"), fullPage: true });
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.screenshot({ path: join(SHOTS, "evaluate-phone.png"), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  // Runs beside each other; what is deleted is gone with all that it made.
  await page.goto(`${stack.url}/models/nanochat`);
  for (const name of ["tiny", "by-hand"])
    await page.getByRole("checkbox", { name: `Compare ${name}` }).check();
  await expect(page.getByRole("img", { name: /^Runs: loss: tiny/ })).toBeVisible();
  await expectAccessible(page, "runs");
  await page.screenshot({ path: join(SHOTS, "nanochat-runs.png"), fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.screenshot({ path: join(SHOTS, "nanochat-runs-phone.png"), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("link", { name: "tiny", exact: true }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the run" }).click();
  await expect(page.getByRole("link", { name: "by-hand" })).toBeVisible();
  await expect(page.getByRole("link", { name: "tiny", exact: true })).toBeHidden();
  expect(errors).toEqual([]);
});
