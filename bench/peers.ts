/**
 * The same volume, motions and size in napari and in VTK, in the same run, as ratios to ours.
 *
 *     node bench/peers.ts --volume FILE.nii.gz [--json] [--python DIR]
 *
 * The peers come from PyPI into a virtual environment (kept in the temporary folder, or `--python`). napari needs a
 * display: Xvfb is used where there is none.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    volume: { type: "string" },
    json: { type: "boolean", default: false },
    python: { type: "string", default: join(tmpdir(), "eyepiece-peers") },
    rounds: { type: "string", default: "2" },
  },
});

const SIZE = [1280, 720] as const;

/** Runs a program to its end. @throws Error with the end of its output */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code) =>
      code === 0 ? done(stdout) : fail(new Error(`${program} ended with ${code}: ${stderr.slice(-600)}`)),
    );
  });
}

async function environment(folder: string): Promise<string> {
  const python = join(folder, "bin/python");
  if (existsSync(join(folder, "bin/napari"))) return python;
  console.error("  installing napari and VTK (some minutes, once)");
  await run("python3", ["-m", "venv", folder]);
  await run(python, ["-m", "pip", "install", "-q", "vtk", "numpy", "nibabel", "pillow", "napari[pyqt6]"]);
  return python;
}

type Figures = Readonly<Record<string, number | string>>;

async function peer(
  python: string,
  name: "napari" | "vtk",
  volume: string,
): Promise<Figures | { readonly notRun: string }> {
  const args = [join(import.meta.dirname, "peers.py"), name, volume, String(SIZE[0]), String(SIZE[1])];
  const hasXvfb = spawnSync("which", ["xvfb-run"]).status === 0;
  const wrapped =
    process.env.DISPLAY || !hasXvfb
      ? [python, ...args]
      : ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", python, ...args];
  const [program = python, ...rest] = wrapped;
  try {
    const lines = (await run(program, rest)).trim().split("\n");
    return JSON.parse(lines.at(-1) ?? "{}") as Figures;
  } catch (cause) {
    return { notRun: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Our milliseconds by pass. */
function passesOf(report: unknown): Figures {
  if (typeof report !== "object" || report === null || !("passes" in report)) return {};
  return report.passes as Figures;
}

/** A peer's time over ours, for what both have: above 1 we are faster. */
function ratiosTo(
  peer: Figures | { readonly notRun: string },
  passes: Figures,
): Readonly<Record<string, number>> {
  const pairs = Object.entries(peer).flatMap(([pass, time]) => {
    const own = passes[pass === "first" ? "first_slice" : pass];
    return typeof time === "number" && typeof own === "number" ? [[pass, time / own] as const] : [];
  });
  return Object.fromEntries(pairs);
}

if (!values.volume || !existsSync(values.volume)) {
  console.error("Which volume? bench/peers.ts --volume FILE.nii.gz");
  process.exitCode = 2;
} else {
  const python = await environment(values.python);
  const engine = join(import.meta.dirname, "engine.ts");
  const own: unknown = JSON.parse(
    await run(process.execPath, [engine, "--volume", values.volume, "--json", "--rounds", values.rounds]),
  );
  const napari = await peer(python, "napari", values.volume);
  const vtk = await peer(python, "vtk", values.volume);
  const passes = passesOf(own);
  const ratios = { napari: ratiosTo(napari, passes), vtk: ratiosTo(vtk, passes) };
  const report = {
    bench: "peers",
    ratios,
    machine: machine(),
    size: SIZE.join("x"),
    eyepiece: own,
    napari,
    vtk,
  };
  console.log(values.json ? JSON.stringify(report, undefined, 1) : report);
}
