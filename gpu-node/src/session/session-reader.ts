/** How a session opens addresses: files and addresses that the node allows, and tables that its kernel wrote. */
import { readFile } from "node:fs/promises";
import { decodeTable } from "@eyepiece/engine/data/table-wire.ts";
import { tableFault } from "@eyepiece/engine/model/columns.ts";
import { labelFeaturesFault } from "@eyepiece/engine/model/label-features.ts";
import type { LayerType } from "@eyepiece/protocol/scene/schema.ts";
import { type AccessPolicy, open } from "../readers/open.ts";
import { confine } from "../services/folders.ts";
import { sampleLook } from "../services/samples.ts";
import type { SessionSettings } from "./ipc.ts";
import type { Reader, ReaderResult } from "./reading.ts";
import type { ArchiveReader } from "./scene-archive.ts";
import { zeroResult } from "./zeros.ts";

/** Items as a kernel wrote them: engine/src/data/table-wire.ts. */
export const KERNEL_TABLE = /\.table$/;

/** Opens what the node's settings allow. */
export function sessionReader(settings: SessionSettings): Reader {
  return readerOf(policyOf(settings), settings.environments);
}

/** Reads scene files within the same limits. */
export function archiveReader(settings: SessionSettings): ArchiveReader {
  return archiveReaderOf(policyOf(settings), settings.environments);
}

function policyOf({ roots, allowedHosts }: SessionSettings): AccessPolicy {
  return { resolvePath: (path) => confine(roots, path), privateHosts: allowedHosts };
}

function readerOf(policy: AccessPolicy, environments: string): Reader {
  return async (uri, { signal, onProgress, type }) => {
    if (KERNEL_TABLE.test(uri)) return [await tableAt(await policy.resolvePath(uri), type)];
    const opened = await open(uri, { policy, signal, onProgress, environments });
    const look = defined(sampleLook(uri));
    return opened.map((found): ReaderResult => {
      if ("table" in found) return { table: found.table, defaults: { type: found.kind, ...found.defaults } };
      const { source, defaults, label, labels } = found;
      return { source, defaults: { ...defined(defaults), ...look, label }, labels };
    });
  };
}

/** Reads scene files within the limits of a policy. */
export function archiveReaderOf(policy: AccessPolicy, environments: string): ArchiveReader {
  const read = readerOf(policy, environments);
  const { signal } = new AbortController();
  return {
    resolvePath: (path) => policy.resolvePath(path),
    open: async (uri) => zeroResult(uri) ?? (await read(uri, { signal, onProgress: () => {} })),
  };
}

async function tableAt(path: string, type: LayerType | undefined): Promise<ReaderResult> {
  if (type === undefined || type === "image")
    throw new Error("A table becomes points, shapes, vectors, tracks, a surface, or the features of labels.");
  const table = decodeTable(await readFile(path));
  if (type === "labels") {
    const fault = labelFeaturesFault(table);
    if (fault !== undefined) throw new Error(`These are no features of labels: ${fault}.`);
    return { table };
  }
  const fault = tableFault(type, table);
  if (fault !== undefined) throw new Error(`These are no ${type}: ${fault}.`);
  return { table, defaults: { type } };
}

/** The same without the fields that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
