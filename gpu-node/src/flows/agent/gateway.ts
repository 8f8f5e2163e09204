/** The gateway: what the node knows of its agent, and does through it. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, Environments } from "../../kernels/environment/environments.ts";
import type { Executions } from "../executions/executions.ts";
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
import { AgentLink, type HostOrder } from "./link.ts";
import { Machines } from "./machines.ts";
import type { Asked, RunOrder } from "./messages.ts";

/** The environment that services and runs are in. */
export const ENVIRONMENT = "eyepiece-flows";
const START_MS = 30_000;
/** How often a silent agent is looked after. */
const LOOK_MS = 1000;

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

/** This machine's agent, started when it is first needed; and the way to those of other machines. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #environments: Environments;
  readonly #link: AgentLink;
  /** Agents on other machines of a cluster. */
  readonly machines: Machines;
  #entry: AgentEntry | undefined;
  #up: Promise<void> | undefined;
  #greeted: (() => void)[] = [];
  #look: NodeJS.Timeout | undefined;
  #closed = false;
  /** Programs that stand beside runs, as far as it is known. */
  readonly #programs = new Set<string>();
  /** Told when a program is over, with its last words; also when the agent has died, and the program with it. */
  onProgramEnd: (name: string, said: string) => void = () => {};

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#environments = new Environments(options.environments);
    const { executions, files, log } = options;
    this.machines = new Machines({ executions, files, log });
    this.#link = new AgentLink({
      ...{ machine: "", executions, files, log },
      onGreeted: (programs) => this.#greet(programs),
      onEnded: (name, said) => this.#ended([name], said),
      onBroken: () => {
        if (this.#entry && !lives(this.#entry)) this.#died();
      },
    });
  }

  /** What is done for the environment now, for people, and how far it is (0 to 1); undefined when it is there. */
  get progress(): { readonly message: string; readonly fraction?: number } | undefined {
    return this.#environments.progress(ENVIRONMENT);
  }

  /** Its words alone. */
  get preparing(): string | undefined {
    return this.progress?.message;
  }

  /** The environment of services. @throws EnvironmentError */
  environment(): Promise<Environment> {
    return this.#environments.ensure(ENVIRONMENT);
  }

  /** How the agent is, for `/health`. */
  get status(): { readonly agent: "running" | "resting" | "away"; readonly pid: number | null } {
    if (!this.#entry) return { agent: "resting", pid: null };
    return { agent: this.#link.open ? "running" : "away", pid: this.#entry.pid };
  }

  /** Folder of the sockets; there is an agent. */
  get runtime(): string {
    return this.#entry?.runtime ?? "";
  }

  /** Finds the agent that a node before this one left, or ends the executions that died with it. */
  async recover(): Promise<void> {
    const entry = agentEntry(this.#options.folder);
    for (const { fid, machine } of this.#options.executions.unfinished()) {
      this.machines.count(fid, machine);
      if (machine !== "") this.#holdFor(fid);
    }
    if (entry && lives(entry)) await this.#attach(entry);
    // Events that it did not hand over are with the next one.
    else if (this.#unfinished().length > 0) await this.start();
  }

  /** Has an agent, started where there is none. @throws GatewayError, EnvironmentError */
  start(): Promise<void> {
    this.#up ??= this.#start().catch((cause: unknown) => {
      this.#up = undefined;
      throw cause;
    });
    return this.#up;
  }

  /** Has a host on this machine, started where there is none. @throws GatewayError with what the service said */
  async ensureHost(name: string, order: () => HostOrder): Promise<void> {
    await this.start();
    await this.#link.ensureHost(name, order);
  }

  /** Names of the hosts on this machine that are ready. */
  get hosts(): readonly string[] {
    return this.#link.hosts;
  }

  /** Ends a host that no run is in, wherever it is. @param changed its service has: it takes no more runs, and goes with the last */
  endHost(name: string, { changed = false } = {}): void {
    this.#link.endHost(name, changed);
    this.machines.endHost(name, changed);
  }

  /** Whether a program stands beside the runs now. */
  hasProgram(name: string): boolean {
    return this.#programs.has(name);
  }

  /** Starts a program that outlives this node, and ends with the agent. There is an agent. */
  startProgram(name: string, { argv, env, cwd }: Omit<HostOrder, "host">): void {
    this.#programs.add(name);
    this.#link.send({ type: "program", name, argv, env, cwd });
  }

  /** Ends a program at once; `onProgramEnd` follows. */
  endProgram(name: string): void {
    this.#link.send({ type: "endprogram", name });
  }

  /** Starts a run where its execution is placed; its host is there. What became of it, its events tell. */
  run(order: RunOrder): void {
    const link = this.#linkOf(order.fid);
    if (link) link.run(order);
    else
      this.#options.executions.fail(order.fid, "The machine was lost before the run began; start it again.");
    if (link !== this.#link) this.#holdFor(order.fid);
  }

  /** Ends a run at once; `why` becomes its error. */
  cancel(fid: string, why: string): void {
    const known = this.#linkOf(fid)?.send({ type: "cancel", fid, why });
    // Without an agent there is no run, or one whose agent is told when it comes back.
    if (!known) this.#options.executions.fail(fid, why);
  }

  /** The agent holds nothing of it any more. */
  forget(fid: string): void {
    this.#linkOf(fid)?.send({ type: "forget", fid });
  }

  /** Gives the answer to a lock to its run. @returns whether the run took it */
  async lease(fid: string, lid: string, result: unknown): Promise<boolean> {
    return (await this.#linkOf(fid)?.lease(fid, lid, result)) ?? false;
  }

  /** The agent goes when nothing runs in it, and is started again by who needs it. */
  async rest(): Promise<void> {
    const entry = this.#entry;
    if (!entry) return;
    this.#link.send({ type: "stop" });
    if (!(await agentGone(entry, Date.now() + START_MS)))
      throw new GatewayError("The agent of flows goes on: something runs in it.");
    this.#died();
  }

  /** The agent goes when nothing runs in it; what runs goes on. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#look);
    this.#link.send({ type: "stop" });
    this.#link.close();
    this.machines.close();
    this.#environments.close();
  }

  /** This machine's agent has the program that the lines of the others go through: it stays while a run goes on there. */
  #holdFor(fid: string): void {
    this.#hold();
    this.#options.executions.whenOver(fid, () => this.#hold());
  }

  #hold(): void {
    this.#link.send({ type: "hold", on: this.machines.busy });
  }

  /** Of this machine. */
  #unfinished() {
    return this.#options.executions.unfinished().filter(({ machine }) => machine === "");
  }

  #linkOf(fid: string): AgentLink | undefined {
    const machine = this.#options.executions.find(fid)?.machine ?? "";
    return machine === "" ? this.#link : this.machines.link(machine);
  }

  async #start(): Promise<void> {
    const { folder } = this.#options;
    const there = this.#entry ?? agentEntry(folder);
    if (there && lives(there)) return this.#attach(there);
    const environment = await this.environment();
    const runtime = newRuntime(folder);
    await this.#link.listen(gatewaySocket(runtime));
    const greeted = new Promise<void>((resolve) => this.#greeted.push(resolve));
    const entry = await startAgent(folder, runtime, environment);
    this.#entry = entry;
    this.#watch();
    if (!(await this.#within(greeted, entry))) throw this.#silent();
  }

  async #attach(entry: AgentEntry): Promise<void> {
    const greeted = new Promise<void>((resolve) => this.#greeted.push(resolve));
    this.#entry = entry;
    if (!this.#link.listens) await this.#link.listen(gatewaySocket(entry.runtime));
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
      if (!this.#link.open && this.#entry && !lives(this.#entry)) this.#died();
    }, LOOK_MS).unref();
  }

  /** Its runs died with it: a new one hands over what they told, and says that they are over. */
  #died(): void {
    if (this.#closed || !this.#entry) return;
    clearInterval(this.#look);
    this.#entry = undefined;
    this.#up = undefined;
    this.#link.died();
    this.#ended([...this.#programs], "The agent of flows has died.");
    if (this.#unfinished().length === 0) return;
    this.start().catch((cause: unknown) => {
      this.#options.log(`flows: ${cause instanceof Error ? cause.message : String(cause)}`);
      for (const { fid } of this.#unfinished())
        this.#options.executions.fail(fid, "The run's machine lost its agent.");
    });
  }

  #ended(names: readonly string[], said: string): void {
    for (const name of names) if (this.#programs.delete(name)) this.onProgramEnd(name, said);
  }

  #greet(programs: readonly string[]): void {
    this.#hold();
    const gone = [...this.#programs].filter((name) => !programs.includes(name));
    for (const name of programs) this.#programs.add(name);
    this.#ended(gone, "It ended while the node was away.");
    for (const resolve of this.#greeted.splice(0)) resolve();
  }
}
