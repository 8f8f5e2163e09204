/** Every HTTP address of the relay, in the order in which they are tried. */
import * as v from "valibot";
import type { Accounts, Proof } from "../accounts/accounts.ts";
import type { Peer } from "../switch/peer.ts";
import type { Switchboard } from "../switch/switchboard.ts";
import type { ContentOrigin } from "../tunnel/content.ts";
import { RequestBody, type Target, tunnel } from "../tunnel/http.ts";
import type { SocketRequest, SocketTarget } from "../tunnel/sockets.ts";
import { targetOf } from "../tunnel/target.ts";
import { type AuthDependencies, signInByLink, signOut, whoAmI } from "./auth-routes.ts";
import { type Exchange, type Headers, HttpError } from "./exchange.ts";
import type { StaticFiles } from "./static.ts";

const NAME = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));
const ContentBody = v.object({ node: v.optional(v.union([v.literal(""), NAME]), ""), service: NAME });
const SettingsBody = v.object({ default_node: v.nullable(NAME) });

/** What the routes stand on. */
export interface RouteDependencies extends AuthDependencies {
  readonly accounts: Accounts;
  readonly switchboard: Switchboard;
  readonly files: StaticFiles;
  /** Undefined where there is none: services' answers are then boxed in on the app's own origin. */
  readonly content: ContentOrigin | undefined;
  readonly version: string;
  readonly scheme: "http" | "https";
  readonly appHeaders: Headers;
  originAllowed(origin: string, host: string): boolean;
  /** Remembers which session a channel of the relay's own ends with. */
  belongs(peer: Peer, session: string): void;
}

/** Answers one request. @throws HttpError, also as the promise's rejection. */
export function route(exchange: Exchange, to: RouteDependencies): Promise<void> | undefined {
  const { method, path } = exchange;
  const content = to.content?.find(exchange.header("host").toLowerCase(), path);
  if (content) {
    const { ticket, prefix } = content;
    if (!ticket)
      throw new HttpError(404, "not_found", "This address has run out: open it again from Eyepiece.");
    const query = exchange.query ? `?${exchange.query}` : "";
    const target = {
      node: ticket.node,
      service: ticket.service,
      path: content.path + query,
      prefix,
      own: false,
    };
    const person = to.accounts.person(ticket.userId);
    if (!person) throw new HttpError(404, "not_found", "This address has run out.");
    return pass(exchange, new RequestBody(exchange), target, { person, session: ticket.session }, to);
  }
  const target = targetOf(path, exchange.query, exchange.header("x-eyepiece-node"));
  if (target) {
    const body = new RequestBody(exchange);
    return signedIn(exchange, to).then((proof) => {
      if (proof.session !== undefined) refuseOtherSites(exchange.headers, to);
      return pass(exchange, body, target, proof, to);
    });
  }
  if (method === "POST" || method === "PUT" || method === "DELETE" || method === "PATCH")
    refuseOtherSites(exchange.headers, to);
  switch (`${method === "HEAD" ? "GET" : method} ${path}`) {
    case "GET /healthz": {
      const nodes = to.switchboard.registry
        .list()
        .map(({ name, adapter, encoder }) => ({ name, adapter, encoder }));
      exchange.json(200, { status: "ok", version: to.version, nodes, clients: to.switchboard.browsers });
      return undefined;
    }
    case "POST /api/auth/link":
      return signInByLink(exchange, to);
    case "GET /api/auth/me":
      return whoAmI(exchange, to);
    case "POST /api/auth/logout":
      return signOut(exchange, to);
    case "GET /api/nodes":
      return signedIn(exchange, to).then(({ person }) =>
        exchange.json(200, {
          nodes: to.switchboard.registry.list(),
          default_node: person.defaultNode ?? null,
        }),
      );
    case "PUT /api/settings":
      return saveSettings(exchange, to);
    case "POST /api/content":
      return issueTicket(exchange, to);
  }
  if (to.files.serve(exchange, to.appHeaders)) return undefined;
  throw new HttpError(404, "not_found", `There is nothing at ${path}.`);
}

/** Whom a WebSocket on an address other than /link and /node is for. @throws HttpError */
export async function socketTarget(request: SocketRequest, to: RouteDependencies): Promise<SocketTarget> {
  const header = (name: string): string => request.headers.get(name) ?? "";
  const host = header("host").toLowerCase();
  const content = to.content?.find(host, request.path);
  const query = request.query ? `?${request.query}` : "";
  if (content) {
    const { ticket, prefix, path } = content;
    const person = ticket && to.accounts.person(ticket.userId);
    // A page of another ticket or site may not speak through this one.
    if (!ticket || !person || header("origin") !== `${to.scheme}://${host}`) {
      throw new HttpError(403, "forbidden", "This address has run out, or is another page's.");
    }
    const target = { node: ticket.node, service: ticket.service, path: path + query, prefix, own: false };
    return { target, person, onPeer: (peer) => ticket.session && to.belongs(peer, ticket.session) };
  }
  const target = targetOf(request.path, request.query, header("x-eyepiece-node"));
  if (!target) throw new HttpError(404, "not_found", `There is no WebSocket at ${request.path}.`);
  const origin = header("origin");
  if (origin && !to.originAllowed(origin, host))
    throw new HttpError(403, "forbidden", "Pages of this origin may not connect.");
  const proof = await to.accounts.prove(header("cookie"), header("authorization"));
  if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
  const { person, session } = proof;
  return { target, person, onPeer: (peer) => session && to.belongs(peer, session) };
}

function pass(
  exchange: Exchange,
  body: RequestBody,
  target: Target,
  { person, session }: Pick<Proof, "person" | "session">,
  to: RouteDependencies,
): Promise<void> {
  // A worker would answer for later pages of this origin.
  if (target.own && exchange.header("service-worker")) {
    throw new HttpError(403, "forbidden", "Services cannot install service workers here.");
  }
  return tunnel(exchange, body, target, person, to.switchboard, to.scheme, (peer) => {
    if (session) to.belongs(peer, session);
  });
}

async function signedIn(exchange: Exchange, { accounts }: RouteDependencies): Promise<Proof> {
  const proof = await accounts.prove(exchange.header("cookie"), exchange.header("authorization"));
  if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
  return proof;
}

async function saveSettings(exchange: Exchange, to: RouteDependencies): Promise<void> {
  const reading = exchange.readJson();
  const { person } = await signedIn(exchange, to).catch(async (cause: unknown) => {
    await reading.catch(() => undefined);
    throw cause;
  });
  const body = v.safeParse(SettingsBody, await reading);
  if (!body.success)
    throw new HttpError(400, "invalid", "The body is {default_node}, a node's name or null.");
  to.accounts.setDefaultNode(person.id, body.output.default_node ?? undefined);
  exchange.json(200, { default_node: body.output.default_node });
}

async function issueTicket(exchange: Exchange, to: RouteDependencies): Promise<void> {
  const reading = exchange.readJson();
  const { person, session } = await signedIn(exchange, to).catch(async (cause: unknown) => {
    await reading.catch(() => undefined);
    throw cause;
  });
  const body = v.safeParse(ContentBody, await reading);
  if (!body.success) throw new HttpError(400, "invalid", "The body is {service, node?}, names.");
  const { node, service } = body.output;
  const where = `/nodes/${node}/services/${service}/`;
  if (to.content)
    exchange.json(200, { url: to.content.issue({ userId: person.id, session, node, service }) });
  else if (node) exchange.json(200, { url: where });
  else throw new HttpError(400, "invalid", "Name a node.");
}

/** Cookies come along from other sites' pages too; what such a page sends is not the person's wish. */
function refuseOtherSites(headers: ReadonlyMap<string, string>, to: RouteDependencies): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const foreign =
    origin !== undefined
      ? !to.originAllowed(origin, headers.get("host") ?? "")
      : site !== undefined && site !== "same-origin" && site !== "none";
  if (foreign) throw new HttpError(403, "forbidden", "Pages of another origin may not do this.");
}
