/** A large pyramid made by a formula: OME-Zarr 0.4 on disk, chunk by chunk, kept between runs. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";

const compress = promisify(deflate);
const CHUNK = 64;

/** Blobs on a lattice over a slow wave: smooth, so that it compresses, and different everywhere. */
function value(z: number, y: number, x: number): number {
  const wave = 60 + 50 * Math.sin(x / 97) * Math.sin(y / 71) * Math.sin(z / 83);
  const blob = Math.cos(x / 13) + Math.cos(y / 11) + Math.cos(z / 17);
  return blob > 1.4 ? wave + 90 * (blob - 1.4) : wave / 8;
}

async function level(folder: string, size: number, scale: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const metadata = {
    zarr_format: 2,
    shape: [size, size, size],
    chunks: [CHUNK, CHUNK, CHUNK],
    dtype: "|u1",
    compressor: { id: "zlib", level: 1 },
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: "/",
  };
  writeFileSync(join(folder, ".zarray"), JSON.stringify(metadata));
  const count = Math.ceil(size / CHUNK);
  for (let cz = 0; cz < count; cz++) {
    for (let cy = 0; cy < count; cy++) {
      mkdirSync(join(folder, String(cz), String(cy)), { recursive: true });
      for (let cx = 0; cx < count; cx++) {
        const bytes = new Uint8Array(CHUNK ** 3);
        for (let z = 0, at = 0; z < CHUNK; z++) {
          for (let y = 0; y < CHUNK; y++) {
            for (let x = 0; x < CHUNK; x++, at++) {
              bytes[at] = value((cz * CHUNK + z) * scale, (cy * CHUNK + y) * scale, (cx * CHUNK + x) * scale);
            }
          }
        }
        writeFileSync(join(folder, String(cz), String(cy), String(cx)), await compress(bytes, { level: 1 }));
      }
    }
  }
}

/** Makes (or finds) the pyramid of `size`^3 uint8 voxels. @returns its folder */
export async function makePyramid(size: number): Promise<string> {
  const target = join(tmpdir(), `eyepiece-pyramid-${size}.ome.zarr`);
  if (existsSync(target)) return target;
  const making = `${target}.making`;
  rmSync(making, { recursive: true, force: true });
  const datasets = [];
  for (let scale = 1; size / scale >= CHUNK; scale *= 2) {
    console.error(`  making level ${datasets.length}: ${size / scale}^3`);
    await level(join(making, String(datasets.length)), size / scale, scale);
    datasets.push({
      path: String(datasets.length),
      coordinateTransformations: [{ type: "scale", scale: [scale, scale, scale] }],
    });
  }
  const axes = ["z", "y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" }));
  writeFileSync(join(making, ".zgroup"), JSON.stringify({ zarr_format: 2 }));
  writeFileSync(
    join(making, ".zattrs"),
    JSON.stringify({ multiscales: [{ version: "0.4", axes, datasets }] }),
  );
  renameSync(making, target);
  return target;
}
