/** A disk that is full, and memory that is not there: real ones, of a job that trains. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markedProcesses } from "../jobs/marked.ts";
import { reach, until } from "../jobs/testing/jobs.ts";
import { sandboxed } from "../launcher/probe.ts";
import { EXAMPLES, JOB_MS, keptFile, SETUP_MS, tinyHome, trainerOver } from "./testing/trainer.ts";
import type { Trainer } from "./trainer.ts";

const run = promisify(execFile);
const { works } = await sandboxed();
let home = "";
let file = "";
let trainer: Trainer | undefined;

beforeAll(async () => {
  home = await tinyHome();
  const long = [
    { role: "user", content: "x" },
    { role: "assistant", content: "y".repeat(60_000) },
  ];
  file = await keptFile(home, "ada", `${EXAMPLES.supervised}${JSON.stringify({ messages: long })}\n`);
}, SETUP_MS);
afterAll(async () => {
  await trainer?.close();
  rmSync(home, { recursive: true, force: true });
});

test.skipIf(!works)(
  "a full disk ends the upload and the job that filled it, in words, and the next ones go well",
  async () => {
    const disk = mkdtempSync(join(tmpdir(), "eyepiece-small-"));
    try {
      const { stdout } = await run("unshare", [
        ...["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ...["sh", "-ec", 'mount -t tmpfs -o size=24m none "$0"; exec "$@"', disk],
        ...[process.execPath, join(import.meta.dirname, "testing/full-disk-process.ts"), disk],
        join(home, "models/tiny"),
      ]);
      expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toEqual({
        large: [507, "The node's disk is full: delete files or jobs."],
        // Nothing of what was refused stays.
        kept: 0,
        // The program hears of it first, or the store that keeps what it tells.
        full: expect.stringMatching(/The node's disk is full: delete jobs|Is the node's disk full\?/),
        step: expect.any(Number),
        after: "succeeded",
      });
    } finally {
      rmSync(disk, { recursive: true, force: true });
    }
  },
  2 * JOB_MS,
);

test(
  "a job that gets no more memory fails in words, and its GPU and processes are gone",
  async () => {
    trainer = await trainerOver(home);
    const { jobs } = trainer;
    const { id } = jobs.submit({
      ...{ person: "ada", kind: "fine-tuning" },
      params: {
        ...{ method: "supervised", model: "tiny", training_file: file, validation_file: null, seed: 5 },
        ...{ asked: {}, suffix: null, metadata: null, grader: null },
        hyperparameters: {
          num_train_epochs: 1,
          per_device_train_batch_size: 1,
          max_length: 100_000,
          save_steps: 2000,
        },
      },
    });
    await until(jobs, id, ({ kind }) => kind === "metrics");
    // As on a machine whose memory others have taken: the kernel gives it a little more, and the long line needs much.
    for (const pid of markedProcesses(id)) {
      const size = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[0]) * 4096;
      await run("prlimit", ["--pid", `${pid}`, `--as=${size + 64 * 1024 ** 2}`]);
    }
    const { reason } = await reach(jobs, id, "failed");
    expect(reason).toMatch(/The machine has no memory left\. Lower batch_size or max_length/);
    expect(markedProcesses(id)).toEqual([]);
  },
  JOB_MS,
);
