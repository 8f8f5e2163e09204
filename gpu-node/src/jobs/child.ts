/** One run of a job's program, from its start until nothing of it is left. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { insidePaths, launch } from "../launcher/plan.ts";
import type { Checkpoint, Json } from "./job.ts";
import { endMarked, MARK } from "./marked.ts";
import type { MemoryGroup } from "./memory-groups.ts";
import { OutputFile } from "./output-file.ts";
import { ReportReader, type Reports } from "./reports.ts";

/** What is started. */
export interface JobProgram {
  /** As seen from inside; the working folder is the job's own. */
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that it reads beside the system's. */
  readonly readOnly?: readonly string[];
  /** What it is given as its params; the job's without it. */
  readonly params?: Json;
}

/** One run. */
export interface RunOptions {
  readonly job: string;
  /** The job's folder on this machine. */
  readonly folder: string;
  readonly program: JobProgram;
  readonly params: Json;
  readonly checkpoint: Checkpoint | undefined;
  readonly devices: readonly string[];
  readonly sandbox: boolean;
  /** Most processes and threads. */
  readonly processes: number;
  /** Between the polite wish to end and the end. */
  readonly graceMs: number;
  /** What bounds its memory; it is removed at the end. */
  readonly group?: MemoryGroup | undefined;
}

/** Told while it runs. */
export interface RunListener {
  onReports(reports: Reports): void;
  /** Something about its output that people should know. */
  onComplaint(message: string): void;
}

/** How it ended; `lost` is set when processes of it could not be ended. */
export interface RunEnding {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly refused?: string;
  /** Bytes of memory that it was ended for wanting more of. */
  readonly overrun?: number;
  /** The end of what it printed: also where that did not fit on the disk. */
  readonly printed: string;
  readonly lost: boolean;
}

/** Names of the parts of a job's folder. */
export const PARTS = {
  work: "work",
  home: "home",
  root: "root",
  sockets: "sockets",
  output: "output.log",
} as const;

/** How long pipes may stay open when all processes are gone. */
const DRAIN_MS = 2000;
/** Bytes of the end of what it prints that are kept in memory. */
const TAIL = 4096;

/** A started program. */
export class JobRun {
  /** Settles when all its processes are gone and all that they said was read. */
  readonly ended: Promise<RunEnding>;
  readonly #child: ChildProcess;
  readonly #options: RunOptions;
  readonly #pipe: Duplex | undefined;
  #force: NodeJS.Timeout | undefined;
  #tail = Buffer.alloc(0);

  constructor(options: RunOptions, listener: RunListener) {
    this.#options = options;
    const at = (part: keyof typeof PARTS) => join(options.folder, PARTS[part]);
    for (const part of ["work", "home", "root", "sockets"] as const)
      mkdirSync(at(part), { recursive: true, mode: 0o700 });
    const folders = { home: at("home"), work: at("work"), sockets: at("sockets"), sandbox: options.sandbox };
    const inside = insidePaths(folders);
    const checkpoint = options.checkpoint && {
      step: options.checkpoint.step,
      path: join(inside.work, options.checkpoint.path),
    };
    writeFileSync(
      join(folders.work, "job.json"),
      JSON.stringify({
        ...{ id: options.job, params: options.program.params ?? options.params, devices: options.devices },
        checkpoint: checkpoint ?? null,
      }),
      { mode: 0o600 },
    );
    const { command, args, env, cwd } = launch({
      ...folders,
      ...{ argv: options.program.argv, root: at("root"), processes: options.processes },
      env: { ...environment(options), ...options.program.env, [MARK]: options.job },
      ...{ readOnly: options.program.readOnly ?? [], writable: [], hidden: [] },
    });
    const output = new OutputFile(at("output"));
    const started = options.group?.entering(command, args) ?? { command, args };
    this.#child = spawn(started.command, [...started.args], {
      ...{ env: { ...env }, cwd },
      // Its own group, so that a signal reaches all of it and nothing of the node.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-TAIL);
        const complaint = output.add(chunk);
        if (complaint) listener.onComplaint(complaint);
      });
    const reader = new ReportReader();
    const pipe = this.#child.stdio[3];
    this.#pipe = pipe && "read" in pipe && "write" in pipe ? (pipe as Duplex) : undefined;
    this.#pipe?.on("data", (chunk: Buffer) => listener.onReports(reader.read(chunk)));
    // It may end before it has read what it was told.
    this.#pipe?.on("error", () => {});
    this.ended = this.#end().finally(() => output.close());
  }

  /** Asks it to write a checkpoint and end. */
  pause(): void {
    this.#pipe?.write('{"do":"pause"}\n');
  }

  /** Tells it that something new is in its folder. */
  wake(): void {
    this.#pipe?.write('{"do":"wake"}\n');
  }

  /** Asks it to end, and ends it after the grace. */
  stop(): void {
    this.#signal("SIGTERM");
    this.#force ??= setTimeout(() => this.kill(), this.#options.graceMs);
  }

  /** Ends it. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  async #end(): Promise<RunEnding> {
    const over = Promise.withResolvers<Omit<RunEnding, "lost" | "printed">>();
    const closed = Promise.withResolvers<void>();
    this.#child.once("error", (cause) => over.resolve({ code: null, signal: null, refused: cause.message }));
    this.#child.once("exit", (code, signal) => over.resolve({ code, signal }));
    this.#child.once("close", () => closed.resolve());
    const ending = await over.promise;
    clearTimeout(this.#force);
    this.kill();
    const clean = await endMarked(this.#options.job);
    if (ending.refused === undefined) {
      const late = setTimeout(() => closed.resolve(), DRAIN_MS);
      await closed.promise;
      clearTimeout(late);
    }
    for (const stream of this.#child.stdio) stream?.destroy();
    const { group } = this.#options;
    const overrun = group?.overrun ? { overrun: group.bytes } : {};
    group?.remove();
    return { ...ending, ...overrun, lost: !clean, printed: this.#tail.toString("utf8") };
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, name);
    } catch {
      // All of the group has ended.
    }
  }
}

/** Of the node's own environment only what says how to talk. No GPU is visible that was not leased. */
function environment(options: RunOptions): Record<string, string> {
  const env: Record<string, string> = {
    LANG: process.env.LANG ?? "C.UTF-8",
    PYTHONUNBUFFERED: "1",
    EYEPIECE_DEVICES: options.devices.join(","),
  };
  for (const name of ["TZ", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "LD_LIBRARY_PATH"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (options.devices.length === 0) env.CUDA_VISIBLE_DEVICES = "";
  return env;
}
