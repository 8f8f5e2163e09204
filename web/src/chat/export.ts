/** A conversation as a file. */
import { type Conversation, messagesFor, shownOf, titleOf } from "./conversation.ts";

/** What can be made of one. */
export type ExportKind = "markdown" | "json" | "jsonl";

export const EXPORTS: readonly { readonly kind: ExportKind; readonly words: string }[] = [
  { kind: "markdown", words: "Markdown, to read" },
  { kind: "json", words: "JSON, with tokens and timings" },
  { kind: "jsonl", words: "JSONL, to fine-tune with" },
];

/** The file's name and text. */
export function exported(conversation: Conversation, kind: ExportKind): { name: string; text: string } {
  const stem = titleOf(conversation)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  const name = `${stem || "conversation"}.${kind === "markdown" ? "md" : kind}`;
  if (kind === "json") return { name, text: `${JSON.stringify(conversation, null, 1)}\n` };
  return { name, text: kind === "jsonl" ? lines(conversation) : markdown(conversation) };
}

/** A line a column, as supervised fine-tuning reads it. */
function lines(conversation: Conversation): string {
  return conversation.models
    .map((_, column) => {
      const last = conversation.turns.length - 1;
      const messages = messagesFor(conversation, last, column);
      const answer = shownOf(conversation.turns[last]?.answers[column]);
      if (!answer || answer.text === "") return "";
      return `${JSON.stringify({ messages: [...messages, { role: "assistant", content: answer.text }] })}\n`;
    })
    .join("");
}

function markdown(conversation: Conversation): string {
  const parts = [`# ${titleOf(conversation)}`];
  if (conversation.system.trim() !== "") parts.push(`> ${conversation.system.replaceAll("\n", "\n> ")}`);
  for (const { text, answers } of conversation.turns) {
    parts.push("## You", text);
    for (const answer of answers) {
      const shown = shownOf(answer);
      if (shown) parts.push(`## ${shown.model}`, shown.text || `(${shown.trouble || "no text"})`);
    }
  }
  return `${parts.join("\n\n")}\n`;
}
