/** A page's side of the kernel service: the kernel's state, the queue, outputs, and requests with answers. */
import {
  decodeKernel,
  type ExecuteItem,
  type ExecutionStatus,
  encodeKernel,
  type KernelEvent,
  type KernelParams,
  type KernelRequest,
  type KernelStatus,
  type OutputItem,
} from "@eyepiece/protocol/kernel/messages.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { wire } from "@eyepiece/protocol/wire/messages.ts";
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { LinkService, PageChannel } from "../services/link.ts";
import type { OutputsStore } from "./outputs-store.ts";

const RETRY_MS = [500, 2000, 5000, 15_000];
const DEADLINE = 20_000;

/** A question of running code: input(). */
export interface InputRequest {
  readonly execution: string;
  readonly prompt: string;
  readonly password: boolean;
}

/** connecting: asked for, no answer. open. away: no node; tried again. refused: no right, with a reason. */
export interface KernelLink {
  readonly state: "connecting" | "open" | "away" | "refused";
  readonly reason: string;
}

export type CommEvent = Extract<KernelEvent, { type: "comm" }> & { readonly buffers: readonly Uint8Array[] };

type Question = Exclude<KernelRequest, { type: "input" | "comm" }>;

interface Answer {
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** See the file's comment. */
export class KernelClient {
  readonly outputs: OutputsStore;
  /** Called with comm messages of the kernel. */
  onComm: (event: CommEvent) => void = () => {};
  /** Called with what a comm message of this or another page printed. */
  onCommOutput: (message: string, item: OutputItem) => void = () => {};
  /** Called when the kernel is done with a comm message. */
  onCommDone: (message: string) => void = () => {};
  /** Called when an execution ended. */
  onEnded: (status: ExecutionStatus) => void = () => {};
  /** Called with the node's notices. */
  onNotice: (level: "info" | "warn" | "error", text: string) => void = () => {};
  readonly #link: LinkService;
  readonly #notebook: string;
  readonly #status = signal<KernelStatus | undefined>(undefined);
  readonly #state = signal<KernelLink>({ state: "connecting", reason: "" });
  readonly #executions = new Map<string, Signal<ExecutionStatus | undefined>>();
  readonly #running = signal<readonly ExecutionStatus[]>([]);
  /** Executions whose outputs the node sends on this channel as they come. */
  readonly #followed = new Set<string>();
  readonly #input = signal<InputRequest | undefined>(undefined);
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: ChannelError) => void }
  >();
  #channel: PageChannel | undefined;
  #count = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(link: LinkService, notebook: string, outputs: OutputsStore) {
    this.#link = link;
    this.#notebook = notebook;
    this.outputs = outputs;
    this.#open();
  }

  /** The kernel; undefined until the node has said. */
  get status(): ReadonlySignal<KernelStatus | undefined> {
    return this.#status;
  }
  get state(): ReadonlySignal<KernelLink> {
    return this.#state;
  }
  /** All that is queued or running. */
  get running(): ReadonlySignal<readonly ExecutionStatus[]> {
    return this.#running;
  }
  /** The question that code asks now. */
  get input(): ReadonlySignal<InputRequest | undefined> {
    return this.#input;
  }

  /** Where an execution stands, as far as the node has said. */
  execution(id: string): ReadonlySignal<ExecutionStatus | undefined> {
    return this.#execution(id);
  }

  /** Queues cells. They show as queued at once. @throws ChannelError */
  async execute(items: readonly ExecuteItem[]): Promise<void> {
    const before = this.#running.value.length;
    for (const [i, { execution, cell }] of items.entries())
      this.#executed({ type: "execution", execution, cell, state: "queued", position: before + i, items: 0 });
    try {
      await this.ask({ type: "execute", items });
    } catch (cause) {
      for (const { execution, cell } of items)
        this.#executed({ type: "execution", execution, cell, state: "cancelled", items: 0 });
      throw cause;
    }
  }

  /** Asks and waits for the answer's content. @throws ChannelError with a sentence */
  async ask(request: Question, deadline = DEADLINE): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#ask(request, deadline)).content;
  }

  /** All that a cell printed, where that is more than the page was sent. @throws ChannelError */
  async whole(execution: string, onProgress: (share: number) => void): Promise<Blob> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const { content, buffers }: Answer = await this.#ask({ type: "whole", execution, from }, DEADLINE);
      for (const buffer of buffers) pieces.push(new Uint8Array(buffer));
      from = typeof content.next === "number" && content.next > from ? content.next : undefined;
      if (typeof content.bytes === "number" && from !== undefined) onProgress(from / content.bytes);
    }
    return new Blob(pieces, { type: "text/plain" });
  }

  #ask(request: Question, deadline: number): Promise<Answer> {
    const channel = this.#channel;
    if (!channel || this.#state.value.state !== "open") {
      const reason = this.#state.value.reason || "No node is connected that could run this.";
      return Promise.reject(new ChannelError("unavailable", reason));
    }
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject });
    const timer = setTimeout(
      () => reject(new ChannelError("deadline", "The kernel did not answer in time.")),
      deadline,
    );
    channel.send(encodeKernel(request, id));
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  /** Answers `input()`. */
  answer(execution: string, value: string): void {
    this.#input.value = undefined;
    this.#channel?.send(encodeKernel({ type: "input", execution, value }));
  }

  /** Sends a comm message to the kernel. */
  comm(message: Extract<KernelRequest, { type: "comm" }>, buffers: readonly Uint8Array[] = []): void {
    this.#channel?.send(encodeKernel(message, 0, buffers));
  }

  /** Asks for what is missing of an execution's log, and for what follows. */
  follow(execution: string): void {
    const from = this.outputs.stored(execution) ? 0 : this.outputs.count(execution);
    this.#followed.add(execution);
    this.ask({ type: "outputs", execution, from }).catch((cause: unknown) => {
      this.#followed.delete(execution);
      console.info(`The outputs of ${execution} did not come:`, cause);
    });
  }

  /** Tries at once to reach the node. */
  retry(): void {
    if (this.#state.value.state === "away") this.#open();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#channel?.close();
  }

  #open(): void {
    clearTimeout(this.#timer);
    const params: KernelParams = { notebook: this.#notebook };
    const channel = this.#link.open(
      {
        service: "kernel",
        mode: wire.Mode.RELIABLE,
        params: new TextEncoder().encode(JSON.stringify(params)),
      },
      {
        onMessage: (bytes) => this.#receive(bytes),
        onState: (state) => {
          if (state === "open") {
            this.#failures = 0;
            this.#state.value = { state: "open", reason: "" };
          }
        },
      },
    );
    this.#channel = channel;
    void channel.closed.then(({ code, message }) => {
      if (this.#channel !== channel) return;
      this.#channel = undefined;
      this.#followed.clear();
      for (const waiting of this.#waiting.values()) waiting.reject(new ChannelError(code, message));
      this.#waiting.clear();
      this.#input.value = undefined;
      if (this.#disposed) return;
      const final = code === "forbidden" || code === "revoked" || code === "not_found";
      this.#state.value = { state: final ? "refused" : "away", reason: message };
      if (final) return;
      const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 15_000;
      this.#failures += 1;
      this.#timer = setTimeout(() => this.#open(), pause);
    });
  }

  #receive(bytes: Uint8Array): void {
    const { message, buffers } = decodeKernel<KernelEvent>(bytes);
    switch (message.type) {
      case "kernel":
        this.#status.value = message;
        if (message.state !== "busy" && message.state !== "idle") this.#input.value = undefined;
        return;
      case "execution":
        this.#executed(message);
        return;
      case "output":
        if (!this.outputs.append(message.execution, message.from, message.items))
          this.follow(message.execution);
        return;
      case "input_request": {
        const { execution, prompt, password } = message;
        this.#input.value = { execution, prompt, password };
        return;
      }
      case "comm":
        this.onComm({ ...message, buffers });
        return;
      case "comm_output":
        this.onCommOutput(message.msg_id, message.item);
        return;
      case "comm_done":
        this.onCommDone(message.msg_id);
        return;
      case "notice":
        this.onNotice(message.level, message.text);
        return;
      case "reply": {
        const waiting = this.#waiting.get(message.to);
        if (message.error) waiting?.reject(new ChannelError(message.error.code, message.error.message));
        else waiting?.resolve({ content: message.content ?? {}, buffers });
      }
    }
  }

  #executed(status: ExecutionStatus): void {
    const known = this.#execution(status.execution);
    const was = known.value;
    known.value = status;
    const live = status.state === "queued" || status.state === "running";
    const others = this.#running.value.filter((one) => one.execution !== status.execution);
    this.#running.value = live ? [...others, status].sort(byQueue) : others;
    if (live) {
      // The node sends of its own accord what is printed from the beginning on; a page that came later asks for what was before.
      if (status.items === 0) this.#followed.add(status.execution);
      else if (!this.#followed.has(status.execution)) this.follow(status.execution);
      return;
    }
    if (this.#input.value?.execution === status.execution) this.#input.value = undefined;
    if (was?.state === "running") this.onEnded(status);
    // A page that came later has not seen what is already in the log.
    if (this.#followed.has(status.execution) || this.outputs.stored(status.execution)) return;
    if (status.items > this.outputs.count(status.execution)) this.follow(status.execution);
  }

  #execution(id: string): Signal<ExecutionStatus | undefined> {
    let known = this.#executions.get(id);
    if (!known) {
      known = signal<ExecutionStatus | undefined>(undefined);
      this.#executions.set(id, known);
    }
    return known;
  }
}

function byQueue(a: ExecutionStatus, b: ExecutionStatus): number {
  return (a.position ?? -1) - (b.position ?? -1);
}
