/** What a NIfTI-1 or NIfTI-2 header says, checked and put into napari's terms. */
import { ELEMENT_BYTES, volumeOf } from "@eyepiece/engine/data/array.ts";
import { type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { type NIFTI1, type NIFTI2, readHeader } from "nifti-reader-js";
import type { LayerDefaults } from "../types.ts";

/** Bytes that hold either header. */
export const HEADER_BYTES = 544;

const TYPES: Readonly<Record<number, Dtype>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};
const COLOURS: Readonly<Record<number, 3 | 4>> = { 128: 3, 2304: 4 };
const REFUSED: Readonly<Record<number, string>> = {
  1: "single bits",
  32: "complex numbers",
  1536: "128-bit numbers",
  1792: "complex numbers",
  2048: "complex numbers",
};
const SPACE_UNITS: Readonly<Record<number, string>> = { 1: "meter", 2: "millimeter", 3: "micrometer" };
const TIME_UNITS: Readonly<Record<number, string>> = { 8: "second", 16: "millisecond", 24: "microsecond" };

/** A checked header. Axes are slowest first: NIfTI's x, which is fastest in the file, comes last. */
export interface NiftiHeader {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly channels: 0 | 3 | 4;
  readonly littleEndian: boolean;
  /** Where the voxels begin, in bytes. */
  readonly offset: number;
  /** Bytes of all voxels. */
  readonly bytes: number;
  /** value = slope * stored + inter; undefined when the stored values are meant. */
  readonly scaling: { readonly slope: number; readonly inter: number } | undefined;
  readonly defaults: LayerDefaults;
}

/**
 * Reads the first bytes of a file (at least `HEADER_BYTES`, or all).
 * @throws SourceError for what is no NIfTI, or says what cannot be.
 */
export function parseHeader(bytes: Uint8Array, label: string): NiftiHeader {
  const damaged = (what: string) => new SourceError(`${label} is not a readable NIfTI file: ${what}.`);
  let header: NIFTI1 | NIFTI2 | null;
  try {
    // Without the extension's flag the library looks for no extensions, which may lie beyond these bytes.
    header = readHeader(withoutExtensions(bytes));
  } catch (cause) {
    throw new SourceError(`${label} is not a NIfTI file.`, { cause });
  }
  if (!header) throw damaged("it has no NIfTI header");
  const rank = header.dims[0] ?? 0;
  if (rank < 1 || rank > 7) throw damaged(`it claims ${rank} dimensions`);
  const dims = header.dims.slice(1, rank + 1);
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 1))
    throw damaged(`its size is ${dims.join(" x ")}`);
  // A time axis of one step, and the like, is no axis to anyone who looks.
  while (dims.length > 3 && dims.at(-1) === 1) dims.pop();
  while (dims.length < 2) dims.push(1);
  const code = header.datatypeCode;
  const refused = REFUSED[code];
  if (refused) throw new SourceError(`${label} holds ${refused}, which cannot be shown.`);
  const channels = COLOURS[code] ?? 0;
  const dtype = channels ? "uint8" : TYPES[code];
  if (!dtype) throw damaged(`its data type is ${code}`);
  const bytesOfAll = volumeOf(dims) * ELEMENT_BYTES[dtype] * Math.max(1, channels);
  if (!Number.isSafeInteger(bytesOfAll)) throw damaged(`its size is ${dims.join(" x ")}`);
  const offset = header.vox_offset;
  if (!Number.isSafeInteger(offset) || offset < 0) throw damaged(`its voxels begin at byte ${offset}`);
  return {
    shape: dims.toReversed(),
    dtype,
    channels,
    littleEndian: header.littleEndian,
    offset: Math.max(offset, isSecond(bytes) ? 540 : 348),
    bytes: bytesOfAll,
    scaling: channels ? undefined : scalingOf(header.scl_slope, header.scl_inter),
    defaults: defaultsOf(header, dims, label),
  };
}

/** Whether these bytes begin a NIfTI-2 header, in either byte order. */
export function isSecond(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 4) return false;
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  return size === 540 || size === 0x1c020000;
}

function withoutExtensions(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(Math.max(bytes.byteLength, HEADER_BYTES));
  copy.set(bytes);
  const flag = isSecond(bytes) ? 540 : 348;
  copy.fill(0, flag, flag + 4);
  return copy.buffer;
}

function scalingOf(slope: number, inter: number): NiftiHeader["scaling"] {
  const used = Number.isFinite(slope) && slope !== 0;
  const shift = Number.isFinite(inter) ? inter : 0;
  return !used || (slope === 1 && shift === 0) ? undefined : { slope, inter: shift };
}

function defaultsOf(header: NIFTI1 | NIFTI2, dims: readonly number[], label: string): LayerDefaults {
  const n = dims.length;
  const spatial = Math.min(3, n);
  const size = (axis: number): number => {
    const value = Math.abs(header.pixDims[axis + 1] ?? 1);
    return Number.isFinite(value) && value > 0 ? value : 1;
  };
  const fileNames = ["x", "y", "z", "t", "u", "v", "w"].slice(0, n);
  const space = SPACE_UNITS[header.xyzt_units & 7] ?? "pixel";
  const time = TIME_UNITS[header.xyzt_units & 56] ?? "pixel";
  const placed = placement(header, spatial) ?? {
    scale: Array.from({ length: spatial }, (_, axis) => size(axis)),
    translate: Array<number>(spatial).fill(0),
    turn: undefined,
  };
  const toffset = Number.isFinite(header.toffset) ? header.toffset : 0;
  const scale = fileNames.map((_, axis) => placed.scale[axis] ?? size(axis));
  const translate = fileNames.map((_, axis) => placed.translate[axis] ?? (axis === 3 ? toffset : 0));
  const { cal_min: low, cal_max: high } = header;
  return {
    name: label.replace(/\.nii(\.gz)?$/i, ""),
    scale: scale.toReversed(),
    translate: translate.toReversed(),
    units: fileNames.map((_, axis) => (axis < 3 ? space : axis === 3 ? time : "pixel")).toReversed(),
    axis_labels: fileNames.toReversed(),
    ...(placed.turn ? { affine: homogeneous(placed.turn, n) } : {}),
    ...(Number.isFinite(low) && Number.isFinite(high) && high > low
      ? { contrast_limits: [low, high] as [number, number] }
      : {}),
  };
}

/**
 * Scale and offset of the spatial axes, x first; `turn` is what rotation, shear and mirroring remain. Undefined when the
 * header places the voxels nowhere, or on a point.
 */
function placement(header: NIFTI1 | NIFTI2, spatial: number) {
  if (header.sform_code <= 0 && header.qform_code <= 0) return undefined;
  const matrix = Array.from({ length: 3 }, (_, row) =>
    Array.from({ length: 4 }, (_, column) => header.affine[row]?.[column] ?? Number.NaN),
  );
  if (matrix.flat().some((value) => !Number.isFinite(value))) return undefined;
  const at = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  const lengths = [0, 1, 2].map((column) => Math.hypot(at(0, column), at(1, column), at(2, column)));
  if (lengths.some((length) => length < 1e-9)) return undefined;
  const direction = [0, 1, 2].map((row) => lengths.map((length, column) => at(row, column) / length));
  const offset = [at(0, 3), at(1, 3), at(2, 3)];
  const straight = direction.every((row, i) =>
    row.every((value, j) => Math.abs(value - (i === j ? 1 : 0)) < 1e-4),
  );
  const scale = lengths.slice(0, spatial);
  if (straight) return { scale, translate: offset.slice(0, spatial), turn: undefined };
  // A plane that is turned in space cannot be placed by two axes.
  if (spatial < 3) return { scale, translate: Array<number>(spatial).fill(0), turn: undefined };
  return { scale, translate: [0, 0, 0], turn: { direction, offset } };
}

/** An (n+1) x (n+1) matrix, slowest axis first, of a turn in x, y, z. */
function homogeneous(turn: { direction: number[][]; offset: number[] }, n: number): number[][] {
  const spatial = (axis: number): number | undefined => (n - 1 - axis < 3 ? n - 1 - axis : undefined);
  return Array.from({ length: n + 1 }, (_, row) =>
    Array.from({ length: n + 1 }, (_, column) => {
      const i = row < n ? spatial(row) : undefined;
      const j = column < n ? spatial(column) : undefined;
      if (i !== undefined && j !== undefined) return turn.direction[i]?.[j] ?? 0;
      if (i !== undefined && column === n) return turn.offset[i] ?? 0;
      return row === column ? 1 : 0;
    }),
  );
}
