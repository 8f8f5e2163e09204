/** `/v1/nanochat`: runs and their stages, for pages and programs. */
import * as v from "valibot";
import type { Json } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { Count } from "../trainer/files/routes.ts";
import type { FileStore } from "../trainer/files/store.ts";
import { ApiError, notFound } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { readBody, readQuery, type TrainerRoutes } from "../trainer/http/router.ts";
import { asked } from "../trainer/jobs-of.ts";
import { reportCard } from "./card.ts";
import type { Engine } from "./engines/engine.ts";
import { benchmarksJson, type Evaluations } from "./evaluations.ts";
import { entryJson, runJson } from "./json.ts";
import { checkFiles } from "./own-files.ts";
import type { Pipeline, StageState } from "./pipeline.ts";
import { ENGINES, type EngineName, filesFor, isStage, STAGE_FACTS, STAGES, settingsFor } from "./stages.ts";
import type { Run } from "./store.ts";

const Settings = v.record(
  v.pipe(v.string(), v.maxLength(64)),
  v.union(
    [v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(100))],
    "it must be a number or a file's id",
  ),
);
const CreateRun = v.strictObject({
  name: v.string(),
  engine: v.optional(v.picklist(ENGINES), "bundled"),
  settings: v.optional(v.record(v.picklist(STAGES), Settings), {}),
});
const StartStage = v.strictObject({ settings: v.optional(Settings) });
const Nothing = v.strictObject({});
const After = v.object({
  after: v.optional(Count(0, 1_000_000_000), "0"),
  limit: v.optional(Count(1, 5000), "1000"),
});

/** The routes. */
export const nanochatRoutes =
  (
    jobs: JobManager,
    pipeline: Pipeline,
    evaluations: Evaluations,
    engines: Readonly<Record<EngineName, Engine>>,
    files: FileStore,
  ): TrainerRoutes =>
  (router) => {
    const runOf = (person: Person, id: string): Run => pipeline.get(person, id);
    const json = (run: Run) => runJson(run, pipeline.stages(run));
    const stageOf = (run: Run, name: string): StageState => {
      const found = pipeline.stages(run).find(({ stage }) => stage === name);
      if (!found) throw notFound("stage", name);
      return found;
    };
    const begun = (run: Run, name: string): string => {
      const { job, stage } = stageOf(run, name);
      if (!job)
        throw new ApiError(
          404,
          "invalid_request_error",
          `The stage ${stage} was not begun.`,
          null,
          "not_found",
        );
      return job.id;
    };

    router.get("/nanochat", (c) => c.json(aboutPipeline(jobs, engines)));
    router.get("/nanochat/runs", (c) =>
      c.json({ object: "list", data: pipeline.list(c.get("person")).map(json) }),
    );
    router.post("/nanochat/runs", async (c) => {
      const { name, engine, settings } = await readBody(c.req.raw, CreateRun);
      for (const stage of STAGES) checkFiles(files, c.get("person"), engine, stage, settings[stage] ?? {});
      return c.json(json(pipeline.create(c.get("person"), name, engine, settings)));
    });
    router.get("/nanochat/runs/:id", (c) => c.json(json(runOf(c.get("person"), c.req.param("id")))));
    router.delete("/nanochat/runs/:id", async (c) => {
      const run = runOf(c.get("person"), c.req.param("id"));
      await pipeline.remove(run);
      return c.json({ id: run.id, object: "nanochat.run", deleted: true });
    });

    for (const [name, act] of [
      ["run", (run: Run) => pipeline.runAll(run)],
      ["stop", (run: Run) => pipeline.stop(run)],
    ] as const)
      router.post(`/nanochat/runs/:id/${name}`, async (c) => {
        await readBody(c.req.raw, Nothing);
        return c.json(json(act(runOf(c.get("person"), c.req.param("id")))));
      });

    router.post("/nanochat/runs/:id/stages/:stage", async (c) => {
      const run = runOf(c.get("person"), c.req.param("id"));
      const { settings } = await readBody(c.req.raw, StartStage);
      const stage = c.req.param("stage");
      if (!isStage(stage)) throw notFound("stage", stage);
      checkFiles(files, c.get("person"), run.engine, stage, settings ?? {});
      pipeline.start(run, stage, settings);
      return c.json(json(run));
    });
    for (const move of ["pause", "resume", "cancel"] as const)
      router.post(`/nanochat/runs/:id/stages/:stage/${move}`, async (c) => {
        const run = runOf(c.get("person"), c.req.param("id"));
        await readBody(c.req.raw, Nothing);
        const job = begun(run, c.req.param("stage"));
        asked(() => jobs[move](job));
        return c.json(json(run));
      });
    router.get("/nanochat/runs/:id/stages/:stage/entries", (c) => {
      const run = runOf(c.get("person"), c.req.param("id"));
      const { after, limit } = readQuery(c.req.raw, After);
      const job = begun(run, c.req.param("stage"));
      const found = jobs.entries(job, after, limit + 1);
      return c.json({
        ...{ object: "list", job, data: found.slice(0, limit).map(entryJson) },
        has_more: found.length > limit,
      });
    });
    router.get("/nanochat/runs/:id/stages/:stage/log", (c) => {
      const job = begun(runOf(c.get("person"), c.req.param("id")), c.req.param("stage"));
      return c.body(new Uint8Array(jobs.output(job).bytes), 200, {
        "content-type": "text/plain; charset=utf-8",
      });
    });
    router.get("/nanochat/runs/:id/report", (c) => {
      const run = runOf(c.get("person"), c.req.param("id"));
      const card = reportCard(run, pipeline.stages(run), ({ id }) => jobs.metrics(id), new Date());
      return c.body(card, 200, {
        "content-type": "text/markdown; charset=utf-8",
        "content-disposition": `attachment; filename="${run.name}.md"`,
      });
    });

    router.delete("/nanochat/evaluations/:id", async (c) => {
      const id = c.req.param("id");
      await evaluations.remove(c.get("person"), id);
      return c.json({ id, object: "evaluation", deleted: true });
    });
  };

/** What there is to choose: engines, stages and their settings, benchmarks. */
function aboutPipeline(
  jobs: JobManager,
  engines: Readonly<Record<EngineName, Engine>>,
): Record<string, Json> {
  return {
    object: "nanochat",
    gpus: jobs.gpus,
    engines: ENGINES.map((name) => ({ name, title: engines[name].title, ...engines[name].status() })),
    stages: STAGES.map((stage) => ({
      ...{
        stage,
        title: STAGE_FACTS[stage].title,
        about: STAGE_FACTS[stage].about,
        needs: STAGE_FACTS[stage].needs,
      },
      files: Object.fromEntries(
        ENGINES.map((engine) => [
          engine,
          filesFor(stage, engine).map(({ name, title, format }) => ({ name, title, format })),
        ]),
      ),
      settings: Object.fromEntries(
        ENGINES.map((engine) => [
          engine,
          settingsFor(stage, engine).flatMap(({ name, title, least, most, whole, cpu, gpu }) => {
            const setting = { name, title, least, most, whole, default: jobs.gpus > 0 ? gpu : cpu };
            if (name !== "num_gpus") return [setting];
            // Where there is one, there is nothing to choose.
            return jobs.gpus > 1 ? [{ ...setting, most: jobs.gpus }] : [];
          }),
        ]),
      ),
    })),
    benchmarks: benchmarksJson(),
  };
}
