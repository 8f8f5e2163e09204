/** The other files of a dataset of several: opened when one of their planes is looked at. */
import { SourceError } from "@eyepiece/engine/data/chunk-source.ts";
import { beside } from "../beside.ts";
import { labelOf, openResource, type Resource } from "../resource.ts";
import type { OpenOptions } from "../types.ts";
import { BlockedResource } from "./blocks.ts";
import { type Page, readPages, type TiffFile } from "./pages.ts";

/** Files whose directories are kept. */
const MAX_KEPT = 16;
const MAX_TEXT = 64 * 1024 * 1024;

/** Finds pages by file and number. No handle stays open between reads, so that there may be any number of files. */
export class OtherFiles {
  readonly #uri: string;
  readonly #options: OpenOptions;
  readonly #kept = new Map<string, Promise<TiffFile>>();

  /** @param uri the file that names the others */
  constructor(uri: string, options: OpenOptions) {
    const { signal: _opening, ...later } = options;
    this.#uri = uri;
    this.#options = later;
  }

  /** @throws SourceError */
  async page(name: string, number: number): Promise<Page> {
    const file = await this.#file(name);
    const page = file.pages[number];
    if (!page)
      throw new SourceError(`${name} has no page ${number}, which ${labelOf(this.#uri)} says it has.`);
    return page;
  }

  #file(name: string): Promise<TiffFile> {
    const found = this.#kept.get(name);
    if (found) {
      this.#kept.delete(name);
      this.#kept.set(name, found);
      return found;
    }
    const file = this.#open(name);
    this.#kept.set(name, file);
    file.catch(() => this.#kept.delete(name));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return file;
  }

  async #open(name: string): Promise<TiffFile> {
    const uri = await beside(this.#uri, name, this.#options);
    try {
      return await readPages(new BlockedResource(await fleeting(uri, this.#options)), name);
    } catch (cause) {
      if (cause instanceof SourceError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SourceError(`${name} is not a readable TIFF file: ${reason}.`, { cause });
    }
  }
}

/** A resource that is open only while it is read. */
async function fleeting(uri: string, options: OpenOptions): Promise<Resource> {
  const first = await openResource(uri, options);
  const { label, size } = first;
  await first.close();
  return {
    label,
    size,
    async read(offset, length, signal) {
      const resource = await openResource(uri, options);
      try {
        return await resource.read(offset, length, signal);
      } finally {
        await resource.close();
      }
    },
    stream: () => Promise.reject(new SourceError(`${label} is read in parts.`)),
    close: async () => {},
  };
}

/** A small text. @throws SourceError */
export async function readText(uri: string, options: OpenOptions): Promise<string> {
  const resource = await openResource(uri, options);
  try {
    const size = resource.size ?? MAX_TEXT;
    if (size > MAX_TEXT) throw new SourceError(`${resource.label} is too large for metadata.`);
    return Buffer.from(await resource.read(0, size, options.signal)).toString("utf8");
  } finally {
    await resource.close();
  }
}

/** A value of an XML attribute. */
export function unescaped(value: string): string {
  const names: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return value.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => names[name] ?? "");
}
