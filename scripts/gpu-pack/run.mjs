/**
 * Runs in the unpacked folder, on a machine without a network: the GPU tests, the pictures against napari's, and the
 * engine's benchmark. `sh run.sh [VOLUME.nii.gz]`; EYEPIECE_GPU (default gpu) says which adapter must be found.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { gpuEnvironment } from "./gpu-node/src/gpu/environment.ts";

process.env.EYEPIECE_GPU ??= "gpu";
const here = import.meta.dirname;
const { env, info } = await gpuEnvironment(join(here, "home"));
console.log(`adapter: ${info.name} (${info.kind}, ${info.driver})`);
const run = (args) =>
  spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: here,
    stdio: "inherit",
    env: { ...process.env, ...env },
  }).status ?? 1;

const tests = globSync("{engine,gpu-node}/src/**/*.gpu.test.ts", { cwd: here });
const setup = join(here, "gpu-node/src/gpu/test-setup.ts");
let code = run(["--import", setup, "--test", "--test-concurrency=1", "--test-reporter=spec", ...tests]);
code ||= run(["bench/fidelity.ts"]);
const [volume] = process.argv.slice(2);
if (volume) code ||= run(["bench/engine.ts", "--volume", volume, "--json"]);
process.exitCode = code;
