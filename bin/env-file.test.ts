import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readEnvFile } from "./env-file.ts";

const folder = mkdtempSync(join(tmpdir(), "eyepiece-env-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("settings of a .env count where the environment says nothing, and only ours", () => {
  const file = join(folder, ".env");
  writeFileSync(
    file,
    'EYEPIECE_FLOWS_TIMEOUT=60\n# a remark\nexport EYEPIECE_PORT="8080"\nPATH=/nowhere\nEYEPIECE_FLOWS_ADMIN_PASSWORD=secret\n',
  );
  const environment: NodeJS.ProcessEnv = { EYEPIECE_PORT: "9090", PATH: "/bin" };
  readEnvFile(file, environment);
  expect(environment).toEqual({
    EYEPIECE_PORT: "9090",
    PATH: "/bin",
    EYEPIECE_FLOWS_TIMEOUT: "60",
    EYEPIECE_ADMIN_PASSWORD: "secret",
  });
});

test("no file is no settings; one that is far too large is refused", () => {
  const environment: NodeJS.ProcessEnv = {};
  readEnvFile(join(folder, "none"), environment);
  expect(environment).toEqual({});
  writeFileSync(join(folder, "large"), "x".repeat(100_000));
  expect(() => readEnvFile(join(folder, "large"), environment)).toThrow(/no file of settings/);
});
