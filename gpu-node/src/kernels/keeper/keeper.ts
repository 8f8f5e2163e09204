/**
 * The keeper of one kernel: a process of its own that starts the kernel, holds its queue, writes its logs and talks to the node by a
 * unix socket, however often the node comes and goes. See ../README.md for the states.
 */
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KernelState, KernelStatus } from "@eyepiece/protocol/kernel/messages.ts";
import { ExecutionStore } from "../executions.ts";
import { type KeeperConfig, type KeeperEntry, startTicks } from "./config.ts";
import { type KeeperEvent, type KeeperRequest, readFrames, writeFrame } from "./frames.ts";
import type { JupyterMessage, JupyterRequest } from "./jupyter-message.ts";
import { KernelProcess } from "./kernel-process.ts";
import { Meter } from "./meter.ts";
import { OutputWidgets } from "./output-widgets.ts";
import { outputItem } from "./outputs.ts";
import { RunQueue } from "./run-queue.ts";
import { VARIABLES_EXPRESSION, variablesOf } from "./variables.ts";

/** Bytes that may wait for a node that reads slowly; beyond, it reads the log instead. */
const SLOW_BYTES = 4 << 20;
/** How long a keeper without a node stays: with an idle kernel, with none, and for nobody's notebook. */
const IDLE_LINGER_MS = 24 * 3600_000;
const DEAD_LINGER_MS = 10 * 60_000;
const FRESH_LINGER_MS = 30_000;
const LINGER_CHECK_MS = 10_000;
const WARM_UP_MS = 1500;
/** Comm messages of pages whose outputs are still passed on. */
const COMMS_KEPT = 200;
const COMM_TYPES = new Set(["comm_open", "comm_msg", "comm_close"]);

/** One keeper. */
export class Keeper {
  readonly #config: KeeperConfig;
  readonly #runtime: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #queue: RunQueue;
  readonly #meter: Meter;
  readonly #comms: string[] = [];
  readonly #outputWidgets = new OutputWidgets({
    show: (content) => this.#broadcast({ type: "comm", msg_type: "comm_msg", content }),
    keep: (content) => this.#kernel?.client.tell("shell", { type: "comm_msg", content }),
  });
  #kernel: KernelProcess | undefined;
  #state: KernelState = "starting";
  #message = "";
  #stopping = false;
  #linger: NodeJS.Timeout | undefined;
  #input: { readonly message: JupyterMessage; readonly execution: string } | undefined;
  readonly #over = Promise.withResolvers<void>();

  constructor(config: KeeperConfig) {
    this.#config = config;
    // The path of a unix socket has 107 bytes at most, so that it cannot be in the kernel's folder.
    this.#runtime = mkdtempSync(join(tmpdir(), "eyepiece-k-"));
    this.#queue = new RunQueue(new ExecutionStore(config.folder), {
      send: (record) => void this.#run(record.execution, record.code),
      tell: (status) => {
        this.#broadcast(status);
        this.#settleState();
      },
      output: (execution, from, items) => {
        for (const socket of this.#sockets) {
          const slow = socket.writableLength > SLOW_BYTES;
          writeFrame(socket, {
            type: "output",
            execution,
            from: slow ? from + items.length : from,
            items: slow ? [] : items,
          });
        }
      },
      notice: (text) => this.#broadcast({ type: "notice", level: "error", text }),
    });
    this.#meter = new Meter(config.memoryBytes, config.arrays, {
      pid: () => this.#kernel?.pid ?? 0,
      measured: () => this.#broadcast(this.#status()),
      tooMuch: (text) => {
        this.#message = text;
        this.#kernel?.kill();
      },
    });
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Starts the kernel and serves until it is shut down. */
  async run(): Promise<void> {
    const socket = join(this.#runtime, "keeper.sock");
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(socket, resolve);
    });
    const entry: KeeperEntry = {
      pid: process.pid,
      start: startTicks(process.pid),
      socket,
      runtime: this.#runtime,
      spec: this.#config.spec.name,
    };
    const file = join(this.#config.folder, "keeper.json");
    writeFileSync(`${file}.next`, JSON.stringify(entry), { mode: 0o600 });
    renameSync(`${file}.next`, file);
    const limit = this.#config.fresh?.limitMs;
    if (limit !== undefined) setTimeout(() => void this.#shutdown(), limit).unref();
    this.#lingerSoon();
    void this.#start("starting");
    await this.#over.promise;
    this.#meter.watch(false);
    for (const each of this.#sockets) each.end();
    this.#server.close();
    rmSync(file, { force: true });
    rmSync(this.#runtime, { recursive: true, force: true });
  }

  /** Ends kernel and keeper. */
  async #shutdown(): Promise<void> {
    this.#stopping = true;
    this.#queue.close("cancelled");
    await this.#kernel?.stop(false);
    this.#message = "";
    this.#change("none");
    // What was just written has to leave before the process does.
    setTimeout(() => this.#over.resolve(), 20);
  }

  async #start(state: "starting" | "restarting"): Promise<void> {
    this.#message = "";
    this.#outputWidgets.forget();
    this.#change(state);
    const kernel = new KernelProcess(this.#config, this.#runtime, {
      // What a kernel says as it is ended belongs to no cell: it would be added to the last one's outputs.
      onIopub: (message) => {
        if (this.#kernel === kernel && !this.#stopping) this.#published(message);
      },
      onStdin: (message) => this.#asked(message),
    });
    this.#kernel = kernel;
    void kernel.ended.then((why) => {
      if (this.#kernel === kernel) this.#died(why);
    });
    const info = await kernel.ready();
    if (!info || this.#kernel !== kernel) return;
    this.#change("idle");
    this.#queue.open();
    void this.#warmUp(kernel);
  }

  /** The first completion loads seconds of libraries in IPython: done in advance, when the kernel has nothing else to do. */
  async #warmUp(kernel: KernelProcess): Promise<void> {
    do await sleep(WARM_UP_MS);
    while (this.#kernel === kernel && this.#queue.busy);
    if (this.#kernel !== kernel || this.#config.fresh || kernel.subshell === undefined) return;
    await this.#ask("complete_request", { code: "pri", cursor_pos: 3 });
  }

  #died(why: string): void {
    this.#kernel = undefined;
    this.#input = undefined;
    if (this.#stopping) return;
    this.#message = this.#message || why;
    this.#queue.close("lost");
    this.#change("dead");
    this.#lingerSoon();
  }

  async #restart(): Promise<void> {
    const old = this.#kernel;
    this.#kernel = undefined;
    this.#input = undefined;
    this.#queue.close("cancelled");
    this.#change("restarting");
    await old?.stop(true);
    await this.#start("restarting");
  }

  async #run(execution: string, code: string): Promise<void> {
    const reply = await this.#kernel?.client.ask("shell", {
      type: "execute_request",
      // The execution's own name is the message's, so that widgets which collect outputs by it find them.
      id: execution,
      content: {
        ...{ code, silent: false, store_history: true, user_expressions: {} },
        ...{ allow_stdin: true, stop_on_error: true },
      },
    });
    if (reply) this.#queue.replied(execution, reply.content.status);
  }

  #published(message: JupyterMessage): void {
    const { msg_type } = message.header;
    if (COMM_TYPES.has(msg_type)) {
      if (!this.#outputWidgets.comm(message)) return;
      const { content, metadata, parent } = message;
      const type = msg_type as "comm_open" | "comm_msg" | "comm_close";
      this.#broadcast(
        { type: "comm", msg_type: type, content, metadata, ...(parent && { parent_id: parent }) },
        message.buffers,
      );
      return;
    }
    const own = this.#comms.includes(message.parent);
    if (own && msg_type === "status" && message.content.execution_state === "idle")
      this.#broadcast({ type: "comm_done", msg_id: message.parent });
    if (this.#outputWidgets.takes(message)) return;
    if (this.#queue.published(message) || !own) return;
    const item = outputItem(message);
    if (item) this.#broadcast({ type: "comm_output", msg_id: message.parent, item });
  }

  #asked(message: JupyterMessage): void {
    if (message.header.msg_type !== "input_request") return;
    const execution = this.#queue.running ?? "";
    if (message.parent !== execution) return;
    this.#input = { message, execution };
    this.#broadcast(this.#inputRequest(this.#input));
  }

  #inputRequest({ message, execution }: { message: JupyterMessage; execution: string }): KeeperEvent {
    const { prompt, password } = message.content;
    return {
      type: "input_request",
      execution,
      prompt: typeof prompt === "string" ? prompt : "",
      password: password === true,
    };
  }

  #serve(socket: Socket): void {
    clearInterval(this.#linger);
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size > 0) return;
      this.#meter.watch(false);
      if (this.#config.fresh) void this.#shutdown();
      else this.#lingerSoon();
    });
    readFrames<KeeperRequest>(socket, ({ message, id, buffers }) => {
      void this.#request(message, buffers).then((answer) => {
        if (answer && id > 0 && socket.writable) writeFrame(socket, { type: "reply", to: id, ...answer });
      });
    });
    writeFrame(socket, this.#status());
    for (const status of this.#queue.statuses()) writeFrame(socket, status);
    if (this.#input) writeFrame(socket, this.#inputRequest(this.#input));
    writeFrame(socket, { type: "present" });
  }

  async #request(request: KeeperRequest, buffers: readonly Uint8Array[]): Promise<Answer | undefined> {
    switch (request.type) {
      case "execute":
        if (this.#state === "dead" && !this.#kernel) void this.#start("restarting");
        this.#queue.add(request.items);
        return { content: {} };
      case "cancel":
        this.#queue.cancel(request.executions);
        return { content: {} };
      case "interrupt":
        this.#queue.cancel();
        await Promise.race([this.#queue.begun(), sleep(1000)]);
        await this.#kernel?.interrupt();
        return { content: {} };
      case "restart":
        await this.#restart();
        return { content: {} };
      case "shutdown":
        await this.#shutdown();
        return { content: {} };
      case "retire": {
        const retired = !this.#queue.busy;
        // Answered at once: who asks is about to end, and has no time for a kernel that takes long to.
        if (retired) void this.#shutdown();
        return { content: { retired } };
      }
      case "complete":
        return this.#ask("complete_request", { code: request.code, cursor_pos: request.cursor_pos });
      case "inspect": {
        const { code, cursor_pos, detail_level } = request;
        return this.#ask("inspect_request", { code, cursor_pos, detail_level });
      }
      case "is_complete":
        return this.#ask("is_complete_request", { code: request.code });
      case "variables":
        return this.#variables();
      case "input": {
        const waiting = this.#input;
        if (!waiting || waiting.execution !== request.execution) return undefined;
        this.#input = undefined;
        const parent = waiting.message.header;
        this.#kernel?.client.tell("stdin", {
          type: "input_reply",
          content: { value: request.value },
          parent,
        });
        return undefined;
      }
      case "comm": {
        const { msg_type, content, metadata } = request;
        const message: JupyterRequest = {
          ...{ type: msg_type, content, buffers, metadata: metadata ?? {} },
          ...(request.msg_id !== undefined && { id: request.msg_id }),
        };
        const sent = this.#kernel?.client.tell("shell", message);
        if (sent !== undefined) this.#comms.push(sent);
        if (this.#comms.length > COMMS_KEPT) this.#comms.shift();
        return undefined;
      }
      case "watch":
        this.#meter.watch(request.on);
        return undefined;
      default:
        return refused("invalid", "The kernel's keeper does not know this request.");
    }
  }

  /** A question that a subshell answers while a cell runs; without one it waits for the cell. */
  async #ask(type: string, content: Readonly<Record<string, unknown>>): Promise<Answer> {
    const kernel = this.#kernel;
    if (!kernel || this.#state === "starting" || this.#state === "restarting") {
      return refused("unavailable", "The kernel is not running.");
    }
    const busy = this.#queue.running !== undefined;
    if (busy && kernel.subshell === undefined) {
      return refused("busy", "The kernel answers when its cell is done: it cannot do two things at a time.");
    }
    const subshell = kernel.subshell;
    const reply = await kernel.client.ask("shell", { type, content, ...(subshell && { subshell }) }, 10_000);
    return reply
      ? { content: reply.content }
      : refused("timeout", "The kernel did not answer within 10 seconds.");
  }

  async #variables(): Promise<Answer> {
    if (this.#config.spec.language.toLowerCase() !== "python") {
      return refused("unavailable", `Variables of ${this.#config.spec.language} kernels cannot be listed.`);
    }
    const answer = await this.#ask("execute_request", {
      ...{ code: "", silent: true, store_history: false, allow_stdin: false, stop_on_error: false },
      user_expressions: { variables: VARIABLES_EXPRESSION },
    });
    if (!answer.content) return answer;
    const variables = variablesOf(answer.content);
    return variables
      ? { content: { variables } }
      : refused("failed", "The kernel could not list its variables.");
  }

  #settleState(): void {
    if (this.#state !== "idle" && this.#state !== "busy") return;
    const next = this.#queue.running === undefined ? "idle" : "busy";
    if (next !== this.#state) this.#change(next);
  }

  #change(state: KernelState): void {
    this.#state = state;
    this.#broadcast(this.#status());
  }

  #status(): KernelStatus {
    const kernel = this.#kernel;
    return {
      type: "kernel",
      state: this.#state,
      spec: this.#config.spec.name,
      specs: [],
      ...(this.#message && { message: this.#message }),
      ...(kernel && { started_ms: kernel.startedMs, ...this.#meter.latest }),
    };
  }

  #broadcast(event: KeeperEvent, buffers: readonly Uint8Array[] = []): void {
    for (const socket of this.#sockets) writeFrame(socket, event, 0, buffers);
  }

  /** Without a node a kernel goes on for as long as it has something to run, and then for a day; one whose folder is gone ends. */
  #lingerSoon(): void {
    clearInterval(this.#linger);
    const since = Date.now();
    const fresh = this.#config.fresh !== undefined;
    this.#linger = setInterval(() => {
      if (this.#sockets.size > 0 || this.#stopping) return;
      const alone = Date.now() - since;
      const spare = fresh ? FRESH_LINGER_MS : this.#kernel ? IDLE_LINGER_MS : DEAD_LINGER_MS;
      const idle = fresh || !this.#queue.busy;
      if ((alone > spare && idle) || !existsSync(this.#config.folder)) void this.#shutdown();
    }, LINGER_CHECK_MS);
    this.#linger.unref();
  }
}

interface Answer {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
}

function refused(code: string, message: string): Answer {
  return { error: { code, message } };
}
