/** `/statistics`: what runs of the last hours came to, one's own; for owners everybody's in numbers. */
import type { Services } from "../services/services.ts";
import type { Statistics } from "../statistics/statistics.ts";
import { FlowsHttpError } from "./errors.ts";
import { type FlowsRoutes, mustOperate } from "./router.ts";

const MAX_HOURS = 24 * 90;

/** The routes. */
export function statisticsRoutes(statistics: Statistics, services: Services): FlowsRoutes {
  return (router) => {
    router.get("/statistics", (c) => {
      const person = c.get("person");
      const everybody = c.req.query("scope") === "all";
      // Numbers tell what others do.
      if (everybody) mustOperate(person);
      const hours = Number(c.req.query("hours") ?? "24");
      if (!(hours > 0 && hours <= MAX_HOURS))
        throw new FlowsHttpError(400, `hours: it is a number from 1 to ${MAX_HOURS}.`);
      const now = Date.now() / 1000;
      const from = now - hours * 3600;
      const user = everybody ? undefined : person.id;
      const names = new Map(services.flows().map(({ url, summary, uid }) => [url, { summary, uid }]));
      const flows = statistics.flows(user, from, now).map((flow) => ({
        ...{ summary: names.get(flow.url)?.summary ?? flow.url, uid: names.get(flow.url)?.uid ?? null },
        ...flow,
      }));
      return c.json({ hours, flows, throughput: statistics.throughput(user, from, now) });
    });
  };
}
