/** `/outputs`: an execution's state, its events as they come, its result, its end. */
import type { Context } from "hono";
import type { Gateway } from "../agent/gateway.ts";
import { isOver, type Kind, MAIN, STDIO } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";
import type { Runs } from "../executions/runs.ts";
import { removeExecution } from "./belonging-routes.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { resultPage, resultText } from "./results.ts";
import type { FlowsEnv, FlowsRoutes } from "./router.ts";
import { eventStream, streamed } from "./sse.ts";

/** Only who started a run reads of it. @throws FlowsHttpError 404, also for another's */
export function mine(
  executions: Executions,
  c: Context<FlowsEnv>,
  fid = c.req.param("fid") ?? "",
): Execution {
  const execution = /^[0-9a-f]{24}$/.test(fid) ? executions.find(fid) : undefined;
  if (!execution || execution.user !== c.get("person").id)
    throw notFound(`The execution ${fid.slice(0, 100)}`);
  return execution;
}

/** The routes. */
export function outputRoutes(executions: Executions, runs: Runs, gateway: Gateway): FlowsRoutes {
  return (router) => {
    router.get("/outputs/status/:fid", (c) => c.json(statusOf(executions, mine(executions, c))));
    const streams: [string, readonly Kind[] | undefined][] = [
      ["stream", undefined],
      ["main", MAIN],
      ["stdio", STDIO],
    ];
    for (const [name, kinds] of streams) {
      router.get(`/outputs/${name}/:fid`, (c) => {
        const execution = mine(executions, c);
        const stream = eventStream(executions, execution, kinds, lastSeen(c));
        return streamed(stream);
      });
    }
    router.get("/outputs/html/:fid", (c) => {
      const execution = mine(executions, c);
      return new Response(resultPage(execution, executions.lastOf(execution, "final")?.message), {
        headers: {
          "content-type": "text/html; charset=utf-8",
          // People made it: it reaches nothing and runs nothing, also where a client asks this node directly.
          "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
          "x-content-type-options": "nosniff",
        },
      });
    });
    router.get("/outputs/raw/:fid", (c) => {
      const execution = mine(executions, c);
      return new Response(resultText(executions.lastOf(execution, "final")?.message), {
        headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
      });
    });
    router.post("/outputs/cancel/:fid", (c) => {
      const execution = mine(executions, c);
      if (isOver(execution.state)) throw new FlowsHttpError(409, `The run is over: ${execution.state}.`);
      runs.cancel(execution);
      return c.json({ fid: execution.fid, cancelled: true });
    });
    router.delete("/outputs/:fid", async (c) => {
      const execution = mine(executions, c);
      await removeExecution(executions, runs, gateway, execution);
      return c.body(null, 204);
    });
  };
}

/** As `GET /outputs/status/{fid}` tells it. */
function statusOf(executions: Executions, execution: Execution) {
  const { fid, state, about, flow, username, finish, startup } = execution;
  const { entry_point, ...told } = about;
  const final = executions.lastOf(execution, "final")?.message;
  return {
    ...{ status: state, timestamp: finish ?? startup, final: final ? JSON.parse(final) : null, fid, ...told },
    ...{ kodosumi_version: "0.1.0", app_url: flow, entry_point, username, startup, finish },
    error: executions.lastOf(execution, "error")?.message ?? null,
    locks: executions
      .locks(execution)
      .list()
      .map(({ lid, name, expires }) => ({ lid, name, expires })),
  };
}

/** Number of the last event that the client has: 0 for none. */
function lastSeen(c: Context<FlowsEnv>): number {
  const told = c.req.header("last-event-id") ?? c.req.query("offset") ?? "0";
  return /^\d{1,15}$/.test(told) ? Number(told) : 0;
}
