/** The tables of the store; `user_version` counts the entries, which are only appended to. */
export const JOB_MIGRATIONS = [
  `CREATE TABLE jobs (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     person TEXT NOT NULL,
     kind TEXT NOT NULL,
     params TEXT NOT NULL,
     gpus INTEGER NOT NULL,
     priority INTEGER NOT NULL,
     turn INTEGER NOT NULL,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     retries INTEGER NOT NULL,
     losses INTEGER NOT NULL DEFAULT 0,
     served INTEGER NOT NULL DEFAULT 0,
     devices TEXT NOT NULL DEFAULT '[]',
     checkpoint TEXT,
     result TEXT,
     created_ms INTEGER NOT NULL,
     started_ms INTEGER,
     ended_ms INTEGER
   ) STRICT;
   CREATE INDEX jobs_person ON jobs(person, seq);
   CREATE INDEX jobs_served ON jobs(served);
   CREATE INDEX jobs_person_served ON jobs(person, served);
   CREATE INDEX jobs_state ON jobs(state);
   CREATE TABLE entries (
     job TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
     n INTEGER NOT NULL,
     at_ms INTEGER NOT NULL,
     kind TEXT NOT NULL,
     data TEXT NOT NULL,
     PRIMARY KEY (job, n)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX entries_kind ON entries(job, kind, n);`,
  "ALTER TABLE jobs ADD COLUMN gpu_bytes INTEGER NOT NULL DEFAULT 0",
];
