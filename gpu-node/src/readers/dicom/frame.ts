/** One frame of a DICOM file as stored values, plain or decompressed. */

import codec from "@cornerstonejs/dicom-codec";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import dicomParser from "dicom-parser";
import type { Resource } from "../resource.ts";
import { type DicomHeader, MAX_FILE, parseFile } from "./header.ts";

/** Transfer syntaxes without compression; the last is deflated as a whole file. */
const LITTLE = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"];
const BIG = "1.2.840.10008.1.2.2";
const DEFLATED = "1.2.840.10008.1.2.1.99";
const SYNTAXES: Readonly<Record<string, string>> = {
  "1.2.840.10008.1.2.4.51": "JPEG of 12 bits",
  "1.2.840.10008.1.2.4.100": "MPEG-2",
  "1.2.840.10008.1.2.4.102": "MPEG-4",
  "1.2.840.10008.1.2.4.103": "MPEG-4",
  "1.2.840.10008.1.2.4.107": "HEVC",
};

/** Stored values: one a pixel, or three interleaved. */
export type Stored = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** @throws SourceError where the frames of such a file are not read */
export function checkSyntax({ syntax }: DicomHeader, label: string): void {
  if (LITTLE.includes(syntax) || syntax === BIG || syntax === DEFLATED) return;
  const named = SYNTAXES[syntax];
  if (named || !codec.hasCodec(syntax))
    throw new SourceError(
      `${label} is compressed as ${named ?? syntax}, which is not read: convert it, for example with dcmdjpeg or gdcmconv --raw.`,
    );
}

/** Reads a frame. @throws SourceError */
export async function readFrame(
  resource: Resource,
  header: DicomHeader,
  frame: number,
  signal: AbortSignal,
): Promise<Stored> {
  const { label } = resource;
  const pixels = header.rows * header.columns * header.samples;
  const bytes = pixels * (header.bits / 8);
  const { syntax } = header;
  if (LITTLE.includes(syntax) || syntax === BIG) {
    const at = header.pixels.offset + frame * bytes;
    const body = await resource.read(at, bytes, signal);
    if (body.byteLength < bytes)
      throw new SourceError(
        `${label} is cut short: ${bytes - body.byteLength} bytes of its pixels are missing.`,
      );
    return arranged(typed(new Uint8Array(body), header, syntax === BIG), header);
  }
  const size = resource.size ?? 0;
  if (size > MAX_FILE) throw new SourceError(`${label} is too large to be decompressed.`);
  const file = await resource.read(0, size, signal);
  const set = parseFile(file, label, true);
  const element = set.elements.x7fe00010;
  if (!element) throw new SourceError(`${label} holds no pixels.`);
  if (syntax === DEFLATED) {
    const at = element.dataOffset + frame * bytes;
    const body = set.byteArray.slice(at, at + bytes);
    if (body.byteLength < bytes) throw new SourceError(`${label} is cut short.`);
    return arranged(typed(new Uint8Array(body), header, false), header);
  }
  try {
    const encoded = encapsulated(set, element, header, frame);
    const { imageFrame } = await codec.decode(
      new Uint8Array(encoded),
      {
        rows: header.rows,
        columns: header.columns,
        bitsAllocated: header.bits,
        samplesPerPixel: header.samples,
        signed: header.signed,
        planarConfiguration: header.planar ? 1 : 0,
        pixelRepresentation: header.signed ? 1 : 0,
      },
      syntax,
    );
    signal.throwIfAborted();
    if (imageFrame.byteLength < bytes)
      throw new SourceError(`${label} has a frame of ${imageFrame.byteLength} bytes instead of ${bytes}.`);
    const copy = new Uint8Array(imageFrame.buffer as ArrayBuffer, imageFrame.byteOffset, bytes).slice();
    const values = typed(copy, header, false);
    // RLE keeps the order that the file says; the other codecs give pixels interleaved.
    return syntax === "1.2.840.10008.1.2.5" ? arranged(values, header) : values;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`${label} has a frame that cannot be decompressed: ${reason}.`, { cause });
  }
}

function encapsulated(
  set: ReturnType<typeof parseFile>,
  element: NonNullable<ReturnType<typeof parseFile>["elements"][string]>,
  header: DicomHeader,
  frame: number,
): Uint8Array {
  if (header.frames === 1) {
    const count = element.fragments?.length ?? 0;
    return dicomParser.readEncapsulatedPixelDataFromFragments(set, element, 0, count);
  }
  if (element.basicOffsetTable?.length) return dicomParser.readEncapsulatedImageFrame(set, element, frame);
  if (element.fragments?.length === header.frames)
    return dicomParser.readEncapsulatedPixelDataFromFragments(set, element, frame, 1);
  return dicomParser.readEncapsulatedImageFrame(
    set,
    element,
    frame,
    dicomParser.createJPEGBasicOffsetTable(set, element),
  );
}

function typed(bytes: Uint8Array<ArrayBuffer>, { bits, signed }: DicomHeader, big: boolean): Stored {
  if (bits === 8) return signed ? new Int8Array(bytes.buffer) : bytes;
  const swapped = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bits === 16) {
    if (big) swapped.swap16();
    return signed ? new Int16Array(bytes.buffer) : new Uint16Array(bytes.buffer);
  }
  if (big) swapped.swap32();
  return signed ? new Int32Array(bytes.buffer) : new Uint32Array(bytes.buffer);
}

/** Colour planes one after the other become interleaved; luma and chroma become colours. */
function arranged(values: Stored, header: DicomHeader): Stored {
  if (header.samples === 1) return values;
  const count = header.rows * header.columns;
  let out = values;
  if (header.planar) {
    out = values.slice();
    for (let i = 0; i < count; i++) for (let c = 0; c < 3; c++) out[3 * i + c] = values[c * count + i] ?? 0;
  }
  if (/^YBR_FULL$/.test(header.photometric) && out instanceof Uint8Array) {
    const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
    for (let i = 0; i < out.length; i += 3) {
      const [y = 0, b = 0, r = 0] = [out[i], out[i + 1], out[i + 2]];
      out[i] = clamp(y + 1.402 * (r - 128));
      out[i + 1] = clamp(y - 0.344136 * (b - 128) - 0.714136 * (r - 128));
      out[i + 2] = clamp(y + 1.772 * (b - 128));
    }
  }
  return out;
}
