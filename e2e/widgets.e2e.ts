/** Widgets of ipywidgets and anywidget, through the real relay, node and kernel. */
import type { FrameLocator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { watchErrors } from "./viewer-page.ts";

const code = (id: string, ...lines: string[]) => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: null,
  outputs: [],
  source: lines.join("\n"),
});

/** Imports a notebook and opens it. */
async function openNotebook(page: Page, cells: readonly object[]): Promise<void> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`${origin}/api/ipynb/import?name=Widgets`, {
    data: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells },
    headers: { origin },
  });
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${origin}/notebook/${id}`);
  await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue("Widgets");
}

const outputs = (page: Page, cell: string) => page.locator(`ep-cell[id="${cell}"] ep-outputs`).first();
const widget = (page: Page, cell: string): FrameLocator => outputs(page, cell).frameLocator("iframe").first();

/** Runs one cell by its button. */
async function run(page: Page, cell: string): Promise<void> {
  await page.locator(`ep-cell[id="${cell}"] .side`).click();
  await page.keyboard.press("Control+Enter");
}

async function runAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run all cells" }).click();
}

test("a slider changes the kernel's value, two views stay equal, and a reload shows both again", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code(
      "make",
      "import ipywidgets as w",
      "s = w.IntSlider(value=3, min=0, max=20, description='Size')",
      "s",
    ),
    code("again", "s"),
    code("print", "print('value', s.value)"),
    code("set", "s.value = 12"),
  ]);
  await runAll(page);
  const slider = widget(page, "make").getByRole("slider");
  const other = widget(page, "again").getByRole("slider");
  // The first run makes the Python environment.
  await expect(slider).toHaveAttribute("aria-valuenow", /^(3|12)/, { timeout: 200_000 });
  await expect(outputs(page, "print")).toContainText("value 3");
  await expect(slider).toHaveAttribute("aria-valuenow", /^12/);
  await expect(other).toHaveAttribute("aria-valuenow", /^12/);
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuenow", /^17/);
  await expect(other).toHaveAttribute("aria-valuenow", /^17/);
  await run(page, "print");
  await expect(outputs(page, "print")).toContainText("value 17");
  await page.reload();
  await expect(widget(page, "make").getByRole("slider")).toHaveAttribute("aria-valuenow", /^17/);
  await expect(widget(page, "again").getByRole("slider")).toHaveAttribute("aria-valuenow", /^17/);
  await widget(page, "again").getByRole("slider").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(widget(page, "make").getByRole("slider")).toHaveAttribute("aria-valuenow", /^16/);
  await run(page, "print");
  await expect(outputs(page, "print")).toContainText("value 16");
  expect(errors).toEqual([]);
});

test("interact draws anew, a button's callback prints, Output collects, progress moves", async ({ page }) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code(
      "interact",
      "import ipywidgets as w",
      "from IPython.display import display, HTML",
      "@w.interact(x=(0, 10), word=['one', 'two'], loud=False)",
      "def show(x=4, word='one', loud=False):",
      "    print('square', x * x)",
      "    display(HTML(f'<b id=word>{word.upper() if loud else word}</b>'))",
    ),
    code(
      "button",
      "b = w.Button(description='Press', icon='check')",
      "b.on_click(lambda _: print('pressed'))",
      "out = w.Output()",
      "c = w.Button(description='Into')",
      "@c.on_click",
      "def into(_):",
      "    with out:",
      "        print('collected')",
      "display(w.VBox([w.HBox([b, c]), out]))",
    ),
    code(
      "progress",
      "import time",
      "p = w.IntProgress(max=4, description='Steps')",
      "display(p)",
      "for i in range(5):",
      "    p.value = i",
      "    time.sleep(0.1)",
    ),
    code("text", "t = w.Text(description='Name'); d = w.Dropdown(options=['a', 'b']); display(t, d)"),
    code("read", "print(repr(t.value), d.value, len(out.outputs))"),
  ]);
  await runAll(page);
  const interact = widget(page, "interact");
  await expect(interact.locator(".ep-output")).toContainText("square 16", { timeout: 200_000 });
  await interact.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await expect(interact.locator(".ep-output")).toContainText("square 25");
  await expect(interact.locator(".ep-output")).not.toContainText("square 16");
  await interact.getByRole("combobox").selectOption("two");
  await interact.getByRole("checkbox").check();
  await expect(interact.locator("#word")).toHaveText("TWO");

  const buttons = widget(page, "button");
  // Icons come without a request to anywhere.
  await expect
    .poll(() =>
      buttons.locator("body").evaluate(async () => {
        const faces = await document.fonts.load('900 14px "Font Awesome 5 Free"');
        return faces.map((face) => face.status);
      }),
    )
    .toEqual(["loaded"]);
  await buttons.getByRole("button", { name: "Press" }).click();
  await expect(outputs(page, "button").locator("ep-outputs")).toContainText("pressed");
  await buttons.getByRole("button", { name: "Into" }).click();
  await expect(buttons.locator(".ep-output")).toContainText("collected");
  await expect(outputs(page, "button").locator("ep-outputs")).not.toContainText("collected");

  const bar = widget(page, "progress").locator(".progress-bar");
  await expect(bar).toHaveAttribute("style", /width: 100%/);

  const displays = outputs(page, "text").locator("iframe");
  await displays.nth(0).contentFrame().getByRole("textbox").fill("Ada");
  await displays.nth(1).contentFrame().getByRole("combobox").selectOption("b");
  await run(page, "read");
  await expect(outputs(page, "read")).toContainText("'Ada' b 1");

  await page.reload();
  await expect(widget(page, "button").locator(".ep-output")).toContainText("collected");
  await expect(widget(page, "interact").locator(".ep-output")).toContainText("square 25");
  expect(errors).toEqual([]);
});

test("an anywidget counts both ways and is boxed in; without its kernel there are words", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code(
      "make",
      "import anywidget, traitlets",
      "class Counter(anywidget.AnyWidget):",
      '    _esm = """',
      "    function render({ model, el }) {",
      "      const button = document.createElement('button');",
      "      const draw = () => { button.textContent = 'count is ' + model.get('value') };",
      "      button.onclick = () => { model.set('value', model.get('value') + 1); model.save_changes() };",
      "      model.on('change:value', draw);",
      "      model.on('msg:custom', (message) => { el.dataset.heard = message.word });",
      "      let cookie; try { cookie = document.cookie } catch (e) { cookie = e.name }",
      "      el.dataset.cookie = cookie;",
      "      el.className = 'counter';",
      "      draw();",
      "      el.append(button);",
      "    }",
      "    export default { render };",
      '    """',
      "    _css = '.counter button { color: rgb(1, 2, 3) }'",
      "    value = traitlets.Int(0).tag(sync=True)",
      "    data = traitlets.Bytes(b'\\x01\\x02').tag(sync=True)",
      "counter = Counter()",
      "counter",
    ),
    code("print", "print('value', counter.value)"),
    code("set", "counter.value = 40; counter.send({'word': 'hello'})"),
  ]);
  await runAll(page);
  const counter = widget(page, "make");
  await expect(counter.getByRole("button")).toHaveText("count is 40", { timeout: 200_000 });
  await counter.getByRole("button").click();
  await counter.getByRole("button").click();
  await expect(counter.getByRole("button")).toHaveText("count is 42");
  await expect(counter.getByRole("button")).toHaveCSS("color", "rgb(1, 2, 3)");
  await expect(counter.locator(".counter")).toHaveAttribute("data-cookie", "SecurityError");
  await run(page, "print");
  await expect(outputs(page, "print")).toContainText("value 42");
  await run(page, "set");
  await expect(counter.locator(".counter")).toHaveAttribute("data-heard", "hello");
  await expect(counter.getByRole("button")).toHaveText("count is 40");
  expect(errors).toEqual([]);
  await page.locator('ep-cell[id="make"] .side').click();
  await page.keyboard.press("0");
  await page.keyboard.press("0");
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await expect(outputs(page, "make")).toContainText("Run the cell again to make it anew.");
  await expect(outputs(page, "make").locator("pre")).toContainText("Counter");
  await run(page, "make");
  await expect(counter.getByRole("button")).toHaveText("count is 0");
});
