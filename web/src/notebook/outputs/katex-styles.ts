/** KaTeX's styles for shadow roots. Its fonts are declared by the page, once: a shadow root cannot. */
import katexCss from "katex/dist/katex.min.css?inline";
import "katex/dist/katex.min.css";
import { unsafeCSS } from "lit";

export const katexStyles = unsafeCSS(katexCss.replaceAll(/@font-face\s*\{[^}]*\}/g, ""));
