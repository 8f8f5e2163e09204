/** Code of a notebook on the loopback: whose name it has, and when it has none. A real relay says so. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { TrainerWorld } from "../testing/world.ts";
import { KernelKeys } from "./kernel-keys.ts";
import type { TrainerRoutes } from "./router.ts";

const home = mkdtempSync(join(tmpdir(), "eyepiece-keys-"));
const file = join(home, "kernel-keys.secret");
const keys = new KernelKeys(file);
const world = new TrainerWorld();
let notebook = "";

const room: TrainerRoutes = (router) => {
  router.get("/who", (c) => c.json(c.get("person")));
};

beforeAll(async () => {
  await world.start({ v1: [room], monitor: [] }, keys);
  await world.newcomer("bob");
});
afterAll(async () => {
  vi.useRealTimers();
  await world.end();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  notebook = String((await world.send("POST", "/api/notebooks", { name: "Notes" })).id);
});

/** A kernel of the notebook that nobody has asked about yet. */
let kernels = 0;
const kernel = () => keys.open(`kernel ${kernels++}`, notebook);

async function who(key: string, path = "/v1/who"): Promise<{ status: number; body: Record<string, never> }> {
  const answer = await fetch(world.loopback + path, { headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
}

test("a kernel calls in the name of its notebook's owner, with no right but to look and to run", async () => {
  const { key, end } = kernel();
  const { status, body } = await who(key);
  expect([status, body]).toEqual([
    200,
    { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "Owner", role: "owner", rights: ["view", "run"] },
  ]);
  // For clients that send no header.
  expect((await fetch(`${world.loopback}/t/${key}/v1/who`)).status).toBe(200);
  end();
  const gone = await who(key);
  expect(gone.status).toBe(401);
  expect(gone.body).toMatchObject({
    error: { message: expect.stringMatching(/kernel that does not run any more/) },
  });
});

test("it is refused while somebody else may run code in the notebook, and not for a reader", async () => {
  const share = (rights: string, run: boolean) =>
    world.send("POST", "/api/grants", { kind: "notebook", id: notebook, username: "bob", rights, run });
  await share("view", false);
  expect((await who(kernel().key)).status).toBe(200);
  const { id } = await share("view", true);
  const refused = await who(kernel().key);
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({
    error: {
      type: "permission_error",
      message: expect.stringMatching(/Other people may run code in this notebook/),
    },
  });
  await world.send("DELETE", `/api/grants/${id}`);
  expect((await who(kernel().key)).status).toBe(200);
  // A project's people are its notebooks', too.
  const { project } = await world.send("GET", `/api/notebooks/${notebook}`);
  const whole = await world.send("POST", "/api/grants", {
    ...{ kind: "project", id: project, username: "bob", rights: "view", run: true },
  });
  expect((await who(kernel().key)).status).toBe(403);
  await world.send("DELETE", `/api/grants/${whole.id}`);
});

test("sharing ends what a key was good for within the half minute that the relay's word is kept", async () => {
  const { key } = kernel();
  expect((await who(key)).status).toBe(200);
  await world.send("POST", "/api/grants", {
    ...{ kind: "notebook", id: notebook, username: "bob", rights: "view", run: true },
  });
  const now = Date.now();
  vi.spyOn(Date, "now").mockImplementation(() => now + 31_000);
  expect((await who(key)).status).toBe(403);
  vi.restoreAllMocks();
});

test("a notebook that is deleted, and words that were never given, open nothing", async () => {
  const { key } = kernel();
  await world.send("DELETE", `/api/notebooks/${notebook}`);
  expect((await who(key)).status).toBe(403);
  for (const made of ["kernel-", "kernel-guessed", `${key}x`]) expect((await who(made)).status).toBe(401);
  // The relay knows none of these: they are this node's, on this machine.
  const answer = await fetch(`${world.relay.url}/v1/who`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(401);
  // And a key is written nowhere.
  expect(world.logged.join("\n")).not.toContain(key);
});

test("a kernel that outlives its node has the same key in the next one; another kernel never has", () => {
  const first = keys.open("k1", notebook).key;
  const again = new KernelKeys(file);
  expect(again.notebookOf(first)).toBeUndefined();
  expect(again.open("k1", notebook).key).toBe(first);
  expect(again.notebookOf(first)).toBe(notebook);
  expect(again.open("k2", notebook).key).not.toBe(first);
  expect(again.open("k1", "another").key).not.toBe(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
