import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  cellOf,
  insertCell,
  orderedCells,
  setNotebookMetadata,
} from "@eyepiece/protocol/notebook/document.ts";
import { everything } from "@eyepiece/protocol/notebook/testing/arbitrary.ts";
import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { rangeOf } from "./file-routes.ts";
import { filePath } from "./files.ts";
import { ask as askRelay, openPage } from "./testing.ts";

let fixture: TestRelay;
let cookie: string;
beforeEach(async () => {
  fixture = await testRelay();
  mkdirSync(join(fixture.home, "tutorials"));
  cookie = await fixture.signIn();
});
afterEach(() => fixture.close());

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = { cookie }) =>
  askRelay(fixture.relay.url, headers, method, path, body);
const importNotebook = async (name = "All"): Promise<string> =>
  String((await ask("POST", `/api/ipynb/import?name=${name}`, everything)).answer.id);
const open = (id: string, headers: Record<string, string> = { cookie }) =>
  openPage(fixture.relay.url, id, headers);

/** Shares a thing: the cookie of a guest, and the share's id. */
async function share(
  kind: string,
  id: string,
  rights: string,
): Promise<{ guest: { cookie: string }; id: string }> {
  const { answer } = await ask("POST", "/api/shares", { kind, id, rights });
  const [, token] = String(answer.url).split("#");
  const { headers, status } = await ask("POST", "/api/shares/redeem", { token }, {});
  expect(status).toBe(200);
  return { guest: { cookie: headers.get("set-cookie")?.split(";")[0] ?? "" }, id: String(answer.id) };
}

describe("a notebook that is shared", () => {
  test("to look at takes no changes, also not by the socket", async () => {
    const id = await importNotebook();
    const { guest } = await share("notebook", id, "view");
    expect((await ask("GET", `/api/notebooks/${id}/export`, undefined, guest)).answer).toEqual(everything);
    expect((await ask("PUT", `/api/notebooks/${id}`, { cells: [] }, guest)).status).toBe(403);
    expect((await ask("POST", `/api/notebooks/${id}/versions`, { name: "x" }, guest)).status).toBe(403);
    expect((await ask("DELETE", `/api/notebooks/${id}`, undefined, guest)).status).toBe(403);
    const page = await open(id, guest);
    expect(page.notices[0]).toEqual({ type: "rights", rights: ["view"] });
    insertCell(page.doc, { type: "code", source: "not theirs" });
    await page.until(() => page.notices.some(({ type }) => type === "error"));
    const owner = await open(id);
    expect(orderedCells(owner.doc)).toHaveLength(5);
    // What the owner types they see.
    cellOf(owner.doc, "run")?.source.insert(0, "seen ");
    await page.until(() => cellOf(page.doc, "run")?.source.toString().startsWith("seen") ?? false);
    await Promise.all([page.close(), owner.close()]);
  });

  test("ends at once for those from whom it is taken", async () => {
    const id = await importNotebook();
    const other = await importNotebook("Other");
    const { guest, id: link } = await share("notebook", id, "edit");
    const page = await open(id, guest);
    insertCell(page.doc, { type: "code", source: "a guest's" });
    await page.until(() => page.saved >= 2);
    expect((await (await open(other, guest)).closed).code).toBe(4003);
    expect((await ask("GET", `/api/notebooks/${other}`, undefined, guest)).status).toBe(404);
    expect((await ask("GET", "/api/notebooks", undefined, guest)).answer.notebooks).toMatchObject([{ id }]);
    expect((await ask("GET", "/api/search?q=range", undefined, guest)).answer.results).toMatchObject([
      { notebook: id },
    ]);
    await ask("DELETE", `/api/shares/${link}`);
    expect((await page.closed).code).toBe(4001);
    expect(page.notices.at(-1)).toEqual({ type: "revoked" });
    expect((await ask("GET", `/api/notebooks/${id}`, undefined, guest)).status).not.toBe(200);
    const owner = await open(id);
    expect(orderedCells(owner.doc).at(-1)?.source.toString()).toBe("a guest's");
    await ask("POST", "/api/auth/logout");
    expect((await owner.closed).code).toBe(4001);
  });

  test("shows cursors of all, and lets nobody move another's", async () => {
    const id = await importNotebook();
    const { guest } = await share("notebook", id, "view");
    const [owner, visitor] = [await open(id), await open(id, guest)];
    owner.awareness.setLocalState({ user: { name: "Owner" } });
    await visitor.until(() => visitor.awareness.getStates().has(owner.doc.clientID));
    // In the owner's name, then in the guest's own: both on one connection, so that the first is over when the second shows.
    const forged = new Awareness(new Y.Doc());
    forged.states.set(owner.doc.clientID, { user: { name: "Forged" } });
    forged.meta.set(owner.doc.clientID, { clock: 99, lastUpdated: 0 });
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(forged, [owner.doc.clientID]));
    visitor.socket.send(encoding.toUint8Array(encoder));
    forged.destroy();
    visitor.awareness.setLocalState({ user: { name: "Guest" } });
    await owner.until(() => owner.awareness.getStates().has(visitor.doc.clientID));
    const third = await open(id);
    await third.until(() => third.awareness.getStates().size >= 3);
    expect(third.awareness.getStates().get(owner.doc.clientID)).toEqual({ user: { name: "Owner" } });
    await Promise.all([owner.close(), visitor.close(), third.close()]);
  });

  test("in a project holds for all that is in it", async () => {
    const id = await importNotebook();
    const { project } = (await ask("GET", `/api/notebooks/${id}`)).answer;
    const { guest } = await share("project", String(project), "edit");
    const made = await ask("POST", "/api/notebooks", { project, name: "By a guest" }, guest);
    expect(made.status).toBe(201);
    expect((await ask("GET", "/api/notebooks", undefined, guest)).answer.notebooks).toHaveLength(2);
    expect((await ask("GET", "/api/projects", undefined, guest)).answer.projects).toMatchObject([
      { id: project },
    ]);
    expect((await ask("POST", "/api/notebooks", {}, guest)).status).toBe(400);
  });
});

describe("versions", () => {
  test("are kept under names, told, and restored with what is there kept first", async () => {
    const id = await importNotebook();
    const { answer: version } = await ask("POST", `/api/notebooks/${id}/versions`, { name: "As imported" });
    expect(version).toMatchObject({ name: "As imported", author: "Owner" });
    const page = await open(id);
    cellOf(page.doc, "run")?.source.insert(0, "changed ");
    setNotebookMetadata(page.doc, { authors: undefined, added: 1 });
    await ask("PUT", `/api/notebooks/${id}`, {
      cells: [{ id: "run", type: "code", content: "left", output: "" }],
    });
    await page.until(() => orderedCells(page.doc).length === 1);
    const restored = await ask("POST", `/api/notebooks/${id}/versions/${version.id}/restore`);
    await page.until(() => orderedCells(page.doc).length === 5);
    expect((await ask("GET", `/api/notebooks/${id}/export`)).answer).toEqual(everything);
    const { versions } = (await ask("GET", `/api/notebooks/${id}/versions`)).answer as {
      versions: { id: string }[];
    };
    expect(versions.map((one) => one.id)).toEqual([restored.answer.kept, version.id]);
    const { answer: kept } = await ask("GET", `/api/notebooks/${id}/versions/${restored.answer.kept}`);
    expect(kept).toMatchObject({
      nbformat: 4,
      metadata: { added: 1 },
      cells: [{ id: "run", source: "left", outputs: [] }],
    });
    expect((await ask("GET", `/api/notebooks/${id}/versions/none`)).status).toBe(404);
    const other = await importNotebook("Other");
    expect((await ask("GET", `/api/notebooks/${other}/versions/${version.id}`)).status).toBe(404);
    await page.close();
  });

  test("are made by themselves while somebody works", async () => {
    const id = await importNotebook();
    const page = await open(id);
    insertCell(page.doc, { type: "raw", source: "typed" });
    await page.until(() => page.saved >= 2);
    // Ending a relay does what it would have done a moment later.
    await fixture.restart();
    expect((await ask("GET", `/api/notebooks/${id}/versions`)).answer.versions).toMatchObject([
      { name: "", author: "" },
    ]);
  });
});

describe("search", () => {
  test("finds words and their beginnings in names and cells, and not what was changed since", async () => {
    const id = await importNotebook("Cerebellum");
    const find = async (q: string) =>
      (await ask("GET", `/api/search?q=${encodeURIComponent(q)}`)).answer.results;
    expect(await find("cereb")).toMatchObject([{ notebook: id, name: "Cerebellum" }]);
    expect(await find("print RANGE")).toMatchObject([
      { cell: "run", snippet: expect.stringContaining("\u0002range\u0003") },
    ]);
    for (const none of ["nowhere", '"', "* OR", "NEAR(", "", "a".repeat(400)])
      expect(await find(none)).toEqual([]);
    const page = await open(id);
    cellOf(page.doc, "run")?.source.insert(0, "hippocampus ");
    await page.until(() => page.saved >= 2);
    await page.close();
    await fixture.restart();
    expect(await find("hippocampus")).toHaveLength(1);
    await ask("PATCH", `/api/notebooks/${id}`, { name: "Vermis" });
    expect(await find("cerebellum")).toEqual([]);
    await ask("DELETE", `/api/notebooks/${id}`);
    expect(await find("vermis")).toEqual([]);
  });
});

describe("search of cells", () => {
  test("says in which cell and line the words stand, whatever characters are before them", async () => {
    const filler = Array.from({ length: 30 }, (_, line) => `line ${line} of the 🧠 and the cortex`).join(
      "\n",
    );
    const cells = [
      { type: "markdown", content: `🧠🧠 ${filler}` },
      { type: "code", content: "" },
      { type: "code", content: `# déjà vu\n\nprint("🔬")\nput = amygdala(1)\n${filler}` },
      { type: "code", content: "amygdalae = 2" },
    ];
    const { answer: made } = await ask("POST", "/api/notebooks", { name: "Brain atlas", cells });
    const { answer: notebook } = await ask("GET", `/api/notebooks/${made.id}`);
    const ids = (notebook.cells as { id: string }[]).map(({ id }) => id);
    const find = async (q: string) =>
      ((await ask("GET", `/api/search?q=${encodeURIComponent(q)}`)).answer.results as object[])[0];
    expect(await find("amygdala")).toMatchObject({ cell: ids[2], line: 4 });
    expect(await find("amygdalae")).toMatchObject({ cell: ids[3], line: 1 });
    expect(await find("29")).toMatchObject({ cell: ids[0], line: 30 });
    expect(await find("atlas")).not.toHaveProperty("cell");
    await ask("PUT", `/api/notebooks/${made.id}`, { cells: (notebook.cells as object[]).toReversed() });
    await fixture.restart();
    expect(await find("déjà vu")).toMatchObject({ cell: ids[2], line: 1 });
  });
});

describe("files of a project", () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251);
  const projectOf = async (): Promise<string> =>
    ((await ask("GET", "/api/projects")).answer.projects as { id: string }[])[0]?.id ?? "";

  test("are sent in chunks that can be resumed, fetched, renamed, replaced and deleted", async () => {
    const files = `/api/projects/${await projectOf()}/files`;
    const wish = { name: "data/scan 1.bin", size: bytes.byteLength };
    const { answer: begun } = await ask("POST", `${files}/init`, wish);
    expect(begun.received).toBe(0);
    const chunk = `${files}/uploads/${begun.upload}`;
    expect((await ask("PUT", `${chunk}?offset=0`, bytes.subarray(0, 1_000_000))).answer).toEqual({
      received: 1_000_000,
    });
    expect((await ask("PUT", `${chunk}?offset=5`, bytes.subarray(5, 10))).answer.message).toMatch(
      /begins at 1000000/,
    );
    expect((await ask("POST", `${chunk}/complete`)).status).toBe(409);
    expect((await ask("PUT", `${chunk}?offset=1000000`, bytes)).status).toBe(413);
    await fixture.restart();
    const { answer: again } = await ask("POST", `${files}/init`, wish);
    expect(again.upload).toBe(begun.upload);
    const received = Number(again.received);
    await ask("PUT", `${chunk}?offset=${received}`, bytes.subarray(received));
    expect((await ask("POST", `${chunk}/complete`)).answer).toMatchObject({
      path: "data/scan 1.bin",
      size: bytes.byteLength,
    });
    const response = await fetch(`${fixture.relay.url}${files}/data/scan%201.bin`, { headers: { cookie } });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get("content-disposition")).toContain("attachment");
    expect(response.headers.get("content-security-policy")).toBe("sandbox");
    expect((await ask("PATCH", `${files}/data/scan%201.bin`, { path: "b.bin" })).answer).toEqual({
      path: "b.bin",
    });
    expect((await ask("GET", files)).answer.files).toMatchObject([{ path: "b.bin", size: bytes.byteLength }]);
    const { answer: empty } = await ask("POST", `${files}/init`, { name: "b.bin", size: 0 });
    await ask("POST", `${files}/uploads/${empty.upload}/complete`);
    expect((await ask("GET", files)).answer.files).toMatchObject([{ path: "b.bin", size: 0 }]);
    expect((await ask("DELETE", `${files}/b.bin`)).status).toBe(200);
    expect((await ask("DELETE", `${files}/b.bin`)).status).toBe(404);
    const left = readdirSync(join(fixture.home, "relay/files"), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  test("are fetched in ranges, of one state of the file only", async () => {
    const files = `/api/projects/${await projectOf()}/files`;
    const put = async (some: Uint8Array) => {
      const { answer } = await ask("POST", `${files}/init`, { name: "r.bin", size: some.byteLength });
      await ask("PUT", `${files}/uploads/${answer.upload}?offset=0`, some);
      await ask("POST", `${files}/uploads/${answer.upload}/complete`);
    };
    await put(bytes);
    const get = (headers: Record<string, string>) =>
      fetch(`${fixture.relay.url}${files}/r.bin`, { headers: { cookie, ...headers } });
    const part = await get({ range: "bytes=1000000-2000000" });
    expect([part.status, part.headers.get("content-range"), part.headers.get("accept-ranges")]).toEqual([
      206,
      "bytes 1000000-2000000/3000000",
      "bytes",
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1_000_000, 2_000_001))).toBe(true);
    const end = await get({ range: "bytes=-10" });
    expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-10))).toBe(true);
    const none = await get({ range: "bytes=3000000-" });
    expect([none.status, none.headers.get("content-range")]).toEqual([416, "bytes */3000000"]);
    expect(await none.json()).toMatchObject({ error: "range" });
    const etag = part.headers.get("etag") ?? "";
    expect((await get({ range: "bytes=5-", "if-range": etag })).status).toBe(206);
    await put(bytes.subarray(1));
    const changed = await get({ range: "bytes=5-", "if-range": etag });
    expect(changed.status).toBe(200);
    expect((await changed.arrayBuffer()).byteLength).toBe(bytes.byteLength - 1);
  });

  test("have ranges as RFC 9110 means them", () => {
    const size = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(size, fc.nat(1200), fc.nat(1200), (whole, a, b) => {
        const range = rangeOf(`bytes=${a}-${b}`, whole);
        if (b < a) expect(range).toBeUndefined();
        else if (a >= whole) expect(range).toBe("none");
        else expect(range).toEqual({ from: a, to: Math.min(whole, b + 1) });
        expect(rangeOf(`bytes=${a}-`, whole)).toEqual(a < whole ? { from: a, to: whole } : "none");
        const last = Math.max(0, whole - b);
        expect(rangeOf(`bytes=-${b}`, whole)).toEqual(last < whole ? { from: last, to: whole } : "none");
      }),
    );
    for (const other of ["", "bytes=-", "bytes=1-2,5-6", "items=1-2", "bytes=a-b", "bytes= 1-2"])
      expect(rangeOf(other, 10)).toBeUndefined();
  });

  test("have names that lead nowhere else", () => {
    for (const bad of [
      "",
      "/etc/passwd",
      "../x",
      "a/../b",
      "a//b",
      "a\\b",
      "a\nb",
      "x".repeat(600),
      "./a",
      "a/",
    ]) {
      expect(() => filePath(bad)).toThrow(/not a name/);
    }
    expect(filePath("a b/ü.txt")).toBe("a b/ü.txt");
  });
});

describe("notebooks that come with Eyepiece", () => {
  test("are listed at once, and opened as one's own copy", async () => {
    await fixture.close();
    fixture = await testRelay({ notebooksFolder: "/nonexistent" });
    cookie = await fixture.signIn();
    expect((await ask("GET", "/api/ipynb/list")).answer).toEqual({ notebooks: [] });
    await fixture.close();
    const folder = join(fixture.home, "tutorials");
    mkdirSync(folder, { recursive: true });
    fixture = await testRelay({ notebooksFolder: folder });
    cookie = await fixture.signIn();
    writeFileSync(join(folder, "01 Look.ipynb"), JSON.stringify(everything));
    writeFileSync(join(folder, "notes.txt"), "no notebook");
    expect((await ask("GET", "/api/ipynb/list")).answer).toEqual({
      notebooks: [{ name: "01 Look.ipynb", title: "01 Look" }],
    });
    const { status, answer } = await ask("POST", "/api/ipynb/load", { name: "01 Look.ipynb" });
    expect([status, answer.name]).toEqual([201, "01 Look"]);
    expect((await ask("GET", `/api/notebooks/${answer.id}/export`)).answer).toEqual(everything);
    expect((await ask("POST", "/api/ipynb/load", { name: "../notes.txt" })).status).toBe(404);
  });
});
