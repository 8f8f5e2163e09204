/** Who there is, and by what they prove it: the owner's link, session cookies, tokens of programs and of nodes. */
import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { RIGHTS, type Right, type Role } from "@eyepiece/protocol/rights.ts";
import { Audit } from "./audit.ts";
import { type Ended, type EndedListener, endedBy, type HeldBy } from "./ended.ts";
import { Invitations, ResetLinks } from "./invitations.ts";
import { People } from "./people.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { Sessions } from "./sessions.ts";
import { Settings } from "./settings.ts";
import { type TokenKind, type TokenRow, Tokens } from "./tokens.ts";

export type { TokenKind } from "./tokens.ts";

/** How long an owner's link can be used, in milliseconds. */
export const OWNER_LINK_LIFETIME = 15 * 60_000;

/** A person, or a program in a person's name. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly name: string;
  readonly role: Role;
  /** What they may do with what is theirs; a program's token may hold less. Guests have none: see access/. */
  readonly rights: readonly Right[];
  readonly defaultNode: string | undefined;
}

/** What a request proved. */
export interface Proof {
  readonly person: Person;
  /** Set when a cookie (or its secret as a bearer token) was shown: ends with its session. */
  readonly session: string | undefined;
  /** A Set-Cookie to send along. */
  readonly setCookie: string | undefined;
  /** Set when a program's token was shown that is limited to these rights. */
  readonly scopes?: readonly Right[];
  /** Id of the token that was shown. */
  readonly token?: string;
}

/** Accounts on one database. */
export class Accounts {
  readonly sessions: Sessions;
  readonly people: People;
  readonly tokens: Tokens;
  readonly invitations: Invitations;
  readonly resets: ResetLinks;
  readonly settings: Settings;
  readonly audit: Audit;
  readonly #database: DatabaseSync;
  readonly #onEnded: EndedListener[] = [];

  constructor(database: DatabaseSync, secureCookies: boolean) {
    this.#database = database;
    this.sessions = new Sessions(database, secureCookies);
    this.people = new People(database, (ended) => this.ended(ended));
    this.tokens = new Tokens(database);
    this.invitations = new Invitations(database);
    this.resets = new ResetLinks(database);
    this.settings = new Settings(database);
    this.audit = new Audit(database);
    this.ownerId();
  }

  /** Calls `listener` whenever sign-ins of a person end, so that what they opened is closed. */
  onEnded(listener: EndedListener): void {
    this.#onEnded.push(listener);
  }

  /** Tells the listeners. */
  ended(ended: Ended): void {
    this.#tellEnded((held) => endedBy(ended, held));
  }

  /** Tells the listeners what ended by another process's hand: `eyepiece user disable` beside a running relay. */
  lookAgain(): void {
    this.#tellEnded((held) => !this.#holds(held));
  }

  #tellEnded(isOver: (held: HeldBy) => boolean): void {
    for (const listener of this.#onEnded) listener(isOver);
  }

  #holds({ userId, role, session, token }: HeldBy): boolean {
    if (this.person(userId)?.role !== role) return false;
    if (token !== undefined) return this.tokens.valid(token);
    return session === undefined || this.sessions.valid(session);
  }

  /** The secret of a new owner's link: works once, for `OWNER_LINK_LIFETIME`. */
  ownerLink(): string {
    const secret = newSecret();
    this.#database
      .prepare("DELETE FROM owner_links WHERE expires_at < ?")
      .run(Date.now() - OWNER_LINK_LIFETIME);
    this.#database
      .prepare("INSERT INTO owner_links (hash, expires_at) VALUES (?, ?)")
      .run(hashSecret(secret), Date.now() + OWNER_LINK_LIFETIME);
    return secret;
  }

  /** Uses up an owner's link: the owner, or undefined when it was used, has expired or never was. */
  redeemOwnerLink(secret: string): Person | undefined {
    const now = Date.now();
    // One statement, so that of two requests at once only one succeeds.
    const { changes } = this.#database
      .prepare("UPDATE owner_links SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?")
      .run(now, hashSecret(secret), now);
    return Number(changes) === 1 ? this.person(this.ownerId()) : undefined;
  }

  /** A new token, in the first owner's name without another; it is never shown again. */
  createToken(kind: TokenKind, name: string, userId = this.ownerId()): string {
    return this.tokens.create(userId, kind, name).secret;
  }

  /** The name that a node's token was made for, or undefined. */
  nodeOfToken(secret: string): string | undefined {
    return this.tokens.find(secret, "node")?.name;
  }

  /** Who a request comes from, by its Cookie and Authorization headers; or undefined. */
  async prove(cookie: string, authorization: string): Promise<Proof | undefined> {
    const bearer = bearerOf(authorization);
    if (bearer !== undefined) {
      const token = this.tokens.find(bearer, "api");
      if (token) return this.#proofOfToken(token);
      const userId = await this.sessions.userOf(bearer);
      const person = userId === undefined ? undefined : this.person(userId);
      return person && { person, session: bearer, setCookie: undefined };
    }
    const found = await this.sessions.find(cookie);
    const person = found && this.person(found.userId);
    return person && { person, session: found.secret, setCookie: found.setCookie };
  }

  /** A person by id; undefined when there is none, or the account is disabled. */
  person(id: string): Person | undefined {
    const row = this.#database
      .prepare(
        "SELECT username, email, name, role, default_node FROM users WHERE id = ? AND disabled_at IS NULL",
      )
      .get(id);
    if (!row) return undefined;
    const role = String(row.role) as Role;
    return {
      id,
      username: String(row.username),
      email: row.email?.toString() || undefined,
      name: String(row.name),
      role,
      rights: role === "guest" ? [] : RIGHTS,
      defaultNode: row.default_node?.toString() || undefined,
    };
  }

  /** Which node a person's channels reach when they name none; undefined forgets the setting. */
  setDefaultNode(id: string, node: string | undefined): void {
    this.#database.prepare("UPDATE users SET default_node = ? WHERE id = ?").run(node ?? null, id);
  }

  /** Remembers that a node was here. */
  sawNode(name: string): void {
    this.#database
      .prepare("INSERT INTO nodes VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET seen_at = ?2")
      .run(name, Date.now());
  }

  /** Names of nodes that were ever here, the latest first. */
  knownNodes(): string[] {
    const rows = this.#database.prepare("SELECT name FROM nodes ORDER BY seen_at DESC").all();
    return rows.map((row) => String(row.name));
  }

  /** The first owner, who is there from the start and enters by a link until there is a password. */
  ownerId(): string {
    this.#database
      .prepare(
        `INSERT INTO users (id, username, name, role, created_at) SELECT ?, 'owner', 'Owner', 'owner', ?
         WHERE NOT EXISTS (SELECT 1 FROM users WHERE role = 'owner')`,
      )
      .run(randomUUID(), Date.now());
    const row = this.#database
      .prepare(
        "SELECT id FROM users WHERE role = 'owner' ORDER BY disabled_at IS NOT NULL, created_at LIMIT 1",
      )
      .get();
    return String(row?.id);
  }

  #proofOfToken({ id, userId, scopes }: TokenRow): Proof | undefined {
    const person = this.person(userId);
    if (!person) return undefined;
    const common = { session: undefined, setCookie: undefined, token: id };
    if (!scopes) return { ...common, person };
    return { ...common, scopes, person: { ...person, rights: scopes } };
  }
}

/** The token of an Authorization header; undefined when it has none. */
export function bearerOf(authorization: string): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}
