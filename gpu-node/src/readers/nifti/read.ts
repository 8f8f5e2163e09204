/** NIfTI files: large plain ones slab by slab, others and gzipped ones whole into memory. */
import { createGunzip } from "node:zlib";
import { ELEMENT_BYTES } from "@eyepiece/engine/data/array.ts";
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { asElements, StreamReader } from "../bytes.ts";
import type { RawLayout } from "../raw-source.ts";
import { openResource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { checkMemory, LARGE_BYTES, openRaw } from "../whole.ts";
import { HEADER_BYTES, isSecond, type NiftiHeader, parseHeader } from "./header.ts";

/** Opens a .nii or .nii.gz. @throws SourceError */
export async function openNifti(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  let kept = false;
  try {
    const magic = await resource.read(0, HEADER_BYTES, options.signal);
    const gzipped = magic[0] === 0x1f && magic[1] === 0x8b;
    const header = !gzipped && magic.byteLength === HEADER_BYTES ? parseHeader(magic, label) : undefined;
    if (header && header.bytes >= LARGE_BYTES && resource.size !== undefined && !/^https?:/i.test(uri)) {
      const source = await openRaw(label, resource, rawLayout(header), options);
      kept = true;
      return [{ source, rgb: header.channels > 0, labels: false, defaults: header.defaults, label }];
    }
    const raw = await resource.stream(options.signal);
    const gunzip = gzipped ? createGunzip({ chunkSize: 1 << 20 }) : undefined;
    if (gunzip) {
      raw.on("error", (cause) => gunzip.destroy(cause));
      raw.pipe(gunzip);
    }
    const reader = new StreamReader(gunzip ?? raw, label);
    try {
      const head = new Uint8Array(HEADER_BYTES);
      // A NIfTI-1 file of few voxels is shorter than a NIfTI-2 header.
      await reader.fill(head.subarray(0, 352));
      const header = await completeHeader(head, reader, label);
      const bytes = await readVoxels(header, head, reader, label, options);
      const data = scaled(asElements(bytes, header.dtype, header.littleEndian), header);
      const source = memorySource(label, [{ data, shape: header.shape }], { channels: header.channels });
      return [{ source, rgb: header.channels > 0, labels: false, defaults: header.defaults, label }];
    } finally {
      reader.close();
      raw.destroy();
    }
  } finally {
    if (!kept) await resource.close();
  }
}

function rawLayout(header: NiftiHeader): RawLayout {
  return {
    shape: header.shape,
    channels: header.channels,
    size: ELEMENT_BYTES[header.dtype],
    start: header.offset,
    elements: (body) => scaled(asElements(body, header.dtype, header.littleEndian), header),
  };
}

async function completeHeader(
  head: Uint8Array,
  reader: StreamReader,
  label: string,
): Promise<NiftiHeader & { read: number }> {
  const second = isSecond(head);
  if (second) await reader.fill(head.subarray(352));
  return { ...parseHeader(head, label), read: second ? HEADER_BYTES : 352 };
}

async function readVoxels(
  header: NiftiHeader & { read: number },
  head: Uint8Array,
  reader: StreamReader,
  label: string,
  options: OpenOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  checkMemory(label, header.bytes, options);
  // Extensions lie between header and voxels.
  let skip = header.offset - header.read;
  const scratch = new Uint8Array(Math.min(Math.max(skip, 0), 1 << 20));
  for (; skip > 0; skip -= scratch.byteLength)
    await reader.fill(scratch.subarray(0, Math.min(skip, scratch.byteLength)));
  const bytes = new Uint8Array(header.bytes);
  const early =
    skip < 0 && header.offset < header.read ? head.slice(header.offset, header.read) : new Uint8Array();
  bytes.set(early.subarray(0, bytes.byteLength));
  let told = 0;
  await reader.fill(bytes.subarray(Math.min(early.byteLength, bytes.byteLength)), (done) => {
    const fraction = done / bytes.byteLength;
    if (fraction - told < 0.02 && fraction < 1) return;
    told = fraction;
    options.onProgress?.(fraction, `Reading ${label}`);
  });
  return bytes;
}

/** Stored values become meant ones: in 32-bit floats where these hold them exactly enough, else in 64-bit ones. */
function scaled(stored: BrickArray, { scaling }: NiftiHeader): BrickArray {
  if (!scaling) return stored;
  const { slope, inter } = scaling;
  const small = stored.BYTES_PER_ELEMENT <= 2 || stored instanceof Float32Array;
  const values = small ? new Float32Array(stored.length) : new Float64Array(stored.length);
  for (let i = 0; i < values.length; i++) values[i] = Number(stored[i]) * slope + inter;
  return values;
}
