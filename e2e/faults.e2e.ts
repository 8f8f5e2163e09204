/** What breaks in real life, broken for real: the viewer comes back by itself. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { network } from "./proxy.ts";
import { ROOT, type Stack, startStack } from "./stack.ts";
import { canvasPixels, difference, drag, exactPicture, shown, stats } from "./viewer-page.ts";

const BRAIN = join(ROOT, "public/samples/colin27_brain.nii.gz");

const test = base.extend<{ stack: Stack }>({
  // Playwright reads the names of the fixtures that are wanted from this pattern: none.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  stack: async ({}, use) => {
    const stack = await startStack();
    await use(stack);
    await stack.stop();
  },
});

/** Opens the brain, signed in, by way of `port`. */
async function open(page: Page, stack: Stack, port = stack.port): Promise<void> {
  const link = (await stack.newOwnerLink()).replace(`:${stack.port}`, `:${port}`);
  await page.goto(link);
  await exactPicture(page);
}

/** Rotates while `fault` happens, then expects new pictures and at last an exact one, on the page as it was loaded. */
async function survives(page: Page, fault: () => void | Promise<void>): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, { sameDocument: true });
  });
  const turning = drag(page, 200, 0, { steps: 30, pauseMs: 40 });
  await page.waitForTimeout(300);
  await fault();
  await turning;
  // The stream of before has ended or goes on; either way what is drawn next is new.
  await page.waitForTimeout(1500);
  const before = await shown(page);
  await expect(async () => {
    await drag(page, 60, 10, { steps: 10 });
    expect(await shown(page)).not.toBe(before);
  }).toPass({ timeout: 45_000 });
  await exactPicture(page);
  expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
}

test("kill -9 of the session's process while rotating", async ({ page, stack }) => {
  await open(page, stack);
  await page.getByRole("combobox", { name: "Blending" }).selectOption("additive");
  await survives(page, () => {
    const [session] = stack.pids().sessions;
    if (!session) throw new Error("no session runs");
    process.kill(session, "SIGKILL");
  });
  // The journal kept what was changed, and the way back from it.
  await expect(page.getByRole("combobox", { name: "Blending" })).toHaveValue("additive");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByRole("combobox", { name: "Blending" })).toHaveValue("translucent_no_depth");
});

test("kill -9 of the node while rotating", async ({ page, stack }) => {
  await open(page, stack);
  await survives(page, () => {
    process.kill(stack.pids().node, "SIGKILL");
  });
});

test("kill -9 of the relay while rotating", async ({ page, stack }) => {
  await open(page, stack);
  await survives(page, () => {
    process.kill(stack.pids().relay, "SIGKILL");
  });
});

test("a network stalled for five seconds", async ({ page, stack }) => {
  const net = await network(stack.port);
  try {
    await open(page, stack, net.port);
    await survives(page, async () => {
      net.stall(true);
      await page.waitForTimeout(5000);
      net.stall(false);
    });
  } finally {
    await net.close();
  }
});

test("a viewer at 1 Mbit/s beside a fast one: the slow one stays current, the fast one is not slowed", async ({
  page,
  stack,
  browser,
}) => {
  const net = await network(stack.port);
  const context = await browser.newContext({ viewport: { width: 900, height: 600 } });
  const slow = await context.newPage();
  try {
    await open(slow, stack, net.port);
    await open(page, stack);
    const whileTurning = async () => {
      const before = await shown(page);
      await drag(page, 200, 0, { steps: 40, pauseMs: 30 });
      return (await shown(page)) - before;
    };
    const alone = await whileTurning();
    net.rate(1_000_000 / 8);
    // The stream learns of the narrow network while it moves.
    await drag(slow, 120, 30, { steps: 40, pauseMs: 30 });
    // Both draw on the same cores, so some of the pictures are the other's; the network takes none. A machine that does something else
    // for a second does not matter; a stream that waits for the slow one would stay slow.
    await expect.poll(whileTurning, { timeout: 30_000 }).toBeGreaterThan(alone / 3);
    // What the slow one sees after it let go is the newest pose, soon: not a queue of old pictures.
    await drag(slow, 150, 0, { steps: 40, pauseMs: 30 });
    await expect.poll(async () => (await stats(slow))?.width ?? 0, { timeout: 20_000 }).toBeGreaterThan(300);
    const settled = await canvasPixels(slow);
    await slow.waitForTimeout(3000);
    expect(difference(settled, await canvasPixels(slow))).toBeLessThan(3);
  } finally {
    await context.close();
    await net.close();
  }
});

base("a file deleted while it is open: the picture stays, and the person is told", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-deleted-"));
  const file = join(folder, "brain.nii.gz");
  copyFileSync(BRAIN, file);
  const stack = await startStack({ files: [file] });
  try {
    await page.goto(stack.ownerLink);
    await exactPicture(page);
    rmSync(file);
    await drag(page, 100, 0);
    await exactPicture(page);
    // A process that starts anew cannot open it, says so, and lives.
    for (const session of stack.pids().sessions) process.kill(session, "SIGKILL");
    await expect(page.getByText(/brain\.nii\.gz could not be opened again/)).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => stack.pids().sessions.length).toBeGreaterThan(0);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true });
  }
});
