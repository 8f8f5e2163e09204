/** A result for those who want it outside of the app: as a page, as text. */
import type { Execution } from "../executions/register.ts";

/** A value as `serialize` in Python writes it: `{"TypeName": value}`. */
function opened(message: string | undefined): { readonly type: string; readonly value: unknown } | undefined {
  if (message === undefined) return undefined;
  try {
    const [[type, value] = ["", undefined]] = Object.entries(JSON.parse(message) as Record<string, unknown>);
    return { type, value };
  } catch {
    return undefined;
  }
}

function bodyOf(value: unknown): string {
  const body = (value as { body?: unknown } | null)?.body;
  return typeof body === "string" ? body : "";
}

/** The result as text: a body as it stands, anything else as JSON; empty while there is none. */
export function resultText(message: string | undefined): string {
  const result = opened(message);
  if (!result) return "";
  if (["Markdown", "HTML", "Text"].includes(result.type)) return bodyOf(result.value);
  return typeof result.value === "string" ? result.value : JSON.stringify(result.value, undefined, 2);
}

/** The result as a page. HTML is as its author wrote it, for a box that runs nothing; all else is escaped. */
export function resultPage({ about, state }: Execution, message: string | undefined): string {
  const result = opened(message);
  const body = !result
    ? `<p>${escaped(state)}</p>`
    : result.type === "HTML"
      ? bodyOf(result.value)
      : `<pre style="white-space:pre-wrap">${escaped(resultText(message))}</pre>`;
  const title = escaped(about.summary ?? "Result");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
