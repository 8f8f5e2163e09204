/** What goes with an account, told before and done then: rows by the database's cascade, everything else by hooks. */
import type { DatabaseSync } from "node:sqlite";
import type { Accounts } from "./accounts.ts";

/** Something that goes, in numbers: {what: "notebooks", count: 3}. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/** A subject that keeps things of people outside of rows that the database's cascade removes. */
export interface OnDelete {
  /** What would go. Things without a number are one. */
  preview(userId: string): readonly Loss[] | Promise<readonly Loss[]>;
  /** Removes what is on disk and elsewhere; the rows go afterwards. May be called again after a failure. */
  remove(userId: string): void | Promise<void>;
}

/** Removes accounts. Subjects add what they keep to `onDelete`. */
export class Deletion {
  readonly onDelete: OnDelete[] = [];
  readonly #database: DatabaseSync;
  readonly #accounts: Accounts;

  constructor(database: DatabaseSync, accounts: Accounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  /** What would go with the account, without what is not there at all. */
  async preview(userId: string): Promise<readonly Loss[]> {
    const count = (what: string, sql: string): Loss => ({
      what,
      count: Number(this.#database.prepare(sql).get(userId)?.count ?? 0),
    });
    const own = [
      count("share links", "SELECT COUNT(*) AS count FROM shares WHERE created_by = ?"),
      count("tokens", "SELECT COUNT(*) AS count FROM tokens WHERE user_id = ? AND revoked_at IS NULL"),
    ];
    const others = await Promise.all(this.onDelete.map((hook) => hook.preview(userId)));
    return [...others.flat(), ...own].filter((loss) => loss.count > 0);
  }

  /** @throws AccountError when there is no such account, or it is the last administrator */
  async remove(userId: string): Promise<void> {
    const { people } = this.#accounts;
    people.refuseLastOwner(userId);
    // Nobody may add to what is being removed.
    people.disable(userId);
    for (const hook of this.onDelete) await hook.remove(userId);
    people.remove(userId);
  }
}
