/** The queue and the GPUs on the page of jobs: told by the node as they change, asked for where its socket is cut. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { SETUP_MS } from "../gpu-node/src/inference/testing/models.ts";
import { EXAMPLES, putTiny } from "../gpu-node/src/trainer/testing/trainer.ts";
import { expectAccessible } from "./axe.ts";
import { ROOT, startStack } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");

base("one sees whose turn it is, why a job waits, and what the GPUs are used for", async ({ page }) => {
  base.setTimeout(SETUP_MS + 300_000);
  page.setDefaultTimeout(30_000);
  mkdirSync(SHOTS, { recursive: true });
  const stack = await startStack({
    env: { EYEPIECE_FAKE_GPUS: "2", OMP_NUM_THREADS: "1", EYEPIECE_TRAINER_PORT: "0" },
  });
  try {
    await putTiny(join(stack.home, "node", "models"));
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(/\/view\//);
    const headers = { origin: stack.url };
    const file = await page.request.post(`${stack.url}/v1/files`, {
      headers,
      multipart: {
        file: { name: "sums.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(EXAMPLES.supervised) },
      },
    });
    const { id: training_file } = (await file.json()) as { id: string };
    const submit = async (suffix: string, num_gpus: number): Promise<string> => {
      const hyperparameters = { max_steps: 100_000, max_length: 64, save_steps: 100_000 };
      const method = { type: "supervised", supervised: { hyperparameters } };
      const data = { model: "tiny", training_file, suffix, num_gpus, method };
      const answer = await page.request.post(`${stack.url}/v1/fine_tuning/jobs`, { headers, data });
      return ((await answer.json()) as { id: string }).id;
    };
    const cancel = (id: string) =>
      page.request.post(`${stack.url}/v1/fine_tuning/jobs/${id}/cancel`, { headers });
    const first = await submit("first", 1);
    const all = await submit("all", 2);
    await submit("third", 1);

    const errors = watchErrors(page);
    await page.goto(`${stack.url}/models`);
    const gpus = page.getByRole("list", { name: "GPUs" });
    const waiting = page.getByRole("list", { name: "Your waiting jobs" });
    await expect(gpus.getByRole("listitem")).toHaveCount(2);
    await expect(gpus).toContainText("for scheduling only");
    await expect(gpus.getByRole("link", { name: "first" })).toBeVisible({ timeout: SETUP_MS });
    await expect(waiting.getByRole("listitem")).toHaveCount(2);
    await expect(waiting.getByRole("listitem").nth(0)).toContainText(
      /1\.\s*all\s*It has its turn and waits until 2 GPUs are free/,
    );
    await expect(waiting.getByRole("listitem").nth(1)).toContainText(
      /2\.\s*third\s*Another job has its turn/,
    );
    await expectAccessible(page, "jobs that wait");
    for (const [name, width, scheme] of [
      ["models-queue", 1280, "dark"],
      ["models-queue-light", 1280, "light"],
      ["models-queue-360", 360, "dark"],
    ] as const) {
      if (scheme === "light") await page.getByRole("button", { name: "Light theme" }).click();
      else if (width === 360) await page.getByRole("button", { name: "Dark theme" }).click();
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, name).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 1280, height: 900 });

    // Nothing can be asked any more: what changes is told.
    await page.route(/\/v1\/(fine_tuning\/jobs\?|monitor\/queue)/, (route) => route.abort());
    await cancel(first);
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    await expect(row("first")).toContainText("cancelled");
    await expect(row("all")).toContainText("running", { timeout: 60_000 });
    await expect(gpus.getByRole("link", { name: "all" })).toHaveCount(2);
    await expect(waiting.getByRole("listitem")).toHaveCount(1);

    // And without the socket, asking is enough.
    await page.unroute(/\/v1\/(fine_tuning\/jobs\?|monitor\/queue)/);
    await page.routeWebSocket(/\/v1\/monitor\/live/, (socket) => socket.close());
    await page.reload();
    await expect(row("all")).toContainText("running");
    await cancel(all);
    await expect(row("all")).toContainText("cancelled", { timeout: 60_000 });
    await expect(page.getByText("No job waits.")).toBeVisible({ timeout: 60_000 });
    await expect(gpus.getByRole("link", { name: "third" })).toBeVisible();
    expect(errors.filter((line) => !/ERR_FAILED|WebSocket/.test(line))).toEqual([]);
  } finally {
    await stack.stop();
  }
});
