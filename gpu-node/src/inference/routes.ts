/** The routes of this room: OpenAI's of models and completions, and Arbor's of starting and ending a model. */
import * as v from "valibot";
import type { Json } from "../jobs/job.ts";
import { ApiError } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { checked, readBody, type TrainerRoutes } from "../trainer/http/router.ts";
import type { Model, ModelSource } from "../trainer/models.ts";
import { CHAT, COMPLETION, type Shape } from "./openai/answers.ts";
import { apiError, completeStream, completeWhole, type Generate } from "./openai/complete.ts";
import { type Asked, chatRequest, completionRequest, MAX_BODY } from "./openai/requests.ts";
import type { ModelServer } from "./serving/model-server.ts";

const Named = v.looseObject({ model: v.pipe(v.string(), v.minLength(1)) });
const MaybeNamed = v.looseObject({ model: v.nullish(v.string()) });

/** Models that a person may delete: what jobs made goes with its job, and what lies in the node's folders is everybody's. */
export interface Removable {
  /** @returns false where there is none of this name */
  remove(person: Person, id: string): Promise<boolean>;
}

/** The routes. @param models which models there are for whom */
export const inferenceRoutes =
  (server: ModelServer, models: ModelSource, own?: Removable): TrainerRoutes =>
  (router) => {
    const find = (person: Person, id: string): Model => {
      // DSPy's client of Arbor leaves its own prefix on.
      const model = models.find(person, id.replace(/^arbor:/, ""));
      if (model) return model;
      throw new ApiError(
        404,
        "invalid_request_error",
        `The model '${id}' does not exist or you do not have access to it.`,
        "model",
        "model_not_found",
      );
    };
    const json = (model: Model): Record<string, Json> => ({
      ...{ id: model.id, object: "model", created: Math.floor(model.createdMs / 1000) },
      ...{ owned_by: model.ownedBy, state: server.stateOf(model), adapter: model.base !== undefined },
      doing: server.doing(model),
    });

    router.get("/models", (c) => {
      // Whoever looks at models is about to use one.
      void server.warm();
      return c.json({ object: "list", data: models.list(c.get("person")).map(json) });
    });
    router.get("/models/:id{.+}", (c) => c.json(json(find(c.get("person"), c.req.param("id")))));

    router.delete("/models/:id{.+}", async (c) => {
      const [person, id] = [c.get("person"), c.req.param("id")];
      const model = find(person, id);
      server.kill(person, model);
      if (!(await own?.remove(person, id)))
        throw new ApiError(
          403,
          "permission_error",
          `The model '${id}' is not one that you kept: delete the job that made it, or ask the node's owner.`,
          "model",
        );
      return c.json({ id, object: "model", deleted: true });
    });

    for (const [path, shape, read] of [
      ["/chat/completions", CHAT, chatRequest],
      ["/completions", COMPLETION, completionRequest],
    ] as const satisfies readonly (readonly [string, Shape, (body: unknown) => Asked])[])
      router.post(path, async (c) => {
        const asked = read(await readBody(c.req.raw, v.unknown(), MAX_BODY));
        const person = c.get("person");
        const model = find(person, asked.model);
        const generate: Generate = (request, listener, signal) =>
          server.generate(person, model, request, listener, signal);
        try {
          const complete = asked.stream ? completeStream : completeWhole;
          return await complete(asked, shape, generate, c.req.raw.signal);
        } catch (cause) {
          throw apiError(cause);
        }
      });

    router.post("/chat/launch", async (c) => {
      const { model } = await readBody(c.req.raw, Named);
      try {
        await server.launch(c.get("person"), find(c.get("person"), model));
      } catch (cause) {
        throw apiError(cause);
      }
      return c.json({ message: "Inference server launched", model });
    });
    router.post("/chat/kill", async (c) => {
      const text = await c.req.text();
      const { model } = text.trim() === "" ? {} : checked(MaybeNamed, parsed(text), "body");
      const person = c.get("person");
      const ended = model ? Number(server.kill(person, find(person, model))) : server.killAll(person);
      return c.json({ message: "Inference server killed", ended });
    });
  };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
