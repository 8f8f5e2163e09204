/** What the routes of accounts have in common: who acts, what is told of people, and slowing down guesses. */
import type { Accounts, Person } from "../accounts/accounts.ts";
import type { Actor } from "../accounts/audit.ts";
import { HashesBusy, PasswordError } from "../accounts/passwords.ts";
import { AccountError } from "../accounts/people.ts";
import { type Exchange, HttpError } from "./exchange.ts";
import type { RateLimit } from "./rate-limit.ts";

/** What is told of a person. */
export interface PersonJson {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

export function personJson({ id, username, email, name, role }: Person): PersonJson {
  return { id, username, email: email ?? "", name, role };
}

/** Who acts, for the audit log. */
export function actorOf(exchange: Exchange, person: Person | undefined): Actor {
  return { id: person?.id ?? "", name: person?.username ?? "", address: exchange.address };
}

/** Begins a session and answers with it: as a cookie for browsers, as a token for programs. */
export async function answerSignedIn(exchange: Exchange, accounts: Accounts, userId: string): Promise<void> {
  const person = accounts.person(userId);
  if (!person) throw new HttpError(403, "disabled", "This account is disabled: ask an administrator.");
  const { cookie, secret } = await accounts.sessions.begin(userId);
  exchange.json(
    200,
    { access_token: secret, token_type: "bearer", user: personJson(person) },
    { "Set-Cookie": cookie },
  );
}

/** The answer to someone who must wait, in milliseconds. */
export function tooMany(wait: number): HttpError {
  const seconds = Math.ceil(wait / 1000);
  return new HttpError(429, "too_many", `Too many attempts: try again in ${seconds} s.`, {
    "Retry-After": String(seconds),
  });
}

/** What failures are counted by, and how many are free. */
export interface Guessing {
  readonly key: string;
  readonly free: number;
}

/** The keys of a guess at `what` (an account, a share): few failures for one address, more for all of them together. */
export function guessesAt(what: string, address: string): readonly Guessing[] {
  return [
    { key: `${what} ${address}`, free: 5 },
    { key: address, free: 40 },
    { key: what, free: 60 },
  ];
}

/**
 * Runs an attempt unless there were too many wrong ones. It counts as wrong before its outcome is known, so that many at
 * once do not slip through.
 * @returns what the attempt gave; undefined counts as wrong
 * @throws HttpError 429
 */
export async function attempt<T>(
  limit: RateLimit,
  guessing: readonly Guessing[],
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const wait = Math.max(...guessing.map(({ key, free }) => limit.waitFor(key, free)));
  if (wait > 0) throw tooMany(wait);
  for (const { key } of guessing) limit.failed(key);
  let guessed = false;
  try {
    const result = await work();
    guessed = result === undefined;
    // Whoever knows the secret is not slowed by what was mistyped before it.
    if (!guessed && guessing.length > 1) limit.forget(guessing[0]?.key ?? "");
    return result;
  } finally {
    if (!guessed) for (const { key } of guessing) limit.succeeded(key);
  }
}

/** Who has this name, or e-mail address, and password. @throws HttpError 401, 403, 429 */
export async function signedInByPassword(
  exchange: Exchange,
  accounts: Accounts,
  limit: RateLimit,
  name: string,
  password: string,
): Promise<Person> {
  const { people, audit } = accounts;
  const account = people.find(name);
  const what = `login ${account?.id ?? name.toLowerCase()}`;
  const id = await attempt(limit, guessesAt(what, exchange.address), () =>
    understood(async () => ((await people.verify(account?.id, password)) ? account?.id : undefined)),
  );
  if (id === undefined) {
    // A name that is nobody's may be a password in the wrong field.
    const nobody = { id: account?.id ?? "", name: account?.username ?? "", address: exchange.address };
    audit.note(nobody, "login-failed");
    throw new HttpError(401, "unauthorized", "The name or the password is wrong.");
  }
  const person = accounts.person(id);
  if (!person) throw new HttpError(403, "disabled", "This account is disabled: ask an administrator.");
  return person;
}

/** Runs what may fail for a reason that people understand. @throws HttpError in its place */
export async function understood<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PasswordError) throw new HttpError(400, "invalid", cause.message);
    if (cause instanceof HashesBusy)
      throw new HttpError(503, "unavailable", cause.message, { "Retry-After": "2" });
    if (cause instanceof AccountError) {
      const status = { invalid: 400, taken: 409, not_found: 404, last_owner: 409 }[cause.code];
      throw new HttpError(status, cause.code, cause.message);
    }
    throw cause;
  }
}
