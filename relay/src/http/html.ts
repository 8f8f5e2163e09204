/** Text in pages that the relay makes itself. */

/** Text as it may stand in HTML, also in an attribute's double quotes. */
export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replaceAll(/[&<>"]/g, (letter) => names[letter] ?? letter);
}
