/** Widgets of ipywidgets and anywidget, through the real relay, node and kernel. */
import { readFileSync } from "node:fs";
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
      "close = False",
      "s = w.IntSlider(value=3, min=0, max=20, description='Size')",
      "s",
    ),
    code("again", "s"),
    code("print", "print('value', s.value)"),
    code("set", "s.value = 12"),
    code("close", "close and s.close()", "close = True"),
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
  await run(page, "close");
  await expect(outputs(page, "make").locator("iframe")).toHaveCount(0);
  await expect(outputs(page, "again").locator("iframe")).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("what is kept or downloaded has the widgets' state, which is shown without a kernel", async ({
  page,
  stack,
}) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code("make", "import ipywidgets as w", "s = w.IntSlider(value=37, description='Kept')", "s"),
  ]);
  await run(page, "make");
  await expect(widget(page, "make").locator(".widget-readout")).toHaveText("37");
  await page.getByRole("button", { name: "More" }).click();
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download .ipynb" }).click();
  const file = JSON.parse(readFileSync(await (await begun).path(), "utf8")) as {
    metadata: {
      widgets?: Record<string, { state: Record<string, { model_name: string; state: { value?: number } }> }>;
    };
  };
  const states = Object.values(
    file.metadata.widgets?.["application/vnd.jupyter.widget-state+json"]?.state ?? {},
  );
  expect(states.find((one) => one.model_name === "IntSliderModel")?.state.value).toBe(37);

  // A copy of the file has the widget, and no kernel.
  const answer = await page.request.post(`${stack.url}/api/ipynb/import?name=Copy`, {
    data: file,
    headers: { origin: stack.url },
  });
  const { id: copy } = (await answer.json()) as { id: string };
  await page.goto(`${stack.url}/notebook/${copy}`);
  await expect(widget(page, "make").locator(".widget-readout")).toHaveText("37");
  await expect(page.getByText("As it was kept. Run the cell again to use it.")).toBeVisible();
  expect(errors.filter((error) => !error.includes("frame-ancestors"))).toEqual([]);
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

test("every control of ipywidgets is drawn, in the colours of the theme", async ({ page }) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code(
      "all",
      "import datetime, ipywidgets as w",
      "names = ['IntSlider', 'FloatSlider', 'FloatLogSlider', 'IntRangeSlider', 'FloatRangeSlider', 'IntProgress',",
      "  'FloatProgress', 'BoundedIntText', 'BoundedFloatText', 'IntText', 'FloatText', 'ToggleButton', 'Checkbox',",
      "  'Valid', 'Text', 'Textarea', 'Password', 'Label', 'HTML', 'HTMLMath', 'Button', 'Play', 'TagsInput',",
      "  'ColorsInput', 'FloatsInput', 'IntsInput', 'DatePicker', 'TimePicker', 'NaiveDatetimePicker', 'ColorPicker',",
      "  'FileUpload', 'Controller', 'Output']",
      "one = [getattr(w, name)() for name in names]",
      "for each in one:",
      "  if each.has_trait('description'): each.description = type(each).__name__",
      "kinds = ['Dropdown', 'RadioButtons', 'Select', 'SelectionSlider', 'SelectionRangeSlider', 'ToggleButtons', 'SelectMultiple']",
      "many = [getattr(w, name)(options=['a', 'b'], description=name) for name in kinds]",
      "many.append(w.Combobox(options=['a'], description='Combobox'))",
      "png = bytes.fromhex('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f0005000157c2fd60c30000000049454e44ae426082')",
      "boxes = [w.Tab([w.Label('in a tab')], titles=['First']), w.Accordion([w.Label('folded')], titles=['Part']),",
      "  w.Stack([w.Label('in a stack')], selected_index=0), w.GridBox([w.Label('in a grid')]), w.Image(value=png, format='png'),",
      "  w.AppLayout(header=w.Label('header'))]",
      "a = w.IntSlider(description='linked'); b = w.IntText(description='linked'); link = w.jslink((a, 'value'), (b, 'value'))",
      "w.VBox(one + many + boxes + [a, b])",
    ),
  ]);
  await runAll(page);
  const all = widget(page, "all");
  await expect(all.getByText("in a tab")).toBeVisible({ timeout: 200_000 });
  await expect(all.getByText("AppLayout")).toHaveCount(0);
  await expect(all.getByText(/Failed to create|Could not create/)).toHaveCount(0);
  await all.getByRole("slider").last().focus();
  await page.keyboard.press("ArrowRight");
  await expect(all.getByRole("spinbutton").last()).toHaveValue("1");
  const text = all.getByText("in a stack");
  const dark = await text.evaluate((element) => getComputedStyle(element).color);
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "light";
  });
  const light = await page.evaluate(() => {
    const probe = document.createElement("p");
    probe.style.color = "var(--text)";
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  expect(light).not.toBe(dark);
  await expect(text).toHaveCSS("color", light);
  expect(errors).toEqual([]);
});

test("two people have the same widget, also when the kernel is busy while one moves it", async ({
  page,
  browser,
  stack,
}) => {
  test.setTimeout(240_000);
  const errors = watchErrors(page);
  await openNotebook(page, [
    code(
      "make",
      "import ipywidgets as w, time",
      "s = w.IntSlider(value=3, min=0, max=100)",
      "seen = []",
      "s.observe(lambda change: (seen.append(change.new), time.sleep(0.05)), 'value')",
      "s",
    ),
    code("busy", "time.sleep(3)"),
    code("print", "print('value', s.value, 'changes', len(seen))"),
  ]);
  await run(page, "make");
  const slider = widget(page, "make").getByRole("slider");
  await expect(slider).toHaveAttribute("aria-valuenow", /^3/, { timeout: 200_000 });
  const context = await browser.newContext();
  const second = await context.newPage();
  await second.goto(await stack.newOwnerLink());
  await expect(second).toHaveURL(/\/view\//);
  await second.goto(page.url());
  const theirs = widget(second, "make").getByRole("slider");
  await expect(theirs).toHaveAttribute("aria-valuenow", /^3/);
  await run(page, "busy");
  await expect(page.getByRole("group", { name: "Code cell, running" })).toBeVisible();
  await slider.focus();
  for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuenow", /^43/);
  await expect(theirs).toHaveAttribute("aria-valuenow", /^43/);
  await run(page, "print");
  await expect(outputs(page, "print")).toContainText("value 43");
  // A change that waits for the kernel takes up those after it.
  const changes = Number(
    /changes (\d+)/.exec((await outputs(page, "print").locator("pre").textContent()) ?? "")?.[1],
  );
  expect(changes).toBeLessThan(10);
  await theirs.focus();
  await second.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuenow", /^0/);
  await context.close();
  expect(errors).toEqual([]);
});

test("what cannot be shown says why: a library that is not there, code that fails, an Output's error", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openNotebook(page, [
    code(
      "library",
      "import anywidget, ipywidgets as w, traitlets as t",
      "class Other(w.DOMWidget):",
      "    _model_module = _view_module = t.Unicode('some-library').tag(sync=True)",
      "    _model_name = t.Unicode('OtherModel').tag(sync=True)",
      "    _view_name = t.Unicode('OtherView').tag(sync=True)",
      "Other()",
    ),
    code(
      "fails",
      "class Fails(anywidget.AnyWidget):",
      "    _esm = 'export default { render() { throw new Error(\"it broke\") } }'",
      "Fails()",
    ),
    code("output", "out = w.Output()", "with out:", "    print('before')", "    1 / 0"),
    code("shown", "out"),
  ]);
  await runAll(page);
  await expect(widget(page, "library").locator("body")).toContainText(
    "needs the JavaScript of some-library",
    {
      timeout: 200_000,
    },
  );
  await expect(widget(page, "fails").locator("body")).toContainText("The widget's code failed: it broke");
  await expect(widget(page, "shown").locator(".ep-output")).toContainText(/before[\s\S]*ZeroDivisionError/);
  await expect(page.locator('ep-cell[id="output"]')).not.toContainText("ZeroDivisionError");
});
