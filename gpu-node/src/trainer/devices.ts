/** GPUs that jobs may have, and by which name CUDA knows them. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fakeDevices } from "../jobs/leases.ts";
import type { LedgerDevice } from "../sessions/ledger.ts";

const run = promisify(execFile);

/** One GPU. */
export interface JobDevice extends LedgerDevice {
  /** What `CUDA_VISIBLE_DEVICES` calls it; empty for one that exists for scheduling only. */
  readonly cuda: string;
  /** Its number, as nvidia-smi counts; what settings call it. */
  readonly index: number;
}

/** The ledger's name of the device that viewers draw on: CUDA's first, which WebGPU chooses too. */
const VIEWERS = "gpu0";

/**
 * The NVIDIA GPUs of this machine, or those that `EYEPIECE_FAKE_GPUS` asks for; none on a machine without.
 * @param shared viewers draw on the first one: a job has it only while no viewer does
 */
export async function jobDevices(environment: NodeJS.ProcessEnv, shared: boolean): Promise<JobDevice[]> {
  const fakes = fakeDevices(environment);
  if (fakes.length > 0) return fakes.map((device, index) => ({ ...device, cuda: "", index }));
  const query = ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"];
  // No driver, no GPUs: that is how most machines are.
  const found = await run("nvidia-smi", query, { timeout: 20_000 }).catch(() => undefined);
  return parseDevices(found?.stdout ?? "", shared);
}

/** What nvidia-smi printed: a line a GPU. */
export function parseDevices(text: string, shared: boolean): JobDevice[] {
  return text.split("\n").flatMap((line) => {
    const [index, cuda, name, mebibytes] = line.split(",").map((part) => part.trim());
    if (!/^\d+$/.test(index ?? "") || !cuda || !name) return [];
    const bytes = Number(mebibytes) * 1024 ** 2 || 0;
    const id = shared && index === "0" ? VIEWERS : `cuda${index}`;
    return [{ id, name, bytes, encoders: 0, cuda, index: Number(index) }];
  });
}

/** `CUDA_VISIBLE_DEVICES` for devices of the ledger. */
export function cudaVisible(devices: readonly JobDevice[], ids: readonly string[]): string {
  return ids.flatMap((id) => devices.find((device) => device.id === id)?.cuda || []).join(",");
}
