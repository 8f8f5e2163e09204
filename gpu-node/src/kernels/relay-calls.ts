/** Requests of a node to its relay's HTTP routes, by the node's token. */
import { Agent, fetch, type Response } from "undici";
import { type TlsTrust, trusted } from "../link/trust.ts";

/** A relay that kernels' outputs go to. */
export interface RelayAddress {
  /** `http://` or `https://` address. */
  readonly url: string;
  readonly token: string;
  readonly tls?: TlsTrust;
}

/** What was answered. */
export interface RelayAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** Calls one relay. */
export class RelayCalls {
  readonly #relay: RelayAddress;
  #agent: Agent | undefined;

  constructor(relay: RelayAddress) {
    this.#relay = relay;
  }

  /** Sends JSON. @throws where the relay cannot be reached */
  async send(method: "POST" | "PUT", path: string, body: unknown, signal: AbortSignal): Promise<RelayAnswer> {
    const dispatcher = await this.#dispatcher();
    const response = await fetch(new URL(path, this.#relay.url), {
      method,
      headers: { authorization: `Bearer ${this.#relay.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
      ...(dispatcher && { dispatcher }),
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  }

  /** Asks; the body is the caller's to read. @throws where the relay cannot be reached */
  async get(path: string, signal: AbortSignal): Promise<Response> {
    const dispatcher = await this.#dispatcher();
    return fetch(new URL(path, this.#relay.url), {
      headers: { authorization: `Bearer ${this.#relay.token}` },
      signal,
      ...(dispatcher && { dispatcher }),
    });
  }

  close(): void {
    void this.#agent?.close();
  }

  async #dispatcher(): Promise<Agent | undefined> {
    const { tls, url } = this.#relay;
    if (!tls || !url.startsWith("https:")) return undefined;
    this.#agent ??= new Agent({ connect: await trusted(url, tls) });
    return this.#agent;
  }
}

/** Why a call failed, in the words of what lies below. */
export function reason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
