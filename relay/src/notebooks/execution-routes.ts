/** Runs of cells and their outputs: what nodes bring, and pages fetch. */
import { NotebookError, toOutputs } from "@eyepiece/protocol/notebook/nbformat.ts";
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { bodyText } from "./body.ts";
import { storageError } from "./failure.ts";
import { need } from "./permission.ts";

/** Bytes of one run's outputs: the node bounds them far below. */
const MAX_OUTPUTS = 128 * 1024 * 1024;

const Time = v.nullable(v.number());
const Brought = v.object({
  notebook: v.string(),
  cell: v.pipe(v.string(), v.maxLength(64)),
  state: v.picklist(["queued", "running", "done", "failed", "cancelled", "lost"]),
  execution_count: v.optional(v.nullable(v.pipe(v.number(), v.integer())), null),
  started_ms: v.optional(Time, null),
  ended_ms: v.optional(Time, null),
  outputs: v.optional(v.array(v.unknown()), []),
});

/** The routes. */
export function executionRoutes({ notebooks, access, folder }: RouteDependencies): RouteSpec[] {
  const { executions, blobs, store, rooms } = notebooks;
  return [
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/executions",
      summary: "Runs of a notebook's cells, the oldest first",
      tag: "Notebooks",
      access: "signed-in",
      sample: ({ notebook }) => ({ params: { id: notebook } }),
      responses: "{executions: [{id, cell, state, execution_count, started_ms, ended_ms, blob, bytes}]}",
      handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        exchange.json(200, { executions: executions.list(id) });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/blobs/{hash}",
      summary: "Outputs of a run: a JSON list as nbformat has it",
      tag: "Notebooks",
      access: "signed-in",
      sample: ({ notebook }) => ({ params: { id: notebook, hash: "0".repeat(64) } }),
      async handler({ exchange, person, params: { id = "", hash = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        const etag = `"${hash}"`;
        // A name is not enough: it must be of a run of this very notebook.
        const known = executions.has(id, hash);
        if (known && exchange.header("if-none-match") === etag) {
          exchange.reply(304, { ETag: etag });
          return;
        }
        const bytes = known ? await blobs.get(hash) : undefined;
        if (!bytes) throw new HttpError(404, "not_found", "There are no such outputs.");
        exchange.reply(
          200,
          {
            "Content-Type": "application/json",
            "Cache-Control": "private, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
            ETag: etag,
          },
          bytes,
        );
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/api/executions/{id}",
      summary:
        "A node brings a run of a cell; answered once it is on disk, so that the node may drop its copy",
      tag: "Nodes",
      access: "node",
      raw: true,
      responses: "{blob}",
      async handler({ exchange, node, params: { id = "" }, upload }) {
        const text = await bodyText(exchange, upload, MAX_OUTPUTS, folder);
        if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) throw new HttpError(400, "invalid", "This is no id of a run.");
        const { outputs: sent, ...brought } = parse(text);
        const outputs = understood(() => toOutputs(sent));
        const known = executions.find(id);
        if (!store.notebook(brought.notebook))
          throw new HttpError(404, "not_found", "There is no such notebook.");
        // Ids are chosen by those who ask: one that is another's is not overwritten.
        if (known && (known.notebook !== brought.notebook || known.node !== node)) {
          throw new HttpError(409, "taken", "This run is another notebook's, or another node's.");
        }
        try {
          const row = await executions.withOutputs([outputs], ([kept]) => {
            const { blob, bytes } = kept ?? { blob: null, bytes: 0 };
            executions.put({ ...brought, id, node, blob, bytes });
            const { notebook: _notebook, ...told } = { ...brought, id, blob, bytes };
            return told;
          });
          if (known?.blob && known.blob !== row.blob) await executions.sweep([known.blob]);
          rooms.find(brought.notebook)?.tell({ type: "execution", ...row });
          exchange.json(200, { blob: row.blob });
        } catch (cause) {
          throw storageError(cause);
        }
      },
    }),
  ];
}

function parse(text: string): v.InferOutput<typeof Brought> {
  const body = understood(() => {
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new NotebookError("The body is not JSON.", { cause });
    }
  });
  const result = v.safeParse(Brought, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new HttpError(
    400,
    "invalid",
    `The body's ${v.getDotPath(issue) ?? "shape"} is not right: ${issue.message}.`,
  );
}

function understood<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof NotebookError) throw new HttpError(400, "invalid", cause.message);
    throw cause;
  }
}
