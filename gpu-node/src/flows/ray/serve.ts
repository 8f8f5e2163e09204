/** Services whose forms replicas of Ray Serve answer: deployed, rolled over to what is written now, removed; and the processes of their replicas. */
import { createHash, randomBytes } from "node:crypto";
import { GatewayError } from "../agent/errors.ts";
import type { Bootstrap } from "../services/bootstrap.ts";
import type { Expose } from "../services/exposes.ts";
import type { Hosts, Say } from "../services/hosts.ts";
import type { RayCluster } from "./cluster.ts";
import type { ServeListener } from "./cluster-options.ts";
import type { App, Replica } from "./messages.ts";

/** Why the cluster stays although nobody has a lease. */
const KEPT = "services";
/** A replica's process may import large libraries, and be tried when Ray has just come back. */
const ROLL_MS = 180_000;
const WITHOUT = "One process of the node answers for its forms, without replicas of Ray Serve";

/** A service that asks for replicas. */
export interface Replicated {
  readonly expose: Expose;
  readonly bootstrap: Bootstrap;
}

/** How Ray Serve is, for people. */
export interface ServeStatus {
  readonly status: "off" | "refused" | "preparing" | "starting" | "running" | "failed";
  /** What is being done, or why it is not. */
  readonly message: string;
  readonly applications: Readonly<Record<string, Pick<App, "status" | "message" | "replicas">>>;
}

/** What services stand on. */
export interface ServeOptions {
  readonly cluster: RayCluster;
  readonly hosts: Hosts;
  /** A service as it is written now; undefined where it is gone, off, or asks for no replicas. */
  readonly find: (name: string) => Replicated | undefined;
  /** Told when a service that was deployed is well again, or is not. */
  readonly onState: (name: string, state: "RUNNING" | "UNHEALTHY", why: string) => void;
}

interface Known {
  wanted: Replicated;
  /** Its etag, a dot, and something new for each time that it is imported. */
  version: string;
  /** What versions were made of: a replica of the one before may still be replaced. */
  readonly made: Map<string, Replicated>;
  told: App | undefined;
  /** What the process of a replica said that did not start. */
  why: string;
  /** All replicas are of `version`, or it failed. */
  rolled: PromiseWithResolvers<void>;
  settled: boolean;
}

/** All of them, by name. */
export class ServeApps implements ServeListener {
  readonly #options: ServeOptions;
  readonly #known = new Map<string, Known>();
  readonly #refused = new Map<string, string>();

  constructor(options: ServeOptions) {
    this.#options = options;
    options.cluster.serve = this;
  }

  get status(): ServeStatus {
    const applications = Object.fromEntries(
      [...this.#known].map(([name, { told }]) => {
        const { status = "DEPLOYING", message = "", replicas = {} } = told ?? {};
        return [name, { status, message, replicas }];
      }),
    );
    const [refused] = this.#refused.values();
    if (refused !== undefined) return { status: "refused", message: refused, applications };
    if (this.#known.size === 0)
      return { status: "off", message: "No service that runs asks for replicas.", applications };
    const { state, message } = this.#options.cluster.status;
    return { status: state, message, applications };
  }

  /** Whether a service has replicas, or will have. */
  has(name: string): boolean {
    return this.#known.has(name);
  }

  /** Why a service has no replicas although it asks for them; empty where it has. */
  refusal(name: string): string {
    return this.#refused.get(name) ?? "";
  }

  /**
   * Where a service is asked: whichever replicas there are answer, also while newer ones are started. Waits for the first.
   * @returns a socket; undefined where it can have no replicas @throws GatewayError with what the service, or Serve, said
   */
  async way(replicated: Replicated): Promise<string | undefined> {
    const known = await this.#have(replicated, () => {});
    if (known && !answers(known.told)) await this.#rolled(known, () => {});
    return this.#where(replicated.expose.name);
  }

  /** The same, when all replicas are of what is written now. @param say told how far it is */
  async deploy(replicated: Replicated, say: Say): Promise<string | undefined> {
    const known = await this.#have(replicated, say);
    if (known) await this.#rolled(known, say);
    return this.#where(replicated.expose.name);
  }

  /** Its settings or its code have changed: replicas of it as it is now are started, before the others go. */
  changed(replicated: Replicated): void {
    const known = this.#known.get(replicated.expose.name);
    if (known) this.#renew(known, replicated);
  }

  /** It has no replicas any more. */
  remove(name: string): void {
    this.#refused.delete(name);
    const known = this.#known.get(name);
    if (!known) return;
    this.#known.delete(name);
    known.rolled.reject(new GatewayError("The service has ended."));
    this.#options.cluster.send({ type: "undeploy", name });
    if (this.#known.size === 0) this.#options.cluster.letGo(KEPT);
  }

  onHello(apps: readonly App[], replicas: readonly Replica[]): void {
    const { cluster, find, hosts } = this.#options;
    for (const app of apps) {
      const there = this.#known.get(app.name);
      const wanted = there?.wanted ?? find(app.name);
      if (!wanted) cluster.send({ type: "undeploy", name: app.name });
      else if (!there) this.#add(wanted, app.version);
    }
    for (const [name, known] of this.#known) known.told = apps.find((app) => app.name === name);
    this.onApps(apps);
    hosts.keepReplicas(replicas.map(({ id }) => id));
    for (const replica of replicas) this.onReplica(replica);
  }

  onReady(): void {
    for (const known of this.#known.values()) if (known.told?.version !== known.version) this.#send(known);
  }

  onApps(apps: readonly App[]): void {
    for (const app of apps) {
      const known = this.#known.get(app.name);
      if (known?.version !== app.version) continue;
      const before = known.told;
      known.told = app;
      const why = known.why || app.message;
      if (app.status === "RUNNING" || app.status === "REFUSED") known.rolled.resolve();
      else if (app.status === "DEPLOY_FAILED") known.rolled.reject(new GatewayError(why));
      known.settled ||= ["RUNNING", "REFUSED", "DEPLOY_FAILED"].includes(app.status);
      if (app.status === "REFUSED") {
        this.remove(app.name);
        this.#refused.set(app.name, `${WITHOUT}: ${app.message}`);
      } else if (before?.status !== app.status) {
        if (app.status === "RUNNING") this.#options.onState(app.name, "RUNNING", "");
        else if (app.status !== "DEPLOYING") this.#options.onState(app.name, "UNHEALTHY", why);
      }
    }
  }

  onReplica({ id, app, version }: Replica): void {
    const { cluster, hosts } = this.#options;
    const known = this.#known.get(app);
    const made = known?.made.get(version) ?? known?.wanted;
    if (!known || !made) {
      cluster.send({ type: "housed", id, why: "The service is not there any more." });
      return;
    }
    hosts.replica(made.expose, made.bootstrap, id).then(
      (socket) => cluster.send({ type: "housed", id, socket }),
      (cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        if (version === known.version) known.why = why;
        cluster.send({ type: "housed", id, why });
      },
    );
  }

  onUnhoused(id: string): void {
    this.#options.hosts.endReplica(id);
  }

  onDied(why: string, asked: boolean): void {
    this.#options.hosts.keepReplicas([]);
    for (const [name, known] of [...this.#known]) {
      known.told = undefined;
      if (known.settled) known.rolled = pending();
      known.settled = false;
      this.#options.onState(name, "UNHEALTHY", why);
      if (asked) this.remove(name);
    }
  }

  /** @returns undefined where there can be no replicas */
  async #have(replicated: Replicated, say: Say): Promise<Known | undefined> {
    const { cluster, hosts } = this.#options;
    const { name, etag } = replicated.expose;
    const reason = await cluster.refusesReplicas();
    if (reason !== "") {
      this.#refused.set(name, `${WITHOUT}: ${reason}.`);
      return undefined;
    }
    await hosts.prepare(replicated.bootstrap, say);
    cluster.keep(KEPT);
    if (cluster.status.state !== "running") say("Waits for Ray, which is started when it is first needed.");
    try {
      await cluster.start();
    } catch (cause) {
      if (this.#known.size === 0) cluster.letGo(KEPT);
      throw cause;
    }
    const known = this.#known.get(name);
    if (!known) {
      // It was another cluster's word.
      this.#refused.delete(name);
      const added = this.#add(replicated, versionOf(etag));
      this.#send(added);
      return added;
    }
    const failed = known.told?.status === "DEPLOY_FAILED" && !answers(known.told);
    if (failed || !known.version.startsWith(`${etag}.`)) this.#renew(known, replicated);
    return known;
  }

  #add(wanted: Replicated, version: string): Known {
    const made = new Map([[version, wanted]]);
    const rolled = pending();
    const known: Known = { wanted, version, made, told: undefined, why: "", rolled, settled: false };
    this.#known.set(wanted.expose.name, known);
    this.#options.cluster.keep(KEPT);
    return known;
  }

  #renew(known: Known, wanted: Replicated): void {
    // Of those before, the one that answers: others were never ready.
    const last = answers(known.told) ? known.version : [...known.made.keys()][0];
    for (const version of known.made.keys()) if (version !== last) known.made.delete(version);
    known.wanted = wanted;
    known.version = versionOf(wanted.expose.etag);
    known.made.set(known.version, wanted);
    known.why = "";
    known.rolled.reject(new GatewayError("The service has changed meanwhile; ask again."));
    known.rolled = pending();
    known.settled = false;
    this.#send(known);
  }

  #send({ wanted: { expose, bootstrap }, version }: Known): void {
    const { deployment: options } = bootstrap;
    this.#options.cluster.send({ type: "deploy", name: expose.name, version, options });
  }

  async #rolled(known: Known, say: Say): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () =>
        reject(new GatewayError(`Its replicas were not there within ${ROLL_MS / 1000} s. ${saidOf(known)}`)),
      ROLL_MS,
    );
    let said = "";
    const telling = setInterval(() => {
      const now = saidOf(known);
      if (now !== said && now !== "") say(now);
      said = now;
    }, 250);
    try {
      await Promise.race([known.rolled.promise, late]);
    } finally {
      clearTimeout(timer);
      clearInterval(telling);
    }
  }

  #where(name: string): string | undefined {
    if (this.#refused.has(name)) return undefined;
    const digest = createHash("sha256").update(name).digest("hex").slice(0, 12);
    return this.#options.cluster.socket(`serve-${digest}`);
  }
}

/** Whether somebody answers; of a service that may have none at rest, Serve starts one for who asks. */
function answers(told: App | undefined): boolean {
  return told !== undefined && (told.status === "RUNNING" || (told.replicas.RUNNING ?? 0) > 0);
}

function saidOf({ told }: Known): string {
  const counts = Object.entries(told?.replicas ?? {}).map(([state, count]) => `${count} ${state}`);
  return [counts.length > 0 ? `Replicas: ${counts.join(", ")}.` : "", told?.message ?? ""].join(" ").trim();
}

function versionOf(etag: string): string {
  return `${etag}.${randomBytes(4).toString("hex")}`;
}

/** Whoever waits hears of its failure; nobody need. */
function pending(): PromiseWithResolvers<void> {
  const deferred = Promise.withResolvers<void>();
  deferred.promise.catch(() => {});
  return deferred;
}
