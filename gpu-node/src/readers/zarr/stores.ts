/** Where a Zarr hierarchy lies: a folder, or a web address. Keys never leave it. */
import { open, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import type { AbsolutePath, AsyncReadable, GetOptions, RangeQuery } from "zarrita";
import { type GuardedFetch, guardedFetch } from "../addresses.ts";
import { labelOf, reasonOf, resolved } from "../resource.ts";
import type { OpenOptions } from "../types.ts";
import { KERNEL_ARRAY, openKernelStore } from "./kernel-store.ts";

/** Most bytes of one object: a shard, a chunk or metadata. */
const MAX_OBJECT = 1024 ** 3;
/** Most bytes of metadata. */
export const MAX_METADATA = 16 * 1024 * 1024;

/** Opens the store that `uri` names: a path, an array of a kernel, http(s)://..., or s3://bucket/key without credentials. */
export async function openStore(uri: string, options: OpenOptions): Promise<AsyncReadable> {
  if (/^s3:/i.test(uri)) return new WebStore(s3Address(uri), guardedFetch(options.policy.privateHosts));
  if (/^https?:/i.test(uri)) return new WebStore(uri, guardedFetch(options.policy.privateHosts));
  if (KERNEL_ARRAY.test(uri)) return openKernelStore(uri, options);
  const root = await resolved(uri, options.policy);
  const facts = await stat(root).catch((cause: unknown) => {
    throw new SourceError(`${labelOf(uri)} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  if (!facts.isDirectory()) throw new SourceError(`${labelOf(uri)} is not a folder.`);
  return new FolderStore(root, labelOf(uri));
}

/** The web address of a public S3 object. @throws SourceError */
export function s3Address(uri: string): string {
  const [, bucket, key = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?(.*)$/i.exec(uri) ?? [];
  if (!bucket) throw new SourceError(`${uri} is not an S3 address: write s3://bucket/path.`);
  const path = key.split("/").map(encodeURIComponent).join("/");
  // Certificates cover one name before s3.amazonaws.com, so buckets with dots are named in the path.
  return bucket.includes(".")
    ? `https://s3.amazonaws.com/${bucket}/${path}`
    : `https://${bucket}.s3.amazonaws.com/${path}`;
}

class FolderStore implements AsyncReadable {
  readonly #root: string;
  readonly #label: string;

  constructor(root: string, label: string) {
    this.#root = root;
    this.#label = label;
  }

  get(key: AbsolutePath, options?: GetOptions): Promise<Uint8Array | undefined> {
    return this.#read(key, undefined, options);
  }

  getRange(key: AbsolutePath, range: RangeQuery, options?: GetOptions): Promise<Uint8Array | undefined> {
    return this.#read(key, range, options);
  }

  async #read(
    key: string,
    range: RangeQuery | undefined,
    options?: GetOptions,
  ): Promise<Uint8Array | undefined> {
    options?.signal?.throwIfAborted();
    const path = await this.#inside(key);
    if (path === undefined) return undefined;
    const file = await open(path, "r").catch((cause: unknown) => this.#missing(cause));
    if (!file) return undefined;
    try {
      const facts = await file.stat();
      if (!facts.isFile()) return undefined;
      const { offset, length } = spanOf(range, facts.size);
      if (length > MAX_OBJECT) throw new SourceError(`${this.#label}: ${key} is too large to be read.`);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new SourceError(`${this.#label}: ${key} is cut short.`);
        done += bytesRead;
      }
      return bytes;
    } finally {
      await file.close();
    }
  }

  /** The real path of a key; undefined when there is none. @throws SourceError when a link leads out of the folder. */
  async #inside(key: string): Promise<string | undefined> {
    const parts = key.split("/").filter(Boolean);
    const strange = parts.some(
      (part) => part === "." || part === ".." || part.includes("\0") || part.includes("\\"),
    );
    if (strange) throw new SourceError(`${this.#label} names ${key}, which lies outside of it.`);
    const real = await realpath(join(this.#root, ...parts)).catch((cause: unknown) => this.#missing(cause));
    if (real === undefined) return undefined;
    const way = relative(this.#root, real);
    if (way === ".." || way.startsWith(`..${sep}`)) {
      throw new SourceError(`${this.#label} names ${key}, which lies outside of it.`);
    }
    return real;
  }

  /** A chunk that is not there is empty by Zarr's rules; a dataset that is not there any more is an error. */
  async #missing(cause: unknown): Promise<undefined> {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code !== "ENOENT" && code !== "ENOTDIR") {
      throw new SourceError(`${this.#label} cannot be read: ${reasonOf(cause)}`, { cause });
    }
    await stat(this.#root).catch(() => {
      throw new SourceError(`${this.#label} was deleted or moved while it was open.`, { cause });
    });
    return undefined;
  }
}

class WebStore implements AsyncReadable {
  readonly #base: URL;
  readonly #fetch: GuardedFetch;

  constructor(base: string, fetch: GuardedFetch) {
    this.#base = new URL(base);
    if (!this.#base.pathname.endsWith("/")) this.#base.pathname += "/";
    this.#fetch = fetch;
  }

  get(key: AbsolutePath, options?: GetOptions): Promise<Uint8Array | undefined> {
    return this.#read(key, undefined, options);
  }

  getRange(key: AbsolutePath, range: RangeQuery, options?: GetOptions): Promise<Uint8Array | undefined> {
    const header =
      "suffixLength" in range
        ? `bytes=-${range.suffixLength}`
        : `bytes=${range.offset}-${range.offset + range.length - 1}`;
    return this.#read(key, { header, range }, options);
  }

  async #read(
    key: string,
    part: { header: string; range: RangeQuery } | undefined,
    options?: GetOptions,
  ): Promise<Uint8Array | undefined> {
    const url = new URL(this.#base);
    // Joined as text: URL would resolve "..", and let a key climb out.
    if (key.split("/").includes(".."))
      throw new SourceError(`${this.#base.host} names ${key}, which lies outside of it.`);
    url.pathname += key.replace(/^\/+/, "");
    const response = await this.#fetch(url.href, {
      ...(part ? { headers: { range: part.header } } : {}),
      ...(options?.signal ? { signal: options.signal } : {}),
    });
    // S3 says 403 for what is missing where listing is not allowed.
    if (response.status === 404 || response.status === 403 || response.status === 410) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) throw new SourceError(`${url.host} answers ${response.status} for ${key}.`);
    const bytes = await collect(response, key);
    if (!part || response.status === 206) return bytes;
    const { offset, length } = spanOf(part.range, bytes.byteLength);
    return bytes.subarray(offset, offset + length);
  }
}

async function collect(response: Response, key: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > MAX_OBJECT) throw new SourceError(`${key} is too large to be read.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function spanOf(range: RangeQuery | undefined, size: number): { offset: number; length: number } {
  if (!range) return { offset: 0, length: size };
  const wanted = "suffixLength" in range ? range.suffixLength : range.length;
  const offset = "suffixLength" in range ? Math.max(0, size - wanted) : Math.min(range.offset, size);
  return { offset, length: Math.max(0, Math.min(wanted, size - offset)) };
}
