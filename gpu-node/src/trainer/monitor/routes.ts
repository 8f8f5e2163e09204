/** Arbor's `/monitor`: how the node and its jobs are. */
import type { TrainerRoutes } from "../http/router.ts";

/** The routes. */
export const monitorRoutes: TrainerRoutes = (router) => {
  router.get("/health", (c) => c.json({ status: "healthy", timestamp: new Date().toISOString() }));
};
