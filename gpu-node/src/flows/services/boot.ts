/** Boot: every service that is switched on is started, looked at and listed, step by step, for operators who watch. */
import type { FlowEntry } from "./exposes.ts";
import type { Services } from "./services.ts";

/** In this order; the last two are how it ends. */
export const BOOT_STEPS = [
  "deploy",
  "health",
  "register",
  "retrieve",
  "update",
  "complete",
  "error",
] as const;
export type BootStep = (typeof BOOT_STEPS)[number];

/** One line of it. */
export interface BootMessage {
  readonly step: BootStep;
  readonly type: "step_start" | "step_end" | "activity" | "result" | "warning" | "error";
  readonly message: string;
  /** A service, or the address of a form. */
  readonly target: string | null;
  readonly result: string | null;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** From 0 to 100. */
  readonly percent: number;
}

type Told = Pick<BootMessage, "type" | "message"> & { readonly target?: string; readonly result?: string };

/** Services that are started at a time. */
const AT_ONCE = 4;
/** Lines that are kept; a boot of more services tells the rest only to who watches. */
const MAX_KEPT = 2000;

/** What boots, one at a time. It goes on when nobody watches. */
export class Boot {
  readonly #services: Services;
  readonly #timeoutMs: number;
  readonly #watchers = new Set<(message: BootMessage) => void>();
  #messages: BootMessage[] = [];
  #since: number | null = null;
  #stop: AbortController | undefined;
  #done: Promise<void> = Promise.resolve();

  /** @param timeoutMs how long a service may take to start */
  constructor(services: Services, timeoutMs: number) {
    this.#services = services;
    this.#timeoutMs = timeoutMs;
  }

  /** The lines of the boot that goes on, or was the last. */
  get messages(): readonly BootMessage[] {
    return this.#messages;
  }

  /** Seconds since 1970 when the one that goes on began; null where none does. */
  get since(): number | null {
    return this.#since;
  }

  /** Tells each line from now on. @returns what ends it */
  watch(listener: (message: BootMessage) => void): () => void {
    this.#watchers.add(listener);
    return () => {
      this.#watchers.delete(listener);
    };
  }

  /**
   * Begins.
   * @param force services are imported anew, and a boot that goes on is given up
   * @param only one service of that name
   * @returns whether it began: one goes on already otherwise
   */
  async start(force: boolean, only?: string): Promise<boolean> {
    if (this.#since !== null) {
      if (!force) return false;
      this.#stop?.abort();
      await this.#done;
    }
    this.#begin((signal) => this.#boot(force, only, signal));
    return true;
  }

  /** Ends the processes of all services; runs go on to their ends. */
  async shutdown(): Promise<boolean> {
    if (this.#since !== null) return false;
    this.#begin(async () => {
      const all = this.#services.exposes.list().filter(({ state }) => state !== "DRAFT");
      this.#tell("deploy", 0, { type: "step_start", message: "Ending the services" });
      for (const expose of all) {
        this.#services.stop(expose);
        this.#services.exposes.found(expose.name, "DEAD", "");
        this.#tell("deploy", 50, { type: "result", message: "ends", target: expose.name, result: "DEAD" });
      }
      this.#end("complete", `${counted(all.length, "service")} ended.`);
    });
    return true;
  }

  #begin(work: (signal: AbortSignal) => Promise<void>): void {
    const stop = new AbortController();
    this.#stop = stop;
    this.#messages = [];
    this.#since = Date.now() / 1000;
    this.#done = work(stop.signal)
      .catch((cause: unknown) => this.#end("error", sentence(cause)))
      .finally(() => {
        this.#since = null;
      });
  }

  async #boot(force: boolean, only: string | undefined, signal: AbortSignal): Promise<void> {
    const { exposes } = this.#services;
    const wanted = exposes
      .list()
      .filter(({ name, enabled, bootstrap }) =>
        only === undefined ? enabled && bootstrap?.trim() : name === only,
      );
    const failed = new Map<string, string>();
    const found = new Map<string, readonly FlowEntry[]>();
    /** One step for each service that came so far. */
    const step = async (
      at: BootStep,
      message: string,
      work: (name: string) => Promise<{ readonly message: string; readonly result: string }>,
    ) => {
      const percent = BOOT_STEPS.indexOf(at) * 20;
      const names = wanted.map(({ name }) => name).filter((name) => !failed.has(name));
      this.#tell(at, percent, { type: "step_start", message });
      let done = 0;
      await inParallel(names, AT_ONCE, async (name) => {
        signal.throwIfAborted();
        try {
          const told = await within(work(name), this.#timeoutMs, signal);
          done += 1;
          this.#tell(at, percent + (20 * done) / names.length, { type: "result", target: name, ...told });
        } catch (cause) {
          signal.throwIfAborted();
          failed.set(name, sentence(cause));
          exposes.found(name, "UNHEALTHY", sentence(cause));
          this.#tell(at, percent, { type: "error", target: name, message: sentence(cause) });
        }
      });
      this.#tell(at, percent + 20, {
        type: "step_end",
        message: `${counted(done, "service")} of ${names.length}`,
      });
    };
    const of = (name: string) => {
      const expose = exposes.find(name);
      if (!expose) throw new Error("It was removed meanwhile.");
      return expose;
    };
    const listed = (name: string) =>
      exposes.found(name, "RUNNING", this.#services.replicated.refusal(name), found.get(name) ?? []);
    await step("deploy", `Starting ${counted(wanted.length, "service")}`, async (name) => {
      if (force || only !== undefined) this.#services.changed(of(name));
      await this.#services.deploy(of(name), (message) =>
        this.#tell("deploy", 0, { type: "activity", message, target: name }),
      );
      const refused = this.#services.replicated.refusal(name);
      if (refused) this.#tell("deploy", 0, { type: "warning", message: refused, target: name });
      return { message: "started", result: "RUNNING" };
    });
    await step("health", "Asking each for its forms", async (name) => {
      found.set(name, await this.#services.describe(of(name)));
      return { message: "answers", result: "ok" };
    });
    await step("register", "Listing the flows", async (name) => {
      listed(name);
      return { message: "listed", result: counted(found.get(name)?.length ?? 0, "flow") };
    });
    await step("retrieve", "Opening each form", async (name) => {
      for (const { path } of found.get(name) ?? []) {
        const target = `/-/${name}${path}`;
        const { status } = await this.#services.ask(of(name), "GET", path);
        if (status !== 200) throw new Error(`The form ${target} answered ${status}.`);
        this.#tell("retrieve", 60, { type: "activity", message: "opens", target, result: "200" });
      }
      return { message: "opens", result: counted(found.get(name)?.length ?? 0, "form") };
    });
    await step("update", "Writing down how each is", async (name) => {
      listed(name);
      return { message: "is", result: "RUNNING" };
    });
    const good = wanted.length - failed.size;
    if (failed.size === 0) this.#end("complete", `${counted(good, "service")} started.`);
    else
      this.#end(
        "error",
        `${counted(good, "service")} started, ${failed.size} did not: ${[...failed.keys()].join(", ")}.`,
      );
  }

  #end(step: "complete" | "error", message: string): void {
    this.#tell(step, 100, { type: step === "complete" ? "step_end" : "error", message });
  }

  #tell(step: BootStep, percent: number, told: Told): void {
    const message: BootMessage = {
      ...{ step, target: null, result: null, ...told },
      // A traceback's last line says what happened; the rest is in the service's state.
      message: told.message.trimEnd().split("\n").at(-1) ?? "",
      ...{ timestamp: Date.now() / 1000, percent: Math.round(percent) },
    };
    if (this.#messages.length < MAX_KEPT) this.#messages.push(message);
    for (const listener of this.#watchers) listener(message);
  }
}

const MARKS: Readonly<Record<BootMessage["type"], string>> = {
  ...{ step_start: "▶", step_end: "✓", activity: "•", result: "→", warning: "⚠", error: "✗" },
};

/** A line as clients show it that read text. */
export function bootText({ step, type, message, target, result }: BootMessage): string {
  const of = target === null ? "" : `[${target}] `;
  if (type === "step_start") return `${MARKS[type]} [${step.toUpperCase()}] ${message}`;
  if (step === "complete") return `✔ ${message}`;
  if (type === "result") return `  ${of}${message} ${MARKS[type]} ${result ?? ""}`;
  if (type === "activity") return `  ${MARKS[type]} ${of}${message}${result === null ? "" : ` → ${result}`}`;
  return `${MARKS[type]} ${of}${message}`;
}

/** Whether nothing comes after it. */
export function isBootOver({ step }: BootMessage): boolean {
  return step === "complete" || step === "error";
}

async function inParallel<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const lane = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: most }, lane));
}

async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It took longer than ${ms / 1000} s.`)), ms);
  const stopped = () => reject(new Error("Another boot has begun."));
  signal.addEventListener("abort", stopped, { once: true });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stopped);
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
