/** Secrets that people and programs carry: random, shown once, kept as hashes only. */
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as text without characters that an address would escape. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret. It has 256 random bits, so one round of SHA-256 is as hard to turn round as any. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** An id of 12 random bytes: it opens nothing, and nobody guesses another's. */
export function newId(): string {
  return randomBytes(12).toString("base64url");
}
