/** The trainer of a node: its rooms, put together. */
import type { TlsTrust } from "../link/trust.ts";
import { monitorRoutes } from "./monitor/routes.ts";
import { startTrainerServer, type TrainerServer } from "./server.ts";

/** What the trainer stands on. */
export interface TrainerOptions {
  /** The node's folder. */
  readonly home: string;
  readonly relay: { readonly url: string; readonly tls?: TlsTrust };
  readonly log: (line: string) => void;
}

/** A trainer that answers. */
export interface Trainer extends Pick<TrainerServer, "address" | "port"> {
  close(): Promise<void>;
}

/** Starts it. Routes of further rooms are added to `mounts`. */
export async function startTrainer({ relay, log }: TrainerOptions): Promise<Trainer> {
  const server = await startTrainerServer({
    mounts: { v1: [], monitor: [monitorRoutes] },
    relay,
    log,
  });
  return {
    address: server.address,
    port: server.port,
    close: async () => server.close(),
  };
}
