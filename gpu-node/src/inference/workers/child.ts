/** A worker's process: Python with everything imported and no model yet; a conversation in lines of JSON with it. */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import * as v from "valibot";
import { type Environment, PYTHON_PROJECT } from "../../kernels/environment/environments.ts";
import { launch } from "../../launcher/plan.ts";
import { programFolder } from "../../launcher/program-folder.ts";
import { BackendError } from "./backend.ts";
import { Said } from "./messages.ts";

/** Of one line: a step's pieces of all rows with 20 likely tokens each stay far below. */
const MAX_LINE = 16 * 1024 * 1024;
const MAX_COMPLAINT = 4000;
/** Threads and processes of a worker; OpenMP and CUDA have their own. */
const PROCESSES = 1024;

/** What a worker is started with. */
export interface WorkerOptions {
  readonly environment: Environment;
  /** Folders that models lie in: all that it sees of this machine beside its own program. */
  readonly roots: readonly string[];
  readonly sandbox: boolean;
}

/** Hears of one call. */
export interface CallListener {
  onAccepted?(): void;
  onPiece?(piece: Extract<Said, { say: "pieces" }>["pieces"][number]): void;
}

interface Open {
  readonly listener: CallListener;
  readonly resolve: (data: unknown) => void;
  readonly reject: (cause: Error) => void;
}

/** A started process. It dies with the node: the kernel kills it, and it ends when its pipe does. */
export class WorkerChild {
  /** When it has imported all and waits for a model; rejected when it ends before. */
  readonly ready: Promise<void>;
  /** Why it ended. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex | undefined;
  readonly #calls = new Map<number, Open>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #end = Promise.withResolvers<string>();
  #next = 1;
  #over: string | undefined;
  #complaint = "";

  constructor(options: WorkerOptions) {
    this.ready = this.#ready.promise;
    this.ended = this.#end.promise;
    this.ready.catch(() => {});
    const { folder, parts } = programFolder("model");
    const { environment, roots, sandbox } = options;
    const source = join(PYTHON_PROJECT, "src");
    const { command, args, env, cwd } = launch({
      argv: [environment.python, "-m", "eyepiece_serve"],
      env: { ...settings(), PYTHONPATH: source },
      ...parts,
      readOnly: [environment.folder, ...environment.needs, source, ...roots],
      writable: [],
      hidden: [],
      processes: PROCESSES,
      sandbox,
    });
    this.#child = spawn(command, [...args], {
      env: { ...env },
      cwd,
      // Its own group, so that a signal reaches all of it and nothing of the node.
      detached: true,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-MAX_COMPLAINT);
    });
    const pipe = this.#child.stdio[3];
    this.#pipe = pipe && "read" in pipe && "write" in pipe ? (pipe as Duplex) : undefined;
    this.#pipe?.on("error", () => {});
    this.#listen();
    this.#child.once("error", (cause) => this.#ends(`it could not be started: ${cause.message}`));
    this.#child.once("close", (code, signal) => {
      this.#ends(`its process ended (${signal ?? code})${lastWords(this.#complaint)}`);
      // At once: the node may be about to end.
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** Of the first process of its group. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it lives. */
  get alive(): boolean {
    return this.#over === undefined;
  }

  /** Asks; rejected when the process ends before it answers. @throws BackendError */
  call(asked: Readonly<Record<string, unknown>>, listener: CallListener = {}): Call {
    const number = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#over !== undefined) reject(gone(this.#over));
    else {
      this.#calls.set(number, { listener, resolve, reject });
      this.#pipe?.write(`${JSON.stringify({ ...asked, call: number })}\n`);
    }
    return { number, answer: promise };
  }

  /** Forgets a call, and has the worker forget it: its request leaves the batch. */
  cancel(number: number, reason: Error): void {
    const open = this.#calls.get(number);
    if (!open) return;
    this.#calls.delete(number);
    open.reject(reason);
    this.call({ do: "cancel", of: number }).answer.catch(() => {});
  }

  /** Ends it at once. @param why told to whoever waits for an answer */
  kill(why?: string): void {
    if (why !== undefined) this.#ends(why);
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // All of the group has ended.
    }
  }

  #listen(): void {
    const decoder = new StringDecoder("utf8");
    let rest = "";
    this.#pipe?.on("data", (bytes: Buffer) => {
      const lines = (rest + decoder.write(bytes)).split("\n");
      rest = lines.pop() ?? "";
      try {
        for (const line of lines) this.#hear(v.parse(Said, JSON.parse(line)));
        if (rest.length > MAX_LINE) throw new Error("a line without an end");
      } catch (cause) {
        this.kill(`it said what is not understood (${cause instanceof Error ? cause.message : cause})`);
      }
    });
  }

  #hear(said: Said): void {
    if (said.say === "ready") this.#ready.resolve();
    else if (said.say === "pieces")
      for (const piece of said.pieces) this.#calls.get(piece.call)?.listener.onPiece?.(piece);
    else {
      const open = this.#calls.get(said.call);
      if (said.say === "accepted") {
        open?.listener.onAccepted?.();
        return;
      }
      this.#calls.delete(said.call);
      if (said.say === "answer") open?.resolve(said.data);
      else open?.reject(new BackendError(said.message, said.status, said.param, said.code));
    }
  }

  #ends(why: string): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    for (const { reject } of this.#calls.values()) reject(gone(why));
    this.#calls.clear();
    this.#ready.reject(gone(why));
    this.#end.resolve(why);
  }
}

/** A call under way. */
export interface Call {
  readonly number: number;
  readonly answer: Promise<unknown>;
}

function gone(why: string): BackendError {
  const message = `The model's process is gone: ${why}. Ask again: it is started anew.`;
  return new BackendError(message, 503, null, "worker_gone");
}

/** Of the node's own environment only what says how to talk; nothing is fetched from the network. */
function settings(): Record<string, string> {
  const env: Record<string, string> = {
    LANG: process.env.LANG ?? "C.UTF-8",
    PYTHONUNBUFFERED: "1",
    HF_HUB_OFFLINE: "1",
    HF_HUB_DISABLE_TELEMETRY: "1",
    TOKENIZERS_PARALLELISM: "false",
  };
  for (const name of ["TZ", "LD_LIBRARY_PATH"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function lastWords(complaint: string): string {
  const line = complaint.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  return line ? `: ${line.replace(/\.$/, "")}` : "";
}
