/** Microscopes' files that TypeScript has no kept reader for, read by bioio in Python, plane by plane. */
import { resolve } from "node:path";
import { ELEMENT_BYTES } from "@eyepiece/engine/data/array.ts";
import { type ChunkSource, type Dtype, SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { levelGeometry } from "@eyepiece/engine/data/memory-source.ts";
import * as v from "valibot";
import { Environments } from "../../kernels/environment/environments.ts";
import { asElements } from "../bytes.ts";
import { colormapOf, defaultColormap } from "../colors.ts";
import { planeSource } from "../plane-source.ts";
import { labelOf, resolved } from "../resource.ts";
import type { OpenedData, OpenOptions } from "../types.ts";
import { PlaneProgram } from "./child.ts";

/** The environment with bioio and its readers. */
const ENVIRONMENT = "eyepiece-readers";
/** Scenes of one file that are opened at once, and channels of one image. */
const MAX_SCENES = 16;
const MAX_CHANNELS = 64;

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(2 ** 31));
const Scene = v.object({
  name: v.string(),
  dtype: v.picklist([
    "uint8",
    "int8",
    "uint16",
    "int16",
    "uint32",
    "int32",
    "uint64",
    "int64",
    "float32",
    "float64",
  ]),
  t: whole(1),
  c: whole(1),
  /** Colours of a pixel; 0 for values. */
  samples: v.picklist([0, 3, 4]),
  /** z, y, x of each level, finest first. */
  shapes: v.pipe(v.array(v.tuple([whole(1), whole(1), whole(1)])), v.minLength(1), v.maxLength(32)),
  /** Of a voxel, z y x; 0: not known. */
  size: v.tuple([v.number(), v.number(), v.number()]),
  unit: v.string(),
  channels: v.array(v.object({ name: v.nullish(v.string()), color: v.nullish(v.string()) })),
});
type Scene = v.InferOutput<typeof Scene>;

/** What is said while the environment is made takes this part of the progress. */
const SETUP = 0.9;

/** Opens a .czi, .nd2, .lif or .ims. The environment is made when the first such file is opened. @throws SourceError */
export async function openWithPython(uri: string, options: OpenOptions): Promise<OpenedData[]> {
  const label = labelOf(uri);
  if (/^(https?|s3):/i.test(uri))
    throw new SourceError(
      `${label} is of a kind that is only read from this node's disk: download it first.`,
    );
  const path = resolve(await resolved(uri, options.policy));
  const folder = options.environments ?? process.env.EYEPIECE_ENVIRONMENTS;
  if (!folder)
    throw new SourceError(`${label} needs a Python environment, and this node has no folder for one.`);
  const environment = await new Environments(folder)
    .ensure(ENVIRONMENT, (message, fraction) => options.onProgress?.((fraction ?? 0) * SETUP, message))
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SourceError(`${label} is read in Python, and its environment could not be made. ${reason}`, {
        cause,
      });
    });
  options.signal?.throwIfAborted();
  options.onProgress?.(SETUP, `Opening ${label}`);
  const program = await PlaneProgram.start(path, label, environment);
  try {
    const { scenes } = await orAborted(program.ask({ op: "open", path }), options.signal);
    const parsed = v.safeParse(v.pipe(v.array(Scene), v.minLength(1)), scenes);
    if (!parsed.success) {
      const where = v.getDotPath(parsed.issues[0]) ?? "its scenes";
      throw new SourceError(`${label} cannot be shown: its ${where} is ${String(parsed.issues[0].input)}.`);
    }
    return layersOf(parsed.output.slice(0, MAX_SCENES), program, label);
  } catch (cause) {
    await program.close();
    throw cause;
  }
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const left = Promise.withResolvers<never>();
  const stop = () => left.reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, left.promise]);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

function layersOf(scenes: readonly Scene[], program: PlaneProgram, label: string): OpenedData[] {
  let open = 0;
  const closed = async () => {
    open -= 1;
    if (open === 0) await program.close();
  };
  const layers = scenes.flatMap((scene, number) => {
    const count = scene.samples ? 1 : scene.c;
    if (count > MAX_CHANNELS)
      throw new SourceError(`${label} has ${count} channels, more than ${MAX_CHANNELS}.`);
    return Array.from({ length: count }, (_, channel): OpenedData => {
      open += 1;
      return layerOf(scene, number, channel, count, scenes.length > 1, program, label, closed);
    });
  });
  return layers;
}

function layerOf(
  scene: Scene,
  number: number,
  channel: number,
  count: number,
  several: boolean,
  program: PlaneProgram,
  label: string,
  closed: () => Promise<void>,
): OpenedData {
  const depth = scene.shapes[0]?.[0] ?? 1;
  const outer = [...(scene.t > 1 ? ["t" as const] : []), ...(depth > 1 ? ["z" as const] : [])];
  const id = several || count > 1 ? `${label}#${number}.${channel}` : label;
  const levels = scene.shapes.map((shape, level) =>
    planeSource({
      id,
      label,
      dtype: scene.dtype,
      shape: [...outer.map((axis) => (axis === "t" ? scene.t : shape[0])), shape[1], shape[2]],
      channels: scene.samples,
      async plane(at, signal) {
        const of = (axis: "t" | "z") => at[outer.indexOf(axis)] ?? 0;
        const question = { op: "plane", scene: number, level, t: of("t"), c: channel, z: of("z") };
        const { values } = await orAborted(program.ask(question), signal);
        const expected =
          shape[1] * shape[2] * Math.max(1, scene.samples) * ELEMENT_BYTES[scene.dtype as Dtype];
        if (values.byteLength !== expected)
          throw new SourceError(
            `${label} gave a plane of ${values.byteLength} bytes instead of ${expected}.`,
          );
        return asElements(values, scene.dtype, true);
      },
      onDispose: async () => {},
    }),
  );
  const measured = scene.size.map((size) => (size > 0 ? size : 1));
  const unit = scene.size[2] > 0 ? scene.unit : "pixel";
  const told = scene.channels[channel];
  const base = several ? scene.name : label.replace(/\.\w+$/, "");
  const named = told?.name || undefined;
  const colormap = colormapOf(told?.color) ?? defaultColormap(channel, count);
  return {
    source: pyramidOf(levels, closed),
    rgb: scene.samples > 0,
    labels: false,
    label,
    defaults: {
      // Channels of several images have the same names in each.
      name:
        count === 1
          ? base
          : named === undefined
            ? `${base} ${channel}`
            : several
              ? `${base} ${named}`
              : named,
      scale: [
        ...outer.map((axis) => (axis === "t" ? 1 : (measured[0] ?? 1))),
        measured[1] ?? 1,
        measured[2] ?? 1,
      ],
      units: [...outer.map((axis) => (axis === "t" ? "pixel" : unit)), unit, unit],
      axis_labels: [...outer, "y", "x"],
      ...(count > 1 && colormap ? { colormap, blending: "additive" as const } : {}),
      // One scene over another would hide it.
      ...(number > 0 ? { visible: false } : {}),
    },
  };
}

/** Sources of one level each as the levels of one. */
function pyramidOf(levels: readonly ChunkSource[], closed: () => Promise<void>): ChunkSource {
  const [first] = levels;
  if (!first) throw new SourceError("An image has no levels.");
  const finest = first.levels[0]?.shape ?? [];
  const infos = levels.map((source) => {
    const own = source.levels[0];
    return levelGeometry(finest, own?.shape ?? [], own?.chunk ?? []);
  });
  let disposed = false;
  return {
    ...first,
    levels: infos,
    readBrick(level, index, options) {
      const source = levels[level];
      if (!source) return Promise.reject(new SourceError(`${first.id} has no level ${level}.`));
      return source.readBrick(0, index, options);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      for (const source of levels) await source.dispose();
      await closed();
    },
  };
}
