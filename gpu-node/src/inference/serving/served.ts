/** One base model that is served, with the adapters that were asked for. */
import type { Model } from "../../trainer/models.ts";
import {
  BackendError,
  type GenerateListener,
  type GenerateRequest,
  type ModelBackend,
  type Usage,
} from "../workers/backend.ts";

/** Adapters of one base that are kept loaded. */
const MAX_ADAPTERS = 32;

/** `loading` → `running` → `ended`; a model that failed to load is `ended`, too. */
export type ServedState = "loading" | "running" | "ended";

/** From its start until its process is gone. */
export class ServedModel {
  /** Folder of the weights that it has now, or will have. */
  folder: string;
  state: ServedState = "loading";
  /** People who have used it. */
  readonly users = new Set<string>();
  /** Milliseconds since 1970 when it was last asked. */
  usedMs = Date.now();
  /** Requests under way. */
  inFlight = 0;
  /** Settles with the backend. @throws BackendError */
  readonly backend: Promise<ModelBackend>;
  /** Folders of adapters by id, the one used last at the end. */
  readonly #adapters = new Map<string, string>();
  /** Changes of weights, one after the other. */
  #changing: Promise<unknown> = Promise.resolve();

  /** @param onEnded told once, when its process is gone or did not come up */
  constructor(folder: string, backend: Promise<ModelBackend>, onEnded: () => void) {
    this.folder = folder;
    this.backend = backend;
    const over = () => {
      this.state = "ended";
      onEnded();
    };
    backend.then((ready) => {
      this.state = "running";
      void ready.ended.then(over);
    }, over);
  }

  /** Answers a request with this model or an adapter of it. @throws BackendError */
  async generate(
    model: Model,
    request: GenerateRequest,
    listener: GenerateListener,
    signal: AbortSignal,
  ): Promise<Usage> {
    this.inFlight += 1;
    try {
      const backend = await orAborted(this.backend, signal);
      await this.update(model);
      return await backend.generate(
        model.base === undefined ? request : { ...request, adapter: model.id },
        listener,
        signal,
      );
    } finally {
      this.inFlight -= 1;
      this.usedMs = Date.now();
    }
  }

  /** Has the weights that a model's folder holds: its own, or an adapter's. @throws BackendError */
  update(model: Model): Promise<void> {
    const next = this.#changing.then(() => this.#update(model));
    this.#changing = next.catch(() => {});
    return next;
  }

  /** Ends its process. */
  kill(): void {
    this.state = "ended";
    this.backend.then(
      (backend) => backend.kill(),
      () => {},
    );
  }

  async #update(model: Model): Promise<void> {
    const backend = await this.backend;
    if (model.base === undefined) {
      if (this.folder === model.folder) return;
      await backend.reload(model.folder);
      this.folder = model.folder;
      return;
    }
    const known = this.#adapters.get(model.id);
    this.#adapters.delete(model.id);
    if (known !== model.folder) await backend.addAdapter(model.id, model.folder);
    this.#adapters.set(model.id, model.folder);
    for (const oldest of this.#adapters.keys()) {
      if (this.#adapters.size <= MAX_ADAPTERS) break;
      this.#adapters.delete(oldest);
      await backend.dropAdapter(oldest);
    }
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new BackendError("The request was cancelled.", 499));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
