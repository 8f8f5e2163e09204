/** Loads uWebSockets.js; on systems with a glibc older than its binary wants, a relinked copy of it. */

import type * as uws from "uWebSockets.js";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { relink } from "./relink.ts";

export type { HttpRequest, HttpResponse, TemplatedApp, us_listen_socket, WebSocket } from "uWebSockets.js";

/** uWebSockets.js as loaded. */
export type Uws = typeof uws;

const require = createRequire(import.meta.url);
let loaded: Uws | undefined;

/**
 * The library.
 * @throws Error with a sentence when there is no binary for this system, or it does not load.
 */
export function loadUws(): Uws {
  loaded ??= load();
  return loaded;
}

function load(): Uws {
  const folder = dirname(require.resolve("uWebSockets.js"));
  const name = `uws_${process.platform}_${process.arch}_${process.versions.modules}.node`;
  const binary = join(folder, name);
  if (!existsSync(binary)) {
    throw new Error(
      `uWebSockets.js has no binary for ${process.platform} ${process.arch} and Node ${process.versions.node}: use Node 24.`,
    );
  }
  try {
    return require(binary) as Uws;
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.includes("GLIBC_2.38")) throw cause;
    return require(relinkedCopy(binary, name, folder)) as Uws;
  }
}

/** The path of the relinked copy, made when it is missing or older than the package's binary. */
function relinkedCopy(binary: string, name: string, folder: string): string {
  for (const cache of [join(folder, "../.cache/eyepiece"), join(homedir(), ".cache/eyepiece")]) {
    const copy = join(cache, name);
    if (existsSync(copy) && statSync(copy).mtimeMs >= statSync(binary).mtimeMs) return copy;
    try {
      mkdirSync(cache, { recursive: true, mode: 0o700 });
      // Renamed into place, so that two relays that start together never load half a file.
      const draft = `${copy}.${process.pid}`;
      writeFileSync(draft, relink(readFileSync(binary)).bytes);
      renameSync(draft, copy);
      return copy;
    } catch (cause) {
      // An installation that belongs to another user is read-only: the next folder is tried.
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM") throw cause;
    }
  }
  throw new Error(
    "No folder can be written for the relinked uWebSockets.js: make node_modules/.cache writable.",
  );
}
