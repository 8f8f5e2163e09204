/** The history of a notebook, and search over all. */
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { storageError } from "./failure.ts";
import { need } from "./permission.ts";
import { Name } from "./project-routes.ts";
import { restore } from "./versions.ts";

/** The routes. */
export function versionRoutes({ notebooks, access }: RouteDependencies): RouteSpec[] {
  const { versions } = notebooks;
  const none = () => new HttpError(404, "not_found", "There is no such version of this notebook.");
  const sample = ({ notebook }: { readonly notebook: string }) => ({ params: { id: notebook, v: "none" } });
  return [
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/versions",
      summary: "Versions of a notebook, the newest first; those without a name were made by themselves",
      tag: "Notebooks",
      access: "signed-in",
      sample,
      responses: "{versions: [{id, name, author, created_ms}]}",
      handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        exchange.json(200, { versions: versions.list(id) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/notebooks/{id}/versions",
      summary: "Keeps the notebook as it is, for good; a name is welcome",
      tag: "Notebooks",
      access: "signed-in",
      body: v.object({ name: v.optional(v.union([v.literal(""), Name]), "") }),
      sample: (things) => ({ ...sample(things), body: { name: "Before the change" } }),
      handler({ exchange, person, params: { id = "" }, body }) {
        need(access, person, { kind: "notebook", id }, "edit");
        try {
          const version = versions.add(id, notebooks.room(id).doc, body.name, person.name);
          exchange.json(
            201,
            versions.list(id).find((one) => one.id === version),
          );
        } catch (cause) {
          throw storageError(cause);
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/versions/{v}",
      summary: "A version, as nbformat",
      tag: "Notebooks",
      access: "signed-in",
      sample,
      async handler({ exchange, person, params: { id = "", v: version = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        const doc = versions.open(id, version);
        if (!doc) throw none();
        exchange.json(200, await notebooks.readDoc(id, doc));
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/notebooks/{id}/versions/{v}/restore",
      summary: "Makes the notebook what it was; what it is now is kept as a version first",
      tag: "Notebooks",
      access: "signed-in",
      sample,
      handler({ exchange, person, params: { id = "", v: version = "" } }) {
        need(access, person, { kind: "notebook", id }, "edit");
        const from = versions.open(id, version);
        if (!from) throw none();
        const room = notebooks.room(id);
        try {
          const kept = versions.add(id, room.doc, null, person.name);
          room.change((doc) => restore(doc, from));
          exchange.json(200, { ok: true, kept });
        } catch (cause) {
          throw storageError(cause);
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/search",
      summary: "Notebooks with these words in their name or cells, the best first",
      tag: "Notebooks",
      access: "signed-in",
      query: v.object({ q: v.pipe(v.string(), v.maxLength(500)) }),
      sample: () => ({ query: { q: "word" } }),
      responses:
        "{results: [{notebook, project, name, updated_ms, snippet, cell?, line?}]}; found words are between U+0002 and U+0003",
      handler({ exchange, person, query }) {
        const shared = {
          notebooks: access.givenTo(person.id, "notebook"),
          projects: access.givenTo(person.id, "project"),
        };
        const found = notebooks.search.find(query.q, person.id, shared);
        // Whatever the index says, nothing is told that may not be seen.
        const results = found.filter(({ notebook: id }) =>
          access.rightsOn(person, { kind: "notebook", id }).includes("view"),
        );
        exchange.json(200, { results });
      },
    }),
  ];
}
