/** Our own worker with a model loaded, as a backend. */
import * as v from "valibot";
import {
  BackendError,
  type BackendStats,
  type GenerateListener,
  type GenerateRequest,
  type ModelBackend,
  type ModelFacts,
  type Usage,
} from "./backend.ts";
import type { WorkerChild } from "./child.ts";
import { LoadedAnswer, StatsAnswer, UsageAnswer } from "./messages.ts";

/** What a model is loaded with. */
export interface LoadOptions {
  readonly folder: string;
  /** The GPU's number for CUDA; undefined: the CPU. */
  readonly gpu: string | undefined;
  /** Bytes for the caches of keys and values. */
  readonly cacheBytes: number;
  /** For the CPU. */
  readonly threads: number;
  /** How long a prompt may take to become tokens: chat templates are programs, and may never end. */
  readonly promptMs: number;
}

/** Weights and adapters come from disk. */
const LOAD_MS = 30 * 60_000;
const STATS_MS = 60_000;

/** Loads a model into a worker that waits. @throws BackendError; the worker is of no more use then */
export async function loadOwn(child: WorkerChild, options: LoadOptions): Promise<ModelBackend> {
  const { folder, gpu, cacheBytes, threads, promptMs } = options;
  try {
    await child.ready;
    const asked = { do: "load", path: folder, gpu: gpu ?? null, cache_bytes: cacheBytes, threads };
    return new OwnBackend(child, v.parse(LoadedAnswer, await within(child, asked, LOAD_MS)), promptMs);
  } catch (cause) {
    child.kill();
    throw cause;
  }
}

class OwnBackend implements ModelBackend {
  readonly facts: ModelFacts;
  readonly ended: Promise<string>;
  readonly #child: WorkerChild;
  readonly #promptMs: number;

  constructor(child: WorkerChild, facts: ModelFacts, promptMs: number) {
    this.#child = child;
    this.#promptMs = promptMs;
    this.facts = facts;
    this.ended = child.ended;
  }

  async generate(request: GenerateRequest, listener: GenerateListener, signal: AbortSignal): Promise<Usage> {
    signal.throwIfAborted();
    let late: NodeJS.Timeout | undefined;
    const call = this.#child.call(
      { do: "generate", request },
      {
        onAccepted: () => {
          clearTimeout(late);
          listener.onAccepted();
        },
        onPiece: ({ index, text, logprobs, finish }) =>
          listener.onPiece({ index, text, ...(logprobs && { logprobs }), ...(finish && { finish }) }),
      },
    );
    // A template that never ends holds up every other prompt of the model.
    const why = `its chat template did not end within ${this.#promptMs / 1000} s`;
    late = setTimeout(() => this.#child.kill(why), this.#promptMs);
    const abort = () => this.#child.cancel(call.number, new BackendError("The request was cancelled.", 499));
    signal.addEventListener("abort", abort, { once: true });
    try {
      return v.parse(UsageAnswer, await call.answer);
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", abort);
    }
  }

  async addAdapter(name: string, folder: string): Promise<void> {
    await within(this.#child, { do: "adapter", name, path: folder }, LOAD_MS);
  }

  async dropAdapter(name: string): Promise<void> {
    await within(this.#child, { do: "drop_adapter", name }, LOAD_MS);
  }

  async reload(folder: string): Promise<void> {
    await within(this.#child, { do: "reload", path: folder }, LOAD_MS);
  }

  async stats(): Promise<BackendStats> {
    const stats = v.parse(StatsAnswer, await within(this.#child, { do: "stats" }, STATS_MS));
    return stats ?? { running: 0, waiting: 0, tokens: 0, budget: 0 };
  }

  kill(): void {
    this.#child.kill();
  }
}

/** Asks, and ends the worker when it does not answer in time. */
async function within(
  child: WorkerChild,
  asked: Readonly<Record<string, unknown>>,
  ms: number,
): Promise<unknown> {
  const late = setTimeout(() => child.kill(`it did not answer within ${ms / 1000} s`), ms);
  try {
    return await child.call(asked).answer;
  } finally {
    clearTimeout(late);
  }
}
