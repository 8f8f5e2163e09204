/** State of widget models as messages carry it: JSON, with the binary parts beside it, each with its path. Pure. */

/** How a state names another model. */
const REFERENCE = "IPY_MODEL_";

/** A model's state; binary parts are DataViews in their places. */
export type ModelState = Readonly<Record<string, unknown>>;

/** One model: what is needed to make it anew. */
export interface WidgetModelInfo {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly state: ModelState;
}

/** Whether a value is an object of JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `state` with the buffers in their places; paths that lead nowhere are left out. Never changes `state`. */
export function withBuffers(
  state: ModelState,
  paths: readonly (readonly (string | number)[])[],
  buffers: readonly Uint8Array[],
): ModelState {
  let whole: unknown = state;
  for (const [i, path] of paths.entries()) {
    const bytes = buffers[i];
    // Bytes of a message share one piece of memory: a copy is what is kept and sent on.
    if (bytes && path.length > 0) whole = placed(whole, path, new DataView(bytes.slice().buffer));
  }
  return isRecord(whole) ? whole : state;
}

function placed(within: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(within)) {
    const copy = [...within];
    if (typeof step === "number") copy[step] = placed(copy[step], rest, value);
    return copy;
  }
  // A place that is missing is the buffer's own: the sender took the value out of the state. "__proto__" is no name of a trait.
  if (isRecord(within) && step !== "__proto__")
    return { ...within, [step]: placed(within[String(step)], rest, value) };
  return rest.length === 0 && within === undefined ? value : within;
}

/** Paths of buffers as a message has them. */
export function pathsOf(value: unknown): (string | number)[][] {
  if (!Array.isArray(value)) return [];
  return value.map((path) =>
    Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number")
      ? path
      : [],
  );
}

/** A model from its first message's state. */
export function modelOf(state: ModelState): WidgetModelInfo {
  const text = (key: string): string => {
    const value = state[key];
    return typeof value === "string" ? value : "";
  };
  return {
    name: text("_model_name"),
    module: text("_model_module"),
    version: text("_model_module_version"),
    state,
  };
}

/** All models of an `update_states` message of `jupyter.widget.control`. */
export function modelsOf(
  data: Readonly<Record<string, unknown>>,
  buffers: readonly Uint8Array[],
): Map<string, WidgetModelInfo> {
  const states = isRecord(data.states) ? data.states : {};
  const paths = pathsOf(data.buffer_paths);
  const models = new Map<string, WidgetModelInfo>();
  for (const [id, entry] of Object.entries(states)) {
    if (!isRecord(entry) || !isRecord(entry.state)) continue;
    const own = paths.flatMap((path, i) =>
      path[0] === id && buffers[i] ? [{ path, buffer: buffers[i] }] : [],
    );
    const state = withBuffers(
      entry.state,
      // The first two steps are the model's id and "state".
      own.map(({ path }) => path.slice(path[1] === "state" ? 2 : 1)),
      own.map(({ buffer }) => buffer),
    );
    models.set(id, modelOf({ ...known(entry), ...state }));
  }
  return models;
}

function known(entry: Readonly<Record<string, unknown>>): ModelState {
  return {
    _model_name: entry.model_name,
    _model_module: entry.model_module,
    _model_module_version: entry.model_module_version,
  };
}

/** Of a link between two models: the models whose changes it carries to the other; of other models nothing. */
export function endsOf({ name, module, state }: WidgetModelInfo): readonly string[] {
  if (module !== "@jupyter-widgets/controls") return [];
  if (name !== "LinkModel" && name !== "DirectionalLinkModel") return [];
  const ends = name === "LinkModel" ? [state.source, state.target] : [state.source];
  return ends.flatMap((end) => {
    const model: unknown = Array.isArray(end) ? end[0] : undefined;
    return typeof model === "string" && model.startsWith(REFERENCE) ? [model.slice(REFERENCE.length)] : [];
  });
}
