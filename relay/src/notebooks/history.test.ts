import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setExecution } from "@eyepiece/protocol/notebook/document.ts";
import { parseNotebook } from "@eyepiece/protocol/notebook/nbformat.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Accounts } from "../accounts/accounts.ts";
import { openDatabase } from "../accounts/store.ts";
import { notebooksOfAccounts } from "./deletion.ts";
import { Notebooks } from "./notebooks.ts";
import { runsOf } from "./versions.ts";

const DAY = 24 * 3_600_000;

let folder: string;
let database: ReturnType<typeof openDatabase>;
let notebooks: Notebooks;
let project: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-history-"));
  database = openDatabase(folder);
  notebooks = new Notebooks(database, folder, () => {});
  project = notebooks.store.defaultProject(new Accounts(database, false).ownerId());
});
afterEach(() => {
  notebooks.stop();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const outputs = (text: string) => [{ output_type: "stream", name: "stdout", text }];
const create = () =>
  notebooks.create(
    project,
    "A",
    parseNotebook(
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [
          {
            id: "c",
            cell_type: "code",
            source: "1",
            metadata: {},
            outputs: outputs("first"),
            execution_count: 1,
          },
        ],
      }),
    ),
  );

test("runs that are shown nowhere go in time, those of the notebook and its versions stay", async () => {
  const id = await create();
  const room = notebooks.room(id);
  const first = notebooks.executions.list(id)[0]?.id ?? "";
  notebooks.versions.add(id, room.doc, "with the first", null);
  const run = async (execution: string) => {
    await notebooks.executions.withOutputs([outputs(execution)], ([kept]) =>
      notebooks.executions.put({
        ...{ id: execution, notebook: id, cell: "c", node: "lab", state: "done", execution_count: 2 },
        ...{ started_ms: 1, ended_ms: 2, blob: kept?.blob ?? null, bytes: kept?.bytes ?? 0 },
      }),
    );
    room.change((doc) => setExecution(doc, "c", { id: execution, node: "lab" }));
  };
  await run("second");
  await run("third");
  const second = notebooks.executions.find("second");
  expect(notebooks.executions.prune(id, runsOf(room.doc), Date.now() - DAY)).toEqual([]);
  const gone = notebooks.executions.prune(id, runsOf(room.doc), Date.now() + 1);
  expect(gone).toEqual([second?.blob]);
  await notebooks.executions.sweep(gone);
  expect(await notebooks.blobs.get(second?.blob ?? "")).toBeUndefined();
  expect(
    notebooks.executions
      .list(id)
      .map((row) => row.id)
      .sort(),
  ).toEqual([first, "third"].sort());
  expect((await notebooks.read(id)).cells[0]?.outputs).toEqual(outputs("third"));
});

test("blobs that a kill left without a row are removed, in time", async () => {
  const id = await create();
  const used = notebooks.executions.blobsOf(id);
  const left = await notebooks.blobs.put(Buffer.from("[]"));
  await notebooks.tidy();
  expect(await notebooks.blobs.get(left)).toBeDefined();
  await notebooks.tidy(Date.now() + 2 * 3_600_000);
  expect(await notebooks.blobs.get(left)).toBeUndefined();
  expect(await notebooks.blobs.get(used[0] ?? "")).toBeDefined();
});

test("versions without a name are made each 10 minutes, and thinned to one a day", async () => {
  const id = await create();
  const { doc } = notebooks.room(id);
  const { versions } = notebooks;
  const now = Date.now();
  versions.add(id, doc, "kept", "Ada", now - 200 * DAY);
  versions.add(id, doc, null, null, now - 100 * DAY);
  for (let hour = 0; hour < 48; hour++) versions.add(id, doc, null, null, now - 5 * DAY - hour * 3_600_000);
  versions.add(id, doc, null, null, now - 9 * 60_000);
  expect(versions.settled(id, doc, now)).toBe(false);
  expect(versions.settled(id, doc, now + 2 * 60_000)).toBe(true);
  const left = versions.list(id);
  expect(left.map(({ name }) => name).filter(Boolean)).toEqual(["kept"]);
  // One of each day that the 48 hours touch.
  expect(left.length).toBeGreaterThanOrEqual(5);
  expect(left.length).toBeLessThanOrEqual(6);
});

test("a long log is merged into the state, and what is read stays the same", async () => {
  const id = await create();
  const room = notebooks.room(id);
  for (let typed = 0; typed < 1200; typed++) {
    room.change((doc) => setExecution(doc, "c", { id: `run-${typed}`, node: "" }));
  }
  expect(room.size.updates).toBe(1200);
  expect(notebooks.documents.isLong(room.size)).toBe(true);
  notebooks.documents.compact(id, room.doc, room.size);
  expect(room.size.updates).toBe(0);
  const count = database.prepare("SELECT COUNT(*) AS count FROM notebook_updates").get();
  expect(count).toEqual({ count: 0 });
  const twin = new Notebooks(database, folder, () => {});
  expect(twin.room(id).doc.getMap("cells").toJSON()).toEqual(room.doc.getMap("cells").toJSON());
  twin.stop();
});

test("with an account go its projects, notebooks, files and outputs, and what goes is told before", async () => {
  await create();
  const owner = notebooks.store.project(project)?.owner ?? "";
  const { upload } = await notebooks.files.begin(project, "a.txt", 1, owner);
  const row = notebooks.files.upload(project, upload);
  if (!row) throw new Error("no upload");
  await notebooks.files.write(
    row,
    0,
    1,
    (async function* () {
      yield Uint8Array.of(1);
    })(),
  );
  await notebooks.files.complete(row);
  const hook = notebooksOfAccounts(notebooks);
  expect(await hook.preview(owner)).toEqual([
    { what: "projects", count: 1 },
    { what: "notebooks", count: 1 },
    { what: "files", count: 1 },
  ]);
  await hook.remove(owner);
  expect((await hook.preview(owner)).map(({ count }) => count)).toEqual([0, 0, 0]);
  const files = ["blobs", "files", "uploads"].flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  );
  expect(files).toEqual([]);
});
