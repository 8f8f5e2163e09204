import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Executions } from "./executions.ts";

const about = {
  ...{ summary: "a", description: null, tags: [], deprecated: null, author: null },
  ...{ organization: null, version: null, entry_point: "m:f" },
};

test("what is over is read also while more runs go on than files are kept open", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-executions-"));
  const executions = new Executions(join(folder, "execution"), join(folder, "list.db"));
  try {
    const begin = (n: number) =>
      executions.create({
        ...{
          fid: n.toString(16).padStart(24, "0"),
          user: "ada",
          username: "ada",
          flow: "/-/a/",
          service: "a",
        },
        ...{ about, inputs: "{}", meta: "{}" },
      });
    const done = begin(0);
    executions.fail(done.fid, "went wrong");
    for (let n = 1; n <= 40; n++) begin(n);
    const found = executions.find(done.fid);
    if (!found) throw new Error("it is gone");
    for (let again = 0; again < 3; again++) {
      expect(executions.after(found, 0, 100).map(({ kind }) => kind)).toContain("error");
      expect(executions.lastOf(found, "status")?.message).toBe("error");
    }
  } finally {
    executions.close();
    rmSync(folder, { recursive: true });
  }
});
