/** `/health`: how all of it is; `/ray` and `/spooler`: the processes behind it, for operators. */
import * as v from "valibot";
import type { Gateway } from "../agent/gateway.ts";
import { STATES } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { RayCluster } from "../ray/cluster.ts";
import type { Services } from "../services/services.ts";
import { FlowsHttpError } from "./errors.ts";
import { type FlowsRoutes, mustOperate, readFields } from "./router.ts";

/** The word by which an operator has Ray stay. */
const ASKED = "an operator";
const Start = v.object({
  address: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(200),
      v.regex(/^([A-Za-z0-9.[\]:-]+:\d{1,5})?$/, "is of the form host:port"),
    ),
  ),
});

/** The routes. */
export function healthRoutes(
  services: Services,
  executions: Executions,
  gateway: Gateway,
  cluster: RayCluster,
): FlowsRoutes {
  return (router) => {
    router.get("/health", (c) => {
      const all = services.exposes.list().filter(({ enabled }) => enabled);
      const unfinished = executions.unfinished();
      const counted = STATES.map((state) => [state, unfinished.filter((one) => one.state === state).length]);
      const { version, machines, address, ...ray } = cluster.status;
      const operates = c.get("person").role === "owner";
      return c.json({
        kodosumi_version: "0.1.0",
        ray_version: version,
        ray_status: machines.map(({ address: host, ...machine }) => ({
          ...machine,
          ...(operates && { address: host }),
        })),
        // Ours: what the cluster does, and why it does not.
        ray: { ...ray, ...(operates && { address }) },
        serve_status: services.replicated.status,
        spooler_status: gateway.status,
        // Ours: agents on other machines of the cluster.
        agents: gateway.machines.status.map(({ address: host, ...agent }) => ({
          ...agent,
          ...(operates && { address: host }),
        })),
        preparing: gateway.preparing ?? null,
        services: Object.fromEntries(all.map(({ name, state, why }) => [name, { state, why }])),
        running: Object.fromEntries(counted.filter(([, count]) => Number(count) > 0)),
      });
    });
    for (const path of ["/ray", "/ray/*", "/spooler/*"])
      router.use(path, async (c, next) => {
        mustOperate(c.get("person"));
        await next();
      });
    router.get("/ray", (c) => c.json(cluster.status));
    router.post("/ray/start", async (c) => {
      const read = v.safeParse(Start, await readFields(c.req.raw));
      if (!read.success) throw new FlowsHttpError(400, `address: ${read.issues[0].message}.`);
      const { address } = read.output;
      cluster.keep(ASKED);
      try {
        await cluster.start(address);
      } catch (cause) {
        cluster.letGo(ASKED);
        throw new FlowsHttpError(503, cause instanceof Error ? cause.message : String(cause));
      }
      return c.json(cluster.status);
    });
    router.post("/ray/stop", async (c) => {
      cluster.letGo(ASKED);
      await cluster.stop();
      return c.json(cluster.status);
    });
    router.post("/spooler/start", async (c) => {
      await gateway.start();
      return c.json(gateway.status);
    });
    router.post("/spooler/stop", async (c) => {
      const going = executions.unfinished().length;
      if (going > 0)
        throw new FlowsHttpError(
          409,
          `${going} runs are not over: wait for their ends, or cancel them first.`,
        );
      await cluster.stop();
      await gateway.rest();
      return c.json(gateway.status);
    });
  };
}
