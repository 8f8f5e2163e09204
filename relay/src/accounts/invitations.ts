/** Links that an administrator makes and passes on by hand (the relay sends no mail): to make an account, to choose a new password. */
import type { DatabaseSync } from "node:sqlite";
import { hashSecret, newId, newSecret } from "./secrets.ts";

const DAY_MS = 24 * 3_600_000;
/** How long a link for a new password can be used, in milliseconds. */
export const RESET_LIFETIME = DAY_MS;

/** What is told of an invitation; never its secret. */
export interface Invitation {
  readonly id: string;
  readonly role: "owner" | "user";
  /** For whom it is, in the administrator's words. */
  readonly note: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | undefined;
}

/** Invitations of one database. Each makes one account. */
export class Invitations {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  create(by: string, role: "owner" | "user", note: string, days: number): { id: string; secret: string } {
    const [id, secret, now] = [newId(), newSecret(), Date.now()];
    this.#database
      .prepare(
        `INSERT INTO invitations (id, hash, role, note, created_by, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, hashSecret(secret), role, note, by, now, now + days * DAY_MS);
    return { id, secret };
  }

  /** Uses an invitation up: the role of the account to make, or undefined when it does not hold. */
  use(secret: string): "owner" | "user" | undefined {
    const now = Date.now();
    // One statement, so that of two requests at once only one succeeds.
    const row = this.#database
      .prepare(
        "UPDATE invitations SET used_at = ?1 WHERE hash = ?2 AND used_at IS NULL AND expires_at > ?1 RETURNING role",
      )
      .get(now, hashSecret(secret));
    return row && (row.role === "owner" ? "owner" : "user");
  }

  /** Gives an invitation back whose account could not be made. */
  giveBack(secret: string): void {
    this.#database.prepare("UPDATE invitations SET used_at = NULL WHERE hash = ?").run(hashSecret(secret));
  }

  list(): Invitation[] {
    const rows = this.#database.prepare("SELECT * FROM invitations ORDER BY created_at DESC LIMIT 500").all();
    return rows.map((row) => ({
      id: String(row.id),
      role: row.role === "owner" ? "owner" : "user",
      note: String(row.note),
      createdAt: Number(row.created_at),
      expiresAt: Number(row.expires_at),
      usedAt: row.used_at === null ? undefined : Number(row.used_at),
    }));
  }

  /** Whether there was one. */
  revoke(id: string): boolean {
    return Number(this.#database.prepare("DELETE FROM invitations WHERE id = ?").run(id).changes) === 1;
  }
}

/** Links for a new password. A newer one of a person replaces the older. */
export class ResetLinks {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  create(userId: string): string {
    const secret = newSecret();
    this.#database.prepare("DELETE FROM reset_links WHERE user_id = ?").run(userId);
    this.#database
      .prepare("INSERT INTO reset_links (hash, user_id, expires_at) VALUES (?, ?, ?)")
      .run(hashSecret(secret), userId, Date.now() + RESET_LIFETIME);
    return secret;
  }

  /** The person of a link that holds; it is not used up by asking. */
  find(secret: string): string | undefined {
    const row = this.#database
      .prepare("SELECT user_id FROM reset_links WHERE hash = ? AND used_at IS NULL AND expires_at > ?")
      .get(hashSecret(secret), Date.now());
    return row && String(row.user_id);
  }

  /** Uses a link up; whether it held. */
  use(secret: string): boolean {
    const now = Date.now();
    const { changes } = this.#database
      .prepare("UPDATE reset_links SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?")
      .run(now, hashSecret(secret), now);
    return Number(changes) === 1;
  }
}
