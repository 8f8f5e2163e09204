/** The table of the relay's HTTP routes: what an entry says, which entry a request meets, and the checks before its handler. */
import { RIGHTS, type Right } from "@eyepiece/protocol/rights.ts";
import * as v from "valibot";
import type { Accounts, Person, Proof } from "../accounts/accounts.ts";
import { bearerOf } from "../accounts/accounts.ts";
import { RequestBody } from "../tunnel/http.ts";
import { type Exchange, HttpError, MAX_JSON } from "./exchange.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call a route at all. people: no guests. owner: administrators. node: a node, by its token. What a person may do
 * with the thing that an address names is the handler's question to `access`.
 */
export type RouteAccess = "public" | "signed-in" | "people" | "owner" | "node";

/** Ids of things that one person has: a test fills addresses of the table with them and asks as somebody else. */
export interface SampleThings {
  readonly user: string;
  readonly project: string;
  readonly notebook: string;
  readonly share: string;
  readonly token: string;
  /** Further ids by name, as the subjects that have them agree. */
  readonly [name: string]: string;
}

/** A request that its owner could make with success. */
export interface SampleRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One route. Make it by `defineRoute`, which ties the handler's types to the schemas. */
export interface RouteSpec {
  readonly method: Method;
  /** `{name}` matches one segment, `{name*}` at the end the rest. Literal segments come before parameters. */
  readonly path: string;
  /** One line for the page of the API. */
  readonly summary: string;
  readonly tag: string;
  readonly access: RouteAccess;
  /**
   * What a program's token must hold: a right, or "all" for what only a whole person does (accounts, sharing). Without it
   * reading needs `view` and everything else `edit`.
   */
  readonly scope?: Right | "all";
  readonly body?: v.GenericSchema;
  readonly query?: v.GenericSchema;
  /** What it answers: a sentence for 200, or one for each status. */
  readonly responses?: string | Readonly<Record<number, string>>;
  /** Bytes of JSON; 64 KiB without it. */
  readonly maxBody?: number;
  /** The handler reads the body itself, from `context.upload`. */
  readonly raw?: true;
  /** For the test that tries each route as those who may not; needed where the path has parameters or a body is asked. */
  sample?(things: SampleThings): SampleRequest;
  handler(context: RouteContext): Promise<void> | void;
}

/** A request at its handler. */
export interface RouteContext<Body = unknown, Query = unknown> {
  readonly exchange: Exchange;
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Set when somebody is signed in, also on public routes. */
  readonly proof: Proof | undefined;
  /** @throws HttpError 401 when nobody is signed in; never on routes whose access needs a person */
  readonly person: Person;
  /** Name of the node that calls, where access is "node"; else empty. */
  readonly node: string;
  /** The body, where the route is `raw`. */
  readonly upload: RequestBody;
}

type Out<S> = S extends v.GenericSchema ? v.InferOutput<S> : unknown;

/** Checks a route's types: the handler gets what the schemas let through. */
export function defineRoute<
  const B extends v.GenericSchema | undefined = undefined,
  const Q extends v.GenericSchema | undefined = undefined,
>(
  spec: Omit<RouteSpec, "body" | "query" | "handler"> & {
    readonly body?: B;
    readonly query?: Q;
    handler(context: RouteContext<Out<B>, Out<Q>>): Promise<void> | void;
  },
): RouteSpec {
  return spec as RouteSpec;
}

interface Entry {
  readonly spec: RouteSpec;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** What a path and method meet. `allowed`: the path is known, with these methods only. */
export type Match =
  | { readonly spec: RouteSpec; readonly params: Readonly<Record<string, string>> }
  | { readonly allowed: readonly Method[] };

/** Finds routes and runs them. */
export class Router {
  readonly specs: readonly RouteSpec[];
  readonly #entries: readonly Entry[];
  readonly #accounts: Pick<Accounts, "prove" | "nodeOfToken">;

  /** @throws Error for two entries that would meet the same requests */
  constructor(specs: readonly RouteSpec[], accounts: Pick<Accounts, "prove" | "nodeOfToken">) {
    const seen = new Set<string>();
    for (const { method, path } of specs) {
      const shape = `${method} ${path.replaceAll(/\{[^}*]+/g, "{")}`;
      if (seen.has(shape)) throw new Error(`The route ${method} ${path} is there twice.`);
      seen.add(shape);
    }
    this.specs = specs;
    this.#accounts = accounts;
    this.#entries = [...specs]
      .sort((a, b) => (order(a.path) < order(b.path) ? -1 : 1))
      .map((spec) => ({ spec, ...compile(spec.path) }));
  }

  /** The route of a request; undefined when no route has this path. HEAD is GET. */
  match(method: string, path: string): Match | undefined {
    const wanted = method === "HEAD" ? "GET" : method;
    const allowed: Method[] = [];
    for (const { spec, pattern, names } of this.#entries) {
      const found = pattern.exec(path);
      if (!found) continue;
      if (spec.method !== wanted) {
        allowed.push(spec.method);
        continue;
      }
      const params = Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? "")]));
      return { spec, params };
    }
    return allowed.length > 0 ? { allowed } : undefined;
  }

  /**
   * Checks who asks and what with, then runs the handler. Call before the first await: the body is read from here on.
   * @throws HttpError
   */
  async run(exchange: Exchange, spec: RouteSpec, params: Readonly<Record<string, string>>): Promise<void> {
    const upload = spec.raw ? new RequestBody(exchange) : undefined;
    const reading = spec.body ? exchange.readJson(spec.maxBody ?? MAX_JSON) : undefined;
    // Who asks is answered before what they sent is looked at.
    reading?.catch(() => undefined);
    const { proof, node } = await this.#admit(exchange, spec);
    const query = parsed(spec.query, Object.fromEntries(new URLSearchParams(exchange.query)), "query");
    const body = spec.body ? parsed(spec.body, await reading, "body") : undefined;
    if (exchange.over) return;
    await spec.handler({
      exchange,
      params,
      query,
      body,
      proof,
      node,
      get person() {
        if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
        return proof.person;
      },
      get upload() {
        if (!upload) throw new Error(`${spec.method} ${spec.path} is not a raw route.`);
        return upload;
      },
    });
  }

  async #admit(exchange: Exchange, spec: RouteSpec): Promise<{ proof: Proof | undefined; node: string }> {
    const authorization = exchange.header("authorization");
    if (spec.access === "node") {
      const token = bearerOf(authorization);
      const node = token && this.#accounts.nodeOfToken(token);
      if (!node) throw new HttpError(401, "unauthorized", "This is not a node's token.");
      return { proof: undefined, node };
    }
    const proof = await this.#accounts.prove(exchange.header("cookie"), authorization);
    if (spec.access === "public") return { proof, node: "" };
    if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
    const { role } = proof.person;
    if (role === "guest" && spec.access !== "signed-in") {
      throw new HttpError(
        403,
        "forbidden",
        "Guests of a share link cannot do this: sign in with an account.",
      );
    }
    if (role !== "owner" && spec.access === "owner") {
      throw new HttpError(403, "forbidden", "Only administrators can do this.");
    }
    refuseScope(spec, proof);
    return { proof, node: "" };
  }
}

/** A program's token does no more than it was made for. */
function refuseScope(spec: RouteSpec, proof: Proof): void {
  const { scopes } = proof;
  if (!scopes) return;
  const need = spec.scope ?? (spec.method === "GET" ? "view" : "edit");
  const enough = need === "all" ? RIGHTS.every((right) => scopes.includes(right)) : scopes.includes(need);
  if (enough) return;
  throw new HttpError(
    403,
    "forbidden",
    need === "all"
      ? "This token is limited, and this needs one with all rights: make one in the settings."
      : `This token was made without the right "${need}": make one that has it in the settings.`,
  );
}

/** @throws HttpError 400 that names the field */
function parsed(schema: v.GenericSchema | undefined, value: unknown, what: "body" | "query"): unknown {
  if (!schema) return value;
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new HttpError(
    400,
    "invalid",
    `The ${what}${field ? `'s ${field}` : ""} is not right: ${issue.message}.`,
  );
}

function compile(path: string): { pattern: RegExp; names: readonly string[] } {
  const names: string[] = [];
  const source = path.replaceAll(
    /\{([^}*]+)(\*?)\}|[.+?^$()|[\]\\]/g,
    (all, name?: string, rest?: string) => {
      if (name === undefined) return `\\${all}`;
      names.push(name);
      return rest ? "(.+)" : "([^/]+)";
    },
  );
  return { pattern: new RegExp(`^${source}$`), names };
}

/** Sorts literal segments before parameters, and parameters before rests. */
function order(path: string): string {
  return path.replaceAll(/\{[^}]+\*\}/g, "\uffff").replaceAll(/\{[^}]+\}/g, "\ufffe");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) throw new HttpError(400, "invalid", "The address is not encoded rightly.");
    throw cause;
  }
}
