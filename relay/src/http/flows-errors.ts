/** The relay's own errors on the addresses of flows, `/api/flows`, in the shape that Kodosumi's clients read. */
import { STATUS_CODES } from "node:http";
import type { HttpError } from "./exchange.ts";

/** Whether a path is one of flows', with or without a node before it. */
export function isFlowsPath(path: string): boolean {
  return /^(\/nodes\/[^/]+)?\/api\/flows(\/|$)/.test(path);
}

/** An error there; `path` as the node tells it, without the base. */
export function flowsShape(path: string): (error: HttpError) => unknown {
  const inner = path.replace(/^(\/nodes\/[^/]+)?\/api\/flows/, "") || "/";
  return ({ status, message }) => ({
    error: STATUS_CODES[status] ?? "Error",
    path: inner,
    detail: message,
    status_code: status,
  });
}
