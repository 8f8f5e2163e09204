/** Notebooks as files: import, export, and those that are shipped. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Notebook,
  NotebookError,
  parseNotebook,
  serialiseNotebook,
} from "@eyepiece/protocol/notebook/nbformat.ts";
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { bodyText } from "./body.ts";
import { cellsJson } from "./cells-json.ts";
import { storageError } from "./failure.ts";
import { projectFor } from "./notebook-routes.ts";
import { need } from "./permission.ts";

/** Bytes of a notebook's file. */
const MAX_IPYNB = 256 * 1024 * 1024;
const MAX_NAME = 200;

/** The routes. */
export function ipynbRoutes(to: RouteDependencies): RouteSpec[] {
  const { notebooks, access, folder } = to;
  return [
    defineRoute({
      method: "POST",
      path: "/api/ipynb/import",
      summary: "Makes a notebook of an .ipynb, which is the body; nothing of it is lost",
      tag: "Notebooks",
      access: "signed-in",
      raw: true,
      query: v.object({ name: v.optional(v.string()), project: v.optional(v.string()) }),
      responses: { 201: "{id}" },
      async handler({ exchange, person, query, upload }) {
        const text = await bodyText(exchange, upload, MAX_IPYNB, folder);
        const project = projectFor(query.project, person, notebooks, access);
        const id = await kept(() => notebooks.create(project, nameOf(query.name), read(text)));
        exchange.json(201, { id });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/export",
      summary: "The notebook as .ipynb, with the outputs that are here",
      tag: "Notebooks",
      access: "signed-in",
      sample: ({ notebook }) => ({ params: { id: notebook } }),
      async handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        const name = notebooks.store.notebook(id)?.name ?? "notebook";
        const file = `${name.replaceAll(/[\p{Cc}/\\]/gu, "_")}.ipynb`;
        exchange.reply(
          200,
          {
            "Content-Type": "application/x-ipynb+json",
            "Content-Disposition": attachment(file),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
          },
          serialiseNotebook(await notebooks.read(id)),
        );
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/ipynb/list",
      summary: "The notebooks that come with Eyepiece",
      tag: "Notebooks",
      access: "people",
      responses: "{notebooks: [{name, title}]}",
      async handler({ exchange }) {
        exchange.json(200, { notebooks: await shipped(to.notebooksFolder) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/ipynb/load",
      summary: "Makes one's own copy of a notebook that comes with Eyepiece",
      tag: "Notebooks",
      access: "people",
      body: v.object({ name: v.string(), project: v.optional(v.string()) }),
      sample: ({ project }) => ({ body: { name: "none.ipynb", project } }),
      responses: { 201: "{id, name, cells}" },
      async handler({ exchange, person, body }) {
        const found = (await shipped(to.notebooksFolder)).find(({ name }) => name === body.name);
        if (!found)
          throw new HttpError(404, "not_found", `No notebook called ${body.name} comes with Eyepiece.`);
        const notebook = read(await readFile(join(to.notebooksFolder, found.name), "utf8"));
        const project = projectFor(body.project, person, notebooks, access);
        const id = await kept(() => notebooks.create(project, found.title, notebook));
        exchange.json(201, { id, name: found.title, cells: cellsJson(await notebooks.read(id)) });
      },
    }),
  ];
}

/** Content-Disposition of a file to save under its name. */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`;
}

function read(text: string): Notebook {
  try {
    return parseNotebook(text);
  } catch (cause) {
    if (cause instanceof NotebookError) throw new HttpError(400, "not_a_notebook", cause.message);
    throw cause;
  }
}

function nameOf(given: string | undefined): string {
  const name = (given ?? "").replace(/\.ipynb$/iu, "").trim();
  return name.slice(0, MAX_NAME) || "Untitled";
}

async function kept<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storageError(cause);
  }
}

/** Looked up each time, so that what is put there shows at once. */
async function shipped(folder: string): Promise<{ name: string; title: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ipynb") && !entry.name.startsWith("."))
    .map(({ name }) => ({ name, title: nameOf(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
