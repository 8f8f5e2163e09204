/**
 * Times scrubbing: `node bench/engine.ts --scrub`. Steps a second through z and t of terabytes that are generated, against an array of
 * 512^2 x 100 of the same channels, pictures and readback included; the share of first pictures that had all their data; and the bytes
 * that were held at most, against the budgets. The order of the two is turned round each round.
 */
import { generatedSource } from "@eyepiece/engine/data/generated-source.ts";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { imageLayer } from "@eyepiece/engine/model/layer.ts";
import { defaultView } from "@eyepiece/engine/model/view.ts";
import type { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { SCRUB_PATIENCE, Scrub } from "@eyepiece/engine/render/scrub.ts";
import type { Scene, View } from "@eyepiece/protocol/scene/schema.ts";

const MiB = 1024 * 1024;
const MEMORY = 256 * MiB;
const GPU = 256 * MiB;
const STEPS = 60;
const WARM = 8;

const SHAPES = { terabytes: [500, 1000, 65_536, 65_536], small: [100, 100, 512, 512] } as const;
type Name = keyof typeof SHAPES;
const NAMES: readonly Name[] = ["terabytes", "small"];

interface Result {
  steps_per_s: number;
  first_complete: number;
}

/** The figures by name. */
export async function timeScrub(
  device: GPUDevice,
  software: boolean,
  readback: Readback,
  size: { readonly width: number; readonly height: number },
  rounds: number,
): Promise<Record<string, number>> {
  const passes: Record<string, number> = {};
  const runs = new Map<string, Result[]>();
  let [memory, gpu] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? NAMES : NAMES.toReversed()) {
      const renderer = await Renderer.create({ device, software, memoryBudget: MEMORY, gpuBudget: GPU });
      const sources = [0, 1, 2].map((channel) =>
        generatedSource(`${name}${channel}`, { shape: SHAPES[name], channel, chunk: [1, 1, 512, 512] }),
      );
      const maps = ["cyan", "magenta", "yellow"];
      const layers = await Promise.all(
        sources.map((source, i) =>
          imageLayer(source.id, source, {
            contrast_limits: [2000, 32_000],
            blending: "additive",
            colormap: colormap(maps[i] ?? "gray"),
          }),
        ),
      );
      for (const source of sources) renderer.setSource(source);
      const scene: Scene = { revision: 0, title: "", layers };
      const view = defaultView(scene, size);
      const held = (): void => {
        memory = Math.max(memory, renderer.cache.bytes);
        gpu = Math.max(gpu, renderer.gpuBytes);
      };
      for (const [axis, word] of [
        [1, "z"],
        [0, "t"],
      ] as const) {
        const result = await scrub(renderer, readback, scene, view, size, axis, held);
        runs.set(`${name} ${word}`, [...(runs.get(`${name} ${word}`) ?? []), result]);
      }
      renderer.dispose();
    }
  }
  for (const [key, results] of runs) {
    const name = `scrub_${key.replace(" ", "_")}`;
    passes[`${name}_steps_per_s`] = median(results.map((one) => one.steps_per_s));
    passes[`${name}_first_complete`] = median(results.map((one) => one.first_complete));
  }
  passes.scrub_brick_mib = Math.round((memory / MiB) * 10) / 10;
  passes.scrub_brick_budget_mib = MEMORY / MiB;
  passes.scrub_gpu_mib = Math.round((gpu / MiB) * 10) / 10;
  passes.scrub_gpu_budget_mib = GPU / MiB;
  passes.scrub_rss_mib = Math.round(process.memoryUsage.rss() / MiB);
  return passes;
}

async function scrub(
  renderer: Renderer,
  readback: Readback,
  scene: Scene,
  start: View,
  size: { readonly width: number; readonly height: number },
  axis: number,
  held: () => void,
): Promise<Result> {
  const watch = new Scrub();
  const at = (step: number): View => ({
    ...start,
    dims: { ...start.dims, point: start.dims.point.map((value, i) => (i === axis ? 10 + step : value)) },
  });
  let began = 0;
  let complete = 0;
  for (let step = 0; step < STEPS + WARM; step++) {
    if (step === WARM) began = performance.now();
    const view = at(step);
    watch.observe(view, performance.now());
    const ahead = watch.ahead(view, renderer.cache.readMs);
    const patience = ahead.length > 0 && { patience: SCRUB_PATIENCE };
    const outcome = await renderer.render({ scene, view, size, ahead, ...patience });
    if (outcome.texture !== undefined) await readback.readPixels(outcome.texture);
    if (step >= WARM && outcome.complete) complete++;
    held();
  }
  return {
    steps_per_s: Math.round((10_000 * STEPS) / (performance.now() - began)) / 10,
    first_complete: Math.round((100 * complete) / STEPS) / 100,
  };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
