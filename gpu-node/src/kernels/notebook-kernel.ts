/**
 * The kernel of one notebook as the node sees it: a folder, a keeper while one lives, and the pages that look. It may be none,
 * being prepared, or held by a keeper; pages stay through all of it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type {
  ExecutionStatus,
  KernelEvent,
  KernelRequest,
  KernelStatus,
} from "@eyepiece/protocol/kernel/messages.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { type ExecutionRecord, ExecutionStore, OVER, statusOf } from "./executions.ts";
import { readPiece } from "./folder.ts";
import type { KeeperConfig, KeeperEntry } from "./keeper/config.ts";
import { forgetKeeper, KeeperLink, livingKeeper, startKeeper } from "./keeper-link.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { type KernelApi, type KernelModels, type KernelViewers, NodeSocket } from "./node-socket.ts";
import type { Page } from "./page.ts";
import type { ProjectFiles } from "./project-files.ts";
import { checkedRequest } from "./requests.ts";
import type { KernelSpecs, StartSpec } from "./specs.ts";

/** The kernel that a notebook gets that asks for none. */
export const DEFAULT_SPEC = "python3";

/** Bytes of a file that are sent at a time. */
const PIECE_BYTES = 1 << 20;

/** What a notebook's kernel needs of the service. */
export interface KernelHost {
  readonly specs: KernelSpecs;
  /** A keeper's orders for a kernelspec; throws where this caller may not start one. */
  config(kernel: NotebookKernel, spec: StartSpec): Promise<KeeperConfig>;
  /** An execution ended, or what is kept of it changed. */
  ended(kernel: NotebookKernel, status: ExecutionStatus): void;
  /** Where a kernel writes arrays for viewers. */
  arraysOf(kernel: NotebookKernel): string;
  /** The files of a notebook's project; undefined where there is no relay to have them from. */
  filesOf(kernel: NotebookKernel): ProjectFiles | undefined;
  /** Sessions for kernels; undefined: this node has none. */
  readonly viewers: KernelViewers | undefined;
  readonly models: KernelModels | undefined;
  /** By its keeper's folder and its notebook. */
  readonly apiOf: ((kernel: string, notebook: string) => KernelApi) | undefined;
  log(line: string): void;
}

/** One notebook's kernel. */
export class NotebookKernel {
  readonly notebook: string;
  readonly folder: string;
  readonly store: ExecutionStore;
  readonly fresh: boolean;
  readonly pages = new Set<Page>();
  readonly #host: KernelHost;
  readonly #files: ProjectFiles | undefined;
  #spec: string;
  #status: KernelStatus;
  #link: KeeperLink | undefined;
  #starting: Promise<KeeperLink> | undefined;
  readonly #executions = new Map<string, ExecutionStatus>();
  #input: Extract<KernelEvent, { type: "input_request" }> | undefined;
  #socket: NodeSocket | undefined;
  /** Runs on their way to the keeper. */
  readonly #asked = new Set<string>();
  #owner: string;
  #closed = false;

  constructor(
    host: KernelHost,
    folder: string,
    notebook: string,
    options: { fresh?: boolean; spec?: string } = {},
  ) {
    this.#host = host;
    this.folder = folder;
    this.notebook = notebook;
    this.fresh = options.fresh ?? false;
    this.store = new ExecutionStore(folder);
    const meta = readMeta(folder);
    this.#spec = meta?.spec ?? options.spec ?? DEFAULT_SPEC;
    this.#owner = meta?.owner ?? "";
    this.#status = { type: "kernel", state: "none", spec: this.#spec, specs: [] };
    if (!this.fresh) this.#writeMeta();
    this.#files = this.fresh ? undefined : host.filesOf(this);
  }

  /** Whose the notebook is: the viewers that its cells make are this person's. The first word counts. */
  claim(owner: string): void {
    if (this.#owner !== "" || owner === "") return;
    this.#owner = owner;
    if (!this.fresh) this.#writeMeta();
  }

  /** Whether a keeper holds it now. */
  get held(): boolean {
    return this.#link !== undefined;
  }

  /** Finds the keeper of before, or settles what a dead one left; goes on with what waited for its environment. */
  async recover(): Promise<void> {
    const entry = livingKeeper(this.folder);
    if (entry) {
      try {
        this.#link = await this.#open(entry);
        return;
      } catch (cause) {
        this.#host.log(`The keeper of ${this.notebook} does not answer: ${sentence(cause)}`);
      }
    }
    const began = this.#settle(false);
    this.store.prune(this.store.load());
    const waiting = this.store.load().some((record) => record.state === "queued");
    if (waiting && !began && !this.fresh) await this.#ensure().catch((cause: unknown) => this.#failed(cause));
  }

  /** Adds a page and tells it everything. */
  join(page: Page): void {
    this.pages.add(page);
    page.send(this.#withSpecs(this.#status));
    for (const status of this.#known()) page.tell(status);
    if (this.#input) page.send(this.#input);
    if (this.pages.size === 1) this.#link?.tell({ type: "watch", on: true });
  }

  leave(page: Page): void {
    this.pages.delete(page);
    if (this.pages.size === 0) this.#link?.tell({ type: "watch", on: false });
  }

  /** Does what a page asks, which it may; rights were looked up before. @throws ChannelError */
  async request(
    page: Page,
    message: unknown,
    id: number,
    buffers: readonly Uint8Array[],
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const request = checkedRequest(message);
    switch (request.type) {
      case "files":
        return this.#listFiles(request.bring !== false);
      case "file":
        this.#sendPiece(page, request.path, request.from, id);
        return undefined;
      case "outputs":
        if (!this.#asked.has(request.execution) && !existsSync(this.store.file(request.execution, "json")))
          throw new ChannelError(
            "not_found",
            "This node has no outputs of this run; the notebook may have them.",
          );
        page.follow(request.execution, request.from);
        return {};
      case "whole":
        page.whole(request.execution, request.from, id);
        return undefined;
      case "execute":
        return this.#execute(request);
      case "start":
        return this.#start(request.spec);
      case "restart":
        // A kernel that is gone is started as another one is restarted.
        if (!this.#link) return this.#start(this.#spec);
        return this.#ask(request, buffers);
      case "input":
        if (this.#input?.execution === request.execution) this.#input = undefined;
        this.#link?.tell(request);
        return undefined;
      case "comm":
        this.#link?.tell(request, buffers);
        return undefined;
      default:
        return this.#ask(request, buffers);
    }
  }

  /** Leaves the keeper to itself: the node ends, the kernel goes on. A fresh one ends. */
  close(): void {
    this.#closed = true;
    this.#socket?.close();
    this.#link?.close();
    this.#link = undefined;
  }

  /** Ends kernel and keeper. */
  async shutdown(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#link?.ask({ type: "shutdown" });
  }

  async #execute(
    request: Extract<KernelRequest, { type: "execute" }>,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (this.#link) {
      // A page asks for the outputs at once, before the keeper has noted the run.
      for (const { execution } of request.items) this.#asked.add(execution);
      try {
        return await this.#ask(request, []);
      } finally {
        for (const { execution } of request.items) this.#asked.delete(execution);
      }
    }
    // Kept before the kernel is there, so that the run goes on even when this node ends meanwhile.
    let seq = Math.max(0, ...this.store.load().map((record) => record.seq));
    const taken = new Set(this.store.load().map((record) => record.execution));
    for (const { execution, cell, code } of request.items) {
      if (taken.has(execution)) continue;
      seq += 1;
      const record: ExecutionRecord = {
        ...{ execution, cell, code, seq, state: "queued", queued_ms: Date.now(), items: 0 },
      };
      this.store.save(record);
      this.#tell(statusOf(record));
    }
    this.#ensure().catch((cause: unknown) => this.#failed(cause));
    return {};
  }

  async #start(spec: string): Promise<Readonly<Record<string, unknown>>> {
    await this.#starting?.catch(() => undefined);
    if (this.#link) {
      await this.#link.ask({ type: "shutdown" });
      this.#link?.close();
      this.#link = undefined;
    }
    this.#spec = spec;
    if (!this.fresh) this.#writeMeta();
    try {
      await this.#ensure();
    } catch (cause) {
      this.#failed(cause);
      throw cause;
    }
    return {};
  }

  async #ask(
    request: KernelRequest,
    buffers: readonly Uint8Array[],
  ): Promise<Readonly<Record<string, unknown>>> {
    const link = this.#link ?? (await this.#starting?.catch(() => undefined));
    if (!link) {
      if (request.type === "shutdown" || request.type === "interrupt") return {};
      throw new ChannelError("unavailable", "No kernel runs for this notebook.");
    }
    const { content, error } = await link.ask(request, buffers);
    if (error) throw new ChannelError(error.code, error.message);
    return content ?? {};
  }

  /** The keeper, started where there is none: once, however many ask. */
  #ensure(): Promise<KeeperLink> {
    if (this.#link) return Promise.resolve(this.#link);
    this.#starting ??= this.#make().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #make(): Promise<KeeperLink> {
    const spec = await this.#host.specs.prepare(this.#spec, (message, fraction) => {
      this.#change({ state: "preparing", message, ...(fraction !== undefined && { fraction }) });
    });
    const config = await this.#host.config(this, spec);
    await this.#bringFiles();
    this.#change({ state: "starting" });
    const link = await this.#open(await startKeeper(config));
    this.#link = link;
    if (this.pages.size > 0) link.tell({ type: "watch", on: true });
    return link;
  }

  /** A kernel starts also where the files cannot be had: what is there of before may be all that it needs. */
  async #bringFiles(): Promise<void> {
    try {
      const failures = await this.#files?.bring((message, fraction) =>
        this.#change({ state: "preparing", message, fraction }),
      );
      for (const text of failures ?? []) this.#toAll({ type: "notice", level: "warn", text });
    } catch (cause) {
      this.#host.log(`Files of ${this.notebook} could not be brought: ${sentence(cause)}`);
    }
  }

  async #listFiles(bring: boolean): Promise<Readonly<Record<string, unknown>>> {
    if (!this.#files) return { files: [] };
    if (!bring) return { files: this.#files.list() };
    const failures = await this.#files.bring().catch((cause: unknown) => [sentence(cause)]);
    for (const text of failures) this.#toAll({ type: "notice", level: "warn", text });
    return { files: this.#files.list() };
  }

  #sendPiece(page: Page, path: string, from: number, to: number): void {
    try {
      const { piece, size } = readPiece(join(this.folder, "work"), path, from, PIECE_BYTES);
      const next = from + piece.byteLength;
      page.send({ type: "reply", to, content: { bytes: size, ...(next < size && { next }) } }, [piece]);
    } catch {
      throw new ChannelError("not_found", "There is no such file in the kernel's folder.");
    }
  }

  #open(entry: KeeperEntry): Promise<KeeperLink> {
    this.#spec = entry.spec;
    let open: KeeperLink | undefined;
    const opening = KeeperLink.open(entry, {
      onEvent: (event, buffers) => this.#event(event, buffers),
      onGone: () => {
        if (this.#link !== open || this.#closed) return;
        this.#link = undefined;
        this.#gone(entry);
      },
    });
    return opening.then(async (link) => {
      open = link;
      await this.#serveSocket(entry);
      return link;
    });
  }

  async #serveSocket(entry: KeeperEntry): Promise<void> {
    this.#socket?.close();
    const { viewers, models, apiOf } = this.#host;
    if (!viewers) return;
    // Without namespaces a path is the same on both sides; the file's number tells which it is.
    const work = { here: join(this.folder, "work"), there: "/project" };
    const arrays = this.#host.arraysOf(this);
    // A kernel of no notebook is nobody's whose name the relay could vouch for.
    const api = this.notebook === "" ? undefined : apiOf?.(entry.runtime, this.notebook);
    const owner = { owner: this.#owner, arrays, work, ...(models && { models }), ...(api && { api }) };
    this.#socket = new NodeSocket(join(entry.runtime, "k"), owner, viewers, (line) =>
      this.#host.log(`arrays of ${this.notebook || "a fresh kernel"}: ${line}`),
    );
    await this.#socket.listen();
  }

  #gone(entry: KeeperEntry): void {
    this.#input = undefined;
    this.#socket?.close();
    // What a keeper that was killed could not remove itself.
    void forgetKeeper(entry);
    const lost = this.#settle(true);
    if (lost || this.#status.state !== "none") {
      this.#change({ state: "dead", message: "The kernel and its keeper were ended." });
    }
  }

  /** Marks what a keeper that was killed left behind. @returns whether something had begun */
  #settle(cancelWaiting: boolean): boolean {
    let began = false;
    const records = this.store.load();
    if (records.some((record) => record.state === "running")) began = true;
    for (const record of records) {
      if (OVER.has(record.state)) continue;
      if (record.state === "queued" && !cancelWaiting && !began) continue;
      record.state = record.state === "running" ? "lost" : "cancelled";
      record.ended_ms = Date.now();
      this.store.save(record);
      this.#tell(statusOf(record));
      this.#host.ended(this, statusOf(record));
    }
    return began;
  }

  #event(event: KernelEvent, buffers: readonly Uint8Array[]): void {
    switch (event.type) {
      case "kernel":
        this.#status = event;
        if (event.state === "dead" || event.state === "restarting") this.#input = undefined;
        this.#toAll(this.#withSpecs(event));
        return;
      case "execution": {
        this.#tell(event);
        if (OVER.has(event.state)) {
          if (this.#input?.execution === event.execution) this.#input = undefined;
          this.#host.ended(this, event);
        }
        return;
      }
      case "output": {
        const known = this.#executions.get(event.execution);
        if (known)
          this.#executions.set(event.execution, { ...known, items: event.from + event.items.length });
        for (const page of this.pages) page.grew(event.execution, event.from, event.items);
        return;
      }
      case "input_request":
        this.#input = event;
        this.#toAll(event);
        return;
      default:
        this.#toAll(event, buffers);
    }
  }

  #tell(status: ExecutionStatus): void {
    this.#executions.set(status.execution, status);
    for (const page of this.pages) page.tell(status);
  }

  #change(status: Omit<KernelStatus, "type" | "spec" | "specs">): void {
    this.#status = { type: "kernel", spec: this.#spec, specs: [], ...status };
    this.#toAll(this.#withSpecs(this.#status));
  }

  #failed(cause: unknown): void {
    this.#settle(true);
    this.#change({ state: "dead", message: sentence(cause) });
  }

  /** The queue, and the newest execution of each cell: of the keeper where one is, else from the folder. */
  #known(): ExecutionStatus[] {
    const all = this.#link
      ? [...this.#executions.values()]
      : this.store.load().map((record) => statusOf(record));
    const newest = new Map<string, ExecutionStatus>();
    for (const status of all) newest.set(status.cell, status);
    return all.filter((status) => newest.get(status.cell) === status || !OVER.has(status.state));
  }

  #toAll(event: KernelEvent, buffers: readonly Uint8Array[] = []): void {
    for (const page of this.pages) page.send(event, buffers);
  }

  #withSpecs(status: KernelStatus): KernelStatus {
    return { ...status, specs: this.#host.specs.list() };
  }

  #writeMeta(): void {
    writeMeta(this.folder, { notebook: this.notebook, spec: this.#spec, owner: this.#owner });
  }
}

function sentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
