/**
 * The unix socket that a node serves into each kernel: JSON lines, one answer a request. Who asks is known by the socket that is asked,
 * since no other kernel sees it.
 */
import { chmodSync, existsSync, readdirSync, rmSync, statfsSync, statSync, unlinkSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { colormap } from "@eyepiece/engine/model/colormaps.ts";
import { ImagePatch } from "@eyepiece/protocol/scene/schema.ts";
import * as v from "valibot";
import type { PictureWish, SessionPicture } from "../session/ipc.ts";

/** What kernels may do with viewers: the node's sessions. */
export interface KernelViewers {
  /** Makes a session. @returns its id */
  create(title: string, owner: string, arrays: string): string;
  /** Whether a session was made for the kernel whose arrays these are. */
  made(session: string, arrays: string): boolean;
  /** Removes the sessions that were made for a kernel. */
  forget(arrays: string): Promise<void>;
  /** Opens a file. @returns ids of the layers */
  open(session: string, file: string, look: ImagePatch): Promise<readonly string[]>;
  /** Applies SceneOp[] as JSON. */
  operate(session: string, json: string): Promise<void>;
  /** Takes a layer out for good: undo does not bring it back, and its array's file goes. */
  remove(session: string, layer: string): Promise<void>;
  /** What the session draws at rest; sides of 0: as large as it is shown. */
  picture(session: string, wish: PictureWish): Promise<SessionPicture>;
}

/** A kernel, as its socket stands for it. */
export interface SocketOwner {
  /** Whose sessions it makes. */
  readonly owner: string;
  /** The folder that it writes arrays to. It is a mount there, so that the kernel cannot put another one in its place. */
  readonly arrays: string;
}

const Name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const Side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4096));
const Title = v.pipe(v.string(), v.maxLength(200));
/** napari's keywords; a colormap by its name. */
const Look = v.looseObject({ colormap: v.optional(v.union([v.string(), v.looseObject({})])) });

const Request = v.variant("op", [
  v.object({ op: v.literal("create"), title: Title }),
  v.object({
    op: v.literal("add"),
    session: Name,
    file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,128}\.(npy|chunks)$/)),
    look: Look,
  }),
  v.object({
    op: v.literal("place"),
    session: Name,
    path: v.pipe(v.string(), v.maxLength(4096)),
    device: v.number(),
    inode: v.number(),
    look: Look,
  }),
  v.object({ op: v.literal("screenshot"), session: Name, width: Side, height: Side }),
  v.object({ op: v.literal("set"), session: Name, layer: Name, look: Look }),
  v.object({ op: v.literal("remove"), session: Name, layer: Name }),
]);
type Request = v.InferOutput<typeof Request>;

const MAX_LINE = 1 << 20;
const deflated = promisify(deflate);

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
        const answer = await this.#answer(text).catch((cause: unknown) => ({
          error: cause instanceof Error ? cause.message : String(cause),
        }));
        if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
      });
    });
  }

  async #answer(text: string): Promise<Readonly<Record<string, unknown>>> {
    const read = v.safeParse(Request, JSON.parse(text));
    if (!read.success)
      throw new Error(`The node does not understand this request: ${read.issues[0].message}`);
    const request = read.output;
    if (request.op === "create") {
      const session = this.#viewers.create(request.title, this.#owner.owner, this.#owner.arrays);
      this.#sessions.add(session);
      return { session };
    }
    if (!this.#sessions.has(request.session) && !this.#viewers.made(request.session, this.#owner.arrays))
      throw new Error("This viewer is no session of this kernel any more.");
    return this.#change(request);
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

  async #change(request: Exclude<Request, { op: "create" }>): Promise<Readonly<Record<string, unknown>>> {
    const { session } = request;
    if (request.op === "remove") {
      await this.#viewers.remove(session, request.layer);
      return {};
    }
    if (request.op === "screenshot") {
      const { width, height } = request;
      const taken = await this.#viewers.picture(session, { width, height, format: "rgba" });
      const pixels = (await deflated(taken.bytes, { level: 1 })).toString("base64");
      return { pixels, width: taken.width, height: taken.height };
    }
    const set = look(request.look);
    if (request.op === "set") {
      await this.#viewers.operate(session, JSON.stringify([{ op: "layer.set", id: request.layer, set }]));
      return {};
    }
    if (request.op === "place") return { layers: await this.#place(request, set) };
    // The name begins with the session's, with which it goes.
    if (!request.file.startsWith(`${session}-`))
      throw new Error("An array's file is named after its session.");
    const file = join(this.#owner.arrays, basename(request.file));
    try {
      this.#count();
      const layers = await this.#viewers.open(session, file, set);
      const what = file.endsWith(".chunks") ? "a lazy array" : `an array of ${statSync(file).size} bytes`;
      this.#log(`${what} came; ${this.#held()} bytes are held`);
      return { layers };
    } catch (cause) {
      rmSync(file, { force: true });
      rmSync(file.replace(/\.chunks$/, ".sock"), { force: true });
      throw cause;
    }
  }

  /** Opens a folder that the kernel sees, too; no layers where the node may not, or sees another one there. */
  async #place(
    { session, path, device, inode }: Extract<Request, { op: "place" }>,
    set: ImagePatch,
  ): Promise<readonly string[]> {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.dev !== device || facts.ino !== inode || !/\.zarr(\/|$)/i.test(path)) return [];
    try {
      return await this.#viewers.open(session, path, set);
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

/** napari's keywords as a patch. @throws Error that names what is wrong */
function look(given: v.InferOutput<typeof Look>): ImagePatch {
  const named = typeof given.colormap === "string" ? { ...given, colormap: colormap(given.colormap) } : given;
  const known = new Set(Object.keys(ImagePatch.entries));
  for (const name of Object.keys(named))
    if (!known.has(name)) throw new Error(`A layer has no property ${name}.`);
  const read = v.safeParse(ImagePatch, named);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new Error(`${issue.path?.map((step) => String(step.key)).join(".") ?? "The look"}: ${issue.message}`);
}
