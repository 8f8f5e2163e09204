/** All routes of projects, notebooks and files. */
import type { RouteDependencies } from "../http/dependencies.ts";
import type { RouteSpec } from "../http/router.ts";
import { commentRoutes } from "./comment-routes.ts";
import { executeRoutes } from "./execute-routes.ts";
import { executionRoutes } from "./execution-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import { ipynbRoutes } from "./ipynb-routes.ts";
import { nodeRoutes } from "./node-routes.ts";
import { notebookRoutes } from "./notebook-routes.ts";
import { projectRoutes } from "./project-routes.ts";
import { versionRoutes } from "./version-routes.ts";

/** The routes. */
export function documentRoutes(to: RouteDependencies): RouteSpec[] {
  return [
    ...projectRoutes(to),
    ...notebookRoutes(to),
    ...ipynbRoutes(to),
    ...executionRoutes(to),
    ...versionRoutes(to),
    ...commentRoutes(to),
    ...fileRoutes(to),
    ...executeRoutes(to),
    ...nodeRoutes(to),
  ];
}
