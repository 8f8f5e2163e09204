import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestRelay, testRelay } from "../testing/fixture.ts";

const PASSWORD = "correct horse battery";
let fixture: TestRelay;
let owner: string;
beforeEach(async () => {
  fixture = await testRelay();
  owner = await fixture.signIn();
});
afterEach(() => fixture.close());

async function call(request: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method = "GET", path = "/"] = request.split(" ");
  const response = await fetch(fixture.relay.url + path, {
    method,
    headers,
    ...(body === undefined
      ? {}
      : { body: body instanceof FormData || body instanceof URLSearchParams ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? "",
  };
}
const asOwner = (request: string, body?: unknown) => call(request, body, { cookie: owner });
const ada = { name: "ada", email: "ada@example.org", password: PASSWORD };

describe("roles under /api/flows", () => {
  test("are the accounts: made, read by id, name or address, changed and removed", async () => {
    const made = await asOwner("POST /api/flows/role", ada);
    expect(made).toMatchObject({
      ...{ status: 201, body: { name: "ada", email: "ada@example.org", active: true, operator: false } },
    });
    const { id } = made.body;
    for (const key of [id, "ada", "ada@example.org"])
      expect((await asOwner(`GET /api/flows/role/${key}`)).body).toMatchObject({ id });
    expect((await asOwner("GET /api/flows/role")).body.map(({ name }: { name: string }) => name)).toEqual([
      "owner",
      "ada",
    ]);
    expect((await asOwner("POST /api/flows/role", ada)).status).toBe(409);
    const changed = await asOwner("PUT /api/flows/role/ada", { operator: true, email: "a@example.org" });
    expect(changed).toMatchObject({ status: 200, body: { operator: true, email: "a@example.org" } });
    const users = (await asOwner("GET /api/admin/users")).body.users;
    expect(users.find((one: { id: string }) => one.id === id)).toMatchObject({ role: "owner" });
    expect((await asOwner("PUT /api/flows/role/ada", { name: "eve" })).status).toBe(400);
    expect((await asOwner("DELETE /api/flows/role/ada")).status).toBe(204);
    expect((await asOwner("GET /api/flows/role/ada")).status).toBe(404);
  });

  test("may be named by an address; what is malformed says so in Kodosumi's shape", async () => {
    const made = await asOwner("POST /api/flows/role", { name: "bob@example.org", password: PASSWORD });
    expect(made.body).toMatchObject({ name: "bob", email: "bob@example.org" });
    expect(await asOwner("POST /api/flows/role", { name: "x" })).toMatchObject({
      status: 400,
      body: {
        error: "Bad Request",
        path: "/role",
        detail: expect.stringContaining("password"),
        status_code: 400,
      },
    });
    expect((await asOwner("POST /api/flows/role", { name: "x", password: "short" })).status).toBe(400);
  });

  test("are for owners; the last of them stays", async () => {
    await asOwner("POST /api/flows/role", ada);
    const { cookie } = await call("POST /api/flows/api/login", { name: "ada", password: PASSWORD });
    expect((await call("GET /api/flows/role", undefined, { cookie })).status).toBe(403);
    expect((await asOwner("PUT /api/flows/role/owner", { active: false })).status).toBe(409);
    expect((await asOwner("PUT /api/flows/role/owner", { operator: false })).status).toBe(409);
  });
});

describe("signing in under /api/flows", () => {
  test("takes a form or JSON, a name or an address, and gives a key that works in Kodosumi's header", async () => {
    await asOwner("POST /api/flows/role", ada);
    const form = new FormData();
    form.set("name", "ada@example.org");
    form.set("password", PASSWORD);
    const bodies = [new URLSearchParams({ name: "ada", password: PASSWORD }), form];
    for (const body of [...bodies, { name: "ada", password: PASSWORD }]) {
      const path = body instanceof URLSearchParams || body instanceof FormData ? "login" : "api/login";
      const { status, body: told, cookie } = await call(`POST /api/flows/${path}`, body);
      expect([status, told.name]).toEqual([200, "ada"]);
      const key = { kodosumi_api_key: told.KODOSUMI_API_KEY };
      // No node is here: that is told only to whom the relay knows.
      expect((await call("GET /api/flows/flow", undefined, key)).status).toBe(503);
      expect((await call("GET /api/auth/me", undefined, { cookie })).body).toMatchObject({ username: "ada" });
    }
    expect((await call("GET /api/flows/flow", undefined, { kodosumi_api_key: "guess" })).status).toBe(401);
  });

  test("refuses a wrong password in Kodosumi's shape, and guesses after some", async () => {
    await asOwner("POST /api/flows/role", ada);
    const wrong = () =>
      call("POST /api/flows/login", new URLSearchParams({ name: "ada", password: "wrong" }));
    expect(await wrong()).toMatchObject({
      status: 401,
      body: { error: "Unauthorized", path: "/login", detail: expect.any(String), status_code: 401 },
    });
    const statuses: number[] = [];
    for (let guess = 0; guess < 8; guess++) statuses.push((await wrong()).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await call("POST /api/flows/login", "nonsense")).status).toBe(400);
  });

  test("one who is not active any more is out at once, with every token", async () => {
    await asOwner("POST /api/flows/role", ada);
    const { cookie, body } = await call("POST /api/flows/api/login", { name: "ada", password: PASSWORD });
    const token = (await call("POST /api/tokens", { name: "script" }, { cookie })).body.token;
    const ways: Record<string, string>[] = [
      { cookie },
      { kodosumi_api_key: body.KODOSUMI_API_KEY },
      { authorization: `Bearer ${token}` },
    ];
    const statuses = () =>
      Promise.all(ways.map(async (way) => (await call("GET /api/flows/timeline", undefined, way)).status));
    expect(await statuses()).toEqual([503, 503, 503]);
    await asOwner("PUT /api/flows/role/ada", { active: false });
    expect(await statuses()).toEqual([401, 401, 401]);
    expect((await call("POST /api/flows/api/login", { name: "ada", password: PASSWORD })).status).toBe(403);
  });
});
