/** Plates (high-content screening) and wells: all fields of view side by side, opened when they are looked at. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as zarr from "zarrita";
import { withCoarserLevels } from "../coarser.ts";
import type { OpenedData } from "../types.ts";
import { ChunkReader } from "./chunks.ts";
import { openImage, type Store, translated } from "./image.ts";
import { type OmePlate, type OmeWell, readAttributes } from "./metadata.ts";
import { type MosaicGrid, mosaicSource } from "./mosaic.ts";

/** Fields whose metadata are kept. */
const MAX_OPEN_FIELDS = 4096;

type Group = zarr.Group<Store>;

/** All wells in their rows and columns, the fields of each in a square within it. @throws SourceError */
export async function openPlate(group: Group, plate: OmePlate, label: string): Promise<OpenedData[]> {
  const [rows, columns] = [plate.rows.length, plate.columns.length];
  const wells = new Map<number, string>();
  for (const well of plate.wells) {
    const [rowName, columnName] = well.path.split("/");
    const row = well.rowIndex ?? plate.rows.findIndex(({ name }) => name === rowName);
    const column = well.columnIndex ?? plate.columns.findIndex(({ name }) => name === columnName);
    if (row < 0 || column < 0 || row >= rows || column >= columns)
      throw new SourceError(
        `${label} has a well ${well.path} that is in none of its ${rows} rows and ${columns} columns.`,
      );
    wells.set(row * columns + column, well.path);
  }
  const read = new Map<string, Promise<readonly string[]>>();
  const fieldsOf = (path: string): Promise<readonly string[]> => {
    const known = read.get(path);
    if (known) return known;
    const fields = wellAt(group, path, label).then((well) =>
      fieldPaths(well).map((field) => `${path}/${field}`),
    );
    fields.catch(() => read.delete(path));
    read.set(path, fields);
    return fields;
  };
  const first = await fieldsOf(plate.wells[0]?.path ?? "");
  const count = Math.max(first.length, plate.field_count ?? 1);
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  return mosaic(group, label, plate.name || nameOf(label), first[0] ?? "", {
    rows: rows * down,
    columns: columns * across,
    async path(row, column) {
      const well = wells.get(Math.floor(row / down) * columns + Math.floor(column / across));
      return well === undefined
        ? undefined
        : (await fieldsOf(well))[(row % down) * across + (column % across)];
    },
  });
}

/** The fields of one well in a square. @throws SourceError */
export async function openWell(group: Group, well: OmeWell, label: string): Promise<OpenedData[]> {
  const paths = fieldPaths(well);
  const across = Math.ceil(Math.sqrt(paths.length));
  return mosaic(group, label, nameOf(label), paths[0] ?? "", {
    rows: Math.ceil(paths.length / across),
    columns: across,
    path: async (row, column) => paths[row * across + column],
  });
}

/** Fields of the first acquisition: those of others show the same places again. */
function fieldPaths({ images }: OmeWell): string[] {
  const acquisition = images[0]?.acquisition;
  return images.filter((image) => image.acquisition === acquisition).map(({ path }) => path);
}

async function wellAt(group: Group, path: string, label: string): Promise<OmeWell> {
  const found = await openAt(group, path, label);
  const kind = readAttributes(found.attrs, `${label}/${path}`);
  if (!kind || !("well" in kind)) throw new SourceError(`${label}/${path} is listed as a well, and is none.`);
  return kind.well;
}

async function openAt(group: Group, path: string, label: string): Promise<Group> {
  return zarr.open(group.resolve(path), { kind: "group" }).catch((cause: unknown) => {
    throw translated(cause, `${label}/${path}`);
  });
}

interface Paths extends Pick<MosaicGrid, "rows" | "columns"> {
  /** The field's path; undefined where there is none. */
  path(row: number, column: number): Promise<string | undefined>;
}

async function mosaic(
  group: Group,
  label: string,
  name: string,
  first: string,
  paths: Paths,
): Promise<OpenedData[]> {
  // One store of chunks for all fields: each with its own would be bounded by nothing.
  const chunks = new ChunkReader(label);
  const opened = new Map<string, Promise<OpenedData[]>>();
  const fieldAt = (path: string): Promise<OpenedData[]> => {
    const known = opened.get(path);
    if (known) return known;
    const field = openAt(group, path, label).then((found) => {
      const where = `${label}/${path}`;
      const kind = readAttributes(found.attrs, where);
      if (!kind || !("image" in kind))
        throw new SourceError(`${where} is listed as a field of view, and is no image.`);
      return openImage(found, kind.image, where, chunks, () => {});
    });
    field.catch(() => opened.delete(path));
    opened.set(path, field);
    const [oldest] = opened.keys();
    if (opened.size > MAX_OPEN_FIELDS && oldest !== undefined) opened.delete(oldest);
    return field;
  };
  const model = await fieldAt(first);
  let open = model.length;
  return model.map((channel, index) => ({
    ...channel,
    label,
    source: withCoarserLevels(
      mosaicSource(
        model.length > 1 ? `${label}#${index}` : label,
        label,
        channel.source,
        {
          rows: paths.rows,
          columns: paths.columns,
          async field(row, column) {
            const path = await paths.path(row, column);
            return path === undefined ? undefined : (await fieldAt(path))[index]?.source;
          },
        },
        () => {
          open -= 1;
          if (open === 0) chunks.clear();
        },
      ),
    ),
    defaults: { ...channel.defaults, ...(model.length > 1 ? {} : { name }) },
  }));
}

function nameOf(label: string): string {
  return label.replace(/(\.ome)?\.zarr$/i, "");
}
