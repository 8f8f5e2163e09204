import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withAccounts } from "../main.ts";
import { type TestRelay, testRelay } from "../testing/fixture.ts";
import { RateLimit } from "./rate-limit.ts";
import { accepts } from "./static.ts";

const SCRIPT = "/assets/app-Ab3dEf6h.js";
let built: string;
let fixture: TestRelay;
beforeEach(async () => {
  built = mkdtempSync(join(tmpdir(), "eyepiece-app-"));
  mkdirSync(join(built, "assets"));
  writeFileSync(join(built, "index.html"), "<!doctype html><title>app</title>");
  writeFileSync(join(built, "sw.js"), "// worker");
  writeFileSync(join(built, SCRIPT), "let a = 1;".repeat(100));
  writeFileSync(join(built, `${SCRIPT}.gz`), gzipSync("let a = 1;".repeat(100)));
  fixture = await testRelay({ staticFolder: built });
});
afterEach(async () => {
  await fixture.close();
  rmSync(built, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(fixture.relay.url + path, { headers, ...init });

describe("the built app", () => {
  test("has one page for all its addresses, checked again each time", async () => {
    for (const path of ["/", "/login", "/view/abc", "/notebook/n1", "/flows/runs/f1", "/settings"]) {
      const response = await get(path);
      expect([path, response.status, await response.text()]).toEqual([
        path,
        200,
        "<!doctype html><title>app</title>",
      ]);
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
    expect((await get("/view/a/b")).status).toBe(404);
    expect((await get("/nothing.js")).status).toBe(404);
    expect((await get("/sw.js")).headers.get("cache-control")).toBe("no-cache");
  });

  test("says in a browser that there is nothing at an address, and to a program in JSON", async () => {
    const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    for (const path of ["/training", "/view/a/b"]) {
      const page = await get(path, html);
      expect([page.status, await page.text()]).toEqual([404, "<!doctype html><title>app</title>\n"]);
      expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
      expect(await (await get(path)).json()).toMatchObject({ error: "not_found" });
    }
    for (const path of ["/nothing.js", "/api/nothing", "/samples/nothing"]) {
      const answer = await get(path, html);
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        404,
        expect.stringContaining("json"),
      ]);
    }
    expect((await get("/training", html, { method: "POST" })).status).toBe(404);
  });

  test("is sent compressed, and not at all when the browser has it", async () => {
    const response = await get(SCRIPT, { "accept-encoding": "gzip, br" });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.text()).toBe("let a = 1;".repeat(100));
    expect(response.headers.get("cache-control")).toContain("immutable");
    const etag = response.headers.get("etag") ?? "";
    const again = await get(SCRIPT, { "accept-encoding": "gzip", "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const plain = await get(SCRIPT, { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(plain.headers.get("etag")).not.toBe(etag);
    const head = await get(SCRIPT, { "accept-encoding": "identity" }, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "1000"]);
  });

  test("lets no script run but its own", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
    expect(policy).toContain(`frame-src 'self' http://*.localhost:${fixture.relay.port}`);
    expect((await get("/")).headers.get("cross-origin-opener-policy")).toBe("same-origin");
  });

  test("does not leave its folder", async () => {
    for (const path of [
      "/../relay.sqlite",
      "/%2e%2e/relay.sqlite",
      "/assets/../../x",
      "/assets%2f..%2fsw.js",
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test("a build that comes later is seen", async () => {
    writeFileSync(join(built, "index.html"), "<!doctype html><title>newer</title>");
    expect(await (await get("/")).text()).toContain("newer");
  });

  test("when missing says what to run", async () => {
    const other = await testRelay();
    const response = await fetch(other.relay.url);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npm run build");
    await other.close();
  });
});

describe("signing in", () => {
  const redeem = (token: string) =>
    get("/api/auth/link", {}, { method: "POST", body: JSON.stringify({ token }) });
  const newToken = () => fixture.relay.ownerLink().split("#owner=")[1] ?? "";

  test("by the owner's link works once", async () => {
    const token = newToken();
    const both = await Promise.all([redeem(token), redeem(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const good = both.find(({ status }) => status === 200);
    expect(await good?.json()).toMatchObject({ name: "Owner", role: "owner" });
    const cookie = good?.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^eyepiece_session=[\w-]{43}; .*HttpOnly.*SameSite=Lax/);
    expect(cookie).not.toContain("Secure");
    const me = await get("/api/auth/me", { cookie: cookie.split(";")[0] ?? "" });
    expect(await me.json()).toMatchObject({ role: "owner" });
  });

  test("not after 15 minutes, and not with a guess", async () => {
    const token = newToken();
    const database = new DatabaseSync(join(fixture.home, "relay/relay.sqlite"));
    database.exec("UPDATE owner_links SET expires_at = expires_at - 15 * 60 * 1000");
    database.close();
    const late = await redeem(token);
    expect(late.status).toBe(401);
    expect(await late.json()).toMatchObject({
      error: "unauthorized",
      message: expect.stringContaining("owner-link"),
    });
    expect((await redeem("guess")).status).toBe(401);
    expect((await get("/api/auth/me")).status).toBe(401);
  });

  test("keeps no secret that would open anything", async () => {
    const token = newToken();
    const cookie = await fixture.signIn();
    const node = fixture.relay.createToken({ kind: "node", name: "n" });
    const database = new DatabaseSync(join(fixture.home, "relay/relay.sqlite"));
    const all = JSON.stringify(
      ["users", "sessions", "tokens", "owner_links"].map((table) =>
        database.prepare(`SELECT * FROM ${table}`).all(),
      ),
    );
    database.close();
    for (const secret of [token, cookie.split("=")[1] ?? "?", node]) expect(all).not.toContain(secret);
  });

  test("ends with signing out", async () => {
    const cookie = await fixture.signIn();
    expect((await get("/api/nodes", { cookie })).status).toBe(200);
    const out = await get("/api/auth/logout", { cookie }, { method: "POST" });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await get("/api/nodes", { cookie })).status).toBe(401);
  });

  test("works by a token for programs, made by another process", async () => {
    const token = withAccounts(fixture.home, (accounts) => accounts.createToken("api", "script"));
    expect((await get("/api/nodes", { authorization: `Bearer ${token}` })).status).toBe(200);
    const other = withAccounts(fixture.home, (accounts) => accounts.createToken("node", "lab-1"));
    expect((await get("/api/nodes", { authorization: `Bearer ${other}` })).status).toBe(401);
  });

  test("is slowed after some failures", async () => {
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push((await redeem("guess")).status);
    expect(answers.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(answers.at(-1)).toBe(429);
  });
});

test("bodies are bounded, and are JSON", async () => {
  const post = (body: string) => get("/api/auth/link", {}, { method: "POST", body });
  expect((await post("x".repeat(70_000))).status).toBe(413);
  expect((await post("{")).status).toBe(400);
  expect((await post("[]")).status).toBe(400);
});

test("a page of another origin changes nothing", async () => {
  const cookie = await fixture.signIn();
  const post = (headers: Record<string, string>) =>
    get("/api/content", { cookie, ...headers }, { method: "POST", body: '{"service":"flows"}' });
  expect((await post({ origin: "http://evil.example" })).status).toBe(403);
  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ origin: fixture.relay.url })).status).toBe(200);
});

test("/healthz tells how it is without signing in", async () => {
  expect(await (await get("/healthz")).json()).toEqual({
    status: "ok",
    version: "0.1.0",
    nodes: [],
    clients: 0,
  });
});

test("a taken port is one sentence", async () => {
  await expect(testRelay({ port: fixture.relay.port })).rejects.toThrow(/^Port \d+ on 127.0.0.1 is taken/);
});

test("a self-signed certificate is kept, and cookies are for TLS only", async () => {
  const secure = await testRelay({ tls: "self-signed" });
  expect(secure.relay.url).toMatch(/^https:/);
  const { fingerprint } = secure.relay;
  await secure.restart();
  expect(secure.relay.fingerprint).toBe(fingerprint);
  await secure.close();
});

test("an encoding with q=0 is refused", () => {
  expect(accepts("gzip, br;q=0.5", "br")).toBe(true);
  expect(accepts("gzip, br;q=0", "br")).toBe(false);
  expect(accepts("", "br")).toBe(false);
});

test("waits double after five failures and are forgotten", () => {
  let now = 0;
  const limit = new RateLimit(() => now);
  for (let i = 0; i < 5; i++) limit.failed("a");
  expect([limit.waitFor("a"), limit.waitFor("b")]).toEqual([1000, 0]);
  now = 1000;
  expect(limit.waitFor("a")).toBe(0);
  limit.failed("a");
  expect(limit.waitFor("a")).toBe(2000);
  now = 3_600_000;
  limit.failed("a");
  expect(limit.waitFor("a")).toBe(0);
});
