/** What a job's program prints, from its file: the end of it, all of it, or as it comes. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JobManager } from "../../jobs/manager.ts";
import { isOver } from "../../jobs/states.ts";

const CHUNK = 64 * 1024;
/** How often a file that is followed is looked at. */
const LOOK_EVERY_MS = 200;

/**
 * A job's output as a stream. Memory is one chunk, however slow its reader is.
 * @param from an offset in bytes; negative counts from the end
 * @param follow goes on until the job is over
 */
export function logStream(
  jobs: JobManager,
  id: string,
  from: number,
  follow: boolean,
): ReadableStream<Uint8Array> {
  let next = from;
  let gone = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (!gone) {
        // Asked before the file is read: what it printed last is read then.
        const state = jobs.find(id)?.state;
        const { bytes, next: after } = jobs.output(id, next, CHUNK);
        next = after;
        if (bytes.length > 0) {
          controller.enqueue(bytes);
          return;
        }
        if (!follow || !state || isOver(state)) {
          controller.close();
          return;
        }
        await sleep(LOOK_EVERY_MS);
      }
    },
    cancel() {
      gone = true;
    },
  });
}
