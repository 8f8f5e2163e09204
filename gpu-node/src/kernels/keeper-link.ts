/** The node's end of a keeper: starts one, or finds the one that a node before it started. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { KernelEvent } from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";
import { type KeeperConfig, KeeperEntry, startTicks } from "./keeper/config.ts";
import { type KeeperEvent, type KeeperRequest, readFrames, writeFrame } from "./keeper/frames.ts";

const MAIN = fileURLToPath(new URL("./keeper/main.ts", import.meta.url));
const START_MS = 20_000;
const OWN_RUNTIME = /\/eyepiece-k-[A-Za-z0-9]+$/;

type Reply = Extract<KernelEvent, { type: "reply" }>;

/** What a link tells. */
export interface KeeperListener {
  onEvent(event: Exclude<KernelEvent, Reply>, buffers: readonly Uint8Array[]): void;
  /** The keeper is gone: it was shut down, or killed. */
  onGone(): void;
}

/** The entry of a keeper that lives; what a dead one left is cleaned. */
export function livingKeeper(folder: string): KeeperEntry | undefined {
  const file = join(folder, "keeper.json");
  if (!existsSync(file)) return undefined;
  const read = v.safeParse(KeeperEntry, parsed(file));
  if (read.success && startTicks(read.output.pid) === read.output.start) return read.output;
  rmSync(file, { force: true });
  // Only what this program's own keepers make has this name.
  if (read.success && OWN_RUNTIME.test(read.output.runtime))
    rmSync(read.output.runtime, { recursive: true, force: true });
  return undefined;
}

/** Cleans what a keeper that was killed left: its socket closes a moment before its process is gone. */
export async function forgetKeeper({ pid, start, runtime }: KeeperEntry): Promise<void> {
  for (let wait = 0; wait < 100 && startTicks(pid) === start; wait++) await sleep(50);
  if (startTicks(pid) !== start && OWN_RUNTIME.test(runtime))
    rmSync(runtime, { recursive: true, force: true });
}

/** Starts a keeper. @throws Error with a sentence when it does not come up */
export async function startKeeper(config: KeeperConfig): Promise<KeeperEntry> {
  mkdirSync(config.folder, { recursive: true, mode: 0o700 });
  const file = join(config.folder, "config.json");
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  const env = { ...process.env };
  // People's code is this process' child: the node's own key stays out of it.
  delete env.EYEPIECE_NODE_TOKEN;
  const child = spawn(process.execPath, ["--max-semi-space-size=2", MAIN, file], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    cwd: "/",
    env,
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", (cause) => {
    ended = true;
    complaint = cause.message;
  });
  const deadline = Date.now() + START_MS;
  while (!ended && Date.now() < deadline) {
    const entry = livingKeeper(config.folder);
    if (entry?.pid === child.pid && entry) {
      child.stderr.destroy();
      child.unref();
      return entry;
    }
    await sleep(5);
  }
  throw new Error(
    `The kernel's keeper did not start${complaint ? `: ${complaint.trim()}` : " in 20 seconds."}`,
  );
}

/** A connection to a keeper that lives. */
export class KeeperLink {
  readonly entry: KeeperEntry;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #next = 1;
  #closed = false;

  private constructor(entry: KeeperEntry, socket: Socket, listener: KeeperListener, present: () => void) {
    this.entry = entry;
    this.#socket = socket;
    readFrames<KeeperEvent>(socket, ({ message, buffers }) => {
      if (message.type === "present") present();
      else if (message.type === "reply") {
        this.#waiting.get(message.to)?.(message);
        this.#waiting.delete(message.to);
      } else listener.onEvent(message, buffers);
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      for (const [to, done] of this.#waiting)
        done({ type: "reply", to, error: { code: "unavailable", message: "The kernel ended." } });
      this.#waiting.clear();
      present();
      if (!this.#closed) listener.onGone();
    });
  }

  /** Connects; resolves when everything that is known was told to the listener. */
  static async open(entry: KeeperEntry, listener: KeeperListener): Promise<KeeperLink> {
    const socket = createConnection(entry.socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    const link = new KeeperLink(entry, socket, listener, resolve);
    await promise;
    return link;
  }

  /** Sends a request and waits for the keeper's answer. */
  ask(request: KeeperRequest, buffers: readonly Uint8Array[] = []): Promise<Reply> {
    const id = this.#next++;
    return new Promise((resolve) => {
      if (this.#socket.destroyed) {
        resolve({ type: "reply", to: id, error: { code: "unavailable", message: "The kernel ended." } });
        return;
      }
      this.#waiting.set(id, resolve);
      writeFrame(this.#socket, request, id, buffers);
    });
  }

  /** Sends what has no answer. */
  tell(request: KeeperRequest, buffers: readonly Uint8Array[] = []): void {
    if (!this.#socket.destroyed) writeFrame(this.#socket, request, 0, buffers);
  }

  /** Leaves the keeper to itself. */
  close(): void {
    this.#closed = true;
    this.#socket.destroy();
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
