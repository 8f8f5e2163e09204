/** One HTTP request and its answer on uWebSockets.js, made safe to use after an await. */
import { STATUS_CODES } from "node:http";
import type { HttpRequest, HttpResponse } from "../uws/load.ts";

/** Most bytes of a JSON body. */
export const MAX_JSON = 64 * 1024;

/** A request that cannot be served: becomes a JSON answer {error, message} with this status. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A request, copied out of uWebSockets.js's memory, and its answer. */
export class Exchange {
  /** Upper case. */
  readonly method: string;
  /** Path with its leading slash, not decoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names; a name that came twice is joined by a comma, cookies by a semicolon. */
  readonly headers: ReadonlyMap<string, string>;
  /** As text. */
  readonly address: string;
  readonly #res: HttpResponse;
  #over = false;
  #onAbort: (() => void)[] = [];

  constructor(res: HttpResponse, req: HttpRequest) {
    this.#res = res;
    this.method = req.getCaseSensitiveMethod().toUpperCase();
    this.path = req.getUrl();
    this.query = req.getQuery();
    const headers = new Map<string, string>();
    req.forEach((name, value) => {
      const before = headers.get(name);
      headers.set(name, before === undefined ? value : before + (name === "cookie" ? "; " : ", ") + value);
    });
    this.headers = headers;
    this.address = Buffer.from(res.getRemoteAddressAsText()).toString();
    res.onAborted(() => {
      this.#over = true;
      for (const handler of this.#onAbort) handler();
    });
  }

  /** Answered or aborted: nothing more can be sent. */
  get over(): boolean {
    return this.#over;
  }

  header(name: string): string {
    return this.headers.get(name) ?? "";
  }

  /** Calls `handler` when the client goes away before the answer is complete. */
  onAbort(handler: () => void): void {
    if (this.#over) handler();
    else this.#onAbort.push(handler);
  }

  /** Answers with a whole body. HEAD gets the headers alone. */
  reply(status: number, headers: Headers, body: Uint8Array | string = ""): void {
    if (this.#over) return;
    this.#over = true;
    this.#res.cork(() => {
      this.#writeHead(status, headers);
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      if (this.method === "HEAD" || status === 204 || status === 304) {
        this.#res.endWithoutBody(status === 304 || status === 204 ? undefined : bytes.byteLength);
      } else this.#res.end(bytes);
    });
  }

  json(status: number, value: unknown, headers: Headers = {}): void {
    this.reply(
      status,
      { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers },
      JSON.stringify(value),
    );
  }

  fail(error: HttpError, headers: Headers = {}): void {
    this.json(error.status, { error: error.code, message: error.message }, headers);
  }

  /** Begins an answer of unknown length. */
  begin(status: number, headers: Headers): void {
    if (!this.#over) this.#res.cork(() => this.#writeHead(status, headers));
  }

  /** Sends a part of it; resolves when more may be sent. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#over || bytes.byteLength === 0) return;
    let accepted = true;
    this.#res.cork(() => {
      accepted = this.#res.write(bytes);
    });
    if (accepted) return;
    await new Promise<void>((resolve) => {
      this.onAbort(resolve);
      this.#res.onWritable(() => {
        resolve();
        return true;
      });
    });
  }

  /** Ends an answer that `begin` began. */
  finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#res.cork(() => this.#res.end());
  }

  /** Breaks the connection: the client sees that the answer is not whole. */
  abort(): void {
    if (!this.#over) this.#res.close();
  }

  /**
   * The body as JSON. Call before the first await.
   * @throws HttpError 413 for more than `MAX_JSON` bytes, 400 for what is not JSON.
   */
  async readJson(): Promise<unknown> {
    const parts: Buffer[] = [];
    let size = 0;
    await new Promise<void>((resolve, reject) => {
      this.onAbort(() => reject(new HttpError(400, "aborted", "The request was aborted.")));
      this.onBody((bytes, last) => {
        size += bytes.byteLength;
        if (size > MAX_JSON) reject(new HttpError(413, "too_large", "The request is too large."));
        else parts.push(Buffer.from(bytes));
        if (last) resolve();
      });
    });
    try {
      return JSON.parse(Buffer.concat(parts).toString("utf8"));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new HttpError(400, "invalid", "The body is not JSON.");
      throw cause;
    }
  }

  /** Hands the body over part by part; the bytes are valid during the call only. Call before the first await. */
  onBody(handler: (bytes: Uint8Array, last: boolean) => void): void {
    this.#res.onData((chunk, last) => handler(new Uint8Array(chunk), last));
  }

  /** Stops and continues the arrival of the body. */
  pause(): void {
    if (!this.#over) this.#res.pause();
  }
  resume(): void {
    if (!this.#over) this.#res.resume();
  }

  #writeHead(status: number, headers: Headers): void {
    this.#res.writeStatus(`${status} ${STATUS_CODES[status] ?? ""}`);
    for (const [name, value] of Object.entries(headers)) {
      for (const each of typeof value === "string" ? [value] : value) this.#res.writeHeader(name, each);
    }
  }
}
