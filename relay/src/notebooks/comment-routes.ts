/** Comments of cells: who may comment writes, changes their own words and settles threads; who may edit removes any. */
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import { HttpError } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { MOST_COMMENTS } from "./comments.ts";
import { need } from "./permission.ts";

const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(10_000));
const Cell = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const TAG = "Comments";

/** The routes. */
export function commentRoutes({ notebooks, access }: RouteDependencies): RouteSpec[] {
  const { comments, rooms } = notebooks;
  const tell = (id: string): void => rooms.find(id)?.tell({ type: "comments" });
  const own = (notebook: string, comment: string) => {
    const found = comments.find(notebook, comment);
    if (!found) throw new HttpError(404, "not_found", "There is no such comment.");
    return found;
  };
  return [
    defineRoute({
      method: "GET",
      path: "/api/notebooks/{id}/comments",
      summary: "Comments of a notebook's cells, the oldest first",
      tag: TAG,
      access: "signed-in",
      sample: ({ notebook }) => ({ params: { id: notebook } }),
      responses: "{comments: [{id, cell, author, author_name, text, created_ms, edited_ms, resolved_ms}]}",
      handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "view");
        exchange.json(200, { comments: comments.list(id) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/notebooks/{id}/comments",
      summary: "Says something about a cell",
      tag: TAG,
      access: "signed-in",
      scope: "comment",
      body: v.object({ cell: Cell, text: Text }),
      sample: ({ notebook }) => ({ params: { id: notebook }, body: { cell: "c1", text: "Sample" } }),
      responses: { 201: "The comment" },
      handler({ exchange, person, body, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "comment");
        if (comments.list(id).length >= MOST_COMMENTS)
          throw new HttpError(
            409,
            "full",
            `A notebook has at most ${MOST_COMMENTS} comments: remove old ones.`,
          );
        const made = comments.add(id, body.cell, person, body.text);
        tell(id);
        exchange.json(201, made);
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/notebooks/{id}/comments/resolve",
      summary: "Settles what was said about a cell, or opens it again",
      tag: TAG,
      access: "signed-in",
      scope: "comment",
      body: v.object({ cell: Cell, resolved: v.boolean() }),
      sample: ({ notebook }) => ({ params: { id: notebook }, body: { cell: "c1", resolved: true } }),
      handler({ exchange, person, body, params: { id = "" } }) {
        need(access, person, { kind: "notebook", id }, "comment");
        comments.resolve(id, body.cell, body.resolved);
        tell(id);
        exchange.json(200, { ok: true });
      },
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/notebooks/{id}/comments/{comment}",
      summary: "Changes one's own comment",
      tag: TAG,
      access: "signed-in",
      scope: "comment",
      body: v.object({ text: Text }),
      sample: ({ notebook, comment }) => ({
        params: { id: notebook, ...(comment && { comment }) },
        body: { text: "Changed" },
      }),
      handler({ exchange, person, body, params: { id = "", comment = "" } }) {
        need(access, person, { kind: "notebook", id }, "comment");
        if (own(id, comment).author !== person.id)
          throw new HttpError(403, "forbidden", "Only who wrote a comment changes it.");
        comments.change(comment, body.text);
        tell(id);
        exchange.json(200, comments.find(id, comment));
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/notebooks/{id}/comments/{comment}",
      summary: "Removes a comment: one's own, or any where one may edit",
      tag: TAG,
      access: "signed-in",
      scope: "comment",
      sample: ({ notebook, comment }) => ({ params: { id: notebook, ...(comment && { comment }) } }),
      handler({ exchange, person, params: { id = "", comment = "" } }) {
        const rights = need(access, person, { kind: "notebook", id }, "comment");
        if (own(id, comment).author !== person.id && !rights.includes("edit"))
          throw new HttpError(403, "forbidden", "Only who wrote a comment, or who may edit, removes it.");
        comments.remove(comment);
        tell(id);
        exchange.json(200, { ok: true });
      },
    }),
  ];
}
