/** Agents on other machines of a cluster: which there are, what their machines are like, and which has most room for a run. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { LOOKED, type MachineFiles } from "../../launcher/plan.ts";
import { ATTEMPT, sandboxed } from "../../launcher/probe.ts";
import type { Execution } from "../executions/register.ts";
import { AgentLink, type LinkOptions } from "./link.ts";

/** Where things are on an agent's machine. */
const AgentPlace = v.object({
  /** The agent's own folder, and that of sockets. */
  folder: v.string(),
  runtime: v.string(),
  sources: v.string(),
  environment: v.string(),
  python: v.string(),
  uv: v.string(),
  needs: v.array(v.string()),
});
type AgentPlace = v.InferOutput<typeof AgentPlace>;

/** An agent as the program that has the cluster tells of it. */
export const AgentStatus = v.object({
  /** Ray's name of the machine. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12,64}$/)),
  address: v.string(),
  cpus: v.pipe(v.number(), v.minValue(0)),
  state: v.picklist(["preparing", "ready", "failed"]),
  message: v.string(),
  place: v.nullable(AgentPlace),
});
export type AgentStatus = v.InferOutput<typeof AgentStatus>;

const Looked = v.object({
  found: v.record(v.string(), v.picklist(["folder", "file", "link"])),
  links: v.record(v.string(), v.string()),
  devices: v.array(v.string()),
  /** Empty where programs can be boxed in, or why not. */
  sandbox: v.string(),
});

/** A machine that runs may be placed on. */
export interface OtherMachine {
  readonly id: string;
  readonly link: AgentLink;
  readonly place: AgentPlace;
  readonly files: MachineFiles;
  readonly sandbox: boolean;
}

interface Known {
  status: AgentStatus;
  readonly link: AgentLink;
  /** What it is like, when it has told. */
  machine?: OtherMachine;
  /** Why it is not used. */
  why: string;
}

/** All of them. */
export class Machines {
  readonly #options: Pick<LinkOptions, "executions" | "files" | "log">;
  readonly #known = new Map<string, Known>();
  /** Where runs are that were given to the machine with most room, by their names. */
  readonly #chosen = new Map<string, string>();
  #told = false;

  constructor(options: Pick<LinkOptions, "executions" | "files" | "log">) {
    this.#options = options;
  }

  /** For people. */
  get status(): readonly (Omit<AgentStatus, "place"> & { readonly running: number })[] {
    const counts = this.#counts();
    return [...this.#known.values()].map(({ status: { place: _, ...status }, why, machine }) => ({
      ...status,
      state: status.state === "ready" && !machine && why === "" ? "preparing" : status.state,
      message: status.message || why,
      running: counts.get(status.id) ?? 0,
    }));
  }

  /** Whether a run goes on elsewhere. */
  get busy(): boolean {
    return this.#elsewhere().length > 0;
  }

  /** The link of a machine's agent. */
  link(machine: string): AgentLink | undefined {
    return this.#known.get(machine)?.link;
  }

  /**
   * Chooses the machine with most room for each of its CPUs; a run counts there from now on.
   * @param cpus of this machine @returns undefined for this one
   */
  choose(fid: string, cpus: number): OtherMachine | undefined {
    const counts = new Map<string, number>();
    for (const machine of this.#chosen.values()) counts.set(machine, (counts.get(machine) ?? 0) + 1);
    let least = (counts.get("") ?? 0) / Math.max(cpus, 1);
    let best: OtherMachine | undefined;
    for (const { status, machine, link } of this.#known.values()) {
      const load = (counts.get(status.id) ?? 0) / Math.max(status.cpus, 1);
      if (!machine || !link.open || load >= least) continue;
      best = machine;
      least = load;
    }
    this.count(fid, best?.id ?? "");
    return best;
  }

  /** A run is on a machine, until it is over. @param machine empty for this one */
  count(fid: string, machine: string): void {
    const known = this.#chosen.has(fid);
    this.#chosen.set(fid, machine);
    if (!known) this.#options.executions.whenOver(fid, () => this.#chosen.delete(fid));
  }

  /** Ends a host that no run is in, on all of them. */
  endHost(name: string, changed: boolean): void {
    for (const { link } of this.#known.values()) if (link.open) link.endHost(name, changed);
  }

  /** Which there are now, all of them. Runs of one that is lost end. @param sockets folder where their lines come in; @param why it is lost, where more is known */
  set(agents: readonly AgentStatus[], sockets: string, why = ""): void {
    this.#told = true;
    const sentence = why === "" ? "The run's machine was lost." : `The run's machine was lost: ${why}`;
    for (const status of agents) {
      const known = this.#known.get(status.id);
      if (known) {
        known.status = status;
        this.#look(known);
      } else this.#add(status, sockets);
    }
    const there = new Set(agents.map(({ id }) => id));
    for (const [id, { link }] of this.#known) {
      if (there.has(id)) continue;
      this.#known.delete(id);
      link.died();
      link.close();
    }
    for (const { fid, machine } of this.#elsewhere())
      if (!there.has(machine)) this.#options.executions.fail(fid, sentence);
  }

  /** A node that has found no cluster again has lost all of it. */
  lost(): void {
    if (this.#told || this.busy) this.set([], "");
  }

  close(): void {
    for (const { link } of this.#known.values()) link.close();
  }

  #add(status: AgentStatus, sockets: string): void {
    const known: Known = {
      ...{ status, why: "" },
      link: new AgentLink({
        ...{ ...this.#options, machine: status.id },
        onGreeted: () => this.#look(known),
      }),
    };
    this.#known.set(status.id, known);
    const socket = join(sockets, `agent-${status.id.slice(0, 12)}.sock`);
    rmSync(socket, { force: true });
    known.link.listen(socket).catch((cause: unknown) => {
      this.#options.log(`flows: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
  }

  /** Once it is ready and on its line. */
  #look(known: Known): void {
    if (known.machine || !known.link.open || !known.status.place) return;
    this.#ask(known, known.status.place).catch((cause: unknown) => {
      known.why = cause instanceof Error ? cause.message : String(cause);
    });
  }

  /** What its machine is like. People's code goes only where it can be boxed in, if it can be here. */
  async #ask(known: Known, place: AgentPlace): Promise<void> {
    const answer = await known.link.ask({ type: "look", paths: LOOKED, attempt: ATTEMPT });
    const { found, links, devices, sandbox } = v.parse(Looked, answer);
    if (sandbox !== "" && (await sandboxed()).works)
      throw new Error(`The machine cannot box in people's code (${sandbox}), so that no run goes there.`);
    const looked = new Set(LOOKED);
    const files: MachineFiles = {
      kindOf: (path) => (looked.has(path) || path.startsWith("/dev/") ? found[path] : "folder"),
      linkOf: (path) => links[path] ?? "",
      devices,
    };
    known.machine = { id: known.status.id, link: known.link, place, files, sandbox: sandbox === "" };
  }

  #elsewhere(): Execution[] {
    return this.#options.executions.unfinished().filter(({ machine }) => machine !== "");
  }

  #counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { machine } of this.#options.executions.unfinished())
      counts.set(machine, (counts.get(machine) ?? 0) + 1);
    return counts;
  }
}
