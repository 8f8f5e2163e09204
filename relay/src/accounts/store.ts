/** The relay's database: one SQLite file in WAL mode, which the command line and a running relay may open at once. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Each entry leads from the version before; `PRAGMA user_version` counts them. */
const MIGRATIONS = [
  `CREATE TABLE users (
     id TEXT PRIMARY KEY,
     username TEXT NOT NULL UNIQUE COLLATE NOCASE,
     email TEXT UNIQUE COLLATE NOCASE,
     name TEXT NOT NULL,
     role TEXT NOT NULL CHECK (role IN ('owner', 'user', 'guest')),
     password_hash TEXT,
     default_node TEXT,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX sessions_user ON sessions(user_id);
   CREATE TABLE tokens (
     hash TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('node', 'api')),
     name TEXT NOT NULL,
     user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     revoked_at INTEGER
   ) STRICT;
   CREATE TABLE owner_links (
     hash TEXT PRIMARY KEY,
     expires_at INTEGER NOT NULL,
     used_at INTEGER
   ) STRICT;
   CREATE TABLE nodes (
     name TEXT PRIMARY KEY,
     seen_at INTEGER NOT NULL
   ) STRICT;`,
  // Accounts with passwords, tokens that are listed and limited, shares.
  `ALTER TABLE users ADD COLUMN disabled_at INTEGER;
   ALTER TABLE tokens ADD COLUMN id TEXT;
   ALTER TABLE tokens ADD COLUMN scopes TEXT;
   ALTER TABLE tokens ADD COLUMN used_at INTEGER;
   UPDATE tokens SET id = lower(hex(randomblob(12)));
   CREATE UNIQUE INDEX tokens_id ON tokens(id);
   CREATE TABLE settings (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT;
   CREATE TABLE invitations (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     role TEXT NOT NULL CHECK (role IN ('owner', 'user')),
     note TEXT NOT NULL,
     created_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     used_at INTEGER
   ) STRICT;
   CREATE TABLE reset_links (
     hash TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     expires_at INTEGER NOT NULL,
     used_at INTEGER
   ) STRICT;
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     actor TEXT NOT NULL,
     actor_name TEXT NOT NULL,
     action TEXT NOT NULL,
     target TEXT NOT NULL,
     detail TEXT NOT NULL,
     address TEXT NOT NULL
   ) STRICT;
   CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
   CREATE TRIGGER audit_holds BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
   CREATE TABLE shares (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('project', 'notebook', 'session')),
     thing TEXT NOT NULL,
     node TEXT NOT NULL,
     rights TEXT NOT NULL,
     created_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     password_hash TEXT,
     title TEXT NOT NULL DEFAULT '',
     picture TEXT UNIQUE
   ) STRICT;
   CREATE INDEX shares_thing ON shares(kind, thing);
   CREATE TABLE grants (
     id TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     thing TEXT NOT NULL,
     node TEXT NOT NULL,
     -- NULL: those of the share, whatever they are by now.
     rights TEXT,
     share TEXT REFERENCES shares(id) ON DELETE CASCADE,
     granted_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     CHECK ((rights IS NULL) <> (share IS NULL)),
     UNIQUE (user_id, kind, thing, share)
   ) STRICT;
   CREATE INDEX grants_thing ON grants(kind, thing);`,
  // Documents. What grows (updates, states) is apart from what is listed: SQLite rewrites a whole row when a part changes.
  `CREATE TABLE projects (
     id TEXT PRIMARY KEY,
     owner TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     name TEXT NOT NULL,
     -- 1: the one that notebooks go to when no project is named.
     is_default INTEGER NOT NULL DEFAULT 0,
     created_ms INTEGER NOT NULL,
     updated_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX projects_owner ON projects(owner);
   CREATE UNIQUE INDEX projects_default ON projects(owner) WHERE is_default = 1;
   CREATE TABLE notebooks (
     id TEXT PRIMARY KEY,
     project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
     name TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     updated_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX notebooks_project ON notebooks(project);
   CREATE TABLE notebook_states (
     notebook TEXT PRIMARY KEY REFERENCES notebooks(id) ON DELETE CASCADE,
     state BLOB NOT NULL
   ) STRICT;
   CREATE TABLE notebook_updates (
     seq INTEGER PRIMARY KEY,
     notebook TEXT NOT NULL REFERENCES notebooks(id) ON DELETE CASCADE,
     data BLOB NOT NULL
   ) STRICT;
   CREATE INDEX notebook_updates_notebook ON notebook_updates(notebook, seq);
   CREATE TABLE notebook_versions (
     id TEXT PRIMARY KEY,
     notebook TEXT NOT NULL REFERENCES notebooks(id) ON DELETE CASCADE,
     -- NULL: made by itself, and thinned out in time.
     name TEXT,
     author TEXT,
     created_ms INTEGER NOT NULL,
     state BLOB NOT NULL
   ) STRICT;
   CREATE INDEX notebook_versions_notebook ON notebook_versions(notebook, created_ms);
   CREATE TABLE executions (
     id TEXT PRIMARY KEY,
     notebook TEXT NOT NULL REFERENCES notebooks(id) ON DELETE CASCADE,
     cell TEXT NOT NULL,
     -- Name of the node that ran it; empty for imported outputs.
     node TEXT NOT NULL,
     state TEXT NOT NULL,
     execution_count INTEGER,
     started_ms INTEGER,
     ended_ms INTEGER,
     blob TEXT,
     bytes INTEGER NOT NULL DEFAULT 0,
     updated_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX executions_notebook ON executions(notebook, cell);
   CREATE INDEX executions_blob ON executions(blob);
   CREATE TABLE project_files (
     id TEXT PRIMARY KEY,
     project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
     path TEXT NOT NULL,
     size INTEGER NOT NULL,
     modified_ms INTEGER NOT NULL,
     UNIQUE (project, path)
   ) STRICT;
   CREATE TABLE project_uploads (
     id TEXT PRIMARY KEY,
     project TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
     path TEXT NOT NULL,
     size INTEGER NOT NULL,
     author TEXT NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT;
   CREATE VIRTUAL TABLE notebook_search USING fts5(notebook UNINDEXED, name, text);`,
  // Ids of the runs that a version's cells show, as JSON: outputs that no version needs can go.
  `ALTER TABLE notebook_versions ADD COLUMN runs TEXT NOT NULL DEFAULT '[]';`,
  // Notebooks that are gone, by whichever way: nodes that were away ask for theirs when they come back.
  `CREATE TABLE deleted_notebooks (id TEXT PRIMARY KEY, deleted_ms INTEGER NOT NULL) STRICT;
   CREATE TRIGGER notebooks_deleted AFTER DELETE ON notebooks BEGIN
     INSERT OR REPLACE INTO deleted_notebooks VALUES (old.id, CAST(unixepoch('subsec') * 1000 AS INTEGER));
   END;`,
  // What people say about cells. The author's name stays when the account, or a guest's link, goes.
  `CREATE TABLE comments (
     id TEXT PRIMARY KEY,
     notebook TEXT NOT NULL REFERENCES notebooks(id) ON DELETE CASCADE,
     cell TEXT NOT NULL,
     author TEXT NOT NULL,
     author_name TEXT NOT NULL,
     text TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     edited_ms INTEGER,
     resolved_ms INTEGER
   ) STRICT;
   CREATE INDEX comments_notebook ON comments(notebook, created_ms);`,
  // Where the cells of a notebook lie in the text that is searched: [[id, characters], ...] in order, two characters between them.
  `CREATE TABLE searched_cells (
     notebook TEXT PRIMARY KEY REFERENCES notebooks(id) ON DELETE CASCADE,
     cells TEXT NOT NULL
   ) STRICT;`,
  // What is shared may be a run of a flow. A table is made anew to change what it allows, and dropping one takes along what refers
  // to it: grants wait beside.
  `CREATE TABLE grants_kept AS SELECT * FROM grants;
   CREATE TABLE shares_kept AS SELECT * FROM shares;
   DROP TABLE grants;
   DROP TABLE shares;
   CREATE TABLE shares (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('project', 'notebook', 'session', 'run')),
     thing TEXT NOT NULL,
     node TEXT NOT NULL,
     rights TEXT NOT NULL,
     created_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     password_hash TEXT,
     title TEXT NOT NULL DEFAULT '',
     picture TEXT UNIQUE
   ) STRICT;
   CREATE INDEX shares_thing ON shares(kind, thing);
   CREATE TABLE grants (
     id TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     thing TEXT NOT NULL,
     node TEXT NOT NULL,
     -- NULL: those of the share, whatever they are by now.
     rights TEXT,
     share TEXT REFERENCES shares(id) ON DELETE CASCADE,
     granted_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created_at INTEGER NOT NULL,
     CHECK ((rights IS NULL) <> (share IS NULL)),
     UNIQUE (user_id, kind, thing, share)
   ) STRICT;
   CREATE INDEX grants_thing ON grants(kind, thing);
   INSERT INTO shares SELECT * FROM shares_kept;
   INSERT INTO grants SELECT * FROM grants_kept;
   DROP TABLE grants_kept;
   DROP TABLE shares_kept;`,
];

/** Statements that are kept: those of the code, and some whose text depends on how much is asked for. */
const MOST_STATEMENTS = 400;

/** Keeps what it prepared: each request asks who it is from, and preparing that costs more than asking. */
class KeptStatements extends DatabaseSync {
  readonly #kept = new Map<string, StatementSync>();

  override prepare(sql: string): StatementSync {
    const known = this.#kept.get(sql);
    if (known) return known;
    if (this.#kept.size >= MOST_STATEMENTS) this.#kept.clear();
    const made = super.prepare(sql);
    this.#kept.set(sql, made);
    return made;
  }
}

/** Opens (and makes) the database in `folder`. Times in it are milliseconds since 1970. */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new KeptStatements(join(folder, "relay.sqlite"), { timeout: 5000 });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  // IMMEDIATE: two processes that start together must not both migrate.
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
    if (version > MIGRATIONS.length) {
      throw new Error(`The data in ${folder} were made by a newer Eyepiece: update this one.`);
    }
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec("COMMIT");
  } catch (cause) {
    database.exec("ROLLBACK");
    database.close();
    throw cause;
  }
  return database;
}
