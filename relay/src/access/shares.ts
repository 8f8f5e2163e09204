/** Share links: what they give, who holds them, and their end. */

import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { isNodes, RIGHTS, type Right, type SharedKind } from "@eyepiece/protocol/rights.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { hashSecret, newId, newSecret } from "../accounts/secrets.ts";
import type { Access } from "./access.ts";

/** A share, without its secret. */
export interface Share {
  readonly id: string;
  readonly kind: SharedKind;
  /** Id of the project, notebook or session. */
  readonly thing: string;
  /** Of a session; else empty. */
  readonly node: string;
  readonly rights: readonly Right[];
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly passwordHash: string | undefined;
  /** Shown in previews of the link; empty unless it was given for that. */
  readonly title: string;
  /** Id of the preview's picture. */
  readonly picture: string | undefined;
}

/** A share to make. */
export interface NewShare {
  readonly kind: SharedKind;
  readonly thing: string;
  readonly node: string;
  readonly rights: readonly Right[];
  readonly createdBy: string;
  readonly expiresAt?: number | undefined;
  readonly password?: string | undefined;
  readonly title?: string | undefined;
}

/** What can be changed later. */
export interface ShareChange {
  readonly rights?: readonly Right[] | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly password?: string | null | undefined;
  readonly title?: string | undefined;
}

/** Somebody who was given rights by name. */
export interface NamedGrant {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly rights: readonly Right[];
  readonly createdAt: number;
}

/** Shares of one database. */
export class Shares {
  readonly #database: DatabaseSync;
  readonly #access: Access;

  constructor(database: DatabaseSync, access: Access) {
    this.#database = database;
    this.#access = access;
  }

  /** A new share; the secret is never shown again. @throws HashesBusy */
  async create(share: NewShare): Promise<{ id: string; secret: string }> {
    const [id, secret] = [newId(), newSecret()];
    const passwordHash = share.password ? await hashPassword(share.password) : null;
    this.#database
      .prepare(
        `INSERT INTO shares (id, hash, kind, thing, node, rights, created_by, created_at, expires_at,
           password_hash, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        hashSecret(secret),
        share.kind,
        share.thing,
        share.node,
        share.rights.join(","),
        share.createdBy,
        Date.now(),
        share.expiresAt ?? null,
        passwordHash,
        share.title ?? "",
      );
    this.#access.expire();
    return { id, secret };
  }

  /** A person's own shares, of one thing or of all; the newest first. */
  list(createdBy: string, thing?: { kind: SharedKind; thing: string }): Share[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM shares WHERE created_by = ?1 AND (?2 = '' OR (kind = ?2 AND thing = ?3))
           AND (expires_at IS NULL OR expires_at > ?4) ORDER BY created_at DESC`,
      )
      .all(createdBy, thing?.kind ?? "", thing?.thing ?? "", Date.now());
    return rows.map(shareOf);
  }

  /** A person's own share. */
  get(createdBy: string, id: string): Share | undefined {
    const row = this.#database
      .prepare("SELECT * FROM shares WHERE id = ? AND created_by = ?")
      .get(id, createdBy);
    return row && shareOf(row);
  }

  /** The share of a link's secret, as long as it holds and whose it is may still give it. */
  find(secret: string): Share | undefined {
    const row = this.#database
      .prepare(
        `SELECT shares.* FROM shares JOIN users ON users.id = shares.created_by AND users.disabled_at IS NULL
         WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)`,
      )
      .get(hashSecret(secret), Date.now());
    if (!row) return undefined;
    const share = shareOf(row);
    const owner = this.#access.ownerOf({ kind: share.kind, id: share.thing });
    return isNodes(share.kind) || owner === share.createdBy ? share : undefined;
  }

  /** Changes a share; whoever holds it has the new rights at once, and what they lost is ended. @throws HashesBusy */
  async change(share: Share, change: ShareChange): Promise<void> {
    const passwordHash =
      change.password === undefined
        ? (share.passwordHash ?? null)
        : change.password
          ? await hashPassword(change.password)
          : null;
    const expiresAt = change.expiresAt === undefined ? (share.expiresAt ?? null) : change.expiresAt;
    this.#database
      .prepare("UPDATE shares SET rights = ?, expires_at = ?, password_hash = ?, title = ? WHERE id = ?")
      .run(
        (change.rights ?? share.rights).join(","),
        expiresAt,
        passwordHash,
        change.title ?? share.title,
        share.id,
      );
    for (const userId of this.#holders(share.id)) this.#access.revoked(userId, share.kind, share.thing);
    this.#access.expire();
  }

  /** Ends a share, and at once what is open by it. */
  remove(share: Share): void {
    const holders = this.#holders(share.id);
    this.#database.prepare("DELETE FROM shares WHERE id = ?").run(share.id);
    for (const userId of holders) this.#access.revoked(userId, share.kind, share.thing);
    this.#access.forgetGuests();
  }

  /** How many links lead to a project or one of its notebooks. */
  linksTo(project: string, notebooks: readonly { readonly id: string }[]): number {
    const count = this.#database.prepare(
      "SELECT COUNT(*) AS count FROM shares WHERE kind = ? AND thing = ? AND (expires_at IS NULL OR expires_at > ?)",
    );
    const of = (kind: SharedKind, thing: string) => Number(count.get(kind, thing, Date.now())?.count ?? 0);
    return of("project", project) + notebooks.reduce((sum, { id }) => sum + of("notebook", id), 0);
  }

  /** How many hold a share. */
  holders(id: string): number {
    return this.#holders(id).length;
  }

  /** Gives a share to a person, or to a new guest: the id of whom it was given to. */
  give(share: Share, userId: string | undefined): string {
    const to = userId ?? this.#newGuest();
    this.#database
      .prepare(
        `INSERT INTO grants (id, user_id, kind, thing, node, share, granted_by, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(newId(), to, share.kind, share.thing, share.node, share.id, share.createdBy, Date.now());
    return to;
  }

  /** Notes the picture of a preview. */
  setPicture(share: Share, picture: string | undefined): void {
    this.#database.prepare("UPDATE shares SET picture = ? WHERE id = ?").run(picture ?? null, share.id);
  }

  /** The title to a preview's picture; undefined when there is no such picture. */
  titleOf(picture: string): string | undefined {
    const row = this.#database
      .prepare("SELECT title FROM shares WHERE picture = ? AND (expires_at IS NULL OR expires_at > ?)")
      .get(picture, Date.now());
    return row && String(row.title);
  }

  /** Gives rights to somebody by name, in place of what they were given by name before. */
  giveByName(userId: string, share: Omit<NewShare, "password" | "title" | "expiresAt">): string {
    const id = newId();
    this.#database
      .prepare(
        "DELETE FROM grants WHERE user_id = ? AND kind = ? AND thing = ? AND share IS NULL AND granted_by = ?",
      )
      .run(userId, share.kind, share.thing, share.createdBy);
    this.#database
      .prepare(
        `INSERT INTO grants (id, user_id, kind, thing, node, rights, granted_by, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        userId,
        share.kind,
        share.thing,
        share.node,
        share.rights.join(","),
        share.createdBy,
        Date.now(),
      );
    this.#access.revoked(userId, share.kind, share.thing);
    return id;
  }

  /** Who was given a thing by name, by this person. */
  named(createdBy: string, thing: { kind: SharedKind; thing: string }): NamedGrant[] {
    const rows = this.#database
      .prepare(
        `SELECT grants.*, users.username, users.name FROM grants JOIN users ON users.id = grants.user_id
         WHERE granted_by = ? AND kind = ? AND thing = ? AND share IS NULL ORDER BY grants.created_at`,
      )
      .all(createdBy, thing.kind, thing.thing);
    return rows.map((row) => ({
      id: String(row.id),
      userId: String(row.user_id),
      username: String(row.username),
      name: String(row.name),
      rights: rightsOf(row.rights),
      createdAt: Number(row.created_at),
    }));
  }

  /** Takes back what a person gave by name; whether there was such a thing. */
  takeBack(createdBy: string, id: string): boolean {
    const row = this.#database
      .prepare(
        "DELETE FROM grants WHERE id = ? AND granted_by = ? AND share IS NULL RETURNING user_id, kind, thing",
      )
      .get(id, createdBy);
    if (!row) return false;
    this.#access.revoked(String(row.user_id), String(row.kind) as SharedKind, String(row.thing));
    return true;
  }

  #holders(id: string): string[] {
    const rows = this.#database.prepare("SELECT user_id FROM grants WHERE share = ?").all(id);
    return rows.map((row) => String(row.user_id));
  }

  #newGuest(): string {
    const id = randomUUID();
    this.#database
      .prepare("INSERT INTO users (id, username, name, role, created_at) VALUES (?, ?, 'Guest', 'guest', ?)")
      .run(id, `guest-${id}`, Date.now());
    return id;
  }
}

function shareOf(row: Record<string, unknown>): Share {
  return {
    id: String(row.id),
    kind: String(row.kind) as SharedKind,
    thing: String(row.thing),
    node: String(row.node),
    rights: rightsOf(row.rights),
    createdBy: String(row.created_by),
    createdAt: Number(row.created_at),
    expiresAt: row.expires_at === null ? undefined : Number(row.expires_at),
    passwordHash: typeof row.password_hash === "string" ? row.password_hash : undefined,
    title: String(row.title),
    picture: typeof row.picture === "string" ? row.picture : undefined,
  };
}

function rightsOf(text: unknown): Right[] {
  const held = String(text).split(",");
  return RIGHTS.filter((right) => held.includes(right));
}
