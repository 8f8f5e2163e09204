/** What a worker says: lines of JSON, see `eyepiece_serve/__main__.py`. */
import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const token = {
  token: v.string(),
  bytes: v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  logprob: v.number(),
};

const PieceSaid = v.object({
  call: Count,
  index: Count,
  text: v.string(),
  logprobs: v.optional(v.array(v.object({ ...token, top: v.array(v.object(token)) }))),
  finish: v.optional(v.picklist(["stop", "length"])),
});

/** One line. */
export const Said = v.variant("say", [
  v.object({ say: v.literal("ready"), torch: v.string(), transformers: v.string() }),
  v.object({ say: v.literal("accepted"), call: Count, prompt_tokens: Count }),
  v.object({ say: v.literal("pieces"), pieces: v.array(PieceSaid) }),
  v.object({ say: v.literal("answer"), call: Count, data: v.unknown() }),
  v.object({
    say: v.literal("refused"),
    call: Count,
    message: v.string(),
    status: v.optional(v.number(), 500),
    param: v.nullish(v.string(), null),
    code: v.nullish(v.string(), null),
  }),
]);
export type Said = v.InferOutput<typeof Said>;

/** Answers by what was asked. */
export const LoadedAnswer = v.object({ context: Count, images: v.boolean(), device: v.string() });
export const UsageAnswer = v.object({ prompt_tokens: Count, completion_tokens: Count });
export const StatsAnswer = v.nullable(
  v.object({ running: Count, waiting: Count, tokens: Count, budget: Count }),
);
