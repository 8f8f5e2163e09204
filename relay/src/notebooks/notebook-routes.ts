/** Notebooks and their cells: /api/notebooks. */
import { applyCells, type CellInput, orderedCells } from "@eyepiece/protocol/notebook/document.ts";
import { NotebookError } from "@eyepiece/protocol/notebook/nbformat.ts";
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import { newId } from "../accounts/secrets.ts";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { CellBody, cellsJson, cellsNotebook, outputText, sentOutputs, toCell } from "./cells-json.ts";
import { storageError } from "./failure.ts";
import type { Notebooks } from "./notebooks.ts";
import { need, needOwner } from "./permission.ts";
import { Name } from "./project-routes.ts";
import type { NotebookRow } from "./store.ts";

/** Bytes of a body with cells. */
const MAX_CELLS = 32 * 1024 * 1024;
const MAX_COUNT = 20_000;

const Cells = v.pipe(v.array(CellBody), v.maxLength(MAX_COUNT, `a notebook has ${MAX_COUNT} cells at most`));

/** The routes. */
export function notebookRoutes({ notebooks, access }: RouteDependencies): RouteSpec[] {
  const { store } = notebooks;
  const row = (id: string): NotebookRow => {
    const found = store.notebook(id);
    if (!found) throw new HttpError(404, "not_found", "There is no such notebook.");
    return found;
  };
  const head = (person: Person, id: string) => ({
    ...row(id),
    rights: access.rightsOn(person, { kind: "notebook", id }),
    own: access.ownerOf({ kind: "notebook", id }) === person.id,
  });
  const whole = async (person: Person, id: string) => ({
    ...head(person, id),
    cells: cellsJson(await notebooks.read(id)),
  });
  const params = ({ notebook }: { readonly notebook: string }) => ({ params: { id: notebook } });
  return [
    defineRoute({
      method: "GET",
      path: "/api/notebooks",
      summary: "Notebooks: of a project, or all that one may see; the newest first",
      tag: "Notebooks",
      access: "signed-in",
      query: v.object({ project: v.optional(v.string()) }),
      responses: "{notebooks: [{id, project, name, created_ms, updated_ms, rights, own}]}",
      handler({ exchange, person, query }) {
        const { project } = query;
        if (project !== undefined) need(access, person, { kind: "project", id: project }, "view");
        const own = person.role === "guest" ? [] : store.projectsOf(person.id).map(({ id }) => id);
        const projects =
          project === undefined ? [...own, ...access.givenTo(person.id, "project")] : [project];
        const ids = new Set(projects.flatMap((id) => store.notebooksOf(id)).map(({ id }) => id));
        if (project === undefined) for (const id of access.givenTo(person.id, "notebook")) ids.add(id);
        const list = [...ids]
          .map((id) => head(person, id))
          .filter(({ rights }) => rights.includes("view"))
          .sort((a, b) => b.updated_ms - a.updated_ms);
        exchange.json(200, { notebooks: list });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/notebooks",
      summary: "Makes a notebook, empty or of cells",
      tag: "Notebooks",
      access: "signed-in",
      maxBody: MAX_CELLS,
      body: v.object({
        name: v.optional(Name, "Untitled"),
        project: v.optional(v.string()),
        cells: v.optional(Cells, []),
      }),
      sample: ({ project }) => ({ body: { name: "A notebook", project } }),
      async handler({ exchange, person, body }) {
        const project = projectFor(body.project, person, notebooks, access);
        try {
          const id = await notebooks.create(
            project,
            body.name,
            understood(() => cellsNotebook(body.cells)),
          );
          exchange.json(201, await whole(person, id));
        } catch (cause) {
          throw storageError(cause);
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}",
      summary: "A notebook with its cells; outputs as text. With cells=none its name and rights alone",
      tag: "Notebooks",
      access: "signed-in",
      sample: params,
      responses:
        "{id, project, name, created_ms, updated_ms, rights, own, cells: [{id, type, content, output, execution_count}]}",
      query: v.object({ cells: v.optional(v.literal("none")) }),
      async handler({ exchange, person, params: { id = "" }, query }) {
        need(access, person, { kind: "notebook", id }, "view");
        exchange.json(200, query.cells === "none" ? head(person, id) : await whole(person, id));
      },
    }),
    ...(["PUT", "PATCH"] as const).map((method) =>
      defineRoute({
        method,
        path: "/api/notebooks/{id}",
        summary:
          "Changes name, project or cells. Whole cells are applied as the least change, so that others may go on typing",
        tag: "Notebooks",
        access: "signed-in",
        maxBody: MAX_CELLS,
        body: v.object({ name: v.optional(Name), project: v.optional(v.string()), cells: v.optional(Cells) }),
        sample: ({ notebook }) => ({ params: { id: notebook }, body: { name: "Renamed" } }),
        async handler({ exchange, person, params: { id = "" }, body }) {
          need(access, person, { kind: "notebook", id }, "edit");
          const before = row(id);
          if (body.project !== undefined && body.project !== before.project) {
            needOwner(access, person, { kind: "notebook", id });
            needOwner(access, person, { kind: "project", id: body.project });
          }
          try {
            if (body.cells) await putCells(notebooks, id, body.cells);
            const { name = before.name, project = before.project } = body;
            if (name !== before.name || project !== before.project)
              store.changeNotebook(id, { name, project });
            if (name !== before.name) notebooks.renamed(id, name);
            exchange.json(200, await whole(person, id));
          } catch (cause) {
            throw storageError(cause);
          }
        },
      }),
    ),
    defineRoute({
      method: "DELETE",
      path: "/api/notebooks/{id}",
      summary: "Deletes a notebook with its outputs and its history",
      tag: "Notebooks",
      access: "people",
      sample: params,
      async handler({ exchange, person, params: { id = "" } }) {
        needOwner(access, person, { kind: "notebook", id });
        await notebooks.remove(id);
        access.forgetGone();
        exchange.json(200, { ok: true });
      },
    }),
  ];
}

/** The project that a new notebook goes to. @throws HttpError */
export function projectFor(
  wanted: string | undefined,
  person: Person,
  { store }: Notebooks,
  access: RouteDependencies["access"],
): string {
  if (wanted !== undefined) {
    need(access, person, { kind: "project", id: wanted }, "edit");
    return wanted;
  }
  if (person.role === "guest") throw new HttpError(400, "invalid", "Name the project that it goes to.");
  return store.defaultProject(person.id);
}

/** Applies whole cells; outputs that differ from those that are there are kept as runs of their own. */
async function putCells(
  notebooks: Notebooks,
  id: string,
  bodies: readonly v.InferOutput<typeof CellBody>[],
): Promise<void> {
  const sent = understood(() => bodies.map((body) => ({ cell: toCell(body), outputs: sentOutputs(body) })));
  const { executions } = notebooks;
  const shows = ({ id: cell }: CellInput) =>
    cell !== undefined && (shown.get(cell)?.outputs?.length ?? 0) > 0;
  const shown = new Map((await notebooks.read(id)).cells.map((cell) => [cell.id, cell]));
  const fresh = sent.flatMap(({ cell, outputs }, index) => {
    if (!outputs || cell.cell_type !== "code") return [];
    const now = cell.id === undefined ? undefined : shown.get(cell.id)?.outputs;
    const same =
      outputs.text === undefined
        ? JSON.stringify(outputs.outputs) === JSON.stringify(now)
        : now !== undefined && outputText(now).trimEnd() === outputs.text.trimEnd();
    return same ? [] : [{ index, execution: newId(), outputs }];
  });
  await executions.withOutputs(
    fresh.map(({ outputs }) => outputs.outputs),
    (blobs) => {
      const room = notebooks.room(id);
      const runs = new Map(fresh.map(({ index, execution }) => [index, { id: execution, node: "" }]));
      fresh.forEach(({ execution, outputs }, at) => {
        const { blob, bytes } = blobs[at] ?? { blob: null, bytes: 0 };
        const none = { started_ms: null, ended_ms: null };
        const run = { id: execution, notebook: id, cell: "", node: "", state: "done", ...none };
        executions.put({ ...run, execution_count: outputs.execution_count, blob, bytes });
      });
      const cells = sent.map(({ cell, outputs }, index) => ({
        ...cell,
        // Without outputs a run still says that the cell ran: only what shows some is cleared.
        execution: outputs === null && shows(cell) ? null : runs.get(index),
      }));
      room.change((doc) => applyCells(doc, cells));
      for (const { id: cell, execution } of orderedCells(room.doc)) {
        const row =
          execution && fresh.some((run) => run.execution === execution.id) && executions.find(execution.id);
        if (!row) continue;
        executions.put({ ...row, cell });
        const { notebook: _notebook, node: _node, ...told } = { ...row, cell };
        room.tell({ type: "execution", ...told });
      }
    },
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
