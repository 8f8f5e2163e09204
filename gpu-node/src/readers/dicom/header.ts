/** What one DICOM file says of its pictures, checked. */
import { constants, inflateRawSync } from "node:zlib";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import dicomParser, { type DataSet } from "dicom-parser";

/** Bytes in which the header of most files lies. */
export const HEAD_BYTES = 128 * 1024;
/** Most bytes of a file that is read whole. */
export const MAX_FILE = 1024 ** 3;
const MAX_EDGE = 65_535;
const MAX_FRAMES = 100_000;

/** One file's header. */
export interface DicomHeader {
  readonly series: string;
  readonly description: string;
  readonly modality: string;
  readonly instance: number;
  /** When several volumes lie at the same places: which. */
  readonly order: number;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  /** 1, 8, 16 or 32. */
  readonly bits: number;
  readonly stored: number;
  readonly signed: boolean;
  readonly planar: boolean;
  readonly photometric: string;
  readonly syntax: string;
  readonly slope: number;
  readonly intercept: number;
  readonly window: readonly [number, number] | undefined;
  /** Of the first pixel's centre; x, y, z in the patient, millimetres. */
  readonly position: readonly number[] | undefined;
  /** Directions of a row and of a column. */
  readonly orientation: readonly number[] | undefined;
  /** Between rows, between columns. */
  readonly spacing: readonly [number, number] | undefined;
  readonly between: number | undefined;
  readonly pixels: { readonly offset: number; readonly length: number };
}

/** Whether bytes begin a DICOM file of part 10. */
export function isDicom(bytes: Uint8Array): boolean {
  return bytes.byteLength >= 132 && Buffer.from(bytes.subarray(128, 132)).toString("latin1") === "DICM";
}

/** Parses a file up to its pixels, or, with `whole`, all of it. @throws SourceError */
export function parseFile(bytes: Uint8Array, label: string, whole = false): DataSet {
  if (!isDicom(bytes)) throw new SourceError(`${label} is not a DICOM file.`);
  const inflater = (array: Uint8Array, position: number): Uint8Array => {
    const rest = inflateRawSync(array.subarray(position), {
      maxOutputLength: MAX_FILE,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return Buffer.concat([array.subarray(0, position), rest]);
  };
  try {
    return dicomParser.parseDicom(bytes, { ...(whole ? {} : { untilTag: "x7fe00010" }), inflater });
  } catch (cause) {
    // The library throws plain strings and objects.
    const told =
      typeof cause === "object" && cause !== null && "exception" in cause ? cause.exception : cause;
    const reason = told instanceof Error ? told.message : String(told);
    throw new SourceError(`${label} is a damaged DICOM file: ${reason.replace(/\.$/, "")}.`, { cause });
  }
}

/** Reads the fields that matter. @throws SourceError for what has no pictures, or says what cannot be */
export function headerOf(set: DataSet, label: string): DicomHeader {
  const damaged = (what: string) => new SourceError(`${label} is not a readable DICOM image: ${what}.`);
  const pixels = set.elements.x7fe00010;
  if (!pixels) throw damaged("it holds no pixels");
  const number = (tag: string): number => set.uint16(tag) ?? 0;
  const decimals = (tag: string, count: number): number[] | undefined => {
    const values = Array.from({ length: count }, (_, i) => set.floatString(tag, i) ?? Number.NaN);
    return values.every(Number.isFinite) ? values : undefined;
  };
  const [rows, columns] = [number("x00280010"), number("x00280011")];
  if (rows < 1 || columns < 1 || rows > MAX_EDGE || columns > MAX_EDGE)
    throw damaged(`its size is ${columns} x ${rows}`);
  const frames = set.intString("x00280008") ?? 1;
  if (!Number.isInteger(frames) || frames < 1 || frames > MAX_FRAMES)
    throw damaged(`it claims ${frames} frames`);
  const samples = number("x00280002") || 1;
  if (samples !== 1 && samples !== 3) throw damaged(`it has ${samples} values a pixel`);
  const bits = number("x00280100");
  if (![8, 16, 32].includes(bits)) throw damaged(`its values have ${bits} bits`);
  const stored = number("x00280101") || bits;
  // Enhanced files say these for all frames at once.
  const shared = (sequence: string): DataSet | undefined =>
    set.elements.x52009229?.items?.[0]?.dataSet?.elements[sequence]?.items?.[0]?.dataSet;
  const measures = shared("x00289110");
  const near = decimals("x00280030", 2) ?? decimalsOf(measures, "x00280030", 2) ?? decimals("x00181164", 2);
  const slope = set.floatString("x00281053") ?? shared("x00289145")?.floatString("x00281053") ?? 1;
  const intercept = set.floatString("x00281052") ?? shared("x00289145")?.floatString("x00281052") ?? 0;
  const [center, width] = [set.floatString("x00281050"), set.floatString("x00281051")];
  const windowed = center !== undefined && width !== undefined && Number.isFinite(center) && width > 1;
  const between =
    set.floatString("x00180088") ?? measures?.floatString("x00180088") ?? measures?.floatString("x00180050");
  return {
    series: set.string("x0020000e") ?? "",
    description: set.string("x0008103e") ?? "",
    modality: set.string("x00080060") ?? "",
    instance: set.intString("x00200013") ?? 0,
    order: set.intString("x00200100") ?? set.intString("x00200012") ?? 0,
    rows,
    columns,
    frames,
    samples,
    bits,
    stored: stored >= 1 && stored <= bits ? stored : bits,
    signed: number("x00280103") === 1,
    planar: number("x00280006") === 1,
    photometric: set.string("x00280004") ?? "MONOCHROME2",
    syntax: set.string("x00020010") ?? "1.2.840.10008.1.2",
    slope: Number.isFinite(slope) && slope !== 0 ? slope : 1,
    intercept: Number.isFinite(intercept) ? intercept : 0,
    window: windowed ? [center - width / 2, center + width / 2] : undefined,
    position: decimals("x00200032", 3),
    orientation: decimals("x00200037", 6) ?? decimalsOf(shared("x00209116"), "x00200037", 6),
    spacing: near?.every((value) => value > 0) ? [near[0] ?? 1, near[1] ?? 1] : undefined,
    between: between !== undefined && between > 0 && Number.isFinite(between) ? between : undefined,
    pixels: { offset: pixels.dataOffset, length: pixels.length },
  };
}

function decimalsOf(set: DataSet | undefined, tag: string, count: number): number[] | undefined {
  if (!set) return undefined;
  const values = Array.from({ length: count }, (_, i) => set.floatString(tag, i) ?? Number.NaN);
  return values.every(Number.isFinite) ? values : undefined;
}
