/** A person's own account: profile, tokens, and its end. */
import { RIGHTS } from "@eyepiece/protocol/rights.ts";
import * as v from "valibot";
import type { TokenRow } from "../accounts/tokens.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteSpec } from "./router.ts";
import { actorOf, attempt, guessesAt, personJson, understood } from "./sign-in.ts";

const NAME = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const ProfileBody = v.object({
  name: v.optional(NAME),
  email: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(254)))),
});
const TokenBody = v.object({
  name: v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      "a name has 1 to 64 letters, digits, dots, dashes and underscores",
    ),
  ),
  /** Without it: everything that the person may. */
  scopes: v.optional(v.pipe(v.array(v.picklist(RIGHTS)), v.minLength(1))),
});
const DeleteBody = v.object({ password: v.optional(v.pipe(v.string(), v.maxLength(1024)), "") });

const TAG = "Account";

/** The routes. */
export function accountRoutes({ accounts, deletion, limit }: RouteDependencies): RouteSpec[] {
  const { people, tokens, audit } = accounts;
  return [
    defineRoute({
      method: "PATCH",
      path: "/api/account",
      summary: "Changes the person's name and e-mail address",
      tag: TAG,
      access: "people",
      scope: "all",
      body: ProfileBody,
      sample: () => ({ body: { name: "Sample" } }),
      async handler({ exchange, person, body }) {
        await understood(() => people.setProfile(person.id, body));
        audit.note(actorOf(exchange, person), "profile", person.id);
        exchange.json(200, personJson(accounts.person(person.id) ?? person));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/account/delete-preview",
      summary: "What would go with the account",
      tag: TAG,
      access: "people",
      async handler({ exchange, person }) {
        exchange.json(200, { losses: await deletion.preview(person.id) });
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/account",
      summary: "Removes the account and everything that is its",
      tag: TAG,
      access: "people",
      scope: "all",
      body: DeleteBody,
      sample: () => ({ body: { password: "sample-password" } }),
      async handler({ exchange, person, body }) {
        if (people.get(person.id)?.hasPassword) {
          const right = await attempt(limit, guessesAt(`login ${person.id}`, exchange.address), () =>
            understood(async () => (await people.verify(person.id, body.password)) || undefined),
          );
          if (!right) throw new HttpError(403, "forbidden", "The password is wrong; nothing was deleted.");
        }
        await understood(() => deletion.remove(person.id));
        audit.note(actorOf(exchange, person), "delete", person.id, "by the person");
        exchange.json(200, { ok: true }, { "Set-Cookie": accounts.sessions.blankCookie() });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/tokens",
      summary: "The person's tokens, without their secrets",
      tag: TAG,
      access: "people",
      scope: "all",
      handler({ exchange, person }) {
        exchange.json(200, { tokens: tokens.list(person.id).map(tokenJson) });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/tokens",
      summary: "Makes a token for programs; it is shown this once",
      tag: TAG,
      access: "people",
      scope: "all",
      body: TokenBody,
      sample: () => ({ body: { name: "sample", scopes: ["view"] } }),
      handler({ exchange, person, body }) {
        const { id, secret } = tokens.create(person.id, "api", body.name, body.scopes);
        audit.note(
          actorOf(exchange, person),
          "token",
          id,
          `${body.name} ${(body.scopes ?? RIGHTS).join(",")}`,
        );
        exchange.json(200, { id, token: secret, name: body.name, scopes: body.scopes ?? RIGHTS });
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/tokens/{id}",
      summary: "Revokes a token",
      tag: TAG,
      access: "people",
      scope: "all",
      sample: ({ token }) => ({ params: { id: token } }),
      handler({ exchange, person, params: { id = "" } }) {
        const token = tokens.revoke(person.id, id);
        if (!token) throw new HttpError(404, "not_found", "There is no such token.");
        accounts.ended({ userId: person.id, token: id });
        audit.note(actorOf(exchange, person), "token-revoked", id, token.name);
        exchange.json(200, { ok: true });
      },
    }),
  ];
}

function tokenJson({ id, kind, name, scopes, createdAt, usedAt }: TokenRow): object {
  return { id, kind, name, scopes: scopes ?? RIGHTS, created_at: createdAt, used_at: usedAt ?? null };
}
