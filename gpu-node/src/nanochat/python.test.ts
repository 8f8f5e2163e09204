import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Environments, PYTHON_PROJECT } from "../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../kernels/testing/kernels.ts";
import { TRAIN } from "../trainer/python.ts";
import { SETUP_MS } from "../trainer/testing/trainer.ts";

test(
  "the Python side holds its own: bits per byte, the tokenizer, the bundled text, nanochat's lines",
  async () => {
    const { python } = await new Environments(ENVIRONMENT_CACHE).ensure(TRAIN);
    const folder = join(PYTHON_PROJECT, "tests", "nanochat");
    const { stderr } = await promisify(execFile)(
      python,
      ["-W", "ignore", "-m", "unittest", "discover", "-s", folder, "-t", folder],
      { env: { ...process.env, PYTHONPATH: join(PYTHON_PROJECT, "src"), HF_HUB_OFFLINE: "1" } },
    );
    expect(stderr).toMatch(/Ran (2[2-9]|[3-9]\d) tests/);
  },
  SETUP_MS,
);
