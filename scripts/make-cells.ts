/**
 * Makes public/samples/cells.ome.zarr: dividing cells, two channels (nuclei, membranes), 18 times, 16 x 256 x 256 voxels, three
 * levels, and the nuclei as labels. OME-Zarr 0.5. Everything is computed from one seed, so that each run gives the same bytes.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as zarr from "zarrita";

const SIZE = { t: 18, z: 16, y: 256, x: 256 };
/** Micrometres of a voxel and seconds of a step. */
const STEP = { t: 300, z: 1, y: 0.4, x: 0.4 };
const LEVELS = 3;
/** Intensities are multiples of this: smooth pictures that compress well. */
const QUANTUM = 400;

interface Cell {
  readonly id: number;
  readonly born: number;
  dies: number;
  /** Voxels, x y z, at birth. */
  readonly at: [number, number, number];
  readonly drift: [number, number];
  readonly radius: number;
  readonly phase: number;
  readonly brightness: number;
}

/** A small generator of numbers in 0..1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function makeCells(): Cell[] {
  const random = randomFrom(20_260_801);
  const cells: Cell[] = [];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      if (random() < 0.15) continue;
      const divides = random() < 0.5 ? 5 + Math.floor(random() * 10) : SIZE.t;
      const mother: Cell = {
        id: cells.length + 1,
        born: 0,
        dies: divides,
        at: [36 + column * 61 + random() * 16 - 8, 36 + row * 61 + random() * 16 - 8, 6 + random() * 4],
        drift: [random() * 1.6 - 0.8, random() * 1.6 - 0.8],
        radius: 15 + random() * 4,
        phase: random() * 2 * Math.PI,
        brightness: 0.65 + random() * 0.35,
      };
      cells.push(mother);
      if (divides === SIZE.t) continue;
      const [x, y, z] = position(mother, divides);
      for (const side of [-1, 1]) {
        const [dx, dy] = [Math.cos(mother.phase) * side, Math.sin(mother.phase) * side];
        cells.push({
          ...mother,
          id: cells.length + 1,
          born: divides,
          dies: SIZE.t,
          at: [x + dx * 9, y + dy * 9, z],
          drift: [dx * 1.1, dy * 1.1],
          radius: mother.radius * 0.78,
        });
      }
    }
  }
  return cells;
}

function position(cell: Cell, t: number): [number, number, number] {
  const age = t - cell.born;
  return [
    cell.at[0] + cell.drift[0] * age + 1.5 * Math.sin(cell.phase + age * 0.6),
    cell.at[1] + cell.drift[1] * age + 1.5 * Math.cos(cell.phase + age * 0.5),
    cell.at[2] + 0.6 * Math.sin(cell.phase * 2 + age * 0.3),
  ];
}

/** One time: both channels and the labels. */
function draw(
  cells: readonly Cell[],
  t: number,
): { nuclei: Uint16Array; membranes: Uint16Array; labels: Uint16Array } {
  const count = SIZE.z * SIZE.y * SIZE.x;
  const [nuclei, membranes, labels] = [
    new Uint16Array(count),
    new Uint16Array(count),
    new Uint16Array(count),
  ];
  for (const cell of cells) {
    if (t < cell.born || t >= cell.dies) continue;
    const [cx, cy, cz] = position(cell, t);
    const reach = cell.radius * 1.9;
    // A nucleus brightens and shrinks before it divides.
    const ripe = cell.dies < SIZE.t ? Math.max(0, 1 - (cell.dies - t) / 4) : 0;
    const radius = cell.radius * (1 - 0.25 * ripe);
    for (let z = 0; z < SIZE.z; z++) {
      for (let y = Math.max(0, Math.ceil(cy - reach)); y <= Math.min(SIZE.y - 1, cy + reach); y++) {
        for (let x = Math.max(0, Math.ceil(cx - reach)); x <= Math.min(SIZE.x - 1, cx + reach); x++) {
          const [dx, dy, dz] = [x - cx, y - cy, (z - cz) * (STEP.z / STEP.x)];
          const angle = Math.atan2(dy, dx);
          const wobble =
            1 + 0.07 * Math.sin(3 * angle + cell.phase) + 0.04 * Math.sin(5 * angle - cell.phase);
          const distance = Math.hypot(dx, dy, dz * 1.15) / wobble;
          const at = (z * SIZE.y + y) * SIZE.x + x;
          const inside = distance / (radius * 0.62);
          if (inside < 1) {
            const texture =
              0.86 + 0.14 * Math.sin(dx * 0.55 + cell.phase) * Math.cos(dy * 0.5) * Math.cos(dz * 0.4);
            const value = (2600 + 2200 * ripe) * cell.brightness * texture * Math.sqrt(1 - inside * inside);
            nuclei[at] = Math.max(nuclei[at] ?? 0, quantised(value));
            labels[at] = cell.id;
          }
          const shell = Math.abs(distance - cell.radius * 1.25) / 1.6;
          if (shell < 1)
            membranes[at] = Math.max(
              membranes[at] ?? 0,
              quantised(3000 * cell.brightness * (1 - shell * shell)),
            );
        }
      }
    }
  }
  return { nuclei, membranes, labels };
}

const quantised = (value: number): number => Math.round(value / QUANTUM) * QUANTUM;

/** Half the size in y and x: means for intensities, every second voxel for labels. */
function halve(data: Uint16Array, width: number, labels: boolean): Uint16Array {
  const half = width / 2;
  const out = new Uint16Array(SIZE.z * half * half);
  for (let z = 0; z < SIZE.z; z++) {
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        const at = (z * width + 2 * y) * width + 2 * x;
        const sum =
          (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0);
        out[(z * half + y) * half + x] = labels ? (data[at] ?? 0) : quantised(sum / 4);
      }
    }
  }
  return out;
}

function multiscales(name: string, axes: readonly string[]) {
  const kinds = {
    t: ["time", "second"],
    c: ["channel", undefined],
    z: ["space", "micrometer"],
    y: ["space", "micrometer"],
    x: ["space", "micrometer"],
  };
  const values = (of: Record<string, number>, other: number) => axes.map((axis) => of[axis] ?? other);
  return [
    {
      name,
      axes: axes.map((axis) => {
        const [type, unit] = kinds[axis as keyof typeof kinds];
        return { name: axis, type, ...(unit ? { unit } : {}) };
      }),
      datasets: Array.from({ length: LEVELS }, (_, level) => {
        const factor = 2 ** level;
        return {
          path: String(level),
          coordinateTransformations: [
            { type: "scale", scale: values({ ...STEP, y: STEP.y * factor, x: STEP.x * factor }, 1) },
            {
              type: "translation",
              translation: values({ y: ((factor - 1) / 2) * STEP.y, x: ((factor - 1) / 2) * STEP.x }, 0),
            },
          ],
        };
      }),
    },
  ];
}

/** Writes the sample into `folder`, which is replaced. */
export async function makeCellsSample(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const store = {
    get: () => undefined,
    set(key: string, value: Uint8Array): void {
      const path = join(folder, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, value);
    },
  };
  const root = zarr.root(store);
  const omero = {
    channels: [
      { label: "nuclei", color: "33B5FF", active: true, window: { min: 0, max: 6000, start: 0, end: 4200 } },
      {
        label: "membranes",
        color: "FF7A33",
        active: true,
        window: { min: 0, max: 4000, start: 0, end: 3000 },
      },
    ],
  };
  const group = (path: string, ome: object) =>
    zarr.create(root.resolve(path), { attributes: { ome: { version: "0.5", ...ome } } });
  await group("/", { multiscales: multiscales("cells", ["t", "c", "z", "y", "x"]), omero });
  await group("/labels", { labels: ["nuclei"] });
  await group("/labels/nuclei", {
    multiscales: multiscales("nuclei", ["t", "z", "y", "x"]),
    "image-label": { source: { image: "../../" } },
  });
  const blosc = {
    name: "blosc",
    configuration: { cname: "zstd", clevel: 9, shuffle: "noshuffle", typesize: 2, blocksize: 0 },
  };
  const codecs = [{ name: "bytes", configuration: { endian: "little" } }, blosc];
  const array = (path: string, channels: boolean, width: number) =>
    zarr.create(root.resolve(path), {
      shape: [SIZE.t, ...(channels ? [2] : []), SIZE.z, width, width],
      chunkShape: [1, ...(channels ? [1] : []), SIZE.z, width, width],
      dtype: "uint16",
      fillValue: 0,
      codecs,
      dimensionNames: channels ? ["t", "c", "z", "y", "x"] : ["t", "z", "y", "x"],
    });
  const cells = makeCells();
  for (let level = 0; level < LEVELS; level++) {
    const width = SIZE.x / 2 ** level;
    const image = await array(`/${level}`, true, width);
    const labelled = await array(`/labels/nuclei/${level}`, false, width);
    const shape = [SIZE.z, width, width];
    const stride = [width * width, width, 1];
    for (let t = 0; t < SIZE.t; t++) {
      const drawn = draw(cells, t);
      for (const [index, part] of [drawn.nuclei, drawn.membranes, drawn.labels].entries()) {
        let data = part;
        for (let w = SIZE.x; w > width; w /= 2) data = halve(data, w, index === 2);
        if (index === 2) await zarr.set(labelled, [t, null, null, null], { data, shape, stride });
        else await zarr.set(image, [t, index, null, null, null], { data, shape, stride });
      }
    }
  }
}

if (import.meta.main) {
  await makeCellsSample(
    process.argv[2] ?? fileURLToPath(new URL("../public/samples/cells.ome.zarr", import.meta.url)),
  );
}
