/** The folders that people may open from: listing, and the check that a path stays inside. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import type { eyepiece } from "@eyepiece/protocol/wire/messages.ts";

type Entry = eyepiece.node.Entry.$Properties;

/** Names that readers know, and folders that are one dataset. */
const OPENS =
  /\.(nii|nii\.gz|tiff?|btf|tf8|svs|companion\.ome|png|jpe?g|npy|zarr|nrrd|nhdr|dcm|dicom|ima|mp4|m4v|mov|czi|nd2|lif|ims|mrcs?|map|ccp4|rec|csv|tsv|obj|stl|ply|eyepiece\.json)$/i;
/** Most entries of one listing. */
const MAX_ENTRIES = 2000;

/** Whether `path` is `root` or lies in it. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

/**
 * The real path of something below the roots, links resolved.
 * @throws ChannelError `not_found` for what does not exist and for what lies outside: the two look the same.
 */
export async function confine(roots: readonly string[], path: string): Promise<string> {
  const refused = new ChannelError(
    "not_found",
    `There is no ${path} in the folders that this node opens from.`,
  );
  if (path.includes("\0")) throw refused;
  for (const root of roots) {
    const wanted = isAbsolute(path) ? resolve(path) : resolve(root, path);
    if (!isInside(resolve(root), wanted)) continue;
    const [real, realRoot] = await Promise.all([
      realpath(wanted).catch(() => undefined),
      realpath(root).catch(() => undefined),
    ]);
    if (real && realRoot && isInside(realRoot, real)) return real;
  }
  throw refused;
}

/** Lists a folder below the roots; the roots themselves for an empty path. Folders first, then by name. */
export async function listFolder(
  roots: readonly string[],
  path: string,
): Promise<eyepiece.node.Folder.$Properties> {
  if (path === "") {
    const entries = await Promise.all(roots.map((root) => describe(root, basename(root) || root)));
    return { path: "", parent: "", entries: entries.filter((entry) => entry !== undefined) };
  }
  const real = await confine(roots, path);
  if (!(await stat(real)).isDirectory())
    throw new ChannelError("invalid", `${path} is a file, not a folder.`);
  const names = (await readdir(real)).filter((name) => !name.startsWith(".")).slice(0, MAX_ENTRIES);
  const entries = (await Promise.all(names.map((name) => describe(join(real, name), name)))).filter(
    (entry) => entry !== undefined,
  );
  entries.sort(
    (a, b) =>
      Number(b.folder) - Number(a.folder) ||
      (a.name ?? "").localeCompare(b.name ?? "", "en", { numeric: true }),
  );
  const isRoot = (await Promise.all(roots.map((root) => realpath(root).catch(() => root)))).includes(real);
  return { path: real, parent: isRoot ? "" : dirname(real), entries };
}

/** Most bytes of a notebook that is read whole: with its name it has to fit into one message of 64 MiB. */
const MAX_NOTEBOOK = 64 * 1024 * 1024 - 4096;

/** A notebook below the roots, whole. @throws ChannelError for anything else */
export async function readNotebook(
  roots: readonly string[],
  path: string,
): Promise<eyepiece.node.FileContent.$Properties> {
  const real = await confine(roots, path);
  const facts = await stat(real);
  // The name counts after links are followed: a link named .ipynb is no way to another file.
  if (!facts.isFile() || !real.endsWith(".ipynb"))
    throw new ChannelError("invalid", `${path} is no notebook (.ipynb).`);
  if (facts.size > MAX_NOTEBOOK) {
    const size = Math.round(facts.size / 1e6);
    throw new ChannelError("invalid", `${path} has ${size} MB; a notebook of at most 64 MiB can be opened.`);
  }
  return { name: basename(real), data: await readFile(real) };
}

async function describe(path: string, name: string): Promise<Entry | undefined> {
  // What vanishes or cannot be read while listing is left out, as any file manager does.
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return undefined;
  return {
    name,
    path,
    folder: facts.isDirectory(),
    size: facts.isDirectory() ? 0 : facts.size,
    modifiedMs: facts.mtimeMs,
    opens: OPENS.test(name),
  };
}
