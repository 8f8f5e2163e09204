/** How Eyepiece's own processes are started on Node 24: the one that a person starts, and those that it looks after. */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Node's own options. Buffers of pixels die young: a small nursery lets them go before they pile up (ADR 22). What lives long is looked through
 * when a quarter has been added: left to itself the heap of a node on which thousands of flows have run is twice what it holds (ADR 110).
 */
const FLAGS = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=2",
  "--heap-growing-percent=25",
];
/** What Node made of the sources, beside the packages: without it each process holds a compiler of TypeScript (ADR 110). */
const COMPILED = resolve(dirname(fileURLToPath(import.meta.url)), "../node_modules/.cache/eyepiece/compiled");

export function nodeProcess(env) {
  return { flags: FLAGS, env: { NODE_COMPILE_CACHE: COMPILED, ...env } };
}
