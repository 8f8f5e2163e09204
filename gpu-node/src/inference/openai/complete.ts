/** One request answered: as a whole, or as a stream of server-sent events. */
import type { Json } from "../../jobs/job.ts";
import { ApiError, type ApiErrorType } from "../../trainer/http/api-error.ts";
import {
  BackendError,
  type GenerateListener,
  type GenerateRequest,
  type Piece,
  type Usage,
} from "../workers/backend.ts";
import { Answer, type Shape } from "./answers.ts";
import type { Asked } from "./requests.ts";

/** Bytes that wait for a client that does not read; then its request ends. */
const MAX_UNREAD = 8 * 1024 * 1024;

/** Answers one prompt. @throws BackendError */
export type Generate = (
  request: GenerateRequest,
  listener: GenerateListener,
  signal: AbortSignal,
) => Promise<Usage>;

/** What a choice has come to. */
interface Written {
  text: string;
  logprobs: NonNullable<Piece["logprobs"]>[number][] | undefined;
  finish: string | null;
}

/** Answers as a whole. @throws ApiError */
export async function completeWhole(
  asked: Asked,
  shape: Shape,
  generate: Generate,
  signal: AbortSignal,
): Promise<Response> {
  const written: Written[] = Array.from({ length: asked.requests.length * asked.n }, () => ({
    ...{ text: "", logprobs: undefined, finish: null },
  }));
  const onPiece = (index: number, piece: Piece) => {
    const choice = written[index];
    if (!choice) return;
    choice.text += piece.text;
    if (piece.logprobs) choice.logprobs = [...(choice.logprobs ?? []), ...piece.logprobs];
    if (piece.finish) choice.finish = piece.finish;
  };
  const usage = await all(asked, generate, { onAccepted: () => {}, onPiece }, signal);
  const choices = written.map(({ text, logprobs, finish }, index) =>
    shape.choice(index, text, logprobs, finish),
  );
  return Response.json(new Answer(shape, asked.model).whole(choices, usage));
}

/** Answers as a stream. Settles when the prompts are taken, so that what is wrong with them is a status. @throws ApiError */
export async function completeStream(
  asked: Asked,
  shape: Shape,
  generate: Generate,
  signal: AbortSignal,
): Promise<Response> {
  const gone = new AbortController();
  const either = AbortSignal.any([signal, gone.signal]);
  const answer = new Answer(shape, asked.model);
  const noUsage = asked.includeUsage ? null : undefined;
  const lengths = new Map<number, number>();
  const events = new EventStream(() => gone.abort());
  const accepted = Promise.withResolvers<void>();
  const say = (choices: Json[]) => {
    for (const choice of choices) events.send(answer.chunk([choice], noUsage));
  };
  const listener: PiecesListener = {
    onAccepted: () => {
      for (let index = 0; index < asked.requests.length * asked.n; index++) {
        const opening = shape.opening(index);
        if (opening !== undefined) say([opening]);
      }
      accepted.resolve();
    },
    onPiece: (index, piece) => {
      const before = lengths.get(index) ?? 0;
      lengths.set(index, before + piece.text.length);
      say(shape.delta(index, piece, before));
    },
  };
  const done = all(asked, generate, listener, either).then(
    (usage) => {
      if (asked.includeUsage) events.send(answer.chunk([], usage));
      events.end("[DONE]");
    },
    (cause: unknown) => {
      // Told as a status when nothing was said yet, and within the stream afterwards.
      accepted.reject(cause);
      events.end(JSON.stringify(apiError(cause).body()));
    },
  );
  done.catch(() => {});
  await accepted.promise;
  const headers = { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" };
  return new Response(events.readable, { headers });
}

/** Hears of choices as they are numbered over all prompts. */
interface PiecesListener {
  /** All prompts were taken. */
  onAccepted(): void;
  onPiece(index: number, piece: Piece): void;
}

async function all(
  asked: Asked,
  generate: Generate,
  listener: PiecesListener,
  signal: AbortSignal,
): Promise<Usage> {
  // One that fails takes the others with it.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let missing = asked.requests.length;
  const early: (() => void)[] = [];
  const usages = await Promise.all(
    asked.requests.map((request, number) => {
      const one: GenerateListener = {
        onAccepted: () => {
          missing -= 1;
          if (missing > 0) return;
          listener.onAccepted();
          for (const tell of early.splice(0)) tell();
        },
        onPiece: (piece) => {
          const tell = () => listener.onPiece(number * asked.n + piece.index, piece);
          if (missing > 0) early.push(tell);
          else tell();
        },
      };
      return generate(request, one, either).catch((cause: unknown) => {
        failed.abort();
        throw apiError(cause);
      });
    }),
  );
  return {
    prompt_tokens: usages.reduce((sum, { prompt_tokens: tokens }) => sum + tokens, 0),
    completion_tokens: usages.reduce((sum, { completion_tokens: tokens }) => sum + tokens, 0),
  };
}

/** Server-sent events that wait for a reader, up to a limit. */
class EventStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #gone: () => void;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #open = true;

  constructor(gone: () => void) {
    this.#gone = gone;
    this.readable = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => {
          this.#open = false;
          gone();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MAX_UNREAD }),
    );
  }

  send(data: Json): void {
    this.#write(JSON.stringify(data));
  }

  end(data: string): void {
    this.#write(data);
    if (!this.#open) return;
    this.#open = false;
    this.#controller.close();
  }

  #write(data: string): void {
    if (!this.#open) return;
    if ((this.#controller.desiredSize ?? 0) < 0) {
      this.#open = false;
      this.#controller.error(new Error("The client does not read its answer."));
      this.#gone();
      return;
    }
    this.#controller.enqueue(this.#encoder.encode(`data: ${data}\n\n`));
  }
}

/** A backend's error as clients read it. */
export function apiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  if (!(cause instanceof BackendError)) throw cause;
  const types: Readonly<Record<number, ApiErrorType>> = { 429: "rate_limit_error" };
  const type = types[cause.status] ?? (cause.status < 500 ? "invalid_request_error" : "server_error");
  return new ApiError(cause.status, type, cause.message, cause.param, cause.code);
}
