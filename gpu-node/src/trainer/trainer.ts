/** The trainer of a node: its rooms, put together. */
import { join } from "node:path";
import { JobManager } from "../jobs/manager.ts";
import { sandboxed } from "../launcher/probe.ts";
import type { TlsTrust } from "../link/trust.ts";
import type { GpuLedger } from "../sessions/ledger.ts";
import type { JobDevice } from "./devices.ts";
import { fileRoutes } from "./files/routes.ts";
import { FileStore } from "./files/store.ts";
import { monitorRoutes } from "./monitor/routes.ts";
import { startTrainerServer, type TrainerServer } from "./server.ts";

/** What the trainer stands on. */
export interface TrainerOptions {
  /** The node's folder. */
  readonly home: string;
  readonly relay: { readonly url: string; readonly tls?: TlsTrust };
  readonly ledger: GpuLedger;
  /** Devices of the ledger that jobs may have. */
  readonly devices: readonly JobDevice[];
  /** Folder of the Python environments. */
  readonly environments: string;
  /** Of the loopback's door; see `startTrainerServer`. */
  readonly port?: number;
  readonly log: (line: string) => void;
}

/** A trainer that answers. */
export interface Trainer extends Pick<TrainerServer, "address" | "port"> {
  readonly jobs: JobManager;
  close(): Promise<void>;
}

/** Starts it. Routes of further rooms are added to `mounts`. @throws JobError where another node has the folder */
export async function startTrainer(options: TrainerOptions): Promise<Trainer> {
  const { relay, log } = options;
  const jobs = new JobManager({
    folder: join(options.home, "jobs"),
    ledger: options.ledger,
    devices: options.devices.map(({ id }) => id),
    kinds: {},
    sandbox: (await sandboxed()).works,
  });
  await jobs.open();
  const files = new FileStore(join(options.home, "trainer", "files"));
  const server = await startTrainerServer({
    ...{ mounts: { v1: [fileRoutes(files)], monitor: [monitorRoutes] }, relay, log },
    ...(options.port !== undefined && { port: options.port }),
  });
  return {
    ...{ address: server.address, port: server.port, jobs },
    close: async () => {
      server.close();
      await jobs.close();
      files.close();
    },
  };
}
