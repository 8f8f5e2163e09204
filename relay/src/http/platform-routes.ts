/** The NanoChat Platform's addresses: they belong to a node's trainer, below `/v1/nanochat` there. Here only who may ask is decided. */
import { heldBy } from "../accounts/ended.ts";
import { tunnel } from "../tunnel/http.ts";
import { TRAINER } from "../tunnel/target.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteContext, type RouteSpec } from "./router.ts";
import { reachTrainer } from "./trainer-routes.ts";

/** A body of no bytes. */
const NOTHING = { start: (take: (bytes: Uint8Array, last: boolean) => void) => take(new Uint8Array(), true) };

/** Each address, and a line about it. */
const ADDRESSES = [
  ["GET", "/api/chat/models", "Models that one may chat with"],
  ["POST", "/api/chat/completions", "An answer, as server-sent events unless `stream` is false"],
  [
    "POST",
    "/api/inference",
    "A prompt gone on with, or messages answered, as a whole: `{model, text, usage}`",
  ],
  ["GET", "/api/eval/models", "Models that can be evaluated"],
  ["GET", "/api/eval/benchmarks", "Benchmarks, their sizes, and what guessing scores"],
  ["POST", "/api/eval/run", "Evaluates models: `{models, benchmarks?}`"],
  ["GET", "/api/eval/status", "Where evaluations stand; `?id=` for one run of them"],
  ["GET", "/api/eval/results", "What evaluations came to; `?id=` for one run of them"],
  ["GET", "/api/execute/nanochat-status", "Which engines train nanochat on the node, and why one does not"],
] as const;

/** The routes. */
export function platformRoutes(to: RouteDependencies): RouteSpec[] {
  const pass = (context: RouteContext, body: typeof NOTHING): Promise<void> => {
    const { exchange, person, proof } = context;
    if (!proof) throw new HttpError(404, "not_found", `There is nothing at ${exchange.path}.`);
    const target = {
      ...{ node: exchange.header("x-eyepiece-node"), service: TRAINER, prefix: "", own: true },
      path: `/v1/nanochat${exchange.path}${exchange.query ? `?${exchange.query}` : ""}`,
    };
    const reached = reachTrainer(target, to, person);
    return tunnel(exchange, body, reached, person, to.switchboard, to.scheme, to.folder, (peer) =>
      to.belongs(peer, heldBy(proof)),
    );
  };
  return ADDRESSES.map(([method, path, summary]) => {
    const common = { path, summary, tag: "NanoChat Platform", access: "people", scope: "run" } as const;
    return method === "GET"
      ? defineRoute({ ...common, method, handler: (context) => pass(context, NOTHING) })
      : defineRoute({ ...common, method, raw: true, handler: (context) => pass(context, context.upload) });
  });
}
