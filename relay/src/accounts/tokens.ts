/** Tokens of programs and nodes: shown once, kept as hashes, limited to rights, revocable. */
import type { DatabaseSync } from "node:sqlite";
import { RIGHTS, type Right } from "@eyepiece/protocol/rights.ts";
import { hashSecret, newId, newSecret } from "./secrets.ts";

export type TokenKind = "node" | "api";

/** What is told of a token; never the token. */
export interface TokenRow {
  readonly id: string;
  readonly kind: TokenKind;
  readonly name: string;
  readonly userId: string;
  /** Undefined: all rights of its person. */
  readonly scopes: readonly Right[] | undefined;
  readonly createdAt: number;
  readonly usedAt: number | undefined;
}

/** A last use is noted at most this often: a busy program must not write at each request. */
const NOTE_EVERY_MS = 60_000;

/** The tokens of one database. */
export class Tokens {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** A new token. The secret is never shown again. @throws Error with a sentence for what is no name */
  create(
    userId: string,
    kind: TokenKind,
    name: string,
    scopes?: readonly Right[],
  ): { id: string; secret: string } {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
      throw new Error(`"${name}" is not a name: use 1 to 64 letters, digits, dots, dashes and underscores.`);
    }
    const [id, secret] = [newId(), newSecret()];
    this.#database
      .prepare(
        "INSERT INTO tokens (hash, kind, name, user_id, created_at, id, scopes) VALUES (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(hashSecret(secret), kind, name, userId, Date.now(), id, scopes ? scopes.join(",") : null);
    return { id, secret };
  }

  /** The token of a secret, noting that it was used; undefined when it is none, revoked, or its person is disabled. */
  find(secret: string, kind: TokenKind): TokenRow | undefined {
    const row = this.#database
      .prepare(
        `SELECT tokens.* FROM tokens JOIN users ON users.id = tokens.user_id AND users.disabled_at IS NULL
         WHERE hash = ? AND kind = ? AND revoked_at IS NULL`,
      )
      .get(hashSecret(secret), kind);
    if (!row) return undefined;
    const token = tokenOf(row);
    const now = Date.now();
    if (now - (token.usedAt ?? 0) >= NOTE_EVERY_MS) {
      this.#database.prepare("UPDATE tokens SET used_at = ? WHERE id = ?").run(now, token.id);
    }
    return token;
  }

  /** Whether a token still holds. */
  valid(id: string): boolean {
    const row = this.#database.prepare("SELECT 1 FROM tokens WHERE id = ? AND revoked_at IS NULL").get(id);
    return row !== undefined;
  }

  /** A person's tokens that hold, the newest first. */
  list(userId: string): TokenRow[] {
    const rows = this.#database
      .prepare("SELECT * FROM tokens WHERE user_id = ? AND revoked_at IS NULL ORDER BY created_at DESC")
      .all(userId);
    return rows.map(tokenOf);
  }

  /** Ends a person's token: what it was, or undefined when there is none. */
  revoke(userId: string, id: string): TokenRow | undefined {
    const row = this.#database
      .prepare(
        "UPDATE tokens SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL RETURNING *",
      )
      .get(Date.now(), id, userId);
    return row && tokenOf(row);
  }
}

function tokenOf(row: Record<string, unknown>): TokenRow {
  const scopes = typeof row.scopes === "string" ? row.scopes.split(",") : undefined;
  return {
    id: String(row.id),
    kind: row.kind === "node" ? "node" : "api",
    name: String(row.name),
    userId: String(row.user_id),
    scopes: scopes && RIGHTS.filter((right) => scopes.includes(right)),
    createdAt: Number(row.created_at),
    usedAt: row.used_at === null ? undefined : Number(row.used_at),
  };
}
