/** The file where it is kept what people wish for their runs: what follows on them, when they start, what fills their forms. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Opens it, made where it is not there. @param schema of the rooms that keep something in it */
export function openWishes(file: string, schema: readonly string[]): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file);
  database.exec("PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  for (const part of schema) database.exec(part);
  return database;
}
