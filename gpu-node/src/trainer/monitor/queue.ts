/** Who waits for what, as one person may see it: their own jobs by name, of others how many there are. */
import type { JobManager } from "../../jobs/manager.ts";
import type { GpuLedger } from "../../sessions/ledger.ts";

/** What devices are called that exist for scheduling only. */
const FAKE = /^fake-\d+$/;

/** The line of waiting jobs, and the GPUs that jobs may have. */
export function queueOf(jobs: JobManager, ledger: GpuLedger, person: string) {
  const line = jobs.line();
  const devices = new Set(jobs.devices);
  return {
    waiting: line.length,
    mine: line
      .filter((place) => place.person === person)
      .map(({ id, position, why }) => ({ job_id: id, position, why })),
    gpus: ledger
      .report()
      .filter(({ id }) => devices.has(id))
      .map(({ id, name, bytes, free, reservations }) => ({
        ...{ id, name, total: bytes, free, fake: FAKE.test(id) },
        held: reservations.map(({ use, holder, exclusive, bytes: held }) => {
          // Who holds a GPU is nobody else's business; that one's own job does, is one's own.
          const mine = use === "training" && jobs.find(holder)?.person === person;
          return { use, bytes: held, exclusive, job_id: mine ? holder : null };
        }),
      })),
  };
}
