/** `/v1/fine_tuning/grpo`: Arbor's online GRPO. */
import type { Job, Json } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { isOver } from "../../jobs/states.ts";
import type { ModelFetcher } from "../fetch.ts";
import { ONLINE } from "../fine-tuning/fine-tuned.ts";
import { noModel, paramsOf } from "../fine-tuning/kind.ts";
import { invalid } from "../http/api-error.ts";
import type { Person } from "../http/person.ts";
import { checked, MAX_JSON, readBody, type TrainerRoutes } from "../http/router.ts";
import { asked, jobOf } from "../jobs-of.ts";
import type { ModelSource } from "../models.ts";
import { Checkpoint, groupsOf, Initialize, MAX_STEP, Named, onlineParams, Step } from "./request.ts";
import type { OnlineRuns } from "./runs.ts";

/** How often a run goes on after the node died under it: its commands are kept. */
const RETRIES = 10;

/** Runs that are looked at where none is named. */
const OPEN = 50;

/** The routes. */
export const onlineRoutes =
  (jobs: JobManager, runs: OnlineRuns, models: ModelSource, fetcher: ModelFetcher): TrainerRoutes =>
  (router) => {
    router.post("/fine_tuning/grpo/initialize", async (c) => {
      const person = c.get("person");
      const body = await readBody(c.req.raw, Initialize);
      const { params, gpus } = onlineParams(body);
      if (!models.find(person, body.model) && !fetcher.could(body.model))
        throw invalid(noModel(body.model), "model", "model_not_found");
      const job = asked(() =>
        jobs.submit({
          ...{ person: person.id, kind: ONLINE, params: params as unknown as Json, retries: RETRIES },
          // One GPU serves and trains by turns; none is no hindrance.
          gpus: Math.min(gpus ?? 1, jobs.gpus),
        }),
      );
      return c.json(runs.of(job).status());
    });

    const calls: Record<string, (job: Job, body: unknown) => Promise<void> | void> = {
      status: () => {},
      // What DSPy 2.6 asks for after its steps; weights are given out by themselves.
      update_model: () => {},
      step: async (job, body) => {
        const { batch, batch_id } = checked(Step, body, "body");
        const generations = Number(paramsOf(job).hyperparameters.num_generations);
        await runs.of(job).step(batch_id ?? undefined, groupsOf(batch, generations));
      },
      checkpoint: (job, body) => runs.of(job).checkpoint(checked(Checkpoint, body, "body").checkpoint_name),
      cancel: (job) => {
        asked(() => jobs.cancel(job.id));
      },
      terminate: async (job) => {
        // Again does no harm: clients end what they have ended.
        if (!isOver(job.state)) await runs.of(job).end();
      },
    };
    const find = (person: Person, id: string | undefined): Job => {
      if (id !== undefined) return jobOf(jobs, person, id, [ONLINE]);
      // Arbor had one run at a time once, and its clients of then (DSPy 2.6) name none.
      const open = jobs
        .list({ person: person.id, kind: ONLINE, limit: OPEN })
        .filter(({ state }) => !isOver(state));
      const [only] = open;
      if (only && open.length === 1) return only;
      const why = only ? "more than one run is open" : "no run is open";
      throw invalid(`Missing required parameter: 'job_id' (${why}).`, "job_id");
    };
    for (const [name, call] of Object.entries(calls)) {
      const most = name === "step" ? MAX_STEP : MAX_JSON;
      router.post(`/fine_tuning/grpo/${name}`, async (c) => {
        // Those clients also send nothing at all.
        const empty = !c.req.header("content-length") || c.req.header("content-length") === "0";
        const body =
          empty && !c.req.header("transfer-encoding") ? {} : await readBody(c.req.raw, Named, most);
        const job = find(c.get("person"), body.job_id);
        await call(job, body);
        return c.json(runs.of(job).status());
      });
      router.post(`/fine_tuning/grpo/:id/${name}`, async (c) => {
        const body = await readBody(c.req.raw, Named, most);
        const job = find(c.get("person"), c.req.param("id"));
        await call(job, body);
        return c.json(runs.of(job).status());
      });
    }
    router.get("/fine_tuning/grpo/:id/status", (c) =>
      c.json(runs.of(find(c.get("person"), c.req.param("id"))).status()),
    );
  };
