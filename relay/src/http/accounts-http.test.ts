import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashLoad } from "../accounts/passwords.ts";
import { browserLink, type TestRelay, testRelay } from "../testing/fixture.ts";
import { newcomer, type Visitor, withPeople } from "../testing/world.ts";

const PASSWORD = "correct horse battery";
let fixture: TestRelay;
let owner: string;
beforeEach(async () => {
  fixture = await testRelay();
  owner = await fixture.signIn();
});
afterEach(() => fixture.close());

type Answer = { status: number; body: Record<string, unknown>; cookie: string; headers: Headers };

async function call(request: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const response = await fetch(fixture.relay.url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
    headers: response.headers,
  };
}
const asOwner = (request: string, body?: unknown) => call(request, body, { cookie: owner });
const login = (username: string, password: string) => call("POST /api/auth/login", { username, password });
const alice = () =>
  withPeople(fixture, ({ people }) =>
    people.create({ username: "alice", email: "alice@example.org", role: "user", password: PASSWORD }),
  );

describe("registering", () => {
  const account = { username: "alice", email: "alice@example.org", password: PASSWORD };

  test("is closed at first, open or by invitation when an administrator says so", async () => {
    expect((await call("GET /api/auth/registration")).body).toEqual({ registration: "closed" });
    expect((await call("POST /api/auth/register", account)).status).toBe(403);
    await asOwner("PUT /api/admin/settings", { registration: "open" });
    const made = await call("POST /api/auth/register", account);
    expect(made).toMatchObject({
      status: 200,
      body: {
        token_type: "bearer",
        user: { username: "alice", email: "alice@example.org", role: "user", name: "alice" },
      },
    });
    const token = String(made.body.access_token);
    const bearer = await call("GET /api/auth/me", undefined, { authorization: `Bearer ${token}` });
    const cookie = await call("GET /api/auth/me", undefined, { cookie: made.cookie });
    expect(bearer.body).toEqual(cookie.body);
    expect(bearer.body).toMatchObject({ username: "alice", has_password: true });
    expect((await call("POST /api/auth/register", account)).status).toBe(409);
  });

  test("by an invitation works once, also where it is closed; what fails leaves the invitation", async () => {
    const { body } = await asOwner("POST /api/admin/invitations", { role: "user", note: "for Alice" });
    const invitation = String(body.url).split("#invitation=")[1];
    expect(
      (await call("POST /api/auth/register", { ...account, password: "short", invitation })).status,
    ).toBe(400);
    expect((await call("POST /api/auth/register", { ...account, invitation })).status).toBe(200);
    const again = { ...account, username: "bob", email: "bob@example.org", invitation };
    expect((await call("POST /api/auth/register", again)).status).toBe(403);
    expect((await asOwner("GET /api/admin/invitations")).body).toMatchObject({
      invitations: [{ id: body.id, note: "for Alice", used_at: expect.any(Number) }],
    });
  });

  test("makes nobody an administrator who was not invited as one", async () => {
    await asOwner("PUT /api/admin/settings", { registration: "open" });
    const made = await call("POST /api/auth/register", { ...account, role: "owner" });
    expect(made.body).toMatchObject({ user: { role: "user" } });
  });
});

describe("signing in", () => {
  test("works by username and by address, and a wrong password is told as an unknown name is", async () => {
    await alice();
    for (const name of ["alice", "ALICE", "alice@example.org"]) {
      expect(await login(name, PASSWORD)).toMatchObject({
        status: 200,
        body: { user: { username: "alice" } },
      });
    }
    const wrong = await login("alice", "not the password");
    const unknown = await login("nobody", "not the password");
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
    expect(unknown.status).toBe(401);
  });

  test("is slowed after wrong passwords, and a right one forgets them", async () => {
    await alice();
    for (let i = 0; i < 4; i++) expect((await login("alice", "wrong password")).status).toBe(401);
    expect((await login("alice", PASSWORD)).status).toBe(200);
    const many = await Promise.all(Array.from({ length: 12 }, () => login("alice", "wrong password")));
    // At once as one after another: only the first few are looked at.
    expect(many.filter(({ status }) => status === 401)).toHaveLength(5);
    const slowed = await login("alice", PASSWORD);
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0);
    // Another account from there is not.
    expect((await asOwner("GET /api/auth/me")).status).toBe(200);
  });

  test("of many leaves the relay answering", async () => {
    await alice();
    const many = Promise.all(Array.from({ length: 5 }, (_, i) => login(`nobody-${i}`, "wrong password")));
    // Others are answered while passwords are hashed.
    let busy = false;
    while (!busy) {
      expect((await call("GET /healthz")).status).toBe(200);
      busy = hashLoad().running > 0;
    }
    expect(hashLoad().running).toBeLessThanOrEqual(4);
    await many;
  });

  test("ends everywhere, also for links that are open", async () => {
    await alice();
    const [here, there] = [await login("alice", PASSWORD), await login("alice", PASSWORD)];
    const link = await browserLink(fixture.relay, there.cookie);
    const program = await browserLink(fixture.relay, owner);
    const out = await call("POST /api/auth/logout-everywhere", undefined, { cookie: here.cookie });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await link.closed).code).toBe(4004);
    expect((await call("GET /api/auth/me", undefined, { cookie: there.cookie })).status).toBe(401);
    expect(program.socket.readyState).toBe(1);
  });
});

describe("a password", () => {
  test("is changed by who knows it, and ends other sessions and their links", async () => {
    await alice();
    const [here, there] = [await login("alice", PASSWORD), await login("alice", PASSWORD)];
    const [mine, other] = [
      await browserLink(fixture.relay, here.cookie),
      await browserLink(fixture.relay, there.cookie),
    ];
    const change = (current: string, password: string) =>
      call("POST /api/auth/password", { current, password }, { cookie: here.cookie });
    expect((await change("guess", "another password")).status).toBe(403);
    expect((await change(PASSWORD, "short")).status).toBe(400);
    expect((await change(PASSWORD, "another password")).status).toBe(200);
    expect((await other.closed).code).toBe(4004);
    expect(mine.socket.readyState).toBe(1);
    expect((await call("GET /api/auth/me", undefined, { cookie: here.cookie })).status).toBe(200);
    expect((await login("alice", PASSWORD)).status).toBe(401);
    expect((await login("alice", "another password")).status).toBe(200);
  });

  test("is set by the owner of the link, who has none yet", async () => {
    expect((await asOwner("GET /api/auth/me")).body).toMatchObject({ has_password: false });
    expect((await asOwner("POST /api/auth/password", { password: PASSWORD })).status).toBe(200);
    expect((await login("owner", PASSWORD)).status).toBe(200);
    expect((await asOwner("POST /api/auth/password", { password: "another password" })).status).toBe(403);
  });

  test("is reset by an administrator's link, once", async () => {
    const id = await alice();
    const before = await login("alice", PASSWORD);
    const { body } = await asOwner(`POST /api/admin/users/${id}/reset-link`);
    const token = String(body.url).split("#reset=")[1];
    const reset = (password: string) => call("POST /api/auth/reset", { token, password });
    expect((await reset("short")).status).toBe(400);
    expect(await reset("another password")).toMatchObject({ status: 200, body: { user: { id } } });
    expect((await reset("a third password")).status).toBe(401);
    expect((await call("GET /api/auth/me", undefined, { cookie: before.cookie })).status).toBe(401);
    expect((await login("alice", "another password")).status).toBe(200);
  });
});

describe("an account that is disabled", () => {
  test("by an administrator ends at once and says so only to who knows the password", async () => {
    const id = await alice();
    const { cookie } = await login("alice", PASSWORD);
    const link = await browserLink(fixture.relay, cookie);
    expect(await asOwner(`PATCH /api/admin/users/${id}`, { disabled: true })).toMatchObject({
      status: 200,
      body: { disabled: true },
    });
    expect((await link.closed).code).toBe(4004);
    expect((await call("GET /api/auth/me", undefined, { cookie })).status).toBe(401);
    expect(await login("alice", PASSWORD)).toMatchObject({ status: 403, body: { error: "disabled" } });
    expect((await login("alice", "wrong password")).status).toBe(401);
    await asOwner(`PATCH /api/admin/users/${id}`, { disabled: false });
    expect((await login("alice", PASSWORD)).status).toBe(200);
  });

  test("by another process is noticed by the running relay", async () => {
    const id = await alice();
    const { cookie } = await login("alice", PASSWORD);
    const link = await browserLink(fixture.relay, cookie);
    await withPeople(fixture, ({ people }) => people.disable(id));
    expect((await link.closed).code).toBe(4004);
    expect((await call("GET /api/auth/me", undefined, { cookie })).status).toBe(401);
  });
});

describe("tokens of programs", () => {
  test("are shown once, do what they were made for, and end with a word", async () => {
    const { body } = await asOwner("POST /api/tokens", { name: "reader", scopes: ["view"] });
    const bearer = { authorization: `Bearer ${body.token}` };
    expect((await asOwner("GET /api/tokens")).body).toMatchObject({
      tokens: [{ id: body.id, name: "reader", scopes: ["view"], used_at: null }],
    });
    expect(JSON.stringify((await asOwner("GET /api/tokens")).body)).not.toContain(String(body.token));
    expect((await call("GET /api/projects", undefined, bearer)).status).toBe(200);
    for (const [request, sent] of [
      ["POST /api/projects", { name: "new" }],
      ["POST /api/content", { service: "flows" }],
      ["POST /api/tokens", { name: "more" }],
      ["GET /api/tokens", undefined],
      ["POST /api/auth/logout-everywhere", undefined],
      ["GET /api/admin/users", undefined],
      ["DELETE /api/account", {}],
    ] as const) {
      expect([request, (await call(request, sent, bearer)).status]).toEqual([request, 403]);
    }
    const link = await browserLink(fixture.relay, "", bearer.authorization);
    expect((await asOwner("GET /api/tokens")).body).toMatchObject({
      tokens: [{ used_at: expect.any(Number) }],
    });
    expect((await asOwner(`DELETE /api/tokens/${body.id}`)).status).toBe(200);
    expect((await link.closed).code).toBe(4004);
    expect((await call("GET /api/projects", undefined, bearer)).status).toBe(401);
  });

  test("do not run code, and do not pass through the tunnel, without the right to", async () => {
    const { body } = await asOwner("POST /api/tokens", { name: "reader", scopes: ["view", "edit"] });
    const bearer = { authorization: `Bearer ${body.token}` };
    const answer = await call("GET /nodes/lab-1/services/flows/", undefined, bearer);
    expect(answer).toMatchObject({ status: 403, body: { error: "forbidden" } });
  });
});

describe("deleting", () => {
  test("an account tells what goes, and lets go of it all", async () => {
    const id = await alice();
    const { cookie } = await login("alice", PASSWORD);
    const project = await call("POST /api/projects", { name: "p" }, { cookie });
    await call("POST /api/notebooks", { name: "n", project: project.body.id }, { cookie });
    await call("POST /api/tokens", { name: "t" }, { cookie });
    const told = await call("GET /api/account/delete-preview", undefined, { cookie });
    expect(told.body.losses).toEqual(
      expect.arrayContaining([
        { what: "projects", count: 1 },
        { what: "notebooks", count: 1 },
        { what: "tokens", count: 1 },
      ]),
    );
    expect((await asOwner(`GET /api/admin/users/${id}/delete-preview`)).body).toEqual(told.body);
    const wrong = await call("DELETE /api/account", { password: "guess" }, { cookie });
    expect(wrong.status).toBe(403);
    expect((await call("DELETE /api/account", { password: PASSWORD }, { cookie })).status).toBe(200);
    expect((await login("alice", PASSWORD)).status).toBe(401);
    expect((await asOwner(`GET /api/admin/users/${id}/delete-preview`)).status).toBe(404);
  });

  test("the last administrator is refused with a sentence", async () => {
    const { body } = await asOwner("GET /api/auth/me");
    expect(await asOwner(`DELETE /api/admin/users/${body.id}`)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining("last administrator") },
    });
    expect((await asOwner("DELETE /api/account", {})).status).toBe(409);
    expect((await asOwner("GET /api/auth/me")).status).toBe(200);
  });
});

test("the audit log tells who did what, and holds no secret", async () => {
  const id = await alice();
  await login("typed into the wrong field", "x");
  await login("alice", "a wrong password");
  await login("alice", PASSWORD);
  await asOwner(`PATCH /api/admin/users/${id}`, { role: "owner" });
  const { body } = await asOwner("GET /api/admin/audit?limit=10");
  const entries = body.entries as { action: string; actor_name: string; address: string; target: string }[];
  expect(entries.map(({ action, actor_name: name }) => `${name} ${action}`).slice(0, 3)).toEqual([
    "owner role",
    "alice login",
    "alice login-failed",
  ]);
  expect(entries[0]).toMatchObject({ target: id, address: expect.stringMatching(/127.0.0.1|::/) });
  for (const secret of [PASSWORD, "a wrong password", "typed into"]) {
    expect(JSON.stringify(entries)).not.toContain(secret);
  }
});

test("an administrator sees no one else's documents", async () => {
  const someone: Visitor = await newcomer(fixture, "carol", "user");
  const { body } = await call("POST /api/projects", { name: "hers" }, { cookie: someone.cookie });
  expect((await asOwner(`GET /api/projects/${body.id}`)).status).toBe(404);
  expect(JSON.stringify((await asOwner("GET /api/projects")).body)).not.toContain("hers");
});

test("the environment's owner can sign in, and the environment holds no password after it", async () => {
  const other = await testRelay({ firstOwner: { email: "boss@example.org", password: PASSWORD } });
  const response = await fetch(`${other.relay.url}/api/auth/login`, {
    method: "POST",
    body: JSON.stringify({ username: "boss@example.org", password: PASSWORD }),
  });
  expect(await response.json()).toMatchObject({ user: { role: "owner", email: "boss@example.org" } });
  await other.close();
});

test("wrong bodies name their field; wrong methods are told the right ones", async () => {
  const bad = await call("POST /api/auth/login", { username: "alice" });
  expect(bad).toMatchObject({
    status: 400,
    body: { error: "invalid", message: expect.stringContaining("password") },
  });
  const method = await call("DELETE /api/auth/login");
  expect([method.status, method.headers.get("allow")]).toEqual([405, "POST"]);
});
