/** Every HTTP address of the relay, in the order in which they are tried: content origin, services of nodes, routes, the app. */
import { previewTags, redeemRoutes } from "../access/redeem-routes.ts";
import { shareRoutes } from "../access/share-routes.ts";
import type { Person, Proof } from "../accounts/accounts.ts";
import { type HeldBy, heldBy } from "../accounts/ended.ts";
import { documentRoutes } from "../notebooks/routes.ts";
import type { Peer } from "../switch/peer.ts";
import { RequestBody, type Target, tunnel } from "../tunnel/http.ts";
import type { SocketRequest, SocketTarget } from "../tunnel/sockets.ts";
import { isTrainerPath, leadsElsewhere, targetOf } from "../tunnel/target.ts";
import { accountRoutes } from "./account-routes.ts";
import { adminRoutes } from "./admin-routes.ts";
import { authRoutes } from "./auth-routes.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { type Exchange, HttpError } from "./exchange.ts";
import { flowsShape, isFlowsPath } from "./flows-errors.ts";
import { flowsRoutes } from "./flows-routes.ts";
import { FRAMES, frameHeaders } from "./headers.ts";
import { openapiRoutes } from "./openapi.ts";
import { platformRoutes } from "./platform-routes.ts";
import { Router, type RouteSpec } from "./router.ts";
import { systemRoutes } from "./system-routes.ts";
import { openaiShape, reachTrainer, trainerRoutes } from "./trainer-routes.ts";

/** Where Kodosumi's clients put their token. */
const KODOSUMI_KEY = "kodosumi_api_key";

/** The table of all routes. */
export function routes(to: RouteDependencies): RouteSpec[] {
  const all: RouteSpec[] = [
    ...openapiRoutes(() => all, to.version),
    ...systemRoutes(to),
    ...authRoutes(to),
    ...accountRoutes(to),
    ...adminRoutes(to),
    ...shareRoutes(to),
    ...redeemRoutes(to),
    ...documentRoutes(to),
    ...trainerRoutes(to),
    ...platformRoutes(to),
    ...flowsRoutes(to),
  ];
  return all;
}

/** What answers requests: the dependencies and the table made of them. */
export interface Routing {
  readonly to: RouteDependencies;
  readonly router: Router;
}

/** Makes the table. */
export function routing(to: RouteDependencies): Routing {
  return { to, router: new Router(routes(to), to.accounts) };
}

const NO_DOTS = "An address has no . or .. between its slashes: send the one that is meant.";

/** Answers one request. @throws HttpError, also as the promise's rejection. */
export function route(exchange: Exchange, { to, router }: Routing): Promise<void> | undefined {
  const { method, path } = exchange;
  if (leadsElsewhere(path)) throw new HttpError(400, "invalid", NO_DOTS);
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
    const person = to.accounts.person(ticket.held.userId);
    if (!person) throw new HttpError(404, "not_found", "This address has run out.");
    return pass(exchange, new RequestBody(exchange), target, person, ticket.held, to);
  }
  if (isTrainerPath(path)) exchange.shapeErrors(openaiShape);
  else if (isFlowsPath(path)) {
    exchange.shapeErrors(flowsShape(path));
    exchange.readTokenFrom(KODOSUMI_KEY);
  }
  const target = router.match(method, path)
    ? undefined
    : targetOf(path, exchange.query, exchange.header("x-eyepiece-node"));
  if (target) {
    const body = new RequestBody(exchange);
    return signedIn(exchange, to).then((proof) => {
      if (proof.session !== undefined) refuseOtherSites(exchange.headers, to);
      const shared = to.runShares.reach(method, target, proof.person);
      if (shared)
        return pass(exchange, body, shared.target, shared.person, heldBy(proof), to, (peer) =>
          to.runShares.opened(peer, proof.person.id, shared.run),
        );
      return pass(exchange, body, reachTrainer(target, to, proof.person), proof.person, heldBy(proof), to);
    });
  }
  const match = router.match(method, path);
  if (match && "spec" in match) {
    if (match.spec.method !== "GET") refuseOtherSites(exchange.headers, to);
    return router.run(exchange, match.spec, match.params);
  }
  if (match) {
    const allow = match.allowed.join(", ");
    throw new HttpError(405, "method_not_allowed", `${path} answers to ${allow}.`, { Allow: allow });
  }
  if (path === "/s" && to.files.servePage(exchange, to.appHeaders, previewTags(to, exchange)))
    return undefined;
  const headers = path.startsWith(FRAMES) ? frameHeaders(to.appHeaders) : to.appHeaders;
  if (to.files.serve(exchange, headers)) return undefined;
  // Who opened a wrong address in a browser reads so in the app's page, with a way home; programs read JSON.
  const opened = exchange.header("accept").includes("text/html") && !PROGRAMS.test(path);
  if (opened && to.files.servePage(exchange, headers, "", 404)) return undefined;
  throw new HttpError(404, "not_found", `There is nothing at ${path}.`);
}

/** Addresses for programs, and files: their absence is no page. */
const PROGRAMS = /^\/(?:api|nodes|v1|monitor|samples|assets)\/|\.[a-z0-9]+$/i;

/** Whom a WebSocket on an address other than /link and /node is for. @throws HttpError */
export async function socketTarget(request: SocketRequest, to: RouteDependencies): Promise<SocketTarget> {
  const header = (name: string): string => request.headers.get(name) ?? "";
  const host = header("host").toLowerCase();
  if (leadsElsewhere(request.path)) throw new HttpError(400, "invalid", NO_DOTS);
  const content = to.content?.find(host, request.path);
  const query = request.query ? `?${request.query}` : "";
  if (content) {
    const { ticket, prefix, path } = content;
    const person = ticket && to.accounts.person(ticket.held.userId);
    // A page of another ticket or site may not speak through this one.
    if (!ticket || !person || header("origin") !== `${to.scheme}://${host}`) {
      throw new HttpError(403, "forbidden", "This address has run out, or is another page's.");
    }
    const target = { node: ticket.node, service: ticket.service, path: path + query, prefix, own: false };
    return { target, person, onPeer: (peer) => to.belongs(peer, ticket.held) };
  }
  const target = targetOf(request.path, request.query, header("x-eyepiece-node"));
  if (!target) throw new HttpError(404, "not_found", `There is no WebSocket at ${request.path}.`);
  const origin = header("origin");
  if (origin && !to.originAllowed(origin, host))
    throw new HttpError(403, "forbidden", "Pages of this origin may not connect.");
  const proof = await to.accounts.prove(header("cookie"), header("authorization"));
  if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
  const reached = reachTrainer(target, to, proof.person);
  return { target: reached, person: proof.person, onPeer: (peer) => to.belongs(peer, heldBy(proof)) };
}

function pass(
  exchange: Exchange,
  body: RequestBody,
  target: Target,
  person: Person,
  held: HeldBy,
  to: RouteDependencies,
  opened: (peer: Peer) => void = () => {},
): Promise<void> {
  // A worker would answer for later pages of this origin.
  if (target.own && exchange.header("service-worker")) {
    throw new HttpError(403, "forbidden", "Services cannot install service workers here.");
  }
  return tunnel(exchange, body, target, person, to.switchboard, to.scheme, to.folder, (peer) => {
    to.belongs(peer, held);
    opened(peer);
  });
}

async function signedIn(exchange: Exchange, { accounts }: RouteDependencies): Promise<Proof> {
  const proof = await accounts.prove(exchange.header("cookie"), exchange.header("authorization"));
  if (!proof) throw new HttpError(401, "unauthorized", "Sign in first.");
  return proof;
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
