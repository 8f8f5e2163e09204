/** `/belongings`: all that a person has started here, counted before an account is deleted, and removed with it. */
import type { Gateway } from "../agent/gateway.ts";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";
import type { Runs } from "../executions/runs.ts";
import type { FlowsRoutes } from "./router.ts";

/** How long a removal waits for the run's end. */
const END_MS = 10_000;
/** Executions that are removed in one go. */
const PAGE = 500;

/** Ends a run that is not over, and removes its execution with all that it has. */
export async function removeExecution(
  executions: Executions,
  runs: Runs,
  gateway: Gateway,
  execution: Execution,
): Promise<void> {
  if (!isOver(executions.find(execution.fid)?.state ?? "error")) {
    const ended = over(executions, execution);
    runs.cancel(execution);
    // Where the agent does not answer, the run is told of its end when it comes back.
    if (!(await ended)) executions.cancelled(execution.fid);
  }
  executions.remove(execution);
  gateway.forget(execution.fid);
}

/** The routes. @param forget what else a person keeps goes first: nothing of it is to start a further run */
export function belongingRoutes(
  executions: Executions,
  runs: Runs,
  gateway: Gateway,
  forget: (user: string) => void,
): FlowsRoutes {
  return (router) => {
    router.get("/belongings", (c) =>
      c.json({ flow_runs: executions.count({ user: c.get("person").id, limit: 1 }) }),
    );
    router.delete("/belongings", async (c) => {
      const user = c.get("person").id;
      forget(user);
      let removed = 0;
      for (;;) {
        const some = executions.list({ user, limit: PAGE });
        if (some.length === 0) return c.json({ flow_runs: removed });
        await Promise.all(some.map((execution) => removeExecution(executions, runs, gateway, execution)));
        removed += some.length;
      }
    });
  };
}

/** Resolves when it is over; false when that takes too long. */
function over(executions: Executions, execution: Execution): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (ended: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(ended);
    };
    const timer = setTimeout(() => done(false), END_MS);
    const stop = executions.watch(execution, () => {
      if (isOver(executions.find(execution.fid)?.state ?? "error")) done(true);
    });
  });
}
