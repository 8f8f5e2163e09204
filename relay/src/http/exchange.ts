/** One HTTP request and its answer on uWebSockets.js, made safe to use after an await. */
import { STATUS_CODES } from "node:http";
import type { HttpRequest, HttpResponse } from "../uws/load.ts";

/** Most bytes of a JSON body where a route says nothing else. */
export const MAX_JSON = 64 * 1024;

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A request that cannot be served: becomes a JSON answer {error, message} with this status. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly headers: Headers;
  constructor(status: number, code: string, message: string, headers: Headers = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

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
  readonly #headers: Map<string, string>;
  /** As text. */
  readonly address: string;
  readonly #res: HttpResponse;
  #over = false;
  #length: number | undefined;
  #bodiless = false;
  #begun = false;
  #paused = false;
  #shape: (error: HttpError) => unknown = ({ code, message }) => ({ error: code, message });
  #onAbort: (() => void)[] = [];
  /** Waits until more may be written. */
  #waiter: ((offset: number) => void) | undefined;

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
    this.#headers = headers;
    this.address = Buffer.from(res.getRemoteAddressAsText()).toString();
    res.onAborted(() => {
      this.#over = true;
      this.#waiter?.(0);
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
    this.#end();
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

  /** Answers with an error; an answer that has begun is broken off. */
  fail(error: HttpError): void {
    if (this.#begun) this.abort();
    else this.json(error.status, this.#shape(error), error.headers);
  }

  /** Has errors answered in another shape: addresses that clients of others use answer as those expect. */
  shapeErrors(shape: (error: HttpError) => unknown): void {
    this.#shape = shape;
  }

  /** Takes the token of a header that some clients have in the place of Authorization. */
  readTokenFrom(name: string): void {
    const token = this.#headers.get(name);
    // It is a secret, and passed on to nobody.
    this.#headers.delete(name);
    if (token && !this.#headers.has("authorization")) this.#headers.set("authorization", `Bearer ${token}`);
  }

  /** Begins an answer that `write` continues and `finish` ends; `length` is the body's, when it is known. */
  begin(status: number, headers: Headers, length?: number): void {
    if (this.#over) return;
    this.#length = length;
    this.#begun = true;
    this.#bodiless = this.method === "HEAD" || status === 204 || status === 304;
    this.#res.cork(() => this.#writeHead(status, headers));
  }

  /** Sends a part of it; resolves when more may be sent. */
  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (!this.#over && !this.#bodiless && rest.byteLength > 0) {
      const before = this.#res.getWriteOffset();
      // After the last byte the library forbids to touch the request.
      if (this.#length !== undefined && before + rest.byteLength >= this.#length) this.resume();
      let [accepted, done] = [true, false];
      this.#res.cork(() => {
        if (this.#length === undefined) accepted = this.#res.write(rest);
        else [accepted, done] = this.#res.tryEnd(rest, this.#length);
      });
      if (done) this.#over = true;
      if (accepted) return;
      const offset = await this.#writable();
      // A body of unknown length is queued by the library; of one of known length the caller keeps what did not go.
      if (this.#length === undefined) return;
      rest = rest.subarray(offset - before);
    }
  }

  /** Ends an answer that `begin` began. One that promised more bytes than came is broken off, so that this shows. */
  finish(): void {
    if (this.#over) return;
    if (this.#bodiless) {
      this.#end();
      this.#res.cork(() => this.#res.endWithoutBody(this.#length));
    } else if (this.#length !== undefined && this.#length > 0) this.abort();
    else {
      this.#end();
      this.#res.cork(() => this.#res.end());
    }
  }

  #writable(): Promise<number> {
    return new Promise((resolve) => {
      this.#waiter = resolve;
      this.#res.onWritable((offset) => {
        this.#waiter?.(offset);
        return true;
      });
    });
  }

  /** Breaks the connection: the client sees that the answer is not whole. */
  abort(): void {
    if (!this.#over) this.#res.close();
  }

  /**
   * The body as JSON. Call before the first await.
   * @throws HttpError 413 for more than `most` bytes, 400 for what is not JSON.
   */
  async readJson(most = MAX_JSON): Promise<unknown> {
    const parts: Buffer[] = [];
    let size = 0;
    await new Promise<void>((resolve, reject) => {
      this.onAbort(() => reject(new HttpError(400, "aborted", "The request was aborted.")));
      this.onBody((bytes, last) => {
        size += bytes.byteLength;
        if (size > most) reject(new HttpError(413, "too_large", "The request is too large."));
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

  /** Stops and continues the arrival of the body. The library must be told to resume only what it was told to stop. */
  pause(): void {
    if (this.#over || this.#paused) return;
    this.#paused = true;
    this.#res.pause();
  }
  resume(): void {
    if (this.#over || !this.#paused) return;
    this.#paused = false;
    this.#res.resume();
  }

  /** The answer is complete. What is left of the request must not hold up the connection's next one. */
  #end(): void {
    this.resume();
    this.#over = true;
  }

  #writeHead(status: number, headers: Headers): void {
    this.#res.writeStatus(`${status} ${STATUS_CODES[status] ?? ""}`);
    for (const [name, value] of Object.entries(headers)) {
      for (const each of typeof value === "string" ? [value] : value) this.#res.writeHeader(name, each);
    }
  }
}
