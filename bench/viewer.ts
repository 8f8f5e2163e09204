/**
 * The whole way, from hand to photon: a real browser, relay, node and encoder on this machine.
 *
 *     node bench/viewer.ts [--json] [--seconds S] [--volume FILE]... [--pyramid] [--layers]
 *
 * For each volume: pictures a second while rotating the MIP and while scrubbing slices, input to photon p50 and p95 with
 * its stages, bits a second, the time to the exact picture at rest, memory, and the cost of an idle view. `--layers`: the
 * first volume once more, under nine other layers.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { ROOT, type Stack, startStack } from "../e2e/stack.ts";
import { exactPicture, stats } from "../e2e/viewer-page.ts";
import { browserPath, plainArguments } from "../scripts/chromium.mjs";
import { cpuSeconds, machine, median, memoryBytes } from "./machine.ts";
import { makeLayers } from "./make-layers.ts";
import { makePyramid } from "./make-pyramid.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "8" },
    volume: { type: "string", multiple: true },
    pyramid: { type: "boolean", default: false },
    layers: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds);

interface Motion {
  readonly picturesPerSecond: number;
  readonly inputToPhotonMs: { readonly p50: number; readonly p95: number };
  readonly stagesMs: Readonly<Record<string, number>>;
  readonly megabitsPerSecond: number;
  readonly picture: string;
}

/** Moves for some seconds by `step`, one call a display frame, and reads the stream's account. */
async function measure(page: Page, step: (i: number) => Promise<void>): Promise<Motion> {
  const samples: { p50: number; p95: number; megabits: number }[] = [];
  const first = await stats(page);
  const started = performance.now();
  for (let i = 0; performance.now() - started < seconds * 1000; i++) {
    await step(i);
    if (i % 20 !== 19) continue;
    const now = await stats(page);
    if (now) samples.push(now);
  }
  const took = (performance.now() - started) / 1000;
  const last = await stats(page);
  return {
    picturesPerSecond: ((last?.shown ?? 0) - (first?.shown ?? 0)) / took,
    inputToPhotonMs: {
      p50: median(samples.map((one) => one.p50)),
      p95: median(samples.map((one) => one.p95)),
    },
    stagesMs: last?.stages ?? {},
    megabitsPerSecond: median(samples.map((one) => one.megabits)),
    picture: `${last?.width}x${last?.height}`,
  };
}

async function rotate(page: Page): Promise<Motion> {
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  const motion = await measure(page, async (i) => {
    await page.mouse.move(x + 200 * Math.sin(i / 40), y + 60 * Math.cos(i / 55));
    await page.waitForTimeout(12);
  });
  await page.mouse.up();
  return motion;
}

async function scrub(page: Page): Promise<Motion> {
  await page.getByRole("button", { name: "2D" }).click();
  await exactPicture(page, 60_000);
  await page.getByRole("slider", { name: /^Axis z/ }).focus();
  const motion = await measure(page, async (i) => {
    await page.keyboard.press(Math.floor(i / 60) % 2 === 0 ? "ArrowRight" : "ArrowLeft");
    await page.waitForTimeout(8);
  });
  await page.getByRole("button", { name: "3D" }).click();
  return motion;
}

async function idle(page: Page, stack: Stack): Promise<{ node: number; pictures: number }> {
  await exactPicture(page, 60_000);
  await page.waitForTimeout(1000);
  const pids = stack.pids();
  const all = [pids.node, ...pids.sessions];
  const before = all.map(cpuSeconds).reduce((a, b) => a + b, 0);
  const shown = (await stats(page))?.shown ?? 0;
  await page.waitForTimeout(5000);
  const used = all.map(cpuSeconds).reduce((a, b) => a + b, 0) - before;
  return { node: used / 5, pictures: ((await stats(page))?.shown ?? 0) - shown };
}

async function volume(file: string, ten = false): Promise<Record<string, unknown>> {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-bench-"));
  const stack = await startStack({ home, files: ten ? makeLayers(home, file) : [file] });
  const browser = await chromium.launch({ executablePath: await browserPath(), args: plainArguments });
  try {
    // Panels folded, the canvas is 1280 x 720.
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const opened = performance.now();
    await page.goto(stack.ownerLink);
    await page.locator("ep-canvas").waitFor();
    await stats(page);
    const firstMs = performance.now() - opened;
    await exactPicture(page, 120_000);
    const exactMs = performance.now() - opened;
    if (ten) await page.getByRole("list", { name: "Layers" }).getByRole("listitem").nth(9).waitFor();
    await page.getByRole("list", { name: "Layers" }).getByRole("listitem").last().click();
    await page.getByRole("combobox", { name: "Rendering" }).selectOption("mip");
    await page.keyboard.press("Tab");
    await exactPicture(page, 60_000);
    const box = await page.locator("ep-canvas").boundingBox();
    const rotating = await rotate(page);
    const rested = performance.now();
    await exactPicture(page, 60_000);
    const restMs = performance.now() - rested;
    const scrubbing = await scrub(page);
    const resting = await idle(page, stack);
    const pids = stack.pids();
    return {
      file: `${file.split("/").at(-1)}${ten ? " and nine other layers" : ""}`,
      canvas: `${Math.round(box?.width ?? 0)}x${Math.round(box?.height ?? 0)}`,
      readyMs: Math.round(stack.readyMs),
      firstPictureMs: Math.round(firstMs),
      firstExactMs: Math.round(exactMs),
      rotating,
      exactAfterRestMs: Math.round(restMs),
      scrubbing,
      idleCoreShare: resting.node,
      idlePictures: resting.pictures,
      memoryMB: {
        relay: Math.round(memoryBytes(pids.relay) / 1e6),
        node: Math.round(memoryBytes(pids.node) / 1e6),
        sessions: pids.sessions.map((pid) => Math.round(memoryBytes(pid) / 1e6)),
      },
    };
  } finally {
    await browser.close();
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

const files = values.volume ?? [join(ROOT, "public/samples/colin27_brain.nii.gz")];
if (values.pyramid) files.push(await makePyramid(1024));
const results = [];
for (const file of files) results.push(await volume(file));
if (values.layers && files[0]) results.push(await volume(files[0], true));
const report = { bench: "viewer", machine: machine(), results };
if (values.json) console.log(JSON.stringify(report, undefined, 1));
else console.dir(report, { depth: 6 });
