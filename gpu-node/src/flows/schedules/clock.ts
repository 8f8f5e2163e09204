/** Hands in forms when their time has come. A time that passed while the node was away is made up for once. */
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import { RunError } from "../executions/runs.ts";
import type { Launcher } from "../launching/launcher.ts";
import type { PersonOf } from "../launching/persons.ts";
import { DueTimer } from "../launching/timer.ts";
import type { Schedule, Schedules } from "./schedules.ts";
import { timesOf } from "./schedules.ts";

/** Where the relay does not say who the person is. */
const AWAY_MS = 30_000;

/** What it stands on. */
export interface ClockOptions {
  readonly schedules: Schedules;
  readonly executions: Executions;
  readonly launcher: Launcher;
  readonly personOf: PersonOf;
  readonly log: (line: string) => void;
}

/** See the file's comment. */
export class ScheduleClock {
  readonly #to: ClockOptions;
  readonly #timer: DueTimer;

  constructor(options: ClockOptions) {
    this.#to = options;
    this.#timer = new DueTimer(
      () => options.schedules.next(),
      () => this.#due(),
      options.log,
    );
    this.#timer.look();
  }

  /** A schedule was written. */
  look(): void {
    this.#timer.look();
  }

  close(): Promise<void> {
    return this.#timer.close();
  }

  async #due(): Promise<void> {
    await Promise.all(this.#to.schedules.due(Date.now()).map((schedule) => this.#fire(schedule)));
  }

  async #fire(schedule: Schedule): Promise<void> {
    const { schedules, executions, launcher, personOf } = this.#to;
    const { user, flow: url, fields, cron, timezone, retries, webhook, lastRun } = schedule;
    let person: Awaited<ReturnType<PersonOf>>;
    try {
      person = await personOf(user);
    } catch (cause) {
      schedules.putOff(schedule, Date.now() + AWAY_MS, sentence(cause));
      return;
    }
    if (!person) {
      schedules.fired(schedule, null, null, "The account is gone, or it is disabled.");
      return;
    }
    const next = timesOf(cron, timezone, 1)[0]?.getTime() ?? null;
    const before = lastRun === null ? undefined : executions.find(lastRun);
    if (before && !isOver(before.state)) {
      schedules.fired(schedule, null, next, "The run before it had not ended.");
      return;
    }
    try {
      const flow = await launcher.find(url);
      const options = { retries, ...(webhook && { webhook }) };
      const { result, errors } = await launcher.handIn(flow, person, { ...fields }, options);
      const why = errors
        ? `The form was refused: ${Object.entries(errors)
            .map(([name, messages]) => `${name}: ${messages.join(" ")}`)
            .join("; ")}`
        : "";
      schedules.fired(schedule, result ?? null, next, why);
    } catch (cause) {
      schedules.fired(schedule, null, next, sentence(cause));
      if (!(cause instanceof RunError))
        this.#to.log(`flows: the schedule ${schedule.id}: ${sentence(cause)}`);
    }
  }
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
