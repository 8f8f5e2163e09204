/** The node's models as the page asks them: OpenAI's addresses, through the relay. */
import type { Sampling, Token } from "./conversation.ts";

/** A model that may be chosen. */
export interface ModelInfo {
  readonly id: string;
  readonly owned_by: string;
  /** `stopped`, `loading`, `running`. */
  readonly state: string;
  /** Whether it is an adapter of another. */
  readonly adapter: boolean;
  /** What is done before it can answer; empty when nothing is. */
  readonly doing: string;
}

/** The node or the relay said no; `message` says why and what to do. */
export class CompletionError extends Error {
  override readonly name = "CompletionError";
}

/** What came of an answer. */
export interface Delta {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly finish: string;
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number } | undefined;
}

/** What is asked. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly sampling: Sampling;
  /** Whether tokens come with their probabilities. */
  readonly chances: boolean;
}

/** Likely tokens that are asked for in each place. */
const TOP = 5;

/** All models that the person may use. @throws CompletionError */
export async function listModels(): Promise<ModelInfo[]> {
  const response = await ask("/v1/models", {});
  return ((await response.json()) as { data: ModelInfo[] }).data;
}

/** One of them, as it is now. @throws CompletionError */
export async function findModel(id: string): Promise<ModelInfo> {
  return (await (await ask(`/v1/models/${encodeURIComponent(id)}`, {})).json()) as ModelInfo;
}

/** Asks, and gives the answer as it is written. @throws CompletionError */
export async function* complete(asked: ChatRequest, signal: AbortSignal): AsyncGenerator<Delta> {
  const response = await ask("/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(bodyOf(asked)),
    signal,
  });
  if (!response.body) throw new CompletionError("The relay answered without a body. Try again.");
  const decoder = new BytesAsText();
  for await (const data of eventsOf(response.body)) {
    if (data === "[DONE]") return;
    yield deltaOf(JSON.parse(data), decoder);
  }
  throw new CompletionError("The answer broke off: the connection to the node was lost. Try again.");
}

/** The body of the request. @throws CompletionError for a schema that is no JSON */
export function bodyOf({ model, messages, sampling, chances }: ChatRequest): Record<string, unknown> {
  const { stop, seed, top_k: topK, form, schema, ...numbers } = sampling;
  const stops = stop
    .split("\n")
    .map((line) => line.replaceAll("\\n", "\n"))
    .filter((line) => line !== "");
  return {
    ...{ model, messages, ...numbers, stream: true, stream_options: { include_usage: true } },
    ...(topK > 0 && { top_k: topK }),
    ...(seed !== null && { seed }),
    ...(stops.length > 0 && { stop: stops }),
    ...(chances && { logprobs: true, top_logprobs: TOP }),
    ...(form === "json" && { response_format: formatOf(schema ?? "") }),
  };
}

function formatOf(schema: string): Record<string, unknown> {
  if (schema.trim() === "") return { type: "json_object" };
  try {
    return { type: "json_schema", json_schema: { name: "answer", schema: JSON.parse(schema) } };
  } catch (cause) {
    throw new CompletionError(
      `The schema of the answers is no JSON: ${(cause as Error).message}. Change it.`,
    );
  }
}

/** The `data` of server-sent events, however their bytes are cut. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const events = rest.split(/\r?\n\r?\n/);
      rest = events.pop() ?? "";
      for (const event of events) {
        const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
        if (lines.length > 0) yield lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

interface Logprob {
  readonly token: string;
  readonly bytes: readonly number[] | null;
  readonly logprob: number;
}

/** One chunk of the stream, as far as the page reads it. */
interface Chunk {
  readonly error?: { readonly message: string };
  readonly choices?: readonly {
    readonly delta: { readonly content?: string };
    readonly finish_reason: string | null;
    readonly logprobs: {
      readonly content: readonly (Logprob & { readonly top_logprobs: readonly Logprob[] })[];
    } | null;
  }[];
  readonly usage?: Delta["usage"] | null;
}

/** A chunk as the page takes it. @throws CompletionError where the chunk says what went wrong */
export function deltaOf(chunk: Chunk, decoder: BytesAsText): Delta {
  if (chunk.error) throw new CompletionError(chunk.error.message);
  const choice = chunk.choices?.[0];
  const told = choice?.logprobs?.content ?? [];
  return {
    text: choice?.delta.content ?? "",
    tokens: told.map(({ token, bytes, logprob, top_logprobs: top }) => ({
      text: bytes ? decoder.next(bytes) : token,
      chance: Math.exp(logprob),
      top: top.map((one) => ({ text: one.token, chance: Math.exp(one.logprob) })),
    })),
    finish: choice?.finish_reason ?? "",
    usage: chunk.usage ?? undefined,
  };
}

/** Bytes of one token after the other as text: a character stands where its last byte came. */
export class BytesAsText {
  readonly #decoder = new TextDecoder();

  next(bytes: readonly number[]): string {
    return this.#decoder.decode(new Uint8Array(bytes), { stream: true });
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new CompletionError("The relay cannot be reached from here. What was said is kept; try again.", {
      cause,
    });
  }
  if (response.ok) return response;
  let words = `The node answered ${response.status}.`;
  try {
    const said = (await response.json()) as { error?: { message?: string } };
    words = said.error?.message ?? words;
  } catch {
    // Something between here and the relay answered, without words.
  }
  throw new CompletionError(words);
}
