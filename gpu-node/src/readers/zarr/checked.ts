/** Lists of codecs in Zarr's metadata are looked at before the library is: where two are unknown, it leaves a promise unheard. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";
import * as zarr from "zarrita";

/** Codecs of one array, in one list. */
const MAX_CODECS = 16;
/** What HTML begins with, and no JSON. */
const LESS_THAN = 0x3c;
/** Shards in shards. */
const MAX_DEPTH = 4;

const Codec = v.object({ name: v.string(), configuration: v.optional(v.record(v.string(), v.unknown())) });
const Codecs = v.pipe(v.array(Codec), v.maxLength(MAX_CODECS));
const Filter = v.object({ id: v.string() });
const Version2 = v.object({
  compressor: v.nullish(Filter),
  filters: v.nullish(v.pipe(v.array(Filter), v.maxLength(MAX_CODECS))),
});

/** The same store, whose metadata name only codecs that are known. */
export function checkedStore(store: zarr.AsyncReadable, label: string): zarr.AsyncReadable {
  const range = store.getRange?.bind(store);
  return {
    async get(key, options) {
      const bytes = await store.get(key, options);
      if (!bytes || !/\/(zarr\.json|\.z(array|group|attrs|metadata))$/.test(key)) return bytes;
      // Some servers answer with a page where nothing is.
      if (bytes[0] === LESS_THAN) return undefined;
      if (/\/(zarr\.json|\.zarray)$/.test(key)) check(bytes, key, label);
      return bytes;
    },
    ...(range ? { getRange: range } : {}),
  };
}

function check(bytes: Uint8Array, key: string, label: string): void {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The library says better what is wrong with it.
    return;
  }
  if (typeof json !== "object" || json === null) throw new SourceError(`${label}: ${key} holds no metadata.`);
  if ("codecs" in json) checkCodecs(json.codecs, key, label, 0);
  else {
    const parsed = v.safeParse(Version2, json);
    if (!parsed.success) throw new SourceError(`${label}: ${key} has a list of codecs that is broken.`);
    const { compressor, filters } = parsed.output;
    for (const { id } of [...(filters ?? []), ...(compressor ? [compressor] : [])])
      known(`numcodecs.${id}`, id, label);
  }
}

function checkCodecs(raw: unknown, key: string, label: string, depth: number): void {
  const parsed = v.safeParse(Codecs, raw);
  if (!parsed.success || depth > MAX_DEPTH)
    throw new SourceError(`${label}: ${key} has a list of codecs that is broken.`);
  for (const { name, configuration } of parsed.output) {
    if (name !== "sharding_indexed") {
      known(name, name, label);
      continue;
    }
    checkCodecs(configuration?.codecs, key, label, depth + 1);
    checkCodecs(configuration?.index_codecs, key, label, depth + 1);
  }
}

function known(name: string, shown: string, label: string): void {
  if (!zarr.registry.has(name as never))
    throw new SourceError(`${label} is compressed with ${shown.slice(0, 60)}, which is not read.`);
}
