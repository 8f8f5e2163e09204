/** Signing in and out: /api/auth/*. */
import * as v from "valibot";
import { hashSecret } from "../accounts/secrets.ts";
import type { RouteDependencies } from "./dependencies.ts";
import { HttpError } from "./exchange.ts";
import { defineRoute, type RouteSpec } from "./router.ts";
import {
  actorOf,
  answerSignedIn,
  attempt,
  guessesAt,
  personJson,
  signedInByPassword,
  tooMany,
  understood,
} from "./sign-in.ts";

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const LinkBody = v.object({ token: text(256) });
const LoginBody = v.object({ username: text(254), password: text(1024) });
const RegisterBody = v.object({
  username: text(64),
  email: v.optional(v.pipe(v.string(), v.maxLength(254))),
  password: text(1024),
  name: v.optional(v.pipe(v.string(), v.maxLength(100))),
  invitation: v.optional(text(256)),
});
const PasswordBody = v.object({
  current: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  password: text(1024),
});
const ResetBody = v.object({ token: text(256), password: text(1024) });

const TAG = "Accounts";
const SIGNED_IN = "{access_token, token_type, user} and the cookie";

/** The routes. */
export function authRoutes({ accounts, limit }: RouteDependencies): RouteSpec[] {
  const { people, audit } = accounts;
  return [
    defineRoute({
      method: "POST",
      path: "/api/auth/register",
      summary: "Makes an account, where registration is open or with an invitation, and signs in",
      tag: TAG,
      access: "public",
      body: RegisterBody,
      responses: { 200: SIGNED_IN, 403: "Registration is closed", 409: "The name is taken" },
      sample: () => ({ body: { username: "sample", password: "sample-password" } }),
      async handler({ exchange, body }) {
        const { invitation, ...account } = body;
        const { registration } = accounts.settings;
        if (invitation === undefined && registration !== "open") {
          throw new HttpError(
            403,
            "forbidden",
            registration === "closed"
              ? "Nobody can register here by themselves: ask an administrator for an account."
              : "Registering needs an invitation: ask an administrator for one, and open its link.",
          );
        }
        const key = { key: `register ${exchange.address}`, free: 20 };
        if (limit.waitFor(key.key, key.free) > 0) throw tooMany(limit.waitFor(key.key, key.free));
        // Accounts cost memory and a hash: making many is slowed as guesses are.
        limit.failed(key.key);
        const role = invitation === undefined ? "user" : accounts.invitations.use(invitation);
        if (!role) {
          throw new HttpError(
            403,
            "forbidden",
            "This invitation was used already, was withdrawn or is too old: ask for a new one.",
          );
        }
        try {
          const id = await understood(() => people.create({ ...account, role }));
          audit.note(
            actorOf(exchange, accounts.person(id)),
            "register",
            id,
            invitation ? "invitation" : "open",
          );
          await answerSignedIn(exchange, accounts, id);
        } catch (cause) {
          if (invitation !== undefined) accounts.invitations.giveBack(invitation);
          throw cause;
        }
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/auth/registration",
      summary: "Who may register: open, invitation or closed",
      tag: TAG,
      access: "public",
      handler({ exchange }) {
        exchange.json(200, { registration: accounts.settings.registration });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/login",
      summary: "Signs in by username or e-mail address, and password",
      tag: TAG,
      access: "public",
      body: LoginBody,
      responses: { 200: SIGNED_IN, 401: "The name or the password is wrong", 429: "Too many attempts" },
      sample: () => ({ body: { username: "nobody", password: "wrong-password" } }),
      async handler({ exchange, body }) {
        const { username, password } = body;
        const { id } = await signedInByPassword(exchange, accounts, limit, username, password);
        await answerSignedIn(exchange, accounts, id);
        audit.note(actorOf(exchange, accounts.person(id)), "login", id, "password");
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/link",
      summary: "Signs the owner in by a one-time link",
      tag: TAG,
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
        audit.note(actorOf(exchange, person), "login", person.id, "owner link");
        const { cookie } = await accounts.sessions.begin(person.id);
        exchange.json(200, personJson(person), { "Set-Cookie": cookie });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/auth/me",
      summary: "Who is signed in",
      tag: TAG,
      access: "signed-in",
      handler({ exchange, person, proof }) {
        const hasPassword = people.get(person.id)?.hasPassword ?? false;
        const headers = proof?.setCookie ? { "Set-Cookie": proof.setCookie } : {};
        const { rights } = person;
        exchange.json(200, { ...personJson(person), rights, has_password: hasPassword }, headers);
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/logout",
      summary: "Signs out; also without a session, so that it can be repeated",
      tag: TAG,
      access: "public",
      async handler({ exchange, proof }) {
        if (!proof?.session) {
          exchange.json(200, { ok: true });
          return;
        }
        const cookie = await accounts.sessions.end(proof.session);
        accounts.ended({ userId: proof.person.id, session: proof.session });
        audit.note(actorOf(exchange, proof.person), "logout");
        exchange.json(200, { ok: true }, { "Set-Cookie": cookie });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/logout-everywhere",
      summary: "Ends every session of the person, this one too",
      tag: TAG,
      access: "people",
      scope: "all",
      handler({ exchange, person }) {
        people.endSessions(person.id);
        audit.note(actorOf(exchange, person), "logout-everywhere");
        exchange.json(200, { ok: true }, { "Set-Cookie": accounts.sessions.blankCookie() });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/password",
      summary: "Changes the password and ends all other sessions",
      tag: TAG,
      access: "people",
      scope: "all",
      body: PasswordBody,
      sample: () => ({ body: { current: "sample-password", password: "another-password" } }),
      async handler({ exchange, person, proof, body }) {
        // Whoever entered by the owner's link has no password to know yet.
        if (people.get(person.id)?.hasPassword) {
          const guessing = guessesAt(`login ${person.id}`, exchange.address);
          const right = await attempt(limit, guessing, () =>
            understood(async () => (await people.verify(person.id, body.current ?? "")) || undefined),
          );
          if (!right) throw new HttpError(403, "forbidden", "The current password is wrong.");
        }
        const secret = proof?.session;
        const keep = secret === undefined ? undefined : { secret, hash: hashSecret(secret) };
        await understood(() => people.setPassword(person.id, body.password, keep));
        audit.note(actorOf(exchange, person), "password");
        exchange.json(200, { ok: true });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/auth/reset",
      summary: "Sets a new password by a link that an administrator made, and signs in",
      tag: TAG,
      access: "public",
      body: ResetBody,
      responses: { 200: SIGNED_IN, 401: "The link does not hold" },
      sample: () => ({ body: { token: "x", password: "another-password" } }),
      async handler({ exchange, body }) {
        const id = await attempt(limit, [{ key: exchange.address, free: 5 }], async () => {
          const found = accounts.resets.find(body.token);
          if (found === undefined) return undefined;
          // A password that cannot be taken leaves the link as it is.
          await understood(() => people.checkNewPassword(found, body.password));
          return accounts.resets.use(body.token) ? found : undefined;
        });
        if (id === undefined) {
          throw new HttpError(
            401,
            "unauthorized",
            "This link was used already or is older than a day: ask an administrator for a new one.",
          );
        }
        await understood(() => people.setPassword(id, body.password));
        audit.note(actorOf(exchange, accounts.person(id)), "reset", id);
        await answerSignedIn(exchange, accounts, id);
      },
    }),
  ];
}
