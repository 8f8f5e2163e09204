/** Jupyter's messages on ZeroMQ: signed frames, protocol 5.5 (jupyter_client, "Messaging"). */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

type Json = Readonly<Record<string, unknown>>;

/** A message as this side sees it. */
export interface JupyterMessage {
  readonly header: {
    readonly msg_id: string;
    readonly msg_type: string;
    readonly subshell_id?: string | null;
  };
  /** Id of the request that it belongs to; empty for none. */
  readonly parent: string;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Uint8Array[];
}

/** What a request is made of. */
export interface JupyterRequest {
  readonly type: string;
  readonly content: Json;
  readonly id?: string;
  readonly subshell?: string;
  /** Header of the message that this one answers: stdin replies have one. */
  readonly parent?: Json;
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
}

const DELIMITER = Buffer.from("<IDS|MSG>");
const VERSION = "5.5";

/** Signs and reads messages with one kernel's key. */
export class JupyterWire {
  readonly #key: string;
  readonly #session = randomUUID();

  constructor(key: string) {
    this.#key = key;
  }

  /** Frames to send, and the id by which answers name the request. */
  encode(request: JupyterRequest): { id: string; frames: (Buffer | Uint8Array)[] } {
    const id = request.id ?? randomUUID();
    const header = {
      msg_id: id,
      msg_type: request.type,
      session: this.#session,
      username: "eyepiece",
      date: new Date().toISOString(),
      version: VERSION,
      ...(request.subshell !== undefined && { subshell_id: request.subshell }),
    };
    const parts = [header, request.parent ?? {}, request.metadata ?? {}, request.content].map((part) =>
      Buffer.from(JSON.stringify(part)),
    );
    const signature = Buffer.from(this.#sign(parts));
    return { id, frames: [DELIMITER, signature, ...parts, ...(request.buffers ?? [])] };
  }

  /** A received message; undefined for what is not signed with the key or is no message. */
  decode(frames: readonly Buffer[]): (JupyterMessage & { readonly rawHeader: Json }) | undefined {
    const at = frames.findIndex((frame) => frame.equals(DELIMITER));
    if (at < 0 || frames.length < at + 6) return undefined;
    const [signature, ...parts] = frames.slice(at + 1, at + 6);
    const expected = Buffer.from(this.#sign(parts));
    if (signature?.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
    try {
      const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()) as Json);
      const { msg_id, msg_type } = header ?? {};
      if (typeof msg_id !== "string" || typeof msg_type !== "string" || header === undefined)
        return undefined;
      return {
        header: { msg_id, msg_type },
        rawHeader: header,
        parent: typeof parent?.msg_id === "string" ? parent.msg_id : "",
        metadata: metadata ?? {},
        content: content ?? {},
        buffers: frames.slice(at + 6),
      };
    } catch {
      return undefined;
    }
  }

  #sign(parts: readonly Buffer[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}
