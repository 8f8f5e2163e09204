/** `/flow`: the catalogue; `/-/service/path`: a flow's form, and handing it in. */
import type { Person } from "../../trainer/http/person.ts";
import type { Gateway } from "../agent/gateway.ts";
import type { Launcher } from "../launching/launcher.ts";
import type { Progress } from "../services/packages.ts";
import type { Flow, Services } from "../services/services.ts";
import type { Allowed } from "../webhooks/addresses.ts";
import { launchOptionsOf } from "./launch-options.ts";
import { type FlowsRoutes, mustOperate, readFields } from "./router.ts";

const MAX_PAGE = 200;
/** Milliseconds that a client may wait for services that are asked for the first time. */
const MAX_WAIT = 10_000;

/** As the catalogue tells it. */
function shown(flow: Flow) {
  const { uid, url, summary, description, deprecated, author, organization, tags, version } = flow;
  return {
    ...{ uid, method: "GET", url, source: `/-/${flow.expose.name}/openapi.json`, summary, description },
    ...{ deprecated, author, organization, tags, version, base_url: url },
  };
}

/** The routes. @param allowed private addresses that runs may tell of their end */
export function flowRoutes(
  services: Services,
  launcher: Launcher,
  gateway: Gateway,
  allowed: Allowed,
): FlowsRoutes {
  const underWay = (): Progress | undefined => {
    const names = services.unknown().map(({ name }) => name);
    const starting = names.length > 0 ? { message: `Starting ${names.join(", ")}` } : undefined;
    return gateway.progress ?? services.progress ?? starting;
  };
  return (router) => {
    // Ours: what a page waits for while something is made, and how far it is.
    router.get("/preparing", (c) => {
      const { message = null, fraction = null } = underWay() ?? {};
      return c.json({ message, fraction });
    });
    router.get("/flow", async (c) => {
      const { q = "", offset = "", pp = "10", tag, wait } = c.req.query();
      const words = q.toLowerCase().split(/\s+/).filter(Boolean);
      const all = (await launcher.flows(wait === undefined ? undefined : clamped(wait, 0, MAX_WAIT)))
        .filter((flow) => words.every((word) => searched(flow).includes(word)))
        .filter(({ tags }) => tag === undefined || tags.includes(tag));
      const start = offset ? all.findIndex(({ uid }) => uid === offset) + 1 : 0;
      const end = start + clamped(pp, 1, MAX_PAGE);
      const items = all.slice(start, end);
      return c.json({
        items: items.map(shown),
        offset: end < all.length ? (items.at(-1)?.uid ?? null) : null,
        total: all.length,
        // Ours: why flows may still be missing.
        preparing: services.unknown().length > 0 ? (underWay()?.message ?? null) : null,
      });
    });
    router.get("/flow/tags", async (c) => {
      const counts: Record<string, number> = Object.create(null);
      const flows = await launcher.flows();
      for (const tag of flows.flatMap(({ tags }) => tags)) counts[tag] = (counts[tag] ?? 0) + 1;
      return c.json(counts);
    });
    router.get("/flow/register", (c) =>
      c.json({ routes: services.exposes.list().flatMap(({ name, enabled }) => (enabled ? [name] : [])) }),
    );
    const register = async (person: Person) => {
      mustOperate(person);
      await Promise.all(services.exposes.list().map(({ name, enabled }) => enabled && services.look(name)));
      const flows = services.flows();
      return {
        ...{ summaries: flows.map(({ summary }) => summary), urls: flows.map(({ url }) => url) },
        ...{ sources: [...new Set(flows.map((flow) => shown(flow).source))], total: flows.length },
      };
    };
    router.put("/flow/register", async (c) => c.json(await register(c.get("person"))));
    router.post("/flow/register", async (c) => c.json(await register(c.get("person")), 201));

    router.get("/-/*", async (c) => {
      const flow = await launcher.find(c.req.path);
      const form = await launcher.form(flow, c.get("person"));
      return c.json({ ...form, url: flow.url, uid: flow.uid });
    });
    router.post("/-/*", async (c) => {
      const flow = await launcher.find(c.req.path);
      const options = launchOptionsOf(c.req.query(), allowed);
      return c.json(await launcher.handIn(flow, c.get("person"), await readFields(c.req.raw), options));
    });
  };
}

function searched({ summary, description, author, organization, tags }: Flow): string {
  return [summary, description, author, organization, ...tags].filter(Boolean).join(" ").toLowerCase();
}

function clamped(text: string, low: number, high: number): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, value));
}
