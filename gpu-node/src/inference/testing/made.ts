/** The tiny models of tests: made by scripts in Python when they are first wanted, and kept until a script or the lock file changes. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { Environments, PYTHON_PROJECT } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { ENVIRONMENT } from "../serving/model-server.ts";

const KEPT = join(ENVIRONMENT_CACHE, "../models");

/** Writes the models `tiny`, `other`, `untaught`, `seeing` and the adapter `lora` into a folder; the other scripts use it, too. */
export const TINY = join(PYTHON_PROJECT, "tests", "serve", "tiny.py");

/** Puts what `SCRIPT FOLDER ARGS` makes into a folder of the caller's, as if it had been made there; makes the environment first. */
export async function putMade(script: string, folder: string, ...args: readonly string[]): Promise<void> {
  const { python } = await new Environments(ENVIRONMENT_CACHE).ensure(ENVIRONMENT);
  cpSync(await made(python, script, args), folder, { recursive: true });
  const adapter = join(folder, "lora", "adapter_config.json");
  if (!existsSync(adapter)) return;
  const config = JSON.parse(readFileSync(adapter, "utf8")) as { base_model_name_or_path: string };
  const base = join(folder, basename(config.base_model_name_or_path));
  writeFileSync(adapter, JSON.stringify({ ...config, base_model_name_or_path: base }));
}

async function made(python: string, script: string, args: readonly string[]): Promise<string> {
  const digest = createHash("sha256").update(JSON.stringify(args));
  for (const file of [script, TINY, join(PYTHON_PROJECT, "uv.lock")]) digest.update(readFileSync(file));
  const kept = join(KEPT, `${basename(script, ".py")}-${digest.digest("hex").slice(0, 12)}`);
  if (existsSync(kept)) return kept;
  mkdirSync(KEPT, { recursive: true });
  const part = mkdtempSync(join(KEPT, "part-"));
  try {
    await promisify(execFile)(python, [script, part, ...args]);
    renameSync(part, kept);
  } catch (cause) {
    // Another process may have made the same meanwhile.
    if (!existsSync(kept)) throw cause;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return kept;
}
