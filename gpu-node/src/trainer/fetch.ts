/** Base models that are not here yet, from the Hugging Face hub into the node's folder of models. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Environments } from "../kernels/environment/environments.ts";
import { SOURCES, TRAIN } from "./python.ts";

const run = promisify(execFile);
const TIMEOUT_MS = 6 * 3600_000;
/** What the hub's client reads of the node's own environment. */
const PASSED = [
  "PATH",
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
  "SSL_CERT_FILE",
  "HF_TOKEN",
  "HF_ENDPOINT",
];

/** Fetches each model once however many jobs ask for it. */
export class ModelFetcher {
  readonly #folder: string;
  readonly #environments: Environments;
  readonly #fetching = new Map<string, Promise<void>>();

  /** @param folder of models */
  constructor(folder: string, environments: Environments) {
    this.#folder = folder;
    this.#environments = environments;
  }

  /** Whether this could be the name of a model on the hub. `HF_HUB_OFFLINE` says that none is asked for. */
  could(id: string): boolean {
    const offline = process.env.HF_HUB_OFFLINE ?? "";
    return (
      ["", "0"].includes(offline) &&
      /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/.test(id) &&
      !id.includes("..")
    );
  }

  /** Settles when it is here. The signal ends the wait, not the fetching: others may wait, too. @throws Error with a sentence */
  async fetch(id: string, signal: AbortSignal): Promise<void> {
    const under = this.#fetching.get(id) ?? this.#fetch(id).finally(() => this.#fetching.delete(id));
    this.#fetching.set(id, under);
    const called = Promise.withResolvers<void>();
    const stop = () => called.reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      await Promise.race([under, called.promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async #fetch(id: string): Promise<void> {
    const { python } = await this.#environments.ensure(TRAIN);
    const cache = join(this.#folder, ".hub");
    mkdirSync(cache, { recursive: true });
    const env: Record<string, string> = { PYTHONPATH: SOURCES, HF_HOME: cache, HOME: cache };
    for (const name of PASSED) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    try {
      const args = ["-m", "eyepiece_trainer.fetch", id, join(this.#folder, id)];
      // It ends with the node, however that ends.
      await run("setpriv", ["--pdeathsig", "KILL", python, ...args], {
        env,
        timeout: TIMEOUT_MS,
        maxBuffer: 16 * 1024 ** 2,
      });
    } catch (cause) {
      const said = (cause as { stderr?: string }).stderr?.trim().split("\n").at(-1) ?? String(cause);
      throw new Error(
        `The model ${id} is not on this node and could not be fetched from Hugging Face: ${said.slice(0, 500)} Put its folder into ${this.#folder}/${id}, or try again.`,
      );
    }
  }
}
