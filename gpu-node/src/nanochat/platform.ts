/** The NanoChat Platform's addresses: `/api/...` at the relay, below `/v1/nanochat/api` here. */
import * as v from "valibot";
import { CHAT, COMPLETION } from "../inference/openai/answers.ts";
import { apiError, completeStream, completeWhole, type Generate } from "../inference/openai/complete.ts";
import { type Asked, chatRequest, completionRequest, MAX_BODY } from "../inference/openai/requests.ts";
import type { ModelServer } from "../inference/serving/model-server.ts";
import type { Json } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { ApiError, invalid } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { readBody, readQuery, type TrainerRoutes } from "../trainer/http/router.ts";
import type { Model, ModelSource } from "../trainer/models.ts";
import type { Engine } from "./engines/engine.ts";
import { benchmarksJson, type Evaluations } from "./evaluations.ts";
import { scoresOf } from "./json.ts";
import { BENCHMARKS } from "./kind.ts";
import { PREFIX } from "./models.ts";
import { ENGINES, type EngineName } from "./stages.ts";

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const Body = v.record(v.string(), v.unknown());
const RunEvaluation = v.strictObject({
  models: v.optional(v.pipe(v.array(Id), v.maxLength(64))),
  model: v.optional(Id),
  benchmarks: v.optional(v.pipe(v.array(Id), v.maxLength(64)), []),
});
const Which = v.object({ id: v.optional(v.string()) });
/** What an answer may be long where nothing is said. */
const SOME_TOKENS = 256;

/** What these addresses stand on. */
export interface PlatformContext {
  readonly jobs: JobManager;
  readonly inference: ModelServer;
  readonly models: ModelSource;
  readonly evaluations: Evaluations;
  readonly engines: Readonly<Record<EngineName, Engine>>;
}

/** The routes. */
export const platformRoutes =
  ({ jobs, inference, models, evaluations, engines }: PlatformContext): TrainerRoutes =>
  (router) => {
    const find = (person: Person, id: string): Model => {
      const model = models.find(person, id);
      if (model) return model;
      throw new ApiError(
        404,
        "invalid_request_error",
        `There is no model ${id}.`,
        "model",
        "model_not_found",
      );
    };
    const generator =
      (person: Person, model: Model): Generate =>
      (request, listener, signal) =>
        inference.generate(person, model, request, listener, signal);

    /** A body with a model: what was trained last, where none is named. */
    const named = async (request: Request, person: Person): Promise<Record<string, unknown>> => {
      const body = await readBody(request, Body, MAX_BODY);
      return { ...body, model: body.model ?? defaultModel(models, person) };
    };

    router.post("/nanochat/api/chat/completions", async (c) => {
      const person = c.get("person");
      const body = await named(c.req.raw, person);
      // The platform's clients read a stream unless they say otherwise.
      const asked = chatRequest({ stream: true, ...body });
      const complete = asked.stream ? completeStream : completeWhole;
      try {
        return await complete(asked, CHAT, generator(person, find(person, asked.model)), c.req.raw.signal);
      } catch (cause) {
        throw apiError(cause);
      }
    });

    router.post("/nanochat/api/inference", async (c) => {
      const person = c.get("person");
      const { prompt, messages, ...rest } = await named(c.req.raw, person);
      if ((prompt === undefined) === (messages === undefined))
        throw invalid(
          "Send either a prompt, which is gone on with, or messages, which are answered.",
          "prompt",
        );
      const more = { max_tokens: SOME_TOKENS, ...rest, stream: false };
      const [asked, shape]: [Asked, typeof CHAT] =
        prompt === undefined
          ? [chatRequest({ ...more, messages }), CHAT]
          : [completionRequest({ ...more, prompt }), COMPLETION];
      const model = find(person, asked.model);
      try {
        const whole = await completeWhole(asked, shape, generator(person, model), c.req.raw.signal);
        const { choices, usage } = (await whole.json()) as Completed;
        const [first] = choices;
        const text = first?.message?.content ?? first?.text ?? "";
        return c.json({
          model: model.id,
          text,
          finish_reason: first?.finish_reason ?? null,
          usage: usage ?? null,
        });
      } catch (cause) {
        throw apiError(cause);
      }
    });

    const listed = (person: Person) =>
      models.list(person).map((model) => ({
        ...{ id: model.id, object: "model", owned_by: model.ownedBy, state: inference.stateOf(model) },
        created: Math.floor(model.createdMs / 1000),
      }));
    for (const path of ["/nanochat/api/chat/models", "/nanochat/api/eval/models"] as const)
      router.get(path, (c) => c.json({ object: "list", data: listed(c.get("person")) }));

    router.get("/nanochat/api/eval/benchmarks", (c) => c.json({ object: "list", data: benchmarksJson() }));
    router.post("/nanochat/api/eval/run", async (c) => {
      const { models: several, model, benchmarks } = await readBody(c.req.raw, RunEvaluation);
      const begun = evaluations.run(
        c.get("person"),
        several ?? (model === undefined ? [] : [model]),
        benchmarks,
      );
      const data = begun.map((job) => evaluations.json(job));
      return c.json({ id: data[0]?.run ?? null, object: "evaluation.run", data });
    });
    router.get("/nanochat/api/eval/status", (c) => {
      const { id } = readQuery(c.req.raw, Which);
      const data = evaluations.list(c.get("person"), id).map((job) => evaluations.json(job));
      return c.json({ object: "list", data });
    });
    router.get("/nanochat/api/eval/results", (c) => {
      const { id } = readQuery(c.req.raw, Which);
      const data = evaluations.list(c.get("person"), id).flatMap((job) =>
        Object.entries(scoresOf(job)).map(([benchmark, { score, items, margin, examples }]) => ({
          ...{ ...evaluations.json(job), benchmark, score, items, margin, examples },
          chance: Object.hasOwn(BENCHMARKS, benchmark)
            ? BENCHMARKS[benchmark as keyof typeof BENCHMARKS].chance
            : null,
        })),
      );
      return c.json({ object: "list", data } as unknown as Record<string, Json>);
    });

    router.get("/nanochat/api/execute/nanochat-status", (c) => {
      const { available, message } = engines.checkout.status();
      return c.json({
        ...{
          available: true,
          checkout: available,
          message: available ? message : engines.bundled.status().message,
        },
        engines: ENGINES.map((name) => ({ name, ...engines[name].status() })),
        gpus: jobs.gpus,
        models: models.list(c.get("person")).filter(({ id }) => id.startsWith(PREFIX)).length,
      });
    });
  };

interface Completed {
  readonly choices: readonly {
    readonly text?: string;
    readonly message?: { readonly content?: string | null };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: Json;
}

/** The newest of one's runs' models, or the first that there is. @throws ApiError where there is none */
function defaultModel(models: ModelSource, person: Person): string {
  const all = models.list(person);
  const own = all.filter(({ id }) => id.startsWith(PREFIX)).sort((a, b) => b.createdMs - a.createdMs);
  const chosen = own[0] ?? all[0];
  if (chosen) return chosen.id;
  throw invalid("There is no model on this node yet: train one, or name one.", "model", "model_not_found");
}
