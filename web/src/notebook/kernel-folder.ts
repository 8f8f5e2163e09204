/** The folder in which a notebook's kernel runs, as its node keeps it: listed and read over a channel of its own, whether or not code runs. */
import {
  decodeKernel,
  encodeKernel,
  type FolderFile,
  type KernelEvent,
  type KernelParams,
  type KernelRequest,
} from "@eyepiece/protocol/kernel/messages.ts";
import { ChannelError } from "@eyepiece/protocol/wire/errors.ts";
import { wire } from "@eyepiece/protocol/wire/messages.ts";
import type { LinkService, PageChannel } from "../services/link.ts";

/** Of one question. */
const DEADLINE_MS = 20_000;

interface Answer {
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** Opened for a few questions, and closed after them. */
export class KernelFolder {
  readonly #channel: PageChannel;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #count = 0;

  constructor(link: LinkService, notebook: string) {
    const params: KernelParams = { notebook };
    this.#channel = link.open(
      {
        service: "kernel",
        mode: wire.Mode.RELIABLE,
        params: new TextEncoder().encode(JSON.stringify(params)),
      },
      { onMessage: (bytes) => this.#receive(bytes) },
    );
    void this.#channel.closed.then(({ code, message }) => {
      for (const { reject } of this.#waiting.values()) reject(new ChannelError(code, message));
      this.#waiting.clear();
    });
  }

  /** What code wrote or changed there; what was brought from the project is left out. @throws ChannelError */
  async written(): Promise<readonly FolderFile[]> {
    const { content } = await this.#ask({ type: "files", bring: false });
    const files = Array.isArray(content.files) ? (content.files as FolderFile[]) : [];
    return files.filter((file) => !file.brought);
  }

  /** A file's bytes. @throws ChannelError */
  async read(path: string, onProgress: (share: number) => void = () => {}): Promise<Blob> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const { content, buffers }: Answer = await this.#ask({ type: "file", path, from });
      for (const buffer of buffers) pieces.push(new Uint8Array(buffer));
      from = typeof content.next === "number" && content.next > from ? content.next : undefined;
      if (typeof content.bytes === "number" && from !== undefined) onProgress(from / content.bytes);
    }
    return new Blob(pieces);
  }

  close(): void {
    this.#channel.close();
  }

  async #ask(request: KernelRequest): Promise<Answer> {
    this.#count += 1;
    const id = this.#count;
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answer);
    const late = new ChannelError("timeout", "The node does not answer.");
    const timer = setTimeout(() => answer.reject(late), DEADLINE_MS);
    this.#channel.send(encodeKernel(request, id));
    try {
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  #receive(bytes: Uint8Array): void {
    const { message, buffers } = decodeKernel<KernelEvent>(bytes);
    if (message.type !== "reply") return;
    const waiting = this.#waiting.get(message.to);
    if (message.error) waiting?.reject(new ChannelError(message.error.code, message.error.message));
    else waiting?.resolve({ content: message.content ?? {}, buffers });
  }
}
