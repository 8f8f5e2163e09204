/** Projects: /api/projects. */
import type { Right } from "@eyepiece/protocol/rights.ts";
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import type { RouteDependencies } from "../http/dependencies.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { need, needOwner } from "./permission.ts";
import type { ProjectRow } from "./store.ts";

/** A name for people. */
export const Name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, "a name is not empty"),
  v.maxLength(200, "a name has 200 characters at most"),
);

/** The routes. */
export function projectRoutes({ notebooks, access, shares }: RouteDependencies): RouteSpec[] {
  const { store } = notebooks;
  const told = (project: ProjectRow, rights: readonly Right[], own: boolean) => {
    const { id, name, created_ms, updated_ms, notebooks: count, isDefault } = project;
    return { id, name, created_ms, updated_ms, notebooks: count, default: isDefault, rights, own };
  };
  const one = (person: Person, id: string) => {
    const rights = access.rightsOn(person, { kind: "project", id });
    const project = store.project(id);
    return project && told(project, rights, access.ownerOf({ kind: "project", id }) === person.id);
  };
  return [
    defineRoute({
      method: "GET",
      path: "/api/projects",
      summary: "One's projects, and those shared with one",
      tag: "Projects",
      access: "signed-in",
      responses: "{projects: [{id, name, created_ms, updated_ms, notebooks, default, rights, own}]}",
      handler({ exchange, person }) {
        const own = person.role === "guest" ? [] : store.projectsOf(person.id).map(({ id }) => id);
        const projects = [...own, ...access.givenTo(person.id, "project")].map((id) => one(person, id));
        exchange.json(200, { projects: projects.filter((project) => project?.rights.includes("view")) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/projects",
      summary: "Makes a project",
      tag: "Projects",
      access: "people",
      body: v.object({ name: Name }),
      sample: () => ({ body: { name: "A project" } }),
      handler({ exchange, person, body }) {
        exchange.json(201, one(person, store.createProject(person.id, body.name)));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/projects/{id}",
      summary: "A project",
      tag: "Projects",
      access: "signed-in",
      sample: ({ project }) => ({ params: { id: project } }),
      handler({ exchange, person, params: { id = "" } }) {
        need(access, person, { kind: "project", id }, "view");
        exchange.json(200, one(person, id));
      },
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/projects/{id}",
      summary: "Renames a project",
      tag: "Projects",
      access: "signed-in",
      body: v.object({ name: Name }),
      sample: ({ project }) => ({ params: { id: project }, body: { name: "Renamed" } }),
      handler({ exchange, person, params: { id = "" }, body }) {
        need(access, person, { kind: "project", id }, "edit");
        store.renameProject(id, body.name);
        exchange.json(200, one(person, id));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/projects/{id}/delete-preview",
      summary: "What would go with a project",
      tag: "Projects",
      access: "people",
      sample: ({ project }) => ({ params: { id: project } }),
      responses: "{losses: [{what, count}]}, without what is not there",
      handler({ exchange, person, params: { id = "" } }) {
        needOwner(access, person, { kind: "project", id });
        const losses = [
          { what: "notebooks", count: store.notebooksOf(id).length },
          { what: "files", count: notebooks.files.list(id).length },
          { what: "share links", count: shares.linksTo(id, store.notebooksOf(id)) },
        ];
        exchange.json(200, { losses: losses.filter(({ count }) => count > 0) });
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/projects/{id}",
      summary: "Deletes a project with its notebooks and files",
      tag: "Projects",
      access: "people",
      sample: ({ project }) => ({ params: { id: project } }),
      async handler({ exchange, person, params: { id = "" } }) {
        needOwner(access, person, { kind: "project", id });
        await notebooks.removeProject(id);
        access.forgetGone();
        exchange.json(200, { ok: true });
      },
    }),
  ];
}
