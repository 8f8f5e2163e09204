/** Models that people's code made in notebooks and gave to the node to keep: each person's own, by the names that they gave. */
import { randomBytes } from "node:crypto";
import { constants, createWriteStream, mkdirSync, renameSync, rmSync, statfsSync } from "node:fs";
import { type FileHandle, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { FolderModels } from "../inference/folder-models.ts";
import type { Person } from "./http/person.ts";
import type { Model, ModelSource } from "./models.ts";

/** A file of a model, where the code that made it has put it. */
export interface ModelFile {
  /** What it is called in the model's folder. */
  readonly name: string;
  /** Absolute. The code may still write to it, or have put a link there. */
  readonly path: string;
}

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const PERSON = /^[\w-]{1,64}$/;
/** What transformers' `save_pretrained` writes. Nothing that Python would run or unpickle. */
const FILE = /^[A-Za-z0-9][\w.-]{0,127}\.(json|txt|model|jinja|safetensors)$/;
const MOST_FILES = 200;
const MOST_MODELS = 100;
/** Disk that stays free for everybody else. */
const SPARE_BYTES = 1024 ** 3;

/** See the file's comment. */
export class KeptModels implements ModelSource {
  readonly folder: string;

  /** @param folder absolute; one folder in it for each person */
  constructor(folder: string) {
    this.folder = folder;
  }

  list(person: Person): Model[] {
    if (!PERSON.test(person.id)) return [];
    return new FolderModels([join(this.folder, person.id)])
      .list()
      .filter(({ id }) => NAME.test(id))
      .map((model) => ({ ...model, ownedBy: person.id }));
  }

  find(person: Person, id: string): Model | undefined {
    return this.list(person).find((model) => model.id === id);
  }

  /** Keeps a model, in the place of one of the same name. @throws Error with a sentence for people */
  async keep(person: string, name: string, files: readonly ModelFile[]): Promise<void> {
    if (!PERSON.test(person)) throw new Error("This kernel belongs to nobody who could keep a model.");
    if (!NAME.test(name))
      throw new Error(`A model's name has letters, digits, dots and dashes, at most 64: not ${name}.`);
    if (files.length > MOST_FILES) throw new Error(`A model has at most ${MOST_FILES} files.`);
    const wrong = files.find((file) => !FILE.test(file.name));
    if (wrong)
      throw new Error(
        `${wrong.name} is no file of a model: it has JSON, text and safetensors, as save_pretrained writes them.`,
      );
    const own = join(this.folder, person);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const there = (await readdir(own)).filter((one) => !one.startsWith("."));
    if (there.length >= MOST_MODELS && !there.includes(name))
      throw new Error(`${MOST_MODELS} models are kept for you already: delete one on the Models page.`);
    const part = join(own, `.${name}.${randomBytes(6).toString("hex")}`);
    mkdirSync(part, { mode: 0o700 });
    try {
      for (const file of files) await copy(file, part);
      const whole = await readdir(part);
      if (!whole.includes("config.json") || !whole.some((one) => one.endsWith(".safetensors")))
        throw new Error("A model has a config.json and its weights as safetensors: use save_pretrained.");
      const place = join(own, name);
      rmSync(place, { recursive: true, force: true });
      renameSync(part, place);
    } finally {
      await rm(part, { recursive: true, force: true });
    }
  }

  /** Forgets a kept model. @returns false where there is none */
  async remove(person: Person, id: string): Promise<boolean> {
    const model = this.find(person, id);
    if (!model) return false;
    await rm(model.folder, { recursive: true, force: true });
    return true;
  }
}

/** Copies what the path names now, if it is a plain file: a link could lead anywhere on the node. */
async function copy({ name, path }: ModelFile, folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    throw new Error(`The node cannot read ${name}.`, { cause });
  }
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new Error(`${name} is no plain file.`);
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < facts.size + SPARE_BYTES)
      throw new Error(`The node's disk has too little room for ${name}. Free some, then try again.`);
    // No further than it was when it was looked at: it may grow without end.
    const bytes = handle.createReadStream({
      autoClose: false,
      ...(facts.size > 0 && { end: facts.size - 1 }),
    });
    if (facts.size > 0) await pipeline(bytes, createWriteStream(join(folder, name), { mode: 0o600 }));
    else createWriteStream(join(folder, name), { mode: 0o600 }).end();
  } finally {
    await handle.close();
  }
}
