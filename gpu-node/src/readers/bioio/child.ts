/** The Python program that reads planes, and the questions to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import * as v from "valibot";
import type { Environment } from "../../kernels/environment/environments.ts";
import { type LaunchPlan, launch } from "../../launcher/plan.ts";
import { sandboxed } from "../../launcher/probe.ts";
import { programFolder } from "../../launcher/program-folder.ts";

const PROGRAM = fileURLToPath(new URL("planes.py", import.meta.url));
/** Most bytes of a plane, and of an answer's words. */
const MAX_PLANE = 2 ** 30;
const MAX_WORDS = 16 * 1024 * 1024;
/** How long a file may take to open, and a plane to be read. */
const ANSWER_MS = 180_000;
/** Memory that the program may ask for. */
const MEMORY = 16 * 2 ** 30;

const Answer = v.object({
  id: v.number(),
  error: v.optional(v.string()),
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PLANE))),
  scenes: v.optional(v.unknown()),
});

/** What the program answers. */
export interface PlaneAnswer {
  readonly scenes: unknown;
  readonly values: Uint8Array<ArrayBuffer>;
}

interface Waiting {
  readonly resolve: (answer: PlaneAnswer) => void;
  readonly reject: (cause: Error) => void;
}

/** One program for one file. Questions are answered in their order; when it ends, all are refused. */
export class PlaneProgram {
  readonly #label: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: Error | undefined;
  #complaint = "";

  private constructor(label: string, child: ChildProcess, folder: string) {
    this.#label = label;
    this.#child = child;
    this.#folder = folder;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-4000);
    });
    child.once("error", (cause) => this.#end(`its reader could not be started: ${cause.message}`));
    child.once("close", (code, signal) =>
      this.#end(`its reader ended (${signal ?? code}). ${lastWords(this.#complaint)}`),
    );
    child.stdin?.on("error", () => {});
    void this.#listen().catch((cause: unknown) =>
      this.#end(cause instanceof Error ? cause.message : String(cause)),
    );
  }

  /** Starts it in namespaces of its own: it sees the file, its packages, and nothing else. @throws SourceError */
  static async start(file: string, label: string, environment: Environment): Promise<PlaneProgram> {
    const { folder, parts } = programFolder("planes");
    const { works } = await sandboxed();
    const plan: LaunchPlan = {
      argv: ["prlimit", `--as=${MEMORY}`, environment.python, "-I", "-u", PROGRAM],
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", OMP_NUM_THREADS: "2", OPENBLAS_NUM_THREADS: "2" },
      ...parts,
      readOnly: [environment.folder, ...environment.needs, PROGRAM, file],
      writable: [],
      hidden: [],
      processes: 256,
      sandbox: works,
    };
    const { command, args, env, cwd } = launch(plan);
    const child = spawn(command, [...args], { env: { ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
    return new PlaneProgram(label, child, folder);
  }

  /** @throws SourceError */
  ask(question: Readonly<Record<string, unknown>>): Promise<PlaneAnswer> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<PlaneAnswer>();
    const late = setTimeout(
      () => this.#stop(`its reader did not answer within ${ANSWER_MS / 1000} seconds.`),
      ANSWER_MS,
    );
    this.#waiting.set(id, { resolve, reject });
    this.#child.stdin?.write(`${JSON.stringify({ id, ...question })}\n`);
    return promise.finally(() => clearTimeout(late));
  }

  async close(): Promise<void> {
    this.#stop("it was closed.");
    await rm(this.#folder, { recursive: true, force: true });
  }

  #stop(why: string): void {
    this.#end(why);
    this.#child.kill("SIGKILL");
  }

  #end(why: string): void {
    this.#ended ??= new SourceError(`${this.#label} cannot be read: ${why}`);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  async #listen(): Promise<void> {
    const stream = this.#child.stdout;
    if (!stream) return;
    let parts: Buffer[] = [];
    let size = 0;
    /** Takes bytes from the front, when as many are there. */
    const take = (count: number): Buffer | undefined => {
      if (size < count) return undefined;
      const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      parts = [all.subarray(count)];
      size -= count;
      return all.subarray(0, count);
    };
    let words = -1;
    let head: v.InferOutput<typeof Answer> | undefined;
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.byteLength;
      for (;;) {
        if (head === undefined && words < 0) {
          const length = take(4);
          if (!length) break;
          words = length.readUInt32LE(0);
          if (words > MAX_WORDS) throw new Error("its reader says too much.");
        }
        if (head === undefined) {
          const text = take(words);
          if (!text) break;
          head = v.parse(Answer, JSON.parse(text.toString("utf8")));
        }
        const values = take(head.bytes ?? 0);
        if (!values) break;
        this.#answer(head, values);
        head = undefined;
        words = -1;
      }
    }
  }

  #answer(head: v.InferOutput<typeof Answer>, values: Buffer): void {
    const waiting = this.#waiting.get(head.id);
    this.#waiting.delete(head.id);
    if (head.error !== undefined) {
      const why = head.error.split("\n")[0]?.replace(/\.$/, "");
      waiting?.reject(new SourceError(`${this.#label} cannot be read: ${why}.`));
    } else waiting?.resolve({ scenes: head.scenes, values: new Uint8Array(values) });
  }
}

function lastWords(complaint: string): string {
  return complaint.trim().split("\n").at(-1) ?? "";
}
