/** `/timeline`: a person's executions, newest first. */
import { STATES, type State } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution, ExecutionFilter } from "../executions/register.ts";
import type { Changes } from "../watching/changes.ts";
import { FlowsHttpError } from "./errors.ts";
import type { FlowsRoutes } from "./router.ts";
import { streamed } from "./sse.ts";
import { timelineStream } from "./timeline-stream.ts";

const MAX_PAGE = 200;

/** One line of it. */
function shown(executions: Executions, execution: Execution) {
  const { fid, about, inputs, state, startup, finish, error, flow } = execution;
  const waits = state === "awaiting" ? executions.locks(execution).list() : [];
  return {
    ...{ fid, tags: about.tags, summary: about.summary, inputs, status: state, error, app_url: flow },
    startup: iso(startup),
    finish: finish === null ? null : iso(finish),
    runtime: finish === null ? null : finish - startup,
    locks: waits.map(({ lid }) => lid),
  };
}

/** The routes. Another's executions are on nobody's timeline. */
export function timelineRoutes(executions: Executions, changes: Changes): FlowsRoutes {
  const line = (execution: Execution) => shown(executions, execution);
  return (router) => {
    const page = (user: string, query: Record<string, string>) => {
      const filter = filterOf(user, query);
      const rows = executions.list({ ...filter, limit: filter.limit + 1 });
      const items = rows.slice(0, filter.limit);
      return { filter, items, offset: rows.length > items.length ? (items.at(-1)?.fid ?? null) : null };
    };
    router.get("/timeline", (c) => {
      const query = c.req.query();
      const { filter, items, offset } = page(c.get("person").id, query);
      const append = items.map((one) => shown(executions, one));
      return c.json({
        total: executions.count(filter),
        origin: append[0]?.fid ?? null,
        offset,
        timestamp: Date.now() / 1000,
        items: { append, insert: [], update: [], delete: [] },
      });
    });
    router.get("/timeline/list", (c) => {
      const query = c.req.query();
      const { items, offset } = page(c.get("person").id, query);
      return c.json({ items: items.map((one) => shown(executions, one)), query: query.q ?? null, offset });
    });
    router.get("/timeline/stream", (c) => {
      const told = c.req.header("last-event-id") ?? c.req.query("offset") ?? "";
      const after = /^\d{1,15}$/.test(told) ? Number(told) : undefined;
      return streamed(timelineStream({ executions, changes, line }, c.get("person").id, after));
    });
    router.get("/timeline/changes", (c) => {
      const query = c.req.query();
      const timestamp = Date.now() / 1000;
      if (query.since === undefined) return c.json({ timestamp });
      const since = Number(query.since);
      if (!Number.isFinite(since)) throw new FlowsHttpError(400, "since: it is no time in seconds.");
      const filter = filterOf(c.get("person").id, { pp: String(MAX_PAGE), ...query });
      const update = executions.list({ ...filter, since }).map((one) => shown(executions, one));
      return c.json({ update, delete: [], timestamp, query: query.q ?? null });
    });
  };
}

function filterOf(user: string, query: Record<string, string>): ExecutionFilter {
  const size = Number.parseInt(query.pp ?? "10", 10);
  const states = query.status
    ?.split(",")
    .filter((one): one is State => STATES.some((state) => state === one));
  return {
    user,
    limit: Number.isNaN(size) ? 10 : Math.min(MAX_PAGE, Math.max(1, size)),
    ...(query.q && { q: query.q }),
    ...(states && states.length > 0 && { states }),
    ...(query.offset && { before: query.offset }),
  };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
