/** Errors as OpenAI's clients read them: `{error: {message, type, param, code}}` with a status. */
import type { Json } from "../../jobs/job.ts";

/** The `type` of an error, as OpenAI names them. */
export type ApiErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "conflict_error"
  | "rate_limit_error"
  | "server_error";

/** A request that cannot be served. `message` is a sentence for people: what, where, and what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly type: ApiErrorType;
  /** The field that is wrong, as a path: `method.dpo.hyperparameters.beta`. */
  readonly param: string | null;
  /** For programs. */
  readonly code: string | null;

  constructor(
    status: number,
    type: ApiErrorType,
    message: string,
    param: string | null = null,
    code: string | null = null,
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  /** The body of the answer. */
  body(): Record<string, Json> {
    const { message, type, param, code } = this;
    return { error: { message, type, param, code } };
  }

  /** The whole answer. */
  response(): Response {
    return Response.json(this.body(), { status: this.status, headers: { "cache-control": "no-store" } });
  }
}

/** A field of a request that is not right: 400. */
export function invalid(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError(400, "invalid_request_error", message, param, code);
}

/** Something that is not there, or is another's: 404. */
export function notFound(what: string, id: string): ApiError {
  return new ApiError(404, "invalid_request_error", `No such ${what}: ${id}.`, null, "not_found");
}
