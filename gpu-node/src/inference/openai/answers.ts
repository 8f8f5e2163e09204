/** Answers and chunks of answers, as OpenAI's clients read them. */
import { randomBytes } from "node:crypto";
import type { Json } from "../../jobs/job.ts";
import type { Piece, TokenLogprob, Usage } from "../workers/backend.ts";

type Logprobs = NonNullable<Piece["logprobs"]>;

/** How an address puts its answers. */
export interface Shape {
  /** What one choice of a whole answer is, from all that was written of it. */
  choice(index: number, text: string, logprobs: Logprobs | undefined, finish: string | null): Json;
  /** What comes before a choice's first piece in a stream. */
  opening(index: number): Json | undefined;
  /** A piece of a choice in a stream. `before`: characters of the choice so far. */
  delta(index: number, piece: Piece, before: number): Json[];
  /** The `object` of an answer, and of a chunk. */
  readonly names: { readonly whole: string; readonly chunk: string };
  readonly prefix: string;
}

/** `/chat/completions`. */
export const CHAT: Shape = {
  prefix: "chatcmpl-",
  names: { whole: "chat.completion", chunk: "chat.completion.chunk" },
  choice: (index, text, logprobs, finish) => ({
    index,
    message: { role: "assistant", content: text, refusal: null },
    logprobs: chatLogprobs(logprobs),
    finish_reason: finish,
  }),
  opening: (index) => ({
    index,
    delta: { role: "assistant", content: "" },
    logprobs: null,
    finish_reason: null,
  }),
  delta: (index, { text, logprobs, finish }) => {
    const told = chatLogprobs(logprobs);
    const chunks: Json[] = [];
    if (text !== "" || told)
      chunks.push({ index, delta: { content: text }, logprobs: told, finish_reason: null });
    if (finish) chunks.push({ index, delta: {}, logprobs: null, finish_reason: finish });
    return chunks;
  },
};

/** `/completions`. */
export const COMPLETION: Shape = {
  prefix: "cmpl-",
  names: { whole: "text_completion", chunk: "text_completion" },
  choice: (index, text, logprobs, finish) => ({
    index,
    text,
    logprobs: textLogprobs(logprobs, 0),
    finish_reason: finish,
  }),
  opening: () => undefined,
  delta: (index, { text, logprobs, finish }, before) => [
    { index, text, logprobs: textLogprobs(logprobs, before), finish_reason: finish ?? null },
  ],
};

/** What all chunks and the answer of one request have in common. */
export class Answer {
  readonly #head: { id: string; created: number; model: string };
  readonly #shape: Shape;

  constructor(shape: Shape, model: string) {
    this.#shape = shape;
    const id = shape.prefix + randomBytes(12).toString("hex");
    this.#head = { id, created: Math.floor(Date.now() / 1000), model };
  }

  /** The whole answer. */
  whole(choices: Json[], usage: Usage): Record<string, Json> {
    const { id, ...rest } = this.#head;
    return { id, object: this.#shape.names.whole, ...rest, choices, usage: usageJson(usage) };
  }

  /** One chunk. @param usage null in chunks where usage comes at the end; undefined where nobody asked */
  chunk(choices: Json[], usage: Usage | null | undefined): Record<string, Json> {
    const { id, ...rest } = this.#head;
    const chunk = { id, object: this.#shape.names.chunk, ...rest, choices };
    return usage === undefined ? chunk : { ...chunk, usage: usage && usageJson(usage) };
  }
}

function usageJson(usage: Usage): Record<string, Json> {
  const { prompt_tokens: prompt, completion_tokens: completion } = usage;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function chatLogprobs(logprobs: Logprobs | undefined): Json {
  if (!logprobs) return null;
  const told = ({ token, logprob, bytes }: TokenLogprob) => ({ token, logprob, bytes: [...bytes] });
  const content = logprobs.map(({ top, ...token }) => ({ ...told(token), top_logprobs: top.map(told) }));
  return { content, refusal: null };
}

function textLogprobs(logprobs: Logprobs | undefined, before: number): Json {
  if (!logprobs) return null;
  let offset = before;
  const offsets = logprobs.map(({ token }) => {
    const at = offset;
    offset += token.length;
    return at;
  });
  return {
    tokens: logprobs.map(({ token }) => token),
    token_logprobs: logprobs.map(({ logprob }) => logprob),
    top_logprobs: logprobs.map(({ top }) =>
      Object.fromEntries(top.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: offsets,
  };
}
