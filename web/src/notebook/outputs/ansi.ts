/** Terminal text with ANSI colours as safe HTML. */
import { AnsiUp } from "ansi_up";

/** The HTML of a text; colours are classes, so that both themes can read them. Links stay text. */
export function ansiHtml(text: string): string {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  ansi.url_allowlist = {};
  return ansi.ansi_to_html(text);
}

/** Terminal text without its colours. */
export function terminalPlain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with the escape character
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}
