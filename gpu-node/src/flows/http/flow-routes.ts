/** `/flow`: the catalogue; `/-/service/path`: a flow's form, and handing it in. */
import { randomBytes } from "node:crypto";
import { sandboxed } from "../../launcher/probe.ts";
import type { Person } from "../../trainer/http/person.ts";
import type { Gateway } from "../agent/gateway.ts";
import type { Runs } from "../executions/runs.ts";
import type { Flow, Services } from "../services/services.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { type FlowsRoutes, mustOperate, readFields } from "./router.ts";

/** How long the catalogue waits for services that are asked for the first time. */
const LOOK_MS = 10_000;
const MAX_PAGE = 200;

/** As the catalogue tells it. */
function shown(flow: Flow) {
  const { uid, url, summary, description, deprecated, author, organization, tags, version } = flow;
  return {
    ...{ uid, method: "GET", url, source: `/-/${flow.expose.name}/openapi.json`, summary, description },
    ...{ deprecated, author, organization, tags, version, base_url: url },
  };
}

/** The routes. @param uploads puts uploaded files where the run finds them, and their names where the handler does */
export function flowRoutes(
  services: Services,
  runs: Runs,
  gateway: Gateway,
  uploads: UploadsOfForms,
): FlowsRoutes {
  return (router) => {
    router.get("/flow", async (c) => {
      await lookAtUnknown(services);
      const { q = "", offset = "", pp = "10", tag } = c.req.query();
      const words = q.toLowerCase().split(/\s+/).filter(Boolean);
      const all = services
        .flows()
        .filter((flow) => words.every((word) => searched(flow).includes(word)))
        .filter(({ tags }) => tag === undefined || tags.includes(tag));
      const start = offset ? all.findIndex(({ uid }) => uid === offset) + 1 : 0;
      const end = start + clamped(pp, 1, MAX_PAGE);
      const items = all.slice(start, end);
      const preparing = services.unknown().length > 0 ? (gateway.preparing ?? "Starting services") : null;
      return c.json({
        items: items.map(shown),
        offset: end < all.length ? (items.at(-1)?.uid ?? null) : null,
        total: all.length,
        // Ours: why flows may still be missing.
        preparing,
      });
    });
    router.get("/flow/tags", async (c) => {
      await lookAtUnknown(services);
      const counts: Record<string, number> = Object.create(null);
      for (const tag of services.flows().flatMap(({ tags }) => tags)) counts[tag] = (counts[tag] ?? 0) + 1;
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
      const flow = await found(services, c.req.path);
      const answer = await services.ask(flow.expose, "GET", flow.path, callerHeaders(c.get("person"), flow));
      if (answer.status !== 200 || answer.body === undefined)
        throw new FlowsHttpError(502, `The form cannot be shown: ${said(answer)}`);
      const form = answer.body as Record<string, unknown>;
      return c.json({ ...form, url: flow.url, uid: flow.uid });
    });
    router.post("/-/*", async (c) => {
      const person = c.get("person");
      const flow = await found(services, c.req.path);
      await maySandbox(person);
      runs.mayStart(person);
      const fields = await readFields(c.req.raw);
      const files = uploads.take(person.id, fields);
      const fid = randomBytes(12).toString("hex");
      const headers = { ...callerHeaders(person, flow), "x-eyepiece-fid": fid };
      const answer = await services.ask(flow.expose, "POST", flow.path, headers, files.fields);
      const body = answer.body as { result?: string; errors?: unknown; elements?: unknown } | undefined;
      if (answer.status !== 200 || !body)
        throw new FlowsHttpError(502, `The form could not be handed in: ${said(answer)}`);
      if (body.errors) return c.json({ errors: body.errors, elements: body.elements });
      if (body.result !== fid) throw new FlowsHttpError(502, "The service answered without launching a run.");
      const order = await services.order(flow.expose, fid);
      runs.start(fid, flow, order, person, files.place);
      return c.json({ result: fid, elements: body.elements });
    });
  };
}

/** What became of the files that a form names. */
export interface UploadsOfForms {
  /** @throws FlowsHttpError for uploads that are not there, or are not complete */
  take(
    user: string,
    fields: Record<string, unknown>,
  ): {
    readonly fields: Record<string, unknown>;
    readonly place: (execution: { readonly user: string; readonly fid: string }) => void;
  };
}

/** Who calls, for the handler of a form. */
export function callerHeaders(person: Person, flow: Pick<Flow, "expose">): Record<string, string> {
  return {
    "x-kodosumi_user": encodeURIComponent(person.name),
    "x-kodosumi_base": `/-/${flow.expose.name}`,
  };
}

/** The flow of an address; a service that was not asked yet is. @throws FlowsHttpError 404 */
async function found(services: Services, path: string): Promise<Flow> {
  const wanted = decodeURI(path);
  const [, name = ""] = /^\/-\/([^/]+)/.exec(wanted) ?? [];
  const there = services.find(wanted);
  if (there) return there;
  if (services.unknown().some((expose) => expose.name === name)) await services.look(name);
  const flow = services.find(wanted);
  if (!flow) throw notFound(`A flow at ${wanted.slice(0, 200)}`);
  return flow;
}

async function lookAtUnknown(services: Services): Promise<void> {
  const looking = Promise.all(services.unknown().map(({ name }) => services.look(name)));
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LOOK_MS);
  await Promise.race([looking, promise]).finally(() => clearTimeout(timer));
}

/** Where people's code cannot be boxed in, only owners run it, as kernels. */
export async function maySandbox(person: Person): Promise<void> {
  const { works, reason } = await sandboxed();
  if (!works && person.role !== "owner")
    throw new FlowsHttpError(
      403,
      `This machine cannot box in people's code (${reason}), so that only owners may run flows.`,
    );
}

function searched({ summary, description, author, organization, tags }: Flow): string {
  return [summary, description, author, organization, ...tags].filter(Boolean).join(" ").toLowerCase();
}

function clamped(text: string, low: number, high: number): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, value));
}

function said({ status, body, text }: { status: number; body: unknown; text: string }): string {
  const detail = (body as { detail?: unknown } | undefined)?.detail;
  return typeof detail === "string"
    ? detail.slice(0, 2000)
    : `its service answered ${status}: ${text.slice(-2000)}`;
}
