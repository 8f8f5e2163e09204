/** The node's own services: its sessions, folders, samples, and uploads to it. */
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { decodeMessage, encodeMessage, type eyepiece, node, wire } from "@eyepiece/protocol/wire/messages.ts";
import { type Decoded, decodeReply, type NodeReply } from "./decoded.ts";
import type { LinkService, PageChannel } from "./link.ts";

type NodeRequest = eyepiece.node.NodeRequest.$Properties;
export type SessionInfo = Decoded<eyepiece.node.SessionInfo.$Properties>;
export type Folder = Decoded<eyepiece.node.Folder.$Properties>;
export type Sample = Decoded<eyepiece.node.Sample.$Properties>;
export type Facts = Decoded<eyepiece.node.Facts.$Properties>;

const DEADLINE = 15_000;
/** Bytes of an upload that may be under way; more would only wait in memory. */
const UPLOAD_AHEAD = 2 * 1024 * 1024;
const UPLOAD_PIECE = 256 * 1024;

/** Asks the caller's default node. */
export class NodeService {
  readonly #link: LinkService;
  #channel: PageChannel | undefined;
  #count = 0;
  readonly #waiting = new Map<
    number,
    { resolve: (reply: NodeReply) => void; reject: (error: Error) => void }
  >();

  constructor(link: LinkService) {
    this.#link = link;
  }

  /** @throws ChannelError with a sentence when the node is away or says no. */
  async sessions(): Promise<readonly SessionInfo[]> {
    const reply = await this.#ask({ listSessions: {} });
    return reply.sessions?.sessions ?? [];
  }

  /** Makes a session, opening what is named in it. */
  async createSession(title: string, open: readonly string[]): Promise<SessionInfo> {
    const reply = await this.#ask({ createSession: { title, open: [...open] } }, 120_000);
    if (!reply.session) throw new ChannelError("internal", "The node made no session.");
    return reply.session;
  }

  /** Ends a session for good. */
  async endSession(session: string): Promise<void> {
    await this.#ask({ endSession: { session } });
  }

  /** The entries of a folder under the node's roots; of the roots for an empty path. */
  async folder(path: string): Promise<Folder> {
    const reply = await this.#ask({ listFolder: { path } });
    if (!reply.folder) throw new ChannelError("internal", "The node listed nothing.");
    return reply.folder;
  }

  /** A notebook below the node's roots, whole. */
  async readNotebook(
    path: string,
  ): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
    const reply = await this.#ask({ readFile: { path } }, 60_000);
    if (!reply.file) throw new ChannelError("internal", "The node sent no file.");
    return { name: reply.file.name, bytes: reply.file.data as Uint8Array<ArrayBuffer> };
  }

  async facts(): Promise<Facts> {
    const reply = await this.#ask({ describe: {} });
    if (!reply.facts) throw new ChannelError("internal", "The node said nothing of itself.");
    return reply.facts;
  }

  /** Sends a file to the node. @returns its address there. @throws ChannelError */
  async upload(file: File, onProgress: (sent: number) => void, signal?: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let pending = 0;
    let wake: () => void = () => {};
    const channel = this.#link.open(
      {
        service: "files",
        mode: wire.Mode.RELIABLE,
        params: encodeMessage(node.Upload, { name: file.name, size: file.size }),
      },
      {
        onMessage: (bytes) => {
          const done = decodeMessage(node.UploadDone, bytes);
          if (done.failure === "") resolve(done.uri);
          else reject(new ChannelError("failed", done.failure));
        },
        onPending: (bytes) => {
          pending = bytes;
          wake();
        },
      },
    );
    const over = channel.closed.then(({ code, message }) =>
      reject(new ChannelError(code, message || `The upload of ${file.name} broke off.`)),
    );
    let ended = false;
    void over.then(() => {
      ended = true;
      wake();
    });
    signal?.addEventListener("abort", () => channel.close());
    for (let at = 0; at < file.size && !ended; at += UPLOAD_PIECE) {
      const bytes = new Uint8Array(await file.slice(at, at + UPLOAD_PIECE).arrayBuffer());
      channel.send(bytes);
      pending += bytes.byteLength;
      onProgress(Math.min(file.size, at + bytes.byteLength));
      while (pending > UPLOAD_AHEAD && !ended) {
        await new Promise<void>((go) => {
          wake = go;
        });
      }
    }
    try {
      return await promise;
    } finally {
      channel.close();
    }
  }

  #ask(what: Omit<NodeRequest, "id">, deadline = DEADLINE): Promise<NodeReply> {
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<NodeReply>();
    this.#waiting.set(id, { resolve, reject });
    const timer = setTimeout(
      () => reject(new ChannelError("deadline", "The node did not answer in time.")),
      deadline,
    );
    this.#open().send(encodeMessage(node.NodeRequest, { ...what, id } as NodeRequest));
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  #open(): PageChannel {
    if (this.#channel) return this.#channel;
    const channel = this.#link.open(
      { service: "node" },
      {
        onMessage: (bytes) => {
          const reply = decodeReply(bytes);
          const waiting = this.#waiting.get(reply.replyTo);
          if (reply.failure) waiting?.reject(new ChannelError(reply.failure.code, reply.failure.message));
          else waiting?.resolve(reply);
        },
      },
    );
    this.#channel = channel;
    void channel.closed.then(({ code, message }) => {
      if (this.#channel === channel) this.#channel = undefined;
      for (const waiting of this.#waiting.values()) waiting.reject(new ChannelError(code, message));
    });
    return channel;
  }
}
