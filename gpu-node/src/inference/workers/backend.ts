/** What serves one model: our own worker, or vLLM. The rest of the node does not know which. */

/** A message of a conversation, as chat templates take it. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | null | readonly ContentPart[];
  readonly [field: string]: unknown;
}

/** A part of a message; `image_url` is a `data:` address. */
export type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: string };

/** One prompt and how to go on from it. What is left out is the model's or OpenAI's default. */
export interface GenerateRequest {
  readonly messages?: readonly ChatMessage[];
  /** Text, or tokens. */
  readonly prompt?: string | readonly number[];
  readonly tools?: readonly unknown[];
  /** Further variables of the chat template. */
  readonly template?: Readonly<Record<string, unknown>>;
  /** The adapter, by the name that it was added with. */
  readonly adapter?: string;
  readonly n?: number;
  readonly max_tokens?: number;
  readonly stop?: readonly string[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
  readonly min_p?: number;
  readonly frequency_penalty?: number;
  readonly presence_penalty?: number;
  readonly repetition_penalty?: number;
  readonly logit_bias?: Readonly<Record<string, number>>;
  readonly seed?: number;
  /** How many likely tokens are told of beside each chosen one; left out: no log probabilities. */
  readonly logprobs?: number;
  readonly ignore_eos?: boolean;
  /** What the answer must be; left out: any text. */
  readonly response_format?: ResponseFormat;
}

/** JSON, or JSON of a schema: OpenAI's names, which vLLM takes too. */
export type ResponseFormat =
  | { readonly type: "json_object" }
  | {
      readonly type: "json_schema";
      readonly json_schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
    };

/** A token with its natural logarithm of probability; `bytes` because it may be a part of a character. */
export interface TokenLogprob {
  readonly token: string;
  readonly bytes: readonly number[];
  readonly logprob: number;
}

/** What was written since the last piece of the same choice. */
export interface Piece {
  /** Of the choice, from 0. */
  readonly index: number;
  readonly text: string;
  readonly logprobs?: readonly (TokenLogprob & { readonly top: readonly TokenLogprob[] })[];
  /** Set in the last piece of a choice. */
  readonly finish?: "stop" | "length" | "tool_calls";
}

/** Tokens of a request that is over, all choices together. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

/** Told while a request is answered. */
export interface GenerateListener {
  /** The prompt was taken: nothing about the request itself can be wrong any more. */
  onAccepted(): void;
  onPiece(piece: Piece): void;
}

/** What a model that was loaded is like. */
export interface ModelFacts {
  /** Most tokens of prompt and answer together. */
  readonly context: number;
  /** Whether prompts may hold images. */
  readonly images: boolean;
  /** `cpu` or `cuda`. */
  readonly device: string;
}

/** How busy it is. */
export interface BackendStats {
  /** Choices that are being written, and that wait. */
  readonly running: number;
  readonly waiting: number;
  /** Tokens in the caches, and the most that may be. */
  readonly tokens: number;
  readonly budget: number;
}

/** A process with a model in it. */
export interface ModelBackend {
  readonly facts: ModelFacts;
  /** Settles with why when the process is gone. */
  readonly ended: Promise<string>;
  /** @throws BackendError; with `signal` the request leaves the batch */
  generate(request: GenerateRequest, listener: GenerateListener, signal: AbortSignal): Promise<Usage>;
  /** Adds a LoRA adapter, or takes the new weights of one. @throws BackendError */
  addAdapter(name: string, folder: string): Promise<void>;
  dropAdapter(name: string): Promise<void>;
  /** Takes the weights of another folder of the same shape; answers under way go on with them. @throws BackendError */
  reload(folder: string): Promise<void>;
  stats(): Promise<BackendStats>;
  /** Ends the process at once. */
  kill(): void;
}

/** Something that a backend cannot do: a sentence for who asked, and the status that it deserves. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(message: string, status = 500, param: string | null = null, code: string | null = null) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }
}
