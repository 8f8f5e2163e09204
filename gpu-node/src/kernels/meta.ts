/** `meta.json` of a kernel's folder: which notebook it belongs to, with which kernelspec, whose it is. */
import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

const Meta = v.object({ notebook: v.string(), spec: v.string(), owner: v.optional(v.string(), "") });

/** What a kernel's folder says of itself. */
export type KernelMeta = v.InferOutput<typeof Meta>;

/** What the folders of a notebook's kernel are called, its own and that of its arrays. */
export function folderName(notebook: string): string {
  return createHash("sha256").update(notebook).digest("hex").slice(0, 24);
}

/** Undefined where there is none, or none that can be read. */
export function readMeta(folder: string): KernelMeta | undefined {
  try {
    return v.parse(Meta, JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** Replaces it, whole. */
export function writeMeta(folder: string, meta: KernelMeta): void {
  const file = join(folder, "meta.json");
  writeFileSync(`${file}.next`, JSON.stringify(meta), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
