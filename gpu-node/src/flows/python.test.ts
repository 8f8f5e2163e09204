import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Environments, PYTHON_PROJECT } from "../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../kernels/testing/kernels.ts";
import { ENVIRONMENT } from "./agent/gateway.ts";
import { SETUP_MS } from "./testing/flows.ts";

test(
  "the Python side holds its own: every element of forms, typed forms, values, the agent's numbering",
  async () => {
    const { python } = await new Environments(ENVIRONMENT_CACHE).ensure(ENVIRONMENT);
    const folder = join(PYTHON_PROJECT, "tests", "flows");
    const { stderr } = await promisify(execFile)(
      python,
      ["-W", "error", "-m", "unittest", "discover", "-s", folder, "-t", folder],
      { env: { ...process.env, PYTHONPATH: join(PYTHON_PROJECT, "src"), PYTHONDONTWRITEBYTECODE: "1" } },
    );
    expect(stderr).toMatch(/Ran (1[4-9]|[2-9]\d) tests/);
  },
  SETUP_MS,
);
