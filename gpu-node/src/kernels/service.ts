/** The `kernel` service of a node: which notebooks have kernels here, who may reach which, and what each request needs. */
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  decodeKernel,
  type ExecutionStatus,
  type KernelRequest,
} from "@eyepiece/protocol/kernel/messages.ts";
import { allowed, KERNEL_RIGHTS } from "@eyepiece/protocol/rights.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import type { IncomingChannel } from "@eyepiece/protocol/wire/link.ts";
import { type SandboxFacts, sandboxed } from "../launcher/probe.ts";
import { Deletions } from "./deletions.ts";
import { Environments } from "./environment/environments.ts";
import type { KeeperConfig } from "./keeper/config.ts";
import { livingKeeper } from "./keeper-link.ts";
import { folderName, readMeta } from "./meta.ts";
import type { KernelApi, KernelModels, KernelViewers } from "./node-socket.ts";
import { NotebookKernel } from "./notebook-kernel.ts";
import { OutputCopier } from "./output-copier.ts";
import { Page, type PageCaller } from "./page.ts";
import { ProjectFiles } from "./project-files.ts";
import { type RelayAddress, RelayCalls } from "./relay-calls.ts";
import { checkedParams } from "./requests.ts";
import { KernelSpecs, type StartSpec } from "./specs.ts";
import { PICTURE_WIDTH } from "./viewer-pictures.ts";

/** How long a process lives that belongs to no notebook. */
const FRESH_LIMIT_MS = 3600_000;

export interface KernelServiceOptions {
  /** Everything of kernels is kept here; no other program's code may read it. */
  readonly folder: string;
  /** Where the Python environments are; `folder`/environments when left out. */
  readonly environments?: string;
  /** Folders of data that kernels may read. */
  readonly roots: readonly string[];
  /** Folders that no kernel may see. */
  readonly hidden: readonly string[];
  /** Where finished outputs go; undefined: nowhere. */
  readonly relay: RelayAddress | undefined;
  /** Sessions that kernels' Python may make; left out where there are none. */
  readonly viewers?: KernelViewers;
  /** Where models go that kernels' Python makes; left out where none are kept. */
  readonly models?: KernelModels;
  /** How kernels' code uses the node's API; left out where there is none. */
  readonly apiOf?: (kernel: string, notebook: string) => KernelApi;
  /** Memory of one kernel's processes together; 0 for no limit. */
  readonly memoryBytes?: number;
  readonly log: (line: string) => void;
  /** Stands in for what the machine allows: tests of a machine without namespaces. */
  readonly sandbox?: SandboxFacts;
}

/** Serves kernels. */
export class KernelService {
  readonly environments: Environments;
  readonly #options: KernelServiceOptions;
  readonly #specs: KernelSpecs;
  /** Folder of the arrays that kernels write for viewers. */
  readonly arrays: string;
  readonly #kernels = new Map<string, NotebookKernel>();
  readonly #copier: OutputCopier | undefined;
  readonly #calls: RelayCalls | undefined;
  #closed = false;
  #deletions: Deletions | undefined;
  #facts: SandboxFacts | undefined;
  #recovered: Promise<void> | undefined;

  constructor(options: KernelServiceOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    this.arrays = arraysFolder(options.folder);
    sweepArrays();
    mkdirSync(this.arrays, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.arrays, OF), options.folder, { mode: 0o600 });
    this.environments = new Environments(options.environments ?? join(options.folder, "environments"));
    this.#specs = new KernelSpecs(this.environments);
    this.#calls = options.relay && new RelayCalls(options.relay);
    this.#copier =
      options.relay &&
      new OutputCopier(options.relay, options.log, (notebook, session) => {
        const { viewers } = options;
        if (!viewers?.made(session, join(this.arrays, basename(this.#folderOf(notebook))))) return undefined;
        const wish = { width: PICTURE_WIDTH, height: 0, format: "png" as const };
        return viewers.picture(session, wish).then(({ bytes }) => bytes);
      });
  }

  /** Finds the kernels that a node before this one left running. */
  recover(): Promise<void> {
    this.#recovered ??= this.#recover();
    return this.#recovered;
  }

  /** Answers an OPEN of `kernel`. */
  async join(incoming: IncomingChannel): Promise<void> {
    await this.recover();
    const { identity, params } = incoming.facts;
    const caller: PageCaller = {
      userId: identity?.userId ?? "",
      role: identity?.role ?? "",
      rights: identity?.rights ?? [],
    };
    let asked: ReturnType<typeof checkedParams>;
    try {
      asked = checkedParams(params);
    } catch (cause) {
      if (!(cause instanceof ChannelError)) throw cause;
      incoming.reject(cause.code, cause.message);
      return;
    }
    const { notebook, fresh, spec } = asked;
    const scope = identity?.scope ?? "";
    const people = caller.role === "owner" || caller.role === "user";
    // Whose notebook it is, the relay knows; without its word for exactly this one nobody comes in.
    const scoped = notebook === "" ? fresh && people && scope === "" : scope === `notebook:${notebook}`;
    if (!scoped) {
      incoming.reject("not_found", "There is no such notebook here, or it is not shared with you.");
      return;
    }
    if (fresh && !caller.rights.includes("run")) {
      incoming.reject("forbidden", "You have no right to run code here.");
      return;
    }
    const kernel = fresh ? this.#fresh(spec) : this.#kernelOf(notebook, spec);
    const channel = incoming.accept();
    const page = new Page(channel, caller, kernel.store);
    channel.onMessage = (bytes) => this.#message(kernel, page, bytes);
    void channel.closed.then(() => {
      kernel.leave(page);
      if (fresh) this.#endFresh(kernel);
    });
    kernel.claim(identity?.grantedBy || caller.userId);
    kernel.join(page);
  }

  /** Ends the kernel of a notebook that is gone, and forgets its outputs. */
  async remove(notebook: string): Promise<void> {
    const kernel = this.#kernels.get(notebook);
    this.#kernels.delete(notebook);
    for (const page of kernel?.pages ?? []) page.channel.close("done", "The notebook was deleted.");
    await kernel?.shutdown();
    kernel?.close();
    const folder = this.#folderOf(notebook);
    const arrays = join(this.arrays, basename(folder));
    await this.#options.viewers?.forget(arrays);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    rmSync(arrays, { recursive: true, force: true });
  }

  /** Leaves all keepers to themselves: their kernels go on without this node. */
  close(): void {
    this.#closed = true;
    this.#deletions?.close();
    this.#copier?.close();
    this.#calls?.close();
    this.environments.close();
    for (const kernel of this.#kernels.values()) kernel.close();
  }

  /** Ends all kernels: of tests, and of a machine that is given back. */
  async shutdown(): Promise<void> {
    await Promise.all([...this.#kernels.values()].map((kernel) => kernel.shutdown()));
    this.close();
  }

  async #recover(): Promise<void> {
    this.#facts = this.#options.sandbox ?? (await sandboxed());
    for (const name of readdirSync(this.#options.folder)) {
      const folder = join(this.#options.folder, name);
      if (name.startsWith("fresh-")) {
        // Whoever waited for it is gone with the node before; its keeper ends by itself.
        if (!livingKeeper(folder)) rmSync(folder, { recursive: true, force: true });
        continue;
      }
      const notebook = readMeta(folder)?.notebook;
      if (notebook === undefined) continue;
      const kernel = this.#kernelOf(notebook, undefined);
      await kernel.recover();
      for (const record of kernel.store.load()) this.#copier?.add(kernel.store, notebook, record);
    }
    const { relay, log } = this.#options;
    if (!relay || this.#closed) return;
    const kept = () => [...this.#kernels.values()].filter((one) => !one.fresh).map((one) => one.notebook);
    this.#deletions = new Deletions(relay, kept, (notebook) => {
      this.remove(notebook).catch((cause: unknown) =>
        log(`The kernel of ${notebook} stays: ${String(cause)}`),
      );
    });
  }

  async #message(kernel: NotebookKernel, page: Page, bytes: Uint8Array): Promise<void> {
    const { message, id, buffers } = decodeKernel<KernelRequest>(bytes);
    const done = (async () => {
      this.#authorize(page, message.type);
      return kernel.request(page, message, id, buffers);
    })();
    // Not awaited: a completion must not wait for the kernel that a request before it starts.
    void done.then(
      (content) => {
        if (content && id > 0) page.send({ type: "reply", to: id, content });
      },
      (cause: unknown) => {
        const code = cause instanceof ChannelError ? cause.code : "failed";
        const text = cause instanceof Error ? cause.message : String(cause);
        page.send({ type: "reply", to: id, error: { code, message: text } });
      },
    );
  }

  #authorize(page: Page, type: string): void {
    const { caller } = page;
    if (!allowed(KERNEL_RIGHTS, type, caller)) {
      throw new ChannelError(
        "forbidden",
        "You may look at this notebook, and have no right to run code in it.",
      );
    }
    const looks = KERNEL_RIGHTS[type]?.right === "view";
    if (!looks && caller.role !== "owner") {
      if (this.#facts?.works === false) throw new ChannelError("forbidden", REFUSED);
    }
  }

  #kernelOf(notebook: string, spec: string | undefined): NotebookKernel {
    const there = this.#kernels.get(notebook);
    if (there) return there;
    const kernel = new NotebookKernel(this.#host(), this.#folderOf(notebook), notebook, {
      ...(spec && { spec }),
    });
    this.#kernels.set(notebook, kernel);
    return kernel;
  }

  #fresh(spec: string | undefined): NotebookKernel {
    const name = `fresh-${randomBytes(9).toString("base64url")}`;
    const folder = join(this.#options.folder, name);
    const kernel = new NotebookKernel(this.#host(), folder, "", { fresh: true, ...(spec && { spec }) });
    this.#kernels.set(name, kernel);
    return kernel;
  }

  #endFresh(kernel: NotebookKernel): void {
    for (const [name, one] of this.#kernels) if (one === kernel) this.#kernels.delete(name);
    void kernel.shutdown().then(() => {
      kernel.close();
      rmSync(this.#arraysOf(kernel), { recursive: true, force: true });
      rmSync(kernel.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    });
  }

  #host() {
    return {
      specs: this.#specs,
      config: (kernel: NotebookKernel, spec: StartSpec) => this.#config(kernel, spec),
      ended: (kernel: NotebookKernel, status: ExecutionStatus) => {
        if (!kernel.fresh) this.#copier?.add(kernel.store, kernel.notebook, status);
      },
      arraysOf: (kernel: NotebookKernel) => this.#arraysOf(kernel),
      filesOf: ({ notebook, folder }: NotebookKernel) =>
        this.#calls && new ProjectFiles(this.#calls, notebook, folder),
      viewers: this.#options.viewers,
      models: this.#options.models,
      apiOf: this.#options.apiOf,
      log: this.#options.log,
    };
  }

  #arraysOf(kernel: NotebookKernel): string {
    return join(this.arrays, basename(kernel.folder));
  }

  async #config(kernel: NotebookKernel, spec: StartSpec): Promise<KeeperConfig> {
    const facts = this.#facts ?? { works: false, reason: "" };
    if (!facts.works) {
      const owners = [...kernel.pages].some((page) => page.caller.role === "owner");
      if (!owners) throw new ChannelError("forbidden", `${REFUSED} (${facts.reason})`);
    }
    const { roots, hidden, memoryBytes } = this.#options;
    const arrays = this.#arraysOf(kernel);
    mkdirSync(arrays, { recursive: true, mode: 0o700 });
    return {
      arrays,
      folder: kernel.folder,
      notebook: kernel.notebook,
      spec: {
        ...{ name: spec.name, language: spec.language, argv: spec.argv, interrupt: spec.interrupt },
        env: spec.env,
      },
      home: join(kernel.folder, "home"),
      work: join(kernel.folder, "work"),
      readOnly: [...spec.readOnly, ...roots.map(real)],
      hidden: hidden.map(real),
      sandbox: facts.works,
      processes: 4096,
      memoryBytes: memoryBytes ?? Math.round(totalmem() * 0.8),
      ...(kernel.fresh && { fresh: { limitMs: FRESH_LIMIT_MS } }),
    };
  }

  #folderOf(notebook: string): string {
    return join(this.#options.folder, folderName(notebook));
  }
}

/** Least size of a /dev/shm that arrays fit into: containers often have one of 64 MB. */
const SHM_BYTES = 2 ** 30;

/** Where arrays for viewers lie: in memory where there is room, else beside the kernels. */
function arraysFolder(folder: string): string {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  try {
    const shm = statfsSync("/dev/shm");
    if (shm.blocks * shm.bsize >= SHM_BYTES) return `/dev/shm/eyepiece-${name}`;
  } catch {
    // A machine without /dev/shm has a disk.
  }
  return join(dirname(folder), "arrays");
}

/** File that names the folder of kernels which a folder of arrays belongs to. */
const OF = "of";

/** Arrays of an installation that was removed take memory for nothing. */
function sweepArrays(): void {
  for (const name of existsSync("/dev/shm") ? readdirSync("/dev/shm") : []) {
    const folder = join("/dev/shm", name);
    try {
      if (!/^eyepiece-[0-9a-f]{12}$/.test(name) || lstatSync(folder).uid !== process.getuid?.()) continue;
      if (!existsSync(readFileSync(join(folder, OF), "utf8")))
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another node may be at the same work.
    }
  }
}

const REFUSED =
  "This machine refuses the namespaces that keep people's code apart, so only the owner may run code here; `eyepiece doctor` says more.";

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
