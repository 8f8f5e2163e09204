/** Opens TIFF, BigTIFF and OME-TIFF: stacks, channels, pyramids; pages are read when they are looked at. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { beside } from "../beside.ts";
import { labelOf, openResource } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { BlockedResource } from "./blocks.ts";
import { defaultsOf } from "./defaults.ts";
import { openContiguous } from "./imagej.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { OtherFiles, readText, unescaped } from "./others.ts";
import { type Page, readPages, type TiffFile } from "./pages.ts";
import { DecodedBlocks, type TiffLevel, tiffSource } from "./source.ts";

/** More channels than this stay one axis. */
const MAX_SPLIT = 64;

/** Opens a file: one layer for each channel, or one of colours. @throws SourceError */
export async function openTiff(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  return openWith(uri, undefined, options);
}

/** Opens the files that a .companion.ome describes. @throws SourceError */
export async function openCompanion(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const xml = await readText(uri, options);
  const [, first] = /\sFileName="([^"]+)"/.exec(xml) ?? [];
  if (!first) throw new SourceError(`${labelOf(uri)} names no file with pixels.`);
  return openWith(await beside(uri, unescaped(first), options), xml, options);
}

async function openWith(
  uri: string,
  metadata: string | undefined,
  options: OpenOptions,
): Promise<OpenedData[]> {
  const resource = await openResource(uri, options);
  const { label } = resource;
  const source = new BlockedResource(resource);
  try {
    const file = await readPages(source, label, options.signal);
    const contiguous = await openContiguous(file, resource, () => source.close());
    if (contiguous) return contiguous;
    const companion = metadata ?? (await companionOf(file, uri, options));
    return await layers(file, label, companion, new OtherFiles(uri, options), () => source.close());
  } catch (cause) {
    await source.close();
    options.signal?.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    throw new SourceError(
      `${label} is not a readable TIFF file: ${cause instanceof Error ? cause.message : cause}.`,
      { cause },
    );
  }
}

/** The metadata of a file that says that they are in another one. */
async function companionOf(file: TiffFile, uri: string, options: OpenOptions): Promise<string | undefined> {
  const [, name] =
    /<(?:\w+:)?BinaryOnly\s[^>]*MetadataFile="([^"]+)"/.exec(file.pages[0]?.description ?? "") ?? [];
  return name === undefined ? undefined : readText(await beside(uri, unescaped(name), options), options);
}

async function layers(
  file: TiffFile,
  label: string,
  companion: string | undefined,
  others: OtherFiles,
  close: () => Promise<void>,
): Promise<OpenedData[]> {
  const first = file.pages[0];
  if (!first) throw new SourceError(`${label} has no pages.`);
  // Thumbnails, labels of slides and smaller copies have other sizes than the pages that make the picture.
  const main = file.pages.filter((page) => !page.reduced && alike(page, first));
  const ome = companion !== undefined || first.description.includes("OME");
  const pages = ome ? file.pages : main;
  const layout = layoutOf(pages, label, companion);
  const blocks = new DecodedBlocks();
  // Pages of other files are forgotten with those.
  const attached = new WeakMap<Page, Page>();
  const through = (page: Page): Page => {
    const known = attached.get(page) ?? blocks.attach(page, label);
    attached.set(page, known);
    return known;
  };
  const planePage = async (t: number, c: number, z: number): Promise<Page | undefined> => {
    const ref = layout.page(t, c, z);
    const page = ref && (ref.file === undefined ? pages[ref.page] : await others.page(ref.file, ref.page));
    if (!page) return undefined;
    if (!alike(page, first)) throw new SourceError(`${label} has planes of different sizes or types.`);
    return through(page);
  };
  const samples = first.rgb ? 1 : first.samples;
  const count = layout.c * samples;
  const split = count <= MAX_SPLIT ? count : samples;
  // Smaller copies in other files would all have to be opened to be known.
  const levelsOf = layout.several ? [] : await pyramid(file, pages, first, layout, through);
  // Axes of one step are left out, but a stack of one plane stays a plane.
  const kept = (["t", "z"] as const).filter((axis) => layout[axis] > 1);
  const whole = count > MAX_SPLIT && layout.c > 1;
  const outer = [...(whole ? [layout.c] : []), ...kept.map((axis) => layout[axis])];
  let open = split;
  return Array.from({ length: split }, (_, index) => {
    const [channel, sample] = [Math.floor(index / samples), index % samples];
    const at = (position: readonly number[]) => {
      const [c, rest] = whole ? [position[0] ?? 0, position.slice(1)] : [channel, position];
      const of = (axis: "t" | "z") => rest[kept.indexOf(axis)] ?? 0;
      return { t: of("t"), c, z: of("z") };
    };
    const levels: TiffLevel[] = [
      {
        width: first.width,
        height: first.height,
        page: (position) => {
          const { t, c, z } = at(position);
          return planePage(t, c, z);
        },
      },
      ...levelsOf.map(({ width, height, page }) => ({
        width,
        height,
        page: (position: readonly number[]) => {
          const { t, c, z } = at(position);
          return page(layout.page(t, c, z)?.page);
        },
      })),
    ];
    const source = tiffSource({
      id: split > 1 ? `${label}#${index}` : label,
      label,
      outer,
      levels,
      like: first,
      sample: first.rgb ? undefined : sample,
      async onDispose() {
        open -= 1;
        if (open === 0) await close();
      },
    });
    const defaults = defaultsOf(layout, whole ? ["c", ...kept] : kept, index, split);
    return { source, rgb: first.rgb, labels: false, label, defaults };
  });
}

function alike(a: Page, b: Page): boolean {
  return a.width === b.width && a.height === b.height && a.samples === b.samples && a.dtype === b.dtype;
}

interface Reduced {
  readonly width: number;
  readonly height: number;
  page(index: number | undefined): Page | undefined;
}

/** Smaller copies: in SubIFDs of each page, or, for a single plane, as pages of their own. */
async function pyramid(
  file: TiffFile,
  pages: readonly Page[],
  first: Page,
  layout: Layout,
  through: (page: Page) => Page,
): Promise<Reduced[]> {
  const fits = (page: Page) =>
    page.samples === first.samples &&
    page.dtype === first.dtype &&
    page.width < first.width &&
    page.height <= first.height;
  if (first.subOffsets.length > 0) {
    const bySub = await Promise.all(first.subOffsets.map((offset) => file.subPage(offset)));
    const good = bySub.map((page, i) => ({ page, i })).filter(({ page }) => fits(page));
    const all = new Map<number, (Page | undefined)[]>();
    for (const [index, page] of pages.entries()) {
      if (!alike(page, first)) continue;
      const subs = await Promise.all(
        good.map(({ i }) =>
          page.subOffsets[i] === undefined ? undefined : file.subPage(page.subOffsets[i]),
        ),
      );
      all.set(
        index,
        subs.map((sub) => sub && through(sub)),
      );
    }
    return good
      .map(({ page }, k) => ({
        width: page.width,
        height: page.height,
        page: (at: number | undefined) => (at === undefined ? undefined : all.get(at)?.[k]),
      }))
      .sort((a, b) => b.width - a.width);
  }
  if (layout.t * layout.c * layout.z > 1) return [];
  const ratio = first.width / first.height;
  return file.pages
    .filter((page) => page.reduced && fits(page) && Math.abs(page.width / page.height / ratio - 1) < 0.05)
    .sort((a, b) => b.width - a.width)
    .map((page) => ({ width: page.width, height: page.height, page: () => through(page) }));
}
