/** Files that a file names: they lie in its folder or below, whatever the name says. */
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { labelOf, resolved } from "./resource.ts";
import type { OpenOptions } from "./types.ts";

/**
 * The path or address of `name` beside `uri`.
 * @throws SourceError when it leads out of the folder, by dots, by being absolute, or by a link
 */
export async function beside(uri: string, name: string, { policy }: OpenOptions): Promise<string> {
  const outside = () => new SourceError(`${labelOf(uri)} names ${name}, which lies outside of its folder.`);
  const parts = name.split(/[\\/]/);
  if (
    name === "" ||
    name.includes("\0") ||
    isAbsolute(name) ||
    /^[a-z]:|^[a-z][\w+.-]+:/i.test(name) ||
    parts.includes("..")
  )
    throw outside();
  if (/^https?:/i.test(uri)) {
    const base = new URL(".", uri);
    const url = new URL(parts.map(encodeURIComponent).join("/"), base);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) throw outside();
    return url.href;
  }
  const folder = dirname(await resolved(uri, policy));
  const path = join(folder, ...parts);
  // What is not there is told by whoever opens it.
  const real = await realpath(path).catch(() => path);
  const way = relative(folder, real);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) throw outside();
  return path;
}
