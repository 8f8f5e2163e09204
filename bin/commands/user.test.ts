/** The command as a process of its own, beside a relay that runs on the same data. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { type TestRelay, testRelay } from "@eyepiece/relay/testing/fixture.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

const MAIN = resolve(import.meta.dirname, "../main.ts");
let fixture: TestRelay;
beforeAll(async () => {
  fixture = await testRelay();
});
afterAll(() => fixture.close());

async function user(args: readonly string[], input = "", command: readonly string[] = []) {
  const line = [MAIN, "user", ...args, "--home", fixture.home];
  const [program = process.execPath, ...before] = command;
  const child = spawn(program, [...before, ...line], { stdio: "pipe" });
  child.stdin.end(input);
  const [out, error, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once("close", done)),
  ]);
  return { out, error, code };
}

async function login(username: string, password: string): Promise<number> {
  const init = { method: "POST", body: JSON.stringify({ username, password }) };
  return (await fetch(`${fixture.relay.url}/api/auth/login`, init)).status;
}

test("makes an account whose password comes from standard input, and lists it", async () => {
  const made = await user(["create", "alice", "--email", "alice@example.org"], "correct horse battery\n");
  expect(made).toMatchObject({ code: 0, error: "" });
  expect(await login("alice@example.org", "correct horse battery")).toBe(200);
  const { out } = await user(["list"]);
  expect(out).toMatch(/^USERNAME +E-MAIL +ROLE +STATE +SINCE\n/);
  expect(out).toMatch(/owner +- +owner +by link only/);
  expect(out).toMatch(/alice +alice@example.org +user +enabled +\d{4}-\d\d-\d\d\n/);
});

test("changes role, disables, enables and resets, and the running relay knows it", async () => {
  expect(await user(["role", "alice", "owner"])).toMatchObject({ code: 0 });
  expect(await user(["disable", "alice"])).toMatchObject({ code: 0 });
  expect(await login("alice", "correct horse battery")).toBe(403);
  expect(await user(["enable", "alice"])).toMatchObject({ code: 0 });
  expect(await login("alice", "correct horse battery")).toBe(200);
  expect(await user(["reset-password", "alice"], "another password")).toMatchObject({ code: 0 });
  expect(await login("alice", "correct horse battery")).toBe(401);
  expect(await login("alice", "another password")).toBe(200);
});

test("says in one sentence what cannot be", async () => {
  for (const [args, input, said] of [
    [["create", "bob"], "short\n", /too short/],
    [["create", "bob"], "", /standard input/],
    [["create", "alice"], "correct horse battery", /taken/],
    [["create", "bob", "--role", "king"], "correct horse battery", /user or owner/],
    [["role", "nobody", "user"], "", /no account nobody/],
    [["disable"], "", /^Use: eyepiece user/],
    [["toString", "alice"], "", /^Use: eyepiece user/],
  ] as const) {
    const { code, error } = await user(args, input);
    expect([args, code === 0, error]).toEqual([args, false, expect.stringMatching(said)]);
    expect(error).not.toMatch(/ at .*\.ts/);
  }
});

test("shows nothing of a password that is typed at a terminal, and asks twice", async () => {
  // util-linux's script gives the command a terminal; what the terminal shows is its output.
  const quoted = [process.execPath, MAIN, "user", "reset-password", "alice", "--home", fixture.home].join(
    " ",
  );
  const child = spawn(
    "script",
    ["--quiet", "--return", "--command", quoted, join(fixture.home, "typescript")],
    {
      stdio: "pipe",
    },
  );
  let shown = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const before = shown;
    shown += chunk.toString();
    for (const prompt of ["New password for alice: ", "Again: "]) {
      if (!before.includes(prompt) && shown.includes(prompt)) child.stdin.write("typed in secret\r");
    }
  });
  const code = await new Promise((done) => child.once("close", done));
  expect(shown).toContain("Again: ");
  expect(shown).not.toContain("typed in secret");
  expect(code).toBe(0);
  expect(await login("alice", "typed in secret")).toBe(200);
});
