/** Training from a file through the real page, relay, node and TRL: a tiny model on the CPU. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { putMade, TINY } from "../gpu-node/src/inference/testing/made.ts";
import { SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { ROOT, type Stack, startStack } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");
/** A job starts Python, torch and TRL. */
const TRAINED = { timeout: 120_000 };

const line = (i: number, more = "") =>
  JSON.stringify({
    messages: [
      { role: "user", content: `What is ${i} + 1?` },
      { role: "assistant", content: `${i + 1}${more}` },
    ],
  });
const lines = Array.from({ length: 40 }, (_, i) => line(i));

// A stack of its own: nobody has trained anything there yet.
let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.stop());

test("a file is checked, trains a model, and what is learned is seen as it comes", async ({ page }) => {
  test.setTimeout(SETUP_MS + 300_000);
  mkdirSync(SHOTS, { recursive: true });
  await putMade(TINY, join(stack.home, "node", "models"));
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);

  await page.goto(await stack.newOwnerLink());
  await expect(page).toHaveURL(/\/view\//);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(page.getByText("Nothing was trained yet")).toBeVisible();
  await expect(page.getByRole("list", { name: "Models" }).getByText("tiny", { exact: true })).toBeVisible();
  await expectAccessible(page, "models without jobs");
  await page.screenshot({ path: join(SHOTS, "models-empty.png") });

  // A file with a line that is wrong: the page says which, and shows it.
  await page.getByRole("link", { name: "Files to train on" }).click();
  await expect(page.getByText("No files yet")).toBeVisible();
  await page.screenshot({ path: join(SHOTS, "data-empty.png") });
  const field = page.getByLabel("Upload files to train on");
  await field.setInputFiles({
    name: "broken.jsonl",
    mimeType: "application/jsonl",
    buffer: Buffer.from([lines[0], lines[1], '{"messages": 7}', lines[2]].join("\n")),
  });
  await expect(page.getByRole("alert")).toContainText("Line 3");
  await expect(page.getByLabel("The line that is wrong")).toContainText('{"messages": 7}');
  await page.screenshot({ path: join(SHOTS, "data-wrong.png") });
  await page.getByRole("button", { name: "Dismiss broken.jsonl" }).click();
  await field.setInputFiles({
    name: "sums.jsonl",
    mimeType: "application/jsonl",
    buffer: Buffer.from(lines.join("\n")),
  });
  await expect(page.getByText("40 lines")).toBeVisible();
  await page.getByRole("button", { name: "Preview sums.jsonl" }).click();
  await expect(page.getByLabel("Beginning of sums.jsonl")).toContainText("and 20 more");
  await expectAccessible(page, "files to train on");
  // A file that a program sends is there without a look at the clock, and so is its end.
  const sent = await page.request.post(`${stack.url}/v1/files`, {
    multipart: {
      purpose: "fine-tune",
      file: { name: "from-elsewhere.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(line(1)) },
    },
  });
  await expect(page.getByText("from-elsewhere.jsonl")).toBeVisible();
  await page.request.delete(`${stack.url}/v1/files/${((await sent.json()) as { id: string }).id}`);
  await expect(page.getByText("from-elsewhere.jsonl")).toBeHidden();
  await page.screenshot({ path: join(SHOTS, "data.png") });

  // A job, from the form to its end.
  await page.getByRole("link", { name: "Train on sums.jsonl" }).click();
  await page.getByLabel("Model to begin from").selectOption("tiny");
  await page.getByLabel("What to call it (not required)").fill("sums");
  await page.getByLabel("Most steps").fill("12");
  await page.getByLabel("Batch size").fill("4");
  await page.getByLabel("Learning rate").fill("0.01");
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Further hyperparameters").fill('{"logging_steps": 1, "no_such": 1}');
  await page.screenshot({ path: join(SHOTS, "new-job.png"), fullPage: true });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("no_such");
  await page.getByLabel("Further hyperparameters").fill('{"logging_steps": 1, "save_steps": 6}');
  await expectAccessible(page, "a new job");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByRole("heading", { name: "sums" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "succeeded" })).toBeVisible(TRAINED);
  await expect(page.getByRole("img", { name: /^Curves: loss \d/ })).toBeVisible();
  await expect(page.getByRole("list", { name: "Log" })).toContainText("succeeded");
  await expect(page.getByRole("list", { name: "Checkpoints" })).toContainText("Step 12");
  await expect(page.getByRole("definition").filter({ hasText: "sums.jsonl" })).toBeVisible();
  // What the program printed can be searched, too.
  const log = page.getByRole("list", { name: "Log" });
  await page.getByLabel("What is shown").selectOption("printed");
  await page.getByLabel("Search the log").fill("train_runtime");
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await page.getByLabel("Search the log").fill("");
  await page.screenshot({ path: join(SHOTS, "job-printed.png"), fullPage: true });
  await page.getByLabel("What is shown").selectOption("events");
  await expect(log).toContainText("succeeded");
  await expectAccessible(page, "a job");
  await page.screenshot({ path: join(SHOTS, "job.png"), fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: join(SHOTS, "job-phone.png"), fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 800 });

  // A checkpoint is where the form of another job begins, and what was made is chosen to be evaluated.
  await page.getByRole("link", { name: "Train step 6 further" }).click();
  await expect(page.getByLabel("Model to begin from")).toHaveValue(/checkpoint-6$/);
  await page.goBack();
  await page.locator("ep-job-page").getByRole("link", { name: "Evaluate", exact: true }).click();
  await expect(page.getByRole("checkbox", { name: /\/work\/model$/ })).toBeChecked();
  await page.goBack();
  await page.getByRole("link", { name: "Chat with step 6" }).click();
  await expect(page.getByLabel("Model", { exact: true })).toHaveValue(/checkpoint-6$/);
  await page.goBack();

  // What was made answers.
  await page.getByRole("link", { name: "Chat with it" }).click();
  await expect(page.getByLabel("Model", { exact: true })).toHaveValue(/\/work\/model$/);
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("What is 3 + 1?");
  await page.keyboard.press("Enter");
  await expect(page.locator("ep-chat-answer .figures")).toContainText("tokens", TRAINED);

  // A second one, cancelled while it trains; both are in the table, and the address shows which.
  await page.goto(`${stack.url}/models/new`);
  await page.getByLabel("What to call it (not required)").fill("long");
  await page.getByLabel("Model to begin from").selectOption("tiny");
  await page.getByLabel("Most steps").fill("100000");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "running" })).toBeVisible(TRAINED);
  await expect(page.getByRole("img", { name: /^Curves: loss \d/ })).toBeVisible(TRAINED);
  await page.screenshot({ path: join(SHOTS, "job-running.png"), fullPage: true });
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel the training" }).click();
  await expect(page.getByRole("status").filter({ hasText: "cancelled" })).toBeVisible(TRAINED);
  await page.goto(`${stack.url}/models?show=cancelled`);
  await expect(page.getByRole("table", { name: "Jobs" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "all", exact: true }).click();
  await expect(page).toHaveURL(/\/models$/);
  for (const name of ["sums", "long"]) await page.getByRole("checkbox", { name: `Compare ${name}` }).check();
  await expect(page.getByRole("img", { name: /^loss: / })).toBeVisible();
  await expectAccessible(page, "models");
  await page.screenshot({ path: join(SHOTS, "models.png"), fullPage: true });
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.screenshot({ path: join(SHOTS, "models-light.png"), fullPage: true });
  await page.getByRole("button", { name: "Dark theme" }).click();

  // What is over can be deleted, with what it made.
  await page.getByRole("link", { name: "long", exact: true }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the job" }).click();
  await expect(page.getByRole("table", { name: "Jobs" }).getByRole("row")).toHaveCount(2);
  expect(errors.filter((error) => !error.includes("400"))).toEqual([]);
});
