/** POST /api/execute/stream: code in a process of its own, its output as server-sent events. */
import { randomUUID } from "node:crypto";
import {
  decodeKernel,
  encodeKernel,
  type KernelEvent,
  type KernelParams,
  type MimeBundle,
  type OutputItem,
} from "@eyepiece/protocol/kernel/messages.ts";
import * as v from "valibot";
import type { RouteDependencies } from "../http/dependencies.ts";
import type { Exchange } from "../http/exchange.ts";
import { defineRoute, type RouteSpec } from "../http/router.ts";
import { httpError } from "../tunnel/http.ts";
import { openLocal } from "../tunnel/local.ts";

const DEFAULT_SECONDS = 300;
const MAX_SECONDS = 3600;
const MAX_CODE = 8 * 1024 * 1024;
/** Proxies end connections on which nothing comes. */
const ALIVE_MS = 15_000;

/** What a client is told; `data` is the whole bundle where there is more than text. */
interface StreamEvent {
  readonly type: "stdout" | "stderr" | "result" | "display" | "error" | "done" | "timeout";
  readonly text: string;
  readonly [more: string]: unknown;
}

const Body = v.object({
  code: v.string(),
  kernel: v.optional(v.string()),
  /** Seconds. */
  timeout: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(MAX_SECONDS)), DEFAULT_SECONDS),
});

/** The route. */
export function executeRoutes(to: RouteDependencies): RouteSpec[] {
  return [
    defineRoute({
      method: "POST",
      path: "/api/execute/stream",
      summary:
        "Runs code in a fresh process, which ends with the answer; header X-Eyepiece-Node chooses the node",
      tag: "Notebooks",
      access: "people",
      scope: "run",
      maxBody: MAX_CODE,
      body: Body,
      sample: () => ({ body: { code: "1" } }),
      responses: `text/event-stream of data: {"type": "stdout" | "stderr" | "result" | "display" | "error" | "done" | "timeout", "text"}`,
      handler({ exchange, person, proof, body }) {
        const params: KernelParams = {
          notebook: "",
          fresh: true,
          ...(body.kernel !== undefined && { spec: body.kernel }),
        };
        const { channel, peer } = openLocal(to.switchboard, person, {
          service: "kernel",
          node: exchange.header("x-eyepiece-node"),
          params: new TextEncoder().encode(JSON.stringify(params)),
        });
        if (proof)
          to.belongs(peer, {
            userId: person.id,
            role: person.role,
            session: proof.session,
            token: proof.token,
          });
        return new Stream(exchange, channel).run(body.code, body.timeout);
      },
    }),
  ];
}

/** One run and its answer. */
class Stream {
  readonly #exchange: Exchange;
  readonly #channel: ReturnType<typeof openLocal>["channel"];
  readonly #execution = randomUUID();
  #begun = false;
  #over = false;
  #items = 0;
  /** The end, as the node told it; it may come before the last of the output. */
  #end: Extract<KernelEvent, { type: "execution" }> | undefined;

  constructor(exchange: Exchange, channel: ReturnType<typeof openLocal>["channel"]) {
    this.#exchange = exchange;
    this.#channel = channel;
  }

  /** @throws HttpError where it never began */
  async run(code: string, seconds: number): Promise<void> {
    const channel = this.#channel;
    this.#exchange.onAbort(() => channel.close("aborted", "The client went away."));
    channel.onMessage = (bytes) => this.#take(decodeKernel<KernelEvent>(bytes).message);
    channel.send(
      encodeKernel({ type: "execute", items: [{ execution: this.#execution, cell: "stream", code }] }, 1),
    );
    channel.send(encodeKernel({ type: "outputs", execution: this.#execution, from: 0 }));
    const limit = setTimeout(() => {
      const text = `The code ran for longer than its limit of ${seconds} s and was ended.`;
      void this.#finish({ type: "timeout", text });
    }, seconds * 1000);
    const alive = setInterval(() => {
      if (this.#begun && !this.#over) void this.#exchange.write(Buffer.from(": alive\n\n"));
    }, ALIVE_MS);
    try {
      const { code: why, message } = await channel.closed;
      if (this.#over || this.#exchange.over) return;
      if (!this.#begun) throw httpError(why, message);
      await this.#finish({ type: "error", text: message || "The process ended." });
    } finally {
      clearTimeout(limit);
      clearInterval(alive);
    }
  }

  async #take(event: KernelEvent): Promise<void> {
    if (this.#over) return;
    this.#begin();
    if (event.type === "output" && event.execution === this.#execution) {
      for (const item of event.items) {
        this.#items++;
        const told = itemEvent(item);
        if (told) await this.#tell(told);
      }
    } else if (event.type === "execution" && event.execution === this.#execution) {
      if (event.state !== "queued" && event.state !== "running") this.#end = event;
    } else if (event.type === "reply" && event.error) {
      await this.#finish({ type: "error", text: event.error.message });
    } else if (event.type === "input_request") {
      await this.#finish({ type: "error", text: "The code asks for input, which nobody can give here." });
    } else if (event.type === "kernel" && event.state === "dead" && !this.#end) {
      await this.#finish({ type: "error", text: event.message ?? "The process died." });
    }
    const end = this.#end;
    if (end && this.#items >= end.items) {
      const count = end.execution_count;
      await this.#finish({
        type: "done",
        text: "",
        state: end.state,
        ...(count !== undefined && { execution_count: count }),
      });
    }
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#exchange.begin(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
      "X-Content-Type-Options": "nosniff",
    });
  }

  async #tell(event: StreamEvent): Promise<void> {
    await this.#exchange.write(Buffer.from(`data: ${JSON.stringify(event)}\n\n`));
  }

  async #finish(event: StreamEvent): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#begin();
    await this.#tell(event);
    this.#exchange.finish();
    // The process ends with its channel.
    this.#channel.close("done", "");
  }
}

function itemEvent(item: OutputItem): StreamEvent | undefined {
  switch (item.op) {
    case "stream":
      return { type: item.name, text: item.text };
    case "result":
      return { type: "result", ...rich(item.data), execution_count: item.execution_count };
    case "display":
    case "update":
      return { type: "display", ...rich(item.data) };
    case "error":
      return {
        type: "error",
        text: item.traceback.join("\n") || `${item.ename}: ${item.evalue}`,
        ename: item.ename,
        evalue: item.evalue,
      };
    case "cut":
      return { type: "stderr", text: `${item.bytes} bytes more of output are not sent.\n` };
    case "clear":
      return undefined;
  }
}

function rich(data: MimeBundle): { readonly text: string; readonly data: MimeBundle } {
  const text = data["text/plain"];
  return { text: typeof text === "string" ? text : "", data };
}
