import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openDatabase } from "./store.ts";

test("what was shared before runs could be shared is still shared, and ends as before", () => {
  const folder = mkdtempSync(join(tmpdir(), "eyepiece-store-"));
  try {
    openDatabase(folder).close();
    // As it was: only the version tells the two apart, and the tables.
    const old = new DatabaseSync(join(folder, "relay.sqlite"));
    const version = Number(old.prepare("PRAGMA user_version").get()?.user_version);
    old.exec(`
      INSERT INTO users (id, username, name, role, created_at) VALUES ('a', 'ada', 'Ada', 'user', 1), ('g', 'g', 'Guest', 'guest', 1);
      INSERT INTO shares (id, hash, kind, thing, node, rights, created_by, created_at, title)
        VALUES ('s', 'h', 'notebook', 'n', '', 'view', 'a', 2, 'T');
      INSERT INTO grants (id, user_id, kind, thing, node, share, granted_by, created_at)
        VALUES ('x', 'g', 'notebook', 'n', '', 's', 'a', 3);
      PRAGMA user_version = ${version - 1}`);
    const before = old.prepare("SELECT * FROM shares").all();
    const given = old.prepare("SELECT * FROM grants").all();
    old.close();
    const now = openDatabase(folder);
    expect(now.prepare("SELECT * FROM shares").all()).toEqual(before);
    expect(now.prepare("SELECT * FROM grants").all()).toEqual(given);
    now.exec(
      "INSERT INTO shares (id, hash, kind, thing, node, rights, created_by, created_at) VALUES ('r', 'i', 'run', 'f', '', 'view', 'a', 2)",
    );
    now.exec("DELETE FROM shares WHERE id = 's'");
    expect(now.prepare("SELECT * FROM grants").all()).toEqual([]);
    now.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
