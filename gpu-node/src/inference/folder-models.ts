/** Models in folders of the node: whoever may put a folder there shares it with everybody who may use models. */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import * as v from "valibot";
import type { Person } from "../trainer/http/person.ts";
import type { Model, ModelSource } from "../trainer/models.ts";

/** Models that are listed of one folder. */
const MAX_MODELS = 1000;
const MAX_CONFIG = 1024 * 1024;

const AdapterConfig = v.object({ base_model_name_or_path: v.string() });

/** Each folder with a `config.json` is a model, named by its path below: `name` or `author/name`; with an `adapter_config.json`
 * it is an adapter of another. */
export class FolderModels implements ModelSource {
  readonly #roots: readonly string[];

  /** @param roots absolute; of models with the same name the first root's is taken */
  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  list(): Model[] {
    const found = new Map<string, Model>();
    for (const root of this.#roots)
      for (const id of namesIn(root)) {
        const model = found.has(id) ? undefined : this.#model(root, id);
        if (model) found.set(id, model);
      }
    return [...found.values()];
  }

  find(_person: Person, id: string): Model | undefined {
    // A name that is not in the list is never put into a path.
    return this.list().find((model) => model.id === id);
  }

  #model(root: string, id: string): Model | undefined {
    const folder = join(root, id);
    const common = { id, folder, ownedBy: "everybody" };
    const adapter = join(folder, "adapter_config.json");
    if (existsSync(adapter)) {
      const base = this.#base(adapter);
      return base ? { ...common, base, createdMs: statSync(adapter).mtimeMs } : undefined;
    }
    const config = join(folder, "config.json");
    return existsSync(config)
      ? { ...common, base: undefined, createdMs: statSync(config).mtimeMs }
      : undefined;
  }

  /** The folder of an adapter's base: a path, or the name of a model here. */
  #base(config: string): string | undefined {
    try {
      if (statSync(config).size > MAX_CONFIG) return undefined;
      const { base_model_name_or_path: base } = v.parse(
        AdapterConfig,
        JSON.parse(readFileSync(config, "utf8")),
      );
      const places = isAbsolute(base)
        ? [base]
        : this.#roots.flatMap((root) => (namesIn(root).includes(base) ? [join(root, base)] : []));
      return places.find((place) => existsSync(join(place, "config.json")));
    } catch {
      // A file that is no configuration describes no adapter.
      return undefined;
    }
  }
}

/** Several sources as one; of models with the same id the first source's is taken. */
export function allOf(...sources: readonly ModelSource[]): ModelSource {
  return {
    list: (person) => {
      const found = new Map<string, Model>();
      for (const source of sources)
        for (const model of source.list(person)) if (!found.has(model.id)) found.set(model.id, model);
      return [...found.values()];
    },
    find: (person, id) => {
      for (const source of sources) {
        const model = source.find(person, id);
        if (model) return model;
      }
      return undefined;
    },
  };
}

/** Folders below a root, one or two levels deep. */
function namesIn(root: string): string[] {
  const names: string[] = [];
  for (const first of foldersIn(root)) {
    names.push(first);
    if (!existsSync(join(root, first, "config.json")))
      for (const second of foldersIn(join(root, first))) names.push(`${first}/${second}`);
    if (names.length > MAX_MODELS) break;
  }
  return names.slice(0, MAX_MODELS);
}

function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => !entry.name.startsWith(".") && isFolder(folder, entry))
    .map(({ name }) => name)
    .sort();
}

function isFolder(parent: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
