/** The gateway: what the node knows of its agent, and does through it. */

import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type Environment, Environments } from "../../kernels/environment/environments.ts";
import { isOver } from "../executions/events.ts";
import type { Executions } from "../executions/executions.ts";
import { DISK_FULL } from "../executions/room.ts";
import {
  type AgentEntry,
  agentEntry,
  agentGone,
  agentSays,
  gatewaySocket,
  lives,
  newRuntime,
  startAgent,
} from "./agent-process.ts";
import { GatewayError } from "./errors.ts";
import { HostTable } from "./host-table.ts";
import { Line } from "./line.ts";
import { AgentMessage, Asked, type RunOrder } from "./messages.ts";

/** The environment that services and runs are in. */
export const ENVIRONMENT = "eyepiece-flows";
const START_MS = 30_000;
/** How often a silent agent is looked after. */
const LOOK_MS = 1000;

/** What a host is started by. */
export interface HostOrder {
  readonly host: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What the gateway stands on. */
export interface GatewayOptions {
  /** `<home>/flows` */
  readonly folder: string;
  readonly environments: string;
  readonly executions: Executions;
  /** Answers a run's wish about its files. @throws Error with a sentence */
  readonly files: (fid: string, asked: Asked) => Promise<unknown>;
  readonly log: (line: string) => void;
}

/** One agent, started when it is first needed. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #environments: Environments;
  readonly #hosts = new HostTable();
  readonly #leases = new Map<string, (taken: boolean) => void>();
  #line: Line<AgentMessage> | undefined;
  #entry: AgentEntry | undefined;
  #up: Promise<void> | undefined;
  #greeted: (() => void)[] = [];
  #next = 0;
  #look: NodeJS.Timeout | undefined;
  #closed = false;
  #failure = "";
  /** Programs that stand beside runs, as far as it is known. */
  readonly #programs = new Set<string>();
  /** Told when a program is over, with its last words; also when the agent has died, and the program with it. */
  onProgramEnd: (name: string, said: string) => void = () => {};

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#environments = new Environments(options.environments);
  }

  /** What is done for the environment now, for people; undefined when it is there. */
  get preparing(): string | undefined {
    return this.#environments.progress(ENVIRONMENT)?.message;
  }

  /** The environment of services. @throws EnvironmentError */
  environment(): Promise<Environment> {
    return this.#environments.ensure(ENVIRONMENT);
  }

  /** How the agent is, for `/health`. */
  get status(): { readonly agent: "running" | "resting" | "away"; readonly pid: number | null } {
    if (!this.#entry) return { agent: "resting", pid: null };
    return { agent: this.#line?.open ? "running" : "away", pid: this.#entry.pid };
  }

  /** Folder of the sockets; there is an agent. */
  get runtime(): string {
    return this.#entry?.runtime ?? "";
  }

  /** Finds the agent that a node before this one left, or ends the executions that died with it. */
  async recover(): Promise<void> {
    const entry = agentEntry(this.#options.folder);
    if (entry && lives(entry)) await this.#attach(entry);
    // Events that it did not hand over are with the next one.
    else if (this.#options.executions.unfinished().length > 0) await this.start();
  }

  /** Has an agent, started where there is none. @throws GatewayError, EnvironmentError */
  start(): Promise<void> {
    this.#up ??= this.#start().catch((cause: unknown) => {
      this.#up = undefined;
      throw cause;
    });
    return this.#up;
  }

  /** Has a host, started where there is none. @throws GatewayError with what the service said */
  async ensureHost(name: string, order: () => HostOrder): Promise<void> {
    await this.start();
    await this.#hosts.ensure(name, () => this.#line?.send({ type: "host", ...order() }));
  }

  /** Ends a host that no run is in. */
  endHost(name: string): void {
    this.#hosts.forget(name);
    this.#line?.send({ type: "unhost", host: name });
  }

  /** Whether a program stands beside the runs now. */
  hasProgram(name: string): boolean {
    return this.#programs.has(name);
  }

  /** Starts a program that outlives this node, and ends with the agent. There is an agent. */
  startProgram(name: string, { argv, env, cwd }: Omit<HostOrder, "host">): void {
    this.#programs.add(name);
    this.#line?.send({ type: "program", name, argv, env, cwd });
  }

  /** Ends a program at once; `onProgramEnd` follows. */
  endProgram(name: string): void {
    this.#line?.send({ type: "endprogram", name });
  }

  /** Starts a run; its host is there. What became of it, its events tell. */
  run(order: RunOrder): void {
    if (this.#line?.send({ type: "run", ...order })) return;
    this.#options.executions.fail(order.fid, "The agent went away before the run began; start it again.");
  }

  /** Ends a run at once; `why` becomes its error. */
  cancel(fid: string, why: string): void {
    const known = this.#line?.send({ type: "cancel", fid, why });
    // Without an agent there is no run, or one whose agent is told when it comes back.
    if (!known) this.#options.executions.fail(fid, why);
  }

  /** The agent holds nothing of it any more. */
  forget(fid: string): void {
    this.#line?.send({ type: "forget", fid });
  }

  /** Gives the answer to a lock to its run. @returns whether the run took it */
  lease(fid: string, lid: string, result: unknown): Promise<boolean> {
    const ask = String(++this.#next);
    return new Promise((resolve) => {
      this.#leases.set(ask, resolve);
      if (!this.#line?.send({ type: "lease", ask, fid, lid, result })) {
        this.#leases.delete(ask);
        resolve(false);
      }
    });
  }

  /** The agent goes when nothing runs in it, and is started again by who needs it. */
  async rest(): Promise<void> {
    const entry = this.#entry;
    if (!entry) return;
    this.#line?.send({ type: "stop" });
    if (!(await agentGone(entry, Date.now() + START_MS)))
      throw new GatewayError("The agent of flows goes on: something runs in it.");
    this.#died();
  }

  /** The agent goes when nothing runs in it; what runs goes on. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#look);
    this.#line?.send({ type: "stop" });
    this.#line?.close();
    this.#environments.close();
  }

  async #start(): Promise<void> {
    const { folder } = this.#options;
    const there = this.#entry ?? agentEntry(folder);
    if (there && lives(there)) return this.#attach(there);
    const environment = await this.environment();
    const runtime = newRuntime(folder);
    await this.#listen(runtime);
    const greeted = new Promise<void>((resolve) => this.#greeted.push(resolve));
    const entry = await startAgent(folder, runtime, environment);
    this.#entry = entry;
    this.#watch();
    if (!(await this.#within(greeted, entry))) throw this.#silent();
  }

  async #attach(entry: AgentEntry): Promise<void> {
    const greeted = new Promise<void>((resolve) => this.#greeted.push(resolve));
    this.#entry = entry;
    if (!this.#line) await this.#listen(entry.runtime);
    this.#up = this.#within(greeted, entry).then(async (there) => {
      if (there) return;
      // The node before this one told it to go, and it was just going.
      if (this.#entry === entry) this.#died();
      if (!this.#closed) await this.start();
    });
    this.#up.catch(() => {});
    this.#watch();
    await this.#up;
  }

  async #listen(runtime: string): Promise<void> {
    this.#line?.close();
    this.#line = new Line(AgentMessage, {
      onMessage: (message) => this.#hear(message),
      onFailure: (cause) => this.#failed(cause),
      onBroken: () => this.#broken(),
    });
    await this.#line.listen(gatewaySocket(runtime));
  }

  /** @returns false where its process is gone before it says hello. @throws GatewayError when that takes too long */
  async #within(greeted: Promise<void>, entry: AgentEntry): Promise<boolean> {
    const late = Date.now() + START_MS;
    const there = greeted.then(() => true);
    for (;;) {
      const pause = sleep(LOOK_MS, undefined, { ref: false }).then(() => undefined);
      const known = await Promise.race([there, pause]);
      if (known || !lives(entry)) return known ?? false;
      if (Date.now() > late) throw this.#silent();
    }
  }

  #silent(): GatewayError {
    const said = agentSays(this.#options.folder);
    return new GatewayError(`The agent of flows did not start${said ? `: ${said}` : "."}`);
  }

  /** An agent that was killed breaks the line, or never dials: its process is looked at. */
  #watch(): void {
    clearInterval(this.#look);
    this.#look = setInterval(() => {
      if (!this.#line?.open && this.#entry && !lives(this.#entry)) this.#died();
    }, LOOK_MS).unref();
  }

  /** The same failure again and again is told once. */
  #failed(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (why !== this.#failure) this.#options.log(`flows: what an agent told could not be kept: ${why}`);
    this.#failure = why;
  }

  #broken(): void {
    for (const resolve of this.#leases.values()) resolve(false);
    this.#leases.clear();
    if (this.#entry && !lives(this.#entry)) this.#died();
  }

  /** Its runs died with it: a new one hands over what they told, and says that they are over. */
  #died(): void {
    if (this.#closed || !this.#entry) return;
    clearInterval(this.#look);
    this.#entry = undefined;
    this.#up = undefined;
    this.#hosts.died();
    this.#ended([...this.#programs], "The agent of flows has died.");
    if (this.#options.executions.unfinished().length === 0) return;
    this.start().catch((cause: unknown) => {
      this.#options.log(`flows: ${cause instanceof Error ? cause.message : String(cause)}`);
      for (const { fid } of this.#options.executions.unfinished()) {
        this.#options.executions.fail(fid, "The run's machine lost its agent.");
      }
    });
  }

  #hear(message: AgentMessage): void {
    // What is on its way at the end is not acknowledged, and comes again.
    if (this.#closed) return;
    if (message.type === "hello") this.#greet(message);
    else if (message.type === "events") {
      const { fid, first, events } = message;
      const stored = this.#options.executions.receive(fid, first, events);
      if (stored === "unknown") this.#line?.send({ type: "forget", fid });
      else if (stored === "gap") this.#line?.break();
      else if (stored === "full") {
        this.#line?.send({ type: "cancel", fid, why: DISK_FULL });
        this.#line?.send({ type: "ack", fid, last: first + events.length - 1 });
      } else this.#line?.send({ type: "ack", fid, last: stored });
    } else if (message.type === "host") this.#hosts.told(message.host, message.ready, message.why);
    else if (message.type === "ended") this.#ended([message.name], message.said);
    else if (message.type === "leased") {
      this.#leases.get(message.ask)?.(message.taken);
      this.#leases.delete(message.ask);
    } else void this.#answer(message.ask, message.fid, message);
  }

  #ended(names: readonly string[], said: string): void {
    for (const name of names) if (this.#programs.delete(name)) this.onProgramEnd(name, said);
  }

  #greet({ runs, hosts, programs }: Extract<AgentMessage, { type: "hello" }>): void {
    const { executions } = this.#options;
    const acked: Record<string, number> = {};
    for (const { fid, last } of runs) {
      const received = executions.received(fid);
      const known = executions.find(fid);
      if (received === undefined || !known) this.#line?.send({ type: "forget", fid });
      // What is over here takes no more, so that the agent may let go of it.
      else acked[fid] = isOver(known.state) ? last : received;
    }
    this.#hosts.reset(hosts);
    const gone = [...this.#programs].filter((name) => !programs.includes(name));
    for (const name of programs) this.#programs.add(name);
    this.#ended(gone, "It ended while the node was away.");
    this.#line?.send({ type: "welcome", acked });
    const held = new Set(runs.map(({ fid }) => fid));
    for (const { fid } of executions.unfinished()) {
      if (!held.has(fid)) executions.fail(fid, "The run was lost: its machine's agent does not know it.");
    }
    for (const resolve of this.#greeted.splice(0)) resolve();
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
    this.#line?.send({ type: "answer", ask, ...answer });
  }
}
