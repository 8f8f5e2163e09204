/** Runs on disk: who began what, with which settings, and the jobs that its stages became. What became of these, the job manager knows. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { RUN_MIGRATIONS } from "./schema.ts";
import type { EngineName, Stage, StageSettings } from "./stages.ts";

type Row = Record<string, SQLOutputValue>;

/** A run. Times are milliseconds since 1970. */
export interface Run {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly engine: EngineName;
  /** Whether each stage that succeeds is followed by the next. */
  readonly going: boolean;
  /** Why it stopped going on by itself; empty while nothing has stopped it. */
  readonly note: string;
  readonly createdMs: number;
}

/** A stage's job, and the order in which it was begun. */
export interface Try {
  readonly stage: Stage;
  readonly job: string;
}

/** See the file's comment. Every method is synchronous; what it returned is on disk. */
export class RunStore {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(file);
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
    const version = Number(this.#db.prepare("PRAGMA user_version").get()?.user_version ?? 0);
    for (const [index, sql] of RUN_MIGRATIONS.entries())
      if (index >= version) this.#db.exec(`BEGIN; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }

  /** Twice does no harm. */
  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** A new run that has begun nothing. */
  create(person: string, name: string, engine: EngineName): Run {
    const id = `run-${randomBytes(9).toString("base64url")}`;
    this.#db
      .prepare(
        "INSERT INTO runs (id, person, name, engine, going, note, created_ms) VALUES (?, ?, ?, ?, 0, '', ?)",
      )
      .run(id, person, name, engine, Date.now());
    return this.#get(id);
  }

  /** Undefined where there is none. */
  find(id: string): Run | undefined {
    const row = this.#db.prepare("SELECT * FROM runs WHERE id = ?").get(id);
    return row && runOf(row);
  }

  /** A person's, the newest first. */
  list(person: string): Run[] {
    return this.#db.prepare("SELECT * FROM runs WHERE person = ? ORDER BY seq DESC").all(person).map(runOf);
  }

  /** Those that go on by themselves. */
  going(): Run[] {
    return this.#db.prepare("SELECT * FROM runs WHERE going = 1 ORDER BY seq").all().map(runOf);
  }

  /** Lets a run go on by itself, or not any more. @param note why not */
  setGoing(id: string, going: boolean, note = ""): Run {
    this.#db.prepare("UPDATE runs SET going = ?, note = ? WHERE id = ?").run(going ? 1 : 0, note, id);
    return this.#get(id);
  }

  /** What was said about a stage, apart from what holds by itself. */
  settingsOf(run: string, stage: Stage): StageSettings {
    const row = this.#db.prepare("SELECT given FROM settings WHERE run = ? AND stage = ?").get(run, stage);
    return row ? (JSON.parse(String(row.given)) as StageSettings) : {};
  }

  /** Keeps what was said about a stage. */
  setSettings(run: string, stage: Stage, given: StageSettings): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO settings (run, stage, given) VALUES (?, ?, ?)")
      .run(run, stage, JSON.stringify(given));
  }

  /** Notes that a stage was begun. */
  addTry(run: string, stage: Stage, job: string): void {
    this.#db.prepare("INSERT INTO tries (run, stage, job) VALUES (?, ?, ?)").run(run, stage, job);
  }

  /** All that was begun, the oldest first. */
  tries(run: string): Try[] {
    return this.#db
      .prepare("SELECT stage, job FROM tries WHERE run = ? ORDER BY n")
      .all(run)
      .map((row) => ({ stage: String(row.stage) as Stage, job: String(row.job) }));
  }

  /** Forgets a run; its jobs are the caller's. */
  remove(id: string): void {
    this.#db.prepare("DELETE FROM runs WHERE id = ?").run(id);
  }

  #get(id: string): Run {
    const run = this.find(id);
    if (!run) throw new Error(`There is no run ${id}.`);
    return run;
  }
}

function runOf(row: Row): Run {
  return {
    ...{ id: String(row.id), person: String(row.person), name: String(row.name) },
    ...{ engine: String(row.engine) as EngineName, going: row.going === 1, note: String(row.note) },
    createdMs: Number(row.created_ms),
  };
}
