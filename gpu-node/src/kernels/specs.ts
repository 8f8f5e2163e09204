/** Which kernels there are: the environments that this node makes, and every kernelspec that Jupyter would find here. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { KernelSpec } from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";
import { ENVIRONMENTS, type Environments } from "./environment/environments.ts";
import { EnvironmentError, type Say } from "./environment/python.ts";
import { SPEC_NAME } from "./requests.ts";

/** How a kernel is started. */
export interface StartSpec {
  readonly name: string;
  readonly language: string;
  readonly argv: string[];
  readonly env: Record<string, string>;
  readonly interrupt: "signal" | "message";
  /** Folders that it reads. */
  readonly readOnly: string[];
}

const KernelJson = v.object({
  argv: v.pipe(v.array(v.string()), v.minLength(1)),
  display_name: v.string(),
  language: v.string(),
  interrupt_mode: v.optional(v.picklist(["signal", "message"]), "signal"),
  env: v.optional(v.record(v.string(), v.string()), {}),
});

const PATH = "/usr/local/bin:/usr/bin:/bin";

/** Lists kernelspecs and makes the ones that are ours. */
export class KernelSpecs {
  readonly #environments: Environments;
  readonly #folders: readonly string[];

  constructor(environments: Environments, folders: readonly string[] = jupyterFolders()) {
    this.#environments = environments;
    this.#folders = folders;
  }

  list(): KernelSpec[] {
    const own = Object.entries(ENVIRONMENTS).map(([name, { title }]) => ({
      ...{ name, display_name: title, language: "python" },
      ready: this.#environments.ready(name) !== undefined,
    }));
    const others = [...this.#installed()].map(([name, { spec }]) => ({
      ...{ name, display_name: spec.display_name, language: spec.language, ready: true },
    }));
    return [...own, ...others];
  }

  /** Everything to start a kernel with; makes its environment first. @throws EnvironmentError with a sentence */
  async prepare(name: string, say: Say): Promise<StartSpec> {
    if (Object.hasOwn(ENVIRONMENTS, name)) {
      const { folder, python, needs } = await this.#environments.ensure(name, say);
      return {
        ...{ name, language: "python", interrupt: "signal" },
        // A thread of IPython's commits each input to its database under the lock that the next cell waits for: on a busy disk
        // for seconds. The notebook has the inputs anyway.
        argv: [
          ...[python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
          "--HistoryManager.hist_file=:memory:",
        ],
        env: { PATH: `${join(folder, "bin")}:${PATH}`, VIRTUAL_ENV: folder },
        readOnly: [folder, ...needs],
      };
    }
    const found = this.#installed().get(name);
    if (!found) throw new EnvironmentError(`There is no kernel ${name} on this node.`);
    const { spec, folder } = found;
    const argv = spec.argv.map((word) => word.replaceAll("{resource_dir}", folder));
    return {
      ...{ name, language: spec.language, argv, env: spec.env, interrupt: spec.interrupt_mode },
      readOnly: [folder, ...foldersOfProgram(argv[0] ?? "")],
    };
  }

  #installed(): Map<string, { folder: string; spec: v.InferOutput<typeof KernelJson> }> {
    const found = new Map<string, { folder: string; spec: v.InferOutput<typeof KernelJson> }>();
    for (const parent of this.#folders) {
      if (!existsSync(parent)) continue;
      for (const name of readdirSync(parent)) {
        const folder = join(parent, name);
        const file = join(folder, "kernel.json");
        if (!SPEC_NAME.test(name) || Object.hasOwn(ENVIRONMENTS, name) || found.has(name)) continue;
        if (!existsSync(file)) continue;
        try {
          found.set(name, { folder, spec: v.parse(KernelJson, JSON.parse(readFileSync(file, "utf8"))) });
        } catch {
          // A kernelspec that Jupyter could not read either is none.
        }
      }
    }
    return found;
  }
}

/** Where Jupyter looks, in its order. */
function jupyterFolders(): string[] {
  const own = process.env.JUPYTER_PATH?.split(":").filter(Boolean) ?? [];
  const data = process.env.JUPYTER_DATA_DIR ?? join(homedir(), ".local/share/jupyter");
  const conda = process.env.CONDA_PREFIX ? [join(process.env.CONDA_PREFIX, "share/jupyter")] : [];
  const all = [...own, data, ...conda, "/usr/local/share/jupyter", "/usr/share/jupyter"];
  return all.map((folder) => join(folder, "kernels"));
}

/** What a program outside the system's folders needs to be seen: its prefix, and for a virtual environment the one below it. */
function foldersOfProgram(program: string): string[] {
  if (!isAbsolute(program) || !existsSync(program)) return [];
  const folders = new Set<string>();
  for (const path of [program, realpathSync(program)]) {
    const prefix = dirname(dirname(path));
    if (prefix !== "/" && prefix !== "/usr") folders.add(prefix);
  }
  return [...folders];
}
