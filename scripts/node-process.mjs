/** How Eyepiece's own processes are started on Node 24: the one that a person starts, and those that it looks after. */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Node's own options. Buffers of pixels die young: a small nursery lets them go before they pile up (ADR 22). */
const FLAGS = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=2"];
/** What Node made of the sources, beside the packages: without it each process holds a compiler of TypeScript (ADR 110). */
const COMPILED = resolve(dirname(fileURLToPath(import.meta.url)), "../node_modules/.cache/eyepiece/compiled");

export function nodeProcess(env) {
  return { flags: FLAGS, env: { NODE_COMPILE_CACHE: COMPILED, ...env } };
}
