/** One execution's SQLite file: its events, and how many of its agent's it holds. The gateway is its only writer; anybody may read it. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Event, KINDS, type Kind, type NewEvent } from "./events.ts";
import { type Reception, receive } from "./numbering.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS monitor (
    id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS received (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL);
  INSERT OR IGNORE INTO received VALUES (1, 0);
`;
const KIND_SET: ReadonlySet<string> = new Set(KINDS);
/** Up to so many events a file is closed without waiting for the disk. */
const FEW = 1000;

/** An open file. Every method is synchronous; what it returned is with the operating system, and survives a kill of this process. */
export class ExecutionFile {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  #last: number;

  /** @param path is made where it is not there */
  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    // A new file holds nothing that a power cut could take: making it waits for no disk, which would hold up the whole gateway.
    this.#db.exec("PRAGMA busy_timeout = 2000; PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL");
    this.#db.exec(SCHEMA);
    this.#db.exec("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512");
    this.#insert = this.#db.prepare("INSERT INTO monitor (timestamp, kind, message) VALUES (?, ?, ?)");
    this.#read = this.#db.prepare("SELECT * FROM monitor WHERE id > ? ORDER BY id LIMIT ?");
    this.#last = Number(this.#db.prepare("SELECT last FROM received").get()?.last ?? 0);
  }

  /** Number of the agent's last event that is stored. */
  get received(): number {
    return this.#last;
  }

  /** Stores events of the gateway's own. */
  append(events: readonly NewEvent[]): void {
    this.#together(() => this.#put(events));
  }

  /** Stores what is new of an agent's batch; events and the number change together or not at all. @returns what was new */
  receive(first: number, events: readonly NewEvent[]): Reception {
    const reception = receive(this.#last, first, events.length);
    if (typeof reception === "string") return reception;
    const last = first + events.length - 1;
    this.#together(() => {
      this.#put(events.slice(reception.take));
      this.#db.prepare("UPDATE received SET last = ?").run(last);
    });
    this.#last = last;
    return reception;
  }

  /** Events behind a number, in order. @param limit how many at most */
  after(id: number, limit: number): Event[] {
    return this.#read.all(id, limit).map(toEvent);
  }

  /** Events of these kinds, in order: those that are few, as locks are. */
  ofKinds(kinds: readonly Kind[]): Event[] {
    const marks = kinds.map(() => "?").join();
    return this.#db
      .prepare(`SELECT * FROM monitor WHERE kind IN (${marks}) ORDER BY id LIMIT 10000`)
      .all(...kinds)
      .map(toEvent);
  }

  /** The last event of a kind. */
  lastOf(kind: Kind): Event | undefined {
    const row = this.#db.prepare("SELECT * FROM monitor WHERE kind = ? ORDER BY id DESC LIMIT 1").get(kind);
    return row && toEvent(row);
  }

  /** Twice does no harm. */
  close(): void {
    if (!this.#db.isOpen) return;
    const { last } = this.#db.prepare("SELECT max(id) AS last FROM monitor").get() ?? {};
    // The last to close a file copies its log into it and waits for the disk, twice. Of a short run, nothing older is at stake.
    if (Number(last ?? 0) <= FEW) this.#db.exec("PRAGMA synchronous = OFF");
    this.#db.close();
  }

  #put(events: readonly NewEvent[]): void {
    for (const { timestamp, kind, message } of events) this.#insert.run(timestamp, kind, message);
  }

  #together(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw cause;
    }
  }
}

function toEvent(row: Record<string, unknown>): Event {
  const kind = String(row.kind);
  return {
    id: Number(row.id),
    timestamp: Number(row.timestamp),
    kind: (KIND_SET.has(kind) ? kind : "debug") as Kind,
    message: String(row.message),
  };
}
