/** What files to train on look like, and the line of one that the node refused. */
import { firstLines } from "./api.ts";

/** Formats by their names, with a line of each. */
export const FORMATS = {
  sft: {
    words: "conversations (SFT)",
    example: '{"messages": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}]}',
  },
  dpo: {
    words: "preferences (DPO)",
    example:
      '{"input": {"messages": [{"role": "user", "content": "2 + 2?"}]}, "preferred_output": [{"role": "assistant", "content": "4"}], "non_preferred_output": [{"role": "assistant", "content": "5"}]}',
  },
  grpo: {
    words: "prompts with rewards (GRPO)",
    example: '{"messages": [{"role": "user", "content": "2 + 2?"}], "answer": "4"}',
  },
  text: {
    words: "documents (nanochat)",
    example: '{"text": "Ada had a red cat."}',
  },
} as const;

/** The line that a sentence of the node names, with its text; undefined when it names none. */
export async function lineOf(
  file: Blob,
  sentence: string,
): Promise<{ readonly number: number; readonly text: string } | undefined> {
  const number = Number(/\bLine (\d+)\b/.exec(sentence)?.[1] ?? 0);
  if (number < 1 || number > 1_000_000) return undefined;
  const lines = await firstLines(file.stream(), number);
  const text = lines[number - 1];
  return text === undefined ? undefined : { number, text: text.slice(0, 2000) };
}

/** Lines with their numbers, and how many more there are. */
export function numbered(lines: readonly string[], all: number): string {
  const width = String(lines.length).length;
  const text = lines.map((line, i) => `${String(i + 1).padStart(width)}  ${line}`).join("\n");
  return all > lines.length
    ? `${text}\n${" ".repeat(width)}  and ${(all - lines.length).toLocaleString()} more`
    : text;
}
