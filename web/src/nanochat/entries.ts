/** What a stage told: its metrics by step, its samples, and how far it is. Read once, and then only what is new. */
import { listEntries, type Sample, type StageEntry } from "./api.ts";
import type { Metrics } from "./axis.ts";

/** Answers at most in one look. */
const MOST_PAGES = 50;
/** Steps of which samples are kept: those in between go. */
const MOST_SAMPLES = 50;

/** What a model wrote at one step. */
export interface SamplesAt {
  readonly step: number;
  readonly samples: readonly Sample[];
}

/** Something that is said to people. */
export interface Said {
  readonly n: number;
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly message: string;
}

type Ask = typeof listEntries;

/** See the file's comment. */
export class EntryReader {
  readonly #run: string;
  readonly #stage: string;
  readonly #ask: Ask;
  #reading: Promise<void> | undefined;
  #job = "";
  #last = 0;
  #points = new Map<string, Map<number, number | null>>();
  #samples = new Map<number, readonly Sample[]>();
  #said: Said[] = [];
  #total: number | undefined;
  #metrics: Metrics = {};

  /** @param ask for tests */
  constructor(run: string, stage: string, ask: Ask = listEntries) {
    this.#run = run;
    this.#stage = stage;
    this.#ask = ask;
  }

  get metrics(): Metrics {
    return this.#metrics;
  }

  /** Samples by step, the newest first. */
  get samples(): readonly SamplesAt[] {
    return [...this.#samples].map(([step, samples]) => ({ step, samples })).sort((a, b) => b.step - a.step);
  }

  /** The last that was said, the newest first. */
  get said(): readonly Said[] {
    return this.#said.toReversed();
  }

  /** Steps that there will be; undefined before that is known. */
  get total(): number | undefined {
    return this.#total;
  }

  /** The newest step of which anything is known. */
  get step(): number {
    return this.#metrics.loss?.steps.at(-1) ?? this.#metrics.reward?.steps.at(-1) ?? 0;
  }

  /** Asks for what came since the last time. Who asks meanwhile waits for the same. @throws ApiError; what was known stays */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    for (let page = 0; page < MOST_PAGES; page++) {
      const { job, data, has_more } = await this.#ask(this.#run, this.#stage, this.#last);
      if (job !== this.#job) {
        // It was begun anew: nothing of the job before is its own.
        this.#forget(job);
        if (this.#last > 0) {
          this.#last = 0;
          continue;
        }
      }
      for (const entry of data) this.#take(entry);
      if (data.some(({ kind }) => kind === "metrics")) this.#metrics = this.#sorted();
      if (!has_more) return;
    }
  }

  #forget(job: string): void {
    this.#job = job;
    this.#points = new Map();
    this.#samples = new Map();
    this.#said = [];
    this.#total = undefined;
    this.#metrics = {};
  }

  #take(entry: StageEntry): void {
    this.#last = entry.n;
    if (entry.kind === "metrics") {
      for (const [name, value] of Object.entries(entry.values)) {
        let points = this.#points.get(name);
        if (!points) {
          points = new Map();
          this.#points.set(name, points);
        }
        points.set(entry.step, typeof value === "number" ? value : null);
      }
    } else if (entry.kind === "event") {
      const { total_steps: total, step, samples } = entry.data ?? {};
      if (typeof total === "number") this.#total = total;
      if (typeof step === "number" && Array.isArray(samples)) {
        this.#samples.set(step, samples as Sample[]);
        const steps = [...this.#samples.keys()].sort((a, b) => a - b);
        if (steps.length > MOST_SAMPLES) this.#samples.delete(steps[Math.floor(steps.length / 2)] ?? 0);
      } else this.#say(entry.n, entry.at, entry.level, entry.message);
    } else if (entry.kind === "state") this.#say(entry.n, entry.at, "info", `${entry.to}: ${entry.reason}`);
  }

  #say(n: number, at: number, level: Said["level"], message: string): void {
    this.#said.push({ n, at, level, message });
    if (this.#said.length > 200) this.#said.shift();
  }

  #sorted(): Metrics {
    const found: Record<string, { steps: number[]; values: (number | null)[] }> = {};
    for (const [name, points] of this.#points) {
      const steps = [...points.keys()].sort((a, b) => a - b);
      found[name] = { steps, values: steps.map((step) => points.get(step) ?? null) };
    }
    return found;
  }
}
