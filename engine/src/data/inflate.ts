/** Deflated bytes (RFC 1951) unpacked by the platform, never to more than was announced. */
import type { Inflate } from "./brick-wire.ts";

/** See the file's comment. @throws RangeError when there are more or fewer bytes; TypeError when these are not deflated */
export const inflate: Inflate = async (bytes, size) => {
  const out = new Uint8Array(size);
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.byteLength > size) {
      const error = new RangeError(`There are more than the ${size} bytes that were announced.`);
      await reader.cancel(error);
      throw error;
    }
    out.set(value, at);
    at += value.byteLength;
  }
  if (at !== size) throw new RangeError(`There are ${at} bytes, not the ${size} that were announced.`);
  return out;
};
