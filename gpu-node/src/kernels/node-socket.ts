/**
 * The unix socket that a node serves into each kernel: JSON lines, one answer a request. Who asks is known by the socket that is asked,
 * since no other kernel sees it.
 */
import { chmodSync, existsSync, readdirSync, rmSync, statfsSync, statSync, unlinkSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import {
  answerViewer,
  type KernelViewers,
  looks,
  namedLook,
  type Reply,
  ViewerRequest,
} from "./viewer-requests.ts";

export type { KernelViewers } from "./viewer-requests.ts";

/** A kernel, as its socket stands for it. */
export interface SocketOwner {
  /** Whose sessions it makes. */
  readonly owner: string;
  /** The folder that it writes arrays to. It is a mount there, so that the kernel cannot put another one in its place. */
  readonly arrays: string;
  /** Its project's folder here, and what it is called there: viewers may open what lies in it. */
  readonly work?: { readonly here: string; readonly there: string };
  /** Where models go that its code makes. */
  readonly models?: KernelModels;
  /** By what its code uses the node's API in its owner's name. */
  readonly api?: KernelApi;
}

/** A kernel's way to the node's API on the loopback. */
export interface KernelApi {
  /** Where it is; undefined where this node's loopback has none. */
  readonly port: number | undefined;
  readonly key: string;
  /** The kernel has ended. */
  end(): void;
}

/** Keeps models for people. */
export interface KernelModels {
  /** @throws Error with a sentence for people */
  keep(
    person: string,
    name: string,
    files: readonly { readonly name: string; readonly path: string }[],
  ): Promise<void>;
}

const MAX_LINE = 1 << 20;

/** Serves one kernel. */
export class NodeSocket {
  readonly #path: string;
  readonly #owner: SocketOwner;
  readonly #viewers: KernelViewers;
  readonly #log: (line: string) => void;
  readonly #sockets = new Set<Socket>();
  /** Sessions that this kernel made. */
  readonly #sessions = new Set<string>();
  #server: Server | undefined;

  /** @param folder of sockets that the kernel sees */
  constructor(folder: string, owner: SocketOwner, viewers: KernelViewers, log: (line: string) => void) {
    this.#log = log;
    this.#path = join(folder, "node.sock");
    this.#owner = owner;
    this.#viewers = viewers;
  }

  /** Listens, in the place of a node before this one. */
  async listen(): Promise<void> {
    if (existsSync(this.#path)) unlinkSync(this.#path);
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(this.#path, resolve));
    chmodSync(this.#path, 0o600);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
    this.#owner.api?.end();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {});
    let line = 0;
    socket.on("data", (bytes: Buffer) => {
      line = bytes.includes(10) ? 0 : line + bytes.byteLength;
      if (line > MAX_LINE) socket.destroy();
    });
    const lines = createInterface({ input: socket });
    let before = Promise.resolve();
    lines.on("line", (text) => {
      // In order: a layer must be there before it is changed.
      before = before.then(async () => {
        const { bytes, ...answer } = await this.#answer(text, socket).catch(
          (cause: unknown): Reply => ({ error: cause instanceof Error ? cause.message : String(cause) }),
        );
        if (!socket.writable) return;
        // Bytes follow their line.
        socket.write(`${JSON.stringify({ ...answer, ...(bytes && { bytes: bytes.byteLength }) })}\n`);
        if (bytes && !socket.write(bytes)) await drained(socket);
      });
    });
  }

  async #answer(text: string, socket: Socket): Promise<Reply> {
    const read = v.safeParse(ViewerRequest, JSON.parse(text));
    if (!read.success)
      throw new Error(`The node does not understand this request: ${read.issues[0].message}`);
    const request = read.output;
    if (request.op === "create") {
      const session = this.#viewers.create(
        request.title,
        this.#owner.owner,
        this.#owner.arrays,
        this.#owner.work?.here,
      );
      this.#sessions.add(session);
      return { session };
    }
    if (request.op === "keep") {
      await this.#keep(request);
      return {};
    }
    if (request.op === "trainer") {
      const { port, key } = this.#owner.api ?? {};
      if (port === undefined)
        throw new Error("This node's API has no port on its machine: see EYEPIECE_TRAINER_PORT.");
      return { port, key };
    }
    const { session } = request;
    if (!this.#sessions.has(session) && !this.#viewers.made(session, this.#owner.arrays))
      throw new Error("This viewer is no session of this kernel any more.");
    if (request.op === "listen") {
      const end = this.#viewers.listen(session, (json) => {
        // Who does not read hears less: the next word of a view has all that counts.
        if (socket.writable && socket.writableLength < MAX_LINE) socket.write(`${json}\n`);
      });
      socket.once("close", end);
      return {};
    }
    if (request.op === "place") return { layers: await this.#place(request) };
    if (request.op === "open") {
      const path = this.#pathHere(request);
      return { layers: await this.#viewers.open(session, path, namedLook(request.look)) };
    }
    if (request.op !== "add") return answerViewer(this.#viewers, request);
    const { type, layer } = request;
    const set = looks(type, request.look);
    // The name begins with the session's, with which it goes.
    if (!request.file.startsWith(`${session}-`))
      throw new Error("An array's file is named after its session.");
    const file = join(this.#owner.arrays, basename(request.file));
    try {
      this.#count();
      const as = { type, ...(layer !== undefined && { replace: layer }) };
      const layers = await this.#viewers.open(session, file, set, as);
      const what = file.endsWith(".chunks") ? "a lazy array" : `an array of ${statSync(file).size} bytes`;
      this.#log(`${what} came; ${this.#held()} bytes are held`);
      // Items are the session's own now.
      if (file.endsWith(".table")) rmSync(file, { force: true });
      return { layers };
    } catch (cause) {
      rmSync(file, { force: true });
      rmSync(file.replace(/\.chunks$/, ".sock"), { force: true });
      throw cause;
    }
  }

  /** Keeps a model whose files the kernel has put among its arrays: the one folder in which it can move nothing away. */
  async #keep({ name, files }: Extract<ViewerRequest, { op: "keep" }>): Promise<void> {
    const { models, owner, arrays } = this.#owner;
    const places = files.map((file) => ({ name: file.name, path: join(arrays, basename(file.file)) }));
    try {
      if (!models) throw new Error("This node keeps no models.");
      await models.keep(owner, name, places);
      this.#log(`the model ${name} of ${files.length} files was kept`);
    } finally {
      for (const { path } of places) rmSync(path, { force: true });
    }
  }

  /** @throws Error when arrays take so much that little is left for everybody else */
  #count(): void {
    const { bavail, blocks, bsize } = statfsSync(this.#owner.arrays);
    if (bavail >= blocks * SPARE_SHARE) return;
    const bytes = this.#held();
    const free = Math.round((bavail * bsize) / 1e6);
    throw new Error(
      `The node has ${free} MB left for arrays, of which this notebook holds ${Math.round(bytes / 1e6)} MB: end viewers that are not needed, then try again.`,
    );
  }

  /** The path by which the node knows a file that the kernel sees. @throws Error when it sees another one there */
  #pathHere({ path, device, inode }: Extract<ViewerRequest, { op: "open" }>): string {
    if (device === undefined) return path;
    const { work } = this.#owner;
    const within = work && (path === work.there || path.startsWith(`${work.there}/`));
    for (const here of [...(within ? [join(work.here, path.slice(work.there.length))] : []), path]) {
      const facts = statSync(here, { throwIfNoEntry: false });
      if (facts?.dev === device && facts.ino === inode) return here;
    }
    throw new Error(
      `${path} lies where the node does not see it: viewers open what is in the project's folder or in the node's.`,
    );
  }

  /** Opens a folder that the kernel sees, too; no layers where the node may not, or sees another one there. */
  async #place({
    session,
    path,
    device,
    inode,
    type,
    look,
  }: Extract<ViewerRequest, { op: "place" }>): Promise<readonly string[]> {
    const set = looks(type, look);
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.dev !== device || facts.ino !== inode || !/\.zarr(\/|$)/i.test(path)) return [];
    try {
      return await this.#viewers.open(session, path, set, { type });
    } catch {
      // Not in a folder that people may open from, or of a kind that only Python reads: the kernel serves it.
      return [];
    }
  }

  #held(): number {
    let bytes = 0;
    for (const name of readdirSync(this.#owner.arrays))
      bytes += statSync(join(this.#owner.arrays, name), { throwIfNoEntry: false })?.size ?? 0;
    return bytes;
  }
}

/** Of the disk or memory that arrays lie in, what has to stay free. */
const SPARE_SHARE = 0.1;

function drained(socket: Socket): Promise<void> {
  return new Promise((done) => {
    socket.once("drain", done);
    socket.once("close", () => done());
  });
}
