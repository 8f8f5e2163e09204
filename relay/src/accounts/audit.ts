/** The audit log: who did what to whom, when and from where. It only grows: triggers of the database see to that. */
import type { DatabaseSync } from "node:sqlite";

/** What is noted. */
export type AuditAction =
  | "login"
  | "login-failed"
  | "logout"
  | "logout-everywhere"
  | "register"
  | "password"
  | "profile"
  | "reset-link"
  | "reset"
  | "create"
  | "role"
  | "disable"
  | "enable"
  | "delete"
  | "invitation"
  | "invitation-revoked"
  | "settings"
  | "token"
  | "token-revoked"
  | "share"
  | "share-changed"
  | "share-revoked"
  | "share-redeemed";

/** Who does something, and from where. */
export interface Actor {
  /** Empty for the command line and for nobody. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

/** One line of the log. */
export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly actor_name: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string;
  readonly address: string;
}

/** The command line, which whoever holds the data folder may use. */
export const COMMAND_LINE: Actor = { id: "", name: "command line", address: "" };

/** The log of one database. Names stand beside ids, because accounts are deleted and the log is not. */
export class Audit {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  note(actor: Actor, action: AuditAction, target = "", detail = ""): void {
    this.#database
      .prepare(
        "INSERT INTO audit (at, actor, actor_name, action, target, detail, address) VALUES (?, ?, ?, ?, ?, ?, ?)",
      )
      .run(
        Date.now(),
        actor.id,
        actor.name,
        action,
        target.slice(0, 200),
        detail.slice(0, 500),
        actor.address,
      );
  }

  /** The newest entries, before the one with id `before`. */
  list(limit = 100, before = Number.MAX_SAFE_INTEGER): AuditEntry[] {
    const rows = this.#database
      .prepare("SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?")
      .all(before, limit);
    return rows.map((row) => ({
      id: Number(row.id),
      at: Number(row.at),
      actor: String(row.actor),
      actor_name: String(row.actor_name),
      action: String(row.action),
      target: String(row.target),
      detail: String(row.detail),
      address: String(row.address),
    }));
  }
}
