/** Jobs on disk: one SQLite file, in which a job's state and the entry that tells of it change together or not at all. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { JobError } from "./errors.ts";
import type { Checkpoint, Entry, EntryBody, Job, JobRequest, Json, MetricPoint, Reported } from "./job.ts";
import type { WaitingJob } from "./queue.ts";
import { JOB_MIGRATIONS } from "./schema.ts";
import { isOver, JOB_STATES, type JobState, mayMove } from "./states.ts";

type Row = Record<string, SQLOutputValue>;

/** What changes beside the state. */
export interface MoveWith {
  readonly devices?: readonly string[];
  readonly lost?: boolean;
  readonly started?: boolean;
}

/** Which jobs are asked for. */
export interface JobFilter {
  readonly person?: string;
  readonly kind?: string;
  /** 20 without it. */
  readonly limit?: number;
  /** Only jobs older than this one. */
  readonly before?: string;
}

/** Which entries are asked for. */
export interface EntryFilter {
  readonly kinds?: readonly EntryBody["kind"][];
  /** Only entries older than this number. */
  readonly before?: number;
  /** 20 without it. */
  readonly limit?: number;
}

/** The store. Every method is synchronous; what it returned is on disk. */
export class JobStore {
  readonly #db: DatabaseSync;
  /** By their text. All of them are written out here, so that these are few. */
  readonly #statements = new Map<string, StatementSync>();
  /** Told after each change, with the job's id. */
  onChange: (job: string) => void = () => {};

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(file);
    try {
      // The lock is the kernel's, and ends with the process however that ends.
      this.#db.exec(
        "PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON",
      );
      this.#together(() => {});
    } catch (cause) {
      this.#db.close();
      if (!/locked/.test(String(cause))) throw cause;
      throw new JobError(
        "state",
        `The jobs in ${dirname(file)} belong to another node that runs: stop it, or start this one with another --home.`,
      );
    }
    const version = Number(this.#db.prepare("PRAGMA user_version").get()?.user_version ?? 0);
    for (const [index, sql] of JOB_MIGRATIONS.entries()) {
      if (index < version) continue;
      this.#together(() => this.#db.exec(`${sql}; PRAGMA user_version = ${index + 1}`));
    }
  }

  /** Twice does no harm. */
  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** A new job in state `created`. */
  create(request: Required<Omit<JobRequest, "gpuBytes">> & Pick<JobRequest, "gpuBytes">): Job {
    const id = `job-${randomBytes(12).toString("base64url")}`;
    this.#together(() => {
      const last = this.#prepared("SELECT max(turn) AS turn FROM jobs WHERE person = ?").get(request.person);
      this.#prepared(
        `INSERT INTO jobs (id, person, kind, params, gpus, gpu_bytes, priority, turn, state, reason, retries, created_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'created', ?, ?, ?)`,
      ).run(
        ...[id, request.person, request.kind, JSON.stringify(request.params), request.gpus],
        ...[request.gpuBytes ?? 0, request.priority],
        ...[Number(last?.turn ?? 0) + 1, "It was handed in.", request.retries, Date.now()],
      );
      this.#append(id, { kind: "state", from: null, to: "created", reason: "It was handed in." });
    });
    this.onChange(id);
    return this.get(id);
  }

  find(id: string): Job | undefined {
    const row = this.#prepared("SELECT * FROM jobs WHERE id = ?").get(id);
    return row && toJob(row);
  }

  /** @throws JobError where there is none */
  get(id: string): Job {
    const job = this.find(id);
    if (!job) throw new JobError("not_found", `There is no job ${id} on this node.`);
    return job;
  }

  /** The newest first. @param before only jobs older than this one */
  list(filter: JobFilter = {}): Job[] {
    return this.#prepared(
      `SELECT * FROM jobs WHERE (?1 IS NULL OR person = ?1) AND (?4 IS NULL OR kind = ?4)
           AND (?2 IS NULL OR seq < (SELECT seq FROM jobs WHERE id = ?2)) ORDER BY seq DESC LIMIT ?3`,
    )
      .all(filter.person ?? null, filter.before ?? null, filter.limit ?? 20, filter.kind ?? null)
      .map(toJob);
  }

  /** All jobs in these states, the oldest first. */
  inStates(states: readonly JobState[]): Job[] {
    return this.#prepared("SELECT * FROM jobs WHERE state IN (SELECT value FROM json_each(?)) ORDER BY seq")
      .all(JSON.stringify(states))
      .map(toJob);
  }

  /** Jobs that wait for their turn: what the queue looks at, the oldest first. */
  waiting(): (WaitingJob & { readonly gpus: number; readonly gpuBytes: number })[] {
    return this.#prepared(
      "SELECT id, person, priority, turn, gpus, gpu_bytes FROM jobs WHERE state IN ('queued', 'pending_resume') ORDER BY seq",
    )
      .all()
      .map((row) => ({
        ...{ id: String(row.id), person: String(row.person), priority: Number(row.priority) },
        ...{ turn: Number(row.turn), gpus: Number(row.gpus), gpuBytes: Number(row.gpu_bytes) },
      }));
  }

  /** How many of a person's jobs are not over. */
  openOf(person: string): number {
    const over = JOB_STATES.filter(isOver);
    const row = this.#prepared(
      "SELECT count(*) AS n FROM jobs WHERE person = ? AND state NOT IN (SELECT value FROM json_each(?))",
    ).get(person, JSON.stringify(over));
    return Number(row?.n ?? 0);
  }

  /** For each person, the number of the latest start of a job of theirs. */
  served(): Map<string, number> {
    const rows = this.#prepared("SELECT person, max(served) AS served FROM jobs GROUP BY person").all();
    return new Map(rows.map((row) => [String(row.person), Number(row.served)]));
  }

  /** Takes a job to another state. @throws JobError where the table of moves has no such move */
  move(id: string, to: JobState, reason: string, also: MoveWith = {}): Job {
    const from = this.get(id).state;
    if (!mayMove(from, to)) throw new JobError("state", `The job ${id} is ${from} and cannot become ${to}.`);
    const now = Date.now();
    this.#together(() => {
      this.#prepared(
        `UPDATE jobs SET state = ?, reason = ?, devices = ?, losses = losses + ?, ended_ms = ?,
             started_ms = CASE WHEN ? THEN coalesce(started_ms, ?) ELSE started_ms END,
             served = CASE WHEN ? THEN (SELECT max(served) + 1 FROM jobs) ELSE served END WHERE id = ?`,
      ).run(
        ...[to, reason, JSON.stringify(also.devices ?? []), also.lost ? 1 : 0, isOver(to) ? now : null],
        ...[also.started ? 1 : 0, now, also.started ? 1 : 0, id],
      );
      this.#append(id, { kind: "state", from, to, reason });
    });
    this.onChange(id);
    return this.get(id);
  }

  /** Adds what a job's program told, all of it or nothing. */
  add(id: string, bodies: readonly EntryBody[], result?: Json): void {
    if (bodies.length === 0 && result === undefined) return;
    this.#together(() => {
      for (const body of bodies) {
        this.#append(id, body);
        if (body.kind !== "checkpoint") continue;
        const checkpoint: Checkpoint = { step: body.step, path: body.path };
        this.#prepared("UPDATE jobs SET checkpoint = ? WHERE id = ?").run(JSON.stringify(checkpoint), id);
      }
      if (result !== undefined)
        this.#prepared("UPDATE jobs SET result = ? WHERE id = ?").run(JSON.stringify(result), id);
    });
    this.onChange(id);
  }

  /** What was told after entry `after`, in order. */
  entries(id: string, after = 0, limit = 1000): Entry[] {
    return this.#prepared("SELECT * FROM entries WHERE job = ? AND n > ? ORDER BY n LIMIT ?")
      .all(id, after, limit)
      .map(toEntry);
  }

  /** The newest first. */
  latest(id: string, { kinds, before, limit }: EntryFilter = {}): Entry[] {
    return this.#prepared(
      `SELECT * FROM entries WHERE job = ?1 AND n < ?2
           AND (?3 IS NULL OR kind IN (SELECT value FROM json_each(?3))) ORDER BY n DESC LIMIT ?4`,
    )
      .all(id, before ?? Number.MAX_SAFE_INTEGER, kinds ? JSON.stringify(kinds) : null, limit ?? 20)
      .map(toEntry);
  }

  /** A job's curves. A step that ran again after a checkpoint counts as it ran last. */
  metrics(id: string): MetricPoint[] {
    const points = new Map<string, MetricPoint>();
    const rows = this.#prepared("SELECT * FROM entries WHERE job = ? AND kind = 'metrics' ORDER BY n").all(
      id,
    );
    for (const entry of rows.map(toEntry)) {
      if (entry.kind !== "metrics") continue;
      for (const [name, value] of Object.entries(entry.values))
        points.set(`${entry.step} ${name}`, { step: entry.step, name, value: toNumber(value) });
    }
    return [...points.values()].sort((a, b) => a.step - b.step);
  }

  /** Forgets a job. @throws JobError unless it is over */
  remove(id: string): void {
    const { state } = this.get(id);
    if (!isOver(state))
      throw new JobError("state", `The job ${id} is ${state}: cancel it before it is deleted.`);
    this.#prepared("DELETE FROM jobs WHERE id = ?").run(id);
    this.onChange(id);
  }

  #append(id: string, { kind, ...data }: EntryBody): void {
    this.#prepared(
      `INSERT INTO entries (job, n, at_ms, kind, data)
         VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM entries WHERE job = ?1), ?2, ?3, ?4)`,
    ).run(id, Date.now(), kind, JSON.stringify(data));
  }

  /** A statement, made once: status calls ask the same again and again. */
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #together(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (cause) {
      // A full disk has rolled it back already.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw cause;
    }
  }
}

function toJob(row: Row): Job {
  const time = (value: SQLOutputValue | undefined) => (typeof value === "number" ? value : undefined);
  const state = JOB_STATES.find((name) => name === row.state);
  if (!state)
    throw new Error(`The job ${row.id} is in a state that this version does not know: ${row.state}.`);
  return {
    ...{ id: String(row.id), person: String(row.person), kind: String(row.kind), state },
    params: JSON.parse(String(row.params)) as Json,
    ...{
      gpus: Number(row.gpus),
      gpuBytes: Number(row.gpu_bytes),
      priority: Number(row.priority),
      turn: Number(row.turn),
    },
    ...{ reason: String(row.reason), retries: Number(row.retries), losses: Number(row.losses) },
    devices: JSON.parse(String(row.devices)) as string[],
    checkpoint: row.checkpoint === null ? undefined : (JSON.parse(String(row.checkpoint)) as Checkpoint),
    result: row.result === null ? undefined : (JSON.parse(String(row.result)) as Json),
    createdMs: Number(row.created_ms),
    ...{ startedMs: time(row.started_ms), endedMs: time(row.ended_ms) },
  };
}

function toEntry(row: Row): Entry {
  // Written by `#append` alone, from an EntryBody.
  const body = { kind: row.kind, ...(JSON.parse(String(row.data)) as object) } as EntryBody;
  return { n: Number(row.n), atMs: Number(row.at_ms), ...body };
}

function toNumber(value: Reported): number {
  if (typeof value === "number") return value;
  return value === "nan" ? Number.NaN : value === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
