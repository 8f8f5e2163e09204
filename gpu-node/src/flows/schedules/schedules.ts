/** Forms that are handed in by the clock: what, when, in whose name. */
import { randomUUID } from "node:crypto";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { Cron } from "croner";

/** A schedule. Times are milliseconds since 1970. */
export interface Schedule {
  readonly id: string;
  readonly user: string;
  /** Address of the flow, as the catalogue has it. */
  readonly flow: string;
  /** What it is called, for people. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Five fields: minute, hour, day, month, weekday. */
  readonly cron: string;
  /** As IANA names them. */
  readonly timezone: string;
  readonly enabled: boolean;
  readonly retries: number;
  readonly webhook: string | null;
  readonly nextAt: number | null;
  readonly lastAt: number | null;
  /** The run that was started last. */
  readonly lastRun: string | null;
  /** Why none was, the last time. */
  readonly why: string;
}

/** What a person says of one. */
export type ScheduleWish = Pick<
  Schedule,
  "flow" | "name" | "fields" | "cron" | "timezone" | "enabled" | "retries" | "webhook"
>;

/** Something in a schedule that a person can mend. */
export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
}

/** Of one person. */
const MAX_SCHEDULES = 50;

export const SCHEDULES_SCHEMA = `CREATE TABLE IF NOT EXISTS schedules (
  id TEXT PRIMARY KEY, user TEXT NOT NULL, flow TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, cron TEXT NOT NULL,
  timezone TEXT NOT NULL, enabled INTEGER NOT NULL, retries INTEGER NOT NULL, webhook TEXT, next_at INTEGER, last_at INTEGER,
  last_run TEXT, why TEXT NOT NULL DEFAULT '');
  CREATE INDEX IF NOT EXISTS schedules_user ON schedules (user);
  CREATE INDEX IF NOT EXISTS schedules_next ON schedules (next_at) WHERE next_at IS NOT NULL`;

/** The next times. @throws ScheduleError with what is wrong with the pattern or the time zone */
export function timesOf(cron: string, timezone: string, count: number, from = new Date()): Date[] {
  if (cron.length > 200 || cron.trim().split(/\s+/).length !== 5)
    throw new ScheduleError(
      "The times are five words: minute, hour, day of the month, month, day of the week. 0 9 * * 1-5 is at nine on weekdays.",
    );
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw new ScheduleError(`${timezone.slice(0, 64)} is no time zone: write it as Europe/Berlin or UTC.`);
  }
  try {
    return new Cron(cron, { timezone, mode: "5-part", paused: true }).nextRuns(count, from);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ScheduleError(`The times cannot be read: ${why}`);
  }
}

/** Those on disk. Synchronous. */
export class Schedules {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(user: string): Schedule[] {
    return this.#database
      .prepare("SELECT * FROM schedules WHERE user = ? ORDER BY name, id")
      .all(user)
      .map(toSchedule);
  }

  find(user: string, id: string): Schedule | undefined {
    const row = this.#database.prepare("SELECT * FROM schedules WHERE id = ? AND user = ?").get(id, user);
    return row && toSchedule(row);
  }

  /** Writes one, new without an id. @throws ScheduleError */
  put(user: string, wish: ScheduleWish, id?: string): Schedule {
    const [next] = timesOf(wish.cron, wish.timezone, 1);
    if (!next) throw new ScheduleError("These times never come: there is no such day.");
    if (id === undefined && this.list(user).length >= MAX_SCHEDULES)
      throw new ScheduleError(`You have ${MAX_SCHEDULES} schedules, which is the most: remove one first.`);
    const name = id ?? randomUUID();
    this.#database
      .prepare(
        `INSERT INTO schedules (id, user, flow, name, fields, cron, timezone, enabled, retries, webhook, next_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET flow = excluded.flow, name = excluded.name, fields = excluded.fields, cron = excluded.cron,
           timezone = excluded.timezone, enabled = excluded.enabled, retries = excluded.retries, webhook = excluded.webhook,
           next_at = excluded.next_at, why = '' WHERE user = excluded.user`,
      )
      .run(
        ...[name, user, wish.flow, wish.name, JSON.stringify(wish.fields), wish.cron, wish.timezone],
        ...[wish.enabled ? 1 : 0, wish.retries, wish.webhook, wish.enabled ? next.getTime() : null],
      );
    const made = this.find(user, name);
    if (!made) throw new ScheduleError("There is no such schedule.");
    return made;
  }

  /** @returns whether it was there */
  remove(user: string, id: string): boolean {
    const { changes } = this.#database
      .prepare("DELETE FROM schedules WHERE id = ? AND user = ?")
      .run(id, user);
    return Number(changes) > 0;
  }

  removeOf(user: string): void {
    this.#database.prepare("DELETE FROM schedules WHERE user = ?").run(user);
  }

  due(now: number): Schedule[] {
    return this.#database
      .prepare("SELECT * FROM schedules WHERE next_at <= ? ORDER BY next_at LIMIT 50")
      .all(now)
      .map(toSchedule);
  }

  next(): number | undefined {
    const at = this.#database.prepare("SELECT min(next_at) AS at FROM schedules").get()?.at;
    return typeof at === "number" ? at : undefined;
  }

  /** Its time has come. @param run what was started; @param nextAt null: it is switched off */
  fired({ id, lastRun }: Schedule, run: string | null, nextAt: number | null, why: string): void {
    this.#database
      .prepare(
        "UPDATE schedules SET last_at = ?, last_run = ?, next_at = ?, enabled = ?, why = ? WHERE id = ?",
      )
      .run(Date.now(), run ?? lastRun, nextAt, nextAt === null ? 0 : 1, why.slice(0, 500), id);
  }

  /** It is tried again at that time. */
  putOff({ id }: Schedule, nextAt: number, why: string): void {
    this.#database
      .prepare("UPDATE schedules SET next_at = ?, why = ? WHERE id = ?")
      .run(nextAt, why.slice(0, 500), id);
  }
}

function toSchedule(row: Record<string, SQLOutputValue>): Schedule {
  const time = (value: SQLOutputValue | undefined): number | null => (value == null ? null : Number(value));
  const text = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));
  return {
    ...{ id: String(row.id), user: String(row.user), flow: String(row.flow), name: String(row.name) },
    fields: JSON.parse(String(row.fields)) as Record<string, unknown>,
    ...{ cron: String(row.cron), timezone: String(row.timezone), enabled: row.enabled === 1 },
    ...{ retries: Number(row.retries), webhook: text(row.webhook) },
    ...{ nextAt: time(row.next_at), lastAt: time(row.last_at), lastRun: text(row.last_run) },
    why: String(row.why),
  };
}
