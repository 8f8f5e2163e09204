/** `/launch/{fid}`: what is to follow on a run; `/webhook/key`: by what the word of its end is signed. */
import type { Executions } from "../executions/executions.ts";
import type { Launches } from "../launching/launches.ts";
import { keyOf, type WebhookSettings } from "../webhooks/deliver.ts";
import { mine } from "./output-routes.ts";
import type { FlowsRoutes } from "./router.ts";

/** The routes. */
export function launchRoutes(
  executions: Executions,
  launches: Launches,
  webhooks: WebhookSettings,
): FlowsRoutes {
  return (router) => {
    router.get("/launch/:fid", (c) => {
      const { fid } = mine(executions, c);
      const launch = launches.find(fid);
      if (!launch) return c.json({ fid, retries: 0, attempt: 1, webhook: null, state: "none" });
      const { retries, attempt, before, after, webhook, state, tries, nextAt, why } = launch;
      const next = nextAt === null ? null : new Date(nextAt).toISOString();
      return c.json({ fid, retries, attempt, before, after, webhook, state, tries, next, why });
    });
    router.get("/webhook/key", (c) => c.json({ key: keyOf(webhooks, c.get("person").id) }));
  };
}
