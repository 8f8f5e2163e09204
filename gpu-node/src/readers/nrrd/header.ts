/** What an NRRD header says, checked and put into napari's terms. */
import { volumeOf } from "@eyepiece/engine/data/array.ts";
import { type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { placeAxes } from "../placement.ts";
import type { LayerDefaults } from "../types.ts";

/** Most bytes of a header. */
export const MAX_HEADER = 1 << 20;
const MAX_AXES = 8;

/** A checked header. Axes are slowest first: NRRD's first, which is fastest in the file, comes last. */
export interface NrrdHeader {
  readonly shape: readonly number[];
  readonly channels: 0 | 3 | 4;
  readonly dtype: Dtype;
  readonly littleEndian: boolean;
  readonly encoding: "raw" | "gzip" | "text";
  /** Byte after the header; voxels of an attached file follow. */
  readonly length: number;
  /** Lines to skip before the voxels, then bytes; -1: the voxels end the file. */
  readonly lineSkip: number;
  readonly byteSkip: number;
  /** The files that hold the voxels; none where they follow the header. */
  readonly files: readonly string[];
  readonly defaults: LayerDefaults;
}

const TYPES: Readonly<Record<string, Dtype>> = {
  ...names("int8", "signed char", "int8", "int8_t"),
  ...names("uint8", "uchar", "unsigned char", "uint8", "uint8_t"),
  ...names("int16", "short", "short int", "signed short", "signed short int", "int16", "int16_t"),
  ...names("uint16", "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
  ...names("int32", "int", "signed int", "int32", "int32_t"),
  ...names("uint32", "uint", "unsigned int", "uint32", "uint32_t"),
  ...names(
    "int64",
    "longlong",
    "long long",
    "long long int",
    "signed long long",
    "signed long long int",
    "int64",
    "int64_t",
  ),
  ...names("uint64", "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
  ...names("float32", "float"),
  ...names("float64", "double"),
};

function names(dtype: Dtype, ...all: string[]): Record<string, Dtype> {
  return Object.fromEntries(all.map((name) => [name, dtype]));
}

const UNITS: Readonly<Record<string, string>> = {
  mm: "millimeter",
  um: "micrometer",
  µm: "micrometer",
  nm: "nanometer",
  cm: "centimeter",
  m: "meter",
};

/** Reads the first bytes of a file. @throws SourceError for what is no NRRD, or says what cannot be. */
export function parseNrrd(bytes: Uint8Array, label: string): NrrdHeader {
  const damaged = (what: string) => new SourceError(`${label} is not a readable NRRD file: ${what}.`);
  // One byte, one character: offsets in the text are offsets in the file.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (!/^NRRD000[1-5]\r?\n/.test(text)) throw damaged("it does not begin as one");
  const end = /\r?\n\r?\n/.exec(text);
  if (!end && bytes.byteLength >= MAX_HEADER) throw damaged("its header does not end");
  const length = end ? end.index + end[0].length : bytes.byteLength;
  const fields = new Map<string, string>();
  const lines = Buffer.from(text.slice(0, end?.index), "latin1").toString("utf8").split(/\r?\n/).slice(1);
  const files: string[] = [];
  let listing = false;
  for (const line of lines) {
    if (listing) {
      if (line.trim() !== "") files.push(line.trim());
      continue;
    }
    if (line.startsWith("#")) continue;
    const [, key = "", value = ""] = /^([^:]+):(?!=)\s*(.*)$/.exec(line) ?? [];
    const name = key.trim().toLowerCase().replace(/\s+/g, "");
    fields.set(name, value.trim());
    if (name === "datafile" && /^LIST(\s|$)/.test(value.trim())) listing = true;
  }
  const field = (name: string) => fields.get(name);
  const words = (name: string) => (field(name) ?? "").split(/\s+/).filter(Boolean);
  const dimension = Number(field("dimension"));
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > MAX_AXES)
    throw damaged(`it claims ${field("dimension")} dimensions`);
  const sizes = words("sizes").map(Number);
  if (sizes.length !== dimension || sizes.some((size) => !Number.isSafeInteger(size) || size < 1))
    throw damaged(`its size is ${sizes.join(" x ")}`);
  const type = (field("type") ?? "").toLowerCase().replace(/\s+/g, " ");
  const dtype = TYPES[type];
  if (!dtype) throw damaged(`its type is ${type || "not said"}`);
  if (!Number.isSafeInteger(volumeOf(sizes) * 8)) throw damaged(`its size is ${sizes.join(" x ")}`);
  if (!listing && field("datafile")) files.push(...dataFiles(field("datafile") ?? "", damaged));
  if (listing && files.length === 0) throw damaged("its list of data files is empty");
  const kinds = words("kinds").map((kind) => kind.toLowerCase());
  const first = sizes[0] ?? 0;
  const colour =
    /^(rgba?-color|[34]-color|vector|none)$/.test(kinds[0] ?? "") && dtype === "uint8" && dimension > 2;
  const channels = colour && /color/.test(kinds[0] ?? "") && (first === 3 || first === 4) ? first : 0;
  const skip = (name: string, least: number): number => {
    const value = Number(field(name) ?? 0);
    if (!Number.isSafeInteger(value) || value < least) throw damaged(`its ${name} is ${field(name)}`);
    return value;
  };
  const drop = channels ? 1 : 0;
  const shape = sizes.slice(drop).toReversed();
  return {
    shape: shape.length === 1 ? [1, ...shape] : shape,
    channels,
    dtype,
    littleEndian: (field("endian") ?? "little").toLowerCase() !== "big",
    encoding: encodingOf(field("encoding") ?? "", label),
    length,
    lineSkip: skip("lineskip", 0),
    byteSkip: skip("byteskip", -1),
    files,
    defaults: {
      name: label.replace(/\.(nrrd|nhdr)$/i, ""),
      ...(shape.length === 1 ? {} : placed(fields, sizes.length, drop)),
    },
  };
}

function encodingOf(name: string, label: string): NrrdHeader["encoding"] {
  const low = name.toLowerCase();
  if (low === "raw") return "raw";
  if (low === "gzip" || low === "gz") return "gzip";
  if (low === "ascii" || low === "text" || low === "txt") return "text";
  throw new SourceError(
    `${label} has an encoding of ${name || "nothing"}, which is not read: save it as raw or gzip.`,
  );
}

/** One file, or a pattern with the numbers that it runs through. */
function dataFiles(value: string, damaged: (what: string) => SourceError): string[] {
  const [, pattern = "", from = "", to = "", step = "1"] =
    /^(\S*%0?\d*d\S*)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)(?:\s+\d+)?$/.exec(value) ?? [];
  if (!pattern) return [value];
  const [first, last, by] = [Number(from), Number(to), Number(step)];
  const count = by === 0 ? 0 : Math.floor((last - first) / by) + 1;
  if (!(count >= 1 && count <= 100_000)) throw damaged(`its data files run from ${from} to ${to} by ${step}`);
  return Array.from({ length: count }, (_, i) =>
    pattern.replace(/%(0?)(\d*)d/, (_all, zero: string, width: string) =>
      String(first + i * by).padStart(Math.min(32, Number(width || 0)), zero ? "0" : " "),
    ),
  );
}

function placed(fields: ReadonlyMap<string, string>, axes: number, drop: number): Partial<LayerDefaults> {
  const vectors = [...(fields.get("spacedirections") ?? "").matchAll(/none|\(([^)]*)\)/gi)].map(
    ([, inside]) => (inside === undefined ? undefined : inside.split(",").map(Number)),
  );
  const spacings = (fields.get("spacings") ?? "").split(/\s+/).map(Number);
  // The file's axes and coordinates, fastest first, become slowest first.
  const own = Array.from({ length: axes - drop }, (_, i) => axes - 1 - i);
  const steps = own.map((axis): number[] | number => {
    const vector = vectors.length === axes ? vectors[axis] : undefined;
    return vector?.toReversed() ?? (spacings[axis] || 1);
  });
  const [, inside] = /\(([^)]*)\)/.exec(fields.get("spaceorigin") ?? "") ?? [];
  const dimensions = steps.filter((step) => typeof step === "object").length;
  const origin = inside?.split(",").map(Number).toReversed() ?? Array<number>(dimensions).fill(0);
  const place = placeAxes(steps, origin);
  const mins = (fields.get("axismins") ?? "").split(/\s+/).map(Number);
  const shifted =
    dimensions === 0 && mins.length === axes && mins.every(Number.isFinite)
      ? own.map((axis) => mins[axis] ?? 0)
      : undefined;
  const labels = [...(fields.get("labels") ?? "").matchAll(/"([^"]*)"/g)].map(([, name = ""]) => name);
  const spaceUnits = [...(fields.get("spaceunits") ?? "").matchAll(/"([^"]*)"/g)]
    .map(([, name = ""]) => name)
    .toReversed();
  const units = [...(fields.get("units") ?? "").matchAll(/"([^"]*)"/g)].map(([, name = ""]) => name);
  let at = 0;
  return {
    ...place,
    ...(shifted ? { translate: shifted } : {}),
    units: own.map((axis, i) => {
      const name = typeof steps[i] === "object" ? spaceUnits[at++] : units[axis];
      return UNITS[name ?? ""] ?? "pixel";
    }),
    ...(labels.length === axes && new Set(labels).size === axes && labels.every(Boolean)
      ? { axis_labels: own.map((axis) => labels[axis] ?? "") }
      : {}),
  };
}
