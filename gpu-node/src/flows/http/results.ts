/** A result for those who want it outside of the app: as a page, as text. */
import { marked } from "marked";
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

const STYLE = `:root{color-scheme:light dark}body{max-width:80ch;margin:24px auto;padding:0 16px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
pre,code{font-family:ui-monospace,monospace;font-size:13px}pre{white-space:pre-wrap}table{border-collapse:collapse}
td,th{padding:4px 8px;border:1px solid color-mix(in srgb,currentcolor 25%,transparent)}img{max-width:100%}`;

/** The result as a page, for a box that runs nothing and reaches nothing: HTML and Markdown as their author wrote them, all else escaped. */
export function resultPage({ about, state }: Execution, message: string | undefined): string {
  const result = opened(message);
  const title = escaped(about.summary ?? "Result");
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style>`;
  return `<!doctype html><html lang="en">${head}<body>${result ? bodyShown(result, message) : `<p>${escaped(state)}</p>`}</body></html>`;
}

function bodyShown({ type, value }: { type: string; value: unknown }, message: string | undefined): string {
  if (type === "HTML") return bodyOf(value);
  if (type === "Markdown") return marked.parse(dedented(bodyOf(value)), { async: false, gfm: true });
  return `<pre>${escaped(resultText(message))}</pre>`;
}

/** Text of a function's body without the indentation that all its lines have: Markdown would take it for code. */
function dedented(text: string): string {
  const lines = text.split("\n");
  const indents = lines.slice(1).flatMap((line) => (line.trim() === "" ? [] : [line.search(/\S/)]));
  const least = Math.min(...indents, Number.POSITIVE_INFINITY);
  if (!Number.isFinite(least)) return text;
  return lines.map((line) => (line.slice(0, least).trim() === "" ? line.slice(least) : line)).join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
