/** For tests: MRC and NRRD files, byte by byte. */

import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { bytesOf } from "./files.ts";

/** What an MRC file is made of. */
export interface MrcParts {
  /** Columns, rows, sections. */
  readonly size: readonly [number, number, number];
  readonly mode: number;
  readonly data: BrickArray;
  readonly big?: boolean;
  /** Ångström. */
  readonly cell?: readonly [number, number, number];
  readonly start?: readonly [number, number, number];
  readonly origin?: readonly [number, number, number];
  readonly map?: readonly [number, number, number];
  readonly extra?: number;
  readonly group?: number;
  readonly grid?: readonly [number, number, number];
}

/** An MRC2014 file. */
export function mrc(parts: MrcParts): Uint8Array {
  const extra = parts.extra ?? 0;
  const body = bytesOf(parts.data, parts.big);
  const bytes = new Uint8Array(1024 + extra + body.byteLength);
  const view = new DataView(bytes.buffer);
  const little = !parts.big;
  const ints = (at: number, values: readonly number[]) => {
    for (const [i, value] of values.entries()) view.setInt32(at + 4 * i, value, little);
  };
  const reals = (at: number, values: readonly number[]) => {
    for (const [i, value] of values.entries()) view.setFloat32(at + 4 * i, value, little);
  };
  ints(0, [...parts.size, parts.mode, ...(parts.start ?? [0, 0, 0]), ...(parts.grid ?? parts.size)]);
  reals(40, [...(parts.cell ?? [0, 0, 0]), 90, 90, 90]);
  ints(64, parts.map ?? [1, 2, 3]);
  ints(88, [parts.group ?? 1, extra]);
  reals(196, parts.origin ?? [0, 0, 0]);
  bytes.set(Buffer.from("MAP "), 208);
  bytes.set(parts.big ? [0x11, 0x11] : [0x44, 0x44], 212);
  bytes.set(body, 1024 + extra);
  return bytes;
}

/** An NRRD file: its fields, and what follows the header. */
export function nrrd(
  fields: Readonly<Record<string, string>>,
  body: Uint8Array = new Uint8Array(),
): Uint8Array {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`NRRD0004\n# made for a test\n${lines.join("\n")}\n\n`), body]);
}
