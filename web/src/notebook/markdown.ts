/** Markdown of cells to safe HTML: marked, maths by KaTeX, cleaned by DOMPurify. */
import DOMPurify, { type Config } from "dompurify";
import katex from "katex";
import { Marked, type TokenizerAndRendererExtension } from "marked";

/** Attachments of a cell: by name, by MIME type. */
export type Attachments = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function maths(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex, {
    displayMode,
    throwOnError: false,
    output: "htmlAndMathml",
    trust: false,
  });
}

const blockMaths: TokenizerAndRendererExtension = {
  name: "blockMaths",
  level: "block",
  start: (source) => source.match(/\$\$|\\\[|\\begin\{/)?.index,
  tokenizer(source) {
    const found =
      /^\$\$([\s\S]+?)\$\$(?:\n|$)/.exec(source) ??
      /^\\\[([\s\S]+?)\\\](?:\n|$)/.exec(source) ??
      /^(\\begin\{(equation|align|gather|matrix|eqnarray)\*?\}[\s\S]+?\\end\{\2\*?\})(?:\n|$)/.exec(source);
    return found ? { type: "blockMaths", raw: found[0], tex: found[1] ?? "" } : undefined;
  },
  renderer: (token) => `<p>${maths(String(token.tex).trim(), true)}</p>`,
};

const inlineMaths: TokenizerAndRendererExtension = {
  name: "inlineMaths",
  level: "inline",
  start: (source) => source.match(/\$|\\\(/)?.index,
  tokenizer(source) {
    const found =
      /^\$\$([^$]+?)\$\$/.exec(source) ??
      // Prices are not maths: no space within the dollars, no digit after them.
      /^\$(?!\s)((?:\\\$|[^$\n])+?)(?<![\s\\])\$(?!\d)/.exec(source) ??
      /^\\\(([\s\S]+?)\\\)/.exec(source);
    return found
      ? { type: "inlineMaths", raw: found[0], tex: found[1] ?? "", display: found[0].startsWith("$$") }
      : undefined;
  },
  renderer: (token) => maths(String(token.tex), token.display === true),
};

const marked = new Marked({ gfm: true, breaks: false });
marked.use({ extensions: [blockMaths, inlineMaths] });

const CLEAN: Config = {
  USE_PROFILES: { html: true, mathMl: true, svg: true, svgFilters: false },
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "foreignObject"],
  FORBID_ATTR: ["action", "formaction", "srcset", "ping", "autofocus"],
  // Ids of a document must not shadow the page's own.
  SANITIZE_NAMED_PROPS: true,
  ADD_ATTR: ["target"],
};

const purifier = DOMPurify(window);
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName !== "A") return;
  const href = node.getAttribute("href") ?? "";
  if (href.startsWith("#")) return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
});

/** HTML without anything that runs, navigates by itself or takes the page's look. */
export function cleanHtml(html: string): string {
  return purifier.sanitize(html, CLEAN) as string;
}

/** The safe HTML of a Markdown text. Images named `attachment:` come from the cell. */
export function renderMarkdown(source: string, attachments: Attachments = {}): string {
  const html = marked.parse(source, { async: false });
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const image of body.querySelectorAll("img")) {
    const address = image.getAttribute("src") ?? "";
    const name = /^attachment:(.+)$/.exec(address)?.[1];
    const shown = name === undefined ? inlineImage(address) : attachmentAddress(attachments, name);
    if (shown !== undefined) image.src = shown;
    else image.replaceWith(elsewhere(address, image.alt));
  }
  return cleanHtml(body.innerHTML);
}

function inlineImage(address: string): string | undefined {
  return /^data:image\//i.test(address) ? address : undefined;
}

/** Looking at a notebook asks nobody for anything: a picture from elsewhere is a link to it. */
function elsewhere(address: string, alt: string): HTMLElement {
  const words = alt || address;
  if (!/^https?:\/\//i.test(address)) {
    const span = document.createElement("span");
    span.textContent = `[picture: ${words}]`;
    return span;
  }
  const link = document.createElement("a");
  link.href = address;
  link.textContent = `picture: ${words}`;
  return link;
}

function attachmentAddress(attachments: Attachments, encoded: string): string | undefined {
  const name = decoded(encoded);
  const bundle = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  for (const [mime, data] of Object.entries(bundle ?? {})) {
    if (/^image\/(png|jpeg|gif|webp)$/.test(mime) && typeof data === "string")
      return `data:${mime};base64,${data.replaceAll(/\s/g, "")}`;
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the name is meant as it is.
    return text;
  }
}
