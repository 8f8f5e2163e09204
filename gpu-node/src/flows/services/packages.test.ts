/** Bounds of environments with packages: without a network, too large, too many. */
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Environment, Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { WHEEL, writeWheel } from "../testing/wheels.ts";
import { type PackageBounds, PackageEnvironments } from "./packages.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });
const ROOMY: PackageBounds = { bytes: 1024 ** 3, kept: 16, usedMs: 0 };
let base: Environment;
let folder: string;
let service: string;

beforeAll(async () => {
  base = await new Environments(ENVIRONMENT_CACHE).ensure("eyepiece-flows");
});
beforeEach(() => {
  [folder, service] = ["environments", "service"].map((name) =>
    mkdtempSync(join(tmpdir(), `eyepiece-${name}-`)),
  ) as [string, string];
  // What is fetched already.
  for (const name of ["uv", "cache"])
    if (existsSync(join(ENVIRONMENT_CACHE, name)))
      symlinkSync(join(ENVIRONMENT_CACHE, name), join(folder, name));
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const one of [folder, service]) rmSync(one, { recursive: true, force: true });
});

/** Has an environment with a wheel that says a word. @returns its folder */
async function made(packages: PackageEnvironments, word: string): Promise<string> {
  writeWheel(service, word);
  return (await packages.ensure(base, [WHEEL], service, () => {})).folder;
}
const there = () => readdirSync(folder).filter((name) => name.startsWith("eyepiece-packages-"));

test("without a network what the service's folder has is had, and what it has not is refused with what to do", async () => {
  // Nobody listens there.
  vi.stubEnv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple");
  vi.stubEnv("UV_INDEX_URL", undefined);
  vi.stubEnv("UV_EXTRA_INDEX_URL", undefined);
  vi.stubEnv("UV_HTTP_RETRIES", "0");
  const packages = new PackageEnvironments(folder, ROOMY);
  await expect(packages.ensure(base, ["eyepiece-nowhere==1.0"], service, () => {})).rejects.toThrow(
    /the package index does not answer this machine .* put their wheels into the service's folder/,
  );
  expect(there()).toEqual([]);
  expect(existsSync(join(await made(packages, "had"), "complete"))).toBe(true);
});

test("an environment that is too large is removed, and it is said how large it is", async () => {
  const packages = new PackageEnvironments(folder, { ...ROOMY, bytes: 100 });
  await expect(made(packages, "large")).rejects.toThrow(
    /^The packages take [\d.]+ GiB, and [\d.]+ GiB are the most\.$/,
  );
  expect(there()).toEqual([]);
});

test("those that were used last stay, others go when one is made, unless a run may be in them", async () => {
  const few = new PackageEnvironments(folder, { ...ROOMY, kept: 2 });
  const first = await made(few, "first");
  const second = await made(few, "second");
  // Used again.
  expect(await made(few, "first")).toBe(first);
  const third = await made(few, "third");
  expect(
    there()
      .map((name) => join(folder, name))
      .sort(),
  ).toEqual([first, third].sort());
  const careful = new PackageEnvironments(folder, { ...ROOMY, kept: 1, usedMs: 60_000 });
  expect(await made(careful, "second")).toBe(second);
  expect(there()).toHaveLength(3);
});
