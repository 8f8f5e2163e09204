/** DICOM: one file, or a folder of a series, as a volume in the patient's space. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BrickArray, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { placeAxes } from "../placement.ts";
import { planeSource } from "../plane-source.ts";
import { openResource, type Resource, resolved } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { checkSyntax, readFrame, type Stored } from "./frame.ts";
import { type DicomHeader, HEAD_BYTES, headerOf, isDicom, MAX_FILE, parseFile } from "./header.ts";
import { type Slice, sortSlices } from "./sort.ts";

/** Most files of a folder, and most series that are opened at once. */
const MAX_FILES = 20_000;
const MAX_SERIES = 16;

/** Opens a .dcm file, or a folder of them. @throws SourceError */
export async function openDicom(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  if (/^https?:/i.test(uri)) return openFiles([uri], options);
  const path = await resolved(uri, options.policy);
  const facts = await stat(path);
  return openFiles(facts.isDirectory() ? await dicomFiles(path, options) : [uri], options);
}

/** Whether a file, or the first files of a folder, are DICOM; false where there is nothing. */
export async function isDicomAt(uri: string, options: OpenOptions): Promise<boolean> {
  // Names of such files often end with nothing that tells; behind an address nobody looks.
  if (/^[a-z][\w+.-]+:/i.test(uri) && !/^file:/i.test(uri)) return false;
  const path = await resolved(uri, options.policy);
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isFile()) return startsAsDicom(path, options);
  if (!facts?.isDirectory()) return false;
  const names = (await readdir(path)).filter((name) => !name.startsWith(".") && name !== "DICOMDIR").sort();
  for (const name of names.slice(0, 8)) if (await startsAsDicom(join(path, name), options)) return true;
  return false;
}

async function startsAsDicom(path: string, options: OpenOptions): Promise<boolean> {
  const resource = await openResource(path, options).catch(() => undefined);
  if (!resource) return false;
  try {
    return isDicom(await resource.read(0, 132));
  } finally {
    await resource.close();
  }
}

async function dicomFiles(folder: string, options: OpenOptions): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "DICOMDIR")
    .map(({ name }) => name)
    .sort();
  if (names.length > MAX_FILES)
    throw new SourceError(`The folder holds more than ${MAX_FILES} files: open a part of it.`);
  const files: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (/\.(dcm|dicom|ima)$/i.test(name) || (await startsAsDicom(path, options))) files.push(path);
  }
  return files;
}

interface Found extends Slice {
  readonly uri: string;
  readonly header: DicomHeader;
}

async function openFiles(files: readonly string[], options: OpenOptions): Promise<OpenedData[]> {
  const series = new Map<string, Found[]>();
  for (const [number, uri] of files.entries()) {
    options.signal?.throwIfAborted();
    const header = await readHeader(uri, options);
    const key = [header.series, header.rows, header.columns, header.samples, header.bits].join(" ");
    const list = series.get(key) ?? [];
    list.push({ uri, header, ...header });
    series.set(key, list);
    options.onProgress?.((number + 1) / files.length, "Reading DICOM headers");
  }
  if (series.size > MAX_SERIES)
    throw new SourceError(
      `The folder holds ${series.size} series of DICOM files: open a folder of one of them.`,
    );
  if (series.size === 0) throw new SourceError("The folder holds no DICOM images.");
  return [...series.values()].map((list, number) => {
    const layer = openSeries(list, options);
    // One volume over another would hide it.
    return number === 0 ? layer : { ...layer, defaults: { ...layer.defaults, visible: false } };
  });
}

async function readHeader(uri: string, options: OpenOptions): Promise<DicomHeader> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  try {
    const head = await resource.read(0, HEAD_BYTES, options.signal);
    let header: DicomHeader;
    try {
      header = headerOf(parseFile(head, label), label);
    } catch (cause) {
      // A long header, or one that is deflated, needs the rest of the file.
      if (resource.size === undefined || resource.size <= head.byteLength || !isDicom(head)) throw cause;
      if (resource.size > MAX_FILE)
        throw new SourceError(`${label} is too large for a DICOM file.`, { cause });
      header = headerOf(parseFile(await resource.read(0, resource.size, options.signal), label), label);
    }
    checkSyntax(header, label);
    return header;
  } finally {
    await resource.close();
  }
}

function openSeries(list: readonly Found[], options: OpenOptions): OpenedData {
  const model = list[0];
  if (!model) throw new SourceError("The series holds no images.");
  const { header } = model;
  const name =
    header.description || (list.length === 1 ? labelOfFile(model.uri) : header.modality || "DICOM");
  const several = list.length > 1;
  if (several && list.some((each) => each.header.frames > 1))
    throw new SourceError(`${name} has files of several frames each: open them one by one.`);
  const sorted = sortSlices(list);
  const files = sorted.volumes.flat();
  const depth = several ? (sorted.volumes[0]?.length ?? 1) : header.frames;
  const times = several ? sorted.volumes.length : 1;
  const outer = [...(times > 1 ? [times] : []), ...(depth > 1 ? [depth] : [])];
  const shape = [...outer, header.rows, header.columns];
  const values = valuesOf(files.map((file) => file.header));
  const open = new Map<string, Promise<Resource>>();
  const fileOf = (uri: string): Promise<Resource> => {
    // Handles of a few files: a series has thousands.
    const known = open.get(uri);
    if (known) return known;
    const { signal: _opening, ...later } = options;
    const resource = openResource(uri, later);
    resource.catch(() => open.delete(uri));
    open.set(uri, resource);
    return resource;
  };
  const source = planeSource({
    id: name,
    label: name,
    dtype: values.dtype,
    shape,
    channels: header.samples === 3 ? 3 : 0,
    async plane(at, signal) {
      const number = at.reduce((sum, value, axis) => sum * (outer[axis] ?? 1) + value, 0);
      const file = several ? files[number] : model;
      if (!file) throw new SourceError(`${name} has no slice ${number}.`);
      const resource = await fileOf(file.uri);
      try {
        return values.convert(
          await readFrame(resource, file.header, several ? 0 : number, signal),
          file.header,
        );
      } finally {
        if (several) {
          open.delete(file.uri);
          await resource.close();
        }
      }
    },
    async onDispose() {
      for (const resource of open.values())
        await resource.then((file) => file.close()).catch(() => undefined);
    },
  });
  const first = files[0]?.header ?? header;
  return {
    source,
    rgb: header.samples === 3,
    labels: false,
    label: name,
    defaults: { name, ...placeOf(first, sorted.step, times > 1, depth > 1), ...lookOf(first) },
  };
}

function labelOfFile(uri: string): string {
  return (uri.split("/").at(-1) ?? uri).replace(/\.(dcm|dicom|ima)$/i, "");
}

/** The element type in which all slices' meant values fit, and how stored ones become those. */
function valuesOf(headers: readonly DicomHeader[]): {
  dtype: Dtype;
  convert: (stored: Stored, header: DicomHeader) => BrickArray;
} {
  const [first] = headers;
  if (!first || first.samples === 3) {
    if (first && first.bits !== 8)
      throw new SourceError("Colours of more than 8 bits are not read from DICOM files.");
    return { dtype: "uint8", convert: (stored) => stored };
  }
  const plain = headers.every(({ slope, intercept }) => slope === 1 && intercept === 0);
  if (plain) {
    const dtype = `${first.signed ? "int" : "uint"}${first.bits}` as Dtype;
    return { dtype, convert: (stored) => stored };
  }
  const whole = headers.every(
    ({ slope, intercept }) => Number.isInteger(slope) && Number.isInteger(intercept),
  );
  const ends = headers.flatMap(({ signed, stored, slope, intercept }) => {
    const [low, high] = signed ? [-(2 ** (stored - 1)), 2 ** (stored - 1) - 1] : [0, 2 ** stored - 1];
    return [low * slope + intercept, high * slope + intercept];
  });
  const fits = (low: number, high: number) => ends.every((value) => value >= low && value <= high);
  const scaled = <T extends BrickArray>(out: T, stored: Stored, { slope, intercept }: DicomHeader): T => {
    const target = out as Float64Array;
    for (let i = 0; i < stored.length; i++) target[i] = (stored[i] ?? 0) * slope + intercept;
    return out;
  };
  // Files say fewer stored bits than they use (padding outside the field of view), so 16 bits only hold what 16 can.
  if (whole && fits(-32768, 32767) && first.bits <= 16 && first.stored < 16)
    return {
      dtype: "int16",
      convert: (stored, header) => scaled(new Int16Array(stored.length), stored, header),
    };
  if (whole && fits(-(2 ** 31), 2 ** 31 - 1))
    return {
      dtype: "int32",
      convert: (stored, header) => scaled(new Int32Array(stored.length), stored, header),
    };
  return {
    dtype: "float32",
    convert: (stored, header) => scaled(new Float32Array(stored.length), stored, header),
  };
}

/** Axes of a slice and of the way between slices, in x, y, z of the patient turned round: z first. */
function placeOf(header: DicomHeader, step: readonly number[] | undefined, time: boolean, stack: boolean) {
  const [down = 1, across = 1] = header.spacing ?? [];
  const measured = header.spacing !== undefined;
  const row = header.orientation?.slice(0, 3);
  const column = header.orientation?.slice(3);
  const unit = measured ? "millimeter" : "pixel";
  const outer = [...(time ? ["t"] : []), ...(stack ? ["z"] : [])];
  const turned = (vector: readonly number[], length: number) =>
    vector.toReversed().map((value) => value * length);
  const known = stack && row && column && step && header.position;
  const place = known
    ? placeAxes(
        [...(time ? [1] : []), step.toReversed(), turned(column, down), turned(row, across)],
        header.position.toReversed(),
      )
    : { scale: [...(time ? [1] : []), ...(stack ? [header.between ?? 1] : []), down, across] };
  return {
    ...place,
    units: [...outer.map((axis) => (axis === "z" ? unit : "pixel")), unit, unit],
    axis_labels: [...outer, "y", "x"],
  };
}

function lookOf(header: DicomHeader) {
  const reversed = {
    name: "gray_r",
    colors: [
      [1, 1, 1, 1],
      [0, 0, 0, 1],
    ] as [number, number, number, number][],
    controls: [0, 1],
    interpolation: "linear" as const,
  };
  return {
    ...(header.samples === 1 && header.window
      ? { contrast_limits: [header.window[0], header.window[1]] as [number, number] }
      : {}),
    ...(header.photometric === "MONOCHROME1" ? { colormap: reversed } : {}),
  };
}
