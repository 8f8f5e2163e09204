/**
 * Times the renderer on a volume: `node bench/engine.ts --volume PATH.nii.gz [--json] [--size 1280x720] [--rounds N] [--only NAME]`.
 *
 * Median milliseconds of five angles (the best of `rounds` each), full quality, napari's reset view, picture and readback included;
 * the same without leaping over cells; and the first picture in a fresh session's renderer, counted from the moment when the last of its
 * data have been read (`first_…_with_reading`: from the request on, the data being in memory).
 *
 * `--scrub` times scrubbing through terabytes instead (or besides): `scrub.ts`; `--plane` switching slices of 8,192^2: `plane.ts`; `--layers` drafts of
 * `--size` pixels of the volume under nine other layers instead: `layers.ts`. `--points 1000000 --shapes 10000` times pictures of tables instead of (or besides) a volume: `tables.ts`.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { makeArray } from "@eyepiece/engine/data/array.ts";
import type { ChunkSource, Dtype } from "@eyepiece/engine/data/chunk-source.ts";
import { memorySource } from "@eyepiece/engine/data/memory-source.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView, resetView } from "@eyepiece/engine/model/view.ts";
import { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import type { RenderRequest } from "@eyepiece/engine/render/request.ts";
import { warmUp } from "@eyepiece/engine/render/warm-up.ts";
import { gpuEnvironment } from "@eyepiece/gpu-node/gpu/environment.ts";
import { openGpu } from "@eyepiece/gpu-node/gpu/open.ts";
import type { ImageLayer, Scene } from "@eyepiece/protocol/scene/schema.ts";
import { timeLayers } from "./layers.ts";
import { timePlanes } from "./plane.ts";
import { timeScrub } from "./scrub.ts";
import { timeTables } from "./tables.ts";

const { values } = parseArgs({
  options: {
    volume: { type: "string" },
    json: { type: "boolean" },
    size: { type: "string", default: "1280x720" },
    rounds: { type: "string", default: "2" },
    only: { type: "string" },
    scrub: { type: "boolean" },
    plane: { type: "boolean" },
    layers: { type: "boolean" },
    points: { type: "string", default: "0" },
    shapes: { type: "string", default: "0" },
  },
});

const ANGLES: readonly [number, number, number][] = [
  [0, 0, 90],
  [20, 30, 60],
  [-35, 50, 10],
  [80, -20, 140],
  [10, 75, -50],
];

if (process.env.EYEPIECE_GPU_READY === undefined) {
  // The driver must be named before a process starts.
  const { env } = await gpuEnvironment();
  const child = spawn(process.execPath, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, ...env, EYEPIECE_GPU_READY: "1" },
  });
  process.exitCode = await new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
} else await main();

/** A NIfTI-1 file of a whole-number or float type, native order, as [z, y, x]. */
async function readVolume(path: string): Promise<ChunkSource> {
  const packed = await readFile(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(packed) : packed;
  const dtypes: Record<number, Dtype> = {
    2: "uint8",
    4: "int16",
    8: "int32",
    16: "float32",
    64: "float64",
    512: "uint16",
  };
  const dtype = dtypes[bytes.readInt16LE(70)];
  if (dtype === undefined)
    throw new Error(`${path} holds NIfTI type ${bytes.readInt16LE(70)}, which this bench does not read.`);
  const shape = [bytes.readInt16LE(46), bytes.readInt16LE(44), bytes.readInt16LE(42)];
  const data = makeArray(
    dtype,
    shape.reduce((a, b) => a * b, 1),
  );
  const start = bytes.readFloatLE(108);
  new Uint8Array(data.buffer).set(bytes.subarray(start, start + data.byteLength));
  return memorySource("volume", [{ data, shape }]);
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

async function main(): Promise<void> {
  const counts = { points: Number(values.points), shapes: Number(values.shapes) };
  if (
    values.volume === undefined &&
    !values.scrub &&
    !values.plane &&
    counts.points === 0 &&
    counts.shapes === 0
  )
    throw new Error(
      "--volume PATH is needed: a NIfTI file; or --points COUNT, --shapes COUNT, --scrub, --plane.",
    );
  const [width = 1280, height = 720] = values.size.split("x").map(Number);
  const size = { width, height };
  const gpu = await openGpu();
  const software = gpu.info.kind !== "gpu";
  const readback = new Readback(gpu.device);
  const wanted = (name: string): boolean => values.only === undefined || name.includes(values.only);
  const passes: Record<string, number> = {};
  if (counts.points > 0 || counts.shapes > 0) {
    const renderer = await Renderer.create({ device: gpu.device, software });
    Object.assign(passes, await timeTables(renderer, readback, size, counts, wanted));
    renderer.dispose();
  }
  if (values.scrub)
    Object.assign(passes, await timeScrub(gpu.device, software, readback, size, Number(values.rounds)));
  if (values.plane)
    Object.assign(passes, await timePlanes(gpu.device, software, readback, size, Number(values.rounds)));
  if (values.layers && values.volume !== undefined) {
    const { device } = gpu;
    Object.assign(passes, await timeLayers(device, software, readback, size, values.volume, wanted));
  } else if (values.volume !== undefined)
    await timeVolume(await readVolume(values.volume), {
      device: gpu.device,
      software,
      size,
      readback,
      wanted,
      passes,
    });
  readback.dispose();
  gpu.dispose();
  console.log(
    JSON.stringify(
      {
        bench: "engine",
        gpu: gpu.info.name,
        kind: gpu.info.kind,
        cpus: cpus().length,
        size,
        unit: "ms",
        passes,
      },
      null,
      1,
    ),
  );
}

interface VolumeBench {
  readonly device: GPUDevice;
  readonly software: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly readback: Readback;
  wanted(name: string): boolean;
  readonly passes: Record<string, number>;
}

async function timeVolume(source: ChunkSource, bench: VolumeBench): Promise<void> {
  const { device, software, size, readback, wanted, passes } = bench;
  const layer = await imageLayer("brain", source);
  const scene = (changes: Partial<ImageLayer>): Scene => ({
    revision: 0,
    title: "",
    layers: [{ ...layer, ...changes }],
  });
  const flat = defaultView(scene({}), size);
  const deep = (angles: [number, number, number]) =>
    resetView({ ...flat, camera: { ...flat.camera, angles }, dims: { ...flat.dims, ndisplay: 3 } }, size, {
      keepAngles: true,
    });
  let renderer = await Renderer.create({ device: device, software });

  const picture = async (request: RenderRequest): Promise<number> => {
    const start = performance.now();
    const outcome = await renderer.renderComplete(request);
    if (outcome.texture !== undefined) await readback.readPixels(outcome.texture);
    return performance.now() - start;
  };
  const best = async (request: RenderRequest): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < Number(values.rounds); i++) times.push(await picture(request));
    return Math.min(...times);
  };
  for (const name of ["first_mip", "first_slice"]) {
    if (!wanted(name)) continue;
    renderer.dispose();
    renderer = await Renderer.create({ device: device, software });
    // As a session does before its first file.
    await warmUp(renderer);
    let read = 0;
    const readBrick: ChunkSource["readBrick"] = async (...wanted) => {
      const brick = await source.readBrick(...wanted);
      read = performance.now();
      return brick;
    };
    renderer.setSource({ ...source, readBrick });
    const start = performance.now();
    const whole = await picture({
      scene: scene({}),
      view: name === "first_mip" ? deep([0, 0, 0]) : flat,
      size,
    });
    passes[name] = round(whole - (read - start));
    passes[`${name}_with_reading`] = round(whole);
  }
  renderer.setSource(source);
  if (wanted("slice")) {
    const times: number[] = [];
    for (let z = 40; z < 60; z++) {
      const point = flat.dims.point.map((value, axis) => (axis === 0 ? z : value));
      times.push(await picture({ scene: scene({}), view: { ...flat, dims: { ...flat.dims, point } }, size }));
    }
    passes.slice = round(median(times));
  }
  const modes = ["mip", "iso", "minip", "attenuated_mip", "average", "additive", "translucent"] as const;
  for (const rendering of modes) {
    for (const skip of [true, false]) {
      const name = skip ? rendering : `${rendering}_without_skipping`;
      if (!wanted(name)) continue;
      const times: number[] = [];
      for (const angles of ANGLES) {
        times.push(await best({ scene: scene({ rendering }), view: deep(angles), size, quality: { skip } }));
      }
      passes[name] = round(median(times));
      if (!values.json) console.error(name, passes[name], times.map(round).join(" "));
    }
  }
  renderer.dispose();
}
