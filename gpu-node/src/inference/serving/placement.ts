/** Where a model goes: a device of the node's ledger that has room for its weights and its caches. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type GpuLedger, LedgerRefusal, type Reservation } from "../../sessions/ledger.ts";
import { BackendError } from "../workers/backend.ts";

/** A device that models may be on, best first. */
export interface InferenceDevice {
  /** Of the ledger. */
  readonly device: string;
  /** The GPU's number for CUDA; undefined: models are computed on the CPU and take the memory of this device. */
  readonly gpu: string | undefined;
}

/** Bytes for caches of keys and values, and for what a process takes itself. */
const CACHE = { gpu: 2 * 1024 ** 3, cpu: 256 * 1024 ** 2 };
const OWN = { gpu: 512 * 1024 ** 2, cpu: 64 * 1024 ** 2 };

/** A model's place. */
export interface Placement {
  readonly reservation: Reservation;
  readonly gpu: string | undefined;
  readonly cacheBytes: number;
}

/** Reserves for the model of a folder. @throws BackendError 503 that says what holds the devices */
export async function place(
  folder: string,
  ledger: GpuLedger,
  devices: readonly InferenceDevice[],
  holder: string,
): Promise<Placement> {
  const refusals: string[] = [];
  for (const { device, gpu } of devices) {
    const kind = gpu === undefined ? "cpu" : "gpu";
    const bytes = weightBytes(folder, kind) + CACHE[kind] + OWN[kind];
    try {
      const reservation = await ledger.reserve({ device, use: "inference", holder, bytes });
      return { reservation, gpu, cacheBytes: CACHE[kind] };
    } catch (cause) {
      if (!(cause instanceof LedgerRefusal)) throw cause;
      refusals.push(cause.message);
    }
  }
  throw new BackendError(
    `There is no room for the model: ${refusals.join(" ") || "this node has no device for models."} Stop another model or a viewer, or try again later.`,
    503,
    null,
    "no_room",
  );
}

/** Bytes of the weights in memory. A CPU computes in 32 bits, whatever the file has. */
export function weightBytes(folder: string, kind: "cpu" | "gpu"): number {
  const files = readdirSync(folder).filter((name) => name.endsWith(".safetensors"));
  const stored = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return kind === "cpu" && /"(torch_)?dtype": *"(b?float16)"/.test(configOf(folder)) ? stored * 2 : stored;
}

function configOf(folder: string): string {
  try {
    return readFileSync(join(folder, "config.json"), "utf8");
  } catch {
    return "";
  }
}
