import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Accounts } from "./accounts.ts";
import { COMMAND_LINE } from "./audit.ts";
import { Deletion } from "./deletion.ts";
import { endedBy, type HeldBy } from "./ended.ts";
import { applyFirstOwner, takeFirstOwner } from "./first-owner.ts";
import {
  checkPassword,
  hashLoad,
  hashPassword,
  MAX_HASHES,
  MAX_WAITING,
  verifyPassword,
} from "./passwords.ts";
import { openDatabase } from "./store.ts";

let folder: string;
let database: DatabaseSync;
let accounts: Accounts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eyepiece-accounts-"));
  database = openDatabase(folder);
  accounts = new Accounts(database, false);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const PASSWORD = "correct horse battery";

describe("passwords", () => {
  test("are kept as argon2id with a salt of their own", async () => {
    const [a, b] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(a).not.toBe(b);
    expect(await verifyPassword(PASSWORD, a)).toEqual({ right: true, outdated: false });
    expect(await verifyPassword(`${PASSWORD}!`, a)).toMatchObject({ right: false });
    expect(await verifyPassword(PASSWORD, undefined)).toMatchObject({ right: false });
    expect(await verifyPassword(PASSWORD, "not a hash")).toMatchObject({ right: false });
    // The same letters, composed by the keyboard or not.
    const composed = await hashPassword("Grüße an alle");
    expect(await verifyPassword("Gru\u0308ße an alle", composed)).toMatchObject({ right: true });
  });

  test("are hashed a few at a time; the others wait", async () => {
    const all = Array.from({ length: 12 }, () => hashPassword(PASSWORD));
    await Promise.resolve();
    expect(hashLoad()).toEqual({ running: MAX_HASHES, waiting: 12 - MAX_HASHES });
    expect(MAX_HASHES).toBeLessThanOrEqual(4);
    await Promise.all(all);
    expect(hashLoad()).toEqual({ running: 0, waiting: 0 });
  });

  test("beyond what can wait are refused with a word, and those before them are done", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: MAX_HASHES + MAX_WAITING + 5 }, () => verifyPassword("x", "nonsense")),
    );
    const refused = all.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(5);
    expect(hashLoad()).toEqual({ running: 0, waiting: 0 });
  }, 60_000);

  test("are not too short, too long, or the account's name", () => {
    expect(() => checkPassword("1234567")).toThrow(/8 characters/);
    expect(() => checkPassword("x".repeat(1025))).toThrow(/1,024/);
    expect(() => checkPassword("Alice.Smith", ["alice.smith"])).toThrow(/own name/);
    expect(() => checkPassword(PASSWORD, ["alice"])).not.toThrow();
  });
});

describe("accounts", () => {
  test("have names that are nobody else's, whatever their case", async () => {
    const { people } = accounts;
    const id = await people.create({ username: "Alice", email: "alice@example.org", role: "user" });
    expect(people.find("alice")?.id).toBe(id);
    expect(people.find("ALICE@example.org")?.id).toBe(id);
    const taken = { username: "aLICE", role: "user" } as const;
    await expect(people.create(taken)).rejects.toMatchObject({ code: "taken" });
    await expect(
      people.create({ username: "bob", email: "Alice@Example.org", role: "user" }),
    ).rejects.toMatchObject({ code: "taken" });
    for (const username of ["", "a b", "a@b", "../x", "x".repeat(65)]) {
      await expect(people.create({ username, role: "user" })).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("of which two ask for one name at once: one gets it", async () => {
    const account = { username: "alice", role: "user", password: PASSWORD } as const;
    const both = await Promise.allSettled([accounts.people.create(account), accounts.people.create(account)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("keep one administrator who can sign in", async () => {
    const { people } = accounts;
    const first = accounts.ownerId();
    const last = { code: "last_owner" };
    expect(() => people.disable(first)).toThrow(expect.objectContaining(last));
    expect(() => people.setRole(first, "user")).toThrow(expect.objectContaining(last));
    expect(() => people.remove(first)).toThrow(expect.objectContaining(last));
    const second = await people.create({ username: "second", role: "owner" });
    people.disable(second);
    expect(() => people.setRole(first, "user")).toThrow(expect.objectContaining(last));
    people.enable(second);
    people.setRole(first, "user");
    expect(accounts.ownerId()).toBe(second);
  });

  test("that are disabled are nobody, by session or by token", async () => {
    const id = await accounts.people.create({ username: "alice", role: "user" });
    const { secret } = await accounts.sessions.begin(id);
    const token = accounts.createToken("api", "script", id);
    const node = accounts.createToken("node", "lab-1", id);
    const cookie = `eyepiece_session=${secret}`;
    expect((await accounts.prove(cookie, ""))?.person.username).toBe("alice");
    expect((await accounts.prove("", `Bearer ${token}`))?.person.username).toBe("alice");
    accounts.people.disable(id);
    expect(await accounts.prove(cookie, "")).toBeUndefined();
    expect(await accounts.prove("", `Bearer ${token}`)).toBeUndefined();
    expect(accounts.nodeOfToken(node)).toBeUndefined();
    accounts.people.enable(id);
    // The sessions have ended; the tokens were not revoked.
    expect(await accounts.prove(cookie, "")).toBeUndefined();
    expect((await accounts.prove("", `Bearer ${token}`))?.person.id).toBe(id);
  });

  test("with a new password lose all sessions but the one that changed it", async () => {
    const id = await accounts.people.create({ username: "alice", role: "user", password: PASSWORD });
    const here = await accounts.sessions.begin(id);
    const there = await accounts.sessions.begin(id);
    const ended: boolean[] = [];
    const held = (session: string): HeldBy => ({ userId: id, role: "user", session, token: undefined });
    accounts.onEnded((isOver) => ended.push(isOver(held(here.secret)), isOver(held(there.secret))));
    const { hashSecret } = await import("./secrets.ts");
    await accounts.people.setPassword(id, "another password", {
      secret: here.secret,
      hash: hashSecret(here.secret),
    });
    expect(ended).toEqual([false, true]);
    expect(await accounts.prove(`eyepiece_session=${here.secret}`, "")).toBeDefined();
    expect(await accounts.prove(`eyepiece_session=${there.secret}`, "")).toBeUndefined();
    expect(await accounts.people.verify(id, PASSWORD)).toBe(false);
    expect(await accounts.people.verify(id, "another password")).toBe(true);
  });

  test("go with everything that is theirs, which is told before; the last administrator does not go", async () => {
    const deletion = new Deletion(database, accounts);
    const removed: string[] = [];
    deletion.onDelete.push({
      preview: () => [
        { what: "files", count: 3 },
        { what: "nothings", count: 0 },
      ],
      remove: (userId) => void removed.push(userId),
    });
    const id = await accounts.people.create({ username: "alice", role: "user" });
    accounts.createToken("api", "script", id);
    expect(await deletion.preview(id)).toEqual([
      { what: "files", count: 3 },
      { what: "tokens", count: 1 },
    ]);
    await deletion.remove(id);
    expect(removed).toEqual([id]);
    expect(accounts.people.get(id)).toBeUndefined();
    expect(database.prepare("SELECT COUNT(*) AS n FROM tokens WHERE user_id = ?").get(id)).toEqual({ n: 0 });
    await expect(deletion.remove(accounts.ownerId())).rejects.toMatchObject({ code: "last_owner" });
    expect(removed).toEqual([id]);
  });
});

describe("the first owner by the environment", () => {
  test("is there once; what was changed since stays", async () => {
    const env = { EYEPIECE_ADMIN_EMAIL: "boss@example.org", EYEPIECE_ADMIN_PASSWORD: PASSWORD };
    const first = takeFirstOwner(env);
    expect(env).not.toHaveProperty("EYEPIECE_ADMIN_PASSWORD");
    if (!first) throw new Error("nothing was read");
    await applyFirstOwner(accounts, first);
    const owner = accounts.people.find("boss@example.org");
    expect(owner).toMatchObject({ id: accounts.ownerId(), role: "owner", hasPassword: true });
    await accounts.people.setPassword(owner?.id ?? "", "changed since then");
    await applyFirstOwner(accounts, first);
    expect(await accounts.people.verify(owner?.id, "changed since then")).toBe(true);
    const other = { email: "other@example.org", password: PASSWORD };
    expect(await applyFirstOwner(accounts, other)).toMatch(/administrator already/);
    expect(accounts.people.find("other@example.org")).toBeUndefined();
  });

  test("needs both variables, and a password that can be taken", async () => {
    expect(takeFirstOwner({})).toBeUndefined();
    expect(() => takeFirstOwner({ EYEPIECE_ADMIN_EMAIL: "a@b.org" })).toThrow(/go together/);
    await expect(applyFirstOwner(accounts, { email: "a@b.org", password: "short" })).rejects.toThrow(
      /8 char/,
    );
  });
});

test("tokens are limited, tell when they were used, and end with a word", async () => {
  const id = await accounts.people.create({ username: "alice", role: "user" });
  const { id: token, secret } = accounts.tokens.create(id, "api", "script", ["view"]);
  expect(accounts.tokens.list(id)[0]?.usedAt).toBeUndefined();
  const proof = await accounts.prove("", `Bearer ${secret}`);
  expect(proof).toMatchObject({ token, scopes: ["view"], person: { rights: ["view"] } });
  expect(accounts.tokens.list(id)[0]?.usedAt).toBeGreaterThan(0);
  expect(accounts.tokens.revoke(accounts.ownerId(), token)).toBeUndefined();
  expect(accounts.tokens.revoke(id, token)?.name).toBe("script");
  expect(await accounts.prove("", `Bearer ${secret}`)).toBeUndefined();
});

test("a session's secret is a bearer token too", async () => {
  const id = await accounts.people.create({ username: "alice", role: "user" });
  const { secret } = await accounts.sessions.begin(id);
  expect(await accounts.prove("", `Bearer ${secret}`)).toMatchObject({ person: { id }, session: secret });
  expect(await accounts.prove("", "Bearer guess")).toBeUndefined();
});

test("invitations and links for a new password are for one use", async () => {
  const { secret } = accounts.invitations.create(accounts.ownerId(), "user", "for Bob", 7);
  expect(accounts.invitations.use("guess")).toBeUndefined();
  expect([accounts.invitations.use(secret), accounts.invitations.use(secret)]).toEqual(["user", undefined]);
  accounts.invitations.giveBack(secret);
  expect(accounts.invitations.use(secret)).toBe("user");
  const late = accounts.invitations.create(accounts.ownerId(), "user", "", 7);
  database.exec("UPDATE invitations SET expires_at = expires_at - 8 * 86400000");
  expect(accounts.invitations.use(late.secret)).toBeUndefined();
  const older = accounts.resets.create(accounts.ownerId());
  const reset = accounts.resets.create(accounts.ownerId());
  expect(accounts.resets.find(older)).toBeUndefined();
  expect(accounts.resets.find(reset)).toBe(accounts.ownerId());
  expect([accounts.resets.use(reset), accounts.resets.use(reset)]).toEqual([true, false]);
});

test("the audit log only grows", () => {
  accounts.audit.note(COMMAND_LINE, "disable", "u1", "alice");
  accounts.audit.note({ id: "u2", name: "bob", address: "127.0.0.1" }, "login", "u2");
  expect(() => database.exec("DELETE FROM audit")).toThrow(/only grows/);
  expect(() => database.exec("UPDATE audit SET actor = 'me'")).toThrow(/only grows/);
  const [newest, oldest] = accounts.audit.list();
  expect(newest).toMatchObject({ actor: "u2", actor_name: "bob", action: "login", address: "127.0.0.1" });
  expect(accounts.audit.list(10, newest?.id)).toEqual([oldest]);
});

test("what ends is told apart: one session, one token, all but one", () => {
  const held = (over: Partial<HeldBy>): HeldBy => ({
    userId: "u",
    role: "user",
    session: undefined,
    token: undefined,
    ...over,
  });
  expect(endedBy({ userId: "u" }, held({ session: "s" }))).toBe(true);
  expect(endedBy({ userId: "other" }, held({ session: "s" }))).toBe(false);
  expect(endedBy({ userId: "u", except: "s" }, held({ session: "s" }))).toBe(false);
  expect(endedBy({ userId: "u", except: "s" }, held({ session: "t" }))).toBe(true);
  expect(endedBy({ userId: "u", session: "s" }, held({ token: "t" }))).toBe(false);
  expect(endedBy({ userId: "u", token: "t" }, held({ token: "t" }))).toBe(true);
});

test("another process's change is noticed by looking again", async () => {
  const id = await accounts.people.create({ username: "alice", role: "user" });
  const { secret } = await accounts.sessions.begin(id);
  const held: HeldBy = { userId: id, role: "user", session: secret, token: undefined };
  const over: boolean[] = [];
  accounts.onEnded((isOver) => over.push(isOver(held)));
  const other = new DatabaseSync(join(folder, "relay.sqlite"));
  accounts.lookAgain();
  other.exec("UPDATE users SET role = 'owner' WHERE username = 'alice'");
  accounts.lookAgain();
  other.exec("UPDATE users SET role = 'user', disabled_at = 1 WHERE username = 'alice'");
  accounts.lookAgain();
  other.close();
  expect(over).toEqual([false, true, true]);
});
