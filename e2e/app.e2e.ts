/** The app around everything: projects and files, search, the palette, use without a network, newer versions. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { ask, dialogOf } from "./people.ts";
import { type Stack, startStack } from "./stack.ts";
import { exactPicture, watchErrors } from "./viewer-page.ts";

async function project(page: Page, stack: Stack, name: string): Promise<string> {
  return (await ask<{ id: string }>(page, stack, "POST", "/api/projects", { name })).id;
}

const ipynb = (source: string): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: "code", id: "a", metadata: {}, execution_count: null, outputs: [], source }],
  });

/** Drops files onto the page, as a hand does. */
async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list) data.items.add(new File([text], name));
    return data;
  }, files);
  for (const type of ["dragover", "drop"]) await page.dispatchEvent("body", type, { dataTransfer: transfer });
}

test("a project: made, notebooks imported, renamed, moved and deleted", async ({ page, stack }) => {
  const errors = watchErrors(page);
  await project(page, stack, "Elsewhere");
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "New project" }).click();
  await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("Embryo");
  await dialogOf(page).getByRole("button", { name: "Make the project" }).click();
  await expect(page.getByRole("heading", { name: "Embryo", level: 1 })).toBeVisible();
  await expect(page.getByText("No notebook yet.")).toBeVisible();
  await drop(page, [
    { name: "one.ipynb", text: ipynb("first = 1") },
    { name: "two.ipynb", text: ipynb("second = 2") },
    { name: "notes.txt", text: "words" },
  ]);
  const notebooks = page.getByRole("list", { name: "Notebooks" });
  await expect(notebooks.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("list", { name: "Files" })).toContainText("notes.txt");
  await page.getByRole("button", { name: "Rename one" }).click();
  await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("Counting");
  await dialogOf(page).getByRole("button", { name: "Rename" }).click();
  await expect(notebooks).toContainText("Counting");
  await page.getByRole("button", { name: "Move two" }).click();
  await dialogOf(page).getByLabel("Elsewhere").check();
  await dialogOf(page).getByRole("button", { name: "Move" }).click();
  await expect(notebooks.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Delete Counting" }).click();
  await expect(dialogOf(page)).toContainText("all its versions");
  await dialogOf(page).getByRole("button", { name: "Delete the notebook" }).click();
  await expect(page.getByText("No notebook yet.")).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialogOf(page)).toContainText("1 file");
  await dialogOf(page).getByLabel("Type Embryo to confirm").fill("Embryo");
  await dialogOf(page).getByRole("button", { name: "Delete the project" }).click();
  await expect(page.getByRole("link", { name: /^Elsewhere/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Embryo/ })).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("files: an upload goes on where the network broke it off; download, rename, delete", async ({
  page,
  stack,
}) => {
  test.setTimeout(90_000);
  const id = await project(page, stack, "With files");
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-up-"));
  try {
    const bytes = Buffer.alloc(18 * 1024 * 1024);
    for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE(i, i);
    writeFileSync(join(folder, "large.bin"), bytes);
    await page.goto(`${stack.url}/project/${id}`);
    const offsets: number[] = [];
    let broken = 0;
    await page.route("**/files/uploads/**", async (route) => {
      const offset = new URL(route.request().url()).searchParams.get("offset");
      if (offset !== null && Number(offset) > 0 && broken < 2) {
        broken += 1;
        await route.abort("connectionreset");
        return;
      }
      if (offset !== null) offsets.push(Number(offset));
      await route.continue();
    });
    await page.getByLabel("Upload files").setInputFiles(join(folder, "large.bin"));
    const row = page.getByRole("list", { name: "Files" }).getByRole("listitem");
    await expect(row.getByRole("link", { name: /large\.bin/ })).toBeVisible({ timeout: 40_000 });
    expect(broken).toBe(2);
    // No chunk was sent twice: what had arrived stayed.
    expect(offsets).toEqual([0, 1, 2, 3, 4].map((i) => i * 4 * 1024 * 1024));
    await expect(row).toContainText("18.9 MB");
    const [download] = await Promise.all([page.waitForEvent("download"), row.getByRole("link").click()]);
    expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
    await page.getByRole("button", { name: "Rename large.bin" }).click();
    await dialogOf(page).getByRole("textbox", { name: "Name" }).fill("data/volume.bin");
    await dialogOf(page).getByRole("button", { name: "Rename" }).click();
    await expect(row).toContainText("data/volume.bin");
    await page.getByRole("button", { name: "Delete data/volume.bin" }).click();
    await dialogOf(page).getByRole("button", { name: "Delete the file" }).click();
    await expect(page.getByText("No files yet.")).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("search: the line and the word are shown, and the notebook opens at the cell", async ({
  page,
  stack,
}) => {
  const errors = watchErrors(page);
  const cells = Array.from({ length: 60 }, (_, i) => ({
    type: "code",
    content: `value_${i} = ${i}\nprint(value_${i})`,
  }));
  cells[50] = { type: "code", content: "import numpy\nspectrogram = numpy.zeros(3)\nspectrogram" };
  const { id } = await ask<{ id: string }>(page, stack, "POST", "/api/notebooks", {
    name: "Long one",
    cells,
  });
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await page.getByLabel("Search your notebooks").fill("spectro");
  const found = page.getByRole("list", { name: "Found" }).getByRole("link", { name: /Long one/ });
  await expect(found.locator("mark").first()).toHaveText("spectrogram");
  await expect(found).toContainText("line 2 of its cell");
  await expect(page).toHaveURL(/\/search\?q=spectro$/);
  await found.click();
  const cell = page.locator("ep-cell", { hasText: "spectrogram = numpy.zeros(3)" });
  await expect(page).toHaveURL(new RegExp(`/notebook/${id}#cell=${await cell.getAttribute("id")}$`));
  await expect(cell).toBeInViewport();
  await expect(page.locator("ep-cell", { hasText: "value_0 = 0" })).not.toBeInViewport();
  await page.goto(`${stack.url}/search?q=nothing_has_this_word`);
  await expect(page.getByText("No notebook has these words.")).toBeVisible();
  expect(errors).toEqual([]);
});

test("the palette, by keys alone: pages, notebooks, the commands of the page", async ({ page, stack }) => {
  const errors = watchErrors(page);
  const cells = [{ type: "code", content: "x = 1" }];
  const { id } = await ask<{ id: string }>(page, stack, "POST", "/api/notebooks", {
    name: "Palette place",
    cells,
  });
  const palette = page.getByRole("dialog", { name: "Commands" });
  await exactPicture(page);
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("option").first()).toBeVisible();
  await page.keyboard.type("rese");
  await expect(palette.getByRole("option", { selected: true })).toContainText("Reset the view");
  await expect(palette.getByRole("option", { selected: true })).toContainText("Ctrl-R");
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("palplace");
  await expect(palette.getByRole("option", { selected: true })).toContainText("Palette place");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/notebook/${id}$`));
  await page.locator("ep-cell .side").first().click();
  await page.keyboard.press("p");
  await expect(palette).toBeVisible();
  await page.keyboard.type("cell below");
  await expect(palette.getByRole("option", { selected: true })).toContainText("Insert a cell below");
  await page.keyboard.press("Enter");
  await expect(page.locator("ep-cell")).toHaveCount(2);
  // In an editor P is a letter, and Ctrl-K still opens it.
  await page.locator("ep-cell .cm-content").first().click();
  await page.keyboard.press("End");
  await page.keyboard.type("p");
  await expect(palette).toHaveCount(0);
  await expect(page.locator("ep-cell").first()).toContainText("x = 1p");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  expect(errors).toEqual([]);
});

test("a notebook that lies in the node's folders is opened as a copy; what runs is told on the home page", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-root-"));
  const stack = await startStack({ args: ["--root", folder] });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(/\/view\//);
    // It appears in Open at once.
    writeFileSync(join(folder, "Counting.ipynb"), ipynb("print(6 * 7)"));
    await page.getByRole("link", { name: "Start", exact: true }).click();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    const list = dialogOf(page).getByRole("list", { name: "Notebooks on the node" });
    await list.getByRole("button", { name: basename(folder) }).click();
    await list.getByRole("button", { name: "Counting.ipynb" }).click();
    await expect(page.getByRole("textbox", { name: "Name of the notebook" })).toHaveValue("Counting");
    await page.getByRole("button", { name: "Run all cells" }).click();
    // The first run makes the Python environment.
    await expect(page.locator("ep-outputs").first()).toContainText("42", { timeout: 180_000 });
    await page.getByRole("link", { name: "Start", exact: true }).click();
    await expect(page.getByRole("list", { name: "Running now" })).toContainText("kernel idle");
    await expect(page.getByRole("list", { name: "Recent" }).getByRole("listitem").first()).toContainText(
      "Counting",
    );
    // A session is ended from its card.
    await page.getByRole("button", { name: "New session" }).click();
    await expect(page).toHaveURL(/\/view\/(?!welcome)/);
    await page.getByRole("link", { name: "Start", exact: true }).click();
    await page.getByRole("button", { name: "End Untitled" }).click();
    await dialogOf(page).getByRole("button", { name: "End the session" }).click();
    await expect(page.getByRole("button", { name: "End Untitled" })).toHaveCount(0);
  } finally {
    await context.close();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("without a network the app opens, says so, and shows who was here", async ({ page, context, stack }) => {
  await ask(page, stack, "POST", "/api/notebooks", { name: "Kept here" });
  await page.goto(stack.url);
  await expect(page.getByRole("link", { name: /Kept here/ })).toBeVisible();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // A page that began to load just before the worker was ready is not the worker's: the next one is.
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("offline: kept here")).toBeVisible();
  await expect(page.getByRole("link", { name: "Account: Owner" })).toBeVisible();
  await expect(page.getByText("No network: these are kept on this browser.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Kept here/ })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("status", { name: "Connection: live" })).toBeVisible();
});

test("a newer version waits until the person begins it", async ({ browser, stack }) => {
  const front = await newerFront(stack);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(front.url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.reload();
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    front.newer = true;
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    // Whoever is not signed in yet has nothing to lose, and is asked all the same.
    await expect(page.getByText("A newer version of Eyepiece is here.")).toBeVisible();
    const waits = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? "none");
    expect(await waits()).toBe("installed");
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload now" }).click()]);
    await expect.poll(waits).toBe("none");
    await expect(page.getByText("A newer version of Eyepiece is here.")).toHaveCount(0);
  } finally {
    await context.close();
    front.close();
  }
});

/** The relay at another address, which can be told to serve another service worker. */
async function newerFront(stack: Stack): Promise<{ readonly url: string; newer: boolean; close(): void }> {
  const state = { newer: false };
  const server: Server = createServer((incoming, answer) => {
    const to = httpRequest(
      {
        host: "127.0.0.1",
        port: stack.port,
        method: incoming.method,
        path: incoming.url,
        headers: {
          ...incoming.headers,
          host: `127.0.0.1:${stack.port}`,
          "accept-encoding": "identity",
          // Whoever changes the file answers in full.
          "if-none-match": "",
        },
      },
      (back) => {
        const worker = incoming.url === "/sw.js" && state.newer;
        const headers = { ...back.headers };
        if (worker) for (const name of ["content-length", "etag"]) delete headers[name];
        answer.writeHead(back.statusCode ?? 502, headers);
        back.on("data", (chunk: Buffer) => answer.write(chunk));
        back.on("end", () => answer.end(worker ? "\n// newer\n" : undefined));
      },
    );
    to.on("error", () => answer.destroy());
    incoming.pipe(to);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}
