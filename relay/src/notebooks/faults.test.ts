import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { cellOf, insertCell } from "@eyepiece/protocol/notebook/document.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { openPage, type TestPage } from "./testing.ts";

const SERVE = fileURLToPath(new URL("../testing/serve.ts", import.meta.url));

let home: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "eyepiece-faults-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) await ended(child);
  rmSync(home, { recursive: true, force: true });
});

interface Served {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly child: ChildProcess;
}

/** A relay as a process of its own. @param around a command that runs it, with `exec "$@"` at its end */
async function serve(folder: string, around?: string): Promise<Served> {
  const command = [process.execPath, SERVE, "0", folder, "lab-1"];
  const child = around
    ? spawn("unshare", ["-Urm", "--kill-child", "sh", "-c", around, "sh", ...command], {
        stdio: ["ignore", "pipe", "inherit"],
      })
    : spawn(command[0] ?? "", command.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once("line", resolve);
    child.once("exit", () => reject(new Error("the relay did not start")));
  });
  const { url, apiToken } = JSON.parse(line) as { url: string; apiToken: string };
  return { url, headers: { authorization: `Bearer ${apiToken}` }, child };
}

/** kill -9, and gone. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

async function ask<T>({ url, headers }: Served, method: string, path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) };
  const response = await fetch(url + path, { method, headers, ...init });
  return (await response.json()) as T;
}

/** What was typed, by its marks. */
const marksOf = (doc: Y.Doc): Set<string> =>
  new Set((cellOf(doc, "cell")?.source.toString() ?? "").match(/<\d+>/g));

/** Types one mark; the relay acknowledges it by the next `saved`. */
const type = (page: TestPage, mark: number, padding = "") =>
  cellOf(page.doc, "cell")?.source.insert(0, `<${mark}>${padding}`);

test("a relay that is killed at any moment loses nothing that it said is kept", async () => {
  let relay = await serve(home);
  const { id } = await ask<{ id: string }>(relay, "POST", "/api/notebooks", {});
  const doc = new Y.Doc();
  let mark = 0;
  let acknowledged = 0;
  for (let round = 0; round < 6; round++) {
    const page = await openPage(relay.url, id, relay.headers, doc);
    if (round === 0) insertCell(doc, { type: "code", id: "cell" });
    // The first acknowledgement is of what the page had when it came.
    await page.until(() => page.saved >= (round === 0 ? 2 : 1));
    const [first, before] = [mark, page.saved];
    const stop = 5 + Math.floor(Math.random() * 150);
    for (let typed = 0; typed < 400; typed++) {
      type(page, mark++);
      if (typed % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (typed === stop) {
        await page.until(() => page.saved > before + stop / 2);
        relay.child.kill("SIGKILL");
      }
      if (page.socket.readyState > 1) break;
    }
    await page.closed;
    acknowledged = first + page.saved - before;
    await ended(relay.child);
    relay = await serve(home);
    const reader = await openPage(relay.url, id, relay.headers);
    const kept = marksOf(reader.doc);
    for (let each = 0; each < acknowledged; each++) expect(kept).toContain(`<${each}>`);
    await reader.close();
  }
  expect(acknowledged).toBeGreaterThan(30);
  // What was not kept is still with the page, and comes with it.
  const page = await openPage(relay.url, id, relay.headers, doc);
  await page.until(() => page.saved >= 1);
  const reader = await openPage(relay.url, id, relay.headers);
  expect(marksOf(reader.doc).size).toBe(mark);
  await Promise.all([page.close(), reader.close()]);
  await ended(relay.child);
  const database = new DatabaseSync(join(home, "relay/relay.sqlite"));
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
}, 90_000);

const mounts = (() => {
  try {
    execFileSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!mounts)(
  "a full disk is told, keeps all that was saved, and is left behind",
  async () => {
    const disk = join(home, "disk");
    mkdirSync(disk);
    const relay = await serve(disk, `mount -t tmpfs -o size=12m none '${disk}' && exec "$@"`);
    const { id, project } = await ask<{ id: string; project: string }>(relay, "POST", "/api/notebooks", {});
    const files = `/api/projects/${project}/files`;
    const filler = new Uint8Array(5 * 1024 * 1024);
    const { upload } = await ask<{ upload: string }>(relay, "POST", `${files}/init`, {
      name: "filler",
      size: filler.byteLength,
    });
    await ask(relay, "PUT", `${files}/uploads/${upload}?offset=0`, filler);
    await ask(relay, "POST", `${files}/uploads/${upload}/complete`);

    const doc = new Y.Doc();
    const page = await openPage(relay.url, id, relay.headers, doc);
    insertCell(doc, { type: "code", id: "cell" });
    await page.until(() => page.saved >= 2);
    let mark = 0;
    const closed = () => page.socket.readyState > 1;
    while (!closed() && mark < 500) {
      const want = page.saved + 1;
      type(page, mark++, "x".repeat(60_000));
      await page.until(() => page.saved >= want || closed());
    }
    expect((await page.closed).code).toBe(1013);
    expect(page.notices.at(-1)?.message).toMatch(/disk of the relay is full/);
    const acknowledged = page.saved - 2;
    expect(acknowledged).toBeGreaterThan(10);

    // Reading goes on, and other writing says the same.
    const reader = await openPage(relay.url, id, relay.headers);
    for (let each = 0; each < acknowledged; each++) expect(marksOf(reader.doc)).toContain(`<${each}>`);
    await reader.close();
    const outputs = [{ output_type: "stream", name: "stdout", text: "y".repeat(6 * 1024 * 1024) }];
    const cells = [{ type: "code", content: "1", outputs }];
    expect(await ask(relay, "POST", "/api/notebooks", { cells })).toMatchObject({ error: "storage" });
    // As on disk, as if the relay were killed now.
    const copy = join(home, "copy");
    cpSync(`/proc/${relay.child.pid}/root${disk}`, copy, { recursive: true });
    const twin = await serve(copy);
    const other = await openPage(twin.url, id, twin.headers);
    for (let each = 0; each < acknowledged; each++) expect(marksOf(other.doc)).toContain(`<${each}>`);
    await other.close();

    // Room again: the page comes back with what could not be kept.
    await ask(relay, "DELETE", `${files}/filler`);
    const back = await openPage(relay.url, id, relay.headers, doc);
    await back.until(() => back.saved >= 1);
    await back.close();
    const last = await openPage(relay.url, id, relay.headers);
    expect(marksOf(last.doc).size).toBe(mark);
    await last.close();
  },
  90_000,
);
