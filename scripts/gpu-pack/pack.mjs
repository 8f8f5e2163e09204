/**
 * Packs what needs a real GPU into one file under 64 MiB, to be carried to a machine without a network:
 *
 *     npm run pack:gpu [-- FILE.tar.gz]
 *     tar xzf FILE.tar.gz && sh eyepiece-gpu/run.sh [VOLUME.nii.gz]
 *
 * Inside: Node 24, Dawn for Linux x86-64, the engine, its GPU tests, napari's pictures and the benchmark, as sources.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { node24, ROOT, SetupError } from "../setup.mjs";

const LIMIT = 64 * 1024 * 1024;
/** Packages that the packed sources import; theirs follow. */
const PACKAGES = ["valibot", "protobufjs", "long", "fast-png", "nifti-reader-js", "chai", "@vitest/expect"];

/** The folder of a package as seen from another, or undefined when it is optional and not there. */
function folderOf(name, from) {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (statSync(join(folder, "package.json"), { throwIfNoEntry: false })) return folder;
  }
  return undefined;
}

function copyPackages(target) {
  const done = new Set();
  const visit = (name, from) => {
    const folder = folderOf(name, from);
    if (!folder || done.has(name)) return;
    done.add(name);
    cpSync(folder, join(target, "node_modules", name), {
      recursive: true,
      filter: (path) =>
        !/\.(map|d\.ts|d\.mts|d\.cts|md)$/.test(path) && !path.slice(folder.length).includes("node_modules"),
    });
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder);
  };
  for (const name of PACKAGES) visit(name, join(ROOT, "gpu-node"));
  const webgpu = dirname(createRequire(join(ROOT, "gpu-node/package.json")).resolve("webgpu/package.json"));
  cpSync(webgpu, join(target, "node_modules/webgpu"), {
    recursive: true,
    filter: (path) => !/darwin|win32|linux-arm64/.test(path.slice(webgpu.length)),
  });
}

const out = resolve(process.argv[2] ?? "eyepiece-gpu.tar.gz");
const work = mkdtempSync(join(tmpdir(), "eyepiece-pack-"));
const target = join(work, "eyepiece-gpu");
try {
  mkdirSync(join(target, "node_modules/@eyepiece"), { recursive: true });
  for (const part of ["protocol", "engine", "gpu-node"]) {
    cpSync(join(ROOT, part), join(target, part), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    symlinkSync(`../../${part}`, join(target, "node_modules/@eyepiece", part));
  }
  cpSync(join(ROOT, "bench"), join(target, "bench"), {
    recursive: true,
    filter: (path) => !path.includes("results"),
  });
  copyPackages(target);
  const vitest = join(target, "node_modules/vitest");
  mkdirSync(vitest, { recursive: true });
  cpSync(join(import.meta.dirname, "vitest.mjs"), join(vitest, "index.mjs"));
  writeFileSync(join(vitest, "package.json"), '{"name":"vitest","type":"module","exports":"./index.mjs"}\n');
  cpSync(join(import.meta.dirname, "run.mjs"), join(target, "run.mjs"));
  writeFileSync(join(target, "package.json"), '{"type":"module"}\n');
  cpSync(node24(), join(target, "node"));
  const script = [
    "#!/bin/sh",
    "set -eu",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own variables
    'case "${1:-}" in "") set -- ;; *) set -- "$(realpath "$1")" ;; esac',
    'cd "$(dirname "$0")"',
    'exec ./node --disable-warning=ExperimentalWarning run.mjs "$@"',
  ];
  writeFileSync(join(target, "run.sh"), `${script.join("\n")}\n`, { mode: 0o755 });
  execFileSync("tar", ["czf", out, "-C", work, "eyepiece-gpu"]);
  const { size } = statSync(out);
  if (size > LIMIT) throw new SetupError(`${out} has ${size} bytes, more than ${LIMIT}.`);
  console.log(`${out}: ${(size / 1024 / 1024).toFixed(1)} MiB`);
} catch (cause) {
  console.error(cause instanceof SetupError ? cause.message : cause);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
