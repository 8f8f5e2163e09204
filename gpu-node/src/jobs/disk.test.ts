/** A disk that is full: a real one, a small tmpfs in a namespace of the test's own. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { sandboxed } from "../launcher/probe.ts";
import { OutputFile, readOutput } from "./output-file.ts";

const { works } = await sandboxed();

it.skipIf(!works)(
  "that is full ends the job that filled it, with the reason, and the node goes on",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "eyepiece-full-"));
    try {
      const { stdout, stderr } = await promisify(execFile)("unshare", [
        ...["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ...["sh", "-ec", 'mount -t tmpfs -o size=4m none "$0"; exec "$@"', folder],
        ...[process.execPath, join(import.meta.dirname, "testing/full-disk-process.ts"), folder],
      ]);
      expect(JSON.parse(stdout)).toEqual({
        // Of the 9 MB that it printed, what the disk took.
        size: expect.any(Number),
        ...{ state: "failed", next: "succeeded" },
        reason: expect.stringMatching(/could not be stored \(.*full.*\), so it was ended/),
      });
      expect(stderr).toMatch(/could not be stored/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

it("output is kept up to its bound, over several runs, and read from anywhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-output-"));
  try {
    const path = join(folder, "output.log");
    expect(readOutput(path, -10, 10).bytes.length).toBe(0);
    const first = new OutputFile(path, 10);
    expect(first.add(Buffer.from("12345"))).toBeUndefined();
    first.close();
    const second = new OutputFile(path, 10);
    expect(second.add(Buffer.from("67890abc"))).toContain("more than 10 bytes");
    expect(second.add(Buffer.from("def"))).toBeUndefined();
    second.close();
    expect(readOutput(path, 0, 100)).toEqual({ bytes: Buffer.from("1234567890"), next: 10 });
    expect(readOutput(path, -3, 2)).toEqual({ bytes: Buffer.from("89"), next: 9 });
    expect(readOutput(path, 99, 2)).toEqual({ bytes: Buffer.alloc(0), next: 10 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
