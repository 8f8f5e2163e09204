/** Which services there are: what operators have exposed, and what was found in each. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

/** DRAFT: has no bootstrap. RUNNING: answered when it was last asked. UNHEALTHY: did not start. DEAD: was never asked, or has ended. */
export type ExposeState = "DRAFT" | "RUNNING" | "DEAD" | "UNHEALTHY";

/** A flow that a service has: a path with a form. */
export interface FlowEntry {
  /** Path within the service. */
  readonly path: string;
  readonly summary: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly author: string | null;
  readonly organization: string | null;
  readonly version: string | null;
}

/** A service. */
export interface Expose {
  readonly name: string;
  readonly display: string | null;
  readonly network: string | null;
  readonly enabled: boolean;
  /** YAML. */
  readonly bootstrap: string | null;
  readonly flows: readonly FlowEntry[];
  readonly state: ExposeState;
  /** Why it is UNHEALTHY. */
  readonly why: string;
  /** Seconds since 1970: when it last answered. */
  readonly heartbeat: number | null;
  /** Changes with every change by an operator. */
  readonly etag: string;
}

/** What an operator writes. */
export type ExposeSettings = Pick<Expose, "name" | "display" | "network" | "enabled" | "bootstrap">;

export const EXPOSE_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const SCHEMA = `CREATE TABLE IF NOT EXISTS exposes (
  name TEXT PRIMARY KEY, display TEXT, network TEXT, enabled INTEGER NOT NULL, bootstrap TEXT,
  flows TEXT NOT NULL DEFAULT '[]', state TEXT NOT NULL, why TEXT NOT NULL DEFAULT '', heartbeat REAL, etag TEXT NOT NULL)`;

/** The services on disk. Synchronous. */
export class Exposes {
  readonly #db: DatabaseSync;
  /** Told when a service, or what was found in it, has changed. */
  onChange: () => void = () => {};

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(file);
    this.#db.exec("PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#db.exec(SCHEMA);
  }

  list(): Expose[] {
    return this.#db.prepare("SELECT * FROM exposes ORDER BY name").all().map(toExpose);
  }

  find(name: string): Expose | undefined {
    const row = this.#db.prepare("SELECT * FROM exposes WHERE name = ?").get(name);
    return row && toExpose(row);
  }

  /**
   * Writes a service.
   * @param etag what the writer has seen; undefined where the service is to be new, "*" where it does not matter
   * @returns undefined where another has written meanwhile
   */
  put(settings: ExposeSettings, etag: string | undefined): Expose | undefined {
    const there = this.find(settings.name);
    if (etag !== "*" && there?.etag !== etag) return undefined;
    const { name, display, network, enabled, bootstrap } = settings;
    const state: ExposeState = bootstrap?.trim() ? "DEAD" : "DRAFT";
    const same = there && there.bootstrap === bootstrap;
    this.#db
      .prepare(
        `INSERT INTO exposes (name, display, network, enabled, bootstrap, state, etag) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET display = excluded.display, network = excluded.network,
           enabled = excluded.enabled, bootstrap = excluded.bootstrap, state = excluded.state, etag = excluded.etag`,
      )
      .run(
        ...[name, display, network, enabled ? 1 : 0, bootstrap, same ? there.state : state],
        randomBytes(8).toString("hex"),
      );
    this.onChange();
    return this.find(name);
  }

  /** What was found when the service was asked. */
  found(name: string, state: ExposeState, why: string, flows?: readonly FlowEntry[]): void {
    const heartbeat = state === "RUNNING" ? Date.now() / 1000 : null;
    this.#db
      .prepare(
        "UPDATE exposes SET state = ?, why = ?, heartbeat = coalesce(?, heartbeat), flows = coalesce(?, flows) WHERE name = ?",
      )
      .run(state, why, heartbeat, flows ? JSON.stringify(flows) : null, name);
    this.onChange();
  }

  /** @returns whether it was there */
  remove(name: string): boolean {
    const was = this.#db.prepare("DELETE FROM exposes WHERE name = ?").run(name).changes > 0;
    if (was) this.onChange();
    return was;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

function toExpose(row: Record<string, SQLOutputValue>): Expose {
  const text = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));
  return {
    name: String(row.name),
    display: text(row.display),
    network: text(row.network),
    enabled: row.enabled === 1,
    bootstrap: text(row.bootstrap),
    flows: JSON.parse(String(row.flows)) as FlowEntry[],
    state: String(row.state) as ExposeState,
    why: String(row.why),
    heartbeat: row.heartbeat === null ? null : Number(row.heartbeat),
    etag: String(row.etag),
  };
}
