/** How the relay is, its nodes, a person's settings, and addresses on the content origin. */
import * as v from "valibot";
import { heldBy } from "../accounts/ended.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteSpec } from "./router.ts";

const NAME = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a name of letters and digits"));
const ContentBody = v.object({ node: v.optional(v.union([v.literal(""), NAME]), ""), service: NAME });
const SettingsBody = v.object({ default_node: v.nullable(NAME) });

/** The routes. */
export function systemRoutes(to: RouteDependencies): RouteSpec[] {
  return [
    defineRoute({
      method: "GET",
      path: "/healthz",
      summary: "How the relay is",
      tag: "System",
      access: "public",
      handler({ exchange }) {
        const nodes = to.switchboard.registry
          .list()
          .map(({ name, adapter, encoder }) => ({ name, adapter, encoder }));
        exchange.json(200, { status: "ok", version: to.version, nodes, clients: to.switchboard.browsers });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/nodes",
      summary: "The nodes that are online",
      tag: "System",
      access: "people",
      handler({ exchange, person }) {
        const nodes = to.switchboard.registry.list();
        exchange.json(200, { nodes, default_node: person.defaultNode ?? null });
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/api/settings",
      summary: "Chooses the node that is meant where none is named",
      tag: "System",
      access: "people",
      body: SettingsBody,
      sample: () => ({ body: { default_node: null } }),
      handler({ exchange, person, body }) {
        to.accounts.setDefaultNode(person.id, body.default_node ?? undefined);
        exchange.json(200, { default_node: body.default_node });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/content",
      summary: "An address on the content origin for a service of a node",
      tag: "System",
      access: "people",
      scope: "run",
      body: ContentBody,
      sample: () => ({ body: { service: "flows" } }),
      handler({ exchange, person, proof, body: { node, service } }) {
        const where = `/nodes/${node}/services/${service}/`;
        if (to.content) {
          const held = heldBy({ person, session: proof?.session, token: proof?.token });
          const ticket = { held, node, service };
          exchange.json(200, { url: to.content.issue(ticket) });
        } else if (node) exchange.json(200, { url: where });
        else throw new HttpError(400, "invalid", "Name a node.");
      },
    }),
  ];
}
