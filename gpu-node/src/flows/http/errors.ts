/** Errors of the flows' API, in the shape that Kodosumi's clients read. */
import { STATUS_CODES } from "node:http";

/** An answer that is an error; `detail` is a sentence for people. */
export class FlowsHttpError extends Error {
  override readonly name = "FlowsHttpError";
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }

  response(path: string): Response {
    const body = {
      error: STATUS_CODES[this.status] ?? "Error",
      path,
      detail: this.message,
      status_code: this.status,
    };
    return Response.json(body, { status: this.status, headers: { "cache-control": "no-store" } });
  }
}

/** What is not there, or is another's: who asks cannot tell the two apart. */
export function notFound(what: string): FlowsHttpError {
  return new FlowsHttpError(404, `${what} does not exist.`);
}
