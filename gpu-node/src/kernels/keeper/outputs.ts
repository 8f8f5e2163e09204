/** Messages of iopub as items of a log. */
import type { MimeBundle, OutputItem } from "@eyepiece/protocol/kernel/messages.ts";
import type { JupyterMessage } from "./jupyter-message.ts";

/** The item that a message is; undefined for messages that print nothing. */
export function outputItem(message: JupyterMessage): OutputItem | undefined {
  const { content } = message;
  switch (message.header.msg_type) {
    case "stream":
      return {
        op: "stream",
        name: content.name === "stderr" ? "stderr" : "stdout",
        text: text(content.text),
      };
    case "display_data":
      return { op: "display", ...bundle(content), ...displayId(content) };
    case "execute_result":
      return {
        op: "result",
        ...bundle(content),
        execution_count: typeof content.execution_count === "number" ? content.execution_count : 0,
        ...displayId(content),
      };
    case "update_display_data": {
      const { display_id } = displayId(content);
      return display_id === undefined ? undefined : { op: "update", display_id, ...bundle(content) };
    }
    case "error":
      return {
        op: "error",
        ename: text(content.ename),
        evalue: text(content.evalue),
        traceback: Array.isArray(content.traceback) ? content.traceback.map(text) : [],
      };
    case "clear_output":
      return { op: "clear", wait: content.wait === true };
    default:
      return undefined;
  }
}

function bundle(content: Readonly<Record<string, unknown>>): {
  data: MimeBundle;
  metadata: Readonly<Record<string, unknown>>;
} {
  return { data: object(content.data), metadata: object(content.metadata) };
}

function displayId(content: Readonly<Record<string, unknown>>): { display_id?: string } {
  const id = object(content.transient).display_id;
  return typeof id === "string" ? { display_id: id } : {};
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
