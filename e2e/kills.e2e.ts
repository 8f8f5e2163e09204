/**
 * Kernels, node, relay and browser tabs killed (SIGKILL) at random moments while notebooks run: nothing is lost, nothing runs or shows
 * twice. A few notebooks in every run of the tests; as many as EYEPIECE_KILL_NOTEBOOKS says (50) where that is set.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ExecutionStore, OVER, readLog } from "@eyepiece/gpu-node/kernels/executions.ts";
import { treeOf } from "@eyepiece/gpu-node/kernels/keeper/processes.ts";
import { livingKeeper } from "@eyepiece/gpu-node/kernels/keeper-link.ts";
import { kernelsFolder, stopKernels } from "@eyepiece/gpu-node/kernels/keepers.ts";
import { readMeta } from "@eyepiece/gpu-node/kernels/meta.ts";
import { reduceOutputs } from "@eyepiece/protocol/kernel/outputs.ts";
import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import { type Stack, startStack } from "./stack.ts";

const LEAST_KILLS = 3;
const NOTEBOOKS = Number(process.env.EYEPIECE_KILL_NOTEBOOKS ?? 5);
const CELLS = ["c1", "c2", "c3"];
const LINES = 8;
/** Notebooks that run at a time. */
const AT_ONCE = 3;
/** Without anything new for so long, a person would look again and press Run. */
const STILL_MS = 8000;
/** After relay or node was killed, neither is for so long. */
const SPARED_MS = 12_000;

const expected = (cell: string) => Array.from({ length: LINES }, (_, line) => `${cell} ${line}\n`).join("");

/** Notes the run's own id, so that one that ran twice is seen; then prints line by line. */
const source = (cell: string) =>
  [
    "import time",
    "with open('ran', 'a') as file: print(get_ipython().kernel.get_parent()['header']['msg_id'], file=file)",
    `for line in range(${LINES}):`,
    `    print('${cell}', line)`,
    "    time.sleep(0.05)",
  ].join("\n");

interface Row {
  readonly id: string;
  readonly cell: string;
  readonly state: string;
  readonly blob: string | null;
}

/** Asks until the relay is there to answer. */
async function persist<T>(what: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await what();
    } catch (cause) {
      if (attempt > 200) throw cause;
      await sleep(250);
    }
  }
}

/** A person with a browser tab: runs one notebook until its saved file has everything. @returns times that Run was pressed */
async function runOne(
  stack: Stack,
  browser: Browser,
  cookies: Cookies,
  name: string,
): Promise<[string, number]> {
  const context = await browser.newContext({ storageState: cookies });
  const { request } = context;
  const headers = { origin: stack.url };
  const cells = CELLS.map((id) => ({
    ...{ cell_type: "code", id, metadata: {}, execution_count: null, outputs: [], source: source(id) },
  }));
  const data = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  const id = await persist(async () => {
    const answer = await request.post(`${stack.url}/api/ipynb/import?name=${name}`, { data, headers });
    return ((await answer.json()) as { id: string }).id;
  });
  let page: Page | undefined;
  let crashed = true;
  let pressed = 0;
  try {
    for (let before = "", since = 0; ; await sleep(300)) {
      const saved = await persist(() => savedOutputs(stack, request, id));
      if (CELLS.every((cell, index) => saved[index] === expected(cell))) break;
      const now = JSON.stringify(await persist(() => rowsOf(stack, request, id)));
      if (now !== before) [before, since] = [now, Date.now()];
      if (!crashed && Date.now() - since < STILL_MS) continue;
      try {
        if (crashed) {
          await page?.close();
          page = await context.newPage();
          crashed = false;
          page.once("crash", () => {
            crashed = true;
          });
          await page.goto(`${stack.url}/notebook/${id}`, { timeout: 15_000 });
        }
        // Whoever finds a run going on does not press again.
        if (await page?.getByText(/running|queued/).count()) continue;
        await page?.getByRole("button", { name: "Run all cells" }).click({ timeout: 10_000 });
        pressed += 1;
        since = Date.now();
      } catch {
        crashed = true;
      }
    }
    await page?.close();
  } finally {
    await context.close();
  }
  await stopKernels(kernelsFolder(stack.home), [id]);
  return [id, pressed];
}

/** What each cell shows in the saved file. */
async function savedOutputs(stack: Stack, request: APIRequestContext, id: string): Promise<string[]> {
  const answer = await request.get(`${stack.url}/api/notebooks/${id}/export`);
  const { cells } = (await answer.json()) as { cells: { outputs: { text?: string | string[] }[] }[] };
  return cells.map(({ outputs }) => outputs.flatMap(({ text = [] }) => text).join(""));
}

async function rowsOf(stack: Stack, request: APIRequestContext, id: string): Promise<Row[]> {
  const answer = await request.get(`${stack.url}/api/notebooks/${id}/executions`);
  return ((await answer.json()) as { executions: Row[] }).executions;
}

type Cookies = Awaited<ReturnType<APIRequestContext["storageState"]>>;

/** Folders of the stack's kernels. */
function kernelFolders(stack: Stack): string[] {
  const parent = kernelsFolder(stack.home);
  const all = existsSync(parent) ? readdirSync(parent) : [];
  return all.map((name) => join(parent, name)).filter((folder) => readMeta(folder) !== undefined);
}

/** Kills something at random, again and again. */
async function killer(
  stack: Stack,
  browser: Browser,
  stop: AbortSignal,
  killed: Record<string, number>,
): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  const victims: Record<string, () => Promise<number | undefined>> = {
    kernel: async () => {
      const trees = kernelFolders(stack).flatMap((folder) => {
        const entry = livingKeeper(folder);
        return entry ? [treeOf(entry.pid).filter((pid) => pid !== entry.pid)] : [];
      });
      return any(trees.filter((tree) => tree.length > 0))?.at(-1);
    },
    node: async () => stack.pids().node || undefined,
    relay: async () => stack.pids().relay || undefined,
    tab: async () => {
      const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
      return any(processInfo.filter(({ type }) => type === "renderer"))?.id;
    },
  };
  // Relay and node take seconds to be there again: killed all the time they would never run anything.
  let spared = 0;
  while (!stop.aborted) {
    await sleep(1500 + Math.random() * 3000, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) break;
    const name = any(Object.keys(victims)) ?? "node";
    const server = name === "node" || name === "relay";
    if (server && Date.now() < spared) continue;
    try {
      const pid = await victims[name]?.();
      if (pid === undefined) continue;
      process.kill(pid, "SIGKILL");
      killed[name] = (killed[name] ?? 0) + 1;
      if (server) spared = Date.now() + SPARED_MS;
    } catch {
      // It had just ended by itself, or was just being started again.
    }
  }
}

function any<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)];
}

test(`${NOTEBOOKS} notebooks while kernels, node, relay and tabs are killed`, async ({ browser }) => {
  test.setTimeout(120_000 + NOTEBOOKS * 10_000);
  const stack = await startStack();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(/\/view\//);
    const cookies = await context.storageState();
    await page.close();
    const stop = new AbortController();
    const killed: Record<string, number> = { kernel: 0, node: 0, relay: 0, tab: 0 };
    const kills = () => Object.values(killed).reduce((sum, count) => sum + count, 0);
    const killing = killer(stack, browser, stop.signal, killed);
    const ids: string[] = [];
    let pressed = 0;
    let next = 0;
    const started = Date.now();
    const one = async () => {
      // A few notebooks may be done before anything was hit: then there are more of them.
      while (next < NOTEBOOKS || (kills() < LEAST_KILLS && next < 4 * NOTEBOOKS)) {
        next += 1;
        const [id, times] = await runOne(stack, browser, cookies, `Notebook-${next}`);
        ids.push(id);
        pressed += times;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    stop.abort();
    await killing;
    const description = `${JSON.stringify(killed)} in ${Math.round((Date.now() - started) / 1000)} s; Run was pressed ${pressed} times`;
    test.info().annotations.push({ type: "killed", description });
    expect(ids.length).toBeGreaterThanOrEqual(NOTEBOOKS);
    expect(kills()).toBeGreaterThanOrEqual(LEAST_KILLS);

    for (const folder of kernelFolders(stack)) {
      const id = readMeta(folder)?.notebook ?? "";
      const store = new ExecutionStore(folder);
      const records = new Map(store.load().map((record) => [record.execution, record]));
      const ran = existsSync(join(folder, "work/ran"))
        ? readFileSync(join(folder, "work/ran"), "utf8").trim().split("\n")
        : [];
      // No run was started twice, and none was started that is not known.
      expect(new Set(ran).size).toBe(ran.length);
      for (const execution of ran) expect([...records.keys()]).toContain(execution);
      // The relay has what the node has, of all runs.
      await expect
        .poll(async () => (await persist(() => rowsOf(stack, context.request, id))).length, {
          timeout: 60_000,
        })
        .toBe(records.size);
      const rows = new Map((await rowsOf(stack, context.request, id)).map((row) => [row.id, row]));
      for (const [execution, { cell, state }] of records) {
        expect(OVER).toContain(state);
        const text = textOf(reduceOutputs(readLog(store.file(execution, "jsonl"))));
        // What was printed is there from the first line on, whole where the run came to its end.
        if (state === "done") expect(text).toBe(expected(cell));
        else expect(expected(cell).startsWith(text)).toBe(true);
        const row = rows.get(execution);
        expect(row?.state).toBe(state);
        if (!row?.blob) continue;
        const blob = await context.request.get(`${stack.url}/api/notebooks/${id}/blobs/${row.blob}`);
        expect(textOf((await blob.json()) as { text?: string | string[] }[])).toBe(text);
      }
    }
  } finally {
    await context.close();
    await stopKernels(kernelsFolder(stack.home));
    await stack.stop();
  }
});

function textOf(outputs: readonly object[]): string {
  return outputs.flatMap((output) => ("text" in output ? (output.text as string | string[]) : [])).join("");
}
