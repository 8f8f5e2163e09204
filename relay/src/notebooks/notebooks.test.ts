import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cellOf, insertCell, orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import { everything } from "@eyepiece/protocol/notebook/testing/arbitrary.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { ask as askRelay, openPage } from "./testing.ts";

let fixture: TestRelay;
let cookie: string;
beforeEach(async () => {
  fixture = await testRelay();
  cookie = await fixture.signIn();
});
afterEach(() => fixture.close());

type Json = Record<string, unknown>;

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = { cookie }) =>
  askRelay(fixture.relay.url, headers, method, path, body);
const importNotebook = async (notebook: unknown = everything): Promise<string> =>
  String((await ask("POST", "/api/ipynb/import?name=All.ipynb", notebook)).answer.id);
const blobFiles = (): string[] =>
  readdirSync(join(fixture.home, "relay/blobs"), { recursive: true })
    .map((name) => join(fixture.home, "relay/blobs", String(name)))
    .filter((path) => statSync(path).isFile());

describe("projects and notebooks", () => {
  test("begin with one project, and are made, renamed, moved and deleted", async () => {
    const { projects } = (await ask("GET", "/api/projects")).answer as { projects: Json[] };
    expect(projects).toMatchObject([{ name: "My notebooks", default: true, notebooks: 0 }]);
    const made = await ask("POST", "/api/projects", { name: "  Cells  " });
    expect(made).toMatchObject({
      status: 201,
      answer: { name: "Cells", rights: ["view", "comment", "edit", "run"] },
    });
    const { id: project } = made.answer;
    const notebook = await ask("POST", "/api/notebooks", { cells: [{ type: "markdown", content: "# Hi" }] });
    expect(notebook.answer).toMatchObject({
      name: "Untitled",
      project: projects[0]?.id,
      cells: [{ type: "markdown", content: "# Hi", output: null, execution_count: null }],
    });
    const { id } = notebook.answer;
    await ask("PATCH", `/api/notebooks/${id}`, { name: "Named", project });
    expect((await ask("GET", `/api/notebooks?project=${project}`)).answer.notebooks).toMatchObject([
      { id, name: "Named" },
    ]);
    expect((await ask("PATCH", `/api/projects/${project}`, { name: "Renamed" })).answer).toMatchObject({
      name: "Renamed",
      notebooks: 1,
    });
    expect((await ask("DELETE", `/api/projects/${project}`)).status).toBe(200);
    expect((await ask("GET", `/api/notebooks/${id}`)).status).toBe(404);
    expect((await ask("GET", "/api/projects")).answer.projects).toHaveLength(1);
  });

  test("are nobody else's", async () => {
    const id = await importNotebook();
    for (const path of ["", "/export", "/executions", "/versions"]) {
      expect((await ask("GET", `/api/notebooks/${id}${path}`, undefined, {})).status).toBe(401);
    }
    const stranger = await openPage(fixture.relay.url, id, {});
    expect(stranger.synced).toBe(false);
    const foreign = await openPage(fixture.relay.url, id, { cookie, origin: "https://elsewhere.example" });
    expect(foreign.synced).toBe(false);
    const none = await openPage(fixture.relay.url, "nothing", { cookie });
    expect((await none.closed).code).toBe(4003);
  });
});

describe("files of notebooks", () => {
  test("come out as they went in", async () => {
    const id = await importNotebook();
    const { status, answer } = await ask("GET", `/api/notebooks/${id}/export`);
    expect([status, answer]).toEqual([200, everything]);
    expect((await ask("GET", `/api/notebooks/${id}`)).answer).toMatchObject({ name: "All" });
    // Also by a relay that was ended meanwhile.
    await fixture.restart();
    expect((await ask("GET", `/api/notebooks/${id}/export`)).answer).toEqual(everything);
  });

  test("that are none are refused with a sentence, and leave nothing", async () => {
    const { status, answer } = await ask("POST", "/api/ipynb/import?name=x", '{"nbformat": 4}');
    expect([status, answer]).toEqual([
      400,
      { error: "not_a_notebook", message: "The notebook has no list of cells." },
    ]);
    expect((await ask("GET", "/api/notebooks")).answer.notebooks).toEqual([]);
  });
});

describe("whole cells", () => {
  test("are applied as the least change, while somebody types", async () => {
    const id = await importNotebook();
    const page = await openPage(fixture.relay.url, id, { cookie });
    const before = (await ask("GET", `/api/notebooks/${id}`)).answer as {
      cells: { id: string; content: string }[];
    };
    const seen: number[] = [];
    page.doc.on("update", (update: Uint8Array) => seen.push(update.byteLength));
    await ask("PUT", `/api/notebooks/${id}`, { cells: before.cells });
    const cells = before.cells.map((cell) =>
      cell.id === "run" ? { ...cell, content: `${cell.content}\nend` } : cell,
    );
    const { answer } = await ask("PUT", `/api/notebooks/${id}`, { cells });
    await page.until(() => cellOf(page.doc, "run")?.source.toString().endsWith("\nend") ?? false);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeLessThan(100);
    expect((answer.cells as { content: string }[])[2]?.content).toMatch(/end$/);
    // Outputs, attachments and what nobody knows stayed.
    const { answer: file } = await ask("GET", `/api/notebooks/${id}/export`);
    expect((file.cells as unknown[])[0]).toEqual(everything.cells[0]);
    expect((file.cells as { outputs: unknown }[])[2]?.outputs).toEqual(
      (everything.cells[2] as { outputs: unknown }).outputs,
    );
    await page.close();
  });

  test("bring outputs as text, and clear them", async () => {
    const { answer } = await ask("POST", "/api/notebooks", {
      cells: [{ type: "code", content: "print(1)", output: "1\n", execution_count: 4 }],
    });
    expect(answer.cells).toMatchObject([{ output: "1\n", execution_count: 4 }]);
    const { executions } = (await ask("GET", `/api/notebooks/${answer.id}/executions`)).answer as {
      executions: Json[];
    };
    const [cell] = answer.cells as { id: string }[];
    expect(executions).toMatchObject([{ cell: cell?.id, state: "done", execution_count: 4, bytes: 55 }]);
    await ask("PUT", `/api/notebooks/${answer.id}`, { cells: answer.cells });
    expect((await ask("GET", `/api/notebooks/${answer.id}/executions`)).answer.executions).toHaveLength(1);
    await ask("PUT", `/api/notebooks/${answer.id}`, { cells: [{ ...cell, output: null }] });
    expect((await ask("GET", `/api/notebooks/${answer.id}`)).answer.cells).toMatchObject([{ output: null }]);
  });
});

describe("a notebook that several have open", () => {
  test("is the same for all, and says what is kept", async () => {
    const id = await importNotebook();
    const [a, b] = await Promise.all([1, 2].map(() => openPage(fixture.relay.url, id, { cookie })));
    if (!a || !b) throw new Error("no pages");
    expect(a.notices[0]).toEqual({ type: "rights", rights: ["view", "comment", "edit", "run"] });
    cellOf(a.doc, "run")?.source.insert(0, "from a\n");
    cellOf(b.doc, "run")?.source.insert(0, "from b\n");
    insertCell(b.doc, { type: "code", source: "new", after: "run" });
    await a.until(() => a.saved >= 1 && orderedCells(a.doc).length === 6);
    await b.until(
      () => b.saved >= 2 && (cellOf(b.doc, "run")?.source.toString().includes("from a") ?? false),
    );
    expect(cellOf(a.doc, "run")?.source.toString()).toBe(cellOf(b.doc, "run")?.source.toString());
    await ask("PATCH", `/api/notebooks/${id}`, { name: "Other" });
    await a.until(() => a.notices.some(({ type, name }) => type === "renamed" && name === "Other"));
    await ask("DELETE", `/api/notebooks/${id}`);
    expect((await a.closed).code).toBe(4001);
    expect(a.notices.at(-1)).toEqual({ type: "revoked" });
  });

  test("shows cursors, which go when their page goes, and are moved by nobody else", async () => {
    const id = await importNotebook();
    const a = await openPage(fixture.relay.url, id, { cookie });
    a.awareness.setLocalState({ user: { name: "Ada" } });
    const b = await openPage(fixture.relay.url, id, { cookie });
    await b.until(() => b.awareness.getStates().has(a.doc.clientID));
    b.awareness.setLocalState({ user: { name: "Ben" } });
    await a.until(() => a.awareness.getStates().get(b.doc.clientID)?.user.name === "Ben");
    await b.close();
    await a.until(() => !a.awareness.getStates().has(b.doc.clientID));
    await a.close();
  });

  test("takes what was done offline", async () => {
    const id = await importNotebook();
    const a = await openPage(fixture.relay.url, id, { cookie });
    await a.close();
    cellOf(a.doc, "title")?.source.insert(0, "offline ");
    const b = await openPage(fixture.relay.url, id, { cookie });
    cellOf(b.doc, "title")?.source.insert(0, "online ");
    await b.until(() => b.saved >= 1);
    const back = await openPage(fixture.relay.url, id, { cookie }, a.doc);
    await b.until(() => cellOf(b.doc, "title")?.source.toString().includes("offline") ?? false);
    await back.until(() => cellOf(back.doc, "title")?.source.toString().includes("online") ?? false);
    await Promise.all([b.close(), back.close()]);
  });

  test("ends only those who send what is not the protocol", async () => {
    const id = await importNotebook();
    const good = await openPage(fixture.relay.url, id, { cookie });
    for (const bytes of [[9], [0, 7, 0], [0, 2, 200, 1, 1], [0, 2, 3, 255, 255, 255], [1, 3, 1, 1, 1]]) {
      const bad = await openPage(fixture.relay.url, id, { cookie });
      bad.socket.send(Uint8Array.from(bytes));
      expect((await bad.closed).code).toBe(4002);
    }
    insertCell(good.doc, { type: "raw", source: "still" });
    await good.until(() => good.saved >= 1);
    await good.close();
  });
});

describe("runs", () => {
  const run = (notebook: string, outputs: unknown[], more = {}) => ({
    notebook,
    cell: "never-run",
    state: "done",
    execution_count: 3,
    started_ms: 1000,
    ended_ms: 2000,
    outputs,
    ...more,
  });

  test("are brought by nodes, told to pages, and their outputs fetched", async () => {
    const id = await importNotebook();
    const page = await openPage(fixture.relay.url, id, { cookie });
    const authorization = `Bearer ${fixture.relay.createToken({ kind: "node", name: "lab-1" })}`;
    const outputs = [{ output_type: "stream", name: "stdout", text: "x".repeat(100_000) }];
    const put = await ask("PUT", "/api/executions/e1", run(id, outputs), { authorization });
    expect(put.status).toBe(200);
    await page.until(() => page.notices.some(({ type }) => type === "execution"));
    expect(page.notices.at(-1)).toMatchObject({
      type: "execution",
      id: "e1",
      cell: "never-run",
      state: "done",
      blob: put.answer.blob,
    });
    const response = await fetch(`${fixture.relay.url}/api/notebooks/${id}/blobs/${put.answer.blob}`, {
      headers: { cookie },
    });
    expect(await response.json()).toEqual(outputs);
    const { executions } = (await ask("GET", `/api/notebooks/${id}/executions`)).answer as {
      executions: Json[];
    };
    expect(executions.find((row) => row.id === "e1")).toMatchObject({
      execution_count: 3,
      started_ms: 1000,
      ended_ms: 2000,
    });
    expect((await ask("PUT", "/api/executions/e2", run(id, []))).status).toBe(401);
    expect((await ask("PUT", "/api/executions/e2", run("none", []), { authorization })).status).toBe(404);
    expect((await ask("PUT", "/api/executions/e2", { notebook: id }, { authorization })).status).toBe(400);
    const other = `Bearer ${fixture.relay.createToken({ kind: "node", name: "lab-2" })}`;
    expect((await ask("PUT", "/api/executions/e1", run(id, []), { authorization: other })).status).toBe(409);
    // Another notebook's outputs are not this one's.
    const second = await importNotebook({ ...everything, cells: [] });
    expect((await ask("GET", `/api/notebooks/${second}/blobs/${put.answer.blob}`)).status).toBe(404);
    await page.close();
  });

  test("go with their notebook, but for outputs that another has", async () => {
    const [first, second] = [await importNotebook(), await importNotebook()];
    const authorization = `Bearer ${fixture.relay.createToken({ kind: "node", name: "lab-1" })}`;
    await ask(
      "PUT",
      "/api/executions/e1",
      run(first, [{ output_type: "stream", name: "stdout", text: "own" }]),
      { authorization },
    );
    expect(blobFiles()).toHaveLength(2);
    await ask("DELETE", `/api/notebooks/${first}`);
    expect(blobFiles()).toHaveLength(1);
    expect((await ask("GET", `/api/notebooks/${second}/export`)).answer).toEqual(everything);
    const [project] = (await ask("GET", "/api/projects")).answer.projects as { id: string }[];
    await ask("DELETE", `/api/projects/${project?.id}`);
    expect(blobFiles()).toHaveLength(0);
  });
});
