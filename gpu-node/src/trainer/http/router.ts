/** The router of the trainer's API, and how other rooms add routes to it. */
import { Hono } from "hono";
import * as v from "valibot";
import type { Json } from "../../jobs/job.ts";
import { ApiError, invalid } from "./api-error.ts";
import { mayTrain, type Person } from "./person.ts";

/** What a handler finds in its context: `c.get("person")` is who calls. */
export interface TrainerEnv {
  readonly Bindings: { readonly person: Person };
  readonly Variables: { person: Person };
}

/** A router of Hono: `router.get("/models", (c) => ...)`. Paths are relative to `/v1`. */
export type TrainerRouter = Hono<TrainerEnv>;

/** Adds routes. What a handler throws as ApiError is answered as such; anything else is a 500 whose cause is logged only. */
export type TrainerRoutes = (router: TrainerRouter) => void;

/** Bytes of a JSON body where a route says nothing else. */
export const MAX_JSON = 4 * 1024 * 1024;

/** Where rooms add their routes. */
export interface TrainerMounts {
  /** Below `/v1`. */
  readonly v1: readonly TrainerRoutes[];
  /** Below `/v1/monitor`, and the same below `/monitor`. */
  readonly monitor: readonly TrainerRoutes[];
}

/** The whole application. @param log told of what went wrong in the node itself */
export function trainerApp(mounts: TrainerMounts, log: (line: string) => void): TrainerRouter {
  const app: TrainerRouter = new Hono<TrainerEnv>({ getPath: pathOf });
  app.use(async (c, next) => {
    mayTrain(c.env.person);
    c.set("person", c.env.person);
    await next();
    c.res.headers.set("cache-control", "no-store");
  });
  const routed = (rooms: readonly TrainerRoutes[]) => {
    const router: TrainerRouter = new Hono<TrainerEnv>();
    for (const room of rooms) room(router);
    return router;
  };
  app.route("/v1/monitor", routed(mounts.monitor));
  app.route("/monitor", routed(mounts.monitor));
  app.route("/v1", routed(mounts.v1));
  app.notFound((c) => {
    const message = `Unknown request: ${c.req.method} ${pathOf(c.req.raw)}.`;
    return new ApiError(404, "invalid_request_error", message, null, "unknown_url").response();
  });
  app.onError((error) => {
    if (error instanceof ApiError) return error.response();
    log(`trainer: ${error.stack ?? error.message}`);
    const message = "The node failed to answer; its log says more.";
    return new ApiError(500, "server_error", message, null, "internal").response();
  });
  return app;
}

/** A request's path without the token that may lead it: see `loopback.ts`. */
function pathOf(request: Request): string {
  const { pathname } = new URL(request.url);
  return /^\/t\/[^/]*(\/.*)$/.exec(pathname)?.[1] ?? pathname;
}

/** The body as JSON, bounded and checked. @throws ApiError that names the field */
export async function readBody<S extends v.GenericSchema>(
  request: Request,
  schema: S,
  most = MAX_JSON,
): Promise<v.InferOutput<S>> {
  return checked(schema, await readJson(request, most), "body");
}

/** The query, checked. @throws ApiError that names the parameter */
export function readQuery<S extends v.GenericSchema>(request: Request, schema: S): v.InferOutput<S> {
  return checked(schema, Object.fromEntries(new URL(request.url).searchParams), "query");
}

/** A value as its schema has it. @throws ApiError 400 that names the field */
export function checked<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const param = v.getDotPath(issue);
  if (issue.type === "strict_object" && issue.expected === "never")
    throw invalid(`Unknown parameter: '${param}'.`, param, "unknown_parameter");
  if (issue.type === "strict_object" || (issue.type === "object" && issue.received === "undefined"))
    throw invalid(`Missing required parameter: '${param}'.`, param, "missing_required_parameter");
  throw invalid(
    `${param ? `Invalid value for '${param}'` : `Invalid ${what}`}: ${sentence(issue.message)}`,
    param,
  );
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/** Reads no more than `most` bytes. */
async function readJson(request: Request, most: number): Promise<Json> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  if (request.body)
    for await (const part of request.body) {
      bytes += part.byteLength;
      if (bytes > most)
        throw new ApiError(
          413,
          "invalid_request_error",
          `The body is larger than ${most} bytes.`,
          null,
          "too_large",
        );
      parts.push(part);
    }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as Json;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalid("The body is not JSON.", null, "invalid_json");
    throw cause;
  }
}
