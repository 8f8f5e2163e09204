/** Memory, processor and GPU of a kernel's processes, every two seconds; and the end of one that takes too much. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { treeOf, usageOf } from "./processes.ts";

const run = promisify(execFile);
const EVERY_MS = 2000;
const TICKS_PER_SECOND = 100;

/** What a meter needs of its keeper. */
export interface MeterHost {
  pid(): number;
  /** There are new numbers. */
  measured(): void;
  /** The limit is passed; the sentence says so. */
  tooMuch(text: string): void;
}

/** Numbers for a kernel's status. */
export interface Measured {
  readonly memory_bytes?: number;
  readonly gpu_bytes?: number;
  readonly array_bytes?: number;
  readonly cpu_share?: number;
}

/** Measures while somebody looks, and always where there is a limit. */
export class Meter {
  readonly #limit: number;
  readonly #arrays: string;
  readonly #host: MeterHost;
  #latest: Measured = {};
  #watched = false;
  #timer: NodeJS.Timeout | undefined;
  #last: { pid: number; ticks: number; at: number } | undefined;

  /** @param limit bytes; 0 for none. @param arrays folder of the arrays of its viewers */
  constructor(limit: number, arrays: string, host: MeterHost) {
    this.#limit = limit;
    this.#arrays = arrays;
    this.#host = host;
    if (limit > 0) this.#begin();
  }

  get latest(): Measured {
    return this.#latest;
  }

  /** Whether somebody looks. */
  watch(on: boolean): void {
    this.#watched = on;
    if (on) this.#begin();
    else if (this.#limit === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #begin(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.#measure(), EVERY_MS);
    this.#timer.unref();
    void this.#measure();
  }

  async #measure(): Promise<void> {
    const pid = this.#host.pid();
    if (pid === 0) return;
    const pids = treeOf(pid);
    const { memoryBytes, ticks } = usageOf(pids);
    if (this.#limit > 0 && memoryBytes > this.#limit) {
      const gib = (this.#limit / 1024 ** 3).toFixed(1);
      this.#host.tooMuch(
        `The kernel was ended: its processes took more than the ${gib} GiB that this node allows.`,
      );
      return;
    }
    if (!this.#watched) return;
    const now = performance.now();
    const before = this.#last?.pid === pid ? this.#last : undefined;
    const share = before && (ticks - before.ticks) / TICKS_PER_SECOND / ((now - before.at) / 1000);
    this.#last = { pid, ticks, at: now };
    const gpu = await gpuBytes(pids);
    const arrays = arrayBytes(this.#arrays);
    this.#latest = {
      memory_bytes: memoryBytes,
      ...(share !== undefined && { cpu_share: Math.max(0, Math.round(share * 100) / 100) }),
      ...(gpu !== undefined && { gpu_bytes: gpu }),
      ...(arrays > 0 && { array_bytes: arrays }),
    };
    if (this.#watched) this.#host.measured();
  }
}

/** Bytes of a folder's files. */
function arrayBytes(folder: string): number {
  let bytes = 0;
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

/** Bytes on NVIDIA's devices; undefined where there are none. */
async function gpuBytes(pids: readonly number[]): Promise<number | undefined> {
  if (!existsSync("/proc/driver/nvidia")) return undefined;
  try {
    const query = ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"];
    const { stdout } = await run("nvidia-smi", query, { timeout: 5000 });
    let mebibytes = 0;
    for (const line of stdout.trim().split("\n")) {
      const [pid, used] = line.split(",").map(Number);
      if (pid !== undefined && pids.includes(pid)) mebibytes += used || 0;
    }
    return mebibytes * 1024 * 1024;
  } catch {
    // The driver is there and its tool is not: no number is better than a wrong one.
    return undefined;
  }
}
