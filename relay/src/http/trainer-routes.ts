/** OpenAI's and Arbor's addresses, `/v1` and `/monitor`: they belong to a node's service, here only who may ask is decided. */
import type { Person } from "../accounts/accounts.ts";
import { heldBy } from "../accounts/ended.ts";
import { type Target, tunnel } from "../tunnel/http.ts";
import { TRAINER, targetOf } from "../tunnel/target.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteContext, type RouteSpec } from "./router.ts";

/** A body of no bytes. */
const NOTHING = { start: (take: (bytes: Uint8Array, last: boolean) => void) => take(new Uint8Array(), true) };

/** The routes. Which of them there are, the node knows. */
export function trainerRoutes(to: RouteDependencies): RouteSpec[] {
  const pass = (context: RouteContext, body: typeof NOTHING): Promise<void> => {
    const { exchange, person, proof } = context;
    const target = targetOf(exchange.path, exchange.query, exchange.header("x-eyepiece-node"));
    if (!target || !proof) throw new HttpError(404, "not_found", `There is nothing at ${exchange.path}.`);
    const reached = reachTrainer(target, to, person);
    return tunnel(exchange, body, reached, person, to.switchboard, to.scheme, to.folder, (peer) =>
      to.belongs(peer, heldBy(proof)),
    );
  };
  return (["/v1/{path*}", "/monitor/{path*}"] as const).flatMap((path) => {
    const common = {
      path,
      tag: "Training and chat",
      access: "people",
      scope: "run",
      sample: () => ({ params: { path: "files" } }),
    } as const;
    const summary = `OpenAI's and Arbor's addresses, answered by a node's trainer (X-Eyepiece-Node chooses it)`;
    return [
      defineRoute({ ...common, summary, method: "GET", handler: (context) => pass(context, NOTHING) }),
      ...(["POST", "DELETE"] as const).map((method) =>
        defineRoute({
          ...{ ...common, summary, method, raw: true },
          handler: (context) => pass(context, context.upload),
        }),
      ),
    ];
  });
}

/** The target with a node that has a trainer, where none was named. @throws HttpError where no node has one */
export function reachTrainer(target: Target, to: RouteDependencies, person: Person): Target {
  if (target.service !== TRAINER) return target;
  const { registry } = to.switchboard;
  if (target.node) {
    const named = registry.list().find(({ name }) => name === target.node);
    // A node that is not here is named by the switch.
    if (!named || named.services.includes(TRAINER)) return target;
    throw new HttpError(404, "not_found", `The node ${target.node} trains and serves no models.`);
  }
  const node = registry.offering(TRAINER, person);
  if (node) return { ...target, node };
  // Which node is away, the switch says.
  if (registry.list().length === 0) return target;
  const message = "No node that is online trains and serves models: its program is older than this one.";
  throw new HttpError(503, "unavailable", message);
}

/** An error of the relay as OpenAI's clients read it. */
export function openaiShape({ status, code, message }: HttpError): unknown {
  const types: Readonly<Record<number, string>> = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
  };
  const type = types[status] ?? (status < 500 ? "invalid_request_error" : "server_error");
  return { error: { message, type, param: null, code: status === 401 ? "invalid_api_key" : code } };
}
