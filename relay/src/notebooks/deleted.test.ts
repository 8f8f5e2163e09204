import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { ask as askRelay } from "./testing.ts";

let fixture: TestRelay;
let cookie: string;
let node: { authorization: string };
beforeEach(async () => {
  fixture = await testRelay();
  cookie = await fixture.signIn();
  node = { authorization: `Bearer ${fixture.relay.createToken({ kind: "node", name: "lab" })}` };
});
afterEach(() => fixture.close());

const ask = (method: string, path: string, body?: unknown) =>
  askRelay(fixture.relay.url, { cookie }, method, path, body);
const notebook = async (project?: string) =>
  String((await ask("POST", "/api/notebooks", { name: "N", ...(project && { project }) })).answer.id);
const deleted = async (notebooks: readonly string[], wait = 0) =>
  (await askRelay(fixture.relay.url, node, "POST", "/api/nodes/deleted-notebooks", { notebooks, wait }))
    .answer.deleted;

test("nodes hear of notebooks that were deleted alone or with their project, and of no others", async () => {
  const project = String((await ask("POST", "/api/projects", { name: "P" })).answer.id);
  const [alone, within, stays] = [await notebook(), await notebook(project), await notebook()];
  expect(await deleted([alone, within, stays, "never-here"])).toEqual([]);
  await ask("DELETE", `/api/notebooks/${alone}`);
  expect(await deleted([alone, within, stays, "never-here"])).toEqual([alone]);
  await ask("DELETE", `/api/projects/${project}`);
  expect(new Set((await deleted([alone, within, stays])) as string[])).toEqual(new Set([alone, within]));
});

test("a question waits for the next deletion that it is about", async () => {
  const [one, other] = [await notebook(), await notebook()];
  const waiting = deleted([one], 20);
  await ask("DELETE", `/api/notebooks/${other}`);
  await ask("DELETE", `/api/notebooks/${one}`);
  expect(await waiting).toEqual([one]);
  expect(await deleted(["never-here"], 0.2)).toEqual([]);
});

test("a node has no file of a project that nobody runs on it", async () => {
  const id = await notebook();
  const get = (path: string) =>
    askRelay(fixture.relay.url, node, "GET", `/api/nodes/notebooks/${id}/${path}`);
  expect((await get("files")).status).toBe(503);
  expect((await get("files/a.txt")).status).toBe(503);
});
