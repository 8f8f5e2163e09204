/** The viewer's page as a test sees it: what is on the canvas, and how the stream does. */
import { expect, type Page } from "@playwright/test";
import { decode } from "fast-png";

/** The stream's own account, from the latency display. */
export interface Stats {
  readonly fps: number;
  readonly p50: number;
  readonly p95: number;
  readonly megabits: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly shown: number;
  readonly reprojected: number;
  readonly width: number;
  readonly height: number;
  readonly exact: boolean;
  readonly compositor: string;
  /** Drawn in the page. */
  readonly here: boolean;
}

export async function stats(page: Page): Promise<Stats | undefined> {
  const text = await page.locator("ep-latency").getAttribute("data-stats", { timeout: 20_000 });
  return text ? (JSON.parse(text) as Stats) : undefined;
}

/** Waits for a full, sharp picture of all data. */
export async function exactPicture(page: Page, timeout = 40_000): Promise<void> {
  await expect.poll(async () => (await stats(page))?.exact ?? false, { timeout, intervals: [50] }).toBe(true);
}

/** Pictures shown so far. */
export async function shown(page: Page): Promise<number> {
  return (await stats(page))?.shown ?? 0;
}

/** What the person sees of the canvas. */
export async function canvasPixels(
  page: Page,
): Promise<{ width: number; height: number; data: Uint8Array; channels: number }> {
  const png = decode(await page.locator("ep-canvas").first().screenshot());
  return { width: png.width, height: png.height, data: Uint8Array.from(png.data), channels: png.channels };
}

/** Share of pixels brighter than `level`. */
export async function brightShare(page: Page, level = 40): Promise<number> {
  const { data, channels, width, height } = await canvasPixels(page);
  let bright = 0;
  for (let i = 0; i < data.length; i += channels) if ((data[i] ?? 0) > level) bright += 1;
  return bright / (width * height);
}

/** Mean absolute difference of two pictures of one size, 0 to 255. */
export function difference(
  a: { readonly data: Uint8Array; readonly channels: number },
  b: { readonly data: Uint8Array; readonly channels: number },
): number {
  let sum = 0;
  const length = Math.min(a.data.length, b.data.length);
  for (let i = 0; i < length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / length;
}

/** Errors that the page reports; a test ends by expecting none. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

/** Drags over the canvas, step by step, as a hand does. */
export async function drag(
  page: Page,
  dx: number,
  dy: number,
  options: { steps?: number; pauseMs?: number } = {},
): Promise<void> {
  const box = await page.locator("ep-canvas").boundingBox();
  if (!box) throw new Error("There is no canvas.");
  const { steps = 20, pauseMs = 16 } = options;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= steps; i++) {
    await page.mouse.move(x + (dx * i) / steps, y + (dy * i) / steps);
    await page.waitForTimeout(pauseMs);
  }
  await page.mouse.up();
}
