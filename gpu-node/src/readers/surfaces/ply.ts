/** PLY, as text or binary in either byte order. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { openResource } from "../resource.ts";
import { Growing } from "../tables/growing.ts";
import type { TableResult } from "../tables/types.ts";
import { DEFAULT_MEMORY_LIMIT, type OpenOptions } from "../types.ts";
import { checkMemory } from "../whole.ts";
import { surfaceOf } from "./mesh.ts";
import { type PlyBody, plyBody } from "./ply-body.ts";
import { type Element, type Property, parsePlyHeader } from "./ply-header.ts";

/** Corners of one polygon. */
const MAX_CORNERS = 10_000;

/** Opens a .ply. @throws SourceError */
export async function openPly(uri: string, options: OpenOptions): Promise<TableResult> {
  const resource = await openResource(uri, options);
  const { label, size } = resource;
  try {
    if (size === undefined) throw new SourceError(`${label} has no known size: download it first.`);
    checkMemory(label, size * 3, options);
    const bytes = await resource.read(0, size, options.signal);
    const header = parsePlyHeader(bytes, label);
    const body = plyBody(bytes.subarray(header.length), header.format, label);
    let vertices: ReturnType<typeof readVertices> | undefined;
    let faces: Uint32Array | undefined;
    for (const element of header.elements) {
      // Every element of a body takes a byte at least; a count beyond that is none that can be.
      if (element.count > bytes.byteLength)
        throw new SourceError(`${label} is cut short: it claims ${element.count} of ${element.name}.`);
      if (element.name === "vertex") vertices = readVertices(element, body, label);
      else if (element.name === "face") faces = readFaces(element, body, label, options);
      else
        for (let i = 0; i < element.count; i++)
          for (const property of element.properties) skip(property, body);
    }
    if (!vertices) throw new SourceError(`${label} holds no vertices.`);
    return surfaceOf({ ...vertices, faces: faces ?? new Uint32Array() }, label);
  } finally {
    await resource.close();
  }
}

function readVertices(element: Element, body: PlyBody, label: string) {
  const at = (...names: string[]) => element.properties.findIndex(({ name }) => names.includes(name));
  const place = [at("x"), at("y"), at("z")];
  if (place.includes(-1)) throw new SourceError(`${label} has vertices without x, y and z.`);
  const colour = [at("red", "r"), at("green", "g"), at("blue", "b")];
  const coloured = !colour.includes(-1);
  const alpha = at("alpha", "a");
  const texture = [at("s", "u", "texture_u"), at("t", "v", "texture_v")];
  const textured = !texture.includes(-1);
  const value = at("value", "values", "quality", "scalar", "intensity");
  const whole = element.properties[colour[0] ?? 0]?.type.startsWith("float") ? 1 : 255;
  const { count } = element;
  const vertices = new Float64Array(count * 3);
  const colors = new Float32Array(coloured ? count * 4 : 0);
  const texcoords = new Float32Array(textured ? count * 2 : 0);
  const values = new Float32Array(value < 0 ? 0 : count);
  const row = element.properties.map(() => 0);
  for (let i = 0; i < count; i++) {
    for (const [k, property] of element.properties.entries()) {
      if (property.list) skip(property, body);
      else row[k] = body.number(property.type);
    }
    for (const [k, from] of place.entries()) vertices[3 * i + k] = row[from] ?? 0;
    if (coloured) {
      for (const [k, from] of colour.entries()) colors[4 * i + k] = (row[from] ?? 0) / whole;
      colors[4 * i + 3] = alpha < 0 ? 1 : (row[alpha] ?? 0) / whole;
    }
    if (textured) for (const [k, from] of texture.entries()) texcoords[2 * i + k] = row[from] ?? 0;
    if (value >= 0) values[i] = row[value] ?? 0;
  }
  return {
    vertices,
    ...(coloured ? { colors } : {}),
    ...(textured ? { texcoords } : {}),
    ...(value < 0 ? {} : { values }),
  };
}

function readFaces(element: Element, body: PlyBody, label: string, options: OpenOptions): Uint32Array {
  const faces = new Growing(
    (length) => new Uint32Array(length),
    label,
    options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
  );
  for (let i = 0; i < element.count; i++) {
    for (const property of element.properties) {
      if (!property.list || !/^vertex_ind(ex|ices)$/.test(property.name)) {
        skip(property, body);
        continue;
      }
      const corners = body.number(property.list);
      if (!Number.isInteger(corners) || corners < 3 || corners > MAX_CORNERS)
        throw new SourceError(`${label} is damaged: a face has ${corners} corners.`);
      const index = () => {
        const value = body.number(property.type);
        if (!Number.isInteger(value) || value < 0)
          throw new SourceError(`${label} is damaged: a face names vertex ${value}.`);
        return value;
      };
      const first = index();
      let last = index();
      for (let k = 2; k < corners; k++) {
        const next = index();
        faces.push(first);
        faces.push(last);
        faces.push(next);
        last = next;
      }
    }
  }
  return faces.done();
}

function skip(property: Property, body: PlyBody): void {
  const count = property.list ? body.number(property.list) : 1;
  for (let i = 0; i < count; i++) body.number(property.type);
}
