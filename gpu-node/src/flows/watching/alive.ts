/** Lines that are silent say now and then that they are there: all of them by one clock, in one go. */

/** How often. */
const ALIVE_MS = 3000;

const lines = new Set<(bytes: Uint8Array) => void>();
const encoder = new TextEncoder();
let clock: NodeJS.Timeout | undefined;

/** Calls `send` every three seconds with an `alive` event, until the answer is called. Its number is not told: who comes back would begin anew. */
export function keepAlive(send: (bytes: Uint8Array) => void): () => void {
  lines.add(send);
  clock ??= setInterval(() => {
    const bytes = encoder.encode(`event: alive\ndata: ${Date.now() / 1000}:alive\n\n`);
    for (const line of lines) line(bytes);
  }, ALIVE_MS);
  return () => {
    lines.delete(send);
    if (lines.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}
