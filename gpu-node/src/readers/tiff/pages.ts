/** The pages of a TIFF file: what their tags say, found without following a chain for ever. */
import { type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { GeoTIFF, GeoTIFFImage, type ImageFileDirectory } from "geotiff";
import type { BlockedResource } from "./blocks.ts";

const MAX_PAGES = 100_000;
const MAX_SUB = 32;
/** Most voxels of a page along an axis. */
const MAX_EDGE = 2 ** 31;

/** One page, or one level of a page's pyramid. */
export interface Page {
  readonly image: GeoTIFFImage;
  readonly directory: ImageFileDirectory;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly dtype: Dtype;
  /** Colours that the library turns into RGB: YCbCr, palettes, CMYK and CIELab. */
  readonly converted: boolean;
  readonly rgb: boolean;
  /** The page is a smaller copy of another, or a mask. */
  readonly reduced: boolean;
  readonly description: string;
  /** Units of length a pixel, x and y: the resolution tags turned round; 1 where there are none. */
  readonly step: readonly [number, number];
  readonly subOffsets: readonly number[];
}

/** A parsed file. */
export interface TiffFile {
  readonly tiff: GeoTIFF;
  readonly pages: readonly Page[];
  /** Reads the page at an offset that a SubIFDs tag names. */
  subPage(offset: number): Promise<Page>;
}

/** Reads all directories. @throws SourceError */
export async function readPages(
  source: BlockedResource,
  label: string,
  signal?: AbortSignal,
): Promise<TiffFile> {
  const tiff = await GeoTIFF.fromSource(source as never, { cache: false }, signal);
  // Values that the library reads later, it reads as little-endian whatever the file is; read at once, they are right.
  tiff.parser.eager = true;
  const read = async (offset: number): Promise<{ page: Page; next: number }> => {
    signal?.throwIfAborted();
    const directory = await tiff.parser.parseFileDirectoryAt(offset);
    const image = new GeoTIFFImage(directory, tiff.littleEndian, false, tiff.source);
    return { page: await describe(image, directory, label), next: Number(directory.nextIFDByteOffset) };
  };
  const pages: Page[] = [];
  const seen = new Set<number>();
  for (let offset = Number(tiff.firstIFDOffset); offset !== 0; ) {
    // A chain that returns to where it was would never end.
    if (seen.has(offset) || seen.size >= MAX_PAGES) {
      throw new SourceError(
        `${label} is damaged: its pages run in a circle, or there are more than ${MAX_PAGES}.`,
      );
    }
    seen.add(offset);
    const { page, next } = await read(offset);
    pages.push(page);
    offset = next;
  }
  return { tiff, pages, subPage: async (offset) => (await read(offset)).page };
}

async function describe(image: GeoTIFFImage, directory: ImageFileDirectory, label: string): Promise<Page> {
  const [width, height] = [image.getWidth(), image.getHeight()];
  const sane = (size: number) => Number.isSafeInteger(size) && size > 0 && size < MAX_EDGE;
  const [tileWidth, tileHeight] = [image.getTileWidth(), image.getTileHeight()];
  if (![width, height, tileWidth, tileHeight].every(sane)) {
    throw new SourceError(
      `${label} is damaged: a page of ${width} x ${height} in parts of ${tileWidth} x ${tileHeight}.`,
    );
  }
  const samples = image.getSamplesPerPixel();
  if (!Number.isSafeInteger(samples) || samples < 1 || samples > 4096) {
    throw new SourceError(`${label} is damaged: it claims ${samples} values a pixel.`);
  }
  const photometric = Number(directory.getValue("PhotometricInterpretation") ?? 1);
  const dtype = dtypeOf(image, label);
  const converted = [3, 5, 6, 8].includes(photometric) && dtype === "uint8";
  const rgb = converted || (photometric === 2 && (samples === 3 || samples === 4) && dtype === "uint8");
  const subfile = Number(directory.getValue("NewSubfileType") ?? 0);
  const description = directory.hasTag("ImageDescription")
    ? await directory.loadValue("ImageDescription")
    : "";
  const sub: unknown = directory.hasTag("SubIFDs") ? await directory.loadValue("SubIFDs") : [];
  const list =
    typeof sub === "number" ? [sub] : Array.from((sub as ArrayLike<number | bigint>) ?? [], Number);
  return {
    image,
    directory,
    width,
    height,
    samples,
    dtype,
    converted,
    rgb,
    reduced: (subfile & 5) !== 0,
    description: typeof description === "string" ? description.replace(/\0+$/, "") : "",
    step: [await stepOf(directory, "XResolution"), await stepOf(directory, "YResolution")],
    subOffsets: list.slice(0, MAX_SUB),
  };
}

async function stepOf(directory: ImageFileDirectory, tag: "XResolution" | "YResolution"): Promise<number> {
  const value: unknown = directory.hasTag(tag) ? await directory.loadValue(tag) : undefined;
  const [over, under] = Array.from((value as ArrayLike<number> | undefined) ?? []);
  const step = Number(under) / Number(over);
  return Number.isFinite(step) && step > 0 ? step : 1;
}

function dtypeOf(image: GeoTIFFImage, label: string): Dtype {
  const bits = image.getBitsPerSample();
  const format = image.getSampleFormat();
  const kind =
    format === 2 ? "int" : format === 3 ? "float" : format === 1 || format === 4 ? "uint" : undefined;
  const found = DTYPES[`${kind}${bits <= 8 && kind === "uint" ? 8 : bits}`];
  if (!found)
    throw new SourceError(`${label} has ${bits}-bit values of format ${format}, which cannot be shown.`);
  return found;
}

const DTYPES: Readonly<Record<string, Dtype>> = {
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  int8: "int8",
  int16: "int16",
  int32: "int32",
  float16: "float32",
  float32: "float32",
  float64: "float64",
};
