/** The shapes of a training file's lines, and what is wrong with a line. Pure. */
import * as v from "valibot";

/** What a file trains: supervised, preferences, by rewards; or a model from nothing, by nanochat. */
export type FileFormat = "sft" | "dpo" | "grpo" | "text";

const ROLES = ["system", "developer", "user", "assistant", "tool", "function"] as const;
/** Text, or parts of text and images as OpenAI sends them. Assistants that call tools say nothing beside. */
const Content = v.nullish(
  v.union(
    [v.string(), v.array(v.looseObject({ type: v.string("a part needs a type") }))],
    "content must be text or a list of parts",
  ),
);
const Message = v.looseObject(
  { role: v.picklist(ROLES, `role must be one of ${ROLES.join(", ")}`), content: Content },
  "a message must be an object",
);
const Messages = v.pipe(
  v.array(Message, "messages must be a list"),
  v.minLength(1, "messages must not be empty"),
);
const AssistantLast = v.check<v.InferOutput<typeof Messages>, string>(
  (messages) => messages.at(-1)?.role === "assistant",
  "the last message must be the assistant's: it is what is learnt",
);
const AssistantOnly = v.pipe(
  Messages,
  v.check(
    (messages) => messages.every(({ role }) => role === "assistant"),
    "preferred and non-preferred outputs are the assistant's messages",
  ),
);

const Sft = v.looseObject({ messages: v.pipe(Messages, AssistantLast) });
const Dpo = v.looseObject({
  input: v.looseObject({ messages: Messages }, "input must be an object with messages"),
  preferred_output: AssistantOnly,
  non_preferred_output: AssistantOnly,
});
const Grpo = v.union([
  v.looseObject({ messages: Messages }),
  v.looseObject({ prompt: v.union([v.pipe(v.string(), v.minLength(1)), Messages]) }),
]);

const Text = v.looseObject({
  text: v.pipe(v.string("text must be a string"), v.minLength(1, "text must not be empty")),
});

const SCHEMAS: Readonly<Record<FileFormat, v.GenericSchema>> = { sft: Sft, dpo: Dpo, grpo: Grpo, text: Text };

const NEEDS: Readonly<Record<FileFormat, string>> = {
  sft: '{"messages": [{"role", "content"}, ...]} with the assistant last',
  dpo: '{"input": {"messages"}, "preferred_output", "non_preferred_output"}',
  grpo: '{"messages"} or {"prompt"} without an answer, and whatever the grader reads',
  text: '{"text": "..."}, a document',
};

/** Which format a line is meant to have; undefined for what is none. */
export function formatOf(line: unknown): FileFormat | undefined {
  if (typeof line !== "object" || line === null || Array.isArray(line)) return undefined;
  if ("input" in line || "preferred_output" in line || "non_preferred_output" in line) return "dpo";
  if ("prompt" in line) return "grpo";
  if (!("messages" in line)) return "text" in line ? "text" : undefined;
  const last: unknown = Array.isArray(line.messages) ? line.messages.at(-1) : undefined;
  const asks = typeof last === "object" && last !== null && "role" in last && last.role !== "assistant";
  return asks ? "grpo" : "sft";
}

/** What is wrong with a line of a format; undefined when nothing is. */
export function complaintOf(line: unknown, format: FileFormat): string | undefined {
  const result = v.safeParse(SCHEMAS[format], line);
  if (result.success) return undefined;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  const what = where ? `${where}: ${issue.message}` : issue.message;
  return `${what}. A line of format ${format} is ${NEEDS[format]}`;
}
