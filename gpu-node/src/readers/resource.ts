/** Bytes at an address: a local file or a web address, read in ranges or as a stream. */
import { open as openFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { type GuardedFetch, guardedFetch } from "./addresses.ts";
import type { OpenOptions } from "./types.ts";

/** A thing of known size that can be read in parts. */
export interface Resource {
  /** Its last name, for people. */
  readonly label: string;
  /** Bytes; undefined when the server does not say. */
  readonly size: number | undefined;
  /**
   * Bytes from `offset`; fewer than `length` only at the end.
   * @throws SourceError
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** All bytes, in order. */
  stream(signal?: AbortSignal): Promise<Readable>;
  close(): Promise<void>;
}

/** Opens a path or http(s) address. @throws SourceError */
export async function openResource(uri: string, options: OpenOptions): Promise<Resource> {
  return /^https?:/i.test(uri) ? openAddress(uri, options) : openPath(uri, options);
}

async function openPath(uri: string, { policy }: OpenOptions): Promise<Resource> {
  const path = await resolved(uri, policy);
  const label = labelOf(uri);
  const failed = (cause: unknown) =>
    new SourceError(`${label} cannot be read: ${reasonOf(cause)}`, { cause });
  const file = await openFile(path, "r").catch((cause: unknown) => {
    throw failed(cause);
  });
  const facts = await file.stat();
  if (!facts.isFile()) {
    await file.close();
    throw new SourceError(`${label} is not a file.`);
  }
  return {
    label,
    size: facts.size,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      const bytes = new Uint8Array(Math.max(0, Math.min(length, facts.size - offset)));
      let done = 0;
      while (done < bytes.byteLength) {
        const { bytesRead } = await file
          .read(bytes, done, bytes.byteLength - done, offset + done)
          .catch((cause: unknown) => {
            throw failed(cause);
          });
        if (bytesRead === 0) throw new SourceError(`${label} became shorter while it was open.`);
        done += bytesRead;
      }
      return bytes;
    },
    stream: async (signal) =>
      file.createReadStream({
        autoClose: false,
        start: 0,
        highWaterMark: 1 << 20,
        ...(signal ? { signal } : {}),
      }),
    close: () => file.close(),
  };
}

async function openAddress(uri: string, { policy, signal }: OpenOptions): Promise<Resource> {
  const label = labelOf(uri);
  const fetch: GuardedFetch = guardedFetch(policy.privateHosts);
  const head = await fetch(uri, { method: "HEAD", ...(signal ? { signal } : {}) });
  if (!head.ok && head.status !== 405 && head.status !== 403) {
    throw new SourceError(`${label} cannot be read: the server answers ${head.status}.`);
  }
  const length = head.ok ? head.headers.get("content-length") : null;
  const get = async (range: string | undefined, abort: AbortSignal | undefined): Promise<Response> => {
    const response = await fetch(uri, {
      ...(range ? { headers: { range } } : {}),
      ...(abort ? { signal: abort } : {}),
    });
    if (!response.ok)
      throw new SourceError(`${label} cannot be read: the server answers ${response.status}.`);
    return response;
  };
  return {
    label,
    size: length === null ? undefined : Number(length),
    async read(offset, count, abort) {
      const response = await get(`bytes=${offset}-${offset + count - 1}`, abort);
      if (response.status !== 206 && offset > 0) {
        await response.body?.cancel();
        throw new SourceError(
          `${label} cannot be read in parts: its server ignores ranges. Download it first.`,
        );
      }
      return takeBytes(response, count);
    },
    async stream(abort) {
      const { body } = await get(undefined, abort);
      if (!body) throw new SourceError(`${label} is empty.`);
      return Readable.fromWeb(body as never);
    },
    close: async () => {},
  };
}

/** The first `count` bytes of an answer, whatever more it sends. */
async function takeBytes(response: Response, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    size += part.byteLength;
    if (size >= count) break;
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, count));
}

/** A path as the policy lets it be read. @throws SourceError */
export async function resolved(uri: string, policy: OpenOptions["policy"]): Promise<string> {
  const path = uri.startsWith("file:") ? decodeURIComponent(new URL(uri).pathname) : uri;
  try {
    return await policy.resolvePath(path);
  } catch (cause) {
    throw cause instanceof SourceError ? cause : new SourceError(reasonOf(cause), { cause });
  }
}

/** The last part of a path or address, without query and credentials. */
export function labelOf(uri: string): string {
  const path = URL.canParse(uri) ? new URL(uri).pathname : uri;
  const name = path.split("/").filter(Boolean).at(-1) ?? uri;
  try {
    return decodeURIComponent(name);
  } catch {
    // Not every percent sign in a file's name is an escape.
    return name;
  }
}

/** Words for an error of the system. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "it does not exist.";
  if (code === "EACCES" || code === "EPERM") return "this node has no right to read it.";
  if (code === "EISDIR") return "it is a folder.";
  return cause instanceof Error ? cause.message : String(cause);
}
