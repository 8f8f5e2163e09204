/** MRC2014 and CCP4 maps: volumes and stacks of electron microscopy. */
import type { BrickArray } from "@eyepiece/engine/data/chunk-source.ts";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { asElements } from "../bytes.ts";
import { openResource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { openRaw } from "../whole.ts";

const HEADER = 1024;
const MAX_EDGE = 2 ** 31;
/** Offsets of the header's words that are used: MRC2014. */
const AT = {
  size: 0,
  mode: 12,
  start: 16,
  grid: 28,
  cell: 40,
  map: 64,
  group: 88,
  extra: 92,
  imod: 152,
  flags: 156,
  origin: 196,
  magic: 208,
  stamp: 212,
};
const IMOD = 1146047817;

/** Opens a .mrc, .mrcs, .map, .ccp4, .rec, .ali or .st. @throws SourceError */
export async function openMrc(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  try {
    const head = await resource.read(0, HEADER, options.signal);
    const header = parseHeader(head, label);
    const source = await openRaw(label, resource, header, options);
    const defaults = { name: label.replace(/\.\w+$/, ""), ...header.place };
    return [{ source, rgb: false, labels: false, label, defaults }];
  } catch (cause) {
    await resource.close();
    throw cause;
  }
}

function parseHeader(head: Uint8Array, label: string) {
  const damaged = (what: string) => new SourceError(`${label} is not a readable MRC file: ${what}.`);
  if (head.byteLength < HEADER) throw damaged("it is shorter than a header");
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const little = isLittle(view, label);
  const int = (at: number) => view.getInt32(at, little);
  const three = (at: number) => [0, 1, 2].map((i) => int(at + 4 * i));
  const reals = (at: number) => [0, 1, 2].map((i) => view.getFloat32(at + 4 * i, little));
  const [nx = 0, ny = 0, nz = 0] = three(AT.size);
  if ([nx, ny, nz].some((size) => size < 1 || size >= MAX_EDGE))
    throw damaged(`its size is ${nx} x ${ny} x ${nz}`);
  const extra = int(AT.extra);
  if (extra < 0) throw damaged(`its extended header has ${extra} bytes`);
  const signed = int(AT.imod) !== IMOD || (int(AT.flags) & 1) === 1;
  const { size, elements } = modeOf(int(AT.mode), little, signed, damaged);
  const grid = three(AT.grid);
  const cell = reals(AT.cell);
  // Which of x, y and z the columns, rows and sections are; zeros were written by old programs for 1, 2, 3.
  const map = three(AT.map);
  const order = [...map].sort().join() === "1,2,3" ? map : [1, 2, 3];
  const voxel = [0, 1, 2].map((axis) => {
    const length = (cell[axis] ?? 0) / (grid[axis] ?? 0);
    return Number.isFinite(length) && length > 0 ? length : undefined;
  });
  const measured = voxel.every((length) => length !== undefined);
  const start = three(AT.start);
  const origin = reals(AT.origin);
  const placed = origin.some((value) => value !== 0) && origin.every(Number.isFinite);
  // Slowest first: sections, rows, columns.
  const axes = order.toReversed().map((number, back) => {
    const axis = number - 1;
    const step = measured ? (voxel[axis] ?? 1) : 1;
    const begin = placed ? (origin[axis] ?? 0) : (start[2 - back] ?? 0) * step;
    return { name: "xyz"[axis] ?? "z", step, begin, unit: measured ? "angstrom" : "pixel" };
  });
  const group = int(AT.group);
  const depth = grid[2] ?? 0;
  const several = group >= 401 && group <= 630 && depth > 0 && nz % depth === 0 && nz > depth;
  const shape = several ? [nz / depth, depth, ny, nx] : nz === 1 ? [ny, nx] : [nz, ny, nx];
  const used = several
    ? [{ name: "volume", step: 1, begin: 0, unit: "pixel" }, ...axes]
    : axes.slice(-shape.length);
  return {
    shape,
    channels: 0 as const,
    size,
    start: HEADER + extra,
    elements,
    place: {
      scale: used.map(({ step }) => step),
      translate: used.map(({ begin }) => begin),
      units: used.map(({ unit }) => unit),
      axis_labels: used.map(({ name }) => name),
    },
  };
}

/** By the machine stamp; where it says nothing, by which order gives a mode that exists. */
function isLittle(view: DataView, label: string): boolean {
  const stamp = view.getUint8(AT.stamp);
  const sane = (little: boolean) => {
    const mode = view.getInt32(AT.mode, little);
    return mode >= 0 && mode <= 101 && view.getInt32(AT.size, little) > 0;
  };
  if (stamp === 0x44 && sane(true)) return true;
  if (stamp === 0x11 && sane(false)) return false;
  if (sane(true)) return true;
  if (sane(false)) return false;
  throw new SourceError(`${label} is not an MRC file.`);
}

function modeOf(
  mode: number,
  little: boolean,
  signed: boolean,
  damaged: (what: string) => SourceError,
): { size: number; elements: (body: Uint8Array<ArrayBuffer>) => BrickArray } {
  const of = (dtype: "int8" | "uint8" | "int16" | "uint16" | "float32", size: number) => ({
    size,
    elements: (body: Uint8Array<ArrayBuffer>) => asElements(body, dtype, little),
  });
  if (mode === 0) return of(signed ? "int8" : "uint8", 1);
  if (mode === 1) return of("int16", 2);
  if (mode === 2) return of("float32", 4);
  if (mode === 6) return of("uint16", 2);
  if (mode === 12)
    return {
      size: 2,
      elements: (body) =>
        Float32Array.from(new Float16Array(asElements(body, "uint16", little).buffer as ArrayBuffer)),
    };
  if (mode === 3 || mode === 4) throw damaged("it holds complex numbers, which cannot be shown");
  throw damaged(`its values are of mode ${mode}`);
}
