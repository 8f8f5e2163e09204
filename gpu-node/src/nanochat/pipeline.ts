/** The pipeline: runs of one person each, whose stages are jobs that follow one another. */
import type { Job, Json } from "../jobs/job.ts";
import type { JobManager } from "../jobs/manager.ts";
import { isOver, type JobState } from "../jobs/states.ts";
import { ApiError, invalid, notFound } from "../trainer/http/api-error.ts";
import type { Person } from "../trainer/http/person.ts";
import { asked } from "../trainer/jobs-of.ts";
import type { Engine } from "./engines/engine.ts";
import { goesOn, inputsOf, readBy } from "./inputs.ts";
import { STAGE, type StageParams, stageOf } from "./kind.ts";
import {
  completeSettings,
  type EngineName,
  isStage,
  STAGE_FACTS,
  STAGES,
  type Stage,
  type StageSettings,
} from "./stages.ts";
import type { Run, RunStore } from "./store.ts";

/** Runs of one person. */
const MAX_RUNS = 100;
/** Also the middle of the names of its models. */
const NAME = /^[A-Za-z0-9][\w.-]{0,39}$/;

/** Where a stage of a run stands. */
export interface StageState {
  readonly stage: Stage;
  /** The state of its newest job; `ready` where it may be begun, `waiting` where what it begins from is missing. */
  readonly state: JobState | "ready" | "waiting";
  /** Its newest job. */
  readonly job: Job | undefined;
  /** Whether it was made from what is not the newest any more. */
  readonly stale: boolean;
  /** All that was said of it, and what holds by itself. */
  readonly settings: StageSettings;
}

/** See the file's comment. */
export class Pipeline {
  readonly #jobs: JobManager;
  readonly #store: RunStore;
  readonly #engines: Readonly<Record<EngineName, Engine>>;
  readonly #log: (line: string) => void;
  /** Runs that somebody here waits for. */
  readonly #followed = new Set<string>();
  #closed = false;

  constructor(
    jobs: JobManager,
    store: RunStore,
    engines: Readonly<Record<EngineName, Engine>>,
    log: (line: string) => void,
  ) {
    this.#jobs = jobs;
    this.#store = store;
    this.#engines = engines;
    this.#log = log;
  }

  /** Goes on with the runs that an earlier node left going. */
  open(): void {
    for (const run of this.#store.going()) this.#follow(run.id);
  }

  /** Runs stay as they are; the next node goes on with them. */
  close(): void {
    this.#closed = true;
    this.#store.close();
  }

  /** A person's runs, the newest first. */
  list(person: Person): Run[] {
    return this.#store.list(person.id);
  }

  /** @throws ApiError 404, for those of others too */
  get(person: Person, id: string): Run {
    const run = this.#store.find(id);
    if (run?.person !== person.id) throw notFound("run", id);
    return run;
  }

  /** A new run that has begun nothing. @throws ApiError that says what is wrong */
  create(
    person: Person,
    name: string,
    engine: EngineName,
    settings: Readonly<Record<string, StageSettings>>,
  ): Run {
    if (!NAME.test(name))
      throw invalid("A run's name has letters, digits, dots and dashes, at most 40.", "name");
    const all = this.#store.list(person.id);
    if (all.some((run) => run.name === name))
      throw invalid(`You have a run ${name} already: choose another name.`, "name", "name_taken");
    if (all.length >= MAX_RUNS)
      throw new ApiError(
        429,
        "rate_limit_error",
        `You have ${MAX_RUNS} runs: delete one.`,
        null,
        "too_many_runs",
      );
    const status = this.#engines[engine].status();
    if (!status.available) throw invalid(status.message, "engine", "engine_unavailable");
    for (const [stage, given] of Object.entries(settings)) {
      if (!isStage(stage)) throw invalid(`There is no stage ${stage}.`, "settings");
      completeSettings(stage, engine, given, this.#gpu);
    }
    const run = this.#store.create(person.id, name, engine);
    for (const [stage, given] of Object.entries(settings))
      this.#store.setSettings(run.id, stage as Stage, given);
    return run;
  }

  /** Where all stages of a run stand, in their order. */
  stages(run: Run): StageState[] {
    const newest = this.#newest(run);
    const done = (stage: Stage): string | undefined => {
      const job = newest.get(stage);
      return job?.state === "succeeded" ? job.id : undefined;
    };
    const stale = new Set<Stage>();
    return STAGES.map((stage) => {
      const job = newest.get(stage);
      const inputs = inputsOf(stage, done);
      if (job && inputs) {
        const from = stageOf(job).inputs;
        const older = Object.entries(inputs).some(([name, id]) => from[name] !== id);
        if (older || STAGE_FACTS[stage].needs.some((one) => stale.has(one))) stale.add(stage);
      }
      return {
        ...{ stage, job, stale: stale.has(stage), settings: this.#settings(run, stage) },
        state: job?.state ?? (inputs ? "ready" : "waiting"),
      };
    });
  }

  /**
   * Begins a stage, or begins it anew. One that ended too early goes on from its checkpoint where it is told the same as before.
   * @param given what holds from now on; as it was when left out
   * @throws ApiError where it runs, or what it begins from is missing
   */
  start(run: Run, stage: Stage, given?: StageSettings): Job {
    if (given) completeSettings(stage, run.engine, given, this.#gpu);
    const newest = this.#newest(run);
    const before = newest.get(stage);
    if (before && !isOver(before.state))
      throw invalid(`The stage ${stage} is ${before.state} already.`, null, "invalid_state");
    const inputs = inputsOf(stage, (one) => {
      const job = newest.get(one);
      return job?.state === "succeeded" ? job.id : undefined;
    });
    if (!inputs) {
      const missing = STAGE_FACTS[stage].needs.filter((one) => newest.get(one)?.state !== "succeeded");
      throw invalid(
        `The stage ${stage} begins from what ${missing.join(" and ")} made: run that first.`,
        null,
        "invalid_state",
      );
    }
    if (given) this.#store.setSettings(run.id, stage, given);
    const params: StageParams = {
      ...{ run: run.id, stage, engine: run.engine, settings: this.#settings(run, stage), inputs },
      resume: null,
    };
    const resume = before && goesOn(before, params) ? before.id : null;
    const job = asked(() =>
      this.#jobs.submit({
        ...{ person: run.person, kind: STAGE, params: { ...params, resume } as unknown as Json },
        // Without any it computes on the CPU.
        gpus: this.#jobs.gpus === 0 ? 0 : Number(params.settings.num_gpus ?? 1),
        // A stage goes on from its checkpoint each time.
        retries: 3,
      }),
    );
    this.#store.addTry(run.id, stage, job.id);
    this.#forgetOlder(run, stage);
    return job;
  }

  /** Lets a run go on by itself until its last stage. @throws ApiError where the next stage cannot be begun */
  runAll(run: Run): Run {
    const going = this.#store.setGoing(run.id, true);
    try {
      this.#advance(going);
    } catch (cause) {
      this.#store.setGoing(run.id, false, sentence(cause));
      throw cause;
    }
    this.#follow(run.id);
    return going;
  }

  /** Ends what runs, and lets nothing follow it. */
  stop(run: Run): Run {
    const stopped = this.#store.setGoing(run.id, false, "It was stopped.");
    for (const job of this.#newest(run).values()) if (!isOver(job.state)) this.#jobs.cancel(job.id);
    return stopped;
  }

  /** Forgets a run and all that it made. */
  async remove(run: Run): Promise<void> {
    this.stop(run);
    const jobs = this.#store.tries(run.id).flatMap(({ job }) => this.#jobs.find(job) ?? []);
    for (const job of jobs) {
      for await (const _ of this.#jobs.watch(job.id, Number.MAX_SAFE_INTEGER));
      this.#jobs.remove(job.id);
    }
    this.#store.remove(run.id);
  }

  get #gpu(): boolean {
    return this.#jobs.gpus > 0;
  }

  #settings(run: Run, stage: Stage): StageSettings {
    return completeSettings(stage, run.engine, this.#store.settingsOf(run.id, stage), this.#gpu);
  }

  /** Of a stage the last two tries stay, and the last that succeeded: a model and its checkpoints can be large. */
  #forgetOlder(run: Run, stage: Stage): void {
    const all = this.#store.tries(run.id).flatMap(({ job }) => this.#jobs.find(job) ?? []);
    const tries = all.filter((job) => stageOf(job).stage === stage);
    const kept = new Set(tries.slice(-2).map(({ id }) => id));
    const good = tries.findLast(({ state }) => state === "succeeded");
    if (good) kept.add(good.id);
    // What is open may be reading it.
    for (const job of all) if (!isOver(job.state)) for (const id of readBy(job)) kept.add(id);
    for (const { id, state } of tries) if (!kept.has(id) && isOver(state)) this.#jobs.remove(id);
  }

  /** The newest job of each stage that was begun and not deleted. */
  #newest(run: Run): Map<Stage, Job> {
    const found = new Map<Stage, Job>();
    for (const { stage, job: id } of this.#store.tries(run.id)) {
      const job = this.#jobs.find(id);
      if (job) found.set(stage, job);
    }
    return found;
  }

  /** Begins the first stage that has not succeeded, unless one is under way. @returns the job to wait for; undefined at the end */
  #advance(run: Run): Job | undefined {
    for (const { stage, state, job, stale } of this.stages(run)) {
      if (job && !isOver(job.state)) return job;
      if (state !== "succeeded" || stale) return this.start(run, stage);
    }
    return undefined;
  }

  /** Waits for each stage of a run, and begins the next. */
  #follow(id: string): void {
    if (this.#followed.has(id)) return;
    this.#followed.add(id);
    this.#going(id)
      .catch((cause: unknown) => {
        this.#log(`nanochat: run ${id}: ${sentence(cause)}`);
        if (!this.#closed && this.#store.find(id)) this.#store.setGoing(id, false, sentence(cause));
      })
      .finally(() => this.#followed.delete(id));
  }

  async #going(id: string): Promise<void> {
    for (;;) {
      const run = this.#closed ? undefined : this.#store.find(id);
      if (!run?.going) return;
      // A stage may have failed after the node before this one had ended.
      const last = this.#jobs.find(this.#store.tries(id).at(-1)?.job ?? "");
      if (last && isOver(last.state) && last.state !== "succeeded") {
        this.#store.setGoing(id, false, whyStopped(last));
        return;
      }
      const job = this.#advance(run);
      if (!job) {
        this.#store.setGoing(id, false);
        return;
      }
      for await (const _ of this.#jobs.watch(job.id, Number.MAX_SAFE_INTEGER));
      if (this.#closed) return;
      const ended = this.#jobs.find(job.id);
      // The manager closed under it: the next node looks again.
      if (ended && !isOver(ended.state)) return;
      if (ended?.state !== "succeeded") {
        if (this.#store.find(id))
          this.#store.setGoing(id, false, ended ? whyStopped(ended) : "A stage was deleted.");
        return;
      }
    }
  }
}

function whyStopped(job: Job): string {
  return `${STAGE_FACTS[stageOf(job).stage].title} ${job.state}: ${job.reason}`;
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
