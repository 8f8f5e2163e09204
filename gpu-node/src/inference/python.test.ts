import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PYTHON_PROJECT } from "../kernels/environment/environments.ts";
import { ENVIRONMENT } from "./serving/model-server.ts";
import { ENVIRONMENTS, SETUP_MS } from "./testing/models.ts";

test(
  "the Python side holds its own: stop strings, half characters, batches, seeds, adapters, new weights",
  async () => {
    const { python } = await ENVIRONMENTS.ensure(ENVIRONMENT);
    const folder = join(PYTHON_PROJECT, "tests", "serve");
    const { stderr } = await promisify(execFile)(
      python,
      ["-W", "ignore", "-m", "unittest", "discover", "-s", folder, "-t", folder],
      { env: { ...process.env, PYTHONPATH: join(PYTHON_PROJECT, "src"), HF_HUB_OFFLINE: "1" } },
    );
    expect(stderr).toMatch(/Ran (1[5-9]|[2-9]\d) tests/);
  },
  SETUP_MS,
);
