/** The tables of the store of runs. */
export const RUN_MIGRATIONS = [
  `CREATE TABLE runs (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     person TEXT NOT NULL,
     name TEXT NOT NULL,
     engine TEXT NOT NULL,
     going INTEGER NOT NULL,
     note TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     UNIQUE (person, name)
   ) STRICT;
   CREATE TABLE tries (
     n INTEGER PRIMARY KEY AUTOINCREMENT,
     run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
     stage TEXT NOT NULL,
     job TEXT NOT NULL
   ) STRICT;
   CREATE INDEX tries_run ON tries(run, stage, n);
   CREATE TABLE settings (
     run TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
     stage TEXT NOT NULL,
     given TEXT NOT NULL,
     PRIMARY KEY (run, stage)
   ) STRICT, WITHOUT ROWID;`,
];
