/** What the disk refused, as people are told of it. */
import { HttpError } from "../http/exchange.ts";

const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;

/** Why something could not be kept. */
export function storageSentence(cause: unknown): string {
  return isFull(cause)
    ? "The disk of the relay is full, so this was not saved; what was saved before is safe. Free some space there and try again."
    : "The relay could not write to its disk, so this was not saved; what was saved before is safe. Its log says more.";
}

/** An answer in place of a failure of the disk; anything else as it is. */
export function storageError(cause: unknown): unknown {
  return isStorage(cause) ? new HttpError(507, "storage", storageSentence(cause), {}) : cause;
}

function isFull(cause: unknown): boolean {
  const code = codeOf(cause);
  return code === SQLITE_FULL || code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}

/** Whether it was the disk that refused. */
export function isStorage(cause: unknown): boolean {
  const code = codeOf(cause);
  return (
    isFull(cause) ||
    code === "EIO" ||
    code === "EROFS" ||
    (typeof code === "number" && (code & 0xff) === SQLITE_IOERR)
  );
}

/** SQLite's number, or the system's name. */
function codeOf(cause: unknown): number | string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if ("errcode" in cause && typeof cause.errcode === "number") return cause.errcode;
  return "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}
