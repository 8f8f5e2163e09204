import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { programFolder } from "./program-folder.ts";

const tmp = mkdtempSync(join(tmpdir(), "eyepiece-folders-"));
vi.stubEnv("TMPDIR", tmp);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(tmp, { recursive: true, force: true });
});

/** Another process makes a folder and is killed. @returns the folder */
function killed(kind: string): string {
  const module = JSON.stringify(join(import.meta.dirname, "program-folder.ts"));
  const code = `import { programFolder } from ${module}; process.stdout.write(programFolder("${kind}").folder); process.kill(process.pid, "SIGKILL");`;
  const { stdout, signal } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  expect(signal).toBe("SIGKILL");
  return stdout;
}

test("what a killed process left goes when the next of its kind is made, and nothing else", () => {
  const left = killed("one");
  const other = killed("two");
  const { folder, parts } = programFolder("one");
  expect(existsSync(left)).toBe(false);
  expect(existsSync(other)).toBe(true);
  for (const part of Object.values(parts)) expect(statSync(part).mode & 0o777).toBe(0o700);

  // Those of processes that live, of numbers that are others' here, and what is no folder of ours.
  const away = join(tmp, "eyepiece-one-away");
  mkdirSync(away);
  writeFileSync(join(away, "owner"), readFileSync(join(other, "owner"), "utf8").replace(/pid:.*/, "pid:[1]"));
  const bare = join(tmp, "eyepiece-one-bare");
  mkdirSync(bare);
  programFolder("one");
  for (const kept of [folder, away, bare]) expect(existsSync(kept)).toBe(true);
});
