/** The relay's REST API: JSON in, JSON out, and its sentences as errors. */

/** The relay said no, or could not be asked; `message` is for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 when the relay could not be asked. */
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** What goes along with a request. */
export interface ApiOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Asks the relay.
 * @returns the answer's JSON, undefined for an empty answer
 * @throws ApiError, also when there is no network (status 0)
 */
export async function api<T>(method: string, path: string, options: ApiOptions = {}): Promise<T> {
  const response = await request(method, path, options);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** As {@link api}, with the answer as it is. @throws ApiError */
export async function request(method: string, path: string, options: ApiOptions = {}): Promise<Response> {
  const { body, signal } = options;
  const binary = body instanceof Blob || body instanceof Uint8Array || typeof body === "string";
  const headers: Record<string, string> = { accept: "application/json", ...options.headers };
  if (body !== undefined && !binary) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(signal && { signal }),
      ...(body !== undefined && { body: (binary ? body : JSON.stringify(body)) as BodyInit }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, "offline", "The relay cannot be reached from here.", { cause });
  }
  if (response.ok) return response;
  let [code, message] = ["failed", `The relay answered ${response.status}.`];
  try {
    const said = (await response.json()) as { error?: unknown; message?: unknown };
    // OpenAI's addresses, under /v1, put both into one object.
    const { error } = said;
    const inner = (typeof error === "object" && error !== null ? error : {}) as {
      code?: unknown;
      message?: unknown;
    };
    if (typeof error === "string") code = error;
    else if (typeof inner.code === "string") code = inner.code;
    if (typeof inner.message === "string") message = inner.message;
    else if (typeof said.message === "string") message = said.message;
  } catch (cause) {
    console.info("The relay's error has no words:", cause);
  }
  throw new ApiError(response.status, code, message);
}
