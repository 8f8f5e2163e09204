/** The live WebSocket: a person's jobs as they change, and how the machine is. */
import { upgradeWebSocket } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { Json } from "../../jobs/job.ts";
import type { TrainerEnv } from "../http/router.ts";

/** How often it is looked for changes. */
const LOOK_EVERY_MS = 500;
/** Every so many looks the machine is told. */
const SYSTEM_EVERY = 4;
/** Of one person at a time. */
const MAX_SOCKETS = 16;
/** Bytes that may wait for a slow reader; it misses what comes meanwhile and gets the newest afterwards. */
const MAX_WAITING = 1024 * 1024;

/** What is told. */
export interface LiveSource {
  /** A person's jobs, the newest first: each is told when its text differs from what was told before. */
  jobs(person: string): readonly Record<string, Json>[];
  /** What a person's files are, as a text that differs when they do. */
  files(person: string): string;
  /** Who waits and what the GPUs are used for, as this person may see it: told when it has changed. */
  queue(person: string): unknown;
  system(): Promise<unknown>;
}

/** `GET /live`: messages `{type: "job", job}`, `{type: "files"}`, `{type: "queue", queue}` and `{type: "system", system}`. */
export function liveSocket(source: LiveSource): MiddlewareHandler<TrainerEnv> {
  const open = new Map<string, number>();
  return upgradeWebSocket((c) => {
    const person = c.env.person.id as string;
    let timer: NodeJS.Timeout | undefined;
    const close = () => {
      if (!timer) return;
      clearInterval(timer);
      timer = undefined;
      const left = (open.get(person) ?? 1) - 1;
      if (left > 0) open.set(person, left);
      else open.delete(person);
    };
    return {
      onOpen: (_event, socket) => {
        const count = open.get(person) ?? 0;
        if (count >= MAX_SOCKETS) {
          socket.close(1013, `only ${MAX_SOCKETS} of these may be open at once`);
          return;
        }
        open.set(person, count + 1);
        const told = new Map<string, string>();
        let looks = 0;
        const look = async () => {
          const system = looks++ % SYSTEM_EVERY === 0 ? await source.system() : undefined;
          // The adapter's type is narrower than the socket of `ws` that it is.
          const { bufferedAmount = 0 } = socket.raw as unknown as { bufferedAmount?: number };
          if (socket.readyState !== 1 || bufferedAmount > MAX_WAITING) return;
          if (system) socket.send(JSON.stringify({ type: "system", system }));
          const queue = JSON.stringify({ type: "queue", queue: source.queue(person) });
          if (told.get("queue") !== queue) socket.send(queue);
          told.set("queue", queue);
          const files = source.files(person);
          if (told.get("files") !== files) socket.send(JSON.stringify({ type: "files" }));
          told.set("files", files);
          for (const job of source.jobs(person)) {
            const [id, text] = [String(job.id), JSON.stringify({ type: "job", job })];
            if (told.get(id) === text) continue;
            told.set(id, text);
            socket.send(text);
          }
        };
        // A socket that cannot be told anything is closed, and its client asks again.
        const looking = () => void look().catch(() => socket.close(1011, "the node cannot tell"));
        timer = setInterval(looking, LOOK_EVERY_MS);
        looking();
      },
      onClose: close,
      onError: close,
    };
  }) as unknown as MiddlewareHandler<TrainerEnv>;
}
