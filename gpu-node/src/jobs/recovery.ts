/** What a node finds of the one before it. */
import { endMarked } from "./marked.ts";
import type { JobStore } from "./store.ts";

/** Ends what is left of earlier processes, and takes their jobs to where they go on or honestly end. */
export async function recover(store: JobStore): Promise<void> {
  for (const job of store.inStates(["running", "pending_pause", "pending_cancel"])) {
    await endMarked(job.id);
    if (job.state === "pending_cancel")
      store.move(job.id, "cancelled", "The node stopped while it was cancelled.");
    else if (job.state === "pending_pause")
      store.move(job.id, "paused", "The node stopped while it was paused.");
    else if (job.losses < job.retries) {
      const from = job.checkpoint ? `its checkpoint at step ${job.checkpoint.step}` : "the beginning";
      const reason = `The node stopped while it ran; it starts again from ${from}.`;
      store.move(job.id, "queued", reason, { lost: true });
    } else {
      const times = job.losses === 0 ? "" : `, ${job.losses + 1} times`;
      const reason = `The node stopped while it ran${times}. Start it again if you still need it.`;
      store.move(job.id, "failed", reason, { lost: true });
    }
  }
}
