/** The trainer's API of a node: OpenAI's and Arbor's addresses, through the relay and on the loopback. */
import type { ServiceAddress } from "../services/http.ts";
import { DEFAULT_PORT, LoopbackDoor, TunnelDoor } from "./http/doors.ts";
import type { KernelKeys } from "./http/kernel-keys.ts";
import { type TrainerMounts, trainerApp } from "./http/router.ts";
import { type AskedRelay, RelayTokens } from "./http/tokens.ts";

/** Settings of the server. */
export interface TrainerServerOptions {
  /** What each room answers. */
  readonly mounts: TrainerMounts;
  /** The relay that says whose a token is. */
  readonly relay: AskedRelay;
  /** Kernels that may use the API on the loopback. */
  readonly kernels?: KernelKeys;
  /** On the loopback; 0 for any. `EYEPIECE_TRAINER_PORT` or 7453 when left out. */
  readonly port?: number;
  readonly log: (line: string) => void;
}

/** A server that answers. */
export interface TrainerServer {
  /** For the node's `http` service named `trainer`. */
  readonly address: ServiceAddress;
  /** On the loopback; undefined where the port was taken. */
  readonly port: number | undefined;
  close(): void;
}

/** Opens both doors. A port that is taken is said and does no more harm: the relay's way stays. */
export async function startTrainerServer(options: TrainerServerOptions): Promise<TrainerServer> {
  const { mounts, relay, kernels, log } = options;
  const app = trainerApp(mounts, log);
  const tokens = new RelayTokens(relay, kernels);
  const tunnel = new TunnelDoor(app);
  const loopback = new LoopbackDoor(app, (token) => tokens.person(token));
  const wanted = options.port ?? portOf(process.env.EYEPIECE_TRAINER_PORT, log);
  let port: number | undefined;
  try {
    port = await loopback.listen(wanted);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "EADDRINUSE" ? "is taken" : String(cause);
    log(
      `The OpenAI-compatible API is not on this machine's loopback: port ${wanted} ${why}. Choose another by EYEPIECE_TRAINER_PORT; through the relay it answers.`,
    );
  }
  if (kernels) kernels.port = port;
  return {
    address: { connect: tunnel.connect },
    port,
    close: () => {
      tunnel.close();
      loopback.close();
      tokens.close();
    },
  };
}

function portOf(setting: string | undefined, log: (line: string) => void): number {
  if (setting === undefined || setting === "") return DEFAULT_PORT;
  const port = Number(setting);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  log(`EYEPIECE_TRAINER_PORT is ${setting}, which is no port; ${DEFAULT_PORT} is used.`);
  return DEFAULT_PORT;
}
