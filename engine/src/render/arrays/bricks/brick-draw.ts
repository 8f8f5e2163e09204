/** One layer's bricks in one picture: what is selected, what of it is here, what is to be read. */
import type { Wanted } from "../../../data/brick-cache.ts";
import { bricksOf, type Range } from "../../../data/gather.ts";
import { worldToCanvas } from "../../../model/camera.ts";
import { at, type Vector3 } from "../../../model/matrix.ts";
import { ATLAS_UNIFORMS, MAX_LEVELS } from "../../../shaders/volume-bricks.ts";
import type { LayerContext } from "../../layer-context.ts";
import { gatherRequest, type LayerPlan, levelRanges, levelSize } from "../../plan.ts";
import type { ArrayPreparation } from "../slice-draw.ts";
import { type TexelSpace, texelSpace, volumeUniforms } from "../volume-draw.ts";
import { APRON, atlasSlots, BrickAtlas, SLOT_EDGE } from "./atlas.ts";
import { makePages, type Pages } from "./pages.ts";
import { type BrickLevel, EDGE, type Selected, type Sight, selectBricks } from "./select.ts";

/** Cells of a layer's page tables, all levels together: 16 bytes each. */
const CELLS = 131_072;
/** Bricks that one picture uploads: so many take some ten milliseconds. */
const UPLOADS = 96;
/** The share of the memory budget that one layer's reads may be of. */
const READING = 0.25;

/** The tables of a layer's bricks on the GPU. */
export interface BrickTables {
  readonly pages: GPUBuffer;
  readonly atlas: GPUBuffer;
  readonly cells: GPUTextureView;
}

/** What a layer keeps from picture to picture. */
class LayerBricks {
  readonly tables: Omit<BrickTables, "cells">;
  readonly bytes: number;
  #sight = "";
  #selected: readonly Selected[] = [];
  #shown: { selected: readonly Selected[]; version: number; time: string } | undefined;

  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    this.#device = device;
    const buffer = (label: string, size: number, usage: number): GPUBuffer =>
      device.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST });
    this.tables = {
      pages: buffer("brick pages", CELLS * 16, GPUBufferUsage.STORAGE),
      atlas: buffer("brick levels", ATLAS_UNIFORMS * 4, GPUBufferUsage.UNIFORM),
    };
    this.bytes = CELLS * 16 + ATLAS_UNIFORMS * 4;
  }

  select(levels: readonly BrickLevel[], sight: Sight, key: string, capacity: number): readonly Selected[] {
    if (key !== this.#sight) {
      this.#sight = key;
      this.#selected = selectBricks(levels, sight, { bricks: capacity, cells: CELLS });
    }
    return this.#selected;
  }

  /** Sends the tables if they have changed. */
  show(
    selected: readonly Selected[],
    version: number,
    time: string,
    make: () => { pages: Pages; uniforms: Float32Array<ArrayBuffer> },
  ): void {
    const shown = this.#shown;
    if (shown?.selected === selected && shown.version === version && shown.time === time) return;
    const { pages, uniforms } = make();
    if (pages.cells.length > 0) this.#device.queue.writeBuffer(this.tables.pages, 0, pages.cells);
    this.#device.queue.writeBuffer(this.tables.atlas, 0, uniforms);
    this.#shown = { selected, version, time };
  }

  destroy(): void {
    this.tables.pages.destroy();
    this.tables.atlas.destroy();
  }
}

/** Prepares a layer whose finest level does not fit. */
export function prepareBricks(plan: LayerPlan, context: LayerContext): ArrayPreparation | undefined {
  const { cell, clip, residency, device } = context;
  const { source, slice, layer } = plan;
  const { pool } = residency;
  const levels = brickLevels(plan);
  const space = texelSpace(plan, 0);
  const finest = source.levels[0];
  if (space === undefined || finest === undefined) return undefined;
  const request = gatherRequest(plan, 0, levelRanges(slice, finest));
  const path = residency.path(plan, request);
  // Drafts are of a coarser level: its voxels are as large as the pixels.
  const prepared = volumeUniforms(plan, 0, cell, clip, path, residency, false);
  if (prepared === undefined) return undefined;
  const limits = context.limits(source);
  const slots = atlasSlots(limits.bricks, path.bytes, limits.dimension);
  const name = `bricks/${source.id}@${source.version}/`;
  const atlas = pool.use(
    `${name}${slice.displayed.join()}/${request.projection}/${path.kind}/${slots.join()}`,
    () => {
      const value = new BrickAtlas(device, slots, path);
      return { value, bytes: value.bytes, destroy: () => value.destroy() };
    },
  );
  const own = pool.use(`${name}layer/${layer.id}`, () => {
    const value = new LayerBricks(device);
    return { value, bytes: value.bytes, destroy: () => value.destroy() };
  });
  atlas.begin(pool.frame);
  const rules = prepared.uniforms.subarray(35, 124);
  const toPixels = pixelRows(space, context);
  const sight: Sight = { toPixels, box: context.whole, keeps: keeper(plan, prepared.uniforms) };
  const key = JSON.stringify([
    toPixels,
    context.whole,
    [...rules.subarray(0, 1), ...rules.subarray(5)],
    atlas.capacity,
  ]);
  const selected = own.select(levels, sight, key, atlas.capacity);

  const ranges = source.levels.map((info) => levelRanges(slice, info));
  const time = ranges[0]?.filter((_, axis) => !slice.displayed.includes(axis)).join(";") ?? "";
  const keyOf = ({ level, index }: Selected): string => `${time}/${level}/${index.join()}`;
  const missing: Selected[] = [];
  for (const brick of selected) if (atlas.use(keyOf(brick)) === undefined) missing.push(brick);
  const { wanted, uploaded, hopeless } = fetch(missing);
  const here = selected.length - missing.length + uploaded;

  own.show(selected, atlas.version, time, () => {
    const pages = makePages(levels, selected, (brick) => atlas.peek(keyOf(brick)));
    return { pages, uniforms: atlasUniforms(levels, pages, atlas, planeStep(levels, selected)) };
  });
  const done = here + hopeless >= selected.length;
  if (!done && wanted.length === 0) context.again();
  return {
    draw: {
      ...prepared,
      path,
      voxels: atlas.view,
      bricks: { ...own.tables, cells: atlas.cells },
      level: selected.reduce((least, { level }) => Math.min(least, level), source.levels.length - 1),
    },
    wanted,
    resident: here,
    total: selected.length,
    complete: done,
  };

  /** Uploads what has been read, and asks for the rest, as much as the memory holds. */
  function fetch(bricks: readonly Selected[]): { wanted: Wanted[]; uploaded: number; hopeless: number } {
    const wanted: Wanted[] = [];
    const asked = new Set<string>();
    let [uploaded, hopeless, bytes] = [0, 0, 0];
    for (const [order, brick] of bricks.entries()) {
      const info = source.levels[brick.level];
      if (info === undefined) continue;
      const box = boxOf(plan, brick, ranges[brick.level] ?? []);
      const needs = bricksOf(
        info,
        box.map(([from, to], axis): Range => [Math.max(0, from), Math.min(info.shape[axis] ?? 1, to)]),
      );
      const absent = needs.filter(
        (index) => residency.cache.state(source, brick.level, index) !== "resident",
      );
      if (absent.length === 0) {
        if (uploaded < UPLOADS) {
          const made = { ...request, level: info };
          const put = atlas.put(
            keyOf(brick),
            made,
            box,
            (index) => residency.cache.get(source, brick.level, index),
            source.dtype,
          );
          if (put) uploaded++;
          else hopeless++;
          continue;
        }
      }
      if (bytes > READING * residency.cache.budget) continue;
      // Those that are here stay until the brick's others have come.
      for (const index of needs) {
        const name = `${brick.level}/${index.join()}`;
        if (asked.has(name)) continue;
        asked.add(name);
        wanted.push({ source, level: brick.level, index, priority: order / 1000 });
        bytes += residency.brickBytes(source, brick.level);
      }
    }
    // What is left to upload is not to be read again: it is drawn with the next picture.
    if (uploaded === UPLOADS) context.again();
    return { wanted, uploaded, hopeless };
  }
}

/** The levels in x, y, z. */
export function brickLevels({ source, slice }: LayerPlan): BrickLevel[] {
  return source.levels.slice(0, MAX_LEVELS).map((info) => {
    const each = (of: (axis: number, i: number) => number): Vector3 =>
      [2, 1, 0].map((i) => of(slice.displayed[i] ?? -1, i)) as unknown as Vector3;
    const scale = each((axis) => (axis < 0 ? 1 : 1 / (info.scale[axis] ?? 1)));
    return {
      shape: each((_, i) => levelSize(slice, info, i)),
      scale,
      // Texel i covers [i, i + 1): its centre is voxel i's.
      offset: each((axis) =>
        axis < 0 ? 0 : 0.5 - (0.5 + (info.translate[axis] ?? 0)) / (info.scale[axis] ?? 1),
      ),
    };
  });
}

/** A brick's voxels with its neighbours', which may lie beyond the level. */
function boxOf({ slice }: LayerPlan, { index }: Selected, ranges: readonly Range[]): Range[] {
  const box = [...ranges];
  for (const [i, axis] of slice.displayed.entries()) {
    if (axis < 0) continue;
    const from = (index[2 - i] ?? 0) * EDGE;
    box[axis] = [from - APRON, from + EDGE + APRON];
  }
  return box;
}

/** Texels of the finest level to the target's pixels. */
function pixelRows(space: TexelSpace, { cell }: LayerContext): Sight["toPixels"] {
  const canvas = worldToCanvas(cell.camera, cell.size, 3);
  const row = (of: (k: number) => number): [number, number, number, number] => {
    const through = (k: number): number =>
      [0, 1, 2].reduce((sum, j) => sum + of(j) * at(space.toWorld, j, k), 0);
    return [through(0), through(1), through(2), through(3) + of(3)];
  };
  const w = (k: number): number => at(canvas, 3, k);
  return [
    row((k) => at(canvas, 0, k) * cell.ratio + cell.offset[0] * w(k)),
    row((k) => at(canvas, 1, k) * cell.ratio + cell.offset[1] * w(k)),
    row(w),
  ];
}

/** What the clipping planes and the plane of a plane's depiction leave. */
function keeper({ layer }: LayerPlan, u: Float32Array): NonNullable<Sight["keeps"]> {
  /** The least and greatest distance of a box's points. */
  const reach = (low: Vector3, high: Vector3, from: number): [number, number] => {
    let [least, most] = [0, 0];
    for (let k = 0; k < 3; k++) {
      const n = u[from + k] ?? 0;
      least += n * (n > 0 ? (low[k] ?? 0) : (high[k] ?? 0));
      most += n * (n > 0 ? (high[k] ?? 0) : (low[k] ?? 0));
    }
    return [least, most];
  };
  return (low, high) => {
    for (let i = 0; i < (u[35] ?? 0); i++) {
      const [, most] = reach(low, high, 60 + 4 * i);
      if (most + (u[63 + 4 * i] ?? 0) < 0) return false;
    }
    if (layer.depiction !== "plane") return true;
    const [least, most] = reach(low, high, 44);
    const place = [0, 1, 2].reduce((sum, k) => sum + (u[44 + k] ?? 0) * (u[40 + k] ?? 0), 0);
    // Samples lie a little beyond the thickness, and a coarse voxel's more so.
    const margin = (u[43] ?? 1) + 2 + (most - least) / 8;
    return least - margin <= place && place <= most + margin;
  };
}

/** A plane is sampled once a voxel of the finest level that is selected. */
function planeStep(levels: readonly BrickLevel[], selected: readonly Selected[]): number {
  const least = selected.reduce((sum, { level }) => Math.min(sum, level), levels.length - 1);
  const scale = levels[least]?.scale ?? [1, 1, 1];
  return 1 / Math.min(...scale);
}

/** See `Atlas` in the shader. */
function atlasUniforms(
  levels: readonly BrickLevel[],
  pages: Pages,
  atlas: BrickAtlas,
  plane: number,
): Float32Array<ArrayBuffer> {
  const u = new Float32Array(ATLAS_UNIFORMS);
  u.set(
    atlas.slots.map((count) => 1 / (count * SLOT_EDGE)),
    0,
  );
  const first = pages.windows[0]?.level ?? levels.length - 1;
  // A thousandth of the smallest cell, and more than a step of the numbers so far out.
  const finest = Math.max(...(levels[first]?.scale ?? [1]));
  const longest = Math.max(...(levels[0]?.shape ?? [1]));
  u.set([levels.length, first, Math.max(0.03 / finest, longest * 1e-6), plane], 4);
  for (const [i, level] of levels.entries()) {
    const window = pages.windows.find((one) => one.level === i);
    const from = 8 + 16 * i;
    u.set([...level.scale, window?.start ?? 0], from);
    u.set(level.offset, from + 4);
    u.set(window?.low ?? [0, 0, 0], from + 8);
    u.set(window?.size ?? [0, 0, 0], from + 12);
  }
  return u;
}
