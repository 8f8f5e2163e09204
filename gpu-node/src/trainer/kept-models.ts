/** Models that people's code made in notebooks and gave to the node to keep: each person's own, by the names that they gave. */
import { randomBytes } from "node:crypto";
import {
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
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

/** How a model that is being copied is called. */
const PART = ".part-";
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const PERSON = /^[\w-]{1,64}$/;
/** What transformers' `save_pretrained` writes. Nothing that Python would run or unpickle. */
const FILE = /^[A-Za-z0-9][\w.-]{0,127}\.(json|txt|model|jinja|safetensors)$/;
const MOST_FILES = 200;
const MOST_MODELS = 100;
/** Disk that stays free for everybody else. */
const SPARE_BYTES = 1024 ** 3;

/**
 * See the file's comment. Each time that a model is kept it lies in a folder of its own, `<person>/<name>/<version>`: what runs is
 * known by its folder, so that the next question is answered by the new one.
 */
export class KeptModels implements ModelSource {
  readonly folder: string;

  /** @param folder absolute; one folder in it for each person. What a crash left half copied in it is removed. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const part of readdirSync(folder).filter((name) => name.startsWith(PART)))
      rmSync(join(folder, part), { recursive: true, force: true });
  }

  list(person: Person): Model[] {
    if (!PERSON.test(person.id)) return [];
    const own = join(this.folder, person.id);
    const newest = new Map<string, Model>();
    // In the order of their names, which for versions is that of time.
    for (const model of new FolderModels([own]).list()) {
      const [name = "", version] = model.id.split("/");
      if (version !== undefined) newest.set(name, { ...model, id: name, ownedBy: person.id });
    }
    return [...newest.values()];
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
    const place = join(this.folder, person, name);
    const others = existsSync(dirname(place)) ? readdirSync(dirname(place)) : [];
    if (others.length >= MOST_MODELS && !others.includes(name))
      throw new Error(`${MOST_MODELS} models are kept for you already: delete one on the Models page.`);
    const part = join(this.folder, `${PART}${randomBytes(8).toString("hex")}`);
    mkdirSync(part, { mode: 0o700 });
    try {
      for (const file of files) await copy(file, part);
      const names = files.map((file) => file.name);
      if (!names.includes("config.json") || !names.some((one) => one.endsWith(".safetensors")))
        throw new Error("A model has a config.json and its weights as safetensors: use save_pretrained.");
      mkdirSync(place, { recursive: true, mode: 0o700 });
      const before = readdirSync(place);
      renameSync(part, join(place, versionAfter(before)));
      for (const old of before) await rm(join(place, old), { recursive: true, force: true });
    } finally {
      await rm(part, { recursive: true, force: true });
    }
  }

  /** Forgets a kept model. @returns false where there is none */
  async remove(person: Person, id: string): Promise<boolean> {
    const model = this.find(person, id);
    if (!model) return false;
    await rm(dirname(model.folder), { recursive: true, force: true });
    return true;
  }
}

/** A name that comes after all others: the time, or one more where the clock was set back. */
function versionAfter(others: readonly string[]): string {
  const last = Math.max(0, ...others.map((name) => Number(name) || 0));
  return String(Math.max(Date.now(), last + 1)).padStart(16, "0");
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
