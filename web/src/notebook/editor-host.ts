/** Completion and inspection by the kernel, for editors. */
import type { EditorHost, KernelCompletion } from "./editor/code-editor.ts";
import type { KernelClient } from "./kernel-client.ts";
import { terminalPlain } from "./outputs/ansi.ts";

/** Jupyter counts characters where JavaScript counts UTF-16 units. */
export function toCharacters(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

/** See {@link toCharacters}. */
export function toUnits(text: string, characters: number): number {
  return Array.from(text).slice(0, characters).join("").length;
}

/** What editors ask, answered by a kernel; nothing where it does not answer. */
export function kernelHost(kernel: KernelClient): EditorHost {
  return {
    async complete(code, cursor): Promise<KernelCompletion | undefined> {
      const cursor_pos = toCharacters(code, cursor);
      const content = await kernel.ask({ type: "complete", code, cursor_pos }, 5000).catch(() => undefined);
      const matches = content?.matches;
      if (!Array.isArray(matches)) return undefined;
      const metadata = content?.metadata as
        | { _jupyter_types_experimental?: readonly { text?: string; type?: string; signature?: string }[] }
        | undefined;
      const types = new Map(
        (metadata?._jupyter_types_experimental ?? []).map((one) => [one.text ?? "", one] as const),
      );
      return {
        from: toUnits(code, Number(content?.cursor_start ?? cursor_pos)),
        to: toUnits(code, Number(content?.cursor_end ?? cursor_pos)),
        options: matches.map(String).map((label) => {
          const known = types.get(label);
          return {
            label,
            ...(known?.type !== undefined && { type: iconOf(known.type) }),
            ...(known?.signature && { detail: known.signature }),
          };
        }),
      };
    },
    async inspect(code, cursor): Promise<string | undefined> {
      const cursor_pos = toCharacters(code, cursor);
      const content = await kernel
        .ask({ type: "inspect", code, cursor_pos, detail_level: 0 }, 5000)
        .catch(() => undefined);
      const data = content?.data as Record<string, unknown> | undefined;
      const text = data?.["text/plain"];
      return typeof text === "string" ? terminalPlain(text) : undefined;
    },
  };
}

/** Kernels' words for kinds, as CodeMirror's icons call them. */
function iconOf(type: string): string {
  const names: Readonly<Record<string, string>> = {
    instance: "variable",
    statement: "variable",
    param: "variable",
    module: "namespace",
    path: "text",
    magic: "keyword",
  };
  return names[type] ?? type;
}
