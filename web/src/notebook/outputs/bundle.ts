/** Which part of a MIME bundle is shown, and by what. Pure. */
import type { MimeBundle } from "@eyepiece/protocol/kernel/messages.ts";

/** How a MIME type is shown. */
export type Shown =
  | { readonly by: "viewer"; readonly session: string; readonly title: string; readonly picture: string }
  | { readonly by: "widget"; readonly model: string; readonly text: string }
  | { readonly by: "image"; readonly address: string; readonly alt: string }
  | { readonly by: "clean-html"; readonly html: string }
  | { readonly by: "frame"; readonly mime: string; readonly data: string }
  | { readonly by: "markdown"; readonly source: string }
  | { readonly by: "json"; readonly value: unknown }
  | { readonly by: "vega"; readonly spec: unknown; readonly lite: boolean }
  | { readonly by: "text"; readonly text: string }
  | { readonly by: "nothing" };

export const VIEWER_MIME = "application/vnd.eyepiece.viewer+json";
export const WIDGET_MIME = "application/vnd.jupyter.widget-view+json";

const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** nbformat allows a list of lines for a text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  return undefined;
}

/** HTML that is only looked at needs no frame: tables, styled text, pictures. */
export function runs(html: string): boolean {
  return /<\s*(script|iframe|object|embed|link|form|base|meta)\b|\son\w+\s*=|javascript:/i.test(html);
}

/** Chooses the richest type that can be shown. */
export function choose(data: MimeBundle): Shown {
  const viewer = data[VIEWER_MIME];
  if (isRecord(viewer) && typeof viewer.session === "string") {
    const title = typeof viewer.title === "string" ? viewer.title : "";
    const png = textOf(data["image/png"]);
    const picture = png === undefined ? "" : `data:image/png;base64,${png.replaceAll(/\s/g, "")}`;
    return { by: "viewer", session: viewer.session, title, picture };
  }
  const widget = data[WIDGET_MIME];
  if (isRecord(widget) && typeof widget.model_id === "string")
    return { by: "widget", model: widget.model_id, text: textOf(data["text/plain"]) ?? "" };
  for (const [mime, value] of Object.entries(data)) {
    const version = /^application\/vnd\.vega(lite)?\.v\d+(?:\.\d+)*\+json$/.exec(mime);
    if (version) return { by: "vega", spec: parsed(value), lite: version[1] !== undefined };
  }
  const html = textOf(data["text/html"]);
  if (html !== undefined)
    return runs(html) ? { by: "frame", mime: "text/html", data: html } : { by: "clean-html", html };
  const script = textOf(data["application/javascript"] ?? data["text/javascript"]);
  if (script !== undefined) return { by: "frame", mime: "application/javascript", data: script };
  const markdown = textOf(data["text/markdown"]);
  if (markdown !== undefined) return { by: "markdown", source: markdown };
  const svg = textOf(data["image/svg+xml"]);
  // As an image an SVG runs no script and loads nothing.
  if (svg !== undefined) {
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    return { by: "image", address, alt: altOf(data) };
  }
  for (const mime of IMAGES) {
    const value = textOf(data[mime]);
    if (value !== undefined)
      return { by: "image", address: `data:${mime};base64,${value.replaceAll(/\s/g, "")}`, alt: altOf(data) };
  }
  const latex = textOf(data["text/latex"]);
  if (latex !== undefined) return { by: "markdown", source: delimited(latex) };
  if (data["application/json"] !== undefined) return { by: "json", value: parsed(data["application/json"]) };
  const text = textOf(data["text/plain"]);
  return text === undefined ? { by: "nothing" } : { by: "text", text };
}

/** LaTeX of SymPy and IPython comes with dollars or an environment; what has neither is one formula. */
function delimited(latex: string): string {
  const trimmed = latex.trim();
  return /^(\$|\\\[|\\\(|\\begin)/.test(trimmed) ? trimmed : `$$${trimmed}$$`;
}

function altOf(data: MimeBundle): string {
  return textOf(data["text/plain"])?.slice(0, 300) ?? "";
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    // Text in place of JSON is shown as the text it is.
    return value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
