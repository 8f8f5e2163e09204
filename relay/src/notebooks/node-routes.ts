/** What a node asks about the notebooks whose kernels it keeps. */
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";

/** The longest that a question stays open. */
const MAX_WAIT_SECONDS = 25;
const MAX_BODY = 2 * 1024 * 1024;

const Asked = v.object({
  notebooks: v.pipe(v.array(v.pipe(v.string(), v.maxLength(128))), v.maxLength(20_000)),
  /** Seconds to wait for one to be deleted, where none was. */
  wait: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_WAIT_SECONDS)), 0),
});

/** The routes. */
export function nodeRoutes({ notebooks }: RouteDependencies): RouteSpec[] {
  return [
    defineRoute({
      method: "POST",
      path: "/api/nodes/deleted-notebooks",
      summary: "Which of these notebooks were deleted: a node ends their kernels and removes their folders",
      tag: "Nodes",
      access: "node",
      maxBody: MAX_BODY,
      body: Asked,
      sample: ({ notebook }) => ({ body: { notebooks: [notebook] } }),
      responses: "{deleted: [id]}",
      async handler({ exchange, body }) {
        const gone = new AbortController();
        exchange.onAbort(() => gone.abort());
        const deleted = await notebooks.deleted.wait(body.notebooks, body.wait * 1000, gone.signal);
        if (!exchange.over) exchange.json(200, { deleted });
      },
    }),
  ];
}
