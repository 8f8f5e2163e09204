/** The pages around flows, through the real stack: presets, schedules, the dashboard, services; what one page does another shows. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, test as shared } from "./fixtures.ts";
import { ask } from "./people.ts";
import { ROOT } from "./stack.ts";
import { watchErrors } from "./viewer-page.ts";

/** An Eyepiece of its own: the services and runs that are made here would be in the way of other tests. */
const test = shared.extend<object, { ownStack: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  ownStack: [async ({}, use) => use(undefined), { scope: "worker", auto: true }],
});

const SHOTS = join(ROOT, "node_modules/.cache/eyepiece/pages");
/** The environment is made when flows are first asked for. */
const MADE = { timeout: 300_000 };

/** A picture of the page as it is, wide and narrow, dark and light; `wall`: very wide, too. */
async function shots(page: Page, name: string, wall = false): Promise<void> {
  for (const [width, height, scheme] of [
    [1280, 900, "dark"],
    [360, 900, "dark"],
    ...(wall ? ([[3840, 2160, "dark"]] as const) : []),
    [1280, 900, "light"],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
    }, scheme);
    // Nothing is wider than the page.
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      `${name} ${width}`,
    ).toBe(true);
    await page.screenshot({ path: join(SHOTS, `${name}-${width}-${scheme}.png`), animations: "disabled" });
  }
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "dark";
  });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** A form with each element that there is. */
const EVERY = `
from fastapi import Request
from eyepiece.flows import InputsError, Launch, ServeAPI, forms as F

app = ServeAPI()
options = [F.InputOption("a", "The first"), F.InputOption("b", "The second")]

@app.enter("/", summary="Every element", description="All elements of forms, in one.", model=F.Model(
    F.Markdown("# Every element\\n\\nWith **words** and a [link](https://example.org)."),
    F.HTML("<h2>HTML</h2><p>as its author wrote it, <em>in a frame</em></p>"), F.Errors(),
    F.InputText("text", "Text", placeholder="some words", required=True), F.InputNumber("number", "Number", value=3, min_value=0, max_value=10),
    F.InputPassword("password", "Password"), F.InputDate("date", "Date"), F.InputTime("time", "Time"), F.InputDateTime("moment", "Date and time"),
    F.InputMonth("month", "Month"), F.InputWeek("week", "Week"), F.HR(), F.InputArea("area", "Several lines", rows=3), F.InputEmail("email", "E-mail"),
    F.InputUrl("url", "Address"), F.InputTel("tel", "Telephone"), F.InputSearch("search", "Search"), F.Break(), F.InputColor("color", "Colour", value="#20a0ff"),
    F.InputRange("range", "Range", value=4, min_value=0, max_value=10), F.InputHidden("hidden", "h"), F.InputRadio("radio", options, "One of two"),
    F.Checkbox("yes", "Yes, please", "Yes or no"), F.Select("select", options, "One of a list", required=True), F.InputFiles("files", "Files", multiple=True),
    F.Action("action", "later", text="Later"), F.Submit("Go"), F.Cancel("Cancel")))
async def enter(inputs: dict, request: Request):
    raise InputsError("Not today.", area="Too few lines.", select="Choose another.", radio="Neither.", yes="Say yes.")
`;

const nav = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Flows" }).getByRole("link", { name, exact: true });

test("forms are filled from presets, handed in by the clock, counted on the dashboard and seen everywhere at once", async ({
  page,
  browser,
  context,
  stack,
}) => {
  test.setTimeout(400_000);
  mkdirSync(SHOTS, { recursive: true });
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);

  await page.goto(`${stack.url}/flows/dashboard`);
  await expect(page.getByText("Nothing of yours runs.")).toBeVisible();
  await expectAccessible(page, "an empty dashboard");
  await page.goto(`${stack.url}/flows/schedules`);
  await expect(page.getByText("Nothing starts by the clock yet.")).toBeVisible();
  await expectAccessible(page, "no schedules");

  // Presets: kept, taken, and gone.
  await nav(page, "Catalogue").click();
  await expect(page.getByRole("link", { name: /Hymn/ })).toBeVisible(MADE);
  await page.getByRole("link", { name: /Hymn/ }).click();
  await page.getByLabel("Creature").fill("Rotifer");
  await page.getByLabel("Verses").fill("2");
  await page.getByRole("button", { name: "Keep as a preset" }).click();
  await page.getByLabel("Name of the preset").fill("my rotifer");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByText("Kept as my rotifer.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Creature")).toHaveValue("Tardigrade");
  await page.getByLabel("Preset").selectOption("my rotifer");
  await expect(page.getByLabel("Creature")).toHaveValue("Rotifer");
  await expect(page.getByLabel("Verses")).toHaveValue("2");

  // The clock: what is no time says so, what is one says when.
  await page.getByText("More: further attempts").click();
  await page.getByLabel(/or as cron/).fill("99 9 * * *");
  await expect(page.getByText("The times cannot be read")).toBeVisible();
  await page.getByLabel("Starts by the clock").selectOption("0 9 * * 1-5");
  await expect(page.getByText(/It hands in what is filled in above/)).toBeVisible();
  await expectAccessible(page, "a form with more");
  await shots(page, "flow-form-more");
  await page.getByRole("button", { name: "Add the schedule" }).click();
  await expect(page.getByText("Hymn starts by the clock now")).toBeVisible();

  await page.getByLabel("Where it fails").selectOption("1");

  // A second tab sees what this one starts, without asking.
  const other = await context.newPage();
  await other.goto(`${stack.url}/timeline`);
  await expect(other.getByText("You have started nothing yet.")).toBeVisible();
  await page.bringToFront();
  const heard: string[] = [];
  other.on("request", (request) => heard.push(request.url()));
  await page.getByRole("button", { name: "Write" }).click();
  await expect(page.getByRole("status").filter({ hasText: "finished" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Time in each state" })).toContainText("running");
  await expect(page.getByText("Attempt 1 of up to 2.")).toBeVisible();
  await shots(page, "flow-run-bar");

  // Shared by a link: who has it looks, and does nothing else.
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.locator("wa-dialog[open]");
  await expect(dialog.getByText("View: see how it goes")).toBeVisible();
  await dialog.getByRole("button", { name: "Make a link" }).click();
  const link = await dialog.getByLabel("The link, shown this once").inputValue();
  await shots(page, "flow-share");
  await page.keyboard.press("Escape");
  const away = await browser.newContext();
  const guest = await away.newPage();
  await guest.goto(link);
  await guest.getByRole("button", { name: /Open|Enter|Look/ }).click();
  await expect(guest.getByRole("heading", { name: "Hymn to the Rotifer" })).toBeVisible();
  await expect(guest.getByText("you may look")).toBeVisible();
  for (const name of ["Delete", "Run again", "Share"])
    await expect(guest.getByRole("button", { name })).toHaveCount(0);
  await expectAccessible(guest, "a run that is shared");
  await guest.screenshot({ path: join(SHOTS, "flow-guest-1280-dark.png") });
  await away.close();
  await expect(other.getByText("1 of 1 runs")).toBeVisible();
  await expect(other.getByRole("link", { name: /finished Hymn/ })).toBeVisible();
  expect(heard.length).toBeLessThan(10);
  await other.getByText("Throughput of the last day").click();
  await expect(other.getByRole("img", { name: /Runs: started/ })).toBeVisible();
  await expectAccessible(other, "the timeline with its plot");
  await shots(other, "timeline-plot");
  await other.close();

  await nav(page, "Schedules").click();
  await expect(page.getByText("0 9 * * 1-5")).toBeVisible();
  await expectAccessible(page, "schedules");
  await shots(page, "flow-schedules");
  await page.getByRole("checkbox", { name: "Hymn is on" }).uncheck();
  await expect(page.getByText("switched off")).toBeVisible();
  await page.getByRole("button", { name: "Remove Hymn" }).click();
  await page.getByRole("button", { name: "Remove the schedule" }).click();
  await expect(page.getByText("Nothing starts by the clock yet.")).toBeVisible();

  await nav(page, "Dashboard").click();
  await expect(page.getByRole("row", { name: /Hymn/ })).toContainText("100 %");
  await expect(page.getByRole("img", { name: /Runs: started/ })).toBeVisible();
  await expectAccessible(page, "the dashboard");
  await shots(page, "flow-dashboard", true);
  // What was refused is on the console, too.
  expect(errors.filter((error) => !error.includes("400 (Bad Request)"))).toEqual([]);
});

test("operators expose a service, are told in place what is wrong with it, boot it and take it away", async ({
  page,
  stack,
}) => {
  test.setTimeout(400_000);
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);
  await page.goto(`${stack.url}/flows/admin`);
  await expect(page.getByRole("list", { name: "Services" })).toContainText("hymn", MADE);
  await expectAccessible(page, "services");
  await page.getByRole("button", { name: "Expose a service" }).click();
  await page.getByLabel("Name, in addresses").fill("copy");
  const editor = page.getByRole("textbox", { name: "How it is started, as YAML" });
  await editor.fill("import_path: hymn\nruntime_env:\n  working_dir: /nowhere\n");
  await expect(page.getByText(/Line 1: .*module:app/)).toBeVisible();
  await shots(page, "flow-expose");
  await expectAccessible(page, "a service that is wrong");
  await page.getByRole("button", { name: "Expose the service" }).click();
  await expect(page.getByRole("alert")).toContainText("import_path");
  await editor.fill(`import_path: hymn:app\nruntime_env:\n  working_dir: ${join(ROOT, "notebooks/flows")}\n`);
  await expect(page.getByText(/Line \d+:/)).toHaveCount(0);
  await page.getByRole("button", { name: "Expose the service" }).click();
  const row = page.getByRole("list", { name: "Services" }).getByRole("listitem").filter({ hasText: "copy" });
  await expect(row.getByText("running")).toBeVisible(MADE);
  await page.getByRole("button", { name: "Start all services" }).click();
  await expect(page.getByRole("list", { name: "Steps of the boot" })).toContainText("complete", MADE);
  await expectAccessible(page, "services after a boot");
  await shots(page, "flow-admin", true);
  const fetched = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = await (await fetched).path();
  await row.getByRole("button", { name: "Remove copy" }).click();
  await page.getByRole("button", { name: "Remove the service" }).click();
  await expect(row).toHaveCount(0);
  await page.getByLabel("Import services from a file").setInputFiles(file);
  await expect(row).toBeVisible();
  // What was refused is on the console, too.
  expect(errors.filter((error) => !error.includes("400 (Bad Request)"))).toEqual([]);
});

test("a form has every element, in both themes; by the keyboard it is refused in place and keeps what was typed", async ({
  page,
  stack,
}) => {
  test.setTimeout(400_000);
  page.setDefaultTimeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-every-"));
  writeFileSync(join(folder, "every.py"), EVERY);
  const bootstrap = `import_path: every:app\nruntime_env: {working_dir: ${folder}}`;
  await ask(page, stack, "POST", "/api/flows/expose", { name: "every", enabled: true, bootstrap });
  await page.goto(`${stack.url}/flows?q=every`);
  await page.getByRole("link", { name: /Every element/ }).click(MADE);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { name: "HTML" })).toBeVisible();
  await expectAccessible(page, "a form with every element");
  await shots(page, "flow-every", true);
  for (const [button, scheme] of [
    ["Light theme", "light"],
    ["Dark theme", "dark"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(frame.locator("html")).toHaveCSS("color-scheme", scheme);
    // What is behind it is what is behind the page.
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await expect(frame.locator("html")).toHaveCSS("background-color", ground);
    await expect(frame.getByRole("heading", { name: "HTML" })).toBeVisible();
    await page.screenshot({ path: join(SHOTS, `flow-every-themed-${scheme}.png`), animations: "disabled" });
  }
  // Handed in by the keyboard: what lacks is told, and the first of it has the focus.
  await page.getByLabel("Number").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("This field is required.")).toHaveCount(2);
  await expect(page.getByLabel("Text", { exact: false }).first()).toBeFocused();
  await page.keyboard.type("some words");
  await page.getByLabel("One of a list").selectOption("b");
  await page.getByLabel("Several lines").fill("one");
  await page.getByLabel("Number").press("Enter");
  await expect(page.getByRole("alert")).toContainText("Not today.");
  await expect(page.getByLabel("Several lines")).toHaveValue("one");
  await expect(page.getByLabel("Several lines")).toHaveAccessibleDescription(/Too few lines/);
  await expect(page.getByLabel("One of a list")).toHaveAccessibleDescription(/Choose another/);
  await expectAccessible(page, "a form that was refused");
  await shots(page, "flow-every-refused");
  rmSync(folder, { recursive: true, force: true });
});

/** A service whose import lasts until a file is there. */
const SLOW = `
import os, time
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, forms as F

app = ServeAPI()
while not os.path.exists(os.path.join(os.path.dirname(__file__), "go")):
    time.sleep(0.02)

@app.enter("/", summary="Slow to come", model=F.Model(F.InputText("word", "Word"), F.Submit("Go")))
async def enter(inputs: dict, request: Request):
    return Launch(request, run, inputs=inputs)

async def run(inputs, tracer):
    return inputs
`;

test("who waits for a service is told what goes on: in the catalogue, and at its form", async ({
  page,
  context,
  stack,
}) => {
  test.setTimeout(400_000);
  page.setDefaultTimeout(30_000);
  const errors = watchErrors(page);
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-slow-"));
  writeFileSync(join(folder, "slow.py"), SLOW);
  const bootstrap = `import_path: slow:app\nruntime_env: {working_dir: ${folder}}`;
  await ask(page, stack, "POST", "/api/flows/expose", { name: "slow", enabled: true, bootstrap });
  await page.goto(`${stack.url}/flows`);
  await expect(page.getByText(/^Starting .*slow\.$/)).toBeVisible(MADE);
  await expect(page.getByRole("progressbar", { name: "How far it is" })).toBeVisible();
  await expectAccessible(page, "a catalogue that waits");
  // Its form is opened before it is there, by the address that a link has.
  const uid = createHash("md5").update("/-/slow/").digest("hex");
  const form = await context.newPage();
  await form.goto(`${stack.url}/flows/form/${uid}`);
  await expect(form.getByText(/^Starting .*slow\.$/)).toBeVisible();
  writeFileSync(join(folder, "go"), "");
  await expect(form.getByLabel("Word")).toBeVisible(MADE);
  await expect(page.getByRole("link", { name: /Slow to come/ })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await form.close();
  expect(errors).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});
