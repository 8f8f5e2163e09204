/** Values of forms that people keep under a name. */
import type { DatabaseSync } from "node:sqlite";

/** One of them. */
export interface Preset {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Something that a person can mend. */
export class PresetError extends Error {
  override readonly name = "PresetError";
}

/** Of one person and one flow. */
const MAX_PRESETS = 50;

export const PRESETS_SCHEMA = `CREATE TABLE IF NOT EXISTS presets (
  user TEXT NOT NULL, flow TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (user, flow, name))`;

/** All of them. Synchronous. */
export class Presets {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** A person's, of one flow, by name. */
  list(user: string, flow: string): Preset[] {
    return this.#database
      .prepare("SELECT name, data FROM presets WHERE user = ? AND flow = ? ORDER BY name")
      .all(user, flow)
      .map(({ name, data }) => ({ name: String(name), values: JSON.parse(String(data)) }));
  }

  /** Keeps one, in the place of what had the name. @throws PresetError where there are too many */
  put(user: string, flow: string, { name, values }: Preset): void {
    const there = this.list(user, flow);
    if (there.length >= MAX_PRESETS && !there.some((one) => one.name === name))
      throw new PresetError(
        `You keep ${MAX_PRESETS} presets of this flow, which is the most: remove one first.`,
      );
    this.#database
      .prepare("INSERT OR REPLACE INTO presets (user, flow, name, data) VALUES (?, ?, ?, ?)")
      .run(user, flow, name, JSON.stringify(values));
  }

  /** @returns whether it was there */
  remove(user: string, flow: string, name: string): boolean {
    const { changes } = this.#database
      .prepare("DELETE FROM presets WHERE user = ? AND flow = ? AND name = ?")
      .run(user, flow, name);
    return Number(changes) > 0;
  }

  removeOf(user: string): void {
    this.#database.prepare("DELETE FROM presets WHERE user = ?").run(user);
  }
}
