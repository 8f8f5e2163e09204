/** Files of one execution: what people hand in lies in `in/`, what its run leaves in `out/`. */
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  opendirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import type { Asked } from "../agent/messages.ts";
import { notWritten } from "../executions/room.ts";
import { existing, openTarget, PathError, partsOf, writeWhole } from "./paths.ts";

/** As Kodosumi's clients read it; `last_modified` in seconds. */
export interface FileFacts {
  readonly path: string;
  readonly size: number;
  readonly last_modified: number;
}

/** Of a listing. */
const MAX_LISTED = 10_000;
/** Of all that one execution leaves. */
export const MAX_OUT_BYTES = 8 * 1024 ** 3;

/** All files at or below a path, in order. @throws PathError */
export function listFiles(folder: string, path: string): FileFacts[] {
  const real = existing(folder, path);
  const found: FileFacts[] = [];
  const visit = (place: string, name: string): void => {
    const stat = statSync(place);
    if (stat.isFile()) found.push({ path: name, size: stat.size, last_modified: stat.mtimeMs / 1000 });
    else if (stat.isDirectory()) {
      using entries = opendirSync(place);
      for (let entry = entries.readSync(); entry && found.length < MAX_LISTED; entry = entries.readSync()) {
        // A link may lead anywhere.
        if (!entry.isSymbolicLink()) visit(join(place, entry.name), `${name}/${entry.name}`);
      }
    }
  };
  visit(real, partsOf(path).join("/"));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Removes a file or folder; of a room itself, what is in it. @throws PathError */
export function removeFiles(folder: string, path: string): void {
  const parts = partsOf(path);
  const real = existing(folder, path);
  if (parts.length > 1) rmSync(real, { recursive: true, force: true });
  else {
    using entries = opendirSync(real);
    for (let entry = entries.readSync(); entry; entry = entries.readSync())
      rmSync(join(real, entry.name), { recursive: true, force: true });
  }
}

/** What a run asks about its files, done. @throws PathError */
export function answerRun(folder: string, asked: Asked): unknown {
  switch (asked.what) {
    case "ls":
      return listFiles(folder, asked.path);
    case "remove":
      ownOnly(asked.path);
      removeFiles(folder, asked.path);
      return true;
    case "read": {
      const file = openSync(existing(folder, asked.path), "r");
      try {
        const part = Buffer.alloc(asked.length);
        return part.subarray(0, readSync(file, part, 0, part.length, asked.offset)).toString("base64");
      } finally {
        closeSync(file);
      }
    }
    case "write": {
      ownOnly(asked.path);
      const bytes = Buffer.from(asked.data, "base64");
      if (asked.offset === 0 && spent(folder) > MAX_OUT_BYTES)
        throw new PathError("EINVAL", `A run may leave ${MAX_OUT_BYTES / 1024 ** 3} GiB of files.`);
      // Written beside until it is whole: nobody reads half a file.
      const part = `${asked.path}.part`;
      const after = asked.offset + bytes.length;
      if (asked.offset > 0 && !existsSync(join(folder, ...partsOf(part)))) {
        // Asked again, since the node went away before it could answer.
        if (asked.last && sizeOf(join(folder, ...partsOf(asked.path))) === after) return true;
        throw new PathError("EINVAL", `${asked.path} did not come from its beginning.`);
      }
      const anew = asked.offset === 0 ? constants.O_TRUNC : 0;
      const file = openTarget(folder, part, constants.O_WRONLY | constants.O_CREAT | anew);
      try {
        writeWhole(file, bytes, asked.offset);
      } catch (cause) {
        rmSync(join(folder, ...partsOf(part)), { force: true });
        throw notWritten(cause)
          ? new PathError("EINVAL", `${asked.path} cannot be kept: the disk is full.`)
          : cause;
      } finally {
        closeSync(file);
      }
      if (asked.last) renameInto(folder, part, asked.path);
      return true;
    }
  }
}

function sizeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.size;
}

function ownOnly(path: string): void {
  if (partsOf(path)[0] !== "out")
    throw new PathError("EINVAL", "A run writes to out/ only; in/ is what was handed in.");
}

function spent(folder: string): number {
  return existsSync(join(folder, "out"))
    ? listFiles(folder, "out").reduce((sum, { size }) => sum + size, 0)
    : 0;
}

function renameInto(folder: string, from: string, to: string): void {
  renameSync(existing(folder, from), join(folder, ...partsOf(to)));
}
