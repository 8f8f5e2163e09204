/** The list of all executions, so that a page need not open each one's file. What it says can be told again from those files. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import type { State } from "./events.ts";

/** What is told of an execution. Times are seconds since 1970. */
export interface Execution {
  readonly fid: string;
  readonly user: string;
  readonly username: string;
  /** Address of the flow, as the catalogue has it. */
  readonly flow: string;
  readonly service: string;
  readonly state: State;
  readonly about: About;
  /** JSON. */
  readonly inputs: string;
  readonly startup: number;
  readonly finish: number | null;
  /** The error's first line, for lists. */
  readonly error: string | null;
  /** Ray's name of the machine that it runs on; empty for this one. */
  readonly machine: string;
}

/** What the flow's author tells of it. */
export interface About {
  readonly summary: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly deprecated: boolean | null;
  readonly author: string | null;
  readonly organization: string | null;
  readonly version: string | null;
  readonly entry_point: string;
}

/** Which executions are asked for; newest first. */
export interface ExecutionFilter {
  readonly user?: string;
  /** Words that summary, tags, inputs or state hold. */
  readonly q?: string;
  readonly states?: readonly State[];
  /** Only those older than this one. */
  readonly before?: string;
  /** Only those that have changed since then, in seconds. */
  readonly since?: number;
  readonly limit: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS executions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, fid TEXT UNIQUE NOT NULL, user TEXT NOT NULL, username TEXT NOT NULL,
    flow TEXT NOT NULL, service TEXT NOT NULL, state TEXT NOT NULL, about TEXT NOT NULL, inputs TEXT NOT NULL,
    startup REAL NOT NULL, finish REAL, error TEXT, changed REAL NOT NULL);
  CREATE INDEX IF NOT EXISTS by_user ON executions (user, number);
  CREATE INDEX IF NOT EXISTS by_state ON executions (state);
`;
/** Of the inputs that lists and searches see. */
const MAX_INPUTS = 4000;

/** The list. Synchronous. */
export class Register {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(file);
    this.#db.exec("PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#db.exec(SCHEMA);
    const columns = this.#db.prepare("PRAGMA table_info(executions)").all();
    if (!columns.some(({ name }) => name === "machine"))
      this.#db.exec("ALTER TABLE executions ADD COLUMN machine TEXT NOT NULL DEFAULT ''");
  }

  add(execution: Execution): void {
    const { fid, user, username, flow, service, state, about, inputs, startup } = execution;
    this.#db
      .prepare(
        "INSERT INTO executions (fid, user, username, flow, service, state, about, inputs, startup, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      )
      .run(
        ...[fid, user, username, flow, service, state, JSON.stringify(about), inputs.slice(0, MAX_INPUTS)],
        ...[startup, startup],
      );
  }

  /** @param finish seconds, when it is over */
  move(fid: string, state: State, finish: number | null, error: string | null): void {
    this.#db
      .prepare("UPDATE executions SET state = ?, finish = ?, error = ?, changed = ? WHERE fid = ?")
      .run(state, finish, error, Date.now() / 1000, fid);
  }

  /** It is about to run on a machine. */
  place(fid: string, machine: string): void {
    this.#db.prepare("UPDATE executions SET machine = ? WHERE fid = ?").run(machine, fid);
  }

  find(fid: string): Execution | undefined {
    const row = this.#db.prepare("SELECT * FROM executions WHERE fid = ?").get(fid);
    return row && toExecution(row);
  }

  remove(fid: string): void {
    this.#db.prepare("DELETE FROM executions WHERE fid = ?").run(fid);
  }

  list(filter: ExecutionFilter): Execution[] {
    const { where, values } = condition(filter);
    const sql = `SELECT * FROM executions ${where} ORDER BY number DESC LIMIT ?`;
    return this.#db
      .prepare(sql)
      .all(...values, filter.limit)
      .map(toExecution);
  }

  /** How many there are in all, whatever `before` and `limit` say. */
  count({ before: _, ...filter }: ExecutionFilter): number {
    const { where, values } = condition(filter);
    return Number(this.#db.prepare(`SELECT count(*) AS n FROM executions ${where}`).get(...values)?.n ?? 0);
  }

  /** Those that are not over, whose ever they are. */
  unfinished(): Execution[] {
    return this.#db
      .prepare("SELECT * FROM executions WHERE state NOT IN ('finished', 'error') ORDER BY number")
      .all()
      .map(toExecution);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

function condition(filter: ExecutionFilter): { where: string; values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (filter.user !== undefined) {
    parts.push("user = ?");
    values.push(filter.user);
  }
  if (filter.states) {
    parts.push(`state IN (${filter.states.map(() => "?").join()})`);
    values.push(...filter.states);
  }
  for (const word of filter.q?.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10) ?? []) {
    // `instr` takes the word as it stands: in LIKE, % and _ would be more than themselves.
    parts.push(
      "instr(lower(about || ' ' || inputs || ' ' || state || ' ' || fid || ' ' || username), ?) > 0",
    );
    values.push(word);
  }
  if (filter.before !== undefined) {
    parts.push("number < (SELECT number FROM executions WHERE fid = ?)");
    values.push(filter.before);
  }
  if (filter.since !== undefined) {
    parts.push("changed > ?");
    values.push(filter.since);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "", values };
}

function toExecution(row: Record<string, SQLOutputValue>): Execution {
  return {
    fid: String(row.fid),
    user: String(row.user),
    username: String(row.username),
    flow: String(row.flow),
    service: String(row.service),
    state: String(row.state) as State,
    about: JSON.parse(String(row.about)) as About,
    inputs: String(row.inputs),
    startup: Number(row.startup),
    finish: row.finish === null ? null : Number(row.finish),
    error: row.error === null ? null : String(row.error),
    machine: String(row.machine),
  };
}
