/** `/v1/fine_tuning/jobs`. */
import * as v from "valibot";
import type { Job, Json } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { sandboxed } from "../../launcher/probe.ts";
import type { ModelFetcher } from "../fetch.ts";
import { Count } from "../files/routes.ts";
import type { FileStore } from "../files/store.ts";
import { ApiError, invalid } from "../http/api-error.ts";
import type { Person } from "../http/person.ts";
import { readBody, readQuery, type TrainerRoutes } from "../http/router.ts";
import { asked, jobOf } from "../jobs-of.ts";
import type { ModelSource } from "../models.ts";
import { ONLINE, TUNING } from "./fine-tuned.ts";
import { checkpointJson, entryOf, eventJson, jobJson } from "./json.ts";
import { noModel } from "./kind.ts";
import { CreateJob, tuningParams } from "./request.ts";

const Page = v.object({
  limit: v.optional(Count(1, 1000), "20"),
  after: v.optional(v.string()),
});

const NO_CODE =
  "This machine cannot box in people's code, so only its owner may use graders of type python: use string_check or text_similarity.";

const NO_CODE_ELSEWHERE =
  "Nothing boxes in people's code on a Ray cluster, so only this node's owner may use graders of type python there: use string_check or text_similarity.";

/** The routes. @param clusters addresses of Ray clusters */
export const tuningRoutes =
  (
    jobs: JobManager,
    files: FileStore,
    models: ModelSource,
    fetcher: ModelFetcher,
    clusters: readonly string[] = [],
  ): TrainerRoutes =>
  (router) => {
    const find = (person: Person, id: string): Job => jobOf(jobs, person, id, [TUNING, ONLINE]);

    router.post("/fine_tuning/jobs", async (c) => {
      const person = c.get("person");
      const body = await readBody(c.req.raw, CreateJob);
      const params = tuningParams(body, files, person, clusters);
      if (runsCode(params.grader) && person.role !== "owner" && !(await sandboxed()).works)
        throw new ApiError(403, "permission_error", NO_CODE, "method.reinforcement.grader", "forbidden");
      if (runsCode(params.grader) && person.role !== "owner" && params.ray)
        throw new ApiError(
          403,
          "permission_error",
          NO_CODE_ELSEWHERE,
          "method.reinforcement.grader",
          "forbidden",
        );
      if (!models.find(person, body.model) && !fetcher.could(body.model))
        throw invalid(noModel(body.model), "model", "model_not_found");
      const job = asked(() =>
        jobs.submit({
          ...{ person: person.id, kind: TUNING, params: params as unknown as Json },
          // What computes on a cluster is its scheduler's, and nothing of this machine.
          gpus: params.ray ? 0 : (body.num_gpus ?? Math.min(1, jobs.gpus)),
          ...{ priority: body.priority ?? 0 },
          // A node without GPUs has none to share.
          gpuBytes: jobs.gpus === 0 ? 0 : Math.round((body.gpu_memory_gb ?? 0) * 1024 ** 3),
        }),
      );
      return c.json(jobJson(jobs, job));
    });

    router.get("/fine_tuning/jobs", (c) => {
      const { limit, after } = readQuery(c.req.raw, Page);
      const person = c.get("person");
      if (after !== undefined && jobs.find(after)?.person !== person.id)
        throw invalid(`There is no job ${after} to go on after.`, "after");
      const found = jobs.list({
        ...{ person: person.id, kind: TUNING, limit: limit + 1 },
        ...(after !== undefined && { before: after }),
      });
      const data = found.slice(0, limit).map((job) => jobJson(jobs, job));
      return c.json({ object: "list", data, has_more: found.length > limit });
    });

    router.get("/fine_tuning/jobs/:id", (c) =>
      c.json(jobJson(jobs, find(c.get("person"), c.req.param("id")))),
    );

    router.get("/fine_tuning/jobs/:id/events", (c) => {
      const { limit, after } = readQuery(c.req.raw, Page);
      const { id } = find(c.get("person"), c.req.param("id"));
      const before = after === undefined ? undefined : entryOf(after);
      if (after !== undefined && before === undefined) throw invalid(`There is no event ${after}.`, "after");
      const found = jobs.latest(id, { limit: limit + 1, ...(before !== undefined && { before }) });
      const data = found.slice(0, limit).map((entry) => eventJson(id, entry));
      return c.json({ object: "list", data, has_more: found.length > limit });
    });

    router.get("/fine_tuning/jobs/:id/checkpoints", (c) => {
      const { limit, after } = readQuery(c.req.raw, Page);
      const job = find(c.get("person"), c.req.param("id"));
      const points = jobs.metrics(job.id);
      const all = jobs
        .latest(job.id, { kinds: ["checkpoint"], limit: 10_000 })
        .flatMap((entry) => checkpointJson(jobs, job, entry, points) ?? []);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && start === 0) throw invalid(`There is no checkpoint ${after}.`, "after");
      const data = all.slice(start, start + limit);
      const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null];
      return c.json({
        object: "list",
        data,
        first_id: first,
        last_id: last,
        has_more: start + limit < all.length,
      });
    });

    const moves = {
      cancel: (id: string) => jobs.cancel(id),
      pause: (id: string) => jobs.pause(id),
      resume: (id: string) => jobs.resume(id),
    } as const;
    for (const [name, move] of Object.entries(moves))
      router.post(`/fine_tuning/jobs/:id/${name}`, (c) => {
        const { id } = find(c.get("person"), c.req.param("id"));
        return c.json(
          jobJson(
            jobs,
            asked(() => move(id)),
          ),
        );
      });

    router.delete("/fine_tuning/jobs/:id", (c) => {
      const { id } = find(c.get("person"), c.req.param("id"));
      asked(() => jobs.remove(id));
      return c.json({ id, object: "fine_tuning.job", deleted: true });
    });
  };

/** Whether a grader, or one of several, is a person's own code. */
function runsCode(grader: Json): boolean {
  const { type, graders } = (grader ?? {}) as { type?: string; graders?: Record<string, Json> };
  return type === "python" || Object.values(graders ?? {}).some(runsCode);
}
