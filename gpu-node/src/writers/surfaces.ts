/** Surfaces as OBJ or binary PLY. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Column, column, type Table, TableError } from "@eyepiece/engine/data/table.ts";
import { place } from "./place.ts";
import { WriteError, type WriteOptions } from "./types.ts";

/** Rows that are written at once. */
const ROWS = 4096;

/** Options of {@link writeSurface}. */
export interface SurfaceOptions extends WriteOptions {
  readonly format: "obj" | "ply";
  readonly replace?: boolean;
}

/** Writes a surface of three axes. OBJ keeps no values; PLY keeps them as `value`. @throws WriteError, the signal's reason */
export async function writeSurface(path: string, table: Table, options: SurfaceOptions): Promise<void> {
  try {
    if (column(table, "vertices").width !== 3)
      throw new WriteError("The surface does not have three axes: OBJ and PLY hold nothing else.");
    const parts = options.format === "obj" ? objParts(table, options) : plyParts(table, options);
    await place(
      path,
      (file) =>
        pipeline(
          Readable.from(parts),
          createWriteStream(file),
          options.signal ? { signal: options.signal } : {},
        ),
      options,
    );
  } catch (cause) {
    if (cause instanceof TableError) throw new WriteError(cause.message, { cause });
    throw cause;
  }
}

/** The steps through vertices and faces, with progress. */
function* steps(
  count: number,
  begin: number,
  end: number,
  options: WriteOptions,
): Generator<[number, number]> {
  for (let from = 0; from < count; from += ROWS) {
    options.signal?.throwIfAborted();
    const to = Math.min(count, from + ROWS);
    yield [from, to];
    options.onProgress?.(begin + ((end - begin) * to) / count);
  }
}

function rows(found: Column | undefined, count: number): Column | undefined {
  return found && found.data.length === count * found.width ? found : undefined;
}

function* objParts(table: Table, options: WriteOptions): Generator<string> {
  const vertices = column(table, "vertices").data;
  const count = vertices.length / 3;
  const colors = rows(table.columns.get("vertex_colors"), count)?.data;
  const texcoords = rows(table.columns.get("texcoords"), count)?.data;
  const faces = column(table, "faces").data;
  for (const [from, to] of steps(count, 0, 0.5, options)) {
    let text = "";
    for (let i = from; i < to; i++) {
      const rgb = colors ? ` ${colors[4 * i]} ${colors[4 * i + 1]} ${colors[4 * i + 2]}` : "";
      text += `v ${vertices[3 * i]} ${vertices[3 * i + 1]} ${vertices[3 * i + 2]}${rgb}\n`;
      if (texcoords) text += `vt ${texcoords[2 * i]} ${texcoords[2 * i + 1]}\n`;
    }
    yield text;
  }
  for (const [from, to] of steps(faces.length / 3, 0.5, 1, options)) {
    let text = "";
    for (let i = from; i < to; i++) {
      const corner = (k: number) => {
        const index = (faces[3 * i + k] ?? 0) + 1;
        return texcoords ? `${index}/${index}` : `${index}`;
      };
      text += `f ${corner(0)} ${corner(1)} ${corner(2)}\n`;
    }
    yield text;
  }
}

function* plyParts(table: Table, options: WriteOptions): Generator<Uint8Array> {
  const vertices = column(table, "vertices").data;
  const count = vertices.length / 3;
  const colors = rows(table.columns.get("vertex_colors"), count)?.data;
  const texcoords = rows(table.columns.get("texcoords"), count)?.data;
  // Values of several times are those of the first: a PLY has one for each vertex.
  const values = table.columns.get("values")?.data;
  const faces = column(table, "faces").data;
  const header = [
    "ply",
    "format binary_little_endian 1.0",
    `element vertex ${count}`,
    ...["x", "y", "z"].map((name) => `property double ${name}`),
    ...(values ? ["property float value"] : []),
    ...(colors ? ["red", "green", "blue", "alpha"].map((name) => `property float ${name}`) : []),
    ...(texcoords ? ["property float s", "property float t"] : []),
    `element face ${faces.length / 3}`,
    "property list uchar uint vertex_indices",
    "end_header",
  ];
  yield Buffer.from(`${header.join("\n")}\n`);
  const stride = 24 + (values ? 4 : 0) + (colors ? 16 : 0) + (texcoords ? 8 : 0);
  for (const [from, to] of steps(count, 0, 0.5, options)) {
    const bytes = Buffer.alloc((to - from) * stride);
    let at = 0;
    for (let i = from; i < to; i++) {
      for (let k = 0; k < 3; k++) at = bytes.writeDoubleLE(vertices[3 * i + k] ?? 0, at);
      if (values) at = bytes.writeFloatLE(values[i] ?? 0, at);
      if (colors) for (let k = 0; k < 4; k++) at = bytes.writeFloatLE(colors[4 * i + k] ?? 0, at);
      if (texcoords) for (let k = 0; k < 2; k++) at = bytes.writeFloatLE(texcoords[2 * i + k] ?? 0, at);
    }
    yield bytes;
  }
  for (const [from, to] of steps(faces.length / 3, 0.5, 1, options)) {
    const bytes = Buffer.alloc((to - from) * 13);
    let at = 0;
    for (let i = from; i < to; i++) {
      at = bytes.writeUInt8(3, at);
      for (let k = 0; k < 3; k++) at = bytes.writeUInt32LE(faces[3 * i + k] ?? 0, at);
    }
    yield bytes;
  }
}
