/** Tiny models for tests, served by a real server. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environments } from "../../kernels/environment/environments.ts";
import { ENVIRONMENT_CACHE } from "../../kernels/testing/kernels.ts";
import { GpuLedger } from "../../sessions/ledger.ts";
import type { Person } from "../../trainer/http/person.ts";
import type { Model, ModelSource } from "../../trainer/models.ts";
import { ModelServer, type ModelServerOptions } from "../serving/model-server.ts";
import { putMade, TINY } from "./made.ts";

export const ENVIRONMENTS = new Environments(ENVIRONMENT_CACHE);
/** Making the environment takes minutes where nothing of it is cached. */
export const SETUP_MS = 900_000;
const MIB = 1024 ** 2;

/** A folder with `tiny`, `other`, `untaught`, `seeing` and `lora`, an adapter of `tiny`. */
export class TinyModels implements ModelSource {
  readonly folder = mkdtempSync(join(tmpdir(), "eyepiece-models-"));
  /** By id; tests may change it. */
  readonly models = new Map<string, Model>();

  async make(): Promise<void> {
    await putMade(TINY, this.folder);
    for (const id of ["tiny", "other", "untaught", "seeing"]) this.put({ id, folder: this.at(id) });
    this.put({ id: "lora", folder: this.at("lora"), base: this.at("tiny") });
  }

  put(model: Pick<Model, "id" | "folder"> & Partial<Model>): void {
    this.models.set(model.id, { ...{ base: undefined, ownedBy: "everybody", createdMs: 0 }, ...model });
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  list(person: Person): Model[] {
    return [...this.models.values()].filter(
      ({ ownedBy }) => ownedBy === "everybody" || ownedBy === person.id,
    );
  }

  find(person: Person, id: string): Model | undefined {
    return this.list(person).find((model) => model.id === id);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A ledger with a CPU of `mebibytes`. */
export function cpuLedger(mebibytes = 8192): GpuLedger {
  return new GpuLedger([{ id: "cpu", name: "this CPU", bytes: mebibytes * MIB, encoders: 0 }]);
}

/** A server of the models in a folder. */
export function serverOf(folder: string, options: Partial<ModelServerOptions> = {}): ModelServer {
  return new ModelServer({
    environments: ENVIRONMENTS,
    ledger: cpuLedger(),
    devices: [{ device: "cpu", gpu: undefined }],
    roots: [folder],
    log: () => {},
    ...options,
  });
}

/** Pids of processes below this one whose program is a worker's Python. */
export function workerPids(of: number = process.pid): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
    } catch {
      // It has ended.
    }
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((one) => [one, ...below(one)]);
  return below(of).filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return /python[\d.]*$/.test(words[0] ?? "") && words.includes("eyepiece_serve");
    } catch {
      return false;
    }
  });
}
