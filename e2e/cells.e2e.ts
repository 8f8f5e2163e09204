/** What people do with cells and what code leaves behind: dragging, a notebook that comes with Eyepiece, charts that run scripts, files. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { ask, dialogOf } from "./people.ts";
import { watchErrors } from "./viewer-page.ts";

const code = (id: string, source: string) => ({
  ...{ cell_type: "code", id, metadata: {}, execution_count: null, outputs: [] },
  source,
});

/** Imports a notebook in the signed-in person's name, and opens it. */
async function openNotebook(page: Page, cells: readonly object[], name: string): Promise<string> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`${origin}/api/ipynb/import?name=${encodeURIComponent(name)}`, {
    data: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells },
    headers: { origin },
  });
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${origin}/notebook/${id}`);
  await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue(name);
  return id;
}

const cell = (page: Page, id: string) => page.locator(`ep-cell[id="${id}"]`);
const outputs = (page: Page, id: string) => cell(page, id).locator("ep-outputs");
const order = (page: Page) => page.locator("ep-cell").evaluateAll((cells) => cells.map(({ id }) => id));

test("a cell that is dragged by its number moves, with those that are chosen, and the move is taken back", async ({
  page,
}) => {
  const errors = watchErrors(page);
  await openNotebook(
    page,
    ["a", "b", "c", "d"].map((id) => code(id, `${id} = 1`)),
    "Dragged",
  );
  await expect.poll(() => order(page)).toEqual(["a", "b", "c", "d"]);
  const height = (await cell(page, "d").boundingBox())?.height ?? 0;
  const target = (y: number) => ({ targetPosition: { x: 200, y } });
  await cell(page, "a")
    .locator(".side")
    .dragTo(cell(page, "c"), target(height - 3));
  await expect.poll(() => order(page)).toEqual(["b", "c", "a", "d"]);
  await cell(page, "d").locator(".side").dragTo(cell(page, "b"), target(3));
  await expect.poll(() => order(page)).toEqual(["d", "b", "c", "a"]);
  // Two that are chosen go together.
  await cell(page, "d").locator(".side").click();
  await cell(page, "b")
    .locator(".side")
    .click({ modifiers: ["Shift"] });
  await cell(page, "d")
    .locator(".side")
    .dragTo(cell(page, "a"), target(height - 3));
  await expect.poll(() => order(page)).toEqual(["c", "a", "d", "b"]);
  await page.keyboard.press("z");
  await expect.poll(() => order(page)).toEqual(["d", "b", "c", "a"]);
  await page.reload();
  await expect.poll(() => order(page)).toEqual(["d", "b", "c", "a"]);
  expect(errors).toEqual([]);
});

test("a notebook that comes with Eyepiece is opened as a copy, and runs", async ({ page, stack }) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await page.goto(stack.url);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const list = dialogOf(page).getByRole("list", { name: "Notebooks that come with Eyepiece" });
  await list.getByRole("button", { name: "First steps" }).click();
  await expect(page).toHaveURL(/\/notebook\//);
  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
  await page.getByRole("button", { name: "Run all cells" }).click();
  await expect(outputs(page, "picture")).toContainText("((240, 320, 4)", { timeout: 200_000 });
  await cell(page, "volume").scrollIntoViewIfNeeded();
  await expect(cell(page, "volume").locator("ep-viewer-output ep-canvas")).toBeVisible();
  expect(errors).toEqual([]);
});

test("charts that run scripts are drawn in their frames: a page with its library inside, and a script that finds its place", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  // What plotly writes: a place, its library in the page, and a call; what Bokeh writes: the library in one output, the chart in the next.
  const library =
    "window.Chart = { draw(id, values) { const svg = values.map((v, i) => '<rect x=' + i * 20 + ' y=' + (100 - v) + ' width=18 height=' + v + ' fill=steelblue />').join(''); document.getElementById(id).innerHTML = '<svg width=120 height=100 role=img aria-label=chart>' + svg + '</svg>'; } };";
  const filler = "/* a library is large */ ".repeat(40_000);
  const plotly = `<div><script type="text/javascript">${library}${filler}</script><div id="one" class="plot" style="height:100px"></div><script type="text/javascript">window.Chart.draw("one", [10, 50, 90]);</script></div>`;
  const bokeh = `<div id="two"></div><script type="text/javascript">(function(root) { function embed() { ${library} root.Chart.draw("two", [30, 60]); } if (document.readyState === "complete") embed(); else root.addEventListener("load", embed); })(window);</script>`;
  const show = (html: string) => ({
    output_type: "display_data",
    metadata: {},
    data: { "text/html": html, "text/plain": "Figure" },
  });
  await openNotebook(
    page,
    [
      code(
        "live",
        `from IPython.display import HTML, display\nhtml = ${JSON.stringify(plotly.replace(filler, ""))}\ndisplay(HTML(html))\ndisplay(HTML(${JSON.stringify(bokeh)}))`,
      ),
      { ...code("kept", "fig.show()"), execution_count: 1, outputs: [show(plotly)] },
    ],
    "Charts",
  );
  // What came with a file runs nothing before somebody says so.
  const kept = outputs(page, "kept");
  await expect(kept.locator("iframe")).toHaveCount(0);
  await kept.getByRole("button").first().click();
  await expect(kept.frameLocator("iframe").locator("#one rect")).toHaveCount(3);
  await cell(page, "live").locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  const live = outputs(page, "live");
  await expect(live.frameLocator("iframe >> nth=0").locator("#one rect")).toHaveCount(3, { timeout: 60_000 });
  await expect(live.frameLocator("iframe >> nth=1").locator("#two rect")).toHaveCount(2);
  // The frame is as high as what it shows.
  const height = async () => (await live.locator("iframe").first().boundingBox())?.height ?? 0;
  await expect.poll(height).toBeGreaterThan(95);
  expect(errors.filter((error) => !error.includes("frame-ancestors"))).toEqual([]);
});

test("files that code wrote are listed, downloaded, and kept in the project", async ({ page, stack }) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  const id = await openNotebook(
    page,
    [
      code(
        "write",
        "import os\nos.makedirs('results', exist_ok=True)\nopen('results/out.csv', 'w').write('a,b\\n1,2\\n'); print('done')",
      ),
    ],
    "Writer",
  );
  const { project } = await ask<{ project: string }>(page, stack, "GET", `/api/notebooks/${id}`);
  await page.getByRole("button", { name: "Variables and files" }).click();
  const panel = page.getByRole("complementary", { name: "Variables and files" });
  await expect(panel.getByText("None. What a cell writes")).toBeVisible();
  await cell(page, "write").locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  await expect(outputs(page, "write")).toContainText("done", { timeout: 60_000 });
  // It stands there by itself when the cell is over.
  const row = panel.getByRole("list", { name: "Files that code wrote" }).getByRole("listitem");
  await expect(row).toContainText("results/out.csv");
  const begun = page.waitForEvent("download");
  await row.getByTitle("Download results/out.csv").click();
  const download = await begun;
  expect(download.suggestedFilename()).toBe("out.csv");
  expect(readFileSync(await download.path(), "utf8")).toBe("a,b\n1,2\n");

  await page.goto(`${stack.url}/project/${project}`);
  await page.getByText("Files that code wrote").click();
  const written = page.getByRole("list", { name: "Files that code wrote" }).getByRole("listitem");
  await expect(written.filter({ hasText: "results/out.csv" })).toContainText("Writer");
  await written
    .filter({ hasText: "results/out.csv" })
    .getByRole("button", { name: "Keep results/out.csv in the project" })
    .click();
  await expect(written.filter({ hasText: "results/out.csv" })).toContainText("kept");
  const files = page.getByRole("list", { name: "Files", exact: true });
  await expect(files.getByRole("link", { name: /results\/out\.csv/ })).toBeVisible();
  const kept = await page.request.get(`${stack.url}/api/projects/${project}/files/results/out.csv`);
  expect(await kept.text()).toBe("a,b\n1,2\n");
  expect(errors).toEqual([]);
});
