/** What a node asks about the notebooks whose kernels it keeps. */
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { sendFile } from "./file-routes.ts";
import { filePath } from "./files.ts";

/** The longest that a question stays open. */
const MAX_WAIT_SECONDS = 25;
const MAX_BODY = 2 * 1024 * 1024;

const Asked = v.object({
  notebooks: v.pipe(v.array(v.pipe(v.string(), v.maxLength(128))), v.maxLength(20_000)),
  /** Seconds to wait for one to be deleted, where none was. */
  wait: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_WAIT_SECONDS)), 0),
});

/** The routes. */
export function nodeRoutes({ notebooks, switchboard, access, accounts }: RouteDependencies): RouteSpec[] {
  /** The project of a notebook that somebody runs on this node now. A node is not to read what nobody brought to it. */
  const projectOf = (node: string, id: string): string => {
    const row = switchboard.runsOn(node, id) ? notebooks.store.notebook(id) : undefined;
    if (!row) throw new HttpError(503, "unavailable", "Nobody runs this notebook on this node now.");
    return row.project;
  };
  return [
    defineRoute({
      method: "GET",
      path: "/api/nodes/notebooks/{id}/files",
      summary: "Files of a notebook's project, for the node on which somebody runs it",
      tag: "Nodes",
      access: "node",
      sample: ({ notebook }) => ({ params: { id: notebook } }),
      responses: "{files: [{path, size, modified_ms}]}",
      handler({ exchange, node, params: { id = "" } }) {
        exchange.json(200, { files: notebooks.files.list(projectOf(node, id)) });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/nodes/notebooks/{id}/files/{path*}",
      summary: "A file's bytes, for the node on which somebody runs the notebook",
      tag: "Nodes",
      access: "node",
      sample: ({ notebook }) => ({ params: { id: notebook, path: "none.txt" } }),
      async handler({ exchange, node, params: { id = "", path = "" } }) {
        const file = notebooks.files.find(projectOf(node, id), filePath(path));
        if (!file) throw new HttpError(404, "not_found", "There is no such file in this project.");
        await sendFile(exchange, file, path);
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/nodes/notebooks/{id}/runner",
      summary:
        "In whose name code of a notebook may use the node's API: its owner's, where nobody else may run it",
      tag: "Nodes",
      access: "node",
      sample: ({ notebook }) => ({ params: { id: notebook } }),
      responses: "{id, username, name, role, rights}",
      handler({ exchange, params: { id = "" } }) {
        const thing = { kind: "notebook", id } as const;
        const owner = access.ownerOf(thing);
        const person = owner === undefined ? undefined : accounts.person(owner);
        if (!person)
          throw new HttpError(404, "not_found", "This notebook is gone, or its owner's account is disabled.");
        if (access.othersHave(thing, "run"))
          throw new HttpError(
            403,
            "forbidden",
            "Other people may run code in this notebook, so it does not train in your name: make an API key in the settings and call eyepiece.trainer.init(api_key=...), or share the notebook without the right to run.",
          );
        const { username, name, role, rights } = person;
        const limited = rights.filter((right) => right === "view" || right === "run");
        exchange.json(200, { id: person.id, username, name, role, rights: limited });
      },
    }),
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
