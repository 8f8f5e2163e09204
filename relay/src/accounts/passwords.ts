/** Passwords by argon2id, a few at a time: each hash takes memory and a core, and the relay has other work. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";

/** OWASP's least for argon2id; a hash made with less is made anew at the next sign-in. */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;

/** Hashes that may run at once. One core is left for everything else. */
export const MAX_HASHES = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Those that may wait for their turn: the last one waits some seconds. */
export const MAX_WAITING = 64;

/** A password that cannot be taken; its message says what to choose. */
export class PasswordError extends Error {
  override readonly name = "PasswordError";
}

/** Too many sign-ins wait already. */
export class HashesBusy extends Error {
  override readonly name = "HashesBusy";
}

let running = 0;
const waiting: (() => void)[] = [];

/** How many hashes run and wait now. */
export function hashLoad(): { readonly running: number; readonly waiting: number } {
  return { running, waiting: waiting.length };
}

/** @throws PasswordError for what is too short, too long or the account's own name */
export function checkPassword(password: string, names: readonly string[] = []): void {
  const length = [...password].length;
  if (length < 8) throw new PasswordError("The password is too short: use 8 characters or more.");
  if (Buffer.byteLength(password) > 1024) throw new PasswordError("The password is longer than 1,024 bytes.");
  if (names.some((name) => name !== "" && name.toLowerCase() === password.toLowerCase())) {
    throw new PasswordError("The password is the account's own name: choose another.");
  }
}

/** A new hash, in the PHC string format. @throws HashesBusy */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await inTurn(() => derive(password, salt, COST, TAG_BYTES));
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/**
 * Whether the password is the one of the hash. Without a hash it takes as long and says no, so that the time does not tell
 * which accounts there are.
 * @throws HashesBusy
 */
export async function verifyPassword(
  password: string,
  hash: string | undefined,
): Promise<{ readonly right: boolean; readonly outdated: boolean }> {
  const kept = hash === undefined ? undefined : parse(hash);
  const { cost, salt, tag } = kept ?? { cost: COST, salt: randomBytes(16), tag: randomBytes(TAG_BYTES) };
  const derived = await inTurn(() => derive(password, salt, cost, tag.byteLength));
  const right = timingSafeEqual(derived, tag) && kept !== undefined;
  return { right, outdated: cost.memory < COST.memory || cost.passes < COST.passes };
}

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

function parse(hash: string): { cost: Cost; salt: Buffer; tag: Buffer } | undefined {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash);
  if (!found) return undefined;
  const [, memory, passes, parallelism, salt = "", tag = ""] = found;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, salt: Buffer.from(salt, "base64"), tag: Buffer.from(tag, "base64") };
}

function derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  // The same letters may come composed or not, as the keyboard has it.
  const parameters: Argon2Parameters = { message: password.normalize("NFC"), nonce, tagLength, ...cost };
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (cause, tag) => (cause ? reject(cause) : resolve(tag)));
  });
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_HASHES) {
    if (waiting.length >= MAX_WAITING) throw new HashesBusy("Too many people sign in now: try again soon.");
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody can come between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
