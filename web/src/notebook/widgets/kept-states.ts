/** Widgets' states as a notebook's file keeps them, in Jupyter's form: shown where no kernel has the widgets any more. Pure. */
import * as v from "valibot";
import { isRecord, type ModelState, modelOf, type WidgetModelInfo, withBuffers } from "./states.ts";

/** Where in a notebook's `metadata.widgets`. */
export const STATE_MIME = "application/vnd.jupyter.widget-state+json";
/** More than this is no state to keep with a document that is sent to everybody who opens it. */
export const MOST_KEPT = 2 << 20;

const Path = v.array(v.union([v.string(), v.number()]));
const Kept = v.object({
  state: v.record(
    v.string(),
    v.object({
      model_name: v.string(),
      model_module: v.string(),
      model_module_version: v.optional(v.string(), ""),
      state: v.record(v.string(), v.unknown()),
      buffers: v.optional(
        v.array(v.object({ data: v.string(), path: Path, encoding: v.literal("base64") })),
        [],
      ),
    }),
  ),
});

/** All models, as JSON. */
export function keptStates(models: ReadonlyMap<string, WidgetModelInfo>): Readonly<Record<string, unknown>> {
  const state: Record<string, unknown> = {};
  for (const [id, { name, module, version, state: own }] of models) {
    const buffers: { data: string; path: (string | number)[]; encoding: "base64" }[] = [];
    const plain = withoutBuffers(own, [], (path, bytes) =>
      buffers.push({ data: base64(bytes), path, encoding: "base64" }),
    );
    state[id] = {
      ...{ model_module: module, model_module_version: version, model_name: name, state: plain },
      ...(buffers.length > 0 && { buffers }),
    };
  }
  return { version_major: 2, version_minor: 0, state };
}

/** The models of a notebook's metadata; none where it has none, or none that can be read. */
export function readKept(widgets: unknown): Map<string, WidgetModelInfo> {
  const read = v.safeParse(Kept, isRecord(widgets) ? widgets[STATE_MIME] : undefined);
  const models = new Map<string, WidgetModelInfo>();
  if (!read.success) return models;
  for (const [id, { model_name, model_module, model_module_version, state, buffers }] of Object.entries(
    read.output.state,
  )) {
    const named: ModelState = {
      ...{ _model_name: model_name, _model_module: model_module },
      ...{ _model_module_version: model_module_version },
    };
    const paths = buffers.map(({ path }) => path);
    const bytes = buffers.map(({ data }) => bytesOf(data));
    models.set(id, modelOf({ ...withBuffers(state, paths, bytes), ...named }));
  }
  return models;
}

/** A value without its binary parts: those of an object are left out, in a list null stands in their place. */
function withoutBuffers(
  value: unknown,
  path: readonly (string | number)[],
  found: (path: (string | number)[], bytes: Uint8Array) => void,
): unknown {
  const binary = (one: unknown, step: string | number): boolean => {
    if (!(one instanceof DataView)) return false;
    found([...path, step], new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
    return true;
  };
  if (Array.isArray(value)) {
    return value.map((one, i) => (binary(one, i) ? null : withoutBuffers(one, [...path, i], found)));
  }
  if (!isRecord(value)) return value;
  const plain: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    if (!binary(one, key)) plain[key] = withoutBuffers(one, [...path, key], found);
  }
  return plain;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytesOf(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
