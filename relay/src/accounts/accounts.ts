/** Who there is, and by what they prove it: the owner's link, session cookies, tokens of programs and of nodes. */
import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { RIGHTS, type Right, type Role } from "@eyepiece/protocol/rights.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { Sessions } from "./sessions.ts";

/** How long an owner's link can be used, in milliseconds. */
export const OWNER_LINK_LIFETIME = 15 * 60_000;

/** A person, or a program in a person's name. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly rights: readonly Right[];
  readonly defaultNode: string | undefined;
}

export type TokenKind = "node" | "api";

/** What a request proved. */
export interface Proof {
  readonly person: Person;
  /** Set when a cookie was shown: ends with its session. */
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
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, secureCookies: boolean) {
    this.#database = database;
    this.sessions = new Sessions(database, secureCookies);
    this.#ownerId();
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
    return Number(changes) === 1 ? this.person(this.#ownerId()) : undefined;
  }

  /** A new token in the owner's name; it is never shown again. */
  createToken(kind: TokenKind, name: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
      throw new Error(`"${name}" is not a name: use 1 to 64 letters, digits, dots, dashes and underscores.`);
    }
    const secret = newSecret();
    this.#database
      .prepare("INSERT INTO tokens (hash, kind, name, user_id, created_at) VALUES (?, ?, ?, ?, ?)")
      .run(hashSecret(secret), kind, name, this.#ownerId(), Date.now());
    return secret;
  }

  /** The name that a node's token was made for, or undefined. */
  nodeOfToken(secret: string): string | undefined {
    return this.#token(secret, "node")?.name;
  }

  /** Who a request comes from, by its Cookie and Authorization headers; or undefined. */
  async prove(cookie: string, authorization: string): Promise<Proof | undefined> {
    const bearer = bearerOf(authorization);
    if (bearer !== undefined) {
      const token = this.#token(bearer, "api");
      const person = token && this.person(token.userId);
      return person && { person, session: undefined, setCookie: undefined };
    }
    const found = await this.sessions.find(cookie);
    const person = found && this.person(found.userId);
    return person && { person, session: found.secret, setCookie: found.setCookie };
  }

  /** A person by id. */
  person(id: string): Person | undefined {
    const row = this.#database.prepare("SELECT name, role, default_node FROM users WHERE id = ?").get(id);
    if (!row) return undefined;
    const role = String(row.role) as Role;
    const rights = role === "guest" ? [] : RIGHTS;
    return {
      id,
      name: String(row.name),
      role,
      rights,
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

  #token(secret: string, kind: TokenKind): { name: string; userId: string } | undefined {
    const row = this.#database
      .prepare("SELECT name, user_id FROM tokens WHERE hash = ? AND kind = ? AND revoked_at IS NULL")
      .get(hashSecret(secret), kind);
    return row && { name: String(row.name), userId: String(row.user_id) };
  }

  #ownerId(): string {
    this.#database
      .prepare(
        `INSERT INTO users (id, username, name, role, created_at) SELECT ?, 'owner', 'Owner', 'owner', ?
         WHERE NOT EXISTS (SELECT 1 FROM users WHERE role = 'owner')`,
      )
      .run(randomUUID(), Date.now());
    return String(this.#database.prepare("SELECT id FROM users WHERE role = 'owner' LIMIT 1").get()?.id);
  }
}

/** The token of an Authorization header; undefined when it has none. */
export function bearerOf(authorization: string): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}
