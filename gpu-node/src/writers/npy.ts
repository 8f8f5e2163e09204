/** An image as .npy, C order, version 1. */
import { open } from "node:fs/promises";
import { ELEMENT_BYTES, volumeOf } from "@eyepiece/engine/data/array.ts";
import type { ChunkSource, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import { readRegion } from "../readers/region.ts";
import { slabs } from "./boxes.ts";
import { place } from "./place.ts";
import type { WriteOptions } from "./types.ts";

const SLAB_BYTES = 32 << 20;

/** Writes the finest level; colours are the last axis. @throws WriteError, SourceError, the signal's reason */
export async function writeNpy(
  path: string,
  source: ChunkSource,
  options: WriteOptions & { readonly replace?: boolean } = {},
): Promise<void> {
  const shape = source.levels[0]?.shape ?? [];
  const inner = Math.max(1, source.channels);
  const voxel = ELEMENT_BYTES[source.dtype] * inner;
  const total = Math.max(1, volumeOf(shape));
  await place(
    path,
    async (temporary) => {
      const file = await open(temporary, "wx");
      try {
        await file.write(header(source.dtype, source.channels ? [...shape, source.channels] : shape));
        let done = 0;
        for (const { start, size } of slabs(shape, SLAB_BYTES / voxel)) {
          const data = await readRegion(source, 0, start, size, options.signal);
          await file.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
          done += volumeOf(size);
          options.onProgress?.(done / total);
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },
    options,
  );
}

function header(dtype: Dtype, shape: readonly number[]): Buffer {
  const kind = dtype.startsWith("float") ? "f" : dtype.startsWith("uint") ? "u" : "i";
  const size = ELEMENT_BYTES[dtype];
  const descr = `${size === 1 ? "|" : "<"}${kind}${size}`;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // The elements begin at a multiple of 64 bytes, as NumPy has it.
  const padding = 63 - ((10 + text.length) % 64);
  const body = Buffer.from(`${text}${" ".repeat(padding)}\n`, "latin1");
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, body.length & 255, body.length >> 8]);
  return Buffer.concat([head, body]);
}
