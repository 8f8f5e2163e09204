/** Decompression that stops at the size that a chunk has, so that a small hostile file cannot fill the memory. */
import { promisify } from "node:util";
import { gunzip, gzip, inflate } from "node:zlib";
import * as zarr from "zarrita";

const gunzipBytes = promisify(gunzip);
const inflateBytes = promisify(inflate);
const gzipBytes = promisify(gzip);

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

/** Puts the bounded codecs in the library's place; repeating it does no harm. */
export function useBoundedCodecs(): void {
  for (const prefix of ["", "numcodecs."]) {
    zarr.registry.set(`${prefix}gzip`, async () => BoundedGzip as never);
    zarr.registry.set(`${prefix}zlib`, async () => BoundedZlib as never);
  }
}
