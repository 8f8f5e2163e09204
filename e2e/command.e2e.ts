/** The command line: what a newcomer types, and what is said when it cannot be. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { eyepiece, freePort, ROOT, startStack } from "./stack.ts";

let home = "";
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "eyepiece-command-"));
});
test.afterEach(() => rmSync(home, { recursive: true, force: true }));

/** One sentence on standard error (after the steps, which are indented) and a code that is not 0. */
function expectRefusal(run: { code: number | null; stderr: string }, words: RegExp): void {
  const said = run.stderr.split("\n").filter((line) => line !== "" && !line.startsWith("  "));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(words);
  expect(run.code).not.toBe(0);
}

const alive = (pid: number) => existsSync(`/proc/${pid}`);

test("a taken port", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const run = await eyepiece(["up", "--no-open", "--port", String(port), "--home", home]);
  await new Promise((done) => server.close(done));
  expectRefusal(run, new RegExp(`Port ${port}.*taken.*--port`));
});

test("no port at all", async () => {
  expectRefusal(await eyepiece(["up", "--port", "seventy", "--home", home]), /seventy is no port/);
});

test("a missing file", async () => {
  expectRefusal(await eyepiece(["up", "--home", home, "nowhere.tif"]), /There is no nowhere\.tif/);
});

test("a file that cannot be read", async () => {
  const file = join(home, "broken.nii.gz");
  writeFileSync(file, "this is no volume");
  const port = String(await freePort());
  const run = await eyepiece(["up", "--no-open", "--port", port, "--home", join(home, "h"), file]);
  expectRefusal(run, /broken\.nii\.gz/);
});

test("no usable GPU", async () => {
  const port = String(await freePort());
  const run = await eyepiece(["up", "--no-open", "--port", port, "--home", home], { EYEPIECE_GPU: "gpu" });
  expectRefusal(run, /GPU|adapter/);
});

test("a home that cannot be written", async () => {
  const file = join(home, "a-file");
  writeFileSync(file, "");
  expectRefusal(await eyepiece(["up", "--home", join(file, "home")]), /cannot be written.*--home/);
});

test("unknown commands and options", async () => {
  expectRefusal(await eyepiece(["dance"]), /no command dance/);
  expectRefusal(await eyepiece(["up", "--dance"]), /--dance/);
});

test("Ctrl-C ends every child, and a second start finds its session again", async () => {
  const stack = await startStack({ home });
  const { up, relay, node, sessions } = stack.pids();
  expect([relay, node, ...sessions].every((pid) => pid > 0)).toBe(true);
  const started = Date.now();
  process.kill(up, "SIGINT");
  await expect.poll(() => [up, relay, node, ...sessions].filter(alive), { timeout: 10_000 }).toEqual([]);
  test.info().annotations.push({ type: "stopped in ms", description: String(Date.now() - started) });
  const again = await startStack({ home });
  test
    .info()
    .annotations.push({ type: "second start in ms", description: String(Math.round(again.readyMs)) });
  const health = (await (await fetch(`${again.url}/healthz`)).json()) as { status: string; nodes: unknown[] };
  expect(health.status).toBe("ok");
  expect(health.nodes).toHaveLength(1);
  await again.stop();
});

test("relay and node in two commands, joined by a token", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const made = await eyepiece(["token", "create", "--kind", "node", "--name", "lab-1", "--home", home]);
  expect(made.stdout.trim()).toMatch(/^\S{20,}$/);
  const run = (args: string[], env = {}) =>
    spawn(process.execPath, [join(ROOT, "bin/main.ts"), ...args], {
      stdio: "ignore",
      env: { ...process.env, ...env },
    });
  const relay = run(["relay", "--port", String(port), "--home", home]);
  const node = run(["node", "--relay", url, "--name", "lab-1", "--home", join(home, "lab")], {
    EYEPIECE_NODE_TOKEN: made.stdout.trim(),
  });
  const names = async () => {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    const health = answer ? ((await answer.json()) as { nodes: { name: string }[] }) : undefined;
    return health?.nodes.map((one) => one.name);
  };
  try {
    await expect.poll(names, { timeout: 60_000 }).toEqual(["lab-1"]);
  } finally {
    for (const child of [relay, node]) {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    }
  }
});

test("open shows a file in the running Eyepiece", async ({ page }) => {
  const stack = await startStack({ home });
  try {
    const opened = await eyepiece([
      "open",
      "--home",
      home,
      join(ROOT, "public/samples/colin27_brain.nii.gz"),
    ]);
    expect(opened.stdout).toMatch(/\/view\/[A-Za-z0-9_-]+\n$/);
    await page.goto(stack.ownerLink);
    await expect(page).toHaveURL(opened.stdout.trim());
  } finally {
    await stack.stop();
  }
});

test("doctor says what was found", async () => {
  const { stdout, code } = await eyepiece(["doctor", "--home", home]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/GPU +\S/);
  expect(stdout).toMatch(/H\.264 +.*libx264/);
});
