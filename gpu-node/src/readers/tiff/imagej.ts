/** ImageJ's files beyond 4 GB: one page, and all planes after it in one piece. */
import { ELEMENT_BYTES } from "@eyepiece/engine/data/array.ts";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { asElements } from "../bytes.ts";
import { planeSource } from "../plane-source.ts";
import type { Resource } from "../resource.ts";
import type { OpenedData } from "../types.ts";
import { defaultsOf } from "./defaults.ts";
import { imagejPlanes, layoutOf } from "./layout.ts";
import type { TiffFile } from "./pages.ts";

/** The layers of such a file, which then own it; undefined for any other. @throws SourceError */
export async function openContiguous(
  file: TiffFile,
  resource: Resource,
  close: () => Promise<void>,
): Promise<OpenedData[] | undefined> {
  const [page] = file.pages;
  const planes = page ? imagejPlanes(page.description) : 0;
  if (!page || file.pages.length !== 1 || planes <= 1) return undefined;
  const { label, size } = resource;
  const { directory, width, height, dtype } = page;
  const compression = Number(directory.getValue("Compression") ?? 1);
  const plain = page.image.getBitsPerSample() === ELEMENT_BYTES[dtype] * 8;
  if (compression !== 1 || page.samples !== 1 || !plain)
    throw new SourceError(
      `${label} is an ImageJ file without a page for each plane, and not of plain values: save it as OME-TIFF.`,
    );
  const offsets: unknown = await directory.loadValue("StripOffsets");
  const first = Number(
    typeof offsets === "object" && offsets !== null ? (offsets as ArrayLike<number | bigint>)[0] : offsets,
  );
  const bytes = width * height * ELEMENT_BYTES[dtype];
  if (!Number.isSafeInteger(first) || first < 0 || (size !== undefined && first + planes * bytes > size))
    throw new SourceError(`${label} is cut short: ImageJ says that it has ${planes} planes.`);
  const layout = layoutOf(file.pages, label, undefined, planes);
  const kept = (["t", "z"] as const).filter((axis) => layout[axis] > 1);
  let open = layout.c;
  return Array.from({ length: layout.c }, (_, channel) => ({
    source: planeSource({
      id: layout.c > 1 ? `${label}#${channel}` : label,
      label,
      dtype,
      shape: [...kept.map((axis) => layout[axis]), height, width],
      channels: 0,
      async plane(at, signal) {
        const of = (axis: "t" | "z") => at[kept.indexOf(axis)] ?? 0;
        const number = layout.page(of("t"), channel, of("z"))?.page ?? 0;
        const body = await resource.read(first + number * bytes, bytes, signal);
        return asElements(new Uint8Array(body), dtype, file.tiff.littleEndian);
      },
      async onDispose() {
        open -= 1;
        if (open === 0) await close();
      },
    }),
    rgb: false,
    labels: false,
    label,
    defaults: defaultsOf(layout, kept, channel, layout.c),
  }));
}
