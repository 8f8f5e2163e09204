/** What is to follow on a run: further attempts, and word of its end to an address. Runs of which nothing follows are not here. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { LaunchOrder } from "../services/client.ts";

/** What one may wish of a run when it is started. */
export interface LaunchOptions {
  /** Further attempts where it fails by itself. */
  readonly retries?: number;
  /** Address that is told of its end. */
  readonly webhook?: string;
}

/**
 * waiting: it goes on. retrying: another attempt begins at `nextAt`. delivering: its address is told at `nextAt`. done: all that
 * was wished for has happened; failed: its address could not be told.
 */
export type LaunchState = "waiting" | "retrying" | "delivering" | "done" | "failed";

/** One run, and what follows on it. */
export interface Launch {
  readonly fid: string;
  readonly user: string;
  readonly username: string;
  readonly flow: string;
  /** To start it again; null when that will not be. */
  readonly order: LaunchOrder | null;
  /** Attempts that are left. */
  readonly retries: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** Name of the attempt before this one, and of the one after it. */
  readonly before: string | null;
  readonly after: string | null;
  readonly webhook: string | null;
  readonly state: LaunchState;
  /** How often its address was asked. */
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number | null;
  /** What went wrong the last time. */
  readonly why: string;
}

export const LAUNCHES_SCHEMA = `CREATE TABLE IF NOT EXISTS launches (
  fid TEXT PRIMARY KEY, user TEXT NOT NULL, username TEXT NOT NULL, flow TEXT NOT NULL, launch_order TEXT, retries INTEGER NOT NULL,
  attempt INTEGER NOT NULL, before TEXT, after TEXT, webhook TEXT, state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER, why TEXT NOT NULL DEFAULT '');
  CREATE INDEX IF NOT EXISTS launches_next ON launches (next_at) WHERE next_at IS NOT NULL`;

/** All of them. Synchronous. */
export class Launches {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add(launch: Omit<Launch, "state" | "tries" | "nextAt" | "why" | "after">): void {
    const { fid, user, username, flow, order, retries, attempt, before, webhook } = launch;
    this.#database
      .prepare(
        `INSERT INTO launches (fid, user, username, flow, launch_order, retries, attempt, before, webhook, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
      )
      .run(...[fid, user, username, flow, order && JSON.stringify(order), retries, attempt, before, webhook]);
  }

  find(fid: string): Launch | undefined {
    const row = this.#database.prepare("SELECT * FROM launches WHERE fid = ?").get(fid);
    return row && toLaunch(row);
  }

  /** Those whose runs go on, as far as is known here. */
  waiting(): Launch[] {
    return this.#database.prepare("SELECT * FROM launches WHERE state = 'waiting'").all().map(toLaunch);
  }

  /** Those whose time has come. */
  due(now: number): Launch[] {
    return this.#database
      .prepare("SELECT * FROM launches WHERE next_at <= ? ORDER BY next_at LIMIT 100")
      .all(now)
      .map(toLaunch);
  }

  /** When the next one's time comes, in milliseconds since 1970. */
  next(): number | undefined {
    const at = this.#database.prepare("SELECT min(next_at) AS at FROM launches").get()?.at;
    return typeof at === "number" ? at : undefined;
  }

  /** It goes on with something else. The order is kept for another attempt only. */
  move(fid: string, state: LaunchState, nextAt: number | null, why = ""): void {
    this.#database
      .prepare(
        `UPDATE launches SET state = ?1, next_at = ?2, why = ?3,
           launch_order = CASE WHEN ?1 = 'retrying' THEN launch_order END WHERE fid = ?4`,
      )
      .run(state, nextAt, why.slice(0, 500), fid);
  }

  /** Its address was asked, and is asked again. */
  tried(fid: string, nextAt: number, why: string): void {
    this.#database
      .prepare("UPDATE launches SET tries = tries + 1, next_at = ?, why = ? WHERE fid = ?")
      .run(nextAt, why.slice(0, 500), fid);
  }

  /** Another attempt was begun in its place. */
  followed(fid: string, after: string): void {
    this.#database.prepare("UPDATE launches SET after = ? WHERE fid = ?").run(after, fid);
  }

  remove(fid: string): void {
    this.#database.prepare("DELETE FROM launches WHERE fid = ?").run(fid);
  }

  removeOf(user: string): void {
    this.#database.prepare("DELETE FROM launches WHERE user = ?").run(user);
  }
}

function toLaunch(row: Record<string, SQLOutputValue>): Launch {
  const text = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));
  const order = text(row.launch_order);
  return {
    ...{
      fid: String(row.fid),
      user: String(row.user),
      username: String(row.username),
      flow: String(row.flow),
    },
    order: order === null ? null : (JSON.parse(order) as LaunchOrder),
    ...{ retries: Number(row.retries), attempt: Number(row.attempt) },
    ...{ before: text(row.before), after: text(row.after), webhook: text(row.webhook) },
    ...{ state: String(row.state) as LaunchState, tries: Number(row.tries), why: String(row.why) },
    nextAt: row.next_at === null ? null : Number(row.next_at),
  };
}
