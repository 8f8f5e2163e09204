/**
 * Who calls on the loopback: by a person's token, or by the key of a notebook's kernel. The relay knows, and is asked at most every
 * half minute for each.
 */
import { createHash } from "node:crypto";
import { Agent, fetch } from "undici";
import * as v from "valibot";
import { type TlsTrust, trusted } from "../../link/trust.ts";
import { ApiError } from "./api-error.ts";
import { KernelKeys } from "./kernel-keys.ts";
import type { Person } from "./person.ts";

/** How long the relay's word is taken for a token: a token that is revoked works no longer than this. */
const KEPT_MS = 30_000;
const KEPT_WRONG_MS = 5000;
const MAX_KEPT = 1000;
const TIMEOUT_MS = 10_000;

const Me = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  username: v.string(),
  name: v.string(),
  role: v.string(),
  rights: v.array(v.string()),
});

const Refused = v.object({ message: v.string() });

/** The relay, and what this node may say to it. */
export interface AskedRelay {
  readonly url: string;
  readonly tls?: TlsTrust;
  /** The node's own, for the owners of notebooks. */
  readonly token?: string;
}

interface Known {
  readonly person: Promise<Person>;
  until: number;
}

/** Asks one relay. */
export class RelayTokens {
  readonly #relay: AskedRelay;
  readonly #kernels: KernelKeys | undefined;
  readonly #known = new Map<string, Known>();
  #agent: Agent | undefined;

  constructor(relay: AskedRelay, kernels?: KernelKeys) {
    this.#relay = relay;
    this.#kernels = kernels;
  }

  /** @throws ApiError 401 for what is no token, 403 for a notebook that others run too, 503 where the relay does not answer */
  person(token: string): Promise<Person> {
    // A kernel that has ended is forgotten at once.
    if (KernelKeys.looksLike(token) && !this.#kernels?.notebookOf(token))
      return Promise.reject(endedKernel());
    const key = createHash("sha256").update(token).digest("base64");
    const known = this.#known.get(key);
    if (known && known.until > Date.now()) return known.person;
    const asked: Known = { person: this.#ask(token), until: Date.now() + KEPT_MS };
    this.#known.set(key, asked);
    asked.person.catch((cause: unknown) => {
      const wrong = cause instanceof ApiError && cause.status < 500;
      asked.until = wrong ? Date.now() + KEPT_WRONG_MS : 0;
    });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_KEPT) break;
      this.#known.delete(oldest);
    }
    return asked.person;
  }

  close(): void {
    void this.#agent?.close();
  }

  async #ask(token: string): Promise<Person> {
    const notebook = this.#kernels?.notebookOf(token);
    const path =
      notebook === undefined ? "/api/auth/me" : `/api/nodes/notebooks/${encodeURIComponent(notebook)}/runner`;
    const proof = notebook === undefined ? token : (this.#relay.token ?? "");
    let answer: { status: number; text: string };
    try {
      const dispatcher = await this.#dispatcher();
      const response = await fetch(new URL(path, this.#relay.url), {
        headers: { authorization: `Bearer ${proof}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(dispatcher && { dispatcher }),
      });
      answer = { status: response.status, text: await response.text() };
    } catch {
      throw unreachable();
    }
    if (notebook !== undefined && (answer.status === 403 || answer.status === 404)) {
      const told = v.safeParse(Refused, parsed(answer.text));
      const message = told.success ? told.output.message : "The relay refused this notebook.";
      throw new ApiError(403, "permission_error", message, null, "forbidden");
    }
    if (answer.status === 401 || answer.status === 403) throw wrongKey();
    const me = answer.status === 200 ? v.safeParse(Me, parsed(answer.text)) : undefined;
    if (!me?.success) throw unreachable();
    const { id, name, username, role, rights } = me.output;
    return { id, name: name || username, role, rights };
  }

  async #dispatcher(): Promise<Agent | undefined> {
    const { tls, url } = this.#relay;
    if (!tls || !url.startsWith("https:")) return undefined;
    this.#agent ??= new Agent({ connect: await trusted(url, tls) });
    return this.#agent;
  }
}

/** Nothing of the key is repeated. */
export function wrongKey(): ApiError {
  const message =
    "Incorrect API key: make one in Eyepiece's settings, with the rights view and run, and send it as `Authorization: Bearer KEY`.";
  return new ApiError(401, "authentication_error", message, null, "invalid_api_key");
}

function endedKernel(): ApiError {
  const message =
    "This is the key of a kernel that does not run any more: call eyepiece.trainer.init() in the one that does.";
  return new ApiError(401, "authentication_error", message, null, "invalid_api_key");
}

function unreachable(): ApiError {
  const message = "The relay does not answer, so the API key cannot be checked: try again in a moment.";
  return new ApiError(503, "server_error", message, null, "unavailable");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
