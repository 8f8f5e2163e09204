/** The router of the flows' API: who calls, errors in one shape, bounded bodies. */
import { Hono } from "hono";
import * as v from "valibot";
import type { Person } from "../../trainer/http/person.ts";
import { GatewayError } from "../agent/errors.ts";
import { notWritten, StorageError } from "../executions/room.ts";
import { RunError } from "../executions/runs.ts";
import { PathError } from "../files/paths.ts";
import { FlowsHttpError } from "./errors.ts";

/** What a handler finds: `c.get("person")` is who calls, by the relay's word. */
export interface FlowsEnv {
  readonly Bindings: { readonly person: Person };
  readonly Variables: { person: Person };
}
export type FlowsRouter = Hono<FlowsEnv>;
/** Adds routes; paths are relative to `/api/flows`. */
export type FlowsRoutes = (router: FlowsRouter) => void;

/** Of a body that is no file. */
export const MAX_BODY = 4 * 1024 * 1024;

/** The whole application. @param log told of what went wrong in the node itself */
export function flowsApp(rooms: readonly FlowsRoutes[], log: (line: string) => void): FlowsRouter {
  const app: FlowsRouter = new Hono<FlowsEnv>({ strict: false });
  app.use(async (c, next) => {
    const { person } = c.env;
    if (person.id === "" || !/^[A-Za-z0-9_-]{1,64}$/.test(person.id))
      throw new FlowsHttpError(401, "Sign in first.");
    if (person.role === "guest") throw new FlowsHttpError(403, "Guests of a share link cannot run flows.");
    c.set("person", person);
    await next();
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  });
  for (const room of rooms) room(app);
  app.notFound((c) => new FlowsHttpError(404, `There is nothing at ${c.req.path}.`).response(c.req.path));
  app.onError((error, c) => {
    const known = asHttp(error);
    if (known) return known.response(c.req.path);
    log(`flows: ${error.stack ?? error.message}`);
    return new FlowsHttpError(500, "The node failed to answer; its log says more.").response(c.req.path);
  });
  return app;
}

function asHttp(error: Error): FlowsHttpError | undefined {
  if (error instanceof FlowsHttpError) return error;
  if (error instanceof RunError) return new FlowsHttpError(429, error.message);
  if (error instanceof StorageError) return new FlowsHttpError(507, error.message);
  if (notWritten(error))
    return new FlowsHttpError(
      507,
      "The node's disk is full: nothing was stored. Have room made, and try again.",
    );
  if (error instanceof GatewayError || error.name === "EnvironmentError")
    return new FlowsHttpError(503, error.message);
  if (error instanceof PathError)
    return new FlowsHttpError(error.code === "ENOENT" ? 404 : 400, error.message);
  return undefined;
}

/** Who operates: exposes services, starts them. @throws FlowsHttpError 403 */
export function mustOperate(person: Person): void {
  if (person.role !== "owner") throw new FlowsHttpError(403, "Only owners of this installation may do this.");
}

/** The fields of a form: JSON, or what a browser's own form sends. @throws FlowsHttpError */
export async function readFields(request: Request): Promise<Record<string, unknown>> {
  const kind = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const bytes = await bodyOf(request);
  if (kind === "application/x-www-form-urlencoded" || kind === "multipart/form-data") {
    const form = await formOf(request, bytes);
    const fields: Record<string, unknown> = Object.create(null);
    for (const [name, value] of form) {
      if (typeof value !== "string")
        throw new FlowsHttpError(400, `Files are uploaded by /files first: ${name.slice(0, 100)}.`);
      fields[name] = value;
    }
    return fields;
  }
  if (bytes.byteLength === 0) return {};
  const value = parsed(bytes.toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new FlowsHttpError(400, "The body is not JSON with the form's fields.");
  return value as Record<string, unknown>;
}

/** A JSON body through its schema. @throws FlowsHttpError that names the field */
export async function readBody<S extends v.GenericSchema>(
  request: Request,
  schema: S,
): Promise<v.InferOutput<S>> {
  const value = parsed((await bodyOf(request)).toString("utf8"));
  const read = v.safeParse(schema, value);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new FlowsHttpError(400, `${v.getDotPath(issue) ?? "The body"}: ${issue.message}.`);
}

/** A body of a form, with its files. @throws FlowsHttpError */
export function formOf(request: Request, bytes: Buffer<ArrayBuffer>): Promise<FormData> {
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  return new Response(bytes, { headers }).formData().catch(() => {
    throw new FlowsHttpError(400, "The body is no form.");
  });
}

/** The whole body. @throws FlowsHttpError 413 beyond `most` bytes */
export async function bodyOf(request: Request, most = MAX_BODY): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > most) throw new FlowsHttpError(413, `The body is larger than ${most} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
