/** Signing in and out: /api/auth/*. */
import * as v from "valibot";
import type { Person } from "../accounts/accounts.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteSpec } from "./router.ts";

const LinkBody = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(256)) });

/** What is told of a person. */
export function personJson(person: Person): { id: string; name: string; role: string } {
  return { id: person.id, name: person.name, role: person.role };
}

/** The routes. */
export function authRoutes({ accounts, limit, onSignOut }: RouteDependencies): RouteSpec[] {
  return [
    defineRoute({
      method: "POST",
      path: "/api/auth/link",
      summary: "Signs the owner in by a one-time link",
      tag: "Accounts",
      access: "public",
      body: LinkBody,
      sample: () => ({ body: { token: "x" } }),
      async handler({ exchange, body }) {
        const wait = limit.waitFor(exchange.address);
        if (wait > 0) throw tooMany(wait);
        const person = accounts.redeemOwnerLink(body.token);
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
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/auth/me",
      summary: "Who is signed in",
      tag: "Accounts",
      access: "signed-in",
      handler({ exchange, person, proof }) {
        exchange.json(200, personJson(person), proof?.setCookie ? { "Set-Cookie": proof.setCookie } : {});
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/logout",
      summary: "Signs out; also without a session, so that it can be repeated",
      tag: "Accounts",
      access: "public",
      async handler({ exchange, proof }) {
        if (!proof?.session) {
          exchange.json(200, { ok: true });
          return;
        }
        const cookie = await accounts.sessions.end(proof.session);
        onSignOut(proof.session);
        exchange.json(200, { ok: true }, { "Set-Cookie": cookie });
      },
    }),
  ];
}

/** The answer to someone who must wait, in milliseconds. */
export function tooMany(wait: number): HttpError {
  const seconds = Math.ceil(wait / 1000);
  return new HttpError(429, "too_many", `Too many attempts: try again in ${seconds} s.`, {
    "Retry-After": String(seconds),
  });
}
