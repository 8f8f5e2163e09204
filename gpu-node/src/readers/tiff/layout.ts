/** Which page holds which plane: by OME-XML, by ImageJ's description, or one after the other. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { XMLParser } from "fast-xml-parser";
import type { Page } from "./pages.ts";

/** Where a plane is. */
export interface PlaneRef {
  readonly page: number;
  /** Name of the file that has it, where that is not the one that was opened. */
  readonly file: string | undefined;
}

/** Planes of an image. Axes t, c, z; a page for each, or undefined where the file has none. */
export interface Layout {
  readonly name: string;
  readonly t: number;
  readonly c: number;
  readonly z: number;
  page(t: number, c: number, z: number): PlaneRef | undefined;
  /** Some planes are in other files. */
  readonly several: boolean;
  /** Size of a voxel and step, z y x and t, with units. */
  readonly size: { readonly z: number; readonly y: number; readonly x: number; readonly t: number };
  readonly unit: string;
  readonly timeUnit: string;
  readonly channels: readonly { readonly name?: string; readonly color?: string }[];
}

const MAX_XML = 64 * 1024 * 1024;
const MAX_AXIS = 1_000_000;
const LENGTHS: Readonly<Record<string, string>> = {
  m: "meter",
  cm: "centimeter",
  mm: "millimeter",
  µm: "micrometer",
  μm: "micrometer",
  um: "micrometer",
  micron: "micrometer",
  microns: "micrometer",
  "\\u00B5m": "micrometer",
  nm: "nanometer",
  å: "angstrom",
  Å: "angstrom",
};
const TIMES: Readonly<Record<string, string>> = {
  s: "second",
  ms: "millisecond",
  min: "minute",
  h: "hour",
  sec: "second",
};

/** The layout of a file's main pages. @throws SourceError */
export function layoutOf(
  pages: readonly Page[],
  label: string,
  companion?: string,
  count = pages.length,
): Layout {
  const description = companion ?? pages[0]?.description ?? "";
  if (/<(?:\w+:)?OME[\s>]/.test(description)) return omeLayout(description, pages.length, label);
  if (/^ImageJ=/.test(description)) return imagejLayout(description, pages, count, label);
  return stack(pages.length, label);
}

function stack(count: number, label: string): Layout {
  const size = { z: 1, y: 1, x: 1, t: 1 };
  return {
    name: baseName(label),
    t: 1,
    c: 1,
    z: count,
    page: (_t, _c, z) => ({ page: z, file: undefined }),
    several: false,
    size,
    unit: "pixel",
    timeUnit: "pixel",
    channels: [],
  };
}

function baseName(label: string): string {
  return label.replace(/(\.ome)?\.(tiff?|btf|tf8|svs)$/i, "");
}

/** How many planes ImageJ says that there are; 0 for other files. */
export function imagejPlanes(description: string): number {
  if (!/^ImageJ=/.test(description)) return 0;
  const count = Number(/^images=(\d{1,9})\r?$/m.exec(description)?.[1] ?? 1);
  return Number.isSafeInteger(count) && count >= 1 ? count : 1;
}

function imagejLayout(description: string, pages: readonly Page[], planes: number, label: string): Layout {
  const fields = new Map(
    description.split(/\r?\n/).map((line) => {
      const [key = "", ...rest] = line.split("=");
      return [key, rest.join("=")];
    }),
  );
  const count = (name: string) =>
    Math.max(1, Math.min(MAX_AXIS, Math.floor(Number(fields.get(name) ?? 1)) || 1));
  let [c, z, t] = [count("channels"), count("slices"), count("frames")];
  // Without dimensions that multiply to what is there, the pages are what is known.
  if (c * z * t !== planes) [c, z, t] = [1, planes, 1];
  const resolution = (axis: 0 | 1): number => (fields.has("unit") ? (pages[0]?.step[axis] ?? 1) : 1);
  const positive = (text: string | undefined): number =>
    Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : 1;
  const unit = LENGTHS[fields.get("unit") ?? ""] ?? "pixel";
  const interval = Number(fields.get("finterval"));
  return {
    name: baseName(label),
    t,
    c,
    z,
    page: (frame, channel, slice) => ({ page: channel + c * (slice + z * frame), file: undefined }),
    several: false,
    size: {
      x: resolution(0),
      y: resolution(1),
      z: positive(fields.get("spacing")),
      t: interval > 0 ? interval : 1,
    },
    unit,
    timeUnit: interval > 0 ? (TIMES[fields.get("tunit") ?? "s"] ?? "second") : "pixel",
    channels: [],
  };
}

type Node = Readonly<Record<string, unknown>>;

function omeLayout(xml: string, count: number, label: string): Layout {
  const broken = (what: string) => new SourceError(`${label} has OME metadata that cannot be used: ${what}.`);
  if (xml.length > MAX_XML) throw broken("they are too large");
  // Entities are how a short text becomes a long one; OME-XML needs none of its own.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw broken("they declare a document type");
  let parsed: unknown;
  try {
    parsed = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "",
      removeNSPrefix: true,
      parseAttributeValue: false,
      processEntities: true,
      isArray: (name) => ["Image", "Channel", "TiffData"].includes(name),
    }).parse(xml);
  } catch (cause) {
    throw new SourceError(`${label} has OME metadata that are not XML.`, { cause });
  }
  const image = list(child(child(parsed, "OME"), "Image"))[0];
  const pixels = child(image, "Pixels");
  if (!image || !pixels) throw broken("they name no image");
  const number = (name: string): number => {
    const value = Number(pixels[name]);
    if (!Number.isSafeInteger(value) || value < 1 || value > MAX_AXIS)
      throw broken(`${name} is ${String(pixels[name])}`);
    return value;
  };
  const [t, z, sizeC] = [number("SizeT"), number("SizeZ"), number("SizeC")];
  const channels = list(child(pixels, "Channel"));
  // Samples of one page (RGB, and the like) are counted as channels, but have no pages of their own.
  const spp = Math.max(1, Number(channels[0]?.SamplesPerPixel ?? 1) || 1);
  const c = Math.max(1, Math.floor(sizeC / spp));
  if (t * z * c > 10_000_000) throw broken("it claims more planes than can be");
  const order = String(pixels.DimensionOrder ?? "XYCZT").slice(2);
  if (!["CZT", "CTZ", "ZCT", "ZTC", "TCZ", "TZC"].includes(order)) throw broken(`its order is ${order}`);
  const sizes: Readonly<Record<string, number>> = { T: t, Z: z, C: c };
  const linear = (at: Readonly<Record<string, number>>): number => {
    const [a = "C", b = "Z", last = "T"] = order;
    return (at[a] ?? 0) + (sizes[a] ?? 1) * ((at[b] ?? 0) + (sizes[b] ?? 1) * (at[last] ?? 0));
  };
  const planes = planeTable(list(child(pixels, "TiffData")), sizes, order, linear, count, label);
  const physical = (name: string): number => {
    const value = Number(pixels[name]);
    return Number.isFinite(value) && value > 0 ? value : 1;
  };
  const measured = pixels.PhysicalSizeX !== undefined;
  return {
    name: String(image.Name || baseName(label)),
    t,
    c,
    z,
    page: (T, C, Z) =>
      planes ? planes.get(linear({ T, C, Z })) : { page: linear({ T, C, Z }), file: undefined },
    several: planes !== undefined && [...planes.values()].some(({ file }) => file !== undefined),
    size: {
      x: physical("PhysicalSizeX"),
      y: physical("PhysicalSizeY"),
      z: physical("PhysicalSizeZ"),
      t: physical("TimeIncrement"),
    },
    unit: measured ? (LENGTHS[String(pixels.PhysicalSizeXUnit ?? "µm")] ?? "pixel") : "pixel",
    timeUnit:
      pixels.TimeIncrement !== undefined
        ? (TIMES[String(pixels.TimeIncrementUnit ?? "s")] ?? "second")
        : "pixel",
    channels: channels.map(({ Name, Color }) => ({
      ...(Name !== undefined ? { name: String(Name) } : {}),
      ...(Color !== undefined ? { color: rgbOf(Number(Color)) } : {}),
    })),
  };
}

/** Page by plane, where TiffData says so; undefined where pages follow the order. */
function planeTable(
  data: readonly Node[],
  sizes: Readonly<Record<string, number>>,
  order: string,
  linear: (at: Readonly<Record<string, number>>) => number,
  count: number,
  label: string,
): Map<number, PlaneRef> | undefined {
  if (data.length === 0 || (data.length === 1 && data[0]?.IFD === undefined && data[0]?.FirstT === undefined))
    return undefined;
  const planes = new Map<number, PlaneRef>();
  const total = (sizes.T ?? 1) * (sizes.C ?? 1) * (sizes.Z ?? 1);
  for (const entry of data) {
    const at = (name: string): number => Math.max(0, Math.floor(Number(entry[name] ?? 0)) || 0);
    const [a = "C", b = "Z", last = "T"] = order;
    const named = child(entry, "UUID")?.FileName;
    // A file that was renamed is still the only one.
    const file =
      named === undefined || String(named) === label || data.length === 1 ? undefined : String(named);
    const first = linear({ C: at("FirstC"), Z: at("FirstZ"), T: at("FirstT") });
    const page = at("IFD");
    const most = file === undefined ? count - page : total;
    const span = entry.PlaneCount !== undefined ? at("PlaneCount") : entry.IFD !== undefined ? 1 : most;
    for (let i = 0; i < Math.min(span, total - first, most); i++)
      planes.set(first + i, { page: page + i, file });
    if (![a, b, last].every((name) => name in sizes)) break;
  }
  return planes;
}

function rgbOf(color: number): string {
  // A signed 32-bit RGBA.
  return ((color >>> 8) & 0xffffff).toString(16).padStart(6, "0");
}

function child(node: unknown, name: string): Node | undefined {
  const value = typeof node === "object" && node !== null ? (node as Node)[name] : undefined;
  return typeof value === "object" && value !== null ? (value as Node) : undefined;
}

function list(value: unknown): Node[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
    (entry): entry is Node => typeof entry === "object" && entry !== null,
  );
}
