/** How the machine is. */
import { statfs } from "node:fs/promises";
import { availableParallelism, freemem, loadavg, totalmem } from "node:os";
import type { GpuLedger } from "../../sessions/ledger.ts";

/** Bytes unless a name says otherwise. Who holds a GPU is nobody else's business; for what, is everybody's. */
export async function systemFacts(home: string, ledger: GpuLedger) {
  const disk = await statfs(home);
  return {
    timestamp: new Date().toISOString(),
    uptime_seconds: Math.round(process.uptime()),
    cpu: { count: availableParallelism(), load_average: loadavg() },
    memory: { total: totalmem(), free: freemem(), node: process.memoryUsage().rss },
    disk: { total: disk.blocks * disk.bsize, free: disk.bavail * disk.bsize },
    gpus: ledger.report().map(({ id, name, bytes, free, reservations }) => ({
      ...{ id, name, total: bytes, free },
      in_use_for: [...new Set(reservations.map(({ use }) => use))],
      exclusive: reservations.some(({ exclusive }) => exclusive),
    })),
  };
}

/** A disk that is nearly full ends jobs. */
const LOW_DISK = 1024 ** 3;

/** `healthy`, or `degraded` with sentences. */
export function healthOf(facts: Awaited<ReturnType<typeof systemFacts>>) {
  const problems = facts.disk.free < LOW_DISK ? ["The node's disk has less than 1 GiB left."] : [];
  return { status: problems.length === 0 ? "healthy" : "degraded", problems, timestamp: facts.timestamp };
}
