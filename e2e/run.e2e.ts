/** `eyepiece run`: a notebook's file without a page, a relay or a node. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { eyepiece } from "./stack.ts";

interface SavedCell {
  readonly id: string;
  readonly execution_count: number | null;
  readonly outputs: readonly Readonly<Record<string, unknown>>[];
}

let folder = "";
test.beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "eyepiece-runs-")));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a notebook of code cells, runs it, and reads what came of it. */
async function runCells(
  cells: readonly (string | { source: string; tags: string[] })[],
  ...options: string[]
) {
  const file = join(folder, "notebook.ipynb");
  const notebook = {
    ...{
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: "elsewhere", language: "python" } },
    },
    cells: cells.map((cell, index) => ({
      ...{ cell_type: "code", id: `c${index}`, execution_count: 7, outputs: [] },
      metadata: typeof cell === "string" ? {} : { tags: cell.tags },
      source: typeof cell === "string" ? cell : cell.source,
    })),
  };
  writeFileSync(file, JSON.stringify(notebook));
  const out = join(folder, "out.ipynb");
  const run = await eyepiece(["run", file, "--out", out, ...options]);
  const saved = existsSync(out)
    ? (JSON.parse(readFileSync(out, "utf8")) as { cells: SavedCell[] }).cells
    : [];
  return { ...run, saved };
}

test("all cells run in the notebook's folder, later updates reach earlier outputs, viewers leave a still", async () => {
  test.setTimeout(240_000);
  const { code, saved, stderr } = await runCells([
    "import os; handle = display('before', display_id=True); print(os.getcwd())",
    "handle.update('after'); 6 * 7",
    { source: "1 / 0", tags: ["raises-exception"] },
    { source: "never", tags: ["skip-execution"] },
    "import eyepiece, numpy as np; v = eyepiece.Viewer(); v.add_image(np.eye(32)); v.layers[0].gamma = 2; v",
  ]);
  expect(stderr).toContain("[4/4] done");
  expect(code).toBe(0);
  expect(saved.map((cell) => cell.execution_count)).toEqual([1, 2, 3, 7, 4]);
  expect(saved[0]?.outputs).toMatchObject([
    { output_type: "display_data", data: { "text/plain": ["'after'"] } },
    { name: "stdout", text: [`${folder}\n`] },
  ]);
  expect(saved[1]?.outputs).toMatchObject([{ data: { "text/plain": ["42"] }, execution_count: 2 }]);
  expect(saved[2]?.outputs).toMatchObject([{ output_type: "error", ename: "ZeroDivisionError" }]);
  const data = saved[4]?.outputs[0]?.data as Readonly<Record<string, unknown>>;
  expect(Object.keys(data)).toEqual(["image/png", "text/plain"]);
});

test("a cell that fails ends the run with its traceback and code 1", async () => {
  test.setTimeout(120_000);
  const { code, saved, stderr } = await runCells(["1", "undefined_name", "2"]);
  expect(code).toBe(1);
  expect(stderr).toContain("NameError: name 'undefined_name' is not defined");
  expect(stderr).toContain("Cell 2 failed");
  expect(saved.map((cell) => cell.execution_count)).toEqual([1, 2, null]);
  const forgiven = await runCells(["1", "undefined_name", "2"], "--allow-errors");
  expect(forgiven.code).toBe(0);
  expect(forgiven.saved.map((cell) => cell.execution_count)).toEqual([1, 2, 3]);
});

test("what takes too long, asks, or kills its kernel fails; nothing is left behind", async () => {
  test.setTimeout(120_000);
  const slow = await runCells(["import time\ntime.sleep(60)"], "--timeout", "1");
  expect([slow.code, slow.stderr]).toEqual([1, expect.stringContaining("longer than 1 s")]);
  const asks = await runCells(["input('?')"]);
  expect([asks.code, asks.stderr]).toEqual([1, expect.stringContaining("asks for input")]);
  const dies = await runCells(["import os\nos.kill(os.getpid(), 9)"], "--allow-errors");
  expect([dies.code, dies.stderr]).toEqual([1, expect.stringContaining("was killed")]);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith("eyepiece-run-"))).toEqual([]);
});

test("what cannot be run at all", async () => {
  const missing = await eyepiece(["run", join(folder, "no.ipynb"), "--out", join(folder, "o.ipynb")]);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("There is no")]);
  const kernel = await runCells(["1"], "--kernel", "no-such");
  expect([kernel.code, kernel.stderr]).toEqual([2, expect.stringContaining("no kernel no-such")]);
  expect(kernel.saved).toEqual([]);
  writeFileSync(join(folder, "bad.ipynb"), "{");
  const bad = await eyepiece(["run", join(folder, "bad.ipynb"), "--out", join(folder, "o.ipynb")]);
  expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("not a notebook")]);
});
