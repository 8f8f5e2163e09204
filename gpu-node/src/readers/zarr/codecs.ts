/** Decompression that stops at the size that a chunk has, so that a small hostile file cannot fill the memory. */
import { promisify } from "node:util";
import { gunzip, gzip, inflate, zstdCompress, zstdDecompress } from "node:zlib";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as zarr from "zarrita";

const gunzipBytes = promisify(gunzip);
const inflateBytes = promisify(inflate);
const gzipBytes = promisify(gzip);
const unzstdBytes = promisify(zstdDecompress);
const zstdBytes = promisify(zstdCompress);

/** Most bytes of a decompressed chunk, with room for checksums. */
const MAX_BYTES = 512 * 1024 * 1024 + 64;

class BoundedGzip {
  readonly kind = "bytes_to_bytes";
  static fromConfig(): BoundedGzip {
    return new BoundedGzip();
  }
  async encode(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await gzipBytes(bytes, { level: 9 }));
  }
  async decode(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await gunzipBytes(bytes, { maxOutputLength: MAX_BYTES }));
  }
}

class BoundedZlib extends BoundedGzip {
  static override fromConfig(): BoundedZlib {
    return new BoundedZlib();
  }
  override async encode(): Promise<Uint8Array> {
    throw new Error("zlib is only read.");
  }
  override async decode(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await inflateBytes(bytes, { maxOutputLength: MAX_BYTES }));
  }
}

class BoundedZstd {
  readonly kind = "bytes_to_bytes";
  static fromConfig(): BoundedZstd {
    return new BoundedZstd();
  }
  async encode(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await zstdBytes(bytes));
  }
  async decode(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await unzstdBytes(bytes, { maxOutputLength: MAX_BYTES }));
  }
}

/** What the library's codecs are to this file. */
interface LibraryCodec {
  encode(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
  decode(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}
interface LibraryCodecClass {
  fromConfig(config: never): LibraryCodec;
}

/** A codec of the library behind a look at the size that its frame claims, before the memory for it is taken. */
function guarded(
  load: () => Promise<LibraryCodecClass>,
  name: string,
  claimed: (view: DataView) => number,
): () => Promise<unknown> {
  return async () => {
    const library = await load();
    return {
      fromConfig: (config: never) => {
        const codec = library.fromConfig(config);
        return {
          kind: "bytes_to_bytes",
          encode: (bytes: Uint8Array) => codec.encode(bytes),
          decode(bytes: Uint8Array) {
            const size = claimed(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
            if (!(size <= MAX_BYTES))
              throw new SourceError(
                `A chunk compressed with ${name} claims ${size} bytes, which it may not have.`,
              );
            return codec.decode(bytes);
          },
        };
      },
    };
  };
}

/** Blosc's frame: sizes at bytes 4 (plain) and 12 (compressed). The compressed size must be what is there. */
function bloscSize(view: DataView): number {
  if (view.byteLength < 16 || view.getUint32(12, true) > view.byteLength) return Number.NaN;
  return view.getUint32(4, true);
}

/** numcodecs' LZ4: the plain size comes first. */
function lz4Size(view: DataView): number {
  return view.byteLength < 4 ? Number.NaN : view.getUint32(0, true);
}

const blosc = guarded(() => import("numcodecs/blosc").then((m) => m.default), "blosc", bloscSize);
const lz4 = guarded(() => import("numcodecs/lz4").then((m) => m.default), "lz4", lz4Size);

/** Puts the bounded codecs in the library's place; repeating it does no harm. */
export function useBoundedCodecs(): void {
  for (const prefix of ["", "numcodecs."]) {
    zarr.registry.set(`${prefix}gzip`, async () => BoundedGzip as never);
    zarr.registry.set(`${prefix}zlib`, async () => BoundedZlib as never);
    zarr.registry.set(`${prefix}zstd`, async () => BoundedZstd as never);
    zarr.registry.set(`${prefix}blosc`, blosc as never);
    zarr.registry.set(`${prefix}lz4`, lz4 as never);
  }
}
