/** `/boot`: services are started, for operators. The answer is lines of text as they come, or events where a page asks for them. */
import type { Context } from "hono";
import { type Boot, type BootMessage, bootText, isBootOver } from "../services/boot.ts";
import type { Exposes } from "../services/exposes.ts";
import { FlowsHttpError, notFound } from "./errors.ts";
import { type FlowsEnv, type FlowsRoutes, mustOperate } from "./router.ts";

/** Bytes that wait for a slow client, who is given up beyond. */
const MAX_WAITING = 1024 * 1024;
const UNDER_WAY = "A boot is under way: wait for its end, or force another.";

/** The routes. */
export function bootRoutes(boot: Boot, exposes: Exposes): FlowsRoutes {
  return (router) => {
    router.use("/boot/*", async (c, next) => {
      mustOperate(c.get("person"));
      await next();
    });
    router.post("/boot", async (c) => {
      const force = /^(1|true|yes)$/i.test(c.req.query("force") ?? "");
      if (!(await boot.start(force))) throw new FlowsHttpError(409, UNDER_WAY);
      return told(c, boot);
    });
    router.get("/boot", (c) =>
      c.json({
        ...{ locked: boot.since !== null, lock_time: boot.since },
        messages: boot.messages.map(bootText),
        // Ours: the same lines in parts.
        steps: boot.messages,
      }),
    );
    router.get("/boot/stream", (c) => told(c, boot));
    router.delete("/boot", async (c) => {
      if (!(await boot.shutdown())) throw new FlowsHttpError(409, UNDER_WAY);
      return told(c, boot);
    });
    router.post("/boot/refresh/:name", async (c) => {
      const name = c.req.param("name");
      if (!exposes.find(name)) throw notFound(`The service ${JSON.stringify(name.slice(0, 100))}`);
      if (boot.since !== null) throw new FlowsHttpError(409, UNDER_WAY);
      await boot.start(false, name);
      return told(c, boot);
    });
  };
}

/** What is told of the boot that goes on, or was the last, from its beginning to its end. */
function told(c: Context<FlowsEnv>, boot: Boot): Response {
  const events = c.req.header("accept")?.includes("text/event-stream") ?? false;
  const encoder = new TextEncoder();
  const written = (message: BootMessage) =>
    encoder.encode(events ? `event: boot\ndata: ${JSON.stringify(message)}\n\n` : `${bootText(message)}\n`);
  let stop: () => void = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (message: BootMessage) => {
          try {
            controller.enqueue(written(message));
            if (!isBootOver(message) && (controller.desiredSize ?? 0) > 0) return;
            controller.close();
          } catch {
            // The client went away, and the stream was closed under us.
          }
          stop();
        };
        const before = [...boot.messages];
        stop = boot.watch(send);
        if (before.length === 0 && boot.since === null) {
          if (!events) controller.enqueue(encoder.encode("No boot in progress\n"));
          controller.close();
          stop();
        }
        for (const message of before) send(message);
      },
      cancel: () => stop(),
    },
    { highWaterMark: MAX_WAITING, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  const type = events ? "text/event-stream" : "text/plain; charset=utf-8";
  return new Response(body, {
    headers: { "content-type": type, "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}
