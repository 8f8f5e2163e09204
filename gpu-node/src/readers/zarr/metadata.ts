/** OME-Zarr's attributes (versions 0.1 to 0.5), checked and put into one form. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";

const MAX_AXES = 16;
const MAX_LEVELS = 64;
const MAX_CHANNELS = 1024;

const numbers = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(MAX_AXES));
const Transform = v.object({
  type: v.string(),
  scale: v.optional(numbers),
  translation: v.optional(numbers),
});
const transforms = v.optional(v.pipe(v.array(Transform), v.maxLength(8)), []);
const Axis = v.union([
  v.string(),
  v.object({ name: v.string(), type: v.optional(v.string()), unit: v.optional(v.nullable(v.string())) }),
]);
const Multiscale = v.object({
  name: v.optional(v.nullable(v.string())),
  axes: v.optional(v.pipe(v.array(Axis), v.maxLength(MAX_AXES))),
  datasets: v.pipe(
    v.array(v.object({ path: v.pipe(v.string(), v.maxLength(1024)), coordinateTransformations: transforms })),
    v.minLength(1),
    v.maxLength(MAX_LEVELS),
  ),
  coordinateTransformations: transforms,
});
const finite = v.pipe(v.number(), v.finite());
const Channel = v.object({
  label: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  color: v.optional(v.nullable(v.string())),
  active: v.optional(v.nullable(v.boolean())),
  window: v.optional(
    v.nullable(
      v.object({
        start: v.optional(finite),
        end: v.optional(finite),
        min: v.optional(finite),
        max: v.optional(finite),
      }),
    ),
  ),
});
const Omero = v.object({
  name: v.optional(v.nullable(v.string())),
  channels: v.optional(v.pipe(v.array(Channel), v.maxLength(MAX_CHANNELS)), []),
});
const MAX_WELLS = 10_000;
const segment = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_WELLS));
const names = v.pipe(
  v.array(v.object({ name: v.union([v.string(), v.pipe(v.number(), v.transform(String))]) })),
  v.maxLength(1000),
);
const Plate = v.object({
  name: v.optional(v.nullable(v.string())),
  rows: names,
  columns: names,
  wells: v.pipe(
    v.array(v.object({ path: segment, rowIndex: v.optional(index), columnIndex: v.optional(index) })),
    v.minLength(1),
    v.maxLength(MAX_WELLS),
  ),
  field_count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_WELLS))),
});
const Well = v.object({
  images: v.pipe(
    v.array(v.object({ path: segment, acquisition: v.optional(v.number()) })),
    v.minLength(1),
    v.maxLength(MAX_WELLS),
  ),
});
const Attributes = v.object({
  multiscales: v.optional(v.array(Multiscale)),
  omero: v.optional(v.unknown()),
  "image-label": v.optional(v.unknown()),
  plate: v.optional(v.unknown()),
  well: v.optional(v.unknown()),
  labels: v.optional(v.array(segment)),
  series: v.optional(v.array(segment)),
  "bioformats2raw.layout": v.optional(v.number()),
});

export interface ImageAxis {
  readonly name: string;
  /** space, time, channel or another. */
  readonly type: string;
  readonly unit: string;
}

/** How the display of a channel was saved. */
export type OmeroChannel = v.InferOutput<typeof Channel>;

/** One multiscale image. */
export interface OmeImage {
  readonly name: string;
  readonly axes: readonly ImageAxis[];
  /** Finest first; scale and translate for each axis. */
  readonly datasets: readonly {
    readonly path: string;
    readonly scale: number[];
    readonly translate: number[];
  }[];
  readonly channels: readonly OmeroChannel[];
  readonly labels: boolean;
}

/** A plate of wells in rows and columns. */
export type OmePlate = v.InferOutput<typeof Plate>;
/** A well and its fields of view. */
export type OmeWell = v.InferOutput<typeof Well>;

/** What a group is: an image, or a group of images by path. */
export type OmeGroup =
  | { readonly image: OmeImage }
  | { readonly series: readonly string[] }
  | { readonly labels: readonly string[] }
  | { readonly plate: OmePlate }
  | { readonly well: OmeWell }
  | undefined;

/** Reads a group's attributes; undefined when they are not OME-Zarr's. @throws SourceError when they are broken */
export function readAttributes(raw: unknown, label: string): OmeGroup {
  const record = (value: unknown): Record<string, unknown> =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const attributes = "ome" in record(raw) ? record(raw).ome : raw;
  const parsed = v.safeParse(Attributes, attributes);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new SourceError(
      `${label} has OME-Zarr metadata that are broken at ${v.getDotPath(issue) ?? "their root"}.`,
    );
  }
  const { multiscales, omero, plate, well, labels } = parsed.output;
  const first = multiscales?.[0];
  if (first) {
    const display = v.safeParse(Omero, omero);
    return {
      image: readImage(
        first,
        display.success ? display.output : undefined,
        parsed.output["image-label"] !== undefined,
        label,
      ),
    };
  }
  if (plate !== undefined) return { plate: checked(Plate, plate, "plate", label) };
  if (well !== undefined) return { well: checked(Well, well, "well", label) };
  if (labels !== undefined) return { labels };
  const series = parsed.output.series;
  return (series ?? parsed.output["bioformats2raw.layout"] !== undefined)
    ? { series: series ?? [] }
    : undefined;
}

function checked<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
  label: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]);
  throw new SourceError(
    `${label} has OME-Zarr metadata of a ${what} that are broken at ${where ? `${what}.${where}` : what}.`,
  );
}

function readImage(
  multiscale: v.InferOutput<typeof Multiscale>,
  omero: v.InferOutput<typeof Omero> | undefined,
  labels: boolean,
  label: string,
): OmeImage {
  const axes = (multiscale.axes ?? ["t", "c", "z", "y", "x"]).map(readAxis);
  const n = axes.length;
  const vector = (values: number[] | undefined, other: number): number[] => {
    if (values && values.length !== n)
      throw new SourceError(`${label} has a transformation that does not fit its ${n} axes.`);
    return values ?? Array<number>(n).fill(other);
  };
  const read = (list: v.InferOutput<typeof Transform>[]) => {
    const scale = vector(list.find(({ type }) => type === "scale")?.scale, 1);
    // A scale of zero would put everything into one place.
    if (scale.some((value) => value === 0)) throw new SourceError(`${label} has a scale of zero.`);
    return { scale, translate: vector(list.find(({ type }) => type === "translation")?.translation, 0) };
  };
  const whole = read(multiscale.coordinateTransformations);
  const datasets = multiscale.datasets.map(({ path, coordinateTransformations }) => {
    const own = read(coordinateTransformations);
    return {
      path,
      scale: own.scale.map((value, axis) => value * (whole.scale[axis] ?? 1)),
      translate: own.translate.map(
        (value, axis) => value * (whole.scale[axis] ?? 1) + (whole.translate[axis] ?? 0),
      ),
    };
  });
  return {
    name: multiscale.name || omero?.name || "",
    axes,
    datasets,
    channels: omero?.channels ?? [],
    labels,
  };
}

const KNOWN: Readonly<Record<string, string>> = {
  t: "time",
  c: "channel",
  z: "space",
  y: "space",
  x: "space",
};

function readAxis(axis: v.InferOutput<typeof Axis>): ImageAxis {
  const { name, type, unit } =
    typeof axis === "string" ? { name: axis, type: undefined, unit: undefined } : axis;
  return { name, type: type ?? KNOWN[name.toLowerCase()] ?? "", unit: unit || "pixel" };
}
