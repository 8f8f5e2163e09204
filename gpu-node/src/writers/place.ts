/** Where something is written: beside its name first, so that no half of it is ever found under the name. */
import { randomBytes } from "node:crypto";
import { lstat, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { WriteError } from "./types.ts";

/**
 * Calls `write` with a temporary path beside `path`, and gives what it wrote the name when it is complete.
 * @param replace false: something that has the name already is an error
 * @throws WriteError; a SourceError of what is written; the signal's reason when aborted
 */
export async function place<T>(
  path: string,
  write: (temporary: string) => Promise<T>,
  { replace = false, signal }: { replace?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  signal?.throwIfAborted();
  const name = basename(path);
  if (!replace && (await exists(path)))
    throw new WriteError(`${name} exists already: choose another name, or replace it.`);
  const temporary = join(dirname(path), `.${name}.${randomBytes(6).toString("hex")}.part`);
  try {
    const result = await write(temporary);
    signal?.throwIfAborted();
    if (!replace && (await exists(path)))
      throw new WriteError(`${name} was made by someone else meanwhile: choose another name.`);
    await settle(temporary, path);
    return result;
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    signal?.throwIfAborted();
    if (cause instanceof WriteError || cause instanceof SourceError) throw cause;
    throw new WriteError(`${name} could not be written: ${reason(cause)}`, { cause });
  }
}

/** A folder cannot be renamed over another: the old one steps aside, and comes back if the new one cannot take its place. */
async function settle(temporary: string, path: string): Promise<void> {
  const old = await lstat(path).catch(() => undefined);
  if (!old?.isDirectory()) return await rename(temporary, path);
  const aside = `${temporary}.old`;
  await rename(path, aside);
  try {
    await rename(temporary, path);
  } catch (cause) {
    await rename(aside, path);
    throw cause;
  }
  await rm(aside, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return "the disk is full.";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return "this node has no right to write there.";
  if (code === "ENOENT" || code === "ENOTDIR") return "its folder does not exist.";
  return cause instanceof Error ? cause.message : String(cause);
}
