/** `/openapi.json`: every flow as an operation with the JSON schema of its form, and what one does with a run. */
import type { Context } from "hono";
import { schemaOf } from "../launching/json-schema.ts";
import type { FlowForm, Launcher } from "../launching/launcher.ts";
import { toolNames } from "../mcp/tools.ts";
import type { Flow } from "../services/services.ts";
import type { FlowsEnv, FlowsRoutes } from "./router.ts";

const FID = { type: "string", pattern: "^[0-9a-f]{24}$" };
const JSON_OBJECT = { "application/json": { schema: { type: "object" } } };
const HANDED_IN = {
  type: "object",
  properties: {
    result: { ...FID, description: "the run's name" },
    errors: {
      type: "object",
      description: "why it was refused, by field; _global_ is the whole form's",
      additionalProperties: { type: "array", items: { type: "string" } },
    },
  },
};

/** What one does with a run: method, address, what it is, its answer's type. */
const RUNS = [
  ["get", "/outputs/status/{fid}", "How a run is, and its result", "application/json"],
  [
    "get",
    "/outputs/stream/{fid}",
    "Its events as they come; Last-Event-ID goes on behind one",
    "text/event-stream",
  ],
  ["get", "/outputs/raw/{fid}", "Its result as text", "text/plain"],
  ["post", "/outputs/cancel/{fid}", "Ends it", "application/json"],
  ["delete", "/outputs/{fid}", "Ends it, and removes all of it", undefined],
] as const;

/** The routes. */
export function openapiRoutes(launcher: Launcher): FlowsRoutes {
  return (router) => {
    router.get("/openapi.json", async (c) => {
      const person = c.get("person");
      const named = [...toolNames(await launcher.flows())];
      const flows = await Promise.all(
        named.map(async ([name, flow]) => {
          const form = await launcher.form(flow, person).catch(() => undefined);
          return form ? [[flow.url, pathItem(name, flow, form)] as const] : [];
        }),
      );
      return c.json({
        openapi: "3.1.0",
        info: { title: "Flows of Eyepiece", version: "0.1.0" },
        servers: [{ url: baseOf(c) }],
        security: [{ bearer: [] }],
        paths: { ...Object.fromEntries(flows.flat()), ...runPaths() },
        components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
      });
    });
  };
}

function pathItem(name: string, flow: Flow, { elements }: FlowForm): object {
  const { summary, description, tags, deprecated } = flow;
  const about = { summary, ...(description && { description }), tags, deprecated };
  return {
    get: {
      ...{ ...about, operationId: `${name}_form` },
      responses: { 200: { description: "The form", content: JSON_OBJECT } },
    },
    post: {
      ...{ ...about, operationId: name },
      requestBody: { content: { "application/json": { schema: schemaOf(elements) } } },
      responses: {
        200: {
          description: "A run was begun, or the form was refused",
          content: { "application/json": { schema: HANDED_IN } },
        },
      },
    },
  };
}

function runPaths(): Record<string, object> {
  const paths: Record<string, Record<string, object>> = {};
  for (const [method, path, summary, type] of RUNS) {
    const answer = type
      ? { 200: { description: summary, content: { [type]: {} } } }
      : { 204: { description: summary } };
    paths[path] = {
      ...paths[path],
      [method]: {
        ...{ summary, tags: ["runs"], responses: answer },
        parameters: [{ name: "fid", in: "path", required: true, schema: FID }],
      },
    };
  }
  return paths;
}

/** The address of this API as the client reaches it. */
function baseOf(c: Context<FlowsEnv>): string {
  const header = (name: string): string => c.req.header(name) ?? "";
  const host = header("x-forwarded-host");
  const prefix = header("x-forwarded-prefix") || "/api/flows";
  return host === "" ? prefix : `${header("x-forwarded-proto") || "http"}://${host}${prefix}`;
}
