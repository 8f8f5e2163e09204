/** Text in notebooks' files: one string, or a list of strings that are joined. */
import { isObject, type Json, type JsonObject } from "./json.ts";

/** A list of strings joined; anything else as it is. */
export function joinText(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.every((line: Json) => typeof line === "string") ? value.join("") : value;
}

/** A text as lines that keep their ends. */
export function splitText(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/u);
}

/** A cell with text as Jupyter's files have it. */
export function splitCell(
  cell: Readonly<Record<string, unknown>>,
  splitBundle: (bundle: JsonObject) => JsonObject,
): Readonly<Record<string, unknown>> {
  const { source, outputs } = cell;
  return {
    ...cell,
    ...(typeof source === "string" && { source: splitText(source) }),
    ...(Array.isArray(outputs) && { outputs: outputs.map((output) => splitOutput(output, splitBundle)) }),
  };
}

function splitOutput(output: unknown, splitBundle: (bundle: JsonObject) => JsonObject): unknown {
  if (!isObject(output)) return output;
  return {
    ...output,
    ...(typeof output.text === "string" && { text: splitText(output.text) }),
    ...(isObject(output.data) && { data: splitBundle(output.data as JsonObject) }),
  };
}

/** Text is split, base64 and JSON are not. */
export function splitMimeBundle(bundle: JsonObject, isJson: (type: string) => boolean): JsonObject {
  const isText = (type: string) =>
    type.startsWith("text/") || type === "image/svg+xml" || type === "application/javascript";
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      typeof value === "string" && isText(type) && !isJson(type) ? splitText(value) : value,
    ]),
  );
}
