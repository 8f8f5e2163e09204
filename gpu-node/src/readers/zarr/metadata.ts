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
const Attributes = v.object({
  multiscales: v.optional(v.array(Multiscale)),
  omero: v.optional(v.unknown()),
  "image-label": v.optional(v.unknown()),
  plate: v.optional(v.unknown()),
  well: v.optional(v.unknown()),
  labels: v.optional(v.array(v.string())),
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

/** What a group is: an image, or a group of images by path, or something else that cannot be opened as it is. */
export type OmeGroup =
  | { readonly image: OmeImage }
  | { readonly series: true }
  | { readonly refusal: string }
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
  if (plate !== undefined)
    return { refusal: `${label} is a plate: open one of its images, such as ${label}/A/1/0.` };
  if (well !== undefined)
    return { refusal: `${label} is a well: open one of its images, such as ${label}/0.` };
  if (labels !== undefined)
    return { refusal: `${label} is a list of labels: open one of ${labels.slice(0, 5).join(", ")}.` };
  return parsed.output["bioformats2raw.layout"] !== undefined ? { series: true } : undefined;
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
