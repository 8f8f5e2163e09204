/** `/lock/{fid}/{lid}`: the form at which a run waits, and the answer to it. */
import type { Context } from "hono";
import type { Executions } from "../executions/executions.ts";
import type { Lock } from "../executions/locks.ts";
import type { Execution } from "../executions/register.ts";
import type { Runs } from "../executions/runs.ts";
import { callerHeaders } from "../launching/launcher.ts";
import type { Services } from "../services/services.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { mine } from "./output-routes.ts";
import { type FlowsEnv, type FlowsRoutes, readFields } from "./router.ts";

/** The routes. Of several answers to a lock the first counts; the others hear 409. */
export function lockRoutes(executions: Executions, services: Services, runs: Runs): FlowsRoutes {
  const asked = async (c: Context<FlowsEnv>, lock: Lock, execution: Execution, inputs: unknown) => {
    const expose = services.exposes.find(execution.service);
    if (!expose) throw notFound(`The service ${execution.service}`);
    const headers = callerHeaders(c.get("person"), { expose });
    const path = `/_lock_/${encodeURIComponent(lock.name)}`;
    const answer = await services.ask(expose, "POST", path, headers, { data: lock.data, inputs });
    const detail = (answer.body as { detail?: unknown } | undefined)?.detail;
    if (answer.status !== 200 || !answer.body)
      throw new FlowsHttpError(
        502,
        `The lock's form failed: ${typeof detail === "string" ? detail : answer.text.slice(-2000)}`,
      );
    return answer.body as { elements?: unknown; errors?: unknown; result?: unknown };
  };
  const waiting = (c: Context<FlowsEnv>): { execution: Execution; lock: Lock } => {
    const execution = mine(executions, c);
    const lid = c.req.param("lid") ?? "";
    const locks = executions.locks(execution);
    const state = locks.state(lid);
    if (state === "answered") throw new FlowsHttpError(409, `The lock ${lid} has been answered.`);
    if (state === "expired") throw new FlowsHttpError(410, `The lock ${lid} waits no longer.`);
    const lock = locks.find(lid);
    if (!lock) throw notFound(`The lock ${lid.slice(0, 100)}`);
    return { execution, lock };
  };
  return (router) => {
    router.get("/lock/:fid/:lid", async (c) => {
      const { execution, lock } = waiting(c);
      return c.json((await asked(c, lock, execution, null)).elements);
    });
    router.post("/lock/:fid/:lid", async (c) => {
      const { execution, lock } = waiting(c);
      const answer = await asked(c, lock, execution, await readFields(c.req.raw));
      if (answer.errors) return c.json({ errors: answer.errors, elements: answer.elements });
      if (!(await runs.answer(execution, lock.lid, answer.result ?? null))) {
        // Another was faster while the service thought; or the run does not wait any more.
        throw new FlowsHttpError(409, `The lock ${lock.lid} has been answered, or its run is over.`);
      }
      return c.json({ result: answer.result ?? null, elements: answer.elements });
    });
  };
}
