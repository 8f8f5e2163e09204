/** A person's jobs, and what the job manager refuses as answers of the API. */

import { JobError } from "../jobs/errors.ts";
import type { Job } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { ApiError, invalid, notFound } from "./http/api-error.ts";
import type { Person } from "./http/person.ts";

/** What Arbor's ids of jobs that learn online begin with. */
export const ONLINE_PREFIX = "grpo:";

/** A person's job of some kinds. @throws ApiError 404, for those of others too */
export function jobOf(jobs: JobManager, person: Person, id: string, kinds: readonly string[]): Job {
  const job = jobs.find(id.startsWith(ONLINE_PREFIX) ? id.slice(ONLINE_PREFIX.length) : id);
  if (job?.person !== person.id || !kinds.includes(job.kind)) throw notFound("job", id);
  return job;
}

/** Runs what the manager may refuse. @throws ApiError in its place */
export function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof JobError)) throw cause;
    if (cause.code === "not_found")
      throw new ApiError(404, "invalid_request_error", cause.message, null, "not_found");
    if (cause.code === "limit")
      throw new ApiError(429, "rate_limit_error", cause.message, null, "too_many_jobs");
    // Not 409: OpenAI's client would ask again by itself.
    throw invalid(cause.message, null, cause.code === "state" ? "invalid_state" : null);
  }
}
