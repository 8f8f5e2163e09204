/** The models that a node serves: started when they are asked for, ended when nobody asks any more. */
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Environments } from "../../kernels/environment/environments.ts";
import { sandboxed } from "../../launcher/probe.ts";
import type { GpuLedger } from "../../sessions/ledger.ts";
import type { Person } from "../../trainer/http/person.ts";
import type { Model } from "../../trainer/models.ts";
import {
  BackendError,
  type BackendStats,
  type GenerateListener,
  type GenerateRequest,
  type ModelBackend,
  type Usage,
} from "../workers/backend.ts";
import type { WorkerOptions } from "../workers/child.ts";
import { loadOwn } from "../workers/own.ts";
import { startVllm, vllmFolder, vllmKnows } from "../workers/vllm.ts";
import { type InferenceDevice, type Placement, place } from "./placement.ts";
import { ServedModel, type ServedState } from "./served.ts";
import { SpareWorker } from "./spare.ts";

/** The environment that workers run in. */
export const ENVIRONMENT = "eyepiece-train";
/** How many times longer than a model the worker that waits is kept: it is small, and saves the next one seconds. */
const SPARE_TIMES = 6;
/** Models that have a process at a time. */
const MAX_MODELS = 16;

/** What the room stands on. */
export interface ModelServerOptions {
  readonly environments: Environments;
  readonly ledger: GpuLedger;
  /** Where models may be, best first. */
  readonly devices: readonly InferenceDevice[];
  /** Folders that models lie in; workers see nothing else of this machine. */
  readonly roots: readonly string[];
  /** A model that nobody has asked for so long is ended; `EYEPIECE_INACTIVITY_TIMEOUT`, in seconds, or 10 minutes when left out. */
  readonly inactivityMs?: number;
  /** How long a chat template may take; a minute when left out. */
  readonly promptMs?: number;
  readonly log: (line: string) => void;
}

/** What is served now. */
export interface ServedReport {
  /** Folder of the base model. */
  readonly folder: string;
  readonly state: ServedState;
  readonly inFlight: number;
  readonly stats: BackendStats | undefined;
}

/** Serves models. */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly #inactivityMs: number;
  readonly #served = new Map<string, ServedModel>();
  readonly #sweep: NodeJS.Timeout;
  #spare: SpareWorker | undefined;
  #numbers = 0;

  constructor(options: ModelServerOptions) {
    this.#options = options;
    this.#inactivityMs = options.inactivityMs ?? inactivityOf(process.env.EYEPIECE_INACTIVITY_TIMEOUT);
    for (const root of options.roots) mkdirSync(root, { recursive: true });
    const often = Math.max(50, Math.min(10_000, this.#inactivityMs / 4));
    this.#sweep = setInterval(() => this.#endIdle(), often).unref();
  }

  /** Somebody looks at models: has a worker ready, where its environment is there. */
  async warm(): Promise<void> {
    if (this.#options.environments.ready(ENVIRONMENT)) (await this.#ready()).warm();
  }

  /** Answers a request, starting the model where it does not run. @throws BackendError */
  async generate(
    person: Person,
    model: Model,
    request: GenerateRequest,
    listener: GenerateListener,
    signal: AbortSignal,
  ): Promise<Usage> {
    const served = await this.#of(model, person);
    return served.generate(model, request, listener, signal);
  }

  /** Starts a model and waits until it can answer. @throws BackendError */
  async launch(person: Person, model: Model): Promise<void> {
    const served = await this.#of(model, person);
    await served.backend;
    await served.update(model);
  }

  /** Has a model that is served take the weights of its folder now, not at its next request. @throws BackendError */
  async reload(model: Model): Promise<void> {
    await this.#served.get(keyOf(model))?.update(model);
  }

  /** Ends the process of a model. @returns false where it had none, or other people use it, too */
  kill(person: Person, model: Model): boolean {
    const served = this.#served.get(keyOf(model));
    if (!served || [...served.users].some((user) => user !== person.id)) return false;
    served.kill();
    return true;
  }

  /** Ends the processes of all models that only this person has used. @returns how many */
  killAll(person: Person): number {
    const own = [...this.#served.values()].filter(({ users }) => [...users].every((id) => id === person.id));
    for (const served of own) served.kill();
    return own.length;
  }

  /** Whether a model has a process; `stopped` where not. */
  stateOf(model: Model): ServedState | "stopped" {
    return this.#served.get(keyOf(model))?.state ?? "stopped";
  }

  /** What is done before a model can answer, for people; empty when nothing is. */
  doing(model: Model): string {
    const made = this.#options.environments.progress(ENVIRONMENT);
    if (made) return `${made.message}${made.fraction ? `, ${Math.round(made.fraction * 100)} %` : ""}.`;
    return this.stateOf(model) === "loading" ? "The model is being loaded." : "";
  }

  /** All that is served. */
  async report(): Promise<ServedReport[]> {
    return Promise.all(
      [...this.#served.values()].map(async ({ folder, state, inFlight, backend }) => {
        const running = state === "running" ? await backend.catch(() => undefined) : undefined;
        return { folder, state, inFlight, stats: await running?.stats().catch(() => undefined) };
      }),
    );
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const served of this.#served.values()) served.kill();
    this.#spare?.close();
  }

  async #of(model: Model, person: Person): Promise<ServedModel> {
    const spare = await this.#ready();
    spare.warm();
    const key = keyOf(model);
    let served = this.#served.get(key);
    if (!served || served.state === "ended") {
      const folder = model.base ?? model.folder;
      served = new ServedModel(folder, this.#start(folder, spare), () => {
        if (this.#served.get(key) === served) this.#served.delete(key);
      });
      this.#served.set(key, served);
    }
    served.users.add(person.id);
    served.usedMs = Date.now();
    return served;
  }

  async #start(folder: string, spare: SpareWorker): Promise<ModelBackend> {
    const { ledger, log } = this.#options;
    const holder = `model-${++this.#numbers}`;
    if (this.#served.size >= MAX_MODELS && !this.#endOldest())
      throw new BackendError(`${MAX_MODELS} models run and all are in use: try again later.`, 503);
    const placement = await this.#place(folder, holder);
    const started = performance.now();
    try {
      const backend = await this.#load(folder, placement, spare);
      log(`model: ${folder} answers after ${Math.round(performance.now() - started)} ms`);
      void backend.ended.then((why) => {
        ledger.release(placement.reservation.id);
        log(`model: ${folder}: ${why}`);
      });
      return backend;
    } catch (cause) {
      ledger.release(placement.reservation.id);
      log(`model: ${folder} could not be loaded: ${cause instanceof Error ? cause.message : cause}`);
      throw cause;
    }
  }

  async #load(folder: string, placement: Placement, spare: SpareWorker): Promise<ModelBackend> {
    const { gpu, cacheBytes } = placement;
    const vllm = gpu === undefined || !vllmKnows(folder) ? undefined : vllmFolder();
    if (gpu !== undefined && vllm) {
      const { bytes, device } = placement.reservation;
      const found = this.#options.ledger.report().find(({ id }) => id === device);
      const { works: sandbox } = await sandboxed();
      const deviceBytes = found?.bytes ?? bytes;
      return startVllm(vllm, { folder, gpu, bytes, deviceBytes, roots: this.#options.roots, sandbox });
    }
    // A core is left to the node and its viewers.
    const threads = Math.max(1, availableParallelism() - 1);
    const { promptMs = 60_000 } = this.#options;
    const options = { folder, gpu, cacheBytes, threads, promptMs };
    const { child, fresh } = spare.take();
    try {
      return await loadOwn(child, options);
    } catch (cause) {
      // One that has waited for long may have been ended since: that says nothing about the model.
      if (fresh || !(cause instanceof BackendError) || cause.code !== "worker_gone") throw cause;
      return loadOwn(spare.take().child, options);
    }
  }

  /** Room on a device; models that nobody uses now make some. */
  async #place(folder: string, holder: string): Promise<Placement> {
    const { ledger, devices } = this.#options;
    for (;;) {
      try {
        return await place(folder, ledger, devices, holder);
      } catch (cause) {
        const ending = this.#endOldest();
        if (!(cause instanceof BackendError) || !ending) throw cause;
        await ending;
      }
    }
  }

  /** Ends the model that is idle for longest. @returns settles when its memory is given back; undefined: all are in use */
  #endOldest(): Promise<unknown> | undefined {
    const idle = [...this.#served.values()]
      .filter(({ inFlight, state }) => inFlight === 0 && state === "running")
      .sort((a, b) => a.usedMs - b.usedMs)[0];
    if (!idle) return undefined;
    idle.kill();
    // Hears of the end after the ledger has.
    return idle.backend.then((backend) => backend.ended);
  }

  #endIdle(): void {
    const before = Date.now() - this.#inactivityMs;
    for (const served of this.#served.values())
      if (served.state === "running" && served.inFlight === 0 && served.usedMs < before) served.kill();
  }

  /** @throws BackendError 503 that says how far the environment is, while it is made */
  async #ready(): Promise<SpareWorker> {
    const { environments, roots } = this.#options;
    if (!environments.ready(ENVIRONMENT)) {
      // Takes minutes, longer than a client waits.
      environments.ensure(ENVIRONMENT).catch((cause: Error) => this.#options.log(`model: ${cause.message}`));
      const { message = "Beginning", fraction = 0 } = environments.progress(ENVIRONMENT) ?? {};
      throw new BackendError(
        `The Python environment for models is being made: ${message} (${Math.round(fraction * 100)}%). Ask again in a minute.`,
        503,
        null,
        "environment_not_ready",
      );
    }
    const { works } = await sandboxed();
    this.#spare ??= new SpareWorker((): WorkerOptions => {
      const environment = environments.ready(ENVIRONMENT);
      if (!environment) throw new BackendError("The Python environment for models is gone.", 503);
      return { environment, roots, sandbox: works };
    }, this.#inactivityMs * SPARE_TIMES);
    return this.#spare;
  }
}

function inactivityOf(setting: string | undefined): number {
  const seconds = Number(setting || Number.NaN);
  return seconds > 0 ? Math.min(seconds, 7 * 24 * 3600) * 1000 : 10 * 60_000;
}

/** Models with the same key share a process: adapters with their base, and whoever uses the same folder. One whose weights
 * change has its own, or others who begin from that folder would be answered by what it has become. */
function keyOf(model: Model): string {
  return model.live && model.base === undefined
    ? `live:${model.ownedBy}:${model.id}`
    : (model.base ?? model.folder);
}
