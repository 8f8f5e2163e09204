/** Files on their way to a run: parts of them, kept until the form that names them is handed in. */
import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { checkName, openTarget, PathError, partsOf, writeWhole } from "./paths.ts";

/** Of one part. */
export const MAX_CHUNK = 8 * 1024 * 1024;
const MAX_CHUNKS = 20_000;
/** Uploads of one person that no form has named yet. */
const MAX_UPLOADS = 1000;
/** How long they wait for a form. */
const KEPT_MS = 24 * 3600_000;
const ID = /^[0-9a-f-]{36}$/;

const Meta = v.object({ filename: v.string(), total_chunks: v.number() });
/** What the page sends as a form's field of files. */
const Named = v.object({
  batchId: v.string(),
  items: v.record(
    v.pipe(v.string(), v.regex(ID)),
    v.object({ filename: v.string(), totalChunks: v.pipe(v.number(), v.integer()) }),
  ),
});
/** Uploads by their id, as a form names them. */
export type NamedUploads = v.InferOutput<typeof Named>["items"];

/** An upload that is whole. */
export interface WholeUpload {
  readonly id: string;
  readonly filename: string;
}

/** The uploads below a folder. Who has one is who began it. */
export class Uploads {
  readonly #folder: string;

  /** @param folder what was left there for a day goes */
  constructor(folder: string) {
    this.#folder = folder;
    if (!existsSync(folder)) return;
    for (const user of readdirSync(folder)) {
      for (const id of readdirSync(join(folder, user))) {
        const path = join(folder, user, id);
        if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
      }
    }
  }

  /** Begins one. @throws PathError for a name that is none */
  begin(user: string, filename: string, chunks: number): string {
    // An absolute path would lie below in/ all the same; whoever sends one means something else.
    for (const name of filename.split("/")) checkName(name);
    partsOf(`in/${filename}`);
    if (!Number.isInteger(chunks) || chunks < 0 || chunks > MAX_CHUNKS)
      throw new PathError("EINVAL", `A file has up to ${MAX_CHUNKS} parts of ${MAX_CHUNK} bytes.`);
    const own = join(this.#folder, user);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (readdirSync(own).length >= MAX_UPLOADS)
      throw new PathError("EINVAL", `${MAX_UPLOADS} uploads wait for a form; hand one in, or cancel some.`);
    const id = randomUUID();
    mkdirSync(join(own, id), { mode: 0o700 });
    writeFileSync(join(own, id, "meta.json"), JSON.stringify({ filename, total_chunks: chunks }));
    return id;
  }

  /** Keeps a part; one that comes again takes the place of the first. @returns how many are there */
  chunk(user: string, id: string, number: number, bytes: Uint8Array): number {
    const place = this.#place(user, id);
    const { total_chunks } = this.#meta(place);
    if (!Number.isInteger(number) || number < 0 || number >= total_chunks)
      throw new PathError("EINVAL", `The part ${number} is none of ${total_chunks}.`);
    if (bytes.byteLength > MAX_CHUNK)
      throw new PathError(
        "EINVAL",
        `A part has ${MAX_CHUNK} bytes at most, and this one ${bytes.byteLength}.`,
      );
    const path = join(place, `chunk_${number}`);
    writeFileSync(`${path}.part`, bytes);
    renameSync(`${path}.part`, path);
    return received(place);
  }

  /** Forgets one. @throws PathError where there is none */
  cancel(user: string, id: string): void {
    rmSync(this.#place(user, id), { recursive: true, force: true });
  }

  /** A form's field as uploads; undefined where it names none. */
  static named(value: unknown): NamedUploads | undefined {
    if (typeof value !== "string" || !value.startsWith("{")) return undefined;
    try {
      const read = v.safeParse(Named, JSON.parse(value));
      return read.success ? read.output.items : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whether all parts are there, and what the files are called. @throws PathError that names the one that is not whole */
  whole(user: string, named: NamedUploads): WholeUpload[] {
    const seen = new Set<string>();
    return Object.keys(named).map((id) => {
      const place = this.#place(user, id);
      // The name that it began with: what a form says later was not checked.
      const { filename, total_chunks } = this.#meta(place);
      if (received(place) !== total_chunks)
        throw new PathError(
          "EINVAL",
          `${JSON.stringify(filename)} is not whole: ${received(place)} of ${total_chunks} parts are here.`,
        );
      if (seen.has(filename))
        throw new PathError("EINVAL", `Two files are called ${JSON.stringify(filename)}.`);
      seen.add(filename);
      return { id, filename };
    });
  }

  /** Puts whole uploads into an execution's `in/`, and forgets them. @param folder the execution's */
  place(user: string, uploads: readonly WholeUpload[], folder: string): void {
    for (const { id, filename } of uploads) {
      const place = this.#place(user, id);
      const { total_chunks } = this.#meta(place);
      const file = openTarget(
        folder,
        `in/${filename}`,
        constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
      );
      try {
        for (let number = 0; number < total_chunks; number++)
          writeWhole(file, readFileSync(join(place, `chunk_${number}`)));
      } finally {
        closeSync(file);
      }
      rmSync(place, { recursive: true, force: true });
    }
  }

  #place(user: string, id: string): string {
    const place = join(this.#folder, user, id);
    if (!ID.test(id) || !existsSync(place))
      throw new PathError("ENOENT", `The upload ${JSON.stringify(id.slice(0, 50))} does not exist.`);
    return place;
  }

  #meta(place: string): v.InferOutput<typeof Meta> {
    return v.parse(Meta, JSON.parse(readFileSync(join(place, "meta.json"), "utf8")));
  }
}

function received(place: string): number {
  return readdirSync(place).filter((name) => /^chunk_\d+$/.test(name)).length;
}
