/** The trainer of a node: its rooms, put together. */
import { rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { allOf, FolderModels } from "../inference/folder-models.ts";
import { inferenceRoutes } from "../inference/routes.ts";
import { ModelServer } from "../inference/serving/model-server.ts";
import type { Job } from "../jobs/job.ts";
import { JobManager } from "../jobs/manager.ts";
import { MemoryGroups, memoryOfOne } from "../jobs/memory-groups.ts";
import { Environments } from "../kernels/environment/environments.ts";
import { sandboxed } from "../launcher/probe.ts";
import { nanochatRoom } from "../nanochat/room.ts";
import type { GpuLedger } from "../sessions/ledger.ts";
import { belongingRoutes } from "./belongings.ts";
import { chosen, configOf, type TrainerConfig } from "./config.ts";
import type { JobDevice } from "./devices.ts";
import { ModelFetcher } from "./fetch.ts";
import { fileRoutes } from "./files/routes.ts";
import { FileStore } from "./files/store.ts";
import { FineTunedModels, ONLINE, TUNING } from "./fine-tuning/fine-tuned.ts";
import { tuningKind } from "./fine-tuning/kind.ts";
import { tuningRoutes } from "./fine-tuning/routes.ts";
import { onlineRoutes } from "./grpo/routes.ts";
import { OnlineRuns, onlineKind } from "./grpo/runs.ts";
import type { KernelKeys } from "./http/kernel-keys.ts";
import type { AskedRelay } from "./http/tokens.ts";
import type { KeptModels } from "./kept-models.ts";
import { madeBy } from "./made.ts";
import type { ModelSource } from "./models.ts";
import { monitorRoutes } from "./monitor/routes.ts";
import { startTrainerServer, type TrainerServer } from "./server.ts";

/** How long after the node's start a worker is made ready. */
const WARM_MS = 3000;

/** What the trainer stands on. */
export interface TrainerOptions {
  /** The node's folder. */
  readonly home: string;
  readonly relay: AskedRelay;
  readonly ledger: GpuLedger;
  /** Devices of the ledger that jobs may have. */
  readonly devices: readonly JobDevice[];
  /** Device of the ledger whose memory models take that are computed on the CPU. */
  readonly cpu: string;
  /** Folder of the Python environments. */
  readonly environments: string;
  /** Models that people's code made. */
  readonly kept: KeptModels;
  /** Kernels of notebooks that may use the API. */
  readonly kernels?: KernelKeys;
  /** Settings; those of the file that this process's environment names when left out. */
  readonly config?: TrainerConfig;
  /** Of the loopback's door; see `startTrainerServer`. */
  readonly port?: number;
  readonly log: (line: string) => void;
}

/** A trainer that answers. */
export interface Trainer extends Pick<TrainerServer, "address" | "port"> {
  readonly jobs: JobManager;
  close(): Promise<void>;
}

/** Starts it. Routes of further rooms are added to `mounts`. @throws JobError where another node has the folder, ConfigError */
export async function startTrainer(options: TrainerOptions): Promise<Trainer> {
  const { relay, log } = options;
  const config = options.config ?? configOf(process.env);
  const { storagePath } = config;
  const training = chosen(options.devices, config.trainingGpus, "training");
  const answering = chosen(options.devices, config.inferenceGpus, "inference");
  const jobsFolder = join(storagePath ?? options.home, "jobs");
  const files = new FileStore(
    storagePath ? join(storagePath, "files") : join(options.home, "trainer", "files"),
  );
  const environments = new Environments(options.environments);
  const fetcher = new ModelFetcher(join(options.home, "models"), environments);
  const context = {
    files,
    environments,
    fetcher,
    devices: training,
    accelerateConfig: config.accelerateConfig,
    workOf: (job: Job) => madeBy(jobs, job, ""),
    models: (): ModelSource => models,
  };
  const nanochat = nanochatRoom({
    folder: join(storagePath ?? options.home, "nanochat"),
    ...{ environments, devices: training, files, log },
    jobs: () => jobs,
    models: () => models,
  });
  const jobs: JobManager = new JobManager({
    folder: jobsFolder,
    ledger: options.ledger,
    devices: training.map(({ id }) => id),
    kinds: { [TUNING]: tuningKind(context), [ONLINE]: onlineKind(context), ...nanochat.kinds },
    sandbox: (await sandboxed()).works,
    memory: MemoryGroups.open(memoryOfOne()),
  });
  const folders = [join(options.home, "models"), ...(process.env.EYEPIECE_MODELS ?? "").split(delimiter)];
  const roots = folders.filter((folder) => folder !== "").map((folder) => resolve(folder));
  const shared = new FolderModels(roots);
  const runs = new OnlineRuns(jobs);
  const models = allOf(new FineTunedModels(jobs), options.kept, runs, nanochat.models(), shared);
  await jobs.open();
  const inference = new ModelServer({
    environments,
    ledger: options.ledger,
    devices: [
      ...answering.flatMap(({ id, cuda }) => (cuda ? [{ device: id, gpu: cuda }] : [])),
      { device: options.cpu, gpu: undefined },
    ],
    roots: [...roots, options.kept.folder, jobsFolder],
    ...(config.inactivitySeconds && { inactivityMs: config.inactivitySeconds * 1000 }),
    log,
  });
  const server = await startTrainerServer({
    ...{
      mounts: {
        v1: [
          fileRoutes(files),
          belongingRoutes(jobs, files, options.kept, nanochat),
          tuningRoutes(jobs, files, models, fetcher, config.rayAddresses),
          onlineRoutes(jobs, runs, models, fetcher),
          inferenceRoutes(inference, models, options.kept),
          nanochat.open(inference),
        ],
        monitor: [monitorRoutes(jobs, files, options.ledger, storagePath ?? options.home)],
      },
      relay,
      log,
      ...(options.kernels && { kernels: options.kernels }),
    },
    ...(options.port !== undefined && { port: options.port }),
  });
  noteAddress(options.home, server.port);
  // Whoever has models asks them: Python is there by then, and does not hold up the node's start.
  const warm = setTimeout(() => {
    if (shared.list().length > 0) void inference.warm();
  }, WARM_MS).unref();
  return {
    ...{ address: server.address, port: server.port, jobs },
    close: async () => {
      clearTimeout(warm);
      server.close();
      noteAddress(options.home, undefined);
      inference.close();
      environments.close();
      nanochat.close();
      await jobs.close();
      files.close();
    },
  };
}

/** Says to programs of this machine's same person where the loopback's door is: `<home>/trainer.json`. */
function noteAddress(home: string, port: number | undefined): void {
  const file = join(home, "trainer.json");
  rmSync(file, { force: true });
  if (port !== undefined)
    writeFileSync(file, JSON.stringify({ port, pid: process.pid, version: 1 }), { mode: 0o600 });
}
