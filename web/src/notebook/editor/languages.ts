/** Syntax by Jupyter's language names. */
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import { StreamLanguage } from "@codemirror/language";
import { julia } from "@codemirror/legacy-modes/mode/julia";
import { r } from "@codemirror/legacy-modes/mode/r";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import type { Extension } from "@codemirror/state";

/** The extension of a language; none for one that is not known. */
export function languageExtension(language: string): Extension {
  switch (language.toLowerCase()) {
    case "python":
    case "ipython":
    case "":
      return python();
    case "markdown":
      return markdown();
    case "javascript":
    case "typescript":
    case "deno":
      return javascript({ typescript: language !== "javascript" });
    case "json":
      return json();
    case "julia":
      return StreamLanguage.define(julia);
    case "r":
      return StreamLanguage.define(r);
    case "bash":
    case "sh":
      return StreamLanguage.define(shell);
    default:
      return [];
  }
}
