/** Keeps a child process running: started again after a pause when it dies, stopped with us. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { nodeProcess } from "../scripts/node-process.mjs";

const RESTART_MS = [200, 500, 1000, 2000, 5000, 10_000];
/** A child that ran for so long starts with the shortest pause again. */
const STEADY_MS = 10_000;

/** How long a child may take to end by itself. */
const GRACE_MS = 2200;

export interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Lines of standard error go here. */
  readonly log: (line: string) => void;
  readonly onMessage?: (message: unknown) => void;
  /** Lines of standard output go here and nowhere else. */
  readonly onOutput?: (line: string) => unknown;
  /** Called when it is started again. */
  readonly onRestart?: () => void;
}

/** A child that ended before it was ever ready: the message is its last words. */
export class ChildFailure extends Error {
  override readonly name = "ChildFailure";
}

/** Calls back for each whole line of a stream. */
function eachLine(stream: Readable | null, hear: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
}

/** One supervised child. */
export class Supervised {
  readonly #options: ChildOptions;
  /** Rejects when the child ends before `markReady`. */
  readonly failed: Promise<never>;
  #fail: (error: Error) => void = () => {};
  #child: ChildProcess | undefined;
  #ready = false;
  #stopping = false;
  #attempt = 0;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #lastLines: string[] = [];

  constructor(options: ChildOptions) {
    this.#options = options;
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {});
    this.#start();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** From now on a death is an accident, after which the child is started again. */
  markReady(): void {
    this.#ready = true;
  }

  /** Ends the child: asked first, forced after a grace. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const hard = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await exited;
    clearTimeout(hard);
  }

  #start(): void {
    const { name, args, log, onMessage } = this.#options;
    this.#startedAt = Date.now();
    const { flags, env } = nodeProcess(this.#options.env);
    const child = spawn(process.execPath, [...flags, ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A terminal's Ctrl-C goes to its foreground group: the supervisor alone gets it, and ends children in order.
      detached: true,
    });
    this.#child = child;
    eachLine(child.stdout, (line) => this.#options.onOutput?.(line));
    eachLine(child.stderr, (line) => {
      this.#lastLines = [...this.#lastLines.slice(-9), line];
      log(line);
    });
    if (onMessage) child.on("message", onMessage);
    child.on("error", (error) => log(`${name}: ${error.message}`));
    child.on("exit", (code, signal) => this.#exited(code, signal));
  }

  #exited(code: number | null, signal: string | null): void {
    if (this.#stopping) return;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (!this.#ready) {
      const words = this.#lastLines.filter((line) => line.trim() !== "").at(-1);
      this.#fail(new ChildFailure(words ?? `The ${this.#options.name} ${how} before it was ready.`));
      return;
    }
    if (Date.now() - this.#startedAt > STEADY_MS) this.#attempt = 0;
    const wait = RESTART_MS[Math.min(this.#attempt, RESTART_MS.length - 1)] ?? 10_000;
    this.#attempt += 1;
    this.#options.log(`The ${this.#options.name} ${how}; it starts again in ${wait / 1000} s.`);
    this.#timer = setTimeout(() => {
      this.#options.onRestart?.();
      this.#start();
    }, wait);
  }
}
