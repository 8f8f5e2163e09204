/** The accounts of people: made, changed, disabled and removed. */
import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Role } from "@eyepiece/protocol/rights.ts";
import type { Ended } from "./ended.ts";
import { checkPassword, hashPassword, verifyPassword } from "./passwords.ts";

/** Something about an account that cannot be; its message says why. */
export class AccountError extends Error {
  override readonly name = "AccountError";
  readonly code: "invalid" | "taken" | "not_found" | "last_owner";
  constructor(code: AccountError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** What administrators see of an account. */
export interface AccountRow {
  readonly id: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** False: it is entered by a link only. */
  readonly hasPassword: boolean;
  readonly createdAt: number;
}

/** A new account. */
export interface NewAccount {
  readonly username: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly role: Role;
  readonly password?: string | undefined;
}

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
// Whether an address exists only a mail would tell; this finds slips of the hand.
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,189}\.[^\s@]{1,63}$|^[^\s@]{1,64}@localhost$/;

/** Accounts of one database. */
export class People {
  readonly #database: DatabaseSync;
  readonly #ended: (ended: Ended) => void;

  /** `ended` is called after sign-ins of a person ended. */
  constructor(database: DatabaseSync, ended: (ended: Ended) => void) {
    this.#database = database;
    this.#ended = ended;
  }

  /** Makes an account. @throws AccountError or PasswordError with a sentence */
  async create(account: NewAccount): Promise<string> {
    const { username, role } = account;
    const email = account.email || undefined;
    if (!USERNAME.test(username)) {
      throw new AccountError(
        "invalid",
        `"${username}" cannot be a username: use 1 to 64 letters, digits, dots, dashes and underscores.`,
      );
    }
    if (email !== undefined && !EMAIL.test(email))
      throw new AccountError("invalid", `${email} is not an e-mail address.`);
    this.#refuseTaken(username, email);
    if (account.password !== undefined) checkPassword(account.password, [username, email ?? ""]);
    const hash = account.password === undefined ? null : await hashPassword(account.password);
    // Somebody else may have taken the name while the password was hashed.
    this.#refuseTaken(username, email);
    const id = randomUUID();
    this.#database
      .prepare(
        `INSERT INTO users (id, username, email, name, role, password_hash, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, username, email ?? null, account.name?.trim() || username, role, hash, Date.now());
    return id;
  }

  /** All accounts but guests, the oldest first. */
  list(): AccountRow[] {
    const rows = this.#database
      .prepare("SELECT * FROM users WHERE role <> 'guest' ORDER BY created_at")
      .all();
    return rows.map(accountOf);
  }

  get(id: string): AccountRow | undefined {
    const row = this.#database.prepare("SELECT * FROM users WHERE id = ?").get(id);
    return row && accountOf(row);
  }

  /** By username or e-mail address; usernames hold no "@", so that one is never taken for the other. */
  find(name: string): AccountRow | undefined {
    const row = this.#database
      .prepare("SELECT * FROM users WHERE (username = ?1 OR email = ?1) AND role <> 'guest'")
      .get(name);
    return row && accountOf(row);
  }

  /** Whether this is the person's password. Takes as long for nobody. @throws HashesBusy */
  async verify(id: string | undefined, password: string): Promise<boolean> {
    const row = this.#database.prepare("SELECT password_hash FROM users WHERE id = ?").get(id ?? "");
    const hash = typeof row?.password_hash === "string" ? row.password_hash : undefined;
    const { right, outdated } = await verifyPassword(password, hash);
    if (right && outdated && id !== undefined) {
      const next = await hashPassword(password);
      this.#database
        .prepare("UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?")
        .run(next, id, hash ?? null);
    }
    return right;
  }

  /** @throws PasswordError or AccountError when the person cannot have this password */
  checkNewPassword(id: string, password: string): void {
    const account = this.#known(id);
    checkPassword(password, [account.username, account.email ?? ""]);
  }

  /** Sets a password and ends the person's sessions, but for the one with this hash. @throws PasswordError, AccountError */
  async setPassword(id: string, password: string, keep?: { hash: string; secret: string }): Promise<void> {
    this.checkNewPassword(id, password);
    const hash = await hashPassword(password);
    this.#database.prepare("UPDATE users SET password_hash = ? WHERE id = ?").run(hash, id);
    this.#database.prepare("DELETE FROM reset_links WHERE user_id = ?").run(id);
    this.endSessions(id, keep);
  }

  /** Ends the person's sessions, but for the one with this hash. Tokens of programs stay. */
  endSessions(id: string, keep?: { hash: string; secret: string }): void {
    this.#database.prepare("DELETE FROM sessions WHERE user_id = ? AND id <> ?").run(id, keep?.hash ?? "");
    this.#ended({ userId: id, ...(keep ? { except: keep.secret } : {}) });
  }

  /** @throws AccountError when there is none, or it is the last administrator */
  setRole(id: string, role: "owner" | "user"): void {
    const account = this.#known(id);
    if (account.role === role) return;
    if (role !== "owner") this.#refuseLastOwner(account, "make somebody else an administrator first");
    this.#database.prepare("UPDATE users SET role = ? WHERE id = ?").run(role, id);
    // What is open was opened with the old role.
    this.#ended({ userId: id });
  }

  /** Lets the person in no more, and keeps everything. @throws AccountError */
  disable(id: string): void {
    this.#refuseLastOwner(this.#known(id), "make somebody else an administrator first");
    this.#database
      .prepare("UPDATE users SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ?")
      .run(Date.now(), id);
    this.endSessions(id);
  }

  /** @throws AccountError */
  enable(id: string): void {
    this.#known(id);
    this.#database.prepare("UPDATE users SET disabled_at = NULL WHERE id = ?").run(id);
  }

  /** @throws AccountError for an address that is none, or another's */
  setProfile(id: string, profile: { name?: string | undefined; email?: string | null | undefined }): void {
    const account = this.#known(id);
    const email = profile.email === undefined ? account.email : profile.email || undefined;
    if (email !== undefined && email !== account.email) {
      if (!EMAIL.test(email)) throw new AccountError("invalid", `${email} is not an e-mail address.`);
      const other = this.find(email);
      if (other && other.id !== id)
        throw new AccountError("taken", `Another account has the address ${email}.`);
    }
    this.#database
      .prepare("UPDATE users SET name = ?, email = ? WHERE id = ?")
      .run(profile.name?.trim() || account.name, email ?? null, id);
  }

  /** Removes the account and every row that is its. What is on disk goes before: see deletion.ts. @throws AccountError */
  remove(id: string): void {
    this.#refuseLastOwner(this.#known(id), "make somebody else an administrator first");
    this.#database.prepare("DELETE FROM users WHERE id = ?").run(id);
    this.#ended({ userId: id });
  }

  /** @throws AccountError when the account is the last administrator who can sign in */
  refuseLastOwner(id: string): void {
    this.#refuseLastOwner(this.#known(id), "make somebody else an administrator first");
  }

  #refuseLastOwner(account: AccountRow, todo: string): void {
    if (account.role !== "owner" || account.disabled) return;
    const row = this.#database
      .prepare("SELECT COUNT(*) AS count FROM users WHERE role = 'owner' AND disabled_at IS NULL")
      .get();
    if (Number(row?.count) > 1) return;
    throw new AccountError("last_owner", `${account.username} is the last administrator: ${todo}.`);
  }

  #known(id: string): AccountRow {
    const account = this.get(id);
    if (!account || account.role === "guest")
      throw new AccountError("not_found", "There is no such account.");
    return account;
  }

  #refuseTaken(username: string, email: string | undefined): void {
    if (this.#database.prepare("SELECT 1 FROM users WHERE username = ?").get(username))
      throw new AccountError("taken", `The username ${username} is taken: choose another.`);
    if (email !== undefined && this.find(email))
      throw new AccountError("taken", `There is an account with the address ${email} already.`);
  }
}

function accountOf(row: Record<string, unknown>): AccountRow {
  return {
    id: String(row.id),
    username: String(row.username),
    email: typeof row.email === "string" ? row.email : undefined,
    name: String(row.name),
    role: row.role === "owner" ? "owner" : row.role === "user" ? "user" : "guest",
    disabled: row.disabled_at !== null,
    hasPassword: row.password_hash !== null,
    createdAt: Number(row.created_at),
  };
}
