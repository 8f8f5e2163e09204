/** What jobs made: folders in their own. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PARTS } from "../jobs/child.ts";
import type { Job } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import type { Model } from "./models.ts";

/** Where something that a job wrote is on this machine. */
export function madeBy(jobs: JobManager, job: Pick<Job, "id">, path: string): string {
  return join(jobs.folderOf(job.id), PARTS.work, path);
}

/** A folder that transformers loads, as a model; undefined where it is none. */
export function modelIn(folder: string, ownedBy: string): Model | undefined {
  const about = { id: folder, folder, ownedBy };
  try {
    const createdMs = statSync(folder).mtimeMs;
    const adapter = join(folder, "adapter_config.json");
    if (!existsSync(adapter))
      return existsSync(join(folder, "config.json")) ? { ...about, base: undefined, createdMs } : undefined;
    const config = JSON.parse(readFileSync(adapter, "utf8")) as { base_model_name_or_path?: unknown };
    const base = config.base_model_name_or_path;
    return typeof base === "string" ? { ...about, base, createdMs } : undefined;
  } catch {
    // Half written, or not a model at all.
    return undefined;
  }
}
