/** A run while what stands between it and its watcher is killed (SIGKILL): the relay, then the browser. Each line is there once. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import { browserPath, plainArguments } from "../scripts/chromium.mjs";
import { ask } from "./people.ts";
import { type Stack, startStack } from "./stack.ts";

/** Tells a number ten times a second until it is called off: few enough that a page draws each of them. */
const TICKS = `
import asyncio
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, Tracer

app = ServeAPI()

@app.enter("/", summary="Ticks")
async def enter(request: Request):
    return Launch(request, tick)

async def tick(tracer: Tracer):
    number = 0
    while True:
        await tracer.debug(f"tick {number}")
        number += 1
        await asyncio.sleep(0.1)
`;

let stack: Stack;
const folder = mkdtempSync(join(tmpdir(), "eyepiece-ticks-"));

test.beforeAll(async () => {
  test.setTimeout(300_000);
  writeFileSync(join(folder, "ticks.py"), TICKS);
  stack = await startStack();
});
test.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The numbers that the page's log has, after it has come to one more than `beyond`. All from 0 on are there, each once. */
async function ticks(page: Page, beyond: number): Promise<number> {
  const list = page.getByRole("list", { name: "Log" }).getByRole("listitem");
  await expect.poll(() => list.count(), { timeout: 60_000 }).toBeGreaterThan(beyond + 1);
  const told = await list.allTextContents();
  expect(told).toEqual(told.map((_, number) => `tick ${number}`));
  return told.length - 1;
}

test("a run goes on while the relay is killed, then the browser; whoever looks has every line once", async () => {
  // The environment is made when flows are first asked for.
  test.setTimeout(400_000);
  const server = await chromium.launchServer({ executablePath: await browserPath(), args: plainArguments });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage();
  await page.goto(await stack.newOwnerLink());
  await expect(page).toHaveURL(/\/view\//);
  const bootstrap = `import_path: ticks:app\nruntime_env: {working_dir: ${folder}}`;
  await ask(page, stack, "POST", "/api/flows/expose", { name: "ticks", enabled: true, bootstrap });
  const found = () =>
    page.request
      .get(`${stack.url}/api/flows/flow?q=ticks`)
      .then(async (answer) => (await answer.json()).total);
  await expect.poll(found, { timeout: 300_000 }).toBe(1);
  const { result } = await ask<{ result: string }>(page, stack, "POST", "/api/flows/-/ticks/", {});
  await page.goto(`${stack.url}/flows/runs/${result}`);
  const before = await ticks(page, 5);

  const { relay } = stack.pids();
  process.kill(relay, "SIGKILL");
  await expect(page.getByText("The line is broken; it comes back by itself.")).toBeVisible();
  await expect(page.getByText("The line is broken; it comes back by itself.")).toBeHidden({
    timeout: 60_000,
  });
  expect(stack.pids().relay).not.toBe(relay);
  const between = await ticks(page, before + 5);

  const gone = once(server.process(), "exit");
  server.process().kill("SIGKILL");
  await gone;
  const other = await chromium.launch({ executablePath: await browserPath(), args: plainArguments });
  try {
    const again = await other.newPage();
    await again.goto(await stack.newOwnerLink());
    await expect(again).toHaveURL(/\/view\//);
    await again.goto(`${stack.url}/flows/runs/${result}`);
    await expect(again.getByRole("status").filter({ hasText: "running" })).toBeVisible({ timeout: 30_000 });
    await ticks(again, between + 5);
    await again.getByRole("button", { name: "Cancel", exact: true }).click();
    await again.getByRole("button", { name: "Cancel the run" }).click();
    await expect(again.getByRole("status").filter({ hasText: "cancelled" })).toBeVisible();
    await ticks(again, between + 5);
  } finally {
    await other.close();
  }
});
