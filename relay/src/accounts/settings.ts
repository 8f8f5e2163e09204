/** Settings of the whole relay, which administrators change. */
import type { DatabaseSync } from "node:sqlite";

/** Who may make an account: anybody, whoever holds an invitation, nobody. */
export const REGISTRATIONS = ["open", "invitation", "closed"] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** The settings of one database. */
export class Settings {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Closed until an administrator opens it. */
  get registration(): Registration {
    const row = this.#database.prepare("SELECT value FROM settings WHERE name = 'registration'").get();
    return REGISTRATIONS.find((each) => each === row?.value) ?? "closed";
  }

  set registration(value: Registration) {
    this.#database
      .prepare("INSERT INTO settings VALUES ('registration', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1")
      .run(value);
  }
}
