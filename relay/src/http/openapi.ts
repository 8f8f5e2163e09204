/** The description of the API, made from the table of routes: as OpenAPI for programs, as a page for people. */
import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { escapeHtml } from "./html.ts";
import { defineRoute, type RouteAccess, type RouteSpec } from "./router.ts";

type Schema = Readonly<Record<string, unknown>>;

const ACCESS: Readonly<Record<RouteAccess, string>> = {
  public: "Anybody.",
  "signed-in": "Whoever is signed in, guests of share links as well, with a right to the thing.",
  people: "People with an account.",
  owner: "Administrators.",
  node: "Nodes, by their token.",
};

/** The routes that show the description of all of `specs`. */
export function openapiRoutes(specs: () => readonly RouteSpec[], version: string): RouteSpec[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/openapi.json",
      summary: "This API as an OpenAPI 3.1 document",
      tag: "System",
      access: "public",
      handler({ exchange }) {
        exchange.json(200, openapi(specs(), version));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/docs",
      summary: "This API as a page",
      tag: "System",
      access: "public",
      handler({ exchange }) {
        exchange.reply(
          200,
          {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "Content-Security-Policy":
              "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
          },
          page(specs(), version),
        );
      },
    }),
  ];
}

/** The OpenAPI 3.1 document of a table. */
export function openapi(specs: readonly RouteSpec[], version: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const spec of specs) {
    const path = spec.path.replaceAll("*}", "}");
    const operations = paths[path] ?? {};
    paths[path] = operations;
    operations[spec.method.toLowerCase()] = operation(spec);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Eyepiece",
      version,
      description:
        "Sign in by cookie, or send a token as `Authorization: Bearer`. Errors are {error, message}. What somebody has no right to see is answered as what is not there: 404.",
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        cookie: { type: "apiKey", in: "cookie", name: "eyepiece_session" },
      },
      schemas: {
        Error: {
          type: "object",
          properties: { error: { type: "string" }, message: { type: "string" } },
          required: ["error", "message"],
        },
      },
    },
  };
}

function operation(spec: RouteSpec): Schema {
  const security =
    spec.access === "public"
      ? []
      : spec.access === "node"
        ? [{ bearer: [] }]
        : [{ bearer: [] }, { cookie: [] }];
  return {
    operationId: `${spec.method.toLowerCase()}${spec.path.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "")}`,
    summary: spec.summary,
    description: ACCESS[spec.access],
    tags: [spec.tag],
    security,
    parameters: [...pathParameters(spec), ...queryParameters(spec)],
    ...requestBody(spec),
    responses: responses(spec),
  };
}

function pathParameters({ path }: RouteSpec): Schema[] {
  return [...path.matchAll(/\{([^}*]+)\*?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: RouteSpec): Schema[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function requestBody({ body, raw }: RouteSpec): Schema {
  if (raw) {
    return { requestBody: { required: true, content: { "application/octet-stream": { schema: {} } } } };
  }
  if (!body) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } };
}

function responses({ responses: said, access }: RouteSpec): Schema {
  const own = typeof said === "string" ? { 200: said } : (said ?? { 200: "Done" });
  const error = { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
  const all: Record<string, Schema> = {};
  for (const [status, description] of Object.entries(own)) {
    all[status] = { description, ...(Number(status) >= 400 ? error : {}) };
  }
  if (access !== "public" && !("401" in all)) all["401"] = { description: "Nobody is signed in", ...error };
  return all;
}

/** What comes in, as JSON Schema. Checks that it has no word for are left to their sentences in the answer. */
function schemaOf(schema: v.GenericSchema): Schema {
  const { $schema: _, ...rest } = toJsonSchema(schema as v.GenericSchema<unknown>, {
    errorMode: "ignore",
    typeMode: "input",
  });
  return rest;
}

function page(specs: readonly RouteSpec[], version: string): string {
  const tags = [...new Set(specs.map(({ tag }) => tag))].sort();
  const sections = tags.map((tag) => {
    const rows = specs.filter((spec) => spec.tag === tag).map(row);
    return `<section><h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${rows.join("\n")}</section>`;
  });
  const links = tags.map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Eyepiece API</title><style>
:root { color-scheme: light dark } body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
nav { display: flex; flex-wrap: wrap; gap: 1rem } details { border-top: 1px solid #8884; padding: .4rem 0 }
summary { cursor: pointer } code, pre { font-family: ui-monospace, monospace; font-size: 13px } pre { overflow: auto }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600 } .said { display: block; margin-left: 4.75rem }
</style></head><body><main><h1>Eyepiece API ${escapeHtml(version)}</h1>
<p>For programs: <a href="/api/openapi.json">openapi.json</a>. Sign in by cookie, or send <code>Authorization: Bearer</code> with a
token from the settings.</p><nav>${links.join("\n")}</nav>
${sections.join("\n")}</main></body></html>`;
}

function row(spec: RouteSpec): string {
  const parts = [`<p>${escapeHtml(ACCESS[spec.access])}</p>`];
  if (spec.query) parts.push(`<p>Query</p><pre>${pretty(spec.query)}</pre>`);
  if (spec.raw) parts.push("<p>The body is bytes.</p>");
  else if (spec.body) parts.push(`<p>Body</p><pre>${pretty(spec.body)}</pre>`);
  const { responses: said } = spec;
  const lines = typeof said === "string" ? [["200", said] as const] : Object.entries(said ?? {});
  for (const [status, text] of lines) parts.push(`<p><code>${status}</code> ${escapeHtml(text)}</p>`);
  return `<details><summary><span class="method">${spec.method}</span> <code>${escapeHtml(spec.path)}</code>
<span class="said">${escapeHtml(spec.summary)}</span></summary>${parts.join("")}</details>`;
}

function pretty(schema: v.GenericSchema): string {
  return escapeHtml(JSON.stringify(schemaOf(schema), null, 1));
}
