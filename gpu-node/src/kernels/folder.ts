/**
 * A folder in which people's code writes while this process reads and writes there, too. Each step is taken from the open folder above it and
 * never by a symbolic link, so that code which swaps a folder for a link leads nowhere outside.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from "node:fs";

const MAX_DEPTH = 32;
/** Names of files on their way. */
export const COMING = ".eyepiece-coming-";

const inside = (handle: number, name: string): string => `/proc/self/fd/${handle}/${name}`;

/** Segments of a path between slashes. @throws Error where it leads out */
export function segmentsOf(path: string): string[] {
  const segments = path.split("/");
  const bad = segments.some((one) => one === "" || one === "." || one === ".." || /[\p{Cc}\\]/u.test(one));
  if (bad || segments.length > MAX_DEPTH) throw new Error(`${path} is no name of a file in this folder.`);
  return segments;
}

/** Calls `use` with the open folder that a file is in, and the file's name. @throws where there is none, or a link is in the way */
export function within<T>(
  root: string,
  path: string,
  make: boolean,
  use: (at: string, name: string) => T,
): T {
  const segments = segmentsOf(path);
  const name = segments.pop() ?? "";
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  let handle = openSync(root, flags);
  try {
    for (const segment of segments) {
      if (make && !exists(inside(handle, segment))) mkdirSync(inside(handle, segment), { mode: 0o700 });
      const next = openSync(inside(handle, segment), flags);
      closeSync(handle);
      handle = next;
    }
    return use(inside(handle, name), name);
  } finally {
    closeSync(handle);
  }
}

/** What a path is, itself; undefined for nothing that can be reached. */
export function look(root: string, path: string): Stats | undefined {
  try {
    return within(root, path, false, (at) => lstatSync(at));
  } catch {
    return undefined;
  }
}

/** All plain files, at most `most`. */
export function walk(root: string, most: number): { path: string; stats: Stats }[] {
  const found: { path: string; stats: Stats }[] = [];
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const enter = (at: string, prefix: string, depth: number): void => {
    let handle: number;
    try {
      handle = openSync(at, flags);
    } catch {
      return;
    }
    try {
      for (const entry of readdirSync(inside(handle, "."), { withFileTypes: true })) {
        if (found.length >= most) return;
        const path = `${prefix}${entry.name}`;
        if (entry.name.startsWith(COMING)) continue;
        if (entry.isDirectory() && depth < MAX_DEPTH)
          enter(inside(handle, entry.name), `${path}/`, depth + 1);
        else if (entry.isFile()) {
          const stats = lstatSync(inside(handle, entry.name), { throwIfNoEntry: false });
          if (stats?.isFile()) found.push({ path, stats });
        }
      }
    } finally {
      closeSync(handle);
    }
  };
  enter(root, "", 1);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** At most `length` bytes of a plain file, and how many it has. @throws where there is none */
export function readPiece(
  root: string,
  path: string,
  from: number,
  length: number,
): { piece: Uint8Array<ArrayBuffer>; size: number } {
  return within(root, path, false, (at) => {
    // Without waiting: a pipe has no end.
    const handle = openSync(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(handle);
      if (!stats.isFile()) throw new Error(`${path} is no file.`);
      const piece = new Uint8Array(length);
      const got = readSync(handle, piece, 0, length, from);
      return { piece: piece.subarray(0, got), size: stats.size };
    } finally {
      closeSync(handle);
    }
  });
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
