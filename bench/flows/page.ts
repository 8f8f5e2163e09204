/** A run in a real browser, through relay and node as they are started: how late its lines are drawn, and what flows cost the node. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { type Stack, startStack } from "../../e2e/stack.ts";
import { browserPath, plainArguments } from "../../scripts/chromium.mjs";
import { quantile, residentBytes } from "../machine.ts";
import { SERVICE } from "./service.ts";

/** Lines of the run that is watched, 200 a second at most; those that were told before the page looked are not counted. */
const LINES = 1600;
/** Runs between the two looks at the node's memory. */
const RUNS = 200;
const REST_MS = 5000;
const MIB = 1024 ** 2;

/** What was seen. */
interface InPage {
  /** From the run's own clock to the line in the page's document, in milliseconds. */
  readonly emitToPageMs: { readonly p50: number; readonly p95: number; readonly lines: number };
  /** Of the whole node, which has viewers, notebooks and models too: before flows were first asked for, and after runs of them. */
  readonly nodeMiB: { readonly before: number; readonly after: number; readonly flows: number };
}

/** Measures both in a stack of its own. */
export async function inPage(): Promise<InPage> {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-bench-flows-"));
  writeFileSync(join(folder, "bench.py"), SERVICE);
  const stack = await startStack();
  try {
    const cookie = await signIn(stack);
    const ask = asking(stack, cookie);
    await sleep(REST_MS);
    const before = residentBytes(stack.pids().node) / MIB;
    const bootstrap = `import_path: bench:app\nruntime_env: {working_dir: ${folder}}`;
    await ask("POST", "/expose", { name: "bench", enabled: true, bootstrap });
    for (let tries = 0; tries < 600; tries++) {
      if (((await ask("GET", "/flow?q=bench")) as { total: number }).total > 0) break;
      await sleep(500);
    }
    for (let run = 0; run < RUNS; run++) await finished(stack, cookie, await launch(ask, "three", 0));
    await sleep(REST_MS);
    const after = residentBytes(stack.pids().node) / MIB;
    const fid = await launch(ask, "steady", LINES);
    const delays = await drawn(stack, cookie, fid);
    return {
      emitToPageMs: { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), lines: delays.length },
      nodeMiB: { before, after, flows: after - before },
    };
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

async function signIn(stack: Stack): Promise<string> {
  const body = JSON.stringify({ token: stack.ownerLink.split("#owner=")[1] });
  const answer = await fetch(`${stack.url}/api/auth/link`, { method: "POST", body });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

function asking(stack: Stack, cookie: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${stack.url}/api/flows${path}`, {
      method,
      headers: { cookie, origin: stack.url },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function launch(ask: Ask, mode: string, n: number): Promise<string> {
  return ((await ask("POST", "/-/bench/", { mode, n })) as { result: string }).result;
}

/** Reads its stream to the end. */
async function finished(stack: Stack, cookie: string, fid: string): Promise<void> {
  const answer = await fetch(`${stack.url}/api/flows/outputs/main/${fid}`, { headers: { cookie } });
  if (!(await answer.text()).includes("event: final")) throw new Error(`${fid} did not finish`);
}

/** How late each line is in the page, of those that were told while it looked. */
async function drawn(stack: Stack, cookie: string, fid: string): Promise<number[]> {
  const browser = await chromium.launch({ executablePath: await browserPath(), args: plainArguments });
  try {
    const context = await browser.newContext();
    const [name = "", value = ""] = cookie.split("=", 2);
    await context.addCookies([{ name, value, url: stack.url }]);
    const page = await context.newPage();
    await page.goto(`${stack.url}/flows/runs/${fid}`);
    await page.getByRole("list", { name: "Log" }).waitFor();
    return await linesOf(page);
  } finally {
    await browser.close();
  }
}

function linesOf(page: Page): Promise<number[]> {
  const list = page.getByRole("list", { name: "Log" });
  return list.evaluate(async (element) => {
    const delays: number[] = [];
    const began = Date.now();
    let heard = Date.now();
    const look = new MutationObserver((changes) => {
      const now = Date.now();
      heard = now;
      for (const { addedNodes } of changes)
        for (const node of addedNodes) {
          const told = Number(node.textContent) * 1000;
          if (node.nodeName === "LI" && told > began) delays.push(now - told);
        }
    });
    look.observe(element, { childList: true });
    while (Date.now() - heard < 3000) await new Promise((done) => setTimeout(done, 200));
    look.disconnect();
    return delays;
  });
}
