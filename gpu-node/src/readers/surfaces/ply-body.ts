/** The numbers of a PLY file, one after the other. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { PlyFormat, PlyType } from "./ply-header.ts";

/** Reads in order. */
export interface PlyBody {
  /** @throws SourceError at the end */
  number(type: PlyType): number;
}

const SIZES: Readonly<Record<PlyType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};

/** A reader of one format. */
export function plyBody(bytes: Uint8Array, format: PlyFormat, label: string): PlyBody {
  return format === "ascii"
    ? textBody(bytes, label)
    : binaryBody(bytes, format === "binary_little_endian", label);
}

function binaryBody(bytes: Uint8Array, little: boolean, label: string): PlyBody {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return {
    number(type) {
      const size = SIZES[type];
      if (at + size > bytes.byteLength) throw new SourceError(`${label} is cut short.`);
      const here = at;
      at += size;
      switch (type) {
        case "int8":
          return view.getInt8(here);
        case "uint8":
          return view.getUint8(here);
        case "int16":
          return view.getInt16(here, little);
        case "uint16":
          return view.getUint16(here, little);
        case "int32":
          return view.getInt32(here, little);
        case "uint32":
          return view.getUint32(here, little);
        case "float32":
          return view.getFloat32(here, little);
        case "float64":
          return view.getFloat64(here, little);
      }
    },
  };
}

function textBody(bytes: Uint8Array, label: string): PlyBody {
  let at = 0;
  const space = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;
  return {
    number() {
      while (at < bytes.byteLength && space(bytes[at])) at++;
      if (at >= bytes.byteLength) throw new SourceError(`${label} is cut short.`);
      const start = at;
      while (at < bytes.byteLength && !space(bytes[at])) at++;
      const word = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(at - start, 64)).toString(
        "latin1",
      );
      const value = Number(word);
      if (Number.isNaN(value) && !/^[+-]?nan$/i.test(word))
        throw new SourceError(`${label} is damaged: ${word} stands where a number belongs.`);
      return value;
    },
  };
}
