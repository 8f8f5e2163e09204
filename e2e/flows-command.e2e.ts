/** `eyepiece flows`, as somebody types it beside a running Eyepiece. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { eyepiece, ROOT, type Stack, startStack } from "./stack.ts";

const service = (word: string) => `
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI

app = ServeAPI()

@app.enter("/", summary="Says ${word}")
async def enter(request: Request):
    return Launch(request, say, ray_actor_options={"num_cpus": 1})

def say():
    return "${word}"
`;

let stack: Stack;
const folder = mkdtempSync(join(tmpdir(), "eyepiece-served-"));
const flows = (...args: string[]) => eyepiece(["flows", ...args, "--home", stack.home]);

test.beforeAll(async () => {
  test.setTimeout(300_000);
  stack = await startStack();
});
test.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("Ray, services and the agent are started, told of and stopped by commands", async ({ page }) => {
  // The environments are made when they are first wanted.
  test.setTimeout(600_000);
  const deployed = await flows("deploy");
  expect([deployed.code, deployed.stdout]).toEqual([
    0,
    expect.stringMatching(/▶ \[DEPLOY\].*✔ 2 services started/s),
  ]);
  expect(await flows("deploy", "nobody")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/"nobody" does not exist/),
  });

  const started = await flows("start");
  expect([started.code, started.stdout, started.stderr]).toEqual([
    0,
    expect.stringMatching(/^Ray 2\.60\.0 at 127\.0\.0\.1:\d+: 1 machine/),
    expect.stringMatching(/Starting Ray/),
  ]);
  const status = await flows("status");
  expect(JSON.parse(status.stdout)).toMatchObject({
    ...{ ray_version: "2.60.0", ray: { state: "running" }, services: { hymn: { state: "RUNNING" } } },
  });
  // Its dashboard, through the relay and the tunnel, for owners.
  const authorization = `Bearer ${readFileSync(join(stack.home, "flows-key"), "utf8")}`;
  const { nodes } = (await (await fetch(`${stack.url}/healthz`)).json()) as { nodes: { name: string }[] };
  const dashboard = (path: string, headers: Record<string, string> = { authorization }) =>
    fetch(`${stack.url}/nodes/${nodes[0]?.name}/services/ray${path}`, { headers });
  expect(await (await dashboard("/api/version")).json()).toMatchObject({ ray_version: "2.60.0" });
  expect(await (await dashboard("/")).text()).toMatch(/<html/i);
  expect((await dashboard("/api/version", {})).status).toBe(401);
  // The button in the page leads there, at an address where Ray's scripts reach nothing of Eyepiece.
  await page.goto(await stack.newOwnerLink());
  await expect(page).toHaveURL(/\/view\//);
  await page.goto(`${stack.url}/flows/admin`);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Ray's dashboard" }).click();
  const ray = await opened;
  await expect(ray).toHaveTitle("Ray Dashboard");
  await expect(ray.getByText("Overview").first()).toBeVisible({ timeout: 60_000 });
  await expect(ray.getByText("Cluster", { exact: true }).first()).toBeVisible();
  expect(new URL(ray.url()).origin).not.toBe(stack.url);
  await ray.screenshot({ path: join(ROOT, "node_modules/.cache/eyepiece/pages/ray-dashboard.png") });
  expect((await flows("start", "--address", "127.0.0.1:1")).stderr).toMatch(/Ray runs already/);
  expect((await flows("spool", "--status")).stdout).toMatch(/"agent":"running"/);
  expect((await flows("stop")).stdout).toBe("Ray: off\n");
  expect((await flows("spool", "--stop")).stdout).toMatch(/"agent":"resting"/);
  expect(await flows("spool")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Use: eyepiece flows/),
  });
});

test("a service that is being written is imported anew when it changes, and goes with the command", async () => {
  test.setTimeout(300_000);
  writeFileSync(join(folder, "said.py"), service("one"));
  const child = spawn(
    process.execPath,
    [join(ROOT, "bin/main.ts"), "flows", "serve", "--reload", "said:app", "--home", stack.home],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [addresses, said] = [0, ""];
  child.stdout.on("data", (text) => {
    addresses += String(text).split("/flows?q=said").length - 1;
  });
  child.stderr.on("data", (text) => {
    said += String(text);
  });
  await expect.poll(() => addresses, { timeout: 120_000 }).toBe(1);
  writeFileSync(join(folder, "said.py"), "this is no Python");
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/SyntaxError/);
  writeFileSync(join(folder, "said.py"), service("two"));
  await expect.poll(() => addresses, { timeout: 60_000 }).toBe(2);
  expect(JSON.parse((await flows("status")).stdout).services.said).toMatchObject({ state: "RUNNING" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(JSON.parse((await flows("status")).stdout).services.said).toBeUndefined();
});

test("without an Eyepiece that runs it is said what to do", async () => {
  const home = mkdtempSync(join(tmpdir(), "eyepiece-none-"));
  const run = await eyepiece(["flows", "status", "--home", home]);
  rmSync(home, { recursive: true, force: true });
  expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/No Eyepiece runs here.*flows start/) });
  expect((await flows("serve", "said")).code).toBe(2);
});
