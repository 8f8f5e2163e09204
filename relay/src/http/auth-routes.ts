/** Signing in and out: /api/auth/*. */
import * as v from "valibot";
import type { Accounts, Person } from "../accounts/accounts.ts";
import { type Exchange, HttpError } from "./exchange.ts";
import type { RateLimit } from "./rate-limit.ts";

const LinkBody = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(256)) });

/** What the routes need. */
export interface AuthDependencies {
  readonly accounts: Accounts;
  readonly limit: RateLimit;
  /** The session of this secret ended: its channels end too. */
  onSignOut(session: string): void;
}

/** What is told of a person. */
export function personJson(person: Person): { id: string; name: string; role: string } {
  return { id: person.id, name: person.name, role: person.role };
}

/** POST /api/auth/link {token}: the owner's link becomes a session. */
export async function signInByLink(exchange: Exchange, { accounts, limit }: AuthDependencies): Promise<void> {
  const wait = limit.waitFor(exchange.address);
  const body = v.safeParse(LinkBody, await exchange.readJson());
  if (wait > 0) {
    const error = new HttpError(
      429,
      "too_many",
      `Too many attempts: try again in ${Math.ceil(wait / 1000)} s.`,
    );
    exchange.fail(error, { "Retry-After": String(Math.ceil(wait / 1000)) });
    return;
  }
  if (!body.success) throw new HttpError(400, "invalid", "The body is {token}, a string.");
  const person = accounts.redeemOwnerLink(body.output.token);
  if (!person) {
    limit.failed(exchange.address);
    throw new HttpError(
      401,
      "unauthorized",
      "This link was used already or is older than 15 minutes: make a new one with `eyepiece owner-link`.",
    );
  }
  const { cookie } = await accounts.sessions.begin(person.id);
  exchange.json(200, personJson(person), { "Set-Cookie": cookie });
}

/** GET /api/auth/me */
export async function whoAmI(exchange: Exchange, { accounts }: AuthDependencies): Promise<void> {
  const proof = await accounts.prove(exchange.header("cookie"), exchange.header("authorization"));
  if (!proof) throw new HttpError(401, "unauthorized", "Nobody is signed in.");
  exchange.json(200, personJson(proof.person), proof.setCookie ? { "Set-Cookie": proof.setCookie } : {});
}

/** POST /api/auth/logout: also without a session, so that it can be repeated. */
export async function signOut(exchange: Exchange, { accounts, onSignOut }: AuthDependencies): Promise<void> {
  const proof = await accounts.prove(exchange.header("cookie"), "");
  if (!proof?.session) {
    exchange.json(200, { ok: true });
    return;
  }
  const cookie = await accounts.sessions.end(proof.session);
  onSignOut(proof.session);
  exchange.json(200, { ok: true }, { "Set-Cookie": cookie });
}
