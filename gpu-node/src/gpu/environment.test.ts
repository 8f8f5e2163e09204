import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gpuEnvironment } from "./environment.ts";
import { unpackSwiftShader } from "./swiftshader.ts";

const run = promisify(execFile);
let home = "";

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "eyepiece-gpu-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

test("several unpackers at once make one folder and leave nothing else", async () => {
  const all = await Promise.all([1, 2, 3].map(() => unpackSwiftShader(home)));
  expect(new Set(all.map((one) => one.folder)).size).toBe(1);
  expect(await readdir(home)).toHaveLength(1);
  expect((await stat(join(all[0]?.folder ?? "", "libvk_swiftshader.so"))).size).toBeGreaterThan(1_000_000);
});

test("the packed driver is found, kept, and opens in a child process", { timeout: 60_000 }, async () => {
  const first = await gpuEnvironment(home, { force: "swiftshader" });
  expect(first.info.kind).toBe("swiftshader");
  expect(first.info.features).toContain("float32-filterable");
  const before = (await stat(join(home, "choice.json"))).mtimeMs;
  const second = await gpuEnvironment(home, { force: "swiftshader" });
  expect(second).toEqual(first);
  expect((await stat(join(home, "choice.json"))).mtimeMs).toBe(before);
  const probe = fileURLToPath(new URL("./probe.ts", import.meta.url));
  const { stdout } = await run(process.execPath, [probe], { env: { ...process.env, ...first.env } });
  expect(JSON.parse(stdout)).toEqual(first.info);
});

test("a torn answer is replaced", { timeout: 60_000 }, async () => {
  await writeFile(join(home, "choice.json"), '{"key": ');
  const answer = await gpuEnvironment(home, { force: "swiftshader" });
  expect(answer.info.kind).toBe("swiftshader");
});

test("a kind that is not there is refused with what to do", { timeout: 60_000 }, async () => {
  const saved = process.env.EYEPIECE_GPU;
  process.env.EYEPIECE_GPU = "voodoo";
  try {
    await expect(gpuEnvironment(home)).rejects.toThrow(/EYEPIECE_GPU is "voodoo"/);
  } finally {
    if (saved === undefined) delete process.env.EYEPIECE_GPU;
    else process.env.EYEPIECE_GPU = saved;
  }
});
