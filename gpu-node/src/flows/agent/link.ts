/** The link to one agent: its line, and what is known of its hosts and runs by what it says. */
import * as v from "valibot";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import { DISK_FULL } from "../executions/room.ts";
import { GatewayError } from "./errors.ts";
import { HostTable } from "./host-table.ts";
import { Line } from "./line.ts";
import { AgentMessage, Asked, type RunOrder } from "./messages.ts";

/** What a host is started by. */
export interface HostOrder {
  readonly host: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Made by the agent where they are not there. */
  readonly folders?: readonly string[];
}

/** What a link stands on. */
export interface LinkOptions {
  /** Ray's name of the machine; empty for this one. */
  readonly machine: string;
  readonly executions: Executions;
  /** Answers a run's wish about its files. @throws Error with a sentence */
  readonly files: (fid: string, asked: Asked) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** The agent has said hello, and has its answer. */
  readonly onGreeted?: (programs: readonly string[]) => void;
  /** A program is over, with its last words. */
  readonly onEnded?: (name: string, said: string) => void;
  /** The line has broken; the agent dials again if it lives. */
  readonly onBroken?: () => void;
}

/** How long an agent may take to answer a question. */
const ASK_MS = 60_000;

/** One of them; the agent dials. */
export class AgentLink {
  readonly #options: LinkOptions;
  readonly #hosts = new HostTable();
  readonly #asked = new Map<string, (answer: unknown) => void>();
  #line: Line<AgentMessage> | undefined;
  #next = 0;
  #failure = "";
  #closed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Whether the agent is on the line. */
  get open(): boolean {
    return this.#line?.open ?? false;
  }

  /** Whether it listens, or has. */
  get listens(): boolean {
    return this.#line !== undefined;
  }

  /** Listens at a path; where it has listened before is left. */
  async listen(path: string): Promise<void> {
    this.#line?.close();
    this.#line = new Line(AgentMessage, {
      onMessage: (message) => this.#hear(message),
      onFailure: (cause) => this.#failed(cause),
      onBroken: () => {
        this.#forget();
        this.#options.onBroken?.();
      },
    });
    await this.#line.listen(path);
  }

  /** @returns false where nobody is there */
  send(message: Readonly<Record<string, unknown>>): boolean {
    return this.#line?.send(message) ?? false;
  }

  /** Asks, and waits for the answer. @param ms how long @throws GatewayError where there is none */
  async ask(message: Readonly<Record<string, unknown>>, ms = ASK_MS): Promise<unknown> {
    const ask = String(++this.#next);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const away = new GatewayError("The machine's agent does not answer.");
    const late = setTimeout(() => reject(away), ms);
    this.#asked.set(ask, (answer) => (answer === undefined ? reject(away) : resolve(answer)));
    if (!this.send({ ...message, ask })) reject(away);
    return promise.finally(() => {
      clearTimeout(late);
      this.#asked.delete(ask);
    });
  }

  /** Names of those that are ready. */
  get hosts(): readonly string[] {
    return this.#hosts.names;
  }

  /** Whether a host is ready. */
  hasHost(name: string): boolean {
    return this.#hosts.has(name);
  }

  /** Has a host, started where there is none. @throws GatewayError with what the service said */
  ensureHost(name: string, order: () => HostOrder): Promise<void> {
    return this.#hosts.ensure(name, () => this.send({ type: "host", ...order() }));
  }

  /** Ends a host that no run is in. @param changed its service has: it takes no more runs, and goes with the last */
  endHost(name: string, changed: boolean): void {
    this.#hosts.forget(name);
    this.send({ type: "unhost", host: name, changed });
  }

  /** Starts a run; its host is there. What became of it, its events tell. */
  run(order: RunOrder): void {
    if (this.send({ type: "run", ...order })) return;
    this.#options.executions.fail(order.fid, "The agent went away before the run began; start it again.");
  }

  /** Gives the answer to a lock to its run. @returns whether the run took it */
  lease(fid: string, lid: string, result: unknown): Promise<boolean> {
    return this.ask({ type: "lease", fid, lid, result }).then(
      (taken) => taken === true,
      () => false,
    );
  }

  /** The agent has died, and its hosts with it. */
  died(): void {
    this.#hosts.died();
  }

  close(): void {
    this.#closed = true;
    this.#line?.close();
  }

  #forget(): void {
    for (const answer of this.#asked.values()) answer(undefined);
    this.#asked.clear();
  }

  /** The same failure again and again is told once. */
  #failed(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (why !== this.#failure) this.#options.log(`flows: what an agent told could not be kept: ${why}`);
    this.#failure = why;
  }

  #hear(message: AgentMessage): void {
    // What is on its way at the end is not acknowledged, and comes again.
    if (this.#closed) return;
    if (message.type === "hello") this.#greet(message);
    else if (message.type === "events") {
      const { fid, first, events } = message;
      const stored = this.#isHere(fid) ? this.#options.executions.receive(fid, first, events) : "unknown";
      if (stored === "unknown") this.send({ type: "forget", fid });
      else if (stored === "gap") this.#line?.break();
      else if (stored === "full") {
        // The execution is over by that; its run is ended, and the agent lets go of what it told.
        this.send({ type: "cancel", fid, why: DISK_FULL });
        this.send({ type: "ack", fid, last: first + events.length - 1 });
      } else this.send({ type: "ack", fid, last: stored });
    } else if (message.type === "host") this.#hosts.told(message.host, message.ready, message.why);
    else if (message.type === "ended") this.#options.onEnded?.(message.name, message.said);
    else if (message.type === "leased") this.#asked.get(message.ask)?.(message.taken);
    else if (message.type === "answered") this.#asked.get(message.ask)?.(message.value ?? null);
    else if (this.#isHere(message.fid)) void this.#answer(message.ask, message.fid, message);
  }

  /** An agent tells of runs of its own machine only. */
  #isHere(fid: string): boolean {
    const { executions, machine } = this.#options;
    return machine === "" || executions.find(fid)?.machine === machine;
  }

  #greet({ runs, hosts, programs }: Extract<AgentMessage, { type: "hello" }>): void {
    const { executions, machine } = this.#options;
    const acked: Record<string, number> = {};
    for (const { fid, last } of runs) {
      const received = executions.received(fid);
      const known = executions.find(fid);
      if (received === undefined || known?.machine !== machine) this.send({ type: "forget", fid });
      // What is over here takes no more, so that the agent may let go of it.
      else acked[fid] = isOver(known.state) ? last : received;
    }
    this.#hosts.reset(hosts);
    this.send({ type: "welcome", acked });
    const held = new Set(runs.map(({ fid }) => fid));
    for (const execution of executions.unfinished()) {
      if (execution.machine === machine && !held.has(execution.fid))
        executions.fail(execution.fid, "The run was lost: its machine's agent does not know it.");
    }
    this.#options.onGreeted?.(programs);
  }

  async #answer(ask: string, fid: string, message: unknown): Promise<void> {
    const asked = v.safeParse(Asked, message);
    let answer: Record<string, unknown>;
    try {
      if (!asked.success) throw new Error("This is no request about files.");
      answer = { value: await this.#options.files(fid, asked.output) };
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
      answer = { failure: cause instanceof Error ? cause.message : String(cause), missing };
    }
    this.send({ type: "answer", ask, ...answer });
  }
}
