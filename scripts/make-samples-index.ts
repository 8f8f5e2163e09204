/** Makes public/samples/samples.json: each sample with its title, words, licence and a small picture as a data address. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ChunkSource } from "@eyepiece/engine/data/chunk-source.ts";
import { isGenerated } from "@eyepiece/engine/data/generated-source.ts";
import { encode } from "fast-png";
import { openSource } from "../gpu-node/src/readers/open.ts";

const FOLDER = fileURLToPath(new URL("../public/samples/", import.meta.url));
const EDGE = 96;

const SAMPLES = [
  {
    uri: "colin27_brain.nii.gz",
    title: "Brain (Colin 27)",
    text: "One human brain, the mean of 27 MRI scans: 181 x 217 x 181 voxels of 1 mm.",
    licence: "BSD-3-Clause, see LICENCE-colin27.txt",
  },
  {
    uri: "cells.ome.zarr",
    title: "Dividing cells",
    text: "Computed cells in two channels, 18 times, with labels: an OME-Zarr pyramid.",
    licence: "BSD-3-Clause, made by scripts/make-cells.ts",
  },
  {
    uri: "generated:terabytes",
    title: "Generated, terabytes",
    text: "Computed while you look: 500 times, 3 channels, 1,000 slices of 65,536 x 65,536 pixels. Nothing is stored.",
  },
];

/** How much of z is looked through for a picture: all of what is a pile of a few dozen slices, the middle of what is more. */
const MOST_SLICES = 256;

/** The greatest value over z of the last time, as RGB from 0 to 1, added to `sum`. */
async function project(
  source: ChunkSource,
  colour: readonly number[],
  top: number,
  sum: Float32Array,
): Promise<void> {
  const level = source.levels.length - 1;
  const info = source.levels[level];
  if (!info) return;
  const [depth = 1, height = 1, width = 1] = info.shape.slice(-3);
  const [cz = 1, cy = 1, cx = 1] = info.chunk.slice(-3);
  const before = info.shape.slice(0, -3).map((size, axis) => Math.ceil(size / (info.chunk[axis] ?? 1)) - 1);
  const flat = new Float32Array(width * height);
  const last = Math.ceil(depth / cz) - 1;
  const [from, to] = depth > MOST_SLICES ? [last >> 1, last >> 1] : [0, last];
  for (let z = from; z <= to; z++)
    for (let y = 0; y * cy < height; y++)
      for (let x = 0; x * cx < width; x++) {
        const { shape, data } = await source.readBrick(level, [...before, z, y, x]);
        const [, h = 1, w = 1] = shape.slice(-3);
        for (let i = 0; i < data.length; i++) {
          const at = (y * cy + (Math.floor(i / w) % h)) * width + x * cx + (i % w);
          flat[at] = Math.max(flat[at] ?? 0, Number(data[i]));
        }
      }
  const scale = Math.max(width, height) / EDGE;
  for (let y = 0; y < EDGE; y++)
    for (let x = 0; x < EDGE; x++) {
      const sx = Math.floor((x - EDGE / 2) * scale + width / 2);
      const sy = Math.floor((y - EDGE / 2) * scale + height / 2);
      if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
      const value = Math.min(1, (flat[sy * width + sx] ?? 0) / top);
      for (let c = 0; c < 3; c++)
        sum[(y * EDGE + x) * 3 + c] = (sum[(y * EDGE + x) * 3 + c] ?? 0) + value * (colour[c] ?? 0);
    }
}

const file = `${FOLDER}samples.json`;
const before: { uri: string }[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const index = [];
for (const sample of SAMPLES) {
  const options = { policy: { resolvePath: async (path: string) => path, privateHosts: [] } };
  const sum = new Float32Array(EDGE * EDGE * 3);
  for (const { source, defaults } of await openSource(
    isGenerated(sample.uri) ? sample.uri : FOLDER + sample.uri,
    options,
  )) {
    const colour = defaults.colormap?.colors[1]?.slice(0, 3) ?? [1, 1, 1];
    await project(source, colour, defaults.contrast_limits?.[1] ?? 220, sum);
    await source.dispose();
  }
  const data = Uint8Array.from(sum, (value) => Math.min(255, Math.round(value * 255)));
  const png = encode({ width: EDGE, height: EDGE, data, channels: 3 });
  // What else was said of a sample (how it looks at first) stays.
  const known = before.find(({ uri }) => uri === sample.uri);
  index.push({
    ...known,
    ...sample,
    thumbnail: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
  });
}
writeFileSync(file, `${JSON.stringify(index, undefined, 1)}\n`);
