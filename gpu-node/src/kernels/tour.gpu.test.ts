/** The tour of the viewer runs from top to bottom, as it comes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestPage } from "./testing/kernels.ts";
import { type TestViewers, testViewers } from "./testing/viewers.ts";

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
}

const { cells } = JSON.parse(
  readFileSync(new URL("../../../notebooks/viewer_tour.ipynb", import.meta.url), "utf8"),
) as { cells: Cell[] };

let data: string;
let viewers: TestViewers;
let page: TestPage;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "eyepiece-tour-"));
  viewers = testViewers([data]);
  page = viewers.node.page({ notebook: "tour" });
  await page.run("1", "warm-up", 240_000);
}, 300_000);
afterAll(async () => {
  await viewers.end();
  rmSync(data, { recursive: true, force: true });
});

test("each cell of the tour runs, and says what it says it does", { timeout: 240_000 }, async () => {
  const said = new Map<string, string>();
  for (const { cell_type, id, source } of cells) {
    if (cell_type !== "code") continue;
    const status = await page.run(source.join(""), id, 120_000);
    expect(status.state, `${id}: ${page.text(id)}`).toBe("done");
    said.set(id, page.text(id).trim());
  }
  expect(said.get("world")).toBe("((12, 24, 128, 128), 40)");
  expect(said.get("dims")).toContain("(6, 12,");
  expect(Number(said.get("labels"))).toBeGreaterThan(50);
  expect(said.get("labels-undo")).toBe("0");
  expect(said.get("keep")).toContain("(360, 480, 4)");
  expect(said.get("grid")).toBe("(240, 640, 4)");
  // Thirty-odd cells, half of which teach in words.
  expect(cells.length).toBeGreaterThan(29);
});
