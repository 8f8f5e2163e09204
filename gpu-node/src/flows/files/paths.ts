/** Paths of an execution's files as people and runs write them, and where these are; nothing leads out of the execution's folder. */
import { constants, mkdirSync, openSync, realpathSync, writeSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A path that is refused; the sentence says why. */
export class PathError extends Error {
  override readonly name = "PathError";
  readonly code: "EINVAL" | "ENOENT";

  constructor(code: "EINVAL" | "ENOENT", message: string) {
    super(message);
    this.code = code;
  }
}

/** Where files are: what was handed in, what a run leaves. */
export type Room = "in" | "out";
const MAX_PATH = 1024;
const MAX_NAME = 255;
const MAX_DEPTH = 32;

/** The parts of `in/...` or `out/...`. @throws PathError */
export function partsOf(path: string): readonly [Room, ...string[]] {
  const parts = path.split("/").filter((part) => part !== "");
  const [room, ...names] = parts;
  if (room !== "in" && room !== "out")
    throw new PathError("EINVAL", `${shown(path)} begins with neither in/ nor out/.`);
  if (path.length > MAX_PATH || names.length > MAX_DEPTH)
    throw new PathError("EINVAL", `${shown(path)} is too long.`);
  for (const name of names) checkName(name);
  return [room, ...names];
}

/** @throws PathError for what is no name of a file */
export function checkName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const wrong = name === "" || name === "." || name === ".." || /[/\\\u0000-\u001f\u007f]/.test(name);
  if (wrong || Buffer.byteLength(name) > MAX_NAME)
    throw new PathError("EINVAL", `${shown(name)} is no name of a file.`);
}

/** The place of what is there. @throws PathError where nothing is, or a link leads out */
export function existing(folder: string, path: string): string {
  const parts = partsOf(path);
  let real: string;
  try {
    real = realpathSync(join(folder, ...parts));
  } catch {
    throw new PathError("ENOENT", `${shown(path)} does not exist.`);
  }
  const way = relative(join(realpathSync(folder), parts[0]), real);
  if (way.startsWith("..") || way.startsWith("/"))
    throw new PathError("EINVAL", `${shown(path)} leads out of the execution's folder.`);
  return real;
}

/** Opens a file for writing, its folders made. A link is not followed. @throws PathError */
export function openTarget(folder: string, path: string, flags: number): number {
  const parts = partsOf(path);
  if (parts.length < 2) throw new PathError("EINVAL", `${shown(path)} is a folder.`);
  const target = join(folder, ...parts);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  existing(folder, parts.slice(0, -1).join("/"));
  return openSync(target, flags | constants.O_NOFOLLOW, 0o600);
}

/** Writes all of it: a disk that is just getting full takes a part and says nothing. @throws ENOSPC */
export function writeWhole(file: number, bytes: Uint8Array, offset?: number): void {
  for (let done = 0; done < bytes.byteLength; )
    done += writeSync(
      file,
      bytes,
      done,
      bytes.byteLength - done,
      offset === undefined ? null : offset + done,
    );
}

/** For messages: bounded, without what a terminal or a page would take for more than text. */
function shown(path: string): string {
  return JSON.stringify(path.slice(0, 100));
}
