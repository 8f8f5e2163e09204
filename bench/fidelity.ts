/**
 * Compares the renderer with pictures of napari: `node bench/fidelity.ts [FOLDER] [--json] [--only NAME] [--keep DIR]`.
 *
 * FOLDER holds `manifest.json` and the scenes; by default the copy in engine/testdata/goldens. Exit code 0: all scenes of built
 * layer types lie within their tolerance.
 */
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Readback } from "@eyepiece/engine/render/readback.ts";
import { Renderer } from "@eyepiece/engine/render/renderer.ts";
import { gpuEnvironment } from "@eyepiece/gpu-node/gpu/environment.ts";
import { openGpu } from "@eyepiece/gpu-node/gpu/open.ts";
import { drawSceneFile } from "@eyepiece/gpu-node/render/render-scene.ts";
import { UnsupportedLayerError } from "@eyepiece/gpu-node/render/scene-file.ts";
import { decode, encode } from "fast-png";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, only: { type: "string" }, keep: { type: "string" } },
});
const folder = positionals[0] ?? fileURLToPath(new URL("../engine/testdata/goldens", import.meta.url));

interface Row {
  readonly name: string;
  readonly psnr: number | undefined;
  readonly bad: number | undefined;
  readonly neededPsnr: number;
  readonly allowedBad: number;
  readonly result: "ok" | "FAIL" | "not built";
  readonly note: string;
}

if (process.env.EYEPIECE_GPU_READY === undefined) {
  // The driver must be named before a process starts.
  const { env } = await gpuEnvironment();
  const child = spawn(process.execPath, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, ...env, EYEPIECE_GPU_READY: "1" },
  });
  process.exitCode = await new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
} else process.exitCode = await main();

async function main(): Promise<number> {
  const gpu = await openGpu();
  const renderer = await Renderer.create({ device: gpu.device, software: gpu.info.kind !== "gpu" });
  const readback = new Readback(gpu.device);
  const rows: Row[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const scene = join(folder, name);
    const described = await stat(join(scene, "scene.json")).catch(() => undefined);
    if (described === undefined || (values.only !== undefined && !name.includes(values.only))) continue;
    rows.push(await compare(scene, name, renderer, readback));
  }
  readback.dispose();
  renderer.dispose();
  gpu.dispose();
  const failed = rows.filter((row) => row.result === "FAIL");
  const built = rows.filter((row) => row.result !== "not built");
  if (values.json) console.log(JSON.stringify({ gpu: gpu.info.name, kind: gpu.info.kind, rows }, null, 1));
  else print(rows);
  console.log(
    `${built.length - failed.length} of ${built.length} scenes within tolerance, ${rows.length - built.length} of layer types not built (${gpu.info.name})`,
  );
  return failed.length > 0 || built.length === 0 ? 1 : 0;
}

async function compare(scene: string, name: string, renderer: Renderer, readback: Readback): Promise<Row> {
  const { expect } = JSON.parse(await readFile(join(scene, "scene.json"), "utf8")) as {
    expect: { psnr_db: number; max_bad_fraction: number; bad_threshold: number };
  };
  const base = { name, neededPsnr: expect.psnr_db, allowedBad: expect.max_bad_fraction };
  try {
    const picture = await drawSceneFile(scene, renderer, readback);
    if (values.keep !== undefined) {
      await mkdir(values.keep, { recursive: true });
      const { width, height, rgba } = picture;
      await writeFile(join(values.keep, `${name}.png`), encode({ width, height, data: rgba, channels: 4 }));
    }
    const golden = decode(await readFile(join(scene, "golden.png")));
    const { psnr, bad } = difference(picture.rgba, golden.data, golden.channels, expect.bad_threshold);
    const ok = psnr >= expect.psnr_db && bad <= expect.max_bad_fraction;
    return { ...base, psnr, bad, result: ok ? "ok" : "FAIL", note: "" };
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    const result = error instanceof UnsupportedLayerError ? "not built" : "FAIL";
    return { ...base, psnr: undefined, bad: undefined, result, note };
  }
}

/** PSNR over RGB in dB (Infinity when equal), and the share of pixels with a channel off by more than `threshold`. */
function difference(rgba: Uint8Array, golden: ArrayLike<number>, channels: number, threshold: number) {
  const pixels = rgba.length / 4;
  let squares = 0;
  let bad = 0;
  for (let i = 0; i < pixels; i++) {
    let worst = 0;
    for (let c = 0; c < 3; c++) {
      const off = Math.abs((rgba[i * 4 + c] ?? 0) - (golden[i * channels + c] ?? 0));
      squares += off * off;
      worst = Math.max(worst, off);
    }
    if (worst > threshold) bad++;
  }
  return { psnr: 10 * Math.log10((255 * 255) / (squares / (pixels * 3))), bad: bad / pixels };
}

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map((row) => row.name.length));
  console.log(`${"scene".padEnd(width)}  PSNR dB (needed)  bad share (allowed)`);
  for (const row of rows) {
    const psnr =
      row.psnr === undefined ? "-" : row.psnr === Number.POSITIVE_INFINITY ? "same" : row.psnr.toFixed(1);
    const bad = row.bad === undefined ? "-" : row.bad.toFixed(4);
    console.log(
      `${row.name.padEnd(width)}  ${psnr.padStart(7)} (${row.neededPsnr})  ${bad.padStart(7)} (${row.allowedBad})  ${row.result} ${row.note}`,
    );
  }
}
