/** Wavefront OBJ: vertices, colours after them, texture coordinates, polygons. */
import { createInterface } from "node:readline";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { openResource } from "../resource.ts";
import { Growing } from "../tables/growing.ts";
import type { TableResult } from "../tables/types.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenOptions } from "../types.ts";
import { surfaceOf } from "./mesh.ts";

/** Corners of one polygon. */
const MAX_CORNERS = 10_000;

/** Opens a .obj; other statements than v, vt and f are passed over. @throws SourceError */
export async function openObj(uri: string, options: OpenOptions): Promise<TableResult> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  const most = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const vertices = new Growing((length) => new Float64Array(length), label, most);
  const colors = new Growing((length) => new Float32Array(length), label, most);
  const textures = new Growing((length) => new Float32Array(length), label, most);
  const faces = new Growing((length) => new Uint32Array(length), label, most);
  // The texture coordinates that each vertex is given first; files that give several share no vertex table with us.
  const textured = new Map<number, number>();
  let number = 0;
  const damaged = (what: string) => new SourceError(`${label} is damaged in line ${number}: ${what}.`);
  try {
    const stream = await resource.stream(options.signal);
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    // Errors of the stream reach the loop below only through the interface.
    stream.on("error", () => lines.close());
    try {
      for await (const line of lines) {
        number += 1;
        if (number % 4096 === 0) options.signal?.throwIfAborted();
        const [word, ...rest] = line.trim().split(/\s+/);
        if (word === "v") {
          const values = rest.map(Number);
          if (values.length < 3 || values.slice(0, 3).some((value) => !Number.isFinite(value)))
            throw damaged("a vertex needs three numbers");
          for (let i = 0; i < 3; i++) vertices.push(values[i] ?? 0);
          if (values.length >= 6) for (let i = 3; i < 6; i++) colors.push(values[i] ?? 0);
        } else if (word === "vt") {
          for (let i = 0; i < 2; i++) textures.push(Number(rest[i] ?? 0) || 0);
        } else if (word === "f") {
          if (rest.length < 3 || rest.length > MAX_CORNERS)
            throw damaged(`a face has ${rest.length} corners`);
          const corners = rest.map((corner) => {
            const [v, t] = corner.split("/");
            const index = position(v, vertices.length / 3, damaged);
            if (t) textured.set(index, position(t, textures.length / 2, damaged));
            return index;
          });
          for (let i = 1; i + 1 < corners.length; i++) {
            faces.push(corners[0] ?? 0);
            faces.push(corners[i] ?? 0);
            faces.push(corners[i + 1] ?? 0);
          }
        }
      }
      options.signal?.throwIfAborted();
      if (stream.errored) throw new SourceError(`${label} cannot be read: ${stream.errored.message}.`);
    } finally {
      lines.close();
      stream.destroy();
    }
  } finally {
    await resource.close();
  }
  const count = vertices.length / 3;
  const pairs = textures.done();
  const texcoords = new Float32Array(textured.size === count && count > 0 ? count * 2 : 0);
  if (texcoords.length > 0)
    for (const [vertex, at] of textured) texcoords.set(pairs.subarray(at * 2, at * 2 + 2), vertex * 2);
  const rgb = colors.done();
  return surfaceOf(
    {
      vertices: vertices.done(),
      faces: faces.done(),
      ...(rgb.length === count * 3 && count > 0 ? { colors: withAlpha(rgb) } : {}),
      ...(texcoords.length > 0 ? { texcoords } : {}),
    },
    label,
  );
}

/** An index from 1 on, or back from the last, as one from 0 on. */
function position(word: string | undefined, count: number, damaged: (what: string) => SourceError): number {
  const value = Number(word);
  const index = value < 0 ? count + value : value - 1;
  // A face may name vertices that come later; those that never come are told at the end.
  if (!Number.isInteger(value) || value === 0 || index < 0 || index > 0xfffffffe)
    throw damaged(`a face names vertex ${word}`);
  return index;
}

function withAlpha(rgb: Float32Array): Float32Array {
  const out = new Float32Array((rgb.length / 3) * 4).fill(1);
  for (let i = 0; i < rgb.length / 3; i++) out.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return out;
}
