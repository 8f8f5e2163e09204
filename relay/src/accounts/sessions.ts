/** Sessions of signed-in people by lucia: the only file that knows it, so that it can be replaced. */
import type { DatabaseSync } from "node:sqlite";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { hashSecret, newSecret } from "./secrets.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia;
  }
}

/** The cookie that carries a session's secret. */
export const SESSION_COOKIE = "eyepiece_session";

/** Sessions of people. A session's id is a secret of its cookie; the database holds its hash. */
export class Sessions {
  readonly #lucia: Lucia;
  readonly #database: DatabaseSync;

  /** `secure`: the cookie travels under TLS only. */
  constructor(database: DatabaseSync, secure: boolean) {
    this.#database = database;
    this.#lucia = new Lucia(new SqliteAdapter(database), {
      sessionExpiresIn: new TimeSpan(30, "d"),
      sessionCookie: { name: SESSION_COOKIE, attributes: { secure, sameSite: "lax", path: "/" } },
    });
  }

  /** Begins a session: its secret, and the value of Set-Cookie. */
  async begin(userId: string): Promise<{ secret: string; cookie: string }> {
    const session = await this.#lucia.createSession(userId, {}, { sessionId: newSecret() });
    return { secret: session.id, cookie: this.#lucia.createSessionCookie(session.id).serialize() };
  }

  /** The person of a Cookie header, the secret, and a Set-Cookie when the session was prolonged; or undefined. */
  async find(
    cookieHeader: string,
  ): Promise<{ userId: string; secret: string; setCookie: string | undefined } | undefined> {
    const secret = this.#lucia.readSessionCookie(cookieHeader);
    if (!secret) return undefined;
    const { session, user } = await this.#lucia.validateSession(secret);
    if (!session) return undefined;
    const setCookie = session.fresh ? this.#lucia.createSessionCookie(secret).serialize() : undefined;
    return { userId: user.id, secret, setCookie };
  }

  /** The person of a session's secret, shown as a bearer token; undefined when it holds no more. */
  async userOf(secret: string): Promise<string | undefined> {
    const { user } = await this.#lucia.validateSession(secret);
    return user?.id;
  }

  /** Whether a session's secret holds now; it is not prolonged by asking. */
  valid(secret: string): boolean {
    const row = this.#database
      .prepare("SELECT 1 FROM sessions WHERE id = ? AND expires_at > ?")
      .get(hashSecret(secret), Date.now());
    return row !== undefined;
  }

  /** Ends a session; the Set-Cookie value that removes the cookie. */
  async end(secret: string): Promise<string> {
    await this.#lucia.invalidateSession(secret);
    return this.blankCookie();
  }

  /** The Set-Cookie value that removes the cookie. */
  blankCookie(): string {
    return this.#lucia.createBlankSessionCookie().serialize();
  }

  /** Removes what has expired. */
  async sweep(): Promise<void> {
    await this.#lucia.deleteExpiredSessions();
  }
}

/** lucia's storage on node:sqlite, with ids hashed at the border. */
class SqliteAdapter implements Adapter {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const row = this.#database
      .prepare("SELECT user_id, expires_at FROM sessions WHERE id = ?")
      .get(hashSecret(id));
    if (!row) return [null, null];
    const userId = String(row.user_id);
    const session = { id, userId, expiresAt: new Date(Number(row.expires_at)), attributes: {} };
    return [session, { id: userId, attributes: {} }];
  }

  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = this.#database.prepare("SELECT id, expires_at FROM sessions WHERE user_id = ?").all(userId);
    return rows.map((row) => ({
      id: String(row.id),
      userId,
      expiresAt: new Date(Number(row.expires_at)),
      attributes: {},
    }));
  }

  async setSession(session: DatabaseSession): Promise<void> {
    this.#database
      .prepare("INSERT INTO sessions (id, user_id, expires_at) VALUES (?, ?, ?)")
      .run(hashSecret(session.id), session.userId, session.expiresAt.getTime());
  }

  async updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
    this.#database
      .prepare("UPDATE sessions SET expires_at = ? WHERE id = ?")
      .run(expiresAt.getTime(), hashSecret(id));
  }

  async deleteSession(id: string): Promise<void> {
    this.#database.prepare("DELETE FROM sessions WHERE id = ?").run(hashSecret(id));
  }

  async deleteUserSessions(userId: string): Promise<void> {
    this.#database.prepare("DELETE FROM sessions WHERE user_id = ?").run(userId);
  }

  async deleteExpiredSessions(): Promise<void> {
    this.#database.prepare("DELETE FROM sessions WHERE expires_at <= ?").run(Date.now());
  }
}
