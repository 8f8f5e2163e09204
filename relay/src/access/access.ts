/** Who may what with projects, notebooks and sessions: the one place that is asked. */
import type { DatabaseSync } from "node:sqlite";
import { isNodes, RIGHTS, type Right, type SharedKind } from "@eyepiece/protocol/rights.ts";
import type { Person } from "../accounts/accounts.ts";

/** Something that belongs to a person and can be shared. */
export interface Thing {
  readonly kind: SharedKind;
  readonly id: string;
}

/** What somebody was given of a thing that is another's. */
export interface Given {
  readonly rights: readonly Right[];
  /** Id of the person who gave it. */
  readonly grantedBy: string;
  /** Where a session is; empty: the default node. */
  readonly node: string;
}

/** Told when somebody lost rights on a thing, or some of them. A project stands for all that is in it. */
export type RevokedListener = (userId: string, kind: SharedKind, id: string) => void;

/** The longest that a timer may be told to wait. */
const MAX_TIMER_MS = 3_600_000;

/** Rights on one database. */
export class Access {
  readonly #database: DatabaseSync;
  readonly #listeners: RevokedListener[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.expire();
    this.forgetGone();
  }

  /**
   * What a person may do with a thing. Empty: nothing, and nothing may be told of it (answers are 404). Who owns a session
   * is the node's knowledge, so that a session has granted rights only.
   */
  rightsOn(person: Person, thing: Thing): readonly Right[] {
    const own = this.ownerOf(thing) === person.id;
    const rights = own ? RIGHTS : (this.givenOn(person.id, thing)?.rights ?? []);
    // A program's token holds less than the person does; guests have nothing but what they were given.
    return person.role === "guest" ? rights : rights.filter((right) => person.rights.includes(right));
  }

  /** Id of the person whose project or notebook it is; undefined for what is not, and for what nodes keep. */
  ownerOf({ kind, id }: Thing): string | undefined {
    if (isNodes(kind)) return undefined;
    const project = kind === "project" ? id : this.#projectOf(id);
    if (project === undefined) return undefined;
    const row = this.#database.prepare("SELECT owner FROM projects WHERE id = ?").get(project);
    return row && String(row.owner);
  }

  /** What a person was given of a thing, itself or by its project; undefined: nothing that still holds. */
  givenOn(userId: string, thing: Thing): Given | undefined {
    const project = thing.kind === "notebook" ? this.#projectOf(thing.id) : undefined;
    const owner = this.ownerOf(thing);
    const rows = this.#database
      .prepare(
        `SELECT COALESCE(shares.rights, grants.rights) AS rights, grants.granted_by AS granted_by, grants.node AS node
         FROM grants LEFT JOIN shares ON shares.id = grants.share
         JOIN users AS giver ON giver.id = grants.granted_by AND giver.disabled_at IS NULL
         WHERE grants.user_id = ?1 AND (shares.expires_at IS NULL OR shares.expires_at > ?2)
           AND ((grants.kind = ?3 AND grants.thing = ?4) OR (grants.kind = 'project' AND grants.thing = ?5))
         ORDER BY grants.created_at`,
      )
      .all(userId, Date.now(), thing.kind, thing.id, project ?? "");
    // Nobody can give what is not theirs, and what was given ends when the thing is gone.
    const valid = isNodes(thing.kind) ? rows : rows.filter((row) => row.granted_by === owner);
    const [first] = valid;
    if (!first) return undefined;
    // Sessions have no owner that the relay knows: what one person gave is not mixed with what another did.
    const same = valid.filter((row) => row.granted_by === first.granted_by);
    const held = new Set(same.flatMap((row) => String(row.rights).split(",")));
    return {
      rights: RIGHTS.filter((right) => held.has(right)),
      grantedBy: String(first.granted_by),
      node: String(first.node),
    };
  }

  /** Whether anybody but its owner holds a right on a thing, itself or by its project. */
  othersHave(thing: Thing, right: Right): boolean {
    const project = thing.kind === "notebook" ? this.#projectOf(thing.id) : undefined;
    const people = this.#database
      .prepare(
        `SELECT DISTINCT user_id FROM grants
         WHERE (kind = ?1 AND thing = ?2) OR (kind = 'project' AND thing = ?3)`,
      )
      .all(thing.kind, thing.id, project ?? "");
    return people.some(({ user_id }) => this.givenOn(String(user_id), thing)?.rights.includes(right));
  }

  /** Ids of the projects or notebooks that others gave to a person. Those of a given project are not listed singly. */
  givenTo(userId: string, kind: SharedKind): string[] {
    const rows = this.#database
      .prepare("SELECT DISTINCT thing FROM grants WHERE user_id = ? AND kind = ? ORDER BY created_at DESC")
      .all(userId, kind);
    const ids = rows.map((row) => String(row.thing));
    return ids.filter((id) => this.givenOn(userId, { kind, id }) !== undefined);
  }

  /** Calls `listener` whenever somebody loses rights. */
  onRevoked(listener: RevokedListener): void {
    this.#listeners.push(listener);
  }

  /** Tells the listeners. */
  revoked(userId: string, kind: SharedKind, id: string): void {
    for (const listener of this.#listeners) listener(userId, kind, id);
  }

  /** Ends what people gave who are disabled by now. */
  forgetGivers(): void {
    const rows = this.#database
      .prepare(
        `SELECT grants.user_id, grants.kind, grants.thing FROM grants
         JOIN users ON users.id = grants.granted_by AND users.disabled_at IS NOT NULL`,
      )
      .all();
    for (const row of rows) {
      this.revoked(String(row.user_id), String(row.kind) as SharedKind, String(row.thing));
    }
  }

  /** Ends what was given of projects and notebooks that are gone. */
  forgetGone(): void {
    const gone = `(kind = 'project' AND thing NOT IN (SELECT id FROM projects))
      OR (kind = 'notebook' AND thing NOT IN (SELECT id FROM notebooks))`;
    const held = this.#database.prepare(`SELECT user_id, kind, thing FROM grants WHERE ${gone}`).all();
    this.#database.exec(`DELETE FROM shares WHERE ${gone}; DELETE FROM grants WHERE ${gone};`);
    for (const row of held) {
      this.revoked(String(row.user_id), String(row.kind) as SharedKind, String(row.thing));
    }
    this.forgetGuests();
  }

  /** Removes shares whose time is over, tells whom that concerns, and waits for the next one. */
  expire(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const over = this.#database
      .prepare(
        `SELECT grants.user_id, grants.kind, grants.thing FROM grants
         JOIN shares ON shares.id = grants.share WHERE shares.expires_at <= ?`,
      )
      .all(now);
    this.#database.prepare("DELETE FROM shares WHERE expires_at <= ?").run(now);
    this.forgetGuests();
    for (const row of over) {
      this.revoked(String(row.user_id), String(row.kind) as SharedKind, String(row.thing));
    }
    const next = this.#database.prepare("SELECT MIN(expires_at) AS at FROM shares").get()?.at;
    if (typeof next !== "number") return;
    this.#timer = setTimeout(() => this.expire(), Math.min(Math.max(0, next - now), MAX_TIMER_MS));
    this.#timer.unref();
  }

  /** Guests live as long as what they were given. */
  forgetGuests(): void {
    this.#database.exec("DELETE FROM users WHERE role = 'guest' AND id NOT IN (SELECT user_id FROM grants)");
  }

  /** Stops waiting. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #projectOf(notebook: string): string | undefined {
    const row = this.#database.prepare("SELECT project FROM notebooks WHERE id = ?").get(notebook);
    return row && String(row.project);
  }
}
