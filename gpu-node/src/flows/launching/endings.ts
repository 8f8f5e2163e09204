/** What follows on the end of a run, also where the node was away when it ended: another attempt, word to an address. */
import { randomBytes } from "node:crypto";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { CANCELLED, isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import type { Execution } from "../executions/register.ts";
import { RunError, type Runs } from "../executions/runs.ts";
import type { Services } from "../services/services.ts";
import type { Changes } from "../watching/changes.ts";
import { deliver, type WebhookSettings } from "../webhooks/deliver.ts";
import type { Launch, Launches } from "./launches.ts";
import type { PersonOf } from "./persons.ts";
import { DueTimer } from "./timer.ts";

/** Before the first further attempt, and twice as long before each one after it. */
const RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;
/** Where the person has as many runs as one may have, or the relay does not say who they are. */
const BUSY_MS = 30_000;
/** Between one try to tell an address and the next; after the last it is given up. */
const DELIVERY_MS = [5000, 30_000, 120_000, 600_000, 3_600_000];

/** What it stands on. */
export interface EndingsOptions {
  readonly launches: Launches;
  readonly executions: Executions;
  readonly runs: Runs;
  readonly services: Services;
  readonly changes: Changes;
  readonly webhooks: WebhookSettings;
  readonly personOf: PersonOf;
  readonly log: (line: string) => void;
}

/** See the file's comment. */
export class Endings {
  readonly #to: EndingsOptions;
  readonly #timer: DueTimer;
  readonly #stop: () => void;

  constructor(options: EndingsOptions) {
    this.#to = options;
    const { launches, executions, changes, log } = options;
    this.#timer = new DueTimer(
      () => launches.next(),
      () => this.#due(),
      log,
    );
    this.#stop = changes.on((change) => {
      if (change.what === "removed") launches.remove(change.execution.fid);
      else if (change.what === "run" && isOver(change.execution.state)) this.#ended(change.execution);
    });
    for (const { fid } of launches.waiting()) {
      const execution = executions.find(fid);
      if (!execution) launches.remove(fid);
      else if (isOver(execution.state)) this.#ended(execution);
    }
    this.#timer.look();
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#timer.close();
  }

  #ended({ fid, state, error }: Execution): void {
    const { launches } = this.#to;
    const launch = launches.find(fid);
    if (launch?.state !== "waiting") return;
    if (state === "error" && error !== CANCELLED && launch.retries > 0 && launch.order) {
      const wait = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (launch.attempt - 1));
      launches.move(fid, "retrying", Date.now() + wait);
    } else if (launch.webhook) launches.move(fid, "delivering", Date.now());
    else launches.move(fid, "done", null);
    this.#timer.look();
  }

  async #due(): Promise<void> {
    const due = this.#to.launches.due(Date.now());
    await Promise.all(
      due.map((launch) => (launch.state === "retrying" ? this.#retry(launch) : this.#deliver(launch))),
    );
  }

  async #retry(launch: Launch): Promise<void> {
    const { launches, executions, runs, services, personOf } = this.#to;
    const { fid, user, order, flow: url, retries, attempt, webhook } = launch;
    const before = executions.find(fid);
    const giveUp = (why: string): void =>
      launches.move(fid, webhook ? "delivering" : "done", webhook ? Date.now() : null, why);
    if (!before || !order) return launches.remove(fid);
    const flow = services.find(url);
    if (!flow) return giveUp(`There is no flow at ${url} any more.`);
    try {
      const person = await personOf(user);
      if (!person) return giveUp("The account is gone, or it is disabled.");
      runs.mayStart(person);
      const next = randomBytes(12).toString("hex");
      runs.start(next, flow, order, person, (execution) => {
        // What was uploaded for the first attempt is there for the next.
        const given = join(executions.folder(before), "in");
        if (existsSync(given)) cpSync(given, join(executions.folder(execution), "in"), { recursive: true });
        launches.add({
          ...{ fid: next, user, username: person.name, flow: url, order, webhook },
          ...{ retries: retries - 1, attempt: attempt + 1, before: fid },
        });
        launches.followed(fid, next);
        launches.move(fid, "done", null);
      });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      // Neither is for ever: there are too many runs now, or the relay does not answer.
      launches.move(fid, "retrying", Date.now() + BUSY_MS, why);
      if (!(cause instanceof RunError)) this.#to.log(`flows: ${fid} is tried again later: ${why}`);
    }
  }

  async #deliver({ fid, webhook, tries, attempt }: Launch): Promise<void> {
    const { launches, executions, webhooks } = this.#to;
    const execution = executions.find(fid);
    if (!execution || !webhook) return launches.remove(fid);
    try {
      await deliver(webhooks, webhook, execution, attempt);
      launches.move(fid, "done", null);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const wait = DELIVERY_MS[tries];
      if (wait === undefined) launches.move(fid, "failed", null, why);
      else launches.tried(fid, Date.now() + wait, why);
    }
  }
}
