/** Every route of the table, tried by nobody, by another user, and by guests. A route that is added is tried as well. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { guestOf, newcomer, PNG, thingsOf, type Visitor } from "../testing/world.ts";
import type { RouteSpec, SampleThings } from "./router.ts";

type Things = SampleThings & { readonly shareUrl: string };
/** In everything that is Alice's. */
const WORD = "topsecret";

type Who = { readonly cookie?: string; readonly authorization?: string };

let fixture: TestRelay;
let nodeToken: string;
let admin: Visitor;
let alice: Visitor;
let bob: Visitor;
let guest: Visitor;
let reader: Visitor;
let things: Things;
let number = 0;

beforeAll(async () => {
  fixture = await testRelay();
  nodeToken = fixture.relay.createToken({ kind: "node", name: "lab-1" });
  admin = await newcomer(fixture, "admin", "owner");
  alice = await newcomer(fixture, "alice", "user");
  bob = await newcomer(fixture, "bob", "user");
  things = await thingsOf(fixture, alice, nodeToken, WORD);
  guest = await guestOf(fixture, (await thingsOf(fixture, bob, nodeToken)).shareUrl);
  reader = await guestOf(fixture, things.shareUrl);
});
afterAll(() => fixture.close());

/** Bodies of routes that read them raw. */
const RAW: Readonly<Record<string, (things: Things) => Buffer>> = {
  "/v1/{path*}": () => Buffer.from("{}"),
  "/monitor/{path*}": () => Buffer.from("{}"),
  "/api/flows/login": () => Buffer.from("{}"),
  "/api/chat/completions": () => Buffer.from("{}"),
  "/api/inference": () => Buffer.from("{}"),
  "/api/eval/run": () => Buffer.from("{}"),
  "/api/shares/{id}/picture": () => PNG,
  "/api/ipynb/import": () => Buffer.from('{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}'),
  "/api/projects/{id}/files/uploads/{upload}": () => Buffer.from("x"),
  "/api/executions/{id}": ({ notebook }) =>
    Buffer.from(JSON.stringify({ notebook, cell: "c1", state: "done", outputs: [] })),
};
/** Parameters that samples leave open, by the names that routes give them. */
const FILLED: Readonly<Record<string, string>> = {
  v: "version",
  hash: "hash",
  path: "path",
  upload: "upload",
};

interface Prepared {
  readonly url: string;
  readonly body: Buffer | undefined;
  /** Whether it names something of the things' owner. */
  readonly names: boolean;
}

function prepare(spec: RouteSpec, of: Things): Prepared {
  const needs = spec.path.includes("{") || spec.body !== undefined;
  if (needs && !spec.sample && !spec.raw) throw new Error(`${spec.method} ${spec.path} has no sample`);
  const sample = spec.sample?.(of) ?? {};
  const given: Record<string, string> = { id: of.execution ?? "", ...sample.params };
  const path = spec.path.replaceAll(/\{([^}*]+)\*?\}/g, (_all, name: string) => {
    const value = (FILLED[name] && of[FILLED[name]]) || given[name];
    if (!value) throw new Error(`${spec.method} ${spec.path} has no sample of ${name}`);
    return encodeURIComponent(value);
  });
  const query = sample.query ? `?${new URLSearchParams(sample.query)}` : "";
  const raw = spec.raw ? RAW[spec.path]?.(of) : undefined;
  if (spec.raw && !raw) throw new Error(`say in this test what ${spec.path} is sent`);
  const body = raw ?? (spec.body ? Buffer.from(JSON.stringify(sample.body ?? {})) : undefined);
  const text = `${path}${query}${body?.toString("latin1")}`;
  return { url: path + query, body, names: idsOf(of).some((id) => text.includes(id)) };
}

/** Entries of things that are no ids. */
const OTHER = ["path", "shareUrl", "invitation"];

function idsOf(of: Things): string[] {
  return Object.entries(of).flatMap(([name, id]) => (OTHER.includes(name) ? [] : [id]));
}

async function send(
  spec: RouteSpec,
  { url, body }: Prepared,
  who: Who,
): Promise<{ status: number; text: string }> {
  const init = { method: spec.method, headers: { ...who }, ...(body ? { body: new Uint8Array(body) } : {}) };
  const response = await fetch(fixture.relay.url + url, init);
  // A stream that would go on is not waited for.
  const type = response.headers.get("content-type") ?? "";
  const text = type.includes("event-stream") ? "" : await response.text();
  return { status: response.status, text };
}

/** The same things, of nobody. */
function nothings(): Things {
  const other = Object.entries(things).map(([name, id]) => {
    const same = OTHER.includes(name) || name === "execution";
    return [name, same ? id : randomBytes(id.length).toString("hex").slice(0, id.length)];
  });
  return Object.fromEntries(other) as unknown as Things;
}

/** Takes ids out of an answer, so that two can be compared. */
function without(text: string, of: Things): string {
  return idsOf(of).reduce((rest, id) => rest.replaceAll(id, "ID"), text);
}

/** What is Alice's, as it lies in the database. */
function state(): unknown {
  const database = new DatabaseSync(join(fixture.home, "relay/relay.sqlite"), { readOnly: true });
  try {
    const all = (sql: string, id: string) => database.prepare(sql).all(id);
    return [
      all("SELECT * FROM users WHERE id = ?", alice.id),
      all("SELECT * FROM projects WHERE owner = ?", alice.id),
      all("SELECT * FROM notebooks WHERE project = ?", things.project),
      all("SELECT * FROM notebook_updates WHERE notebook = ?", things.notebook),
      all("SELECT id, name FROM notebook_versions WHERE notebook = ?", things.notebook),
      all("SELECT * FROM executions WHERE notebook = ?", things.notebook),
      all("SELECT * FROM project_files WHERE project = ?", things.project),
      all("SELECT * FROM project_uploads WHERE project = ?", things.project),
      all("SELECT * FROM shares WHERE created_by = ?", alice.id),
      all("SELECT * FROM grants WHERE granted_by = ?", alice.id),
      all("SELECT id, revoked_at FROM tokens WHERE user_id = ?", alice.id),
      all("SELECT id FROM sessions WHERE user_id = ?", alice.id),
    ];
  } finally {
    database.close();
  }
}

function leaks(text: string): string[] {
  return [WORD, ...idsOf(things)].filter((secret) => text.includes(secret));
}

const title = ({ method, path }: RouteSpec) => `${method} ${path}`;

describe("every route", () => {
  test("has an access, a summary, and a sample where its address or body needs one", () => {
    expect(fixture.relay.routes().length).toBeGreaterThan(40);
    for (const spec of fixture.relay.routes()) {
      expect(spec.summary, title(spec)).not.toBe("");
      if (spec.access !== "node") prepare(spec, things);
    }
  });

  test("that is not public knows nobody, nor a node by a person's address or a person by a node's", async () => {
    for (const spec of fixture.relay.routes()) {
      if (spec.access === "public") continue;
      const prepared = prepare(spec, things);
      const guess: Who = { authorization: `Bearer ${randomBytes(32).toString("base64url")}` };
      const wrong: Who =
        spec.access === "node" ? { cookie: alice.cookie } : { authorization: `Bearer ${nodeToken}` };
      for (const who of [{}, guess, wrong]) {
        expect([title(spec), (await send(spec, prepared, who)).status]).toEqual([title(spec), 401]);
      }
    }
  });

  test("tells a stranger of another's things what it tells of things that are not, and changes nothing", async () => {
    const before = state();
    const missing = nothings();
    for (const spec of fixture.relay.routes()) {
      if (spec.access === "node") continue;
      for (const who of [bob, guest]) {
        // The last session of one who deletes the account, or signs out, is another's business.
        const fresh = await stranger(who);
        const prepared = prepare(spec, things);
        const told = await send(spec, prepared, { cookie: fresh.cookie });
        const where = [title(spec), who === bob ? "user" : "guest"];
        // Errors of flows name the address that was asked, as it came.
        const unasked = told.text.replaceAll(prepared.url.replace(/^\/api\/flows/, ""), "");
        expect([...where, leaks(unasked)]).toEqual([...where, []]);
        if (spec.access === "owner" || (spec.access === "people" && who === guest)) {
          expect([...where, told.status]).toEqual([...where, 403]);
        } else if (prepared.names && spec.access !== "public") {
          const again = await send(spec, prepare(spec, missing), { cookie: (await stranger(who)).cookie });
          const same = { status: again.status, text: without(again.text, missing) };
          expect([...where, { ...told, text: without(told.text, things) }]).toEqual([...where, same]);
          if (spec.method !== "GET") expect([...where, told.status]).toEqual([...where, 404]);
        }
        expect([...where, told.status >= 500 && told.status !== 503]).toEqual([...where, false]);
      }
    }
    expect(state()).toEqual(before);
  });

  test("lets a guest who may look change nothing, and see nothing but that", async () => {
    const before = state();
    for (const spec of fixture.relay.routes()) {
      if (spec.access === "public" || spec.access === "node") continue;
      if (spec.path === "/api/auth/logout") continue;
      const { status } = await send(spec, prepare(spec, things), { cookie: reader.cookie });
      const where = [title(spec), status];
      // 400: a new notebook would need a project of the guest's own.
      if (spec.method !== "GET") expect([400, 403, 404, 503], String(where)).toContain(status);
      else if (!/^\/api\/notebooks|^\/api\/auth\/me|^\/api\/search|^\/api\/projects$/.test(spec.path)) {
        expect([403, 404], String(where)).toContain(status);
      }
    }
    expect(state()).toEqual(before);
  });

  test("does for its own what it refuses to others", async () => {
    for (const spec of fixture.relay.routes()) {
      if (spec.access === "public") continue;
      number += 1;
      const owner = await newcomer(fixture, `person-${number}`, "user");
      const own = await thingsOf(fixture, owner, nodeToken);
      const who: Who =
        spec.access === "node"
          ? { authorization: `Bearer ${nodeToken}` }
          : { cookie: spec.access === "owner" ? admin.cookie : owner.cookie };
      const invitation = spec.path === "/api/admin/invitations/{id}" ? await invited() : "";
      const { status, text } = await send(spec, prepare(spec, { ...own, invitation } as Things), who);
      const where = [title(spec), status, text.slice(0, 200)];
      // No node is here, no notebook shipped, no upload whole: that is said only to those who may ask.
      const unmet = status === 503 || spec.path === "/api/ipynb/load" || text.includes('"incomplete"');
      expect([...where, status < 400 || unmet]).toEqual([...where, true]);
    }
  });
});

/** Another person or guest each time, because some routes end their caller's session or account. */
async function stranger(like: Visitor): Promise<Visitor> {
  number += 1;
  if (like === bob) return newcomer(fixture, `stranger-${number}`, "user");
  const other = await thingsOfBob();
  return guestOf(fixture, other);
}

let bobs: string | undefined;
async function thingsOfBob(): Promise<string> {
  bobs ??= (await thingsOf(fixture, await newcomer(fixture, "bob-2", "user"), nodeToken)).shareUrl;
  return bobs;
}

async function invited(): Promise<string> {
  const init = { method: "POST", headers: { cookie: admin.cookie }, body: "{}" };
  const answer = (await (await fetch(`${fixture.relay.url}/api/admin/invitations`, init)).json()) as {
    id: string;
  };
  return answer.id;
}
