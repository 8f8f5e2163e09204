/** Requests as OpenAI's clients send them, checked, and as a backend takes them. */
import * as v from "valibot";
import { ApiError, invalid } from "../../trainer/http/api-error.ts";
import { checked } from "../../trainer/http/router.ts";
import type {
  ChatMessage,
  ContentPart,
  GenerateRequest,
  ResponseFormat as ResponseFormatAsked,
} from "../workers/backend.ts";

/** Bytes of a request: images come within it. */
export const MAX_BODY = 32 * 1024 * 1024;
const MAX_MESSAGES = 4096;
const MAX_TOOLS = 128;
const MAX_STOPS = 16;
const MAX_STOP = 1000;
const MAX_CHOICES = 128;
const MAX_PROMPTS = 128;
const MAX_SCHEMA = 65_536;

const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const whole = (least: number, most: number) => v.pipe(between(least, most), v.integer());
const Text = v.pipe(v.string(), v.maxLength(MAX_BODY));

/** Fields that both kinds of request have. */
const common = {
  model: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  stream: v.nullish(v.boolean()),
  stream_options: v.nullish(v.looseObject({ include_usage: v.nullish(v.boolean()) })),
  n: v.nullish(whole(1, MAX_CHOICES)),
  stop: v.nullish(
    v.union([
      v.pipe(v.string(), v.maxLength(MAX_STOP)),
      v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_STOP))), v.maxLength(MAX_STOPS)),
    ]),
  ),
  temperature: v.nullish(between(0, 2)),
  top_p: v.nullish(between(0, 1)),
  frequency_penalty: v.nullish(between(-2, 2)),
  presence_penalty: v.nullish(between(-2, 2)),
  logit_bias: v.nullish(v.record(v.pipe(v.string(), v.regex(/^\d{1,9}$/)), between(-100, 100))),
  seed: v.nullish(whole(-(2 ** 53), 2 ** 53)),
  max_tokens: v.nullish(whole(1, 2 ** 31)),
  // vLLM's, which clients of local servers know.
  top_k: v.nullish(whole(-1, 2 ** 31)),
  min_p: v.nullish(between(0, 1)),
  repetition_penalty: v.nullish(between(0.01, 10)),
  ignore_eos: v.nullish(v.boolean()),
};
/** Fields that are taken and change nothing: they say who asks, or what a hosted service does beside answering. */
const IGNORED = ["user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key"];

const ImagePart = v.object({
  type: v.literal("image_url"),
  image_url: v.union([
    Text,
    v.pipe(
      v.looseObject({ url: Text }),
      v.transform(({ url }) => url),
    ),
  ]),
});
const Content = v.union([
  v.null(),
  Text,
  v.array(v.variant("type", [v.object({ type: v.literal("text"), text: Text }), ImagePart])),
]);
const Message = v.looseObject({
  role: v.picklist(["system", "developer", "user", "assistant", "tool", "function"]),
  content: v.optional(Content, null),
});

const ResponseFormat = v.variant(
  "type",
  [
    v.object({ type: v.literal("text") }),
    v.object({ type: v.literal("json_object") }),
    v.object({
      type: v.literal("json_schema"),
      json_schema: v.object({
        name: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, "letters, digits, _ and -, at most 64")),
        description: v.nullish(v.string()),
        schema: v.pipe(
          v.record(v.string(), v.unknown()),
          v.check(
            (schema) => JSON.stringify(schema).length <= MAX_SCHEMA,
            `a schema has at most ${MAX_SCHEMA} characters`,
          ),
        ),
        // Answers always keep to the schema here, as OpenAI's do with true.
        strict: v.nullish(v.boolean()),
      }),
    }),
  ],
  "it must be 'text', 'json_object' or 'json_schema'",
);

const ChatRequest = v.object({
  ...common,
  messages: v.pipe(v.array(Message), v.minLength(1), v.maxLength(MAX_MESSAGES)),
  max_completion_tokens: v.nullish(whole(1, 2 ** 31)),
  logprobs: v.nullish(v.boolean()),
  top_logprobs: v.nullish(whole(0, 20)),
  tools: v.nullish(v.pipe(v.array(v.looseObject({ type: v.string() })), v.maxLength(MAX_TOOLS))),
  tool_choice: v.nullish(
    v.picklist(["none", "auto"], "the model decides which tool it uses: 'auto' or 'none'"),
  ),
  parallel_tool_calls: v.nullish(v.boolean()),
  response_format: v.nullish(ResponseFormat),
  chat_template_kwargs: v.nullish(v.record(v.string(), v.unknown())),
  reasoning_effort: v.nullish(v.string()),
});

const Tokens = v.array(whole(0, 2 ** 31));
const CompletionRequest = v.object({
  ...common,
  prompt: v.union([
    Text,
    v.pipe(Tokens, v.minLength(1)),
    v.pipe(v.array(Text), v.minLength(1), v.maxLength(MAX_PROMPTS)),
    v.pipe(v.array(v.pipe(Tokens, v.minLength(1))), v.minLength(1), v.maxLength(MAX_PROMPTS)),
  ]),
  logprobs: v.nullish(whole(0, 20)),
  echo: v.nullish(v.literal(false, "the prompt is not repeated by this server")),
  best_of: v.nullish(whole(1, MAX_CHOICES)),
  suffix: v.nullish(v.literal("", "text before a given end is not written by this server")),
});

/** What a request comes to. */
export interface Asked {
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** One, or for completions one for each prompt. */
  readonly requests: readonly GenerateRequest[];
  /** Choices of each. */
  readonly n: number;
}

/** A body of `/chat/completions`. @throws ApiError */
export function chatRequest(body: unknown): Asked {
  onlyKnown(body, ChatRequest.entries);
  const asked = checked(ChatRequest, body, "body");
  if (asked.top_logprobs != null && !asked.logprobs)
    throw invalid("'top_logprobs' needs 'logprobs' to be true.", "top_logprobs");
  const most = asked.max_completion_tokens ?? asked.max_tokens;
  const format = formatOf(asked.response_format);
  if (format && asked.ignore_eos)
    throw invalid("'ignore_eos' would go on after the end of the JSON: leave one of them out.", "ignore_eos");
  const template = {
    ...asked.chat_template_kwargs,
    ...(asked.reasoning_effort && { reasoning_effort: asked.reasoning_effort }),
  };
  return {
    ...outer(asked),
    requests: [
      {
        ...sampling(asked),
        messages: asked.messages.map(message),
        ...(asked.tools && asked.tool_choice !== "none" && { tools: asked.tools }),
        ...(Object.keys(template).length > 0 && { template: allowedInTemplate(template) }),
        ...(most != null && { max_tokens: most }),
        ...(asked.logprobs && { logprobs: asked.top_logprobs ?? 0 }),
        ...(format && { response_format: format }),
      },
    ],
  };
}

/** A body of `/completions`. @throws ApiError */
export function completionRequest(body: unknown): Asked {
  onlyKnown(body, CompletionRequest.entries);
  const asked = checked(CompletionRequest, body, "body");
  const n = asked.n ?? 1;
  if (asked.best_of != null && asked.best_of !== n)
    throw invalid("'best_of' must be 'n': this server does not choose among answers.", "best_of");
  const { prompt } = asked;
  const prompts = typeof prompt === "string" || isTokens(prompt) ? [prompt] : prompt;
  return {
    ...outer(asked),
    requests: prompts.map((one) => ({
      ...sampling(asked),
      prompt: one,
      // OpenAI's own default for this address.
      max_tokens: asked.max_tokens ?? 16,
      ...(asked.logprobs != null && { logprobs: asked.logprobs }),
    })),
  };
}

type Common = Pick<v.InferOutput<typeof ChatRequest>, keyof typeof common>;

function outer(asked: Common): Omit<Asked, "requests"> {
  const { model, stream, stream_options: options, n } = asked;
  return { model, stream: stream ?? false, includeUsage: options?.include_usage ?? false, n: n ?? 1 };
}

function sampling(asked: Common): GenerateRequest {
  const { n, stop, top_k: topK, logit_bias: bias } = asked;
  const numbers = {
    temperature: asked.temperature,
    top_p: asked.top_p,
    min_p: asked.min_p,
    frequency_penalty: asked.frequency_penalty,
    presence_penalty: asked.presence_penalty,
    repetition_penalty: asked.repetition_penalty,
    seed: asked.seed,
    ignore_eos: asked.ignore_eos,
  };
  const given = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value != null));
  return {
    ...given,
    ...(n != null && { n }),
    ...(stop != null && { stop: [stop].flat().filter((one) => one !== "") }),
    ...(topK != null && { top_k: Math.max(0, topK) }),
    ...(bias && { logit_bias: bias }),
  };
}

/** Free text is no format. */
function formatOf(
  asked: v.InferOutput<typeof ChatRequest>["response_format"],
): ResponseFormatAsked | undefined {
  if (!asked || asked.type === "text") return undefined;
  if (asked.type === "json_object") return { type: asked.type };
  const { name, schema } = asked.json_schema;
  return { type: asked.type, json_schema: { name, schema } };
}

function message(given: v.InferOutput<typeof Message>): ChatMessage {
  // Templates know the older name.
  const role = given.role === "developer" ? "system" : given.role;
  const content = given.content as string | null | ContentPart[];
  return { ...given, role, content };
}

/** What a template is called with belongs to the server. */
function allowedInTemplate(template: Record<string, unknown>): Record<string, unknown> {
  for (const name of [
    "tokenize",
    "chat_template",
    "return_tensors",
    "return_dict",
    "conversation",
    "messages",
  ])
    if (name in template)
      throw invalid(`'${name}' is no variable of a chat template.`, "chat_template_kwargs");
  return template;
}

function onlyKnown(body: unknown, entries: Readonly<Record<string, unknown>>): void {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw invalid("The body must be a JSON object.");
  for (const name of Object.keys(body))
    if (!Object.hasOwn(entries, name) && !IGNORED.includes(name))
      throw new ApiError(
        400,
        "invalid_request_error",
        `Unrecognized request argument supplied: ${name}.`,
        name,
        "unknown_parameter",
      );
}

function isTokens(prompt: readonly unknown[]): prompt is number[] {
  return typeof prompt[0] === "number";
}
