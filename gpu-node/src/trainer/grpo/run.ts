/** One online run: the commands that its program is to obey, and what it has told. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Job, Json } from "../../jobs/job.ts";
import type { JobManager } from "../../jobs/manager.ts";
import { isOver } from "../../jobs/states.ts";
import { paramsOf } from "../fine-tuning/kind.ts";
import { ApiError } from "../http/api-error.ts";
import { madeBy, modelIn } from "../made.ts";
import type { Model } from "../models.ts";

/** Batches that may wait to be learnt from; beyond, who sends them waits. */
export const MAX_WAITING = 8;
const WAIT_MS = 10 * 60_000;

/** A command, as its program reads it. */
type Command =
  | { readonly batch: { readonly id: number; readonly groups: readonly (readonly unknown[])[] } }
  | { readonly checkpoint: { readonly name: string; readonly folder: string } }
  | { readonly end: true };

/** A run that is known in this process. Everything is found again on disk and in the job's log. */
export class OnlineRun {
  readonly #jobs: JobManager;
  readonly #id: string;
  readonly #folder: string;
  #read = 0;
  /** Ids of batches that were taken, and of those that were learnt from. */
  readonly #taken = new Set<number>();
  readonly #learnt = new Set<number>();
  readonly #saved = new Map<string, string>();
  /** No id below it is free. */
  #lowest = 0;
  #weights: string | undefined;
  #last: string | undefined;
  #next: number;
  #writing: Promise<void> = Promise.resolve();

  constructor(jobs: JobManager, job: Job) {
    this.#jobs = jobs;
    this.#id = job.id;
    this.#folder = madeBy(jobs, job, "commands");
    const numbers = existsSync(this.#folder)
      ? readdirSync(this.#folder).flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
      : [];
    for (const number of numbers) {
      const command = JSON.parse(readFileSync(join(this.#folder, `${number}.json`), "utf8")) as Command;
      if ("batch" in command) this.#taken.add(command.batch.id);
    }
    this.#next = Math.max(0, ...numbers.map(Number)) + 1;
  }

  get #job(): Job {
    return this.#jobs.get(this.#id);
  }

  /** Takes a batch; what was taken is on disk. Again with the same id it does nothing. */
  async step(id: number | undefined, groups: readonly (readonly unknown[])[]): Promise<void> {
    this.#refresh();
    await this.#until(() => this.#taken.size - this.#learnt.size < MAX_WAITING, "it learns too slowly");
    const batch = id ?? this.#pending(1)[0] ?? 0;
    if (this.#taken.has(batch)) return;
    this.#taken.add(batch);
    try {
      await this.#append({ batch: { id: batch, groups } });
    } catch (cause) {
      this.#taken.delete(batch);
      throw cause;
    }
  }

  /** Writes weights under a name; answers when they are there. */
  async checkpoint(name: string): Promise<void> {
    const folder = `${this.#next}-${name.replaceAll(/[^\w-]+/g, "_").slice(0, 80)}`;
    await this.#append({ checkpoint: { name, folder } });
    const path = `saved/${folder}`;
    await this.#until(() => this.#saved.get(name) === path, "it does not come to writing it");
  }

  /** Lets it learn from what was taken, and end; answers when it has. */
  async end(): Promise<void> {
    await this.#append({ end: true });
    await this.#until(() => isOver(this.#job.state), "it does not end");
  }

  /** What Arbor's clients are told. */
  status(): Record<string, Json> {
    this.#refresh();
    const job = this.#job;
    const accumulation = Number(paramsOf(job).hyperparameters.gradient_accumulation_steps ?? 1);
    return {
      job_id: `grpo:${this.#id}`,
      // Clients know no `created`.
      status: job.state === "created" ? "pending" : job.state,
      status_reason: job.reason,
      current_model: this.model()?.id ?? paramsOf(job).model,
      checkpoints: Object.fromEntries(
        [...this.#saved].map(([name, path]) => [name, madeBy(this.#jobs, job, path)]),
      ),
      last_checkpoint: this.#last ?? null,
      // What one step of the optimizer is made of: never empty while batches are learnt from, or clients stand still.
      pending_batch_ids: isOver(job.state) ? [] : this.#pending(accumulation),
      batches: this.#learnt.size,
    };
  }

  /** The model as it is now; undefined while there are no weights but the base's. */
  model(): Model | undefined {
    this.#refresh();
    const job = this.#job;
    const over = isOver(job.state);
    const final = madeBy(this.#jobs, job, "model");
    if (over && existsSync(final)) return modelIn(final, job.person);
    if (!this.#weights) return undefined;
    const model = modelIn(madeBy(this.#jobs, job, this.#weights), job.person);
    return model && (over ? model : { ...model, id: `grpo:${job.id}`, live: true });
  }

  #pending(count: number): number[] {
    while (this.#taken.has(this.#lowest)) this.#lowest += 1;
    const ids: number[] = [];
    for (let id = this.#lowest; ids.length < count; id++) if (!this.#taken.has(id)) ids.push(id);
    return ids;
  }

  /** Reads on in the job's log. */
  #refresh(): void {
    for (;;) {
      const entries = this.#jobs.entries(this.#id, this.#read);
      if (entries.length === 0) return;
      for (const entry of entries) {
        this.#read = entry.n;
        if (entry.kind !== "event" || !entry.data || typeof entry.data !== "object") continue;
        const { batch_id, weights, saved, name } = entry.data as Record<string, Json | undefined>;
        if (typeof batch_id === "number") {
          this.#taken.add(batch_id);
          this.#learnt.add(batch_id);
        }
        if (typeof weights === "string") this.#weights = weights;
        if (typeof saved !== "string" || typeof name !== "string") continue;
        this.#saved.set(name, saved);
        this.#last = name;
      }
    }
  }

  /** One command after another, each whole on disk before it is answered. */
  async #append(command: Command): Promise<void> {
    const before = this.#writing;
    const done = Promise.withResolvers<void>();
    this.#writing = done.promise;
    await before;
    try {
      const { state, reason } = this.#job;
      if (isOver(state) || state === "pending_cancel") throw over(state, reason);
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const path = join(this.#folder, `${this.#next}.json`);
      const part = await open(`${path}.part`, "w", 0o600);
      try {
        await part.writeFile(JSON.stringify(command));
        await part.sync();
      } finally {
        await part.close();
      }
      await rename(`${path}.part`, path);
      this.#next += 1;
    } finally {
      done.resolve();
    }
    this.#jobs.wake(this.#id);
  }

  /** Waits for the job's log to make something true. @throws ApiError when the job ends before, or it takes too long */
  async #until(done: () => boolean, why: string): Promise<void> {
    const late = AbortSignal.timeout(WAIT_MS);
    for (;;) {
      this.#refresh();
      if (done()) return;
      const { state, reason } = this.#job;
      if (isOver(state)) throw over(state, reason);
      for await (const _entry of this.#jobs.watch(this.#id, this.#read, late)) break;
      if (late.aborted)
        throw new ApiError(
          504,
          "server_error",
          `The job is ${state}, and ${why}: ask again later.`,
          null,
          "timeout",
        );
    }
  }
}

function over(state: string, reason: string): ApiError {
  return new ApiError(
    400,
    "invalid_request_error",
    `The job is ${state}: ${reason}`,
    "job_id",
    "invalid_state",
  );
}
