/** The tutorial of language models, from its first cell to a chat with what it trained, on the CPU. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { expect, test } from "./fixtures.ts";
import { ROOT } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

/** Two slow cores. */
const ALL_MS = 600_000;

test("a model is trained in a notebook, is on the Models page, and answers", async ({ page, stack }) => {
  test.setTimeout(SETUP_MS + ALL_MS + 120_000);
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);
  const notebook = JSON.parse(readFileSync(join(ROOT, "notebooks/nanochat_tutorial.ipynb"), "utf8"));
  const answer = await page.request.post(`${stack.url}/api/ipynb/import?name=Tutorial`, {
    data: notebook,
    headers: { origin: stack.url },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${stack.url}/notebook/${id}`);
  await page.getByRole("button", { name: "Run all cells" }).click();
  const exported = async () => {
    const now = await page.request.get(`${stack.url}/api/notebooks/${id}/export`);
    const { cells } = (await now.json()) as {
      cells: { id: string; outputs?: { output_type: string; text?: string | string[]; ename?: string }[] }[];
    };
    const failed = cells.flatMap((cell) => cell.outputs?.filter((one) => one.output_type === "error") ?? []);
    expect(failed).toEqual([]);
    const text = (name: string) =>
      (cells.find((cell) => cell.id === name)?.outputs ?? []).flatMap((one) => one.text ?? []).join("");
    return text;
  };
  await expect
    .poll(async () => (await exported())("keep"), { timeout: SETUP_MS + ALL_MS, intervals: [5000] })
    .toContain("It is there");
  const said = await exported();
  expect(said("attention")).toContain("the same as PyTorch's: True");
  expect(said("ask")).toContain("The duck says quack.");
  // What was learned, and that learning from rewards has made it better.
  const [, before, after] = /the reward was ([\d.]+), and is ([\d.]+)/.exec(said("rl")) ?? [];
  expect(Number(after)).toBeGreaterThan(Number(before));
  expect(said("evaluate")).toMatch(/animals +([5-9]\d|100)%/);

  await page.locator('ep-cell[id="rl"]').scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(ROOT, "node_modules/.cache/eyepiece/pages/tutorial.png") });

  await page.getByRole("link", { name: "Models", exact: true }).click();
  const row = page
    .getByRole("list", { name: "Models" })
    .getByRole("listitem")
    .filter({ hasText: "tutorial" });
  await expect(row).toContainText("yours");
  await row.getByRole("link", { name: "Chat" }).click();
  await page.getByRole("spinbutton", { name: "Temperature, number" }).fill("0");
  await page.getByRole("spinbutton", { name: "Temperature, number" }).press("Enter");
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("What does the duck say?");
  await page.keyboard.press("Enter");
  await expect(page.locator("ep-chat-answer .text")).toContainText("The duck says", {
    timeout: 90_000,
  });
  // A kept model is taken away again on the page.
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("button", { name: "Delete tutorial" }).click();
  await page.getByRole("button", { name: "Delete the model" }).click();
  await expect(row).toHaveCount(0);
  expect(errors).toEqual([]);
});
